"""The pixels that a cell depends on, found by setting pixels to NaN; its parts, summed with loops."""

from functools import cache

import numpy as np
import pytest
from strategies import frozen

from helpers.network import (
    Conv,
    Dense,
    Flatten,
    MaxPool,
    MeanPool,
    Network,
    ReLU,
    class_activation_map,
    explain_cell,
    occlusion_map,
    receptive_field,
    saliency,
    to_keras,
    to_torch,
)
from helpers.network.layer import Rect, as_batch

SHAPE = (13, 11, 2)
same, close = np.testing.assert_array_equal, np.testing.assert_allclose


def network(layers):
    made = Network([*layers, Flatten(), Dense(6), ReLU(), Dense(5)], SHAPE, seed=1)
    for layer in made.layers:
        if layer.parameters:
            layer.parameters["bias"] += np.arange(layer.parameters["bias"].size) / 7 - 0.3
    return made


NETWORK = network([
    # windows that are not square; pooling drops the last rows and columns
    Conv(3, (3, 2)), ReLU(), MaxPool((2, 3)), Conv(4, (2, 1)), MeanPool((1, 2)), ReLU(),
])  # fmt: skip
PADDED = network([
    # overlapping windows, padding on all sides and on one, and rows that a stride drops
    Conv(3, (4, 3), stride=(3, 2), padding="same"), Conv(2, (2, 3), padding=((0, 3), (1, 1))),
    MaxPool(3, stride=(2, 1)), MeanPool((2, 1), stride=(2, 3)), Conv(2, 3, padding=(3, 1)),
])  # fmt: skip
LEFT_OVER = network([MeanPool((2, 3)), ReLU(), Conv(2, 3, padding=2)])
IMAGE = frozen(np.random.default_rng(2).random(SHAPE, np.float32))
OUTPUTS = {each: each.layer_outputs(IMAGE[None]) for each in (NETWORK, PADDED, LEFT_OVER)}
EVERY_LAYER = pytest.mark.parametrize(
    ("made", "layer"),
    [(made, layer) for made, outputs in OUTPUTS.items() for layer in range(len(outputs))],
    ids=lambda value: (
        str(value) if isinstance(value, int) else "-".join(x.name for x in value.layers[:3])
    ),
)


def output_of(made, layer):
    """A layer's output for the image, as maps; a vector as a column of cells."""
    return OUTPUTS[made][layer].reshape((*made.shapes[layer + 1], 1, 1)[:3])


@cache
def affected(made):
    """For each layer, which cells become NaN when one pixel does: (cells' rows, columns, H, W)."""
    pixels = list(np.ndindex(SHAPE[:2]))
    with_nan = np.repeat(IMAGE[None], len(pixels), axis=0)
    for picture, (row, column) in zip(with_nan, pixels, strict=True):
        picture[row, column, 1] = np.nan
    found, output = [], as_batch(with_nan)  # not by the network: it refuses NaN
    for number, layer in enumerate(made.copied_layers()):
        output = layer.forward(output)
        cells = np.isnan(output)
        if len(made.shapes[number + 1]) == 3:
            cells = cells.any(axis=2)
        else:
            cells = cells[:, None]
        found.append(cells.reshape(*cells.shape[:2], *SHAPE[:2]))
    return found


@EVERY_LAYER
def test_receptive_field_is_every_pixel_that_affects_the_cell(made, layer):
    """A NaN pixel makes a cell NaN if and only if it is in its receptive field; for every cell."""
    is_nan = affected(made)[layer]
    for row, column in np.ndindex(is_nan.shape[:2]):
        field = receptive_field(made, layer, row, column).clipped(*SHAPE[:2])
        inside = np.zeros(SHAPE[:2], bool)
        inside[field.top : field.top + field.rows, field.left : field.left + field.columns] = True
        same(is_nan[row, column], inside)
        assert inside.sum() == field.rows * field.columns


def test_receptive_field_extends_into_the_padding_of_the_first_layer():
    """Whole windows count, also outside the image; padding between layers does not."""
    layers = [Conv(1, (3, 5), stride=2, padding="same"), ReLU(), Conv(1, 3, padding=1)]
    made = Network(layers, (7, 8, 1))  # 1 + 1 rows and 1 + 2 columns of padding
    assert receptive_field(made, 1, 0, 0) == (-1, -1, 3, 5)
    assert receptive_field(made, 1, 3, 3) == (5, 5, 3, 5)
    assert receptive_field(made, 2, 1, 1) == (-1, -1, 7, 9)
    assert receptive_field(made, 2, 0, 3) == (-1, 3, 5, 7)
    assert Rect(-1, 3, 5, 7).clipped(7, 8) == (0, 3, 4, 5)
    assert Rect(-4, 9, 3, 7).clipped(7, 8)[2:] == (0, 0)


def test_receptive_field_spans_pixels_that_a_stride_skips():
    """Windows of 2 every 3 pixels: the field is the smallest rectangle around two windows."""
    made = Network([MeanPool(2, stride=3), Conv(1, 2)], (9, 8, 1))
    assert receptive_field(made, 1, 1, 0) == (3, 0, 5, 5)


def test_receptive_field_in_padding_alone_is_empty():
    """If a window is entirely in the padding, the cell depends on no pixel."""
    made = Network([Conv(1, 3), Conv(1, 2, padding=2)], (7, 8, 1))
    assert receptive_field(made, 1, 0, 0) == (0, 0, 0, 0)


def test_receptive_field_after_a_dense_layer_is_every_used_pixel():
    """Dense depends on every position, but no cell depends on pixels that pooling dropped."""
    assert receptive_field(NETWORK, 9, 4, 0) == (0, 0, 12, 7)
    plain = [Conv(8, 3), MaxPool(2), Flatten(), Dense(10)]
    assert receptive_field(Network(plain, (28, 28, 1)), 3, 9, 0) == (0, 0, 28, 28)
    twice = [Conv(8, 3), MaxPool(2), Conv(16, 3), MaxPool(2), Flatten(), Dense(10)]
    assert receptive_field(Network(twice, (28, 28, 1)), 5, 9, 0) == (0, 0, 26, 26)


@pytest.mark.parametrize(
    ("layers", "side"),
    [
        ([Conv(1, 3)], 3),
        ([Conv(1, 3), ReLU(), Conv(1, 3)], 5),
        ([Conv(1, 3), MaxPool(2)], 4),
        ([Conv(1, 3), MaxPool(2), Conv(1, 3)], 8),
        ([Conv(1, 3), MaxPool(2), Conv(1, 3), MaxPool(2)], 10),
    ],
)
def test_receptive_field_by_hand(layers, side):
    """Two 3 × 3 layers have a 5 × 5 field; each pooling before multiplies the step between cells."""
    step = 2 ** sum(isinstance(layer, MaxPool) for layer in layers)
    stack = Network(layers, (28, 28, 1))
    field = receptive_field(stack, len(layers) - 1, row=2, column=np.int64(1))
    assert field == (2 * step, step, side, side)
    assert all(type(number) is int for number in field)


@EVERY_LAYER
def test_parts_add_up_to_the_cell(made, layer):
    """For any layer, patch, weights, products and bias give the network's own number."""
    for row, column, map in np.ndindex(output_of(made, layer).shape):
        check_cell(made, layer, row, column, map)


def patch_at(maps, window):
    """The numbers in a window, read one by one; 0 outside the maps."""
    top, left, rows, columns = window
    patch = np.zeros((rows, columns, maps.shape[2]))
    for i, j in np.ndindex(rows, columns):
        if 0 <= top + i < maps.shape[0] and 0 <= left + j < maps.shape[1]:
            patch[i, j] = maps[top + i, left + j]
    return patch


def check_cell(made, layer, row, column, map):
    parts, step = explain_cell(made, IMAGE, layer, row, column, map), made.layers[layer]
    assert parts.kind == step.name
    close(parts.total, output_of(made, layer)[row, column, map], rtol=1e-5, atol=1e-6)
    before = output_of(made, layer - 1) if layer else IMAGE
    seen = patch_at(before, parts.window)
    if isinstance(step, (Conv, Dense)):
        close(parts.patch, seen if isinstance(step, Conv) else seen.ravel(), rtol=1e-5, atol=1e-6)
        unit = map if isinstance(step, Conv) else row
        same(parts.weights, step.parameters["weights"][..., unit])
        assert parts.bias == step.parameters["bias"][unit]
        total = parts.bias
        for place in np.ndindex(parts.patch.shape):
            close(parts.products[place], parts.patch[place] * parts.weights[place])
            total += float(parts.patch[place]) * float(parts.weights[place])
        close(total, parts.total, rtol=1e-5, atol=1e-6)
        return
    assert (parts.weights, parts.products, parts.bias) == (None, None, 0.0)
    channel = row % before.shape[2] if isinstance(step, Flatten) else map
    close(parts.patch, seen[..., channel], rtol=1e-5, atol=1e-6)
    makes = {"ReLU": lambda patch: max(patch.item(), 0), "Flatten": np.ndarray.item,
             "MaxPool": np.max, "MeanPool": np.mean}[step.name]  # fmt: skip
    close(makes(parts.patch), parts.total, rtol=1e-5, atol=1e-6)


@pytest.mark.parametrize(
    ("layer", "window"),
    [
        (0, (4, 2, 3, 2)),
        (1, (4, 2, 1, 1)),
        (2, (8, 6, 2, 3)),
        (6, (1, 0, 1, 1)),
        (7, (0, 0, 16, 1)),
    ],
)
def test_window_by_hand(layer, window):
    """A layer's window in the previous output: Conv, ReLU, pooling, Flatten, Dense."""
    places = {6: (4, 0), 7: (4, 0)}
    row, column = places.get(layer, (4, 2))
    assert explain_cell(NETWORK, IMAGE, layer, row, column, 0).window == window


def test_gray_images_need_no_channel_axis():
    """(H, W) and (H, W, 1) are the same image; the returned arrays are writable."""
    plain = Network([Conv(2, 3), MaxPool(2)], (7, 6, 1))
    image = IMAGE[:7, :6, 0]
    for shaped in (image, image[..., None], image.astype(np.float64)):
        parts = explain_cell(plain, shaped, 0, 1, 2, 1)
        assert parts.patch.shape == parts.weights.shape == parts.products.shape == (3, 3, 1)
        same(parts.patch[..., 0], image[1:4, 2:5])
        parts.patch[:], parts.weights[:] = 0, 0
    assert plain.layers[0].parameters["weights"][..., 1].all() and image.all()


@pytest.mark.parametrize(
    ("message", "ask"),
    [
        ("layer must be from 0 to 9; got 10", lambda: receptive_field(NETWORK, 10, 0, 0)),
        ("layer must .*got -1", lambda: receptive_field(NETWORK, -1, 0, 0)),
        ("layer must .*got 'Conv'", lambda: receptive_field(NETWORK, "Conv", 0, 0)),
        ("row must be from 0 to 10; got 11", lambda: receptive_field(NETWORK, 0, 11, 0)),
        ("column must be from 0 to 9; got 10", lambda: receptive_field(NETWORK, 0, 0, 10)),
        ("row must be from 0 to 4; got 5", lambda: receptive_field(NETWORK, 9, 5, 0)),
        ("column must be from 0 to 0; got 1", lambda: receptive_field(NETWORK, 9, 0, 1)),
        ("row must .*got 1.5", lambda: explain_cell(NETWORK, IMAGE, 0, 1.5, 0, 0)),
        ("map must be from 0 to 2; got 3", lambda: explain_cell(NETWORK, IMAGE, 0, 0, 0, 3)),
        ("map must be from 0 to 0; got 1", lambda: explain_cell(NETWORK, IMAGE, 9, 0, 0, 1)),
        (r"image must be \(13, 11, 2\); got .*\(13, 11\)",
         lambda: explain_cell(NETWORK, IMAGE[..., 0], 0, 0, 0, 0)),
        (r"image must be \(13, 11, 2\); got .*\(1, 13, 11, 2\)",
         lambda: explain_cell(NETWORK, IMAGE[None], 0, 0, 0, 0)),
        ("image must hold real numbers", lambda: explain_cell(NETWORK, "cat", 0, 0, 0, 0)),
    ],
)  # fmt: skip
def test_invalid_arguments_are_named(message, ask):
    """One line names the argument, what was expected, and what was given."""
    with pytest.raises((ValueError, TypeError), match=f"^{message}") as caught:
        ask()
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("ask", [
    lambda other: receptive_field(other, 0, 0, 0),
    lambda other: explain_cell(other, np.zeros((28, 28)), 0, 0, 0, 0),
    lambda other: saliency(other, np.zeros((28, 28)), 1),
    lambda other: occlusion_map(other, np.zeros((28, 28)), 1),
    lambda other: class_activation_map(other, np.zeros((28, 28)), 1),
    to_keras, to_torch,
])  # fmt: skip
@pytest.mark.parametrize("other", [None, [], "network.npz"])
def test_only_a_network_is_accepted(ask, other):
    """By every function that inspects a network."""
    with pytest.raises(TypeError, match="^network must be a Network; got"):
        ask(other)
