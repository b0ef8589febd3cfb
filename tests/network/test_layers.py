"""Each layer by hand and against `convolve` and `pool`; its gradients against finite differences."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import LAYOUTS, frozen, laws, one_or_two, seeds, two, whole

from helpers import convolve, pool
from helpers.network import Conv, Dense, Flatten, MaxPool, MeanPool, ReLU

SHAPE, BATCH = (
    (11, 9, 3),
    15,
)  # all odd and all different, like the kernel (7, 5) and the 13 filters
MAPS = {
    "conv": lambda: Conv(13, (7, 5)),
    "conv of one pixel": lambda: Conv(13, 1),
    "conv of the whole map": lambda: Conv(13, SHAPE[:2]),
    "conv, stride": lambda: Conv(4, (3, 2), stride=(2, 3)),
    "conv, stride beyond the window": lambda: Conv(4, (2, 1), stride=(3, 4)),
    "conv, same": lambda: Conv(4, (4, 3), padding="same"),
    "conv, same and stride": lambda: Conv(4, (4, 3), stride=(3, 2), padding="same"),
    "conv, padded rows": lambda: Conv(4, 3, padding=(2, 0)),
    "conv, one-sided padding": lambda: Conv(4, (3, 2), stride=2, padding=((0, 2), (3, 0))),
    "conv, padding beyond the window": lambda: Conv(4, 2, stride=(1, 2), padding=3),
    "relu": ReLU,
    "max, all used": lambda: MaxPool((11, 3)),
    "max, some left over": lambda: MaxPool((3, 5)),
    "max of one row": lambda: MaxPool((1, 7)),
    "max, overlapping": lambda: MaxPool((4, 3), stride=(2, 1)),
    "max, overlapping columns": lambda: MaxPool((2, 5), stride=(3, 2)),
    "max, stride beyond the window": lambda: MaxPool((2, 1), stride=(3, 4)),
    "mean, all used": lambda: MeanPool((11, 3)),
    "mean, some left over": lambda: MeanPool((3, 5)),
    "mean, overlapping": lambda: MeanPool((4, 3), stride=(2, 1)),
    "mean, stride beyond the window": lambda: MeanPool((2, 1), stride=(3, 4)),
    "flatten": Flatten,
}
same, close = np.testing.assert_array_equal, np.testing.assert_allclose


def normal(shape, seed=0, layout="channels first"):
    return frozen(LAYOUTS[layout](np.random.default_rng(seed).normal(size=shape)))


def built(layer, shape):
    """The layer with float64 parameters, none of them 0, and the shape of its output."""
    output = layer.connect(shape)
    layer.build(np.random.default_rng(0))
    for seed, (name, array) in enumerate(layer.parameters.items()):
        layer.parameters[name] = np.array(normal(array.shape, seed, "C order"))
    return layer, output


def check_gradients(layer, shape, layout="channels first"):
    """Along random directions, loss = sum(output · upstream) changes as `backward` predicts."""
    layer, output = built(layer, shape)
    x, upstream = normal((*shape, BATCH), 7, layout), normal((*output, BATCH), 8, layout)

    def loss(values, name):
        kept = layer.parameters
        layer.parameters = kept | {name: values}
        output = layer.forward(values if name == "input" else x)
        layer.parameters = kept
        return (output * upstream).sum()

    assert layer.forward(x).shape == upstream.shape
    found = {"input": (x, layer.backward(upstream))} | {
        name: (layer.parameters[name], layer.gradients[name]) for name in layer.parameters
    }
    for name, (array, gradient) in found.items():
        assert gradient.shape == array.shape and gradient.dtype == np.float64
        for seed in range(20, 25):
            way = normal(array.shape, seed, "C order")
            measured = (loss(array + 1e-6 * way, name) - loss(array - 1e-6 * way, name)) / 2e-6
            close((gradient * way).sum(), measured, rtol=1e-6, atol=1e-6, err_msg=name)


@pytest.mark.parametrize("layout", ["channels first", "C order"])
@pytest.mark.parametrize("make", MAPS.values(), ids=MAPS.keys())
def test_gradients_of_map_layers_equal_finite_differences(make, layout):
    """The gradients with respect to input, weights and bias are the central differences."""
    check_gradients(make(), SHAPE, layout)


def test_gradients_of_dense_equal_finite_differences():
    """Dense's gradients with respect to input, weights and bias are the central differences."""
    check_gradients(Dense(7), (17,), "C order")


def test_conv_without_the_gradient_with_respect_to_its_input():
    """The first layer does not need it; the gradients with respect to its weights are the same."""
    layer, output = built(Conv(13, (7, 5)), SHAPE)
    layer.forward(normal((*SHAPE, BATCH)))
    upstream = normal((*output, BATCH), 1)
    layer.backward(upstream)
    expected = layer.gradients
    layer.gradients = {}
    layer.keep_gradients(upstream)
    np.testing.assert_equal(layer.gradients, expected)


OPTIONS = [
    {},
    {"stride": (2, 3)},
    {"padding": "same"},
    {"padding": "valid", "stride": 5},
    {"padding": "same", "stride": (3, 2)},
    {"padding": (0, 4)},
    {"padding": ((3, 0), (1, 2)), "stride": 2},
]


@pytest.mark.parametrize("options", OPTIONS, ids=str)
@pytest.mark.parametrize("layout", LAYOUTS)
def test_conv_equals_convolve(layout, options):
    """A layer of filters is `convolve` with the bank (kh, kw, C, F), whatever the memory order."""
    layer = Conv(13, (7, 5), **options)
    shape = layer.connect(SHAPE)
    weights, bias = whole((7, 5, 3, 13), 1, np.float32), whole(13, 2, np.float32)
    layer.parameters = {"weights": weights, "bias": bias}
    x = frozen(LAYOUTS[layout](whole((*SHAPE, BATCH), 3, np.float32)))
    output = layer.forward(x)
    assert output.shape == (*shape, BATCH) and output.dtype == np.float32
    same(output, convolve(x, weights, bias, **options))


@st.composite
def built_layers(draw, kinds):
    """A layer of any size, stride and padding that fits, with integer weights; its input and upstream gradient."""
    kind, seed = draw(st.sampled_from(kinds)), draw(seeds)
    size, stride = draw(one_or_two(1, 4)), draw(one_or_two(1, 5))
    shape = tuple(n + draw(st.integers(0, 5)) for n in two(size)) + (draw(st.integers(1, 2)),)
    if kind is Conv:
        sides = st.tuples(st.integers(0, 3), st.integers(0, 3))
        padding = draw(
            one_or_two(0, 3) | st.tuples(sides, sides) | st.sampled_from(["valid", "same"])
        )
        layer = Conv(draw(st.integers(1, 3)), size, stride, padding)
    else:
        layer = kind(size, stride)
    output = layer.connect(shape)
    layer.build(np.random.default_rng(seed))
    for name, array in layer.parameters.items():
        layer.parameters[name] = whole(array.shape, seed + 1)
    return layer, frozen(whole((*shape, 2), seed + 2)), frozen(whole((*output, 2), seed + 3))


@laws
@given(built_layers([Conv, MeanPool]))
def test_the_gradient_of_a_linear_layer_is_its_transpose(case):
    """Σ output · upstream = Σ input · its gradient, exactly, without bias; likewise for the weights."""
    layer, x, upstream = case
    if layer.parameters:
        layer.parameters["bias"][:] = 0
    total = (layer.forward(x) * upstream).sum()
    close((x * layer.backward(upstream)).sum(), total, rtol=1e-6, atol=1e-4)
    if layer.parameters:
        assert (layer.parameters["weights"] * layer.gradients["weights"]).sum() == total
        same(layer.gradients["bias"], upstream.sum(axis=(0, 1, 3)))


def by_argmax(x, size, stride, upstream):
    """The gradient of max pooling, window by window; argmax finds the first maximum."""
    total = np.zeros(x.shape)
    for row, column, channel, n in np.ndindex(upstream.shape):
        top, left = row * stride[0], column * stride[1]
        window = x[top : top + size[0], left : left + size[1], channel, n]
        i, j = np.unravel_index(window.argmax(), window.shape)
        total[top + i, left + j, channel, n] += upstream[row, column, channel, n]
    return total


@laws
@given(built_layers([MaxPool]), st.integers(1, 9))
def test_the_gradient_of_max_pooling_goes_to_the_first_maximum(case, values):
    """As with argmax, for any size and stride, also where few values lead to many ties."""
    layer, x, upstream = case
    x = frozen(x % values)
    layer.forward(x)
    same(layer.backward(upstream), by_argmax(x, layer.size, layer.stride, upstream))


def test_maps_are_stored_rows_first():
    """Outputs and gradients keep the memory order (H, C, W, N) from layer to layer, without copies."""
    x = np.ones((SHAPE[0], SHAPE[2], SHAPE[1], BATCH), np.float32).transpose(0, 2, 1, 3)
    for make in (lambda: Conv(13, (7, 5)), ReLU, lambda: MaxPool((2, 3)), lambda: MeanPool((2, 3))):
        layer = make()
        layer.connect(SHAPE)
        layer.build(np.random.default_rng(0))
        output = layer.forward(x)
        rows, columns, filters, batch = output.shape
        expected = (filters * columns * batch * 4, batch * 4, columns * batch * 4, 4)
        assert output.strides == expected, layer.name
        assert layer.backward(output).strides == x.strides, layer.name


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("stride", [None, 1, (5, 2)])
@pytest.mark.parametrize("size", [2, (3, 5), (11, 9), (1, 4), 1])
def test_pooling_layers_equal_pool(size, stride, layout):
    """MaxPool and MeanPool give the same as `pool`."""
    x = frozen(LAYOUTS[layout](whole((*SHAPE, BATCH), 4, np.float32)))
    for kind, mode in ((MaxPool, "max"), (MeanPool, "mean")):
        layer = kind(size, stride)
        expected = pool(x, size, stride, mode=mode)
        assert layer.connect(SHAPE) + (BATCH,) == expected.shape
        same(layer.forward(x), expected)


@pytest.mark.parametrize(
    ("kind", "values", "expected"),
    [
        (MaxPool, [[7, 7, 1, 2], [7, 7, 3, 3]], [[10, 0, 0, 0], [0, 0, 20, 0]]),
        (MaxPool, [[0, 0, 5, 6], [0, 1, 6, 6]], [[0, 0, 0, 20], [0, 10, 0, 0]]),
        (
            MaxPool,
            [[1, 2, 3, 4, 9], [5, 6, 7, 8, 9], [9] * 5],
            [[0, 0, 0, 0, 0], [0, 10, 0, 20, 0], [0] * 5],
        ),
        (
            MeanPool,
            [[1, 2, 3, 4, 9], [5, 6, 7, 8, 9], [9] * 5],
            [[2.5, 2.5, 5, 5, 0], [2.5, 2.5, 5, 5, 0], [0] * 5],
        ),
    ],
    ids=["ties", "one tie", "left over", "mean"],
)
def test_pooling_gradients_by_hand(kind, values, expected):
    """Gradients of 10 and 20 go to the first maximum, or in equal parts; leftover pixels get none."""
    layer = kind(2)
    layer.forward(np.array(values, float)[:, :, None, None])
    same(layer.backward(np.array([[10.0, 20.0]])[:, :, None, None])[:, :, 0, 0], expected)


def test_relu_by_hand():
    """Negative numbers become 0; the gradient is 0 where the input is not positive."""
    layer = ReLU()
    same(layer.forward(np.array([-2.0, 0.0, 3.0])), [0, 0, 3])
    same(layer.backward(np.array([5.0, 6.0, 7.0])), [0, 0, 7])


def test_flatten_goes_row_by_row_and_backward_restores_the_shape():
    """Row by row, pixel by pixel, channel by channel; backward puts every number back in its place."""
    x = normal((*SHAPE, BATCH))
    layer = Flatten()
    flat = layer.forward(x)
    same(flat, np.array([x[..., n].ravel() for n in range(BATCH)]).T)
    same(layer.backward(flat), x)


def test_dense_by_hand():
    """Two inputs, three outputs: sums of input times weight, plus bias; then the gradients."""
    layer, _ = built(Dense(3), (2,))
    layer.parameters = {"weights": np.array([[1, 2, 3], [4, 5, 6]]), "bias": np.array([10, 20, 30])}
    same(layer.forward(np.array([[1], [2]])), [[19], [32], [45]])
    same(layer.backward(np.array([[1], [0], [2]])), [[7], [16]])
    same(layer.gradients["weights"], [[1, 0, 2], [2, 0, 4]])
    same(layer.gradients["bias"], [1, 0, 2])


@pytest.mark.parametrize(("layer", "shape"), [(Conv(60, (7, 5)), SHAPE), (Dense(60), (105,))])
def test_initial_weights_are_small_and_depend_on_the_seed(layer, shape):
    """With 105 inputs, weights have standard deviation sqrt(2 / 105); biases are 0; a seed repeats them."""
    starts = []
    for seed in (0, 0, 1):
        layer.connect(shape)
        layer.build(np.random.default_rng(seed))
        starts.append(layer.parameters["weights"])
        assert starts[-1].dtype == layer.parameters["bias"].dtype == np.float32
        assert not layer.parameters["bias"].any()
        close(starts[-1].std(), np.sqrt(2 / 105), rtol=0.05)
    same(starts[0], starts[1])
    assert not np.array_equal(starts[0], starts[2])
