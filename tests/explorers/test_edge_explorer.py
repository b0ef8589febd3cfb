"""EdgeExplorer: five pictures against scipy, one cursor in all of them, invalid input."""

import re

import numpy as np
import pytest
from explorers import driving as page
from explorers.driving import picture
from refusals import is_one_line
from scipy import ndimage

from helpers import convolve
from helpers.encoding import encode_png
from helpers.explorers import EdgeExplorer
from helpers.explorers.models.edges import EdgeControls, compute, explain
from helpers.explorers.models.memo import Memo

FAMILIES = {"sobel": [1, 2, 1], "prewitt": [1, 1, 1], "scharr": [3, 10, 3]}
COMPASS = [(230, 159, 0), (240, 228, 66), (86, 180, 233), (213, 94, 190), (230, 159, 0)]
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
    for name, values in (("vertical", across), ("horizontal", down)):
        limit = np.abs(values).max() or 1
        assert np.abs(pictures[name] - blend(SIGNED, values / limit / 2 + 0.5)).max() <= 2.5
    share = strength / (strength.max() or 1)
    assert np.abs(pictures["magnitude"] - 255 * share).max() <= 1
    hue = blend(COMPASS, (np.arctan2(down, across) / np.pi + 1) / 2) * np.sqrt(share)[..., None]
    steady = (np.abs(down) > 1e-3) | (across > 1e-3)  # elsewhere −180° and 180° may be swapped
    assert np.abs(pictures["direction"] - hue)[steady].max(initial=0) <= 4


def test_a_vertical_and_a_horizontal_step():
    """Brighter to the right is positive and blue (0°); brighter below is positive, at 90°."""
    explorer = EdgeExplorer([[0, 0, 1, 1, 1]] * 4)
    page.move(explorer.views["image"], cursor=[1, 2], pinned=True)
    assert reading(explorer) == [1, 2, 4, 0, 4, 0]
    assert np.abs(explorer.views["direction"].picture[1, 2] - np.array(COMPASS[2])).max() <= 2
    explorer = EdgeExplorer(np.transpose([[0, 0, 1, 1, 1]] * 4))
    page.move(explorer.views["image"], cursor=[2, 1], pinned=True)
    assert reading(explorer) == [2, 1, 0, 4, 4, 90]


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
        for view in explorer.views.values():
            assert view.cursor == (row, column) and view.pinned == pinned
            assert page.marks(view) == [(row, column, 1, 1)]
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
    assert tuple(view.pictures) == MAPS
    numbers = f"vertical {page.rounded(across[2, 7])}, horizontal {page.rounded(down[2, 7])}"
    assert explain(view.maps, (2, 7)).startswith(f"Row 2, column 7: {numbers}, magnitude")


@pytest.mark.parametrize("cell, kept", [((99, 3), (6, 3)), ((2, 99), (2, 10)), ((-1, -9), (0, 0))])
def test_a_late_message_cannot_point_outside(cell, kept):
    """The page may still be showing a larger picture."""
    explorer = EdgeExplorer(IMAGES["gray"])
    page.move(explorer.views["magnitude"], cursor=list(cell), pinned=True)
    for view in explorer.views.values():
        assert view.cursor == kept and page.marks(view) == [(*kept, 1, 1)]


def test_the_cursor_stays_inside_another_picture():
    """It moves to the center."""
    explorer = EdgeExplorer("coins")
    explorer.picker.longest.value = 16
    shape = explorer.maps.vertical.shape
    middle = shape[0] // 2, shape[1] // 2
    assert all(view.cursor == middle for view in explorer.views.values())
    assert reading(explorer)[:2] == list(middle)


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
    assert page.text_of(edge.reading).endswith("direction 0° (0 right, 90 down).")


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
