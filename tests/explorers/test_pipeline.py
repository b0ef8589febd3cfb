"""The stages of a network: one size of cells for all of them, and lines between marked cells."""

import re

import numpy as np
import pytest
from explorers import driving as page
from hypothesis import given
from hypothesis import strategies as st

from helpers.explorers.models.pipeline import (
    BETWEEN,
    END,
    IMAGE,
    SMALLEST_CELL,
    STAGE,
    arrange_stages,
    cell_size,
    side,
)
from helpers.explorers.panels.pipeline import Pipeline
from helpers.explorers.widgets.image_view import ImageView, mark
from helpers.explorers.widgets.links import LINE, SMALLEST, Links, box_of, link, link_corners
from helpers.rendering import View, render

DIGITS = [(28, 28, 1), (26, 26, 8), (13, 13, 8), (11, 11, 16), (5, 5, 16)]
SHAPES = st.tuples(st.integers(1, 90), st.integers(1, 90), st.integers(1, 70))
NAMES = ["Conv", "ReLU", "MaxPool"]


def needed(shapes, arrangement):
    """Width and height of an arrangement in CSS pixels."""
    across, cell = arrangement
    columns = [side(shape[1], count) for shape, count in zip(shapes, across, strict=True)]
    least = [IMAGE, *[STAGE] * (len(shapes) - 1)]
    width = sum(max(least, n * cell) for least, n in zip(least, columns, strict=True))
    rows = [
        side(shape[0], -(-shape[2] // count)) for shape, count in zip(shapes, across, strict=True)
    ]
    return width + BETWEEN * (len(shapes) - 1) + END, max(rows) * cell


def test_the_stages_of_the_digits_fit_a_page():
    """Beside the drawing and the bars, with cells of more than three pixels."""
    arrangement = arrange_stages(DIGITS, 620, 400)
    width, height = needed(DIGITS, arrangement)
    assert width <= 620 and height <= 400 and arrangement.cell > 3
    assert arrangement.across == [1, 2, 1, 2, 2]


@given(st.lists(SHAPES, min_size=1, max_size=6), st.integers(200, 1200), st.integers(100, 600))
def test_every_arrangement_fits_or_has_the_smallest_cells(shapes, width, height):
    """All maps are in a column; no column is empty; larger cells would not fit."""
    shapes = [(*shapes[0][:2], 1), *shapes[1:]]
    arrangement = arrange_stages(shapes, width, height)
    smallest = min(SMALLEST_CELL, 56 / max(shapes[0][:2]))
    assert arrangement.cell >= smallest
    for (_, _, count), across in zip(shapes, arrangement.across, strict=True):
        assert 1 <= across <= count and across * (-(-count // across) - 1) < count
    if arrangement.cell > smallest:
        assert needed(shapes, arrangement)[0] <= width


@given(st.lists(SHAPES, min_size=1, max_size=6), st.integers(300, 1200), st.floats(0.3, 1))
def test_the_cells_are_as_large_as_the_room_allows(shapes, width, part):
    """In a part of the room they were arranged for: the stages fill it, or have the limits' size."""
    shapes = [(*shapes[0][:2], 1), *shapes[1:]]
    arrangement = arrange_stages(shapes, width, 400)
    room = part * width
    css = cell_size(shapes, arrangement).replace("var(--shrink, 1)", "1")
    code = re.sub(
        r"([\d.]+)(px|cqi)", lambda found: f"{found[1]}", css.replace("100cqi", f"{room}")
    )
    cell = eval(code, {"clamp": lambda least, x, most: max(least, min(x, most)), "min": least_of})
    assert 0 < cell <= 1.01 * arrangement.cell
    titles, _ = needed(shapes, arrangement._replace(cell=0))
    if titles <= room and cell > 1.01 * min(SMALLEST_CELL, arrangement.cell):  # large enough
        total, _ = needed(shapes, arrangement._replace(cell=cell))
        assert total <= 1.01 * room
        assert total >= 0.99 * room or cell >= 0.99 * arrangement.cell


def least_of(*numbers):
    return min(numbers)


def pipeline(relu=False):
    ours = Pipeline(NAMES, [(8, 9, 3), (6, 7, 4), (6, 7, 4), (3, 3, 4)], (600, 900))
    ours.arrange(relu)
    outputs = [
        np.random.default_rng(3).random(shape) for shape in ((6, 7, 4), (6, 7, 4), (3, 3, 4))
    ]
    ours.show(render(np.zeros((8, 9)), "as a photo"), outputs, [0, 0, 0], "noise", title="input")
    return ours


@pytest.mark.parametrize("relu", [False, True])
def test_every_stage_has_the_width_of_its_columns(relu):
    """The number of columns is that of the picture; the size of a cell is the same."""
    ours = pipeline(relu)
    shown = [view for view in ours.links.views if not view.hidden]
    assert len(shown) == 3 + relu and len({view.style["--cell"] for view in shown}) == 1
    for view in shown:
        assert view.style["--columns"] == str(view.shape[1])
    steps = [view.style["--arrow"] for view in shown]
    assert steps == ['""', '"→"', *(['"→"', '"→"'] if relu else ['"1:\\A ReLU\\A →"'])]


def test_a_network_of_relus_alone_shows_them():
    """There is nothing else to point at."""
    ours = Pipeline(["ReLU"], [(4, 4, 1), (4, 4, 1)], (600, 900))
    assert not ours.sheets[0].hidden


def test_corners_of_a_link():
    """From the right side of one mark to the left side of the other."""
    start, end = box_of(mark(2, 1, 3, 4), 10, 100, 50), box_of(mark(0, 0, 1, 1), 10, 300, 20)
    assert start == (110, 70, 40, 30) and end == (300, 20, 10, 10)
    assert link_corners(start, end) == [(150, 70), (300, 20), (300, 30), (150, 100)]


def test_a_mark_around_one_small_cell_is_large_enough_to_be_seen():
    left, top, width, height = box_of(mark(5, 5), 1, 0, 0)
    assert (width, height) == (SMALLEST, SMALLEST)
    assert (left + width / 2, top + height / 2) == (5.5, 5.5)


@pytest.mark.parametrize("faint", [False, True])
def test_the_still_has_all_pictures_at_one_scale_and_the_line_between_them(faint):
    """The line begins at the right side of the first mark, and ends at the second."""
    views = [ImageView(title="a"), ImageView(title="b")]
    for view, size in zip(views, (20, 10), strict=True):
        view.show(View(np.full((size, size), 90, np.uint8), (), ()))
    links = Links(views)
    links.cell = 5.0
    without = np.asarray(links.still())
    links.lines = [link((0, mark(4, 4, 6, 6)), (1, mark(2, 2, 2, 2)), faint)]
    pixels = np.asarray(links.still())
    gray = (without == 90).all(axis=2)
    first, second = gray[:, :100], gray[:, 100:]
    inner = 2 * (100 - 2), 2 * (50 - 2)  # without their frames
    assert abs(np.sqrt(first.sum()) - 98) < 1 and abs(np.sqrt(second.sum()) - 48) < 1, inner
    rows, columns = np.where((pixels != without).any(axis=2))
    left = np.where(second.any(axis=0))[0].min() + 100 - 1
    assert abs(columns.min() - 50) <= 2 and abs(columns.max() - (left + 10)) <= 2
    assert rows.min() >= LINE and page.marks(views[0]) == []


def test_stages_have_titles_of_two_lines_and_no_notes():
    """A note would wrap below a narrow stage; that values lie beyond the scale is said once."""
    ours = Pipeline(["Conv"], [(40, 40, 1), (38, 38, 8)], (600, 900))
    maps = np.random.default_rng(3).normal(size=(38, 38, 8))
    assert render(maps[..., 0], "signed").note, "some values lie beyond the scale"
    ours.show(render(np.zeros((40, 40)), "as a photo"), [maps], [0], "noise")
    assert (ours.sheets[0].title, ours.sheets[0].note) == ("0: Conv\n38×38×8", "")
    assert ours.sheets[0].alt == "0: Conv, 38×38×8, for noise"
