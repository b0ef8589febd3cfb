"""SketchPad: white strokes on black; undo, clear, the pen's width."""

import numpy as np
import pytest
from explorers import driving as page
from explorers.driving import same
from refusals import is_one_line

from helpers.explorers.widgets.sketch_pad import SIDE, SketchPad

LINE = [(30, 20), (30, 90)]
OTHER = [(60, 20), (90, 50), (60, 80)]


def paint(pad, cells, begins=False):
    """Send what the page sends while a stroke is drawn."""
    message = {"paint": [list(cell) for cell in cells], "begins": begins}
    pad.paper.receive(message, [])


def distances(points):
    """The distance of each cell from a line through points, in cells."""
    cells = np.stack(np.mgrid[:SIDE, :SIDE], -1).astype(float)
    found = np.full((SIDE, SIDE), np.inf)
    for start, end in zip(points, points[1:] or points, strict=False):
        start, way = np.array(start, float), np.subtract(end, start).astype(float)
        along = np.clip((cells - start) @ way / (way @ way or 1), 0, 1)
        found = np.minimum(found, np.linalg.norm(cells - start - along[..., None] * way, axis=-1))
    return found


@pytest.mark.parametrize("points", [LINE, OTHER, [(50, 50)]], ids=["line", "bend", "dot"])
@pytest.mark.parametrize("width", [4, 10, 24])
def test_a_stroke_is_as_wide_as_the_pen(points, width):
    """White within half the width of the line, black beyond, smooth in between, round at the ends."""
    pad = SketchPad()
    pad.pen.number = width
    pad.draw(points)
    away = distances(points)
    assert pad.value.shape == (112, 112) and pad.value.dtype == np.float32
    assert (pad.value[away < width / 2 - 1] == 1).all()
    assert (pad.value[away > width / 2 + 1] == 0).all()
    same(pad.paper.picture, np.uint8(pad.value * 255 + 0.5))


def test_strokes_from_the_page():
    """In one message or in several it is the same stroke; a new one is not joined to the last."""
    one, many = SketchPad(), SketchPad()
    paint(one, [*LINE], begins=True)
    paint(many, LINE[:1], begins=True)
    paint(many, LINE[1:])
    same(one.value, many.value)
    expected = SketchPad()
    expected.draw(LINE)
    same(one.value, expected.value)
    paint(one, OTHER, begins=True)
    assert (one.value[(distances(LINE) > 6) & (distances(OTHER) > 6)] == 0).all()
    assert "2 strokes" in one.paper.alt


def test_undo():
    """Removes stroke by stroke; on an empty drawing it does nothing."""
    pad = SketchPad()
    seen = [pad.value]
    for stroke in (LINE, OTHER, [(5, 5)]):
        pad.draw(stroke)
        seen.append(pad.value)
    for expected in [*seen[-2::-1], seen[0]]:
        pad.undo_button.click()
        same(pad.value, expected)


def test_clear():
    """Removes everything; undo restores it, also after new strokes are undone."""
    pad = SketchPad()
    pad.draw(LINE)
    pad.draw(OTHER)
    both = pad.value
    pad.clear_button.click()
    assert not pad.value.any()
    pad.clear_button.click()
    pad.undo()
    same(pad.value, both)
    pad.clear()
    pad.draw([(9, 9)])
    pad.undo()
    assert not pad.value.any()
    pad.undo()
    same(pad.value, both)
    pad.undo()
    first = SketchPad()
    first.draw(LINE)
    same(pad.value, first.value)


def test_the_pen_width_applies_to_new_strokes():
    """Earlier strokes keep their width, also when redrawn after undo."""
    pad = SketchPad()
    pad.pen.number = 4
    pad.draw(LINE)
    thin = pad.value
    pad.pen.number = 20
    same(pad.value, thin)
    pad.draw(OTHER)
    pad.undo()
    same(pad.value, thin)


@pytest.mark.parametrize("button", ["undo_button", "clear_button"])
def test_a_stroke_removed_before_it_is_complete(button):
    """The rest of it is ignored and not joined to the previous stroke; the next stroke is drawn."""
    pad = SketchPad()
    pad.draw(OTHER)
    paint(pad, LINE[:1], begins=True)
    getattr(pad, button).click()
    paint(pad, LINE[1:])
    assert pad.value.any() == (button == "undo_button")
    expected = SketchPad()
    for stroke in (OTHER, LINE) if pad.value.any() else (LINE,):
        expected.draw(stroke)
    paint(pad, LINE, begins=True)
    same(pad.value, expected.value)


def test_a_stroke_whose_parts_were_joined():
    """Parts that waited in the page arrive as one, and give the same stroke."""
    one, many = SketchPad(), SketchPad()
    cells = [(20 + n, 30 + n * n // 40) for n in range(60)]
    paint(one, cells, begins=True)
    for n in range(0, 60, 7):
        paint(many, cells[n : n + 7], begins=n == 0)
    same(one.value, many.value)
    assert many.paper.alt == "your drawing, 1 stroke"


def test_a_message_without_cells():
    """A late one may refer to cells that do not exist."""
    pad = SketchPad()
    paint(pad, [(500, 500)], begins=True)
    assert not pad.value.any()
    paint(pad, LINE)
    assert pad.value.max() == 1


@pytest.mark.parametrize("points", [[], 3, [(1, 2, 3)], [1, 2], ["ab"], None, [(1, np.nan)]])
def test_invalid_points(points):
    """One line; the drawing stays."""
    pad = SketchPad()
    pad.draw(LINE)
    before = pad.value
    with pytest.raises((ValueError, TypeError), match="points") as caught:
        pad.draw(points)
    assert is_one_line(str(caught.value))
    same(pad.value, before)
    pad.undo()
    assert not pad.value.any()


def test_a_stroke_may_leave_the_drawing():
    """Cells outside are ignored."""
    pad = SketchPad()
    pad.draw([(-50, 50), (300, 50)])
    assert (pad.value[:, 50] == 1).all()


@pytest.mark.parametrize("text", ["", "abc", "3", "25", "4.5"])
def test_an_invalid_pen_width(text):
    """One line; the width stays."""
    pad = SketchPad()
    page.type_into(pad.pen, text)
    assert is_one_line(pad.error) and pad.pen.number == 10
    page.type_into(pad.pen, "12")
    assert pad.error == ""
