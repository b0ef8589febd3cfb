"""Painting on a picture: strokes set cells and change nothing else."""

import numpy as np
import pytest
from explorers import driving as page
from explorers.driving import same
from refusals import is_one_line

from helpers.explorers import WindowExplorer
from helpers.explorers.widgets.image_view import ImageView
from helpers.rendering import render

IMAGE = np.arange(30).reshape(5, 6) % 9 + 1
KERNEL = np.array([[1, 0, -1], [2, 1, 0]])


def stroke(view, *cells):
    """Send what the page sends while a stroke is drawn."""
    page.move(view, paint=[list(cell) for cell in cells])


def painter(image=IMAGE, value=9, padding=0):
    explorer = WindowExplorer(image, KERNEL)
    explorer.padding.number = padding
    explorer.brush.numbers[0].number = value
    explorer.brush.on.value = True
    return explorer


def test_cells_outside_the_picture_are_left_out():
    """The pointer may leave the picture, and a message may arrive late."""
    view, strokes = ImageView(), []
    view.show(render(np.zeros((2, 3))))
    view.on_paint(strokes.append)
    stroke(view, (0, 0), (1, 2), (2, 0), (0, 3), (-1, 1), (1, -1))
    assert strokes == [[(0, 0), (1, 2)]]


def test_the_checkbox_switches_painting_on():
    """Until then a drag only moves the cursor, and the number to paint cannot be changed."""
    explorer = WindowExplorer(IMAGE, KERNEL)
    (number,) = explorer.brush.numbers
    for on in (False, True, False):
        page.move(explorer.brush.on, value=on)
        assert explorer.input.paints == on != number.disabled


@pytest.mark.parametrize("padding", [0, 2])
@pytest.mark.parametrize("value", [9, -99, 0])
def test_a_stroke_sets_cells(value, padding):
    """Image, output and sums follow; padding cannot be painted; the caller's array is unchanged."""
    explorer, expected = painter(value=value, padding=padding), IMAGE.copy()
    expected[0, 0] = expected[4, 5] = value
    stroke(explorer.input, (padding, padding), (padding + 4, padding + 5), (0, padding + 6))
    same(explorer.image, expected)
    same(explorer.result, page.expected_output(expected, KERNEL, 1, padding))
    assert str(value) in explorer.input.numbers and explorer.problem == ""
    same(IMAGE, np.arange(30).reshape(5, 6) % 9 + 1)


@pytest.mark.parametrize("dtype", ["bool", "uint8", "int8", "int64", "float16", "float64"])
@pytest.mark.parametrize("value", [9, -99])
def test_any_grid_takes_any_number(dtype, value):
    """Whatever the type of the original array."""
    explorer = painter((IMAGE % 2).astype(dtype), value)
    stroke(explorer.input, (1, 2))
    assert explorer.image[1, 2] == value and explorer.problem == ""
    expected = IMAGE % 2
    expected[1, 2] = value
    same(explorer.result, page.expected_output(expected, KERNEL))


def test_one_stroke_is_one_update():
    """However many cells it sets."""
    explorer = painter()
    calls = page.counted(explorer)
    stroke(explorer.input, (0, 0), (0, 1), (0, 2))
    assert len(calls) == 1


def test_a_stroke_is_one_message(messages):
    """The cursor and the cells arrive together and get one reply."""
    explorer = painter()
    messages.clear()
    page.send(explorer, explorer.input, paint=[[1, 1], [1, 2]], begins=True, cursor=[1, 2])
    ((_, content, _),) = messages
    changes = content["changes"]
    assert explorer.image[1, 1:3].tolist() == [9, 9] and content["reply_to"] == 1
    assert {"pixels", "numbers"} <= set(changes[explorer.name_of(explorer.input)])
    assert explorer.grid is not IMAGE


@pytest.mark.parametrize("text", ["", "abc", "100", "1.5", "inf", "nan", "9" * 9999])
def test_an_invalid_brush_value(text):
    """One line; the brush keeps its value; the next valid number clears it."""
    explorer = painter(value=7)
    page.type_into(explorer.brush.numbers[0], text)
    assert is_one_line(explorer.problem)
    stroke(explorer.input, (3, 3))
    assert explorer.image[3, 3] == 7
    page.type_into(explorer.brush.numbers[0], "5")
    assert explorer.problem == ""
