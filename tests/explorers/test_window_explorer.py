"""WindowExplorer: position by position, by hand, against scipy, and at both ends."""

from itertools import product

import numpy as np
import pytest
from explorers import driving as page
from explorers.driving import same
from refusals import is_one_line

from helpers import convolve
from helpers.explorers import WindowExplorer
from helpers.explorers.models.memo import Memo
from helpers.explorers.models.window import (
    UNKNOWN,
    WindowControls,
    compute,
    explain,
    explain_cell,
)

IMAGE = np.arange(30).reshape(5, 6) % 9 - 2
SHAPES = [(1, 1), (2, 3), (3, 2), (1, 4), (5, 5)]


def kernel_of(shape):
    return np.arange(np.prod(shape)).reshape(shape) % 5 - 2


def explorer_of(shape=(2, 3), image=IMAGE):
    return WindowExplorer(image, kernel_of(shape))


def test_moving_step_by_step():
    """Back and step move by one position and stop at the ends; all controls stay in sync."""
    explorer = explorer_of()
    size = 4 * 4
    assert explorer.position_control.max == size
    explorer.back.click()
    assert explorer.position_control.number == 1
    for number in [*range(2, size + 1), size, size]:
        explorer.step.click()
        assert explorer.position_control.number == number and explorer.position == divmod(
            number - 1, 4
        )
        assert explorer.output.cursor == explorer.position
    explorer.back.click()
    assert explorer.position_control.number == size - 1


@pytest.mark.parametrize("go", [
    lambda ours: page.type_into(ours.position_control, "7"), lambda ours: page.move(ours.position_control, value=[7]),
    lambda ours: setattr(ours.position_control, "number", 7),
    lambda ours: page.move(ours.output, cursor=[1, 2], pinned=True),
], ids=["typed", "dragged", "set", "cursor"])  # fmt: skip
def test_every_way_to_a_position(go):
    """The seventh position is row 1, column 2; nothing is recomputed to get there."""
    explorer = explorer_of()
    calls = page.counted(explorer)
    go(explorer)
    assert (
        explorer.position_control.number == 7
        and explorer.output.cursor == explorer.position == (1, 2)
    )
    assert not calls


@pytest.mark.parametrize("border", page.BORDERS)
@pytest.mark.parametrize("shape", SHAPES)
def test_every_output_equals_scipy(shape, border):
    """Stride, padding, dilation and flip in every combination that fits."""
    explorer = explorer_of(shape)
    explorer.border.value = border
    for padding, stride, dilation, flip in product((0, 1, 3), (1, 2, 4), (1, 3), (False, True)):
        explorer.padding.number, explorer.stride.number = padding, stride
        explorer.dilation.number, explorer.flip.value = dilation, flip
        extent = [dilation * (k - 1) + 1 for k in shape]
        fits = all(k <= n + 2 * padding for k, n in zip(extent, IMAGE.shape, strict=True))
        assert is_one_line(explorer.problem) != fits
        if fits:
            options = stride, padding, dilation, border, flip
            same(explorer.result, page.expected_output(IMAGE, kernel_of(shape), *options))
            check_formula(explorer, shape, stride, padding, dilation)


def check_formula(explorer, shape, stride, padding, dilation):
    """The line has the right numbers in the right places, and they add up."""
    line = page.text_of(explorer.formula)
    for axis, name in enumerate(("Rows", "Columns")):
        wanted = (
            f"{name}: ⌊({IMAGE.shape[axis]} + 2·{padding} − {dilation}·({shape[axis]} − 1) − 1)"
            f" / {stride}⌋ + 1 = {explorer.result.shape[axis]}"
        )
        assert wanted in line
        size = IMAGE.shape[axis] + 2 * padding - dilation * (shape[axis] - 1) - 1
        assert size // stride + 1 == explorer.result.shape[axis]


def test_the_output_appears_position_by_position():
    """Pixels after the current position have no number and no color."""
    explorer = explorer_of()
    expected = page.expected_output(IMAGE, kernel_of((2, 3))).ravel()
    for number in (1, 6, 16, 3):
        explorer.position_control.number = number
        texts = [page.rounded(number) for number in expected[:number]]
        assert explorer.output.numbers == texts + [""] * (16 - number)
        pixels = explorer.output.picture.reshape(16, 3)
        same(pixels[number:], np.tile(UNKNOWN, (16 - number, 1)))
        assert not (pixels[:number] == UNKNOWN).all(axis=1).any()


def test_no_output_is_sent_too_early(messages):
    """Not even for a moment: it would be visible."""
    explorer = explorer_of()
    messages.clear()
    page.send(explorer, explorer.step, press=True)
    changes = [content["changes"][explorer.name_of(explorer.output)] for _, content, _ in messages]
    assert [change["numbers"][2:] for change in changes] == [[""] * 14]


def test_the_sum_at_each_position():
    """Patch × kernel = products, and their sum is the current output pixel."""
    explorer, kernel = explorer_of((3, 2)), kernel_of((3, 2))
    for number in range(1, explorer.result.size + 1):
        explorer.position_control.number = number
        row, column = divmod(number - 1, 5)
        patch = IMAGE[row : row + 3, column : column + 2]
        grids = explorer.products
        assert grids.patch.numbers == [str(number) for number in patch.ravel()]
        assert grids.kernel.numbers == [str(number) for number in kernel.ravel()]
        assert grids.products.numbers == [str(number) for number in (patch * kernel).ravel()]
        assert page.text_of(grids.total).endswith(f" = {(patch * kernel).sum()}")
        assert explorer.output.numbers[number - 1] == str((patch * kernel).sum())


@pytest.mark.parametrize("change", [
    lambda ours: setattr(ours.stride, "number", 3),
    lambda ours: setattr(ours.dilation, "number", 2),
], ids=["stride", "dilation"])  # fmt: skip
def test_a_smaller_output_keeps_the_window_inside(change):
    """The window moves to the last remaining position, in one update."""
    explorer = explorer_of((3, 3))
    explorer.position_control.number = explorer.result.size
    calls = page.counted(explorer)
    change(explorer)
    size = explorer.result.size
    assert explorer.position_control.number == size and explorer.position_control.max == size
    assert "" not in explorer.output.numbers and len(calls) == 1


def test_a_larger_output_keeps_the_position():
    """The numbers after it are hidden."""
    explorer = explorer_of((3, 3))
    explorer.position_control.number = 12
    explorer.padding.number = 2
    assert explorer.position_control.number == 12 and explorer.position_control.max == 56
    assert explorer.output.numbers[12:] == [""] * 44


def test_one_weight_one_update(messages):
    """And one message, which does not contain the image."""
    explorer = explorer_of()
    calls = page.counted(explorer)
    messages.clear()
    page.send(explorer, explorer.weights, index=0, text="4")
    ((_, content, _),) = messages
    assert len(calls) == 1 and explorer.weights.kernel[0, 0] == 4
    assert "pixels" in content["changes"][explorer.name_of(explorer.output)]
    assert explorer.name_of(explorer.input) not in content["changes"]


def test_a_position_is_one_message(messages):
    """However it is reached; of the image, only the marks are sent."""
    explorer = explorer_of()
    for element, words in (
        (explorer.step, {"press": True}), (explorer.position_control, {"index": 0, "number": 9}),
        (explorer.output, {"cursor": [1, 2], "pinned": True}),
    ):  # fmt: skip
        messages.clear()
        page.send(explorer, element, **words)
        ((_, content, _),) = messages
        assert set(content["changes"][explorer.name_of(explorer.input)]) == {"marks"}
        assert "numbers" in content["changes"][explorer.name_of(explorer.output)]


def test_pointing_at_the_image_is_one_message_without_pictures(messages):
    """It holds only marks and a line of text."""
    explorer = explorer_of()
    messages.clear()
    page.send(explorer, explorer.input, cursor=[2, 2], pinned=False)
    ((_, content, buffers),) = messages
    changes = content["changes"]
    assert set(changes) == {
        explorer.name_of(explorer.input),
        explorer.name_of(explorer.output),
        explorer.name_of(explorer.contribution),
    }
    assert set(changes[explorer.name_of(explorer.output)]) == {"marks"} and not buffers


def test_compute_without_a_page():
    """Controls in, the output and one position out."""
    controls = WindowControls(IMAGE, kernel_of((2, 3)), {"stride": 2, "padding": 1}, convolve)
    view = compute(controls, Memo())
    expected = page.expected_output(IMAGE, kernel_of((2, 3)), 2, 1)
    same(view.result, expected)
    found = explain(controls, view, (1, 2))
    assert found.given == found.explanation.total == expected[1, 2]
    known = np.arange(expected.size).reshape(expected.shape) <= expected.shape[1] + 2
    same(found.numbers != None, known)  # noqa: E711
    cells = explain_cell(
        controls, view, (1, 1), (0, 0)
    )  # the upper left cell of the image, after padding
    assert cells.outputs == [[0, 0]] and "contributes to 1 of" in cells.line


def test_the_output_pixel_and_the_cell_pointed_at_are_spoken():
    """Padding is told apart from a cell of the image."""
    explorer = explorer_of()
    explorer.padding.number = 1
    explorer.position_control.number = 9
    row, column = explorer.position
    value = page.rounded(explorer.result[row, column])
    title = f"output, {explorer.result.shape[0]} rows, {explorer.result.shape[1]} columns"
    assert explorer.status.value == f"{title}: {value} in row {row}, column {column}"
    page.move(explorer.input, cursor=[0, 3])
    assert explorer.input.reading == "0, padding"
    page.move(explorer.input, cursor=[2, 3])
    assert explorer.input.reading == str(IMAGE[1, 2])
