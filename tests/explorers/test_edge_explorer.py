"""EdgeExplorer: five pictures against scipy, one cursor in all of them, invalid input."""

import re

import numpy as np
import pytest
from explorers import driving as page
from explorers.driving import picture
from oklab import direction_of
from refusals import is_one_line
from scipy import ndimage

from helpers import convolve
from helpers.edges import EdgeMaps
from helpers.encoding import encode_png
from helpers.explorers import EdgeExplorer
from helpers.explorers.models.edges import EdgeControls, compute, explain
from helpers.explorers.models.memo import Memo
from helpers.explorers.widgets.image_view import mark

FAMILIES = {"sobel": [1, 2, 1], "prewitt": [1, 1, 1], "scharr": [3, 10, 3]}
SIGNED = [(8, 48, 107), (66, 146, 198), (247, 247, 247), (241, 138, 40), (127, 39, 4)]
IMAGES = {"gray": picture(7, 11), "color": picture(7, 11, 3), "flat": np.full((6, 4), 0.5)}
MAPS = ("image", "vertical", "horizontal", "magnitude", "direction")
NAMES = ("Row", "column", "vertical", "horizontal", "magnitude", "direction")


def edges(image, family):
    """The maps by scipy: a difference along one axis, a weighted sum along the other."""
    gray = image @ [0.299, 0.587, 0.114] if image.ndim == 3 else image
    down, across = (
        ndimage.correlate1d(
            ndimage.correlate1d(gray, [-1, 0, 1], axis=axis, mode="nearest"),
            FAMILIES[family], axis=1 - axis, mode="nearest",
        )
        for axis in (0, 1)
    )  # fmt: skip
    return gray, across, down, np.sqrt(across**2 + down**2)


def blend(colors, places):
    """Interpolated colors on a scale from 0 to 1."""
    return np.stack([np.interp(places, np.linspace(0, 1, 5), c) for c in np.transpose(colors)], -1)


@pytest.mark.parametrize("image", IMAGES.values(), ids=IMAGES)
@pytest.mark.parametrize("family", FAMILIES)
def test_maps_and_their_pictures(image, family):
    """Signed maps are centered on zero; magnitude starts at black; direction is hue and brightness."""
    explorer = EdgeExplorer(image)
    explorer.family.value = family
    gray, across, down, strength = edges(image, family)
    maps, pictures = explorer.maps, {name: explorer.views[name].picture for name in MAPS}
    for values, expected in zip((maps.vertical, maps.horizontal, maps.magnitude),
                                (across, down, strength), strict=True):  # fmt: skip
        np.testing.assert_allclose(values, expected, atol=1e-5)
    assert np.abs(pictures["image"] - np.float64(page.as_photo(gray))).max() <= 1
    limit = strength.max() or 1  # of so small a picture, everything is within its scale
    for name, values in (("vertical", across), ("horizontal", down)):
        assert np.abs(pictures[name] - blend(SIGNED, values / limit / 2 + 0.5)).max() <= 2.5
    assert np.abs(pictures["magnitude"] - 255 * strength / limit).max() <= 1
    assert not pictures["direction"][strength < 1e-3].any()
    strong = strength > 0.1 * limit
    found = direction_of(pictures["direction"][strong], strength[strong] / limit)
    turn = np.exp(1j * found) - np.exp(1j * np.arctan2(down, across)[strong])
    assert np.abs(turn).max(initial=0) < 0.05


@pytest.mark.parametrize(
    "image, at, line, color",
    [
        ([[0, 0, 1, 1, 1]] * 4, (1, 2), [4, 0, 4, 0], (242, 164, 63)),
        ([[1, 1, 0, 0, 0]] * 4, (1, 2), [-4, 0, 4, 180], (130, 113, 231)),
        (np.transpose([[0, 0, 1, 1, 1]] * 4), (2, 1), [0, 4, 4, 90], (224, 66, 109)),
        (np.transpose([[1, 1, 0, 0, 0]] * 4), (2, 1), [0, -4, 4, -90], (85, 203, 225)),
    ],
    ids=["right", "left", "down", "up"],
)
def test_a_vertical_and_a_horizontal_step(image, at, line, color):
    """Brighter to the right is positive and orange (0°); brighter below is positive, at 90°."""
    explorer = EdgeExplorer(image)
    page.move(explorer.views["image"], cursor=list(at), pinned=True)
    assert reading(explorer) == [*at, *line]
    assert np.abs(explorer.views["direction"].picture[at] - np.array(color)).max() <= 2
    ((row, column, *_),) = page.marks(explorer.key)
    near = explorer.key.picture[row - 2 : row + 3, column - 2 : column + 3].astype(int)
    assert np.abs(near - color).max(axis=-1).min() <= 12, "on the key, its mark is at its color"


def test_one_scale_for_all_maps():
    """The 99th percentile of the magnitude; the notes say what lies beyond."""
    image = np.random.default_rng(1).random((40, 30)) ** 4
    explorer = EdgeExplorer(image)
    _, across, down, strength = edges(image, "sobel")
    limit = np.sort(strength.ravel())[-13]  # twelve of 1200 lie beyond
    end = f"{limit:.3g}"
    for name, values in (("vertical", across), ("horizontal", down)):
        view = explorer.views[name]
        assert view.scale["labels"] == [f"-{end}", "0", end]
        assert view.note == f"{(np.abs(values) > limit).mean():.1%} beyond the scale"
        expected = blend(SIGNED, np.clip(values / limit, -1, 1) / 2 + 0.5)
        assert np.abs(view.picture - expected).max() <= 2.5
    magnitude = explorer.views["magnitude"]
    assert magnitude.scale["labels"][2] == end
    assert magnitude.note == "scale ends at the 99th percentile, 1.0% beyond"
    assert explorer.views["direction"].note == f"from dark to bright; brightest: {end} or more"
    assert end in explorer.key.note


def test_the_notes_have_room():
    """What is reserved for them is at least as long, so that nothing moves."""
    for image in (picture(7, 11), np.random.default_rng(1).random((40, 30)) ** 4):
        explorer = EdgeExplorer(image)
        for view in (*explorer.views.values(), explorer.key):
            assert len(view.note) <= len(view.room_for["note"])


def test_it_starts_at_the_strongest_edge():
    """In a flat image, at the center."""
    explorer = EdgeExplorer(IMAGES["gray"])
    strength = edges(IMAGES["gray"], "sobel")[3]
    assert strength[explorer.views["image"].cursor] == strength.max()
    flat = EdgeExplorer(IMAGES["flat"])
    assert flat.views["image"].cursor == (3, 2)
    assert page.marks(flat.key) == [(120, 120, 1, 1)]


def reading(explorer):
    """The six numbers of the line."""
    line = page.text_of(explorer.reading)
    assert not re.search(r"-0(\.0+)?(?![.\d])", line), "minus zero is no number for people"
    return [float(re.search(rf"{name} (-?[\d.]*\d)", line)[1]) for name in NAMES]


@pytest.mark.parametrize("source", MAPS)
@pytest.mark.parametrize("pinned", [True, False])
def test_pointing_at_one_picture_points_at_all(source, pinned):
    """The same pixel is marked everywhere, and its numbers are those of the maps."""
    explorer = EdgeExplorer(IMAGES["gray"])
    _, across, down, strength = edges(IMAGES["gray"], "sobel")
    for row, column in ((0, 0), (6, 10), (2, 7)):
        page.move(explorer.views[source], cursor=[row, column], pinned=pinned)
        for name, view in explorer.views.items():
            assert view.cursor == (row, column) and view.pinned == pinned
            assert view.marks[-1] == mark(row, column, thin=name == "image")
        assert page.marks(explorer.views["image"]) == [(row - 1, column - 1, 3, 3)], "the window"
        angle = np.degrees(np.arctan2(down[row, column], across[row, column]))
        numbers = across[row, column], down[row, column], strength[row, column]
        np.testing.assert_allclose(reading(explorer)[:5], [row, column, *numbers], atol=0.0051)
        assert abs(reading(explorer)[5] - angle) <= 0.51


def test_pointing_is_one_message_without_pixels(messages):
    """Every picture is pinned, and has the cursor."""
    explorer = EdgeExplorer(IMAGES["gray"])
    messages.clear()
    page.send(explorer, explorer.views["vertical"], cursor=[1, 2], pinned=True)
    ((_, content, buffers),) = messages
    assert not buffers
    for name, view in explorer.views.items():
        state = content["changes"][explorer.name_of(view)]
        assert "pixels" not in state and state["marks"]
        assert state["pinned"] and state["cursor"] == (1, 2), name


def test_another_family_is_one_message_without_the_image(messages):
    """The message holds the four maps once; the image is not sent."""
    explorer = EdgeExplorer(IMAGES["gray"])
    messages.clear()
    page.send(explorer, explorer.family, value=2)
    ((_, content, _),) = messages
    with_pixels = {name for name, state in content["changes"].items() if "pixels" in state}
    assert with_pixels == {explorer.name_of(explorer.views[name]) for name in MAPS[1:]}


@pytest.mark.parametrize("family", FAMILIES)
def test_compute_without_a_page(family):
    """The maps and the line about a pixel follow from the controls alone."""
    gray, across, down, strength = edges(IMAGES["gray"], family)
    view = compute(EdgeControls(gray, "gray", family, convolve), Memo())
    np.testing.assert_allclose(view.maps.magnitude, strength, atol=1e-5)
    assert tuple(view.pictures) == (*MAPS, "key")
    numbers = f"vertical {page.rounded(across[2, 7])}, horizontal {page.rounded(down[2, 7])}"
    assert explain(view.maps, (2, 7)).startswith(f"Row 2, column 7: {numbers}, magnitude")


def test_a_threshold():
    """Weaker edges are black in two pictures, on the same scales; the maps keep them."""
    explorer = EdgeExplorer(IMAGES["gray"])
    strength = edges(IMAGES["gray"], "sobel")[3]
    before = {name: explorer.views[name].picture for name in MAPS}
    explorer.threshold.number = round(float(np.median(strength)), 1)
    weak = strength < explorer.threshold.number
    for name, view in explorer.views.items():
        drawn = name in ("magnitude", "direction")
        assert not (drawn and view.picture[weak].any())
        kept = ~weak if drawn else np.ones_like(weak)
        np.testing.assert_array_equal(view.picture[kept], before[name][kept])
    assert explorer.views["magnitude"].note == f"edges: {1 - weak.mean():.1%} of the pixels"
    np.testing.assert_allclose(explorer.maps.magnitude, strength, atol=1e-5)
    explorer.threshold.number = 16
    assert explorer.views["magnitude"].note == "edges: 0.0% of the pixels"


@pytest.mark.parametrize("cell, kept", [((99, 3), (6, 3)), ((2, 99), (2, 10)), ((-1, -9), (0, 0))])
def test_a_late_message_cannot_point_outside(cell, kept):
    """The page may still be showing a larger picture."""
    explorer = EdgeExplorer(IMAGES["gray"])
    page.move(explorer.views["magnitude"], cursor=list(cell), pinned=True)
    for name, view in explorer.views.items():
        assert view.cursor == kept and view.marks[-1] == mark(*kept, thin=name == "image")


def test_the_cursor_stays_inside_another_picture():
    """It moves to the strongest edge."""
    explorer = EdgeExplorer("coins")
    page.move(explorer.views["image"], cursor=[150, 250], pinned=True)
    explorer.picker.longest.value = 16
    strength = explorer.maps.magnitude
    place = divmod(int(strength.argmax()), strength.shape[1])
    assert all(view.cursor == place and not view.pinned for view in explorer.views.values())
    assert reading(explorer)[:2] == list(place)


@pytest.mark.parametrize("change", [
    lambda ours: setattr(ours.family, "value", "scharr"),
    lambda ours: setattr(ours.picker.name, "value", "coins"),
    lambda ours: page.upload(ours.picker, "mine.png", encode_png(np.eye(5, 8, dtype=np.uint8))),
], ids=["family", "sample", "upload"])  # fmt: skip
def test_one_change_is_one_update(change):
    """Nothing is computed twice."""
    explorer = EdgeExplorer("stairs")
    calls = page.counted(explorer)
    change(explorer)
    assert len(calls) == 1 and explorer.problem == ""


@pytest.mark.parametrize("shape", [(1, 1), (1, 5), (4, 1, 3)])
def test_the_smallest_pictures_have_edge_maps_too(shape):
    """The border is padded, so every picture has edge maps."""
    explorer = EdgeExplorer(picture(*shape))
    assert explorer.maps.vertical.shape == shape[:2] and explorer.problem == ""


@pytest.mark.parametrize("name", ["notes.txt", "<img src=x>", "two\nlines", "x" * 2000])
def test_an_invalid_file(name):
    """One line; all pictures stay; the next valid file clears it."""
    explorer = EdgeExplorer(IMAGES["gray"])
    before = page.seen(explorer)
    page.upload(explorer.picker, name, b"hello")
    assert is_one_line(explorer.problem) and explorer.message.value == explorer.problem
    assert page.seen(explorer) == before
    page.upload(explorer.picker, "mine.png", encode_png(np.zeros((3, 4), np.uint8)))
    assert explorer.problem == "" and explorer.views["vertical"].picture.shape == (3, 4, 3)


@pytest.mark.parametrize("image", [None, "nosuch", b"hello", picture(7, 11) * 9, np.ones(5), [[]]])
def test_invalid_arguments(image):
    """One line that names the parameter."""
    with pytest.raises((ValueError, TypeError), match="image|source") as caught:
        EdgeExplorer(image)
    assert is_one_line(str(caught.value))


@pytest.mark.parametrize("value", [0.0, 0.1, 0.7])
def test_a_flat_area_has_no_direction(value):
    """Not even where rounding leaves a sum that is not exactly 0."""
    ours = EdgeExplorer(np.full((9, 9), value, np.float32))
    assert page.text_of(ours.reading).endswith("magnitude 0, no direction.")
    edge = EdgeExplorer(np.repeat([[0.0, 0.0, 1.0, 1.0]], 5, axis=0).astype(np.float32))
    assert page.text_of(edge.reading).endswith("direction 0° (right).")


@pytest.mark.parametrize("name", ["coffee", "coins"])
def test_color_that_is_switched_on_by_code(name):
    """The tick is hidden, since edges are computed from brightness: color changes nothing."""
    explorer = EdgeExplorer(name)
    explorer.picker.longest.value = 32
    expected = explorer.maps
    explorer.picker.gray.value = False
    assert explorer.problem == ""
    page.move(explorer.views["image"], cursor=[3, 4], pinned=True)
    for name in ("vertical", "horizontal", "magnitude"):
        values = getattr(explorer.maps, name)
        np.testing.assert_allclose(values, getattr(expected, name), atol=0.02)
    assert page.text_of(explorer.reading).startswith("Row 3, column 4: vertical ")


@pytest.mark.parametrize(
    "degrees, name",
    [
        (0, "right"),
        (22, "right"),
        (23, "down right"),
        (90, "down"),
        (157, "down left"),
        (180, "left"),
        (-180, "left"),
        (-90, "up"),
        (-45, "up right"),
    ],
)
def test_directions_by_name(degrees, name):
    """Eight names; each is that of the nearest multiple of 45°."""
    angle = np.radians([[degrees]])
    one = np.ones((1, 1))
    assert explain(EdgeMaps(one, one, one, angle), (0, 0)).endswith(
        f"direction {degrees}° ({name})."
    )


def test_the_chosen_controls_are_shown():
    """The image and the kernels at first; the others are folded away; edges have no color."""
    for controls, shown in ((None, ["image", "kernels"]), (["size"], ["longer side"]), ([], [])):
        explorer = EdgeExplorer(IMAGES["gray"], controls=controls)
        (*first, fold, _) = explorer.get_state()["arrangement"]["children"][0]["children"]
        names = {explorer.name_of(element): element for element in explorer.elements}
        assert [names[part["element"]].label for part in first] == shown
        assert fold["direction"] == "fold" and fold["children"]
    with pytest.raises(ValueError, match="image, size, upload, kernels, threshold; got 'gray'"):
        EdgeExplorer(controls=["gray"])
