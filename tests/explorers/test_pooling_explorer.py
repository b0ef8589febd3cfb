"""PoolingExplorer's pictures: every option, shifts, and the other color mode, against loops."""

import re
from base64 import b64decode
from itertools import product

import numpy as np
import pytest
from explorers import driving as page
from explorers.driving import picture, same
from refusals import is_one_line

from helpers import KERNELS, load_image
from helpers.explorers import PoolingExplorer
from helpers.explorers.models.memo import Memo
from helpers.explorers.models.pooling import SOURCES, PoolingControls, compute
from helpers.explorers.widgets.still import page_of
from helpers.pooling import pool

IMAGES = {"gray": picture(9, 14), "color": picture(7, 11, 3)}
GRIDS = {
    "whole": np.arange(28).reshape(4, 7) % 9,
    "negative": np.arange(35).reshape(7, 5) % 11 - 5,
    "float": picture(5, 12) * 3 + 0.25,
    "small floats": picture(4, 6) / 3,
}
LUMA = np.array([0.299, 0.587, 0.114])
KEEP = {
    "max": lambda cells: cells.max(0), "mean": lambda cells: cells.mean(0),
    "min": lambda cells: cells.min(0), "mixed": lambda cells: (cells.max(0) + cells.mean(0)) / 2,
    "brightest": lambda cells: cells[np.argmax(cells @ LUMA if cells.ndim == 2 else cells)],
}  # fmt: skip
modes = pytest.mark.parametrize("mode", KEEP)


def windows_of(image, size, stride, dilation):
    """The pixels of each window, by output position."""
    extent = dilation * (size - 1) + 1
    shape = [(n - extent) // stride + 1 for n in image.shape[:2]]
    for row, column in np.ndindex(*shape):
        cells = image[row * stride :, column * stride :][:extent:dilation, :extent:dilation]
        yield (row, column), cells.reshape(size * size, *image.shape[2:])


def pooled(image, mode="max", size=2, stride=None, dilation=1):
    """Pooling with loops."""
    image = np.asarray(image, float)
    found = dict(windows_of(image, size, stride or size, dilation))
    rows, columns = max(found)
    result = np.zeros((rows + 1, columns + 1, *image.shape[2:]))
    for place, cells in found.items():
        result[place] = KEEP[mode](cells)
    return result


def fraction_close(before, after):
    """The fraction of pixels that differ by at most 0.05 in every channel."""
    places = list(np.ndindex(after.shape[:2]))
    return sum(np.all(np.abs(before[at] - after[at]) <= 0.05) for at in places) / len(places)


@modes
@pytest.mark.parametrize("image", IMAGES.values(), ids=IMAGES)
def test_every_option_equals_plain_code(image, mode):
    """Size, stride and dilation in all combinations; a window that does not fit is reported in one line."""
    explorer = PoolingExplorer(image, mode)
    explorer.stride_is_size.value = False
    for size, stride, dilation in product((1, 2, 3, 8), (1, 3), (1, 3)):
        explorer.size.number, explorer.stride.number = size, stride
        explorer.dilation.number = dilation
        if dilation * (size - 1) >= min(image.shape[:2]):
            assert is_one_line(explorer.problem) and "size" in explorer.problem
            continue
        expected = pooled(image, mode, size, stride, dilation)
        np.testing.assert_allclose(explorer.result, expected, rtol=1e-6)
        same(explorer.output.picture, page.as_photo(explorer.result))
        assert explorer.output.title == f"{mode}, {page.size_of(expected)}"
        assert explorer.problem == "" and explorer.output.numbers == []


def test_the_stride_follows_the_size():
    """While the box is checked; afterwards it keeps its value and can be changed."""
    explorer = PoolingExplorer(IMAGES["gray"])
    calls = page.counted(explorer)
    page.type_into(explorer.size, "3")
    assert explorer.stride.number == 3 and explorer.stride.disabled and len(calls) == 1
    page.move(explorer.stride_is_size, value=False)
    page.type_into(explorer.size, "4")
    assert explorer.stride.number == 3 and not explorer.stride.disabled
    same(explorer.result, pooled(IMAGES["gray"], "max", 4, 3))
    page.move(explorer.stride_is_size, value=True)
    same(explorer.result, pooled(IMAGES["gray"], "max", 4, 4))


@pytest.mark.parametrize("image", IMAGES.values(), ids=IMAGES)
def test_edge_maps_are_pooled_too(image):
    """Of the gray image, with a repeated border; signed if there are negative values."""
    explorer = PoolingExplorer(image)
    gray = image @ LUMA if image.ndim == 3 else image
    down, across = (
        page.expected_output(gray, KERNELS[f"sobel_{way}"], 1, "same", border="edge")
        for way in ("vertical", "horizontal")
    )
    for source, edges in (
        ("its vertical edges", down), ("its edge strength", np.hypot(down, across)),
        ("the picture", image),
    ):  # fmt: skip
        explorer.source.value = source
        np.testing.assert_allclose(explorer.image, edges, atol=1e-5)
        np.testing.assert_allclose(explorer.result, pooled(edges), atol=1e-5)
        assert len(explorer.output.scale["colors"]) == (5 if edges.min() < 0 else 2)
        if edges.min() >= 0:
            white = max(1, edges.max())
            near = explorer.output.picture - np.float64(page.as_photo(pooled(edges) / white))
            assert np.abs(near).max() <= 1


@pytest.mark.parametrize("shift", [(1, 0), (0, -3), (-8, 5), (2, 7)], ids=str)
@pytest.mark.parametrize("image", [*IMAGES.values(), *GRIDS.values()], ids=[*IMAGES, *GRIDS])
def test_a_shift_moves_the_image(image, shift):
    """Pixels that leave on one side come back on the other; both fractions are in the text."""
    explorer = PoolingExplorer(image)
    assert explorer.unchanged is None and page.text_of(explorer.shift_note) == ""
    explorer.down.number, explorer.right.number = shift
    moved = np.roll(image, shift, (0, 1))
    np.testing.assert_allclose(explorer.image, moved, rtol=1e-6)
    shares = fraction_close(image, moved), fraction_close(pooled(image), pooled(moved))
    np.testing.assert_allclose(explorer.unchanged, shares)
    assert re.findall(r"\d+%", page.text_of(explorer.shift_note)) == [
        f"{share:.0%}" for share in shares
    ]
    explorer.down.number = explorer.right.number = 0
    assert explorer.unchanged is None


def test_true_size_shrinks_the_output_on_the_page():
    """And that of the other mode, to the image's scale; the output itself stays."""
    explorer = PoolingExplorer(IMAGES["color"])
    assert explorer.output.share == explorer.rival.share == 1
    explorer.true_size.value = True
    assert explorer.output.share == explorer.rival.share == 5 / 11 and explorer.input.share == 1
    explorer.size.number = 1
    assert explorer.output.share == 1


@pytest.mark.parametrize("stride, dilation, shift", [(2, 1, 0), (1, 1, 2), (3, 2, 0)])
@pytest.mark.parametrize("mode, other", [("max", "brightest"), ("brightest", "max")])
def test_new_colors(mode, other, stride, dilation, shift):
    """Marked exactly where no pixel of the window has the color; the note gives their fraction."""
    image = np.repeat(picture(7, 11, 3, seed=1), 2, axis=1).round()
    explorer = PoolingExplorer(image, mode)
    explorer.stride_is_size.value, explorer.stride.number, explorer.right.number = (
        False,
        stride,
        shift,
    )
    explorer.dilation.number = dilation
    views = {mode: explorer.output, other: explorer.rival}
    moved = np.roll(image, shift, 1)
    results = {name: pooled(moved, name, 2, stride, dilation) for name in views}
    for name, view in views.items():
        same(view.picture, page.as_photo(results[name]))
    assert explorer.output.title.startswith(f"{mode}, ")
    assert explorer.rival.title == f"for comparison: {other}"
    expected, share = page.as_photo(results["max"]), 0
    for place, cells in windows_of(moved, 2, stride, dilation):
        if results["max"][place].tolist() not in cells.tolist():
            expected[place], share = (212, 0, 143), share + 1 / expected[..., 0].size
    assert 0.05 < share < 0.95
    assert page.text_of(explorer.remark).startswith(
        f"In {share:.0%} of its pixels, max makes a color"
    )
    explorer.mark_new.value = True
    same(views["max"].picture, expected)
    same(views["brightest"].picture, page.as_photo(results["brightest"]))
    same(explorer.result, results[mode])


@pytest.mark.parametrize("name", [*IMAGES, *GRIDS])
@modes
def test_another_mode_is_shown_for_comparison(name, mode):
    """Max beside every other mode; beside max the mean, of colors brightest; nothing beside a grid."""
    explorer = PoolingExplorer({**IMAGES, **GRIDS}[name], mode)
    assert explorer.rival.hidden == (name in GRIDS)
    other = "max" if mode != "max" else "brightest" if name == "color" else "mean"
    if name in IMAGES:
        assert explorer.rival.title == f"for comparison: {other}"
        same(explorer.rival.picture, page.as_photo(pool(IMAGES[name], 2, mode=other)))
    colors = name == "color" and mode in ("max", "brightest")
    assert explorer.mark_new.hidden == (not colors) and bool(explorer.remark.value) == colors


@modes
def test_the_static_picture(mode):
    """It shows what is on the page, and names the mode."""
    explorer = PoolingExplorer(IMAGES["color"], mode)
    bundle, metadata = explorer._repr_mimebundle_()
    still = load_image(b64decode(bundle["image/png"]))
    np.testing.assert_array_equal(still, load_image(page_of(explorer.stills)))
    images = [part for part in explorer.stills[0] if part.kind == "image"]
    assert images == [explorer.input, explorer.output, explorer.rival]
    assert metadata["image/png"]["alt"].startswith(f"PoolingExplorer: {mode} of ")


def test_one_change_is_one_update_and_one_message(messages):
    """A new size also changes the stride; the input picture is not sent again."""
    explorer = PoolingExplorer(IMAGES["color"])
    calls = page.counted(explorer)
    messages.clear()
    page.send(explorer, explorer.size, index=0, number=3)
    ((_, content, _),) = messages
    changes = content["changes"]
    assert len(calls) == 1 and changes[explorer.name_of(explorer.stride)]["value"] == [3.0]
    assert {"pixels", "shape"} <= set(changes[explorer.name_of(explorer.output)])
    assert "pixels" not in changes[explorer.name_of(explorer.input)]


def test_display_options_do_not_recompute_the_pooling():
    """Nor does another shift pool the unshifted image again: loops are slow."""
    calls = []

    def my_pool(image, size):
        calls.append(size)
        return pool(image, size)

    explorer = PoolingExplorer(IMAGES["gray"], pool=my_pool)
    explorer.true_size.value = True
    assert calls == [2]
    for shift in (1, 2):
        explorer.right.number = shift
    assert calls == [2] * 3


def test_compute_without_a_page():
    """Controls in, the pooled picture out."""
    image = IMAGES["color"]
    controls = PoolingControls(
        image, "mine", "the picture", "max", 2, 1, 1, (0, 1), True, True, pool
    )
    view = compute(controls, Memo())
    moved = np.roll(image, 1, 1)
    same(view.result, pooled(moved, "max", 2, 1))
    shares = fraction_close(image, moved), fraction_close(pooled(image, "max", 2, 1), view.result)
    np.testing.assert_allclose(view.unchanged, shares)
    assert view.rival_mode == "brightest" and view.share == 10 / 11 and not view.numbered


@pytest.mark.parametrize("size, stride, dilation", [(2, 2, 1), (3, 3, 1), (2, 3, 1), (2, 2, 2)])
@pytest.mark.parametrize("image", [*IMAGES.values(), *GRIDS.values()])
def test_what_does_not_fit_is_grayed(image, size, stride, dilation):
    """The rows and columns at the end that no window reaches; the note counts them."""
    explorer = PoolingExplorer(image)
    explorer.stride_is_size.value = False
    explorer.size.number, explorer.stride.number = size, stride
    explorer.dilation.number = dilation
    assert explorer.problem == ""
    grayed = np.zeros(image.shape[:2], bool)
    for mark in explorer.input.marks:
        if mark.get("veil"):
            row, column = mark["row"], mark["column"]
            grayed[row : row + mark["rows"], column : column + mark["columns"]] = True
    reached = np.zeros(image.shape[:2], bool)
    for row, column in np.ndindex(explorer.result.shape[:2]):
        extent = dilation * (size - 1) + 1
        reached[: row * stride + extent, : column * stride + extent] = True
    same(grayed, ~reached)
    rows, columns = (int((~reached.any(axis=1 - axis)).sum()) for axis in (0, 1))
    note = explorer.input.note
    assert bool(note) == bool(rows or columns)
    assert (f"{rows} row" in note) == bool(rows) and (f"{columns} column" in note) == bool(columns)


def test_a_picture_for_comparison_is_never_missing():
    """With another mode or source it shows something else, so that nothing moves and no hole is left."""
    explorer = PoolingExplorer(IMAGES["color"])
    for mode in KEEP:
        for source in SOURCES:
            explorer.mode.value, explorer.source.value = mode, source
            assert not explorer.rival.hidden and explorer.mark_new.reserved
            assert explorer.rival.title not in ("", f"for comparison: {mode}")
            assert explorer.rival.shape[:2] == explorer.output.shape[:2]
    assert PoolingExplorer(GRIDS["whole"]).rival.hidden


def test_what_lies_beyond_the_scale_is_told():
    """Edge maps of a photograph: one percent of the input at most, and more of its maxima."""
    explorer = PoolingExplorer("camera")
    explorer.source.value = "its vertical edges"
    limit = np.sort(np.abs(explorer.image), axis=None)[-1 - np.count_nonzero(explorer.image) // 100]
    shares = [np.mean(np.abs(values) > limit) for values in (explorer.image, explorer.result)]
    assert 0 < shares[0] <= 0.01 < shares[1]
    found = re.findall(r"[\d.]+%", page.text_of(explorer.remark))
    assert found == [f"{share:.1%}" for share in shares]
    assert explorer.output.note == explorer.rival.note == ""


def test_signed_pictures_share_one_scale():
    """The same number has the same color before and after pooling."""
    grid = np.array([[-4, -1, 0, 0], [-2, -3, 0, 2]])
    explorer = PoolingExplorer(grid)
    assert explorer.input.scale == explorer.output.scale
    assert explorer.input.scale["labels"] == ["-4", "0", "4"]
    same(explorer.output.picture[0, 0], explorer.input.picture[0, 1])


def test_a_few_pixels_are_not_none():
    """One pixel in a thousand that changes is told; so is all but one that stay."""
    image = np.zeros((40, 50))
    image[0, 49] = 1
    explorer = PoolingExplorer(image)
    explorer.right.number = 1
    assert explorer.unchanged[0] == 1 - 2 / 2000
    assert "over 99% of the image's pixels" in page.text_of(explorer.shift_note)


def test_the_names_of_the_controls():
    """An unknown one is refused in a line that lists them; a grid has others than a photograph."""
    both = ["mode", "size", "stride", "dilation", "shift_down", "shift_right", "true_size"]
    photo = ["image", "longer_side", "gray", "upload", "pool", *both, "mark_new_colors"]
    for image, names in ((IMAGES["color"], photo), (GRIDS["whole"], ["paint", *both])):
        PoolingExplorer(image, controls=names)
        with pytest.raises(ValueError, match=f"{', '.join(names)}; got 'border'"):
            PoolingExplorer(image, controls=["border"])


@pytest.mark.parametrize("color", [False, True])
def test_it_starts_where_max_and_mean_differ_most(color):
    """In the middle half; another mode or size leaves the cursor there, another picture does not."""
    image = picture(16, 24, 3) / 9 if color else picture(16, 24) / 9
    image[0, 0], image[6:8, 10:12] = (
        1,
        [[[1] * 3, [0] * 3], [[0] * 3] * 2] if color else [[1, 0], [0, 0]],
    )
    explorer = PoolingExplorer(image)
    assert explorer.output.cursor == (3, 5) and not explorer.output.pinned
    explorer.mode.value = "mean"
    assert explorer.output.cursor == (3, 5)
    explorer.picker.name.value = "cat"
    top, left = explorer.output.cursor
    rows, columns = explorer.result.shape[:2]
    assert rows // 4 <= top < rows - rows // 4 and left >= columns // 4


def test_values_and_results_for_screen_readers():
    """The pixel under each cursor, and the result in one sentence."""
    explorer = PoolingExplorer(IMAGES["color"], "mean")
    page.move(explorer.output, cursor=[1, 2], pinned=False)
    for view, array, place in (
        (explorer.output, explorer.result, (1, 2)), (explorer.input, explorer.image, (2, 4)),
    ):  # fmt: skip
        red, green, blue = (float(text) for text in re.findall(r"-?\d+\.?\d*", view.reading))
        np.testing.assert_allclose([red, green, blue], array[place], atol=0.006)
        assert re.match("red .*, green .*, blue .*", view.reading)
    assert explorer.summary() == "mean pooling 2×2, stride 2: 3×5 output"
    explorer.dilation.number = 2
    assert explorer.status.value == "mean pooling 2×2, stride 2, dilation 2: 3×5 output"
