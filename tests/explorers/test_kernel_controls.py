"""KernelExplorer's controls: presets, the cursor, and how little is sent to the page."""

import re

import numpy as np
import pytest
from explorers import driving as page
from explorers.driving import picture, same
from strategies import scipy_pad

from helpers import KERNELS, convolve, sample_names
from helpers.encoding import encode_png
from helpers.explorers import KernelExplorer
from helpers.explorers.models.kernel import random_weights
from helpers.images import load_within
from helpers.rendering import render

GRAY, COLOR = picture(7, 11), picture(7, 11, 3)
FINE = encode_png(np.uint8([[0, 255, 0, 9], [9, 0, 255, 0], [0, 0, 7, 255]]))


@pytest.mark.parametrize("name", KERNELS)
def test_the_dropdown_sets_the_weights_and_follows_them(name):
    """A named kernel that is typed in is recognized; any other is "your own"."""
    explorer = KernelExplorer(GRAY, np.ones((3, 3)))
    assert explorer.preset.value == "your own"
    explorer.preset.value = name
    same(explorer.weights.kernel, KERNELS[name])
    explorer.weights.kernel = KERNELS[name] / 2
    assert explorer.preset.value == "your own" and "flat area" in page.text_of(explorer.note)
    explorer.weights.kernel = KERNELS[name]
    assert explorer.preset.value == name


def test_choosing_your_own_changes_no_weights():
    """The dropdown keeps naming the current weights."""
    explorer = KernelExplorer(GRAY, "emboss")
    explorer.preset.value = "your own"
    same(explorer.weights.kernel, KERNELS["emboss"])
    assert explorer.preset.value == "emboss"


def test_the_size_formula_is_shown_unless_the_kernel_visits_every_pixel():
    """The formula with its numbers, which add up; nothing where there is one output per pixel."""
    explorer = KernelExplorer(COLOR)
    assert explorer.formula.hidden
    explorer.stride.number, explorer.padding.value = 2, "same"
    assert "Rows: ⌊(7 + 1 + 1 − 1·(3 − 1) − 1) / 2⌋ + 1 = 4." in page.text_of(explorer.formula)
    explorer.padding.value, explorer.dilation.number = 5, 3
    assert "Columns: ⌊(11 + 2·5 − 3·(3 − 1) − 1) / 2⌋ + 1 = 8." in page.text_of(explorer.formula)
    assert explorer.result.shape[1] == (11 + 2 * 5 - 3 * (3 - 1) - 1) // 2 + 1 == 8
    assert not explorer.formula.hidden
    explorer.stride.number = explorer.dilation.number = 1
    explorer.padding.value = 0
    assert explorer.formula.hidden


def test_a_named_kernel_can_be_chosen_after_weights_that_fail():
    """The dropdown follows the weights even then."""

    def my_convolve(image, kernel):
        return convolve(image, kernel) if kernel[0, 0] <= 0 else None

    explorer = KernelExplorer(GRAY, "sharpen", convolve=my_convolve)
    page.type_into(explorer.weights, "1")
    assert explorer.problem and explorer.preset.value == "your own"
    explorer.preset.value = "sharpen"
    assert explorer.problem == ""
    same(explorer.weights.kernel, KERNELS["sharpen"])


def test_random_weights_lie_between_minus_one_and_one():
    """With one decimal, so that they are shown exactly."""
    explorer = KernelExplorer(GRAY)
    explorer.random.click()
    kernel = explorer.weights.kernel
    assert len(np.unique(kernel)) > 1 and np.abs(kernel).max() <= 1
    np.testing.assert_allclose(kernel, kernel.round(1), atol=1e-6)
    np.testing.assert_allclose(explorer.result, page.expected_output(GRAY, kernel), atol=1e-5)


@pytest.mark.parametrize("name", sample_names())
def test_random_weights_leave_something_to_see(name):
    """They add up to 1: of 200 outputs of a sample, at most two are black to nine tenths."""
    random, image = np.random.default_rng(0), load_within(name, 128)
    drawn = [random_weights(random) for _ in range(200)]
    assert np.allclose(np.sum(drawn, axis=(1, 2)), 1) and np.abs(drawn).max() <= 1
    outputs = (render(convolve(image, kernel), "as a photo").pixels for kernel in drawn)
    assert sum((pixels == 0).mean() > 0.9 for pixels in outputs) <= 2


OPTIONS = [{}, {"stride": 2}, {"padding": 1, "border": "edge"}, {"padding": "same", "flip": True},
           {"dilation": 3}, {"dilation": 2, "stride": 2, "padding": "same", "border": "reflect"},
           {"bias": -0.5, "padding": 5, "stride": 3, "border": "wrap"}]  # fmt: skip


def set_options(explorer, stride=1, padding=0, dilation=1, border="zero", flip=False, bias=0):
    explorer.dilation.number = dilation
    explorer.stride.number, explorer.bias.number, explorer.flip.value = stride, bias, flip
    explorer.padding.value, explorer.border.value = padding, border


@pytest.mark.parametrize("channel", [None, 0, 2])
@pytest.mark.parametrize("options", OPTIONS, ids=str)
def test_the_numbers_behind_a_pixel(options, channel):
    """Patch, weights, products and sum agree with the picture; both marks are in the right place."""
    image, kernel = GRAY if channel is None else COLOR, np.arange(9).reshape(3, 3) - 4
    explorer = KernelExplorer(image, kernel)
    set_options(explorer, **options)
    if channel is not None:
        explorer.channel.index = channel
    stride, padding = options.get("stride", 1), options.get("padding", 0)
    dilation = options.get("dilation", 1)
    extent = 2 * dilation + 1
    pad_width = page.frame(image.shape[:2], (extent, extent), stride, padding)
    padded = scipy_pad(image if channel is None else image[..., channel], pad_width,
                       options.get("border", "zero"))  # fmt: skip
    laid = kernel[::-1, ::-1] if options.get("flip") else kernel
    rows, columns = explorer.result.shape[:2]
    for row, column in ((0, 0), (rows - 1, columns - 1), (0, 2)):
        page.move(explorer.output, cursor=[row, column], pinned=True)
        top, left = row * stride, column * stride
        patch = padded[top : top + extent : dilation, left : left + extent : dilation]
        grids = explorer.products
        for grid, numbers in zip(
            (grids.patch, grids.kernel, grids.products), (patch, laid, patch * laid), strict=True
        ):
            assert grid.numbers == [page.rounded(number) for number in numbers.ravel()]
        total = (patch * laid).sum() + options.get("bias", 0)
        assert re.search(f" [=≈] {re.escape(page.rounded(total))}$", page.text_of(grids.total))
        assert page.text_of(grids.total).count("·") == 9
        assert ("bias (-0.5)" in page.text_of(grids.total)) == ("bias" in options)
        shown = explorer.output.picture[row, column]
        same(shown if channel is None else shown[channel], page.as_photo(total))
        corner = top - pad_width[0][0], left - pad_width[1][0]
        assert page.marks(explorer.input) == [(*corner, extent, extent)]
        assert page.marks(explorer.output) == [(row, column, 1, 1)]


def test_the_terms_of_the_sum():
    """Each pixel times its weight, negative ones in parentheses."""
    explorer = KernelExplorer(np.full((3, 4), 0.5), [[1, -2, 0], [0, 0, 0], [0, 0, 4]])
    terms = re.findall(r"[\d.]+·\S+", page.text_of(explorer.products.total))
    assert terms == ["0.5·1", "0.5·(-2)", *["0.5·0"] * 6, "0.5·4"]
    assert page.text_of(explorer.products.total).endswith(" = 1.5")


def test_the_cursor_stays_inside_a_smaller_output():
    """Marks and numbers follow it; a late message from the page cannot move it outside."""
    explorer = KernelExplorer(GRAY)
    page.move(explorer.output, cursor=[4, 8], pinned=True)
    explorer.stride.number = 3
    assert explorer.output.cursor == (1, 2) and page.marks(explorer.output) == [(1, 2, 1, 1)]
    assert page.marks(explorer.input) == [(3, 6, 3, 3)]
    page.move(explorer.output, cursor=[4, 8], pinned=True)
    assert explorer.output.cursor == (1, 2) and page.marks(explorer.output) == [(1, 2, 1, 1)]


@pytest.mark.parametrize("image", [GRAY, COLOR])
def test_the_cursor_is_at_the_strongest_output_pixel_of_another_picture(image):
    """As for the first one; of a color image, the sum of its channels counts."""
    explorer = KernelExplorer(image)

    def strongest():
        strength = np.abs(explorer.result.reshape(*explorer.result.shape[:2], -1)).sum(axis=2)
        return tuple(np.argwhere(strength == strength.max())[0])

    assert explorer.output.cursor == strongest()
    page.move(explorer.output, cursor=[1, 1], pinned=True)
    page.upload(explorer.picker, "fine.png", FINE)
    assert explorer.output.cursor == strongest() and not explorer.output.pinned
    assert page.marks(explorer.output) == [(*strongest(), 1, 1)]


def test_one_weight_is_one_update_and_one_message(messages):
    """The message holds the output once, and of the input only the mark of the window."""
    explorer = KernelExplorer(COLOR)
    calls = page.counted(explorer)
    messages.clear()
    page.send(explorer, explorer.weights, index=0, number=0.5)
    ((_, content, buffers),) = messages
    changes = content["changes"]
    assert len(calls) == 1 and content["reply_to"] == 1
    assert "pixels" in changes[explorer.name_of(explorer.output)]
    assert "pixels" not in changes.get(explorer.name_of(explorer.input), {})
    assert buffers[changes[explorer.name_of(explorer.output)]["pixels"]["buffer"]]


def test_several_moves_in_one_message_are_one_update(messages):
    """Changes that waited in the page while Python was busy arrive together."""
    explorer = KernelExplorer(COLOR)
    calls = page.counted(explorer)
    messages.clear()
    names = [explorer.name_of(part) for part in (explorer.weights, explorer.stride, explorer.view)]
    words = [{"index": 0, "number": 0.5}, {"index": 0, "number": 2}, {"value": 1}]
    explorer._handle_custom_msg({"sequence": 7, "events": [*zip(names, words)]}, [])
    assert len(calls) == len(messages) == 1 and messages[0][1]["reply_to"] == 7
    assert explorer.view.value == "signed" and explorer.options == {"stride": 2}


def test_every_message_of_the_page_is_answered_once(messages):
    """Also one that changes nothing or is invalid: the page waits for the reply."""
    explorer = KernelExplorer(COLOR)
    weights = explorer.name_of(explorer.weights)
    for changes in ([], [[weights, {"index": 99, "number": 1}]], [["nobody", {"value": 1}]],
                 [[weights, {"value": "invalid"}]], [[weights, None]]):  # fmt: skip
        messages.clear()
        explorer._handle_custom_msg({"sequence": 3, "events": changes}, [])
        assert [content["reply_to"] for _, content, _ in messages] == [3]


def test_a_change_from_the_page_is_sent_to_every_view(messages):
    """As Python has it, for instance clipped: an explorer may be on two pages, or twice on one."""
    explorer = KernelExplorer(COLOR)
    output, flip = explorer.name_of(explorer.output), explorer.name_of(explorer.flip)
    messages.clear()
    page.send(explorer, explorer.output, cursor=[1, 2], pinned=True)
    page.send(explorer, explorer.output, cursor=[99, 2], pinned=True)
    sent = [content["changes"][output]["cursor"] for _, content, _ in messages]
    assert sent == [(1, 2), (4, 2)]
    page.send(explorer, explorer.flip, value=True)
    assert messages[-1][1]["changes"][flip]["value"] is True


def test_a_refused_number_is_sent_back(messages):
    """So that the cell returns to the number that counts."""
    explorer = KernelExplorer(COLOR, "sharpen")
    weights = explorer.name_of(explorer.weights)
    messages.clear()
    page.send(explorer, explorer.weights, index=0, number=99)
    assert messages[0][1]["changes"][weights]["value"] == [0, -1, 0, -1, 5, -1, 0, -1, 0]


def test_an_event_that_fails_does_not_stop_those_after_it(messages, monkeypatch):
    """Its error is shown; the reply has everything else."""
    explorer = KernelExplorer(COLOR)
    monkeypatch.setattr(explorer.random, "_press", lambda: 1 / 0)
    names = [explorer.name_of(part) for part in (explorer.random, explorer.stride)]
    events = [[names[0], {"press": True}], [names[1], {"index": 0, "number": 2}]]
    messages.clear()
    explorer._handle_custom_msg({"sequence": 4, "events": events[:1]}, [])
    assert "division by zero" in explorer.problem
    explorer._handle_custom_msg({"sequence": 5, "events": events}, [])
    assert explorer.options == {"stride": 2} and explorer.result.shape[0] == 3
    assert [content["reply_to"] for _, content, _ in messages] == [4, 5]


def test_a_picture_is_sent_at_the_size_at_which_it_is_shown(messages):
    """Means of pixels, no more than the page shows; all pixels if it shows more."""
    image = picture(12, 20)
    explorer = KernelExplorer(image, "identity")
    output = explorer.name_of(explorer.output)

    def sent_pixels(**words):
        messages.clear()
        page.send(explorer, explorer.output, **words)
        ((_, content, buffers),) = messages
        pixels = content["changes"].get(output, {}).get("pixels")
        return pixels and np.frombuffer(buffers[pixels["buffer"]], np.uint8).reshape(
            pixels["rows"], pixels["columns"]
        )

    smaller = sent_pixels(seen=[5, 9])
    means = explorer.output.picture.reshape(5, 2, 9, 2).mean(axis=(1, 3))
    np.testing.assert_allclose(smaller, means, atol=1)
    assert sent_pixels(seen=[5, 9]) is None
    same(sent_pixels(seen=[500, 900]), explorer.output.picture)
    same(explorer.output.picture, page.as_photo(image[1:-1, 1:-1]))


@pytest.mark.parametrize("change", [
    lambda ours: setattr(ours.preset, "value", "box_blur"),
    lambda ours: page.type_into(ours.weights, "1/9", index=8), lambda ours: ours.random.click(),
    lambda ours: setattr(ours.stride, "number", 3), lambda ours: setattr(ours.bias, "number", 1.5),
    lambda ours: setattr(ours.view, "value", "signed"),
    lambda ours: page.move(ours.flip, value=True),
    lambda ours: setattr(ours.picker.name, "value", "coins"),
    lambda ours: page.upload(ours.picker, "mine.png", FINE),
], ids=["preset", "ninth", "random", "stride", "bias", "view", "flip", "name", "file"])  # fmt: skip
def test_one_change_is_one_update(change):
    """Nothing is computed twice: a learner's loops are slow."""
    explorer = KernelExplorer(GRAY, [[1 / 9] * 3, [1 / 9] * 3, [1 / 9, 1 / 9, 0]])
    calls = page.counted(explorer)
    change(explorer)
    assert len(calls) == 1


@pytest.mark.parametrize("image", [GRAY, COLOR], ids=["gray", "color"])
def test_the_output_and_the_pixels_pointed_at_are_spoken(image):
    """The value or the three of each picture's pixel under its cursor, and the range of the output."""
    explorer = KernelExplorer(image, "outline")
    page.move(explorer.input, cursor=[3, 4], pinned=True)
    page.move(explorer.output, cursor=[2, 8], pinned=True)
    for view, pixel in (explorer.input, image[3, 4]), (explorer.output, explorer.result[2, 8]):
        values = [page.rounded(value) for value in np.ravel(pixel)]
        names = ["red ", "green ", "blue "] if image.ndim == 3 else [""]
        assert view.reading == ", ".join(map("".join, zip(names, values, strict=True)))
    low, high = (page.rounded(value) for value in (explorer.result.min(), explorer.result.max()))
    spoken = explorer.status.value
    assert spoken.startswith(f"output, 5 rows, 9 columns: from {low} to {high}; clipped: ")
    explorer.weights.kernel = np.eye(3) / 3
    assert explorer.status.value.startswith("output") and explorer.status.value != spoken


def test_the_patch_says_of_which_channel_it_is():
    explorer, gray = KernelExplorer(COLOR), KernelExplorer(GRAY)
    for index, name in enumerate(("red", "green", "blue")):
        explorer.channel.index = index
        assert explorer.products.patch.title == f"{name} patch"
    assert gray.products.patch.title == "patch"
