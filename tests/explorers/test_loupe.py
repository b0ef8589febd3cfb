"""The loupe over KernelExplorer and WindowExplorer: the numbers of one window, for every option."""

from itertools import product

import numpy as np
import pytest
from explorers import driving as page
from explorers.driving import picture, same
from strategies import scipy_pad

from helpers.explorers import KernelExplorer, WindowExplorer
from helpers.rendering import format_number, render

IMAGES = {"gray": picture(9, 11), "color": picture(9, 11, 3)}
KERNEL = np.array([[1, 2, -1], [0, 3, -2], [1, -4, 2.5]])
images = pytest.mark.parametrize("image", IMAGES.values(), ids=IMAGES)


def loupe_at(explorer, row, column):
    """What the loupe shows while the pointer is on a pixel of the output."""
    page.move(explorer.output, cursor=[row, column], pinned=False)
    return explorer.loupe.window


def hexes(colors):
    """#rrggbb of uint8 grays or colors, row by row."""
    colors = np.asarray(colors)
    colors = colors if colors.ndim == 3 else np.stack([colors] * 3, -1)
    return ["#{:02x}{:02x}{:02x}".format(*map(int, color)) for color in colors.reshape(-1, 3)]


@images
@pytest.mark.parametrize("stride, padding, dilation", [*product((1, 2), (0, 2, "same"), (1, 3))])
@pytest.mark.parametrize("border", ["zero", "wrap"])
def test_every_option(image, stride, padding, dilation, border):
    """The pixels are those of the padded image, also beyond its border; the products are theirs."""
    explorer = KernelExplorer(image, KERNEL, "signed")
    explorer.stride.number, explorer.dilation.number = stride, dilation
    explorer.padding.value, explorer.border.value = padding, border
    frame = page.frame(image.shape[:2], [2 * dilation + 1] * 2, stride, padding)
    padded = scipy_pad(image, frame, border)
    rows, columns = explorer.result.shape[:2]
    for row, column in [(0, 0), (rows - 1, 0), (rows // 2, columns - 1)]:
        shown = loupe_at(explorer, row, column)
        top, left = row * stride, column * stride
        patch = padded[top:, left:][: 2 * dilation + 1 : dilation, : 2 * dilation + 1 : dilation]
        assert shown["colors"] == hexes(page.as_photo(patch))
        terms = (patch if image.ndim == 2 else patch[..., 0]) * KERNEL
        np.testing.assert_allclose(shown["shares"], (terms / 4).ravel(), atol=6e-4)
        assert shown["place"] == [top - frame[0][0], left - frame[1][0]]
        assert (shown["shape"], shown["dilation"]) == ([3, 3], dilation)
        assert shown["cell"] == [row, column]
        assert shown["color"] == hexes(explorer.output.picture[row, column][None, None])[0]
        value = explorer.result[row, column]
        assert shown["value"] == format_number(value if image.ndim == 2 else value[0])


def test_the_weights_are_those_that_are_applied():
    """With `flip`, rotated by 180°; each has its color on the scale of all weights."""
    explorer = KernelExplorer(IMAGES["gray"], KERNEL)
    for flip, kernel in ((False, KERNEL), (True, KERNEL[::-1, ::-1])):
        explorer.flip.value = flip
        shown = loupe_at(explorer, 1, 2)
        assert shown["weights"] == [page.rounded(weight) for weight in kernel.flat]
        assert shown["tints"] == hexes(render(kernel, "signed", limit=4).pixels)


def test_small_weights_are_pale():
    """The scale of the weights is at least 1."""
    explorer = KernelExplorer(IMAGES["gray"], np.full((3, 3), 0.1))
    tints = loupe_at(explorer, 0, 0)["tints"]
    assert tints == hexes(render(np.full((3, 3), 0.1), "signed", limit=1).pixels)


def test_the_products_of_a_color_image_are_those_of_the_chosen_channel():
    explorer = KernelExplorer(IMAGES["color"], KERNEL)
    loupe_at(explorer, 3, 4)
    for number, name in enumerate(("red", "green", "blue")):
        explorer.channel.value = name
        terms = IMAGES["color"][3:6, 4:7, number] * KERNEL
        np.testing.assert_allclose(explorer.loupe.window["shares"], terms.ravel() / 4, atol=6e-4)


@pytest.mark.parametrize("touch", [
    lambda ours: page.move(ours.output, cursor=[1, 1], pinned=False),
    lambda ours: page.move(ours.input, cursor=[1, 1], pinned=False),
    lambda ours: page.move(ours.sweep, begins=True, step=0),
], ids=["output", "image", "sweep"])  # fmt: skip
def test_it_is_there_until_a_picture_is_touched(touch):
    """At the strongest pixel, and it follows the controls."""
    explorer = KernelExplorer(IMAGES["gray"], KERNEL)
    assert explorer.loupe.window["cell"] == [*explorer.output.cursor]
    explorer.weights.kernel = KERNEL[::-1]
    assert explorer.loupe.window["weights"][0] == "1"
    explorer.stride.number = 2
    assert explorer.loupe.window["value"] == format_number(explorer.result[explorer.output.cursor])
    touch(explorer)
    for view in (explorer.output, explorer.input):
        page.move(view, pointed=False)
    explorer.sweep.end()
    explorer.stride.number = 1
    assert explorer.loupe.window == {}


def test_it_is_there_while_a_pixel_is_pointed_at_or_pinned():
    explorer = KernelExplorer(IMAGES["gray"])
    for view in (explorer.output, explorer.input):
        page.move(view, cursor=[2, 3], pinned=False)
        assert explorer.loupe.window
        page.move(view, pointed=False)
        assert explorer.loupe.window == {}
        page.move(view, cursor=[2, 3], pinned=True)
        explorer.bias.number += 1
        assert explorer.loupe.window["value"] == format_number(
            explorer.result[explorer.output.cursor]
        )
        page.move(view, cursor=[2, 3], pinned=False)
        page.move(view, pointed=False)
        assert explorer.loupe.window == {}


@pytest.mark.parametrize("stride, padding, dilation", [*product((1, 2, 5), (0, 2, "same"), (1, 3))])
def test_pointing_at_the_image_moves_the_window_there(stride, padding, dilation):
    """To the position whose middle is nearest; it never leaves the output."""
    explorer = KernelExplorer(IMAGES["gray"], KERNEL)
    explorer.stride.number, explorer.dilation.number = stride, dilation
    explorer.padding.value = padding
    rows, columns = explorer.result.shape
    starts = loupe_at(explorer, 0, 0)["place"]
    for row, column in np.ndindex(9, 11):
        page.move(explorer.input, cursor=[row, column], pinned=False)
        for at, found, start, count in zip(
            (row, column), explorer.output.cursor, starts, (rows, columns), strict=True
        ):
            distances = abs(start + dilation + stride * np.arange(count) - at)
            assert distances[found] == distances.min()


def test_a_pixel_pinned_in_one_picture_is_released_in_the_other():
    explorer = KernelExplorer(IMAGES["gray"])
    page.move(explorer.input, cursor=[4, 4], pinned=True)
    assert explorer.output.pinned and explorer.output.cursor == (3, 3)
    page.move(explorer.output, cursor=[3, 3], pinned=False)
    assert not explorer.input.pinned


def test_one_message_brings_the_marks_the_numbers_and_the_loupe(messages):
    explorer = KernelExplorer(IMAGES["gray"])
    messages.clear()
    page.send(explorer, explorer.output, cursor=[2, 2], pinned=False)
    ((_, content, _),) = messages
    changes = content["changes"]
    assert changes[explorer.name_of(explorer.loupe)]["window"]["cell"] == [2, 2]
    assert "marks" in changes[explorer.name_of(explorer.output)]


def test_the_window_over_a_grid_of_numbers():
    """It is always there, in the rows and columns of the padded image."""
    grid = np.arange(30).reshape(5, 6) % 9 - 2
    explorer = WindowExplorer(grid, KERNEL)
    explorer.padding.number, explorer.stride.number, explorer.dilation.number = 2, 2, 2
    padded = np.pad(grid, 2)
    for number in range(1, explorer.result.size + 1):
        explorer.position_control.number = number
        row, column = explorer.position
        shown = explorer.loupe.window
        assert shown["place"] == [2 * row, 2 * column] and shown["dilation"] == 2
        terms = padded[2 * row : 2 * row + 5 : 2, 2 * column : 2 * column + 5 : 2] * KERNEL
        largest = 4 * abs(grid).max()
        np.testing.assert_allclose(shown["shares"], (terms / largest).ravel(), atol=6e-4)
        assert shown["value"] == format_number(explorer.result[row, column])
        same(shown["cell"], [row, column])
