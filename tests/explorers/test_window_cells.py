"""WindowExplorer's grids: which cells each output pixel depends on, their colors, their marks."""

from itertools import product

import numpy as np
import pytest
from explorers import driving as page
from explorers.driving import same
from strategies import scipy_pad

from helpers.explorers import WindowExplorer
from helpers.explorers.models.window import PADDED, UNREAD

IMAGE = np.arange(30).reshape(5, 6) % 9 + 1
OPTIONS = [
    dict(zip(("stride", "padding", "dilation"), values, strict=True))
    for values in ((1, 0, 1), (2, 0, 1), (3, 1, 1), (1, 2, 2), (2, 3, 3), (4, 0, 2))
]  # fmt: skip
every = pytest.mark.parametrize("options", OPTIONS, ids=lambda options: str(list(options.values())))
borders = pytest.mark.parametrize("border", page.BORDERS)


def build(options, border="zero", shape=(2, 3), image=IMAGE):
    explorer = WindowExplorer(image, np.ones(shape))
    explorer.border.value, explorer.padding.number = border, options["padding"]
    explorer.stride.number, explorer.dilation.number = options["stride"], options["dilation"]
    assert explorer.problem == ""
    return explorer


def reads(shape, options, border):
    """For each output pixel, the cells under its weights, numbered from 1, by brute force."""
    numbered = np.arange(1, IMAGE.size + 1).reshape(IMAGE.shape)
    padded = scipy_pad(numbered, [(options["padding"],) * 2] * 2, border)
    s, d = options["stride"], options["dilation"]
    found = {}
    for i, j in np.ndindex(padded.shape):
        places = [(i * s + d * m, j * s + d * n) for m, n in np.ndindex(shape)]
        if places[-1][0] < padded.shape[0] and places[-1][1] < padded.shape[1]:
            found[i, j] = {int(padded[place]) for place in places} - {0}
    return found


@borders
@every
@pytest.mark.parametrize("shape", [(2, 3), (3, 2), (1, 1)])
def test_a_cell_contributes_to_the_outputs_whose_windows_contain_it(options, border, shape):
    """They are marked thin; the current output pixel keeps its mark."""
    explorer, found = build(options, border, shape), reads(shape, options, border)
    p = options["padding"]
    for row, column in product((0, 2, 4), (0, 3, 5)):
        page.move(explorer.input, cursor=[row + p, column + p], pinned=True)
        number = row * 6 + column + 1
        outputs = [place for place, cells in found.items() if number in cells]
        assert page.marks(explorer.output, thin=True) == [(*place, 1, 1) for place in outputs]
        assert page.marks(explorer.output) == [(*explorer.position, 1, 1)]
        line = page.text_of(explorer.contribution)
        count = f"contributes to {len(outputs)} of {len(found)} output pixels"
        assert f"row {row}, column {column} of the image {count}" in line


@borders
@every
def test_cells_in_their_colors(options, border):
    """Violet for padding, gray for cells in no window, otherwise black to white."""
    explorer, shape = build(options, border), (2, 3)
    read = set.union(*reads(shape, options, border).values())
    p = options["padding"]
    pixels = explorer.input.picture
    inside = np.zeros(pixels.shape[:2], bool)
    inside[p : p + 5, p : p + 6] = True
    assert (pixels[~inside] == PADDED).all()
    for row, column in np.ndindex(5, 6):
        gray = page.as_photo(IMAGE[row, column] / 9)
        expected = (gray,) * 3 if row * 6 + column + 1 in read else UNREAD
        same(pixels[row + p, column + p], expected)
    padded = scipy_pad(IMAGE, [(p, p)] * 2, border)
    assert explorer.input.numbers == [str(number) for number in padded.ravel()]
    assert ("violet: padding" in explorer.input.note) == (p > 0)
    assert ("gray: never read" in explorer.input.note) == (len(read) < 30)
    assert explorer.border.disabled == (p == 0)


@every
def test_the_window_is_marked(options):
    """Around its whole extent, and around each weight when it is dilated."""
    explorer = build(options)
    s, d = options["stride"], options["dilation"]
    explorer.position_control.number = explorer.result.size
    row, column = (n - 1 for n in explorer.result.shape)
    top, left = row * s, column * s
    *weights, window = page.marks(explorer.input)
    assert window == (top, left, d + 1, 2 * d + 1)
    places = [(top + d * i, left + d * j, 1, 1) for i, j in np.ndindex(2, 3)]
    assert weights == (places if d > 1 else [])


def test_a_padded_cell_contributes_to_nothing():
    """It is not a cell of the image."""
    explorer = build(OPTIONS[2])
    page.move(explorer.input, cursor=[0, 3], pinned=True)
    assert page.marks(explorer.output) == [(0, 0, 1, 1)]
    assert page.marks(explorer.output, thin=True) == []
    assert "contributes to 0" not in page.text_of(explorer.contribution)


@pytest.mark.parametrize("cell", [(0, 0), (4, 5), (2, 0), (1, 3)])
def test_padding_keeps_the_cursor_on_its_cell(cell):
    """It stays on the same cell of the image, wherever that is now."""
    explorer = WindowExplorer(IMAGE, np.ones((3, 3)))
    page.move(explorer.input, cursor=list(cell), pinned=True)
    for padding in (1, 3, 2, 0):
        explorer.padding.number = padding
        assert explorer.input.cursor == (cell[0] + padding, cell[1] + padding)
        assert f"row {cell[0]}, column {cell[1]} of the image" in page.text_of(
            explorer.contribution
        )


def test_the_cursor_on_a_padding_cell_that_is_removed():
    """It moves to the nearest cell of the image."""
    explorer = build(OPTIONS[2])
    page.move(explorer.input, cursor=[0, 7], pinned=True)
    explorer.padding.number = 0
    assert explorer.input.cursor == (0, 5)


def test_negative_cells_that_are_drawn_black_are_told():
    """Below the image; their numbers are in the cells."""
    explorer = WindowExplorer(np.array([[-1.0, 0, 1, 2], [1, 1, 1, 1], [2, 2, 2, -2]]), np.eye(3))
    assert explorer.input.note == "clipped: 16.7% below 0, 0.0% above 2"
    assert WindowExplorer(np.eye(3), np.eye(3)).input.note == ""


def point(explorer, row, column, pinned=False):
    page.move(explorer.input, cursor=[row, column], pinned=pinned)


def test_the_cell_pointed_at_is_marked():
    """Thin, beside the window; nothing is marked before the pointer comes and after it leaves."""
    explorer = build(OPTIONS[0])
    assert page.marks(explorer.input, thin=True) == []
    assert page.text_of(explorer.contribution).startswith("Point at a cell")
    point(explorer, 3, 4)
    assert page.marks(explorer.input, thin=True) == [(3, 4, 1, 1)]
    assert page.marks(explorer.input) == [(0, 0, 2, 3)]
    page.move(explorer.input, pointed=False)
    assert page.marks(explorer.input, thin=True) == page.marks(explorer.output, thin=True) == []
    assert page.text_of(explorer.contribution).startswith("Point at a cell")


@pytest.mark.parametrize("move", [
    lambda ours: ours.step.click(), lambda ours: page.type_into(ours.position_control, "7"),
    lambda ours: page.move(ours.position_control, index=0, number=3),
    lambda ours: page.move(ours.output, cursor=[2, 1], pinned=False),
], ids=["step", "typed", "play", "pointed"])  # fmt: skip
@pytest.mark.parametrize("pinned", [False, True])
def test_another_position_of_the_window(move, pinned):
    """It releases the cell pointed at; a pinned cell stays, and its line is about the position shown."""
    explorer = build(OPTIONS[0])
    point(explorer, 2, 2, pinned)
    outputs = page.marks(explorer.output, thin=True)
    move(explorer)
    line = page.text_of(explorer.contribution)
    if pinned:
        row, column = explorer.position
        there = row <= 2 <= row + 1 and column <= 2 <= column + 2
        assert outputs == page.marks(explorer.output, thin=True) != []
        assert page.marks(explorer.input, thin=True) == [(2, 2, 1, 1)]
        assert ("In the current window it adds 6·1 = 6." in line) == there
        assert ("It is not in the current window." in line) != there
    else:
        assert page.marks(explorer.input, thin=True) == page.marks(explorer.output, thin=True) == []
        assert line.startswith("Point at a cell")


def test_a_border_that_repeats_a_cell():
    """The line names each of its weights in the window, in the order of the window."""
    explorer = WindowExplorer(IMAGE, np.arange(1, 5).reshape(2, 2))
    explorer.border.value, explorer.padding.number = "edge", 1
    point(explorer, 1, 1, pinned=True)
    text = page.text_of(explorer.contribution)
    assert text.endswith("In the current window it adds 1·1 + 1·2 + 1·3 + 1·4 = 10.")
    explorer.flip.value = True
    text = page.text_of(explorer.contribution)
    assert text.endswith("In the current window it adds 1·4 + 1·3 + 1·2 + 1·1 = 10.")


@pytest.mark.parametrize("cell, kept", [((0, 3), None), ((2, 3), (1, 2)), ((6, 7), None)])
def test_a_pinned_cell_when_the_padding_changes(cell, kept):
    """It is the same cell of the image; one in the padding that is gone is released."""
    explorer = build({"padding": 1, "stride": 1, "dilation": 1})
    point(explorer, *cell, pinned=True)
    explorer.padding.number = 0
    assert explorer.input.pinned == (kept is not None)
    if kept:
        assert explorer.input.cursor == kept
        assert page.marks(explorer.input, thin=True) == [(*kept, 1, 1)]
    else:
        assert page.marks(explorer.input, thin=True) == []
