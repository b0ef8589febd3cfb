"""PoolingExplorer cell by cell: its numbers, marks and text at the cursor, painting."""

import math

import numpy as np
import pytest
from explorers import driving as page
from explorers.driving import picture, same
from explorers.test_painting import stroke
from explorers.test_pooling_explorer import GRIDS, modes, pooled

from helpers.explorers import PoolingExplorer
from helpers.pooling import pool

GRAY, COLOR = picture(14, 17), picture(14, 17, 3)
GRID = np.arange(35).reshape(5, 7) % 9 - 2


@modes
@pytest.mark.parametrize("grid", GRIDS.values(), ids=GRIDS)
def test_a_small_grid_shows_its_numbers(grid, mode):
    """Before and after pooling, integers or not, negative too."""
    explorer = PoolingExplorer(grid, mode)
    assert explorer.input.numbers == [page.rounded(number) for number in grid.ravel()]
    expected = pooled(grid, mode)
    np.testing.assert_allclose(explorer.result, expected)
    assert explorer.output.numbers == [page.rounded(number) for number in expected.ravel()]


def test_the_window_is_marked_and_its_numbers_are_shown():
    """For the pixel under the cursor."""
    explorer = PoolingExplorer(GRID)
    explorer.stride_is_size.value, explorer.stride.number = False, 3
    page.move(explorer.output, cursor=[0, 1], pinned=True)
    assert (0, 3, 2, 2) in page.marks(explorer.input)
    assert page.marks(explorer.output) == [(0, 1, 1, 1)]
    cells = GRID[0:2, 3:5].ravel()
    inside = ", ".join(map(str, cells))
    assert page.text_of(explorer.reading) == f"max of {{{inside}}} = {cells.max()}"


def kept(view):
    """The cells of an image view that have a mark of their own inside."""
    return [
        (math.floor(mark["row"]), math.floor(mark["column"]))
        for mark in view.marks
        if mark["rows"] < 1
    ]


@pytest.mark.parametrize("dilation", [1, 2])
@pytest.mark.parametrize("cell", [(0, 0), (1, 2)], ids=str)
@pytest.mark.parametrize("mode", ["max", "min", "brightest"])
def test_the_kept_number_is_marked(mode, cell, dilation):
    """The mark is in the window, on the largest or the smallest of its numbers, the first of equals."""
    explorer = PoolingExplorer(GRID, mode)
    explorer.dilation.number = dilation
    page.move(explorer.output, cursor=list(cell), pinned=True)
    ((row, column),) = kept(explorer.input)
    assert GRID[row, column] == explorer.result[cell]
    inside = [(2 * cell[0] + dilation * i, 2 * cell[1] + dilation * j) for i, j in np.ndindex(2, 2)]
    values = [GRID[place] for place in inside]
    assert (row, column) == inside[values.index(min(values) if mode == "min" else max(values))]


@pytest.mark.parametrize("mode", ["mean", "mixed"])
def test_a_mean_keeps_no_number(mode):
    """So nothing is marked in its window; nor for a user's function."""
    assert kept(PoolingExplorer(GRID, mode).input) == []
    assert kept(PoolingExplorer(GRID, pool=lambda image, size: pool(image, size)).input) == []


@pytest.mark.parametrize("mode", ["max", "brightest"])
def test_the_window_is_magnified(mode):
    """Its pixels, as in the image; of max, the pixel that gives each channel; of brightest, one."""
    explorer = PoolingExplorer(COLOR, mode)
    explorer.size.number = 3
    page.move(explorer.output, cursor=[2, 1], pinned=True)
    cells = COLOR[6:9, 3:6]
    same(explorer.window.picture, page.as_photo(cells))
    if mode == "max":
        expected = {np.unravel_index(cells[..., k].argmax(), (3, 3)) for k in range(3)}
    else:
        expected = {np.unravel_index((cells @ [0.299, 0.587, 0.114]).argmax(), (3, 3))}
    assert set(kept(explorer.window)) == expected
    assert set(kept(explorer.input)) == {(6 + row, 3 + column) for row, column in expected}


def test_a_gray_window_shows_its_numbers():
    """Up to 4×4 of them; a pixel of a large photograph is too small for a mark of its own."""
    explorer = PoolingExplorer("camera")
    page.move(explorer.output, cursor=[9, 30], pinned=True)
    cells = explorer.image[18:20, 60:62]
    assert explorer.window.numbers == [page.rounded(number) for number in cells.ravel()]
    assert len(kept(explorer.window)) == 1 and kept(explorer.input) == []
    explorer.size.number = 5
    assert explorer.window.numbers == [] and explorer.window.shape[:2] == (5, 5)


def test_a_pixel_of_the_input_points_at_a_window_that_holds_it():
    """And is pinned with it; the last pixels that no window reaches belong to the last window."""
    explorer = PoolingExplorer(GRID)
    for cell, output in (((1, 2), (0, 1)), ((4, 6), (1, 2))):
        page.move(explorer.input, cursor=list(cell), pinned=True)
        assert explorer.output.cursor == output and explorer.output.pinned


def test_cells_of_a_dilated_window_are_marked_one_by_one():
    """As is the window's whole extent."""
    explorer = PoolingExplorer(GRID)
    explorer.dilation.number = 2
    page.move(explorer.output, cursor=[1, 2], pinned=True)
    found = page.marks(explorer.input)
    assert (2, 4, 3, 3) in found and {(r, c, 1, 1) for r in (2, 4) for c in (4, 6)} < set(found)
    inside = ", ".join(str(GRID[r, c]) for r in (2, 4) for c in (4, 6))
    assert inside in page.text_of(explorer.reading)


def test_a_color_is_given_by_its_channels():
    """Red, green and blue of the output; of a large window, only the number of pixels."""
    explorer = PoolingExplorer(COLOR)
    explorer.size.number = 5
    page.move(explorer.output, cursor=[1, 2], pinned=True)
    red, green, blue = map(page.rounded, COLOR[5:10, 10:15].max((0, 1)))
    line = f"max of 25 pixels = red {red}, green {green}, blue {blue}"
    assert page.text_of(explorer.reading) == line


def test_the_cursor_stays_inside():
    """A larger window gives fewer pixels; the cursor keeps its relative place, in one update."""
    explorer = PoolingExplorer(GRAY)
    page.move(explorer.output, cursor=[6, 7], pinned=True)
    calls = page.counted(explorer)
    explorer.size.number = 6
    assert explorer.output.cursor == (1, 1) and len(calls) == 1
    assert (6, 6, 6, 6) in page.marks(explorer.input)


@pytest.mark.parametrize("dtype", ["bool", "uint8", "int8", "float32"])
@pytest.mark.parametrize("value", [9, -99])
@pytest.mark.parametrize("shift", [(0, 0), (2, -3)], ids=str)
def test_painting_a_grid(dtype, value, shift):
    """The cells under the stroke are set, shifted or not; the caller's array is unchanged."""
    grid = (GRID + 2).astype(dtype)
    expected, before = np.roll(grid.astype(float), shift, (0, 1)), grid.copy()
    explorer = PoolingExplorer(grid)
    explorer.down.number, explorer.right.number = shift
    explorer.brush.on.value, explorer.brush.numbers[0].number = True, value
    calls = page.counted(explorer)
    assert explorer.input.paints
    stroke(explorer.input, (0, 0), (4, 6), (1, 3), (5, 0))
    expected[[0, 4, 1], [0, 6, 3]] = value
    same(explorer.image, expected)
    same(explorer.result, pooled(expected))
    assert explorer.input.numbers == [page.rounded(number) for number in expected.ravel()]
    same(grid, before)
    assert len(calls) == 1 and explorer.problem == ""


def test_pointing_is_one_message_with_the_window_alone(messages):
    """It holds marks, a line of text, and the few pixels of the window."""
    explorer = PoolingExplorer(COLOR)
    calls = page.counted(explorer)
    messages.clear()
    page.send(explorer, explorer.output, cursor=[0, 1], pinned=False)
    ((_, content, buffers),) = messages
    assert not calls and [len(buffer) for buffer in buffers] == [2 * 2 * 3]
    changes = {
        explorer.elements[int(name)]: set(state) for name, state in content["changes"].items()
    }
    assert changes == {
        explorer.input: {"cursor", "marks", "reading"}, explorer.output: {"cursor", "pinned", "marks", "reading"},
        explorer.window: {"pixels", "marks"}, explorer.reading: {"value"},
    }  # fmt: skip
