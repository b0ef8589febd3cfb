"""KernelExplorer with invalid input: one line, the last valid state, and recovery."""

import numpy as np
import pytest
from explorers import driving as page
from explorers.driving import picture
from refusals import is_one_line

from helpers import convolve, convolve_loops
from helpers.encoding import encode_png
from helpers.explorers import KernelExplorer
from helpers.rendering import VIEWS, render

GRAY = picture(7, 11)
INVALID = ["", "abc", "99", "inf", "-inf", "nan", "1e999", "1/0", "<b>", "9" * 9999, "x" * 9999]
TINY = encode_png(np.zeros((2, 9), np.uint8))
FINE = encode_png(np.uint8([[0, 255, 0, 9], [9, 0, 255, 0], [0, 0, 7, 255]]))


BAD = {
    "image": [None, "nosuch", b"hello", picture(7, 11) * 255, picture(7, 11) - 1, np.ones(5)],
    "kernel": [None, "nosuch", np.ones((3, 4)), np.ones((5, 5)), np.full((3, 3), 11),
               1j * np.eye(3), np.full((3, 3), np.nan), [["a"] * 3] * 3, []],
    "view": [None, "nosuch", 1],
}  # fmt: skip


@pytest.mark.parametrize(
    "name, value", [(name, value) for name, values in BAD.items() for value in values],
    ids=lambda value: " ".join(str(value)[:15].split()),
)  # fmt: skip
def test_invalid_arguments(name, value):
    """One line that names the parameter."""
    with pytest.raises((ValueError, TypeError), match=f"{name}|source") as caught:
        KernelExplorer(**{"image": GRAY, name: value})
    assert is_one_line(str(caught.value))


@pytest.mark.parametrize("shape", [(2, 11), (7, 2, 3), (1, 1)])
def test_an_image_smaller_than_the_kernel(shape):
    """There is no output to show."""
    with pytest.raises(ValueError, match="kernel.* fit"):
        KernelExplorer(picture(*shape))


@pytest.mark.parametrize("control", ["weights", "bias", "stride", "dilation"])
@pytest.mark.parametrize("text", INVALID, ids=lambda text: repr(text[:9]))
def test_invalid_text_in_a_box(control, text):
    """One line of error, everything else stays; the next valid number clears it."""
    explorer = KernelExplorer(GRAY)
    before, result = page.seen(explorer), explorer.result
    page.type_into(getattr(explorer, control), text)
    assert is_one_line(explorer.problem) and "must be a" in explorer.problem
    assert explorer.message.value == explorer.problem
    assert page.seen(explorer) == before and explorer.result is result
    page.type_into(getattr(explorer, control), "2")
    assert explorer.problem == explorer.message.value == "" and page.seen(explorer) != before


NAMES = ["notes.txt", "<img src=x>", "two\nlines", "x" * 2000]


@pytest.mark.parametrize("name", NAMES, ids=lambda name: repr(name[:9]))
@pytest.mark.parametrize("content", [b"hello", b"", TINY], ids=["text", "empty", "too small"])
def test_an_invalid_file(name, content):
    """Neither an invalid file nor a picture smaller than the kernel changes what is shown."""
    explorer = KernelExplorer(GRAY)
    before, result = page.seen(explorer), explorer.result
    page.upload(explorer.picker, name, content)
    assert is_one_line(explorer.problem)
    assert page.seen(explorer) == before and explorer.result is result
    page.upload(explorer.picker, "fine.png", FINE)
    assert explorer.problem == "" and explorer.result.shape == (1, 2)


def test_a_file_name_is_text():
    """Even if it looks like HTML."""
    explorer = KernelExplorer(GRAY)
    page.upload(explorer.picker, "<img src=x>", FINE)
    explorer.weights.kernel = np.ones((3, 3))
    assert "<img src=x>" in explorer.input.alt  # and the page inserts it as text, see text.js


@pytest.mark.parametrize("change", [
    lambda ours: setattr(ours.stride, "number", 2), lambda ours: setattr(ours.flip, "value", True),
    lambda ours: setattr(ours.preset, "value", "emboss"),
    lambda ours: setattr(ours.padding, "value", 5),
    lambda ours: setattr(ours.picker.name, "value", "coins"),
    lambda ours: page.upload(ours.picker, "tiny.png", TINY),
], ids=["stride", "flip", "kernel", "padding", "sample", "file"])  # fmt: skip
def test_pointing_during_an_error(change):
    """The numbers and the description are those of the picture still shown."""
    fails = []

    def my_convolve(image, kernel, **options):
        return None if fails else convolve(image, kernel, **options)

    explorer, twin = (KernelExplorer(GRAY, "sharpen", convolve=my_convolve) for _ in "ab")
    fails.append(1)
    change(explorer)
    assert is_one_line(explorer.problem) and page.seen(explorer) == page.seen(twin)
    for ours in (explorer, twin):
        page.move(ours.output, cursor=[4, 8], pinned=True)
    assert page.seen(explorer) == page.seen(twin)


def test_a_new_error_is_shown_beside_an_old_one():
    """An earlier refused file does not hide the current error."""
    explorer = KernelExplorer(GRAY, convolve=lambda image, kernel: convolve(image, kernel))
    explorer.picker.add_file("notes.txt", b"hello")
    explorer.stride.number = 2
    assert "stride" in explorer.problem


def test_a_new_view_does_not_recompute_the_output():
    """A slow function is not called again for other colors or another display size."""
    calls = []

    def my_convolve(image, kernel, **options):
        calls.append(options)
        return convolve(image, kernel, **options)

    explorer = KernelExplorer(GRAY, "sobel_vertical", convolve=my_convolve)
    calls.clear()
    for view in VIEWS:
        explorer.view.value = view
        assert np.array_equal(explorer.output.picture, render(explorer.result, view).pixels)
    explorer.true_size.value = True
    assert calls == []
    explorer.stride.number = 2
    explorer.weights.kernel = np.eye(3)
    explorer.picker.name.value = "coins"
    assert len(calls) == 3 and np.array_equal(
        explorer.result, convolve(explorer.picker.value, np.eye(3, dtype=np.float32), stride=2)
    )


def test_a_function_gets_only_options_that_were_changed():
    """So a function of image and kernel is enough; a border is passed only with padding."""
    calls = []

    def my_convolve(image, kernel, **options):
        calls.append(options)
        return convolve(image, kernel, **options)

    explorer = KernelExplorer(GRAY, convolve=my_convolve)
    explorer.padding.value, explorer.border.value = "same", "edge"
    explorer.stride.number, explorer.bias.number, explorer.flip.value = 2, 1, True
    explorer.dilation.number = 2
    assert calls[0] == {} and calls[-1] == {
        "stride": 2, "bias": 1, "flip": True, "padding": "same", "border": "edge", "dilation": 2
    }  # fmt: skip
    explorer.dilation.number = 1
    explorer.stride.number, explorer.bias.number, explorer.flip.value = 1, 0, False
    explorer.padding.value = 0
    assert calls[-1] == {} and explorer.border.disabled


def test_a_function_starts_small_and_gray():
    """Loops are slow."""
    explorer = KernelExplorer("coffee", convolve=convolve_loops)
    assert explorer.image.ndim == 2 and max(explorer.image.shape) == 64
