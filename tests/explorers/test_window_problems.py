"""WindowExplorer: valid and invalid input, and what stays when something is wrong."""

import numpy as np
import pytest
from explorers import driving as page
from explorers.driving import picture, same
from refusals import is_one_line

from helpers import KERNELS, convolve
from helpers.explorers import WindowExplorer

IMAGE = np.arange(30).reshape(5, 6) % 9 + 1


@pytest.mark.parametrize("kernel", [KERNELS["box_blur"], [[0.5, -0.25]], np.full((5, 5), 0.1)])
def test_fractions_are_weights_too(kernel):
    """Given as an argument or typed into a box."""
    explorer = WindowExplorer(picture(6, 7), kernel)
    np.testing.assert_allclose(
        explorer.result, page.expected_output(picture(6, 7), kernel), atol=1e-5
    )
    page.type_into(explorer.weights, "1/3")
    assert explorer.problem == "" and abs(explorer.weights.kernel[0, 0] - 1 / 3) < 1e-6


@pytest.mark.parametrize("dtype", ["bool", "uint8", "int8", "float16", "float32", "float64"])
def test_any_type_of_numbers(dtype):
    """Integers or not, from 0 to 1 or far beyond."""
    image = IMAGE.astype(dtype)
    explorer = WindowExplorer(image, [[0, 1, -2], [1, 2, -1]])
    same(explorer.result, page.expected_output(image.astype(float), [[0, 1, -2], [1, 2, -1]]))
    assert explorer.input.numbers == [page.rounded(number) for number in image.ravel()]


def test_the_largest_sizes():
    """An image of 12×12 and a kernel of 5×5."""
    explorer = WindowExplorer(np.ones((12, 12)), np.ones((5, 5)))
    same(explorer.result, np.full((8, 8), 25))


@pytest.mark.parametrize("cell", [(99, 2), (-1, 2), (2, 99), (2, -9)])
def test_a_late_message_cannot_point_outside(cell):
    """Neither in the image nor in the output."""
    explorer = WindowExplorer(IMAGE, np.ones((2, 3)))
    kept, inside = (tuple(np.clip(cell, 0, last).tolist()) for last in ((3, 3), (4, 5)))
    page.move(explorer.output, cursor=list(cell), pinned=True)
    assert explorer.position == explorer.output.cursor == kept
    page.move(explorer.input, cursor=list(cell), pinned=True)
    assert explorer.input.cursor == inside


def test_a_kernel_that_does_not_fit():
    """One line; everything shown stays, also while pointing; the next valid number clears it."""
    explorer, twin = (WindowExplorer(IMAGE, np.ones((3, 3))) for _ in "ab")
    explorer.dilation.number = 3
    assert is_one_line(explorer.problem) and "fit" in explorer.problem
    assert page.seen(explorer) == page.seen(twin)
    for ours in (explorer, twin):
        page.move(ours.input, cursor=[2, 2], pinned=True)
    assert page.seen(explorer) == page.seen(twin)
    explorer.dilation.number = 1
    assert explorer.problem == "" and page.seen(explorer) == page.seen(twin)


@pytest.mark.parametrize("change", [
    lambda ours: setattr(ours.padding, "number", 2), lambda ours: setattr(ours.stride, "number", 2),
    lambda ours: setattr(ours.weights, "kernel", np.zeros((2, 3))),
], ids=["padding", "stride", "kernel"])  # fmt: skip
def test_pointing_while_a_function_fails(change):
    """Marks, numbers and description are those of the last valid state."""
    fails = []

    def my_convolve(image, kernel, **options):
        return None if fails else convolve(image, kernel, **options)

    explorer, twin = (WindowExplorer(IMAGE, np.ones((2, 3)), my_convolve) for _ in "ab")
    fails.append(1)
    change(explorer)
    assert is_one_line(explorer.problem) and page.seen(explorer) == page.seen(twin)
    for ours in (explorer, twin):
        page.move(ours.input, cursor=[2, 2], pinned=True)
    assert page.seen(explorer) == page.seen(twin)


def test_a_step_that_fails_is_not_described():
    """The description gives the position that is shown."""
    fails = []

    def my_convolve(image, kernel):
        return None if fails else convolve(image, kernel)

    explorer = WindowExplorer(IMAGE, np.ones((2, 3)), my_convolve)
    fails.append(1)
    explorer.step.click()
    row, column = explorer.position
    assert f"position {4 * row + column + 1} of 16" in explorer.describe()


@pytest.mark.filterwarnings("ignore:overflow")
@pytest.mark.parametrize("own", [convolve, lambda image, kernel: image[1:-1, 1:-1] * 0])
def test_outputs_that_overflow(own):
    """Refused values are not kept: numbers, picture and description stay consistent."""
    explorer, twin = (WindowExplorer(np.full((5, 6), 1e307), np.eye(3), own) for _ in "ab")
    explorer.weights.kernel = np.full((3, 3), 10)
    assert "must be finite" in explorer.problem and page.seen(explorer) == page.seen(twin)
    same(explorer.result, twin.result)
    same(explorer.kernel, np.eye(3))
    for ours in (explorer, twin):
        ours.step.click()
    assert page.seen(explorer) == page.seen(twin)


@pytest.mark.parametrize(
    "control", ["weights", "stride", "padding", "dilation", "position_control"]
)
@pytest.mark.parametrize("text", ["", "abc", "99", "-99", "inf", "nan", "1e999", "<b>", "9" * 9999])
def test_invalid_text_in_a_box(control, text):
    """One line of error, everything else stays; the next valid number clears it."""
    explorer = WindowExplorer(IMAGE, np.ones((2, 3)))
    before = page.seen(explorer)
    page.type_into(getattr(explorer, control), text)
    assert is_one_line(explorer.problem) and "must be a" in explorer.problem
    assert page.seen(explorer) == before and explorer.message.value == explorer.problem
    page.type_into(getattr(explorer, control), "2")
    assert explorer.problem == "" and page.seen(explorer) != before


WRONG = {
    "image": [None, "cat", [], np.ones(4), np.ones((13, 2)), np.ones((2, 13)), np.ones((4, 5, 3)),
              [[np.nan, 1, 2]] * 3, [[np.inf, 1, 2]] * 3, 1j * np.ones((3, 4)), [["a"]],
              [[1], [2, 3]]],
    "kernel": [None, "sobel", [], np.ones(3), np.ones((6, 1)), np.ones((1, 6)), np.ones((2, 2, 3)),
               [[11]], [[-10.5]], [[np.nan]], [[np.inf]], [["a"]], 1j * np.ones((2, 2))],
}  # fmt: skip


@pytest.mark.parametrize(
    "name, value", [(name, value) for name, values in WRONG.items() for value in values],
    ids=lambda value: " ".join(str(value)[:15].split()),
)  # fmt: skip
def test_invalid_arguments(name, value):
    """One line that names the parameter."""
    with pytest.raises((ValueError, TypeError), match=name) as caught:
        WindowExplorer(**{"image": IMAGE, "kernel": [[1, 2]], name: value})
    assert is_one_line(str(caught.value))


def test_a_kernel_larger_than_the_image():
    """There is no output to show."""
    with pytest.raises(ValueError, match="kernel.* fit"):
        WindowExplorer(np.ones((2, 5)), np.ones((3, 1)))


def test_the_callers_array_is_left_alone():
    """It is neither modified nor aliased."""
    image = picture(4, 5)
    explorer = WindowExplorer(image, [[1, 2]])
    same(image, picture(4, 5))
    image[:] = 0
    explorer.step.click()
    assert explorer.input.numbers == [page.rounded(number) for number in picture(4, 5).ravel()]
