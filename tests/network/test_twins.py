"""The same outputs from the weights in Keras's and PyTorch's layouts, computed independently."""

import numpy as np
import pytest

from helpers.network import Conv, Dense, Flatten, MaxPool, MeanPool, Network, ReLU
from helpers.network.twins import to_keras, to_torch

SHAPE = (13, 11, 3)  # all sizes differ, so that any swapped axes show
PLANS = {
    "two convolutions": lambda: [
        Conv(5, (3, 2)), ReLU(), MaxPool((2, 3)), Conv(7, (2, 1)), ReLU(), Flatten(), Dense(4),
    ],
    "two dense layers": lambda: [Flatten(), ReLU(), Dense(9), ReLU(), Dense(4)],
    "mean": lambda: [Conv(5, 3), MeanPool(2), Flatten(), Dense(6), Dense(4)],
    "stride and padding": lambda: [
        Conv(5, 3, stride=(1, 2), padding="same"), MaxPool(3, stride=(2, 1)), ReLU(),
        Conv(7, 2, padding=1), MeanPool((2, 1), stride=1), Flatten(), Dense(4),
    ],
}  # fmt: skip


@pytest.fixture(params=PLANS)
def network(request):
    network = Network(PLANS[request.param](), SHAPE, seed=3)
    rng = np.random.default_rng(0)
    for layer in network.layers:
        if layer.parameters:  # no bias may be 0, or a misplaced bias would not show
            layer.parameters["bias"] = rng.normal(size=layer.parameters["bias"].shape)
    return network


@pytest.fixture
def images():
    return np.random.default_rng(1).normal(size=(6, *SHAPE)).astype(np.float32)


def windows(x, size, stride):
    """Yield the windows of (N, C, H, W) with their output positions."""
    rows, columns = ((n - k) // s + 1 for n, k, s in zip(x.shape[2:], size, stride, strict=True))
    for i, j in np.ndindex(rows, columns):
        top, left = i * stride[0], j * stride[1]
        yield i, j, x[:, :, top : top + size[0], left : left + size[1]]


def pooled(x, layer, how):
    """Pool (N, C, H, W) window by window."""
    found = {(i, j): how(w, axis=(2, 3)) for i, j, w in windows(x, layer.size, layer.stride)}
    rows, columns = np.max(list(found), axis=0) + 1
    return np.array(list(found.values())).reshape(rows, columns, *x.shape[:2]).transpose(2, 3, 0, 1)


def convolved(x, weights, bias, layer):
    """Convolve (N, C, H, W) with (F, C, kh, kw), one position of the window at a time."""
    x = np.pad(x, ((0, 0), (0, 0), *layer.pad_width))
    found = {
        (i, j): np.einsum("ncij,fcij->nf", window, weights) + bias
        for i, j, window in windows(x, weights.shape[2:], layer.stride)
    }
    rows, columns = np.max(list(found), axis=0) + 1
    maps = np.array(list(found.values())).reshape(rows, columns, len(x), len(weights))
    return maps.transpose(2, 3, 0, 1)


def scores_of(network, x, take, torch):
    """Scores (N, K) for (N, C, H, W), with the weights and the flattening order of either library."""
    for number, layer in enumerate(network.layers):
        if isinstance(layer, Conv):
            weights, bias = take(number)
            x = convolved(x, weights if torch else np.einsum("ijcf->fcij", weights), bias, layer)
        elif isinstance(layer, Dense):
            weights, bias = take(number)
            x = x @ (weights.T if torch else weights) + bias
        elif isinstance(layer, (MaxPool, MeanPool)):
            x = pooled(x, layer, np.mean if isinstance(layer, MeanPool) else np.max)
        elif isinstance(layer, Flatten):
            x = (x if torch else np.moveaxis(x, 1, 3)).reshape(len(x), -1)
        else:
            x = np.maximum(x, 0)
    return x


def test_keras_twin_agrees(network, images):
    """Weights and biases alternate, each in Keras's layout."""
    ours = network.forward(network.batch(images)).T
    arrays = iter(to_keras(network))
    found = scores_of(
        network, np.moveaxis(images, 3, 1), lambda number: (next(arrays), next(arrays)), torch=False
    )
    np.testing.assert_allclose(found, ours, rtol=1e-4, atol=1e-4)
    assert next(arrays, None) is None


def test_torch_twin_agrees(network, images):
    """Channels come first, also in flattened maps."""
    ours = network.forward(network.batch(images)).T
    twin = to_torch(network)  # no padding in PLANS needs its own module
    found = scores_of(
        network,
        np.moveaxis(images, 3, 1),
        lambda number: (twin.pop(f"{number}.weight"), twin.pop(f"{number}.bias")),
        torch=True,
    )
    np.testing.assert_allclose(found, ours, rtol=1e-4, atol=1e-4)
    assert not twin


def test_shapes_of_the_course_network():
    """Those that lesson 08 shows."""
    layers = [Conv(8, 3), ReLU(), MaxPool(2), Conv(16, 3), ReLU(), MaxPool(2), Flatten(), Dense(10)]
    network = Network(layers, (28, 28, 1))
    assert [array.shape for array in to_keras(network)] == [
        (3, 3, 1, 8), (8,), (3, 3, 8, 16), (16,), (400, 10), (10,)
    ]  # fmt: skip
    assert {name: array.shape for name, array in to_torch(network).items()} == {
        "0.weight": (8, 1, 3, 3),
        "0.bias": (8,),
        "3.weight": (16, 8, 3, 3),
        "3.bias": (16,),
        "7.weight": (10, 400),
        "7.bias": (10,),
    }


def test_padding_that_torch_cannot_express_is_a_separate_module():
    """ "same" pads unevenly here with stride 2, and 4 weights with stride 1, which torch's "same" does."""
    uneven = {"size": 4, "padding": "same", "stride": 2}
    layers = [
        Conv(2, 4, padding="same"), Conv(2, 3, padding=(1, 0)), Conv(2, **uneven), ReLU(),
        Conv(2, 3, padding=((0, 1), (2, 2))), Flatten(), Dense(4),
    ]  # fmt: skip
    twin = to_torch(Network(layers, (11, 9, 1)))
    assert list(twin)[::2] == [f"{number}.weight" for number in (0, 1, 3, 6, 8)]


@pytest.mark.parametrize("twin", [to_keras, lambda network: list(to_torch(network).values())])
def test_twins_are_copies(network, twin):
    """Independent arrays: changing them does not change the network."""
    before = to_keras(network)
    for array in twin(network):
        assert array.flags.c_contiguous and array.flags.owndata
        array[...] = 0
    for kept, now in zip(before, to_keras(network), strict=True):
        np.testing.assert_array_equal(kept, now)
