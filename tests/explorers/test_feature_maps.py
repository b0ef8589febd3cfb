"""Sheet: maps side by side, and the cell and map under the cursor."""

import numpy as np
import pytest
from explorers import driving as page
from explorers.driving import same

from helpers.explorers.panels.feature_maps import GAP, GAP_GRAY, Sheet
from helpers.rendering import render

SHAPES = [((3, 5, 4), 2), ((5, 3, 5), 3), ((1, 1, 7), 4), ((4, 2, 1), 8), ((2, 3, 16), 8)]
every = pytest.mark.parametrize("shape, across", SHAPES)


def filled(shape, across, draw=lambda values: render(values, "ReLU")):
    maps = np.random.default_rng(1).random(shape).astype(np.float32)
    sheet = Sheet(interactive=True)
    sheet.show_maps(maps, draw, across, title="maps")
    return sheet, maps


def corner(number, shape, across):
    down, right = divmod(number, min(across, shape[2]))
    return down * (shape[0] + GAP), right * (shape[1] + GAP)


@every
@pytest.mark.parametrize("view", ["ReLU", "signed"])
def test_every_map_is_in_its_place(shape, across, view):
    """All are on one scale, with gray between them."""
    sheet, maps = filled(shape, across, lambda values: render(values - 0.3, view))
    expected = render((maps - 0.3).reshape(1, -1), view).pixels[0].reshape(*shape, -1)
    page_left = np.ones(sheet.picture.shape[:2], bool)
    for number in range(shape[2]):
        top, left = corner(number, shape, across)
        place = slice(top, top + shape[0]), slice(left, left + shape[1])
        same(sheet.picture[place].reshape(*shape[:2], -1), expected[:, :, number])
        page_left[place] = False
    same(sheet.picture[page_left], GAP_GRAY)


@every
def test_the_cell_under_the_cursor(shape, across):
    """Every cell of every map, by its place on the sheet; marks are at the same place."""
    sheet, _ = filled(shape, across)
    for row, column, number in np.ndindex(shape):
        top, left = corner(number, shape, across)
        page.move(sheet, cursor=[top + row, left + column], pinned=False)
        assert sheet.cell == (row, column, number)
        sheet.marks = [sheet.frame(row, column, number, 1, 2)]
        assert page.marks(sheet) == [(top + row, left + column, 1, 2)]


@every
def test_every_place_on_the_sheet_has_a_cell(shape, across):
    """In a gap it is a neighboring cell; where there is no map, a cell of the last map."""
    sheet, _ = filled(shape, across)
    for place in np.ndindex(sheet.picture.shape[:2]):
        page.move(sheet, cursor=list(place), pinned=False)
        row, column, number = sheet.cell
        assert row < shape[0] and column < shape[1] and number < shape[2]
        top, left = corner(number, shape, across)
        if number < shape[2] - 1:
            assert abs(top + row - place[0]) <= GAP and abs(left + column - place[1]) <= GAP


@every
def test_the_largest_activation(shape, across):
    """The cell with the largest number."""
    sheet, maps = filled(shape, across)
    sheet.point_at_strongest()
    assert maps[sheet.cell] == maps.max()


def test_fewer_maps():
    """A cursor beyond the last map is moved inside."""
    sheet, _ = filled((5, 5, 16), 8)
    page.move(sheet, cursor=[10, 46], pinned=True)
    assert sheet.cell == (4, 4, 15)
    sheet.show_maps(np.ones((3, 3, 2)), lambda values: render(values, "ReLU"), 8)
    assert sheet.cell == (2, 2, 1)


@every
def test_maps_in_color(shape, across):
    """Each is in its place, on one scale for all channels, with white between them, as gray is 0."""
    maps = np.random.default_rng(2).normal(size=(*shape, 3)).astype(np.float32)
    sheet = Sheet()
    sheet.show_maps(maps, lambda values: render(values, "signed"), across)
    drawn = render(maps.reshape(1, -1, 3), "signed").pixels[0].reshape(*shape, 3)
    for number in range(shape[2]):
        top, left = corner(number, shape, across)
        place = slice(top, top + shape[0]), slice(left, left + shape[1])
        same(sheet.picture[place], drawn[:, :, number])
    if shape[2] > 1:
        same(sheet.picture[:, shape[1]], 255)


def test_a_sheet_shown_smaller_mixes_no_cells():
    """No pixel is a mean of a map and the gap beside it."""
    sheet, _ = filled((4, 5, 6), 3)
    assert sheet.to_page("pixels").about["rows"] == sheet.shape[0]
    page.move(sheet, seen=[5, 8])
    sent = sheet.to_page("pixels")
    assert sent.about["rows"] < sheet.shape[0]
    assert {*sent.data} <= {*sheet.pixels}
