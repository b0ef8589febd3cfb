"""ImageView: pixels in, one message out; the cursor stays inside."""

import json

import numpy as np
import pytest
from explorers.driving import marks, move, picture, rounded, same, send

from helpers.explorers import KernelExplorer, PoolingExplorer
from helpers.explorers.widgets.element import Blob, column
from helpers.explorers.widgets.image_view import ImageView, mark
from helpers.explorers.widgets.page import Page
from helpers.rendering import View, render

GRAY = np.arange(6, dtype=np.uint8).reshape(2, 3)
COLOR = np.arange(18, dtype=np.uint8).reshape(2, 3, 3)


def view(pixels, note=""):
    return View(pixels, ("black", "white"), ("0", "0.5", "1"), note)


def on_a_page():
    """An image view, and the explorer that contains it."""
    image_view = ImageView()
    explorer = Page(column(image_view))
    explorer._handle_custom_msg({"sequence": 1, "hello": True}, [])
    return image_view, explorer


@pytest.mark.parametrize("pixels", [GRAY, GRAY.T, COLOR, COLOR.transpose(1, 0, 2)])
def test_the_picture_can_be_read_back(pixels):
    """Row by row, red before green before blue, whatever the memory order of the array."""
    image_view = ImageView()
    image_view.show(view(pixels))
    same(image_view.picture, pixels)
    assert image_view.shape == (*pixels.shape[:2], 3 if pixels.ndim == 3 else 1)
    assert list(image_view.pixels) == list(pixels.ravel())


def test_a_new_view_has_a_picture():
    """A single black pixel, until something is shown."""
    same(ImageView().picture, [[0]])


def test_everything_goes_in_one_message(messages):
    """Pixels, shape, scale, title, note, numbers and marks arrive together."""
    image_view, explorer = on_a_page()
    messages.clear()
    marks = [mark(0, 1)]
    with explorer.batch():
        image_view.show(view(GRAY, "a note"), GRAY, title="grid", alt="a grid", marks=marks)
    [(_, content, buffers)] = messages
    state = content["changes"][explorer.name_of(image_view)]
    assert set(state) >= {"pixels", "shape", "numbers", "scale", "note", "title", "alt", "marks"}
    assert list(buffers[state["pixels"]["buffer"]]) == list(GRAY.ravel())
    assert state["scale"] == {"colors": ["black", "white"], "labels": ["0", "0.5", "1"]}


def test_numbers_in_the_cells_are_in_the_alternative_text():
    """Row by row, after the description; blank cells are left out."""
    image_view = ImageView()
    image_view.show(view(GRAY), [1.0, -0.25, None], alt="a grid")
    assert image_view.alt == "a grid: 1, -0.25"
    image_view.show(view(GRAY), alt="a photo")
    assert image_view.alt == "a photo"


def test_the_same_picture_is_not_sent_again(messages):
    """Showing the current picture again sends nothing."""
    image_view, explorer = on_a_page()
    image_view.show(view(GRAY), GRAY)
    messages.clear()
    with explorer.batch():
        image_view.show(view(GRAY), GRAY)
    assert messages == []


def test_the_state_can_be_sent():
    """Everything but the bytes of the pixels and of the palette is plain JSON."""
    image_view = ImageView()
    numbers = np.float32([[1, 2, 3], [4, 5, -0.5]])
    image_view.show(render(picture(2, 3) - 0.5), numbers, marks=[mark(0, 1)])
    state = {name: image_view.to_page(name) for name in image_view.trait_names(page=True)}
    blobs = [name for name, value in state.items() if isinstance(value, Blob)]
    assert sorted(blobs) == ["palette", "pixels"]
    json.dumps({name: value for name, value in state.items() if name not in blobs})


@pytest.mark.parametrize("numbers", [GRAY, picture(2, 3) - 0.5, [[1e5, -1e5, 1 / 3], [0, -0.0, 2]]])
def test_a_number_for_each_cell(numbers):
    """Row by row, with at most two decimals."""
    image_view = ImageView()
    image_view.show(view(GRAY), np.array(numbers))
    assert image_view.numbers == [rounded(number) for number in np.ravel(numbers)]
    image_view.show(view(GRAY))
    assert image_view.numbers == []


def test_a_view_without_colors_has_no_scale():
    """A scale that was shown before is removed."""
    image_view = ImageView()
    image_view.show(view(GRAY))
    image_view.show(view(GRAY)._replace(colors=(), labels=()))
    assert image_view.scale == {}


@pytest.mark.parametrize("shape, pointed, kept", [
    ((9, 11), (4, 5), (2, 3)), ((9, 11), (0, 10), (0, 6)), ((9, 11), (8, 1), (4, 1)),
    ((3, 4), (1, 2), (2, 4)), ((3, 4), (2, 3), (4, 6)), ((1, 1), (0, 0), (0, 0)),
])  # fmt: skip
def test_the_cursor_is_scaled_when_the_picture_changes_its_size(shape, pointed, kept):
    """The center stays the center, and a corner the same corner."""
    image_view = ImageView()
    image_view.show(view(np.zeros(shape, np.uint8)))
    image_view.cursor = pointed
    image_view.show(view(np.zeros((5, 7), np.uint8)))
    assert image_view.cursor == kept
    image_view.show(view(np.zeros((5, 7), np.uint8)))
    assert image_view.cursor == kept


@pytest.mark.parametrize("cell, kept", [((7, 1), (1, 1)), ((1, 3), (1, 2)), ((-1, -5), (0, 0))])
def test_a_late_message_cannot_point_outside(cell, kept):
    """The page may still be showing a larger picture when the pointer moves."""
    image_view = ImageView(interactive=True)
    image_view.show(view(GRAY))
    move(image_view, cursor=list(cell), pinned=False)
    assert image_view.cursor == kept


@pytest.mark.parametrize("shape, middle", [((2, 3), (1, 1)), ((5, 8), (2, 4)), ((1, 1), (0, 0))])
def test_center(shape, middle):
    """The cursor moves to the center of the picture."""
    image_view = ImageView()
    image_view.show(view(np.zeros(shape, np.uint8)))
    image_view.center()
    assert image_view.cursor == middle


def test_marks_are_rectangles_of_cells():
    """One cell by default; they may extend beyond the picture."""
    image_view = ImageView(marks=[mark(1, 2), mark(-1, -2, 3, 5, thin=True)])
    assert marks(image_view) == [(1, 2, 1, 1)] and marks(image_view, thin=True) == [(-1, -2, 3, 5)]


@pytest.mark.parametrize("explorer", [KernelExplorer, PoolingExplorer])
def test_a_large_array_travels_at_the_size_at_which_it_is_seen(explorer, messages):
    """2000×2000 pixels in color, 12 MB: less than 1 MB a picture, also before the page says its size."""
    ours = explorer(np.zeros((2000, 2000, 3), np.float32) + picture(1, 1, 3))
    ours._handle_custom_msg({"sequence": 1, "hello": True}, [])
    shown = [part for part in ours.elements if isinstance(part, ImageView)]
    assert max(map(len, messages[-1][2])) <= 512 * 512 * 3
    for part in shown:
        send(ours, part, seen=[300, 300])
    del messages[:]
    ours.picker.gray.value = True
    assert max(len(data) for _, _, buffers in messages for data in buffers) <= 300 * 300 * 3


def test_a_page_with_more_pixels_is_sent_more():
    """The picture at first has up to 512 pixels a side, then as many as the page shows."""
    image_view = ImageView()
    image_view.show(view(np.zeros((2000, 1000), np.uint8)))
    assert image_view.to_page("pixels").about == {"rows": 1024, "columns": 512}
    move(image_view, seen=[1400, 700])
    assert image_view.to_page("pixels").about == {"rows": 1400, "columns": 700}
    move(image_view, seen=[9999, 9999])
    assert image_view.to_page("pixels").about == {"rows": 2000, "columns": 1000}


def test_the_same_bytes_in_another_shape_are_sent(messages):
    """A page keeps the rows and columns together with the bytes."""
    image_view, explorer = on_a_page()
    sizes = []
    for shape in ((2, 6), (6, 2), (3, 4)):
        with explorer.batch():
            image_view.show(view(np.zeros(shape, np.uint8)))
        pixels = messages[-1][1]["changes"][explorer.name_of(image_view)]["pixels"]
        sizes.append((pixels["rows"], pixels["columns"]))
    assert sizes == [(2, 6), (6, 2), (3, 4)]
