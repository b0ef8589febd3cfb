"""BankExplorer: both stacks against scipy, the slices of the chosen filter, invalid input."""

import re

import numpy as np
import pytest
from explorers import driving as page
from explorers.driving import picture, same
from refusals import is_one_line

from helpers import convolve
from helpers.encoding import encode_png
from helpers.explorers import BankExplorer
from helpers.explorers.models.bank import FIRST, SECOND, BankControls, compute
from helpers.explorers.models.memo import Memo

IMAGES = {"gray": picture(9, 13), "color": picture(9, 13, 3)}


def stacks(image):
    """Both stacks of maps, computed map by map and slice by slice."""
    deep = image if image.ndim == 3 else image[..., None]
    maps = [
        np.maximum(sum(page.expected_output(deep[..., c], kernel) for c in range(deep.shape[2])), 0)
        for kernel in FIRST.values()
    ]
    output_maps = [
        np.maximum(
            sum(page.expected_output(one, part) for one, part in zip(maps, parts, strict=True)), 0
        )
        for parts in SECOND.values()
    ]
    return np.stack(maps, -1), np.stack(output_maps, -1)


@pytest.mark.parametrize("image", IMAGES.values(), ids=IMAGES)
def test_both_stacks(image):
    """A filter of the second bank spans all four maps; the line gives every shape."""
    explorer = BankExplorer(image)
    maps, output_maps = stacks(image)
    np.testing.assert_allclose(explorer.maps, maps, atol=1e-5)
    np.testing.assert_allclose(explorer.output_maps, output_maps, atol=1e-5)
    for views, stack in ((explorer.map_views, maps), (explorer.output_views, output_maps)):
        for k, view in enumerate(views):
            expected = stack[..., k] / (stack[..., k].max() or 1) * 255
            assert np.abs(view.picture - expected).max() <= 1
    depth = 3 if image.ndim == 3 else 1
    text = page.text_of(explorer.shapes)
    for shape in ((9, 13, depth), (3, 3, depth, 4), (7, 11, 4), (3, 3, 4, 3), (5, 9, 3)):
        assert f" {'×'.join(map(str, shape))}" in text


@pytest.mark.parametrize("choose", [
    lambda ours, k: setattr(ours.filter, "index", k),
    lambda ours, k: page.move(ours.output_views[k], cursor=[1, 1], pinned=False),
    lambda ours, k: page.move(ours.output_views[k], cursor=[0, 0], pinned=True),
], ids=["dropdown", "pointing", "a tap where it was pointed at"])  # fmt: skip
@pytest.mark.parametrize("k", range(3))
def test_the_chosen_filter(choose, k):
    """Its four slices are shown, its map is marked, and nothing is recomputed."""
    explorer = BankExplorer(IMAGES["gray"])
    explorer.filter.index = (k + 1) % 3
    calls = page.counted(explorer)
    choose(explorer, k)
    assert explorer.filter.index == k and not calls
    for view, weights in zip(explorer.slices, list(SECOND.values())[k], strict=True):
        assert view.numbers == [page.rounded(number) for number in weights.ravel()]
    for other, (view, arrow) in enumerate(zip(explorer.output_views, explorer.arrows, strict=True)):
        assert ((0, 0, 5, 9) in page.marks(view)) == (other == k) == (not arrow.hidden)


def test_a_pixel_marks_all_that_it_depends_on():
    """3×3 in each of the four maps, 5×5 in the image; the line is its sum, slice by slice."""
    explorer = BankExplorer(IMAGES["gray"])
    page.move(explorer.output_views[1], cursor=[2, 3], pinned=True)
    assert all(page.marks(view) == [(2, 3, 3, 3)] for view in explorer.map_views)
    assert page.marks(explorer.input) == [(2, 3, 5, 5)]
    assert all((2, 3, 1, 1) in page.marks(view) for view in explorer.output_views)
    patch = np.moveaxis(explorer.maps[2:5, 3:6], 2, 0)
    sums = [(part * weights).sum() for part, weights in zip(patch, SECOND["dark vertical strokes"])]
    text = page.text_of(explorer.line)
    found = [float(number) for number in re.findall(r"-?\d+(?:\.\d+)?", text)]
    np.testing.assert_allclose(found[2:], [*sums, sum(sums), max(0, sum(sums))], atol=0.0051)
    np.testing.assert_allclose(explorer.output_maps[2, 3, 1], max(0, sum(sums)), atol=1e-5)


def test_what_lies_outside_the_field_changes_nothing():
    """An output pixel depends on its 5×5 pixels of the image, and on each of them."""
    before, (row, column) = BankExplorer(IMAGES["gray"]), (1, 4)
    other = 1 - IMAGES["gray"]
    other[row : row + 5, column : column + 5] = IMAGES["gray"][row : row + 5, column : column + 5]
    same(BankExplorer(other).output_maps[row, column], before.output_maps[row, column])


def test_a_new_image_is_explained_at_its_strongest_pixel():
    """Of the three maps together, so that there is something to see, whichever filter is chosen."""
    explorer = BankExplorer("letters")
    for name in ("letters", "circles"):
        explorer.picker.name.value = name
        shares = (explorer.output_maps / explorer.output_maps.max((0, 1))).sum(2)
        for view in explorer.output_views:
            assert shares[view.cursor] == pytest.approx(shares.max())


@pytest.mark.parametrize("choose", [
    lambda ours: page.send(ours, ours.filter, value=2),
    lambda ours: page.send(ours, ours.output_views[2], cursor=[1, 1], pinned=True),
], ids=["dropdown", "pointing"])  # fmt: skip
def test_choosing_is_one_message_without_maps(choose, messages):
    """The message holds the four slices and the two marks that change."""
    explorer = BankExplorer(IMAGES["gray"])
    messages.clear()
    choose(explorer)
    ((_, content, _),) = messages
    changed = {name for name, state in content["changes"].items() if "pixels" in state}
    assert changed <= {explorer.name_of(view) for view in explorer.slices}
    for view in explorer.output_views[1:]:
        assert "marks" in content["changes"][explorer.name_of(view)]


def test_another_picture_is_one_update_and_one_message(messages):
    """The message holds the image and all seven maps, each once."""
    explorer = BankExplorer("letters")
    calls = page.counted(explorer)
    messages.clear()
    page.send(explorer, explorer.picker.name, value=explorer.picker.name.index + 1)
    ((_, content, _),) = messages
    changed = {name for name, state in content["changes"].items() if "pixels" in state}
    views = explorer.input, *explorer.map_views, *explorer.output_views
    assert len(calls) == 1 and changed == {explorer.name_of(view) for view in views}


@pytest.mark.parametrize("image", IMAGES.values(), ids=IMAGES)
def test_compute_without_a_page(image):
    """Both stacks follow from the controls alone."""
    view = compute(BankControls(image, "mine", convolve), Memo())
    for computed, expected in zip((view.maps, view.output_maps), stacks(image), strict=True):
        np.testing.assert_allclose(computed, expected, atol=1e-5)
    assert len(view.map_views) == 4 and len(view.output_map_views) == 3


def test_a_smaller_picture_keeps_the_chosen_filter():
    """The cursor is scaled in every map, and chooses no other filter."""
    explorer = BankExplorer("cat")
    for k in (2, 1):
        page.move(explorer.output_views[k], cursor=[20, 30], pinned=True)
    explorer.picker.longest.value = 32
    assert explorer.filter.index == 1


def test_filters_find_their_strokes():
    """The filter for vertical dark strokes finds one, and does not respond to a horizontal one."""
    image = np.ones((12, 16))
    image[:, 7:9] = 0
    for seen, name in ((image, "dark vertical strokes"), (image.T, "dark horizontal strokes")):
        output_maps = BankExplorer(seen).output_maps
        strength = dict(zip(SECOND, output_maps.max(axis=(0, 1)), strict=True))
        other = ({"dark vertical strokes", "dark horizontal strokes"} - {name}).pop()
        assert strength[name] > 0 and strength[other] == 0


@pytest.mark.parametrize(
    "content", [b"hello", encode_png(np.zeros((4, 9), np.uint8))], ids=["text", "small"]
)
def test_an_invalid_file(content):
    """One line; everything else stays; the next valid file clears it."""
    explorer = BankExplorer(IMAGES["gray"])
    before = page.seen(explorer)
    page.upload(explorer.picker, "mine.png", content)
    assert is_one_line(explorer.problem) and page.seen(explorer) == before
    page.upload(explorer.picker, "fine.png", encode_png(np.uint8(200 * IMAGES["color"])))
    assert explorer.problem == "" and explorer.output_maps.shape == (5, 9, 3)
    same(explorer.input.picture, np.uint8(200 * IMAGES["color"]))


@pytest.mark.parametrize(
    "image", [None, "nosuch", b"hello", picture(9, 13) * 9, np.ones(5), [[]], np.ones((4, 4))]
)
def test_invalid_arguments(image):
    """One line that names the parameter."""
    with pytest.raises((ValueError, TypeError), match="image|source|kernel") as caught:
        BankExplorer(image)
    assert is_one_line(str(caught.value))


def test_the_names_of_the_controls():
    """An unknown one is refused in a line that lists them."""
    BankExplorer(IMAGES["gray"], controls=["image", "size", "gray", "upload", "filter"])
    with pytest.raises(ValueError, match="image, size, gray, upload, filter; got 'kernel'"):
        BankExplorer(IMAGES["gray"], controls=["kernel"])


def test_values_and_results_for_screen_readers():
    """The value of each of the three maps under the common cursor."""
    explorer = BankExplorer(picture(9, 8))
    page.move(explorer.output_views[1], cursor=[2, 3], pinned=False)
    shown = [float(view.reading) for view in explorer.output_views]
    np.testing.assert_allclose(shown, explorer.output_maps[2, 3], atol=0.006)
    assert explorer.summary() == "3 maps of 5×4; slices of dark vertical strokes"
