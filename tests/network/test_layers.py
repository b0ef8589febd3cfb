"""Each layer by hand, against the photographs' functions, and its gradients against differences."""

import numpy as np
import pytest
from strategies import LAYOUTS, frozen, whole

from helpers import convolve, pool
from helpers.network import Conv, Dense, Flatten, MaxPool, MeanPool, ReLU

SHAPE, BATCH = (11, 9, 3), 15  # all odd and all different, as kernel (7, 5) and 13 filters are
MAPS = {
    "conv": lambda: Conv(13, (7, 5)),
    "conv of one pixel": lambda: Conv(13, 1),
    "conv of the whole map": lambda: Conv(13, SHAPE[:2]),
    "relu": ReLU,
    "max, all used": lambda: MaxPool((11, 3)),
    "max, some left over": lambda: MaxPool((3, 5)),
    "max of one row": lambda: MaxPool((1, 7)),
    "mean, all used": lambda: MeanPool((11, 3)),
    "mean, some left over": lambda: MeanPool((3, 5)),
    "flatten": Flatten,
}
same, close = np.testing.assert_array_equal, np.testing.assert_allclose


def normal(shape, seed=0, layout="channels first"):
    return frozen(LAYOUTS[layout](np.random.default_rng(seed).normal(size=shape)))


def built(layer, shape):
    """The layer with float64 parameters, none of them 0, and the shape of its answer."""
    answer = layer.build(shape, np.random.default_rng(0))
    for seed, (name, array) in enumerate(layer.parameters.items()):
        layer.parameters[name] = np.array(normal(array.shape, seed, "C order"))
    return layer, answer


def check_gradients(layer, shape, layout="channels first"):
    """Along random directions, loss = sum(answer · blame) changes as `backward` says."""
    layer, answer = built(layer, shape)
    x, blame = normal((*shape, BATCH), 7, layout), normal((*answer, BATCH), 8, layout)

    def loss(values, name):
        kept = layer.parameters
        layer.parameters = kept | {name: values}
        answer = layer.forward(values if name == "input" else x)
        layer.parameters = kept
        return (answer * blame).sum()

    assert layer.forward(x).shape == blame.shape
    found = {"input": (x, layer.backward(blame))} | {
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
def test_gradients_of_maps_equal_differences(make, layout):
    """Input, weights and bias get the gradient that central differences measure."""
    check_gradients(make(), SHAPE, layout)


def test_gradients_of_dense_equal_differences():
    """Input, weights and bias of Dense get the gradient that central differences measure."""
    check_gradients(Dense(7), (17,), "C order")


def test_conv_without_blame_for_its_input():
    """The first layer's short cut returns nothing; the gradients of its weights are the same."""
    layer, answer = built(Conv(13, (7, 5)), SHAPE)
    layer.forward(normal((*SHAPE, BATCH)))
    blame = normal((*answer, BATCH), 1)
    layer.backward(blame)
    expected = layer.gradients
    assert layer.backward(blame, input_gradient=False) is None
    np.testing.assert_equal(layer.gradients, expected)


@pytest.mark.parametrize("layout", LAYOUTS)
def test_conv_answers_as_convolve_does(layout):
    """A layer of filters is `convolve` with the bank (kh, kw, C, F), whatever the memory order."""
    layer = Conv(13, (7, 5))
    layer.build(SHAPE, np.random.default_rng(0))
    weights, bias = whole((7, 5, 3, 13), 1, np.float32), whole(13, 2, np.float32)
    layer.parameters = {"weights": weights, "bias": bias}
    x = frozen(LAYOUTS[layout](whole((*SHAPE, BATCH), 3, np.float32)))
    answer = layer.forward(x)
    assert answer.shape == (5, 5, 13, BATCH) and answer.dtype == np.float32
    same(answer, convolve(x, weights, bias))


def test_maps_lie_rows_first_in_memory():
    """Answers and blames stay (H, C, W, N) in memory from layer to layer, so nothing is moved."""
    x = np.ones((SHAPE[0], SHAPE[2], SHAPE[1], BATCH), np.float32).transpose(0, 2, 1, 3)
    for make in (lambda: Conv(13, (7, 5)), ReLU, lambda: MaxPool((2, 3)), lambda: MeanPool((2, 3))):
        layer = make()
        layer.build(SHAPE, np.random.default_rng(0))
        answer = layer.forward(x)
        rows, columns, filters, batch = answer.shape
        expected = (filters * columns * batch * 4, batch * 4, columns * batch * 4, 4)
        assert answer.strides == expected, layer.name
        assert layer.backward(answer).strides == x.strides, layer.name


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("size", [2, (3, 5), (11, 9), (1, 4), 1])
def test_pooling_layers_answer_as_pool_does(size, layout):
    """MaxPool and MeanPool are the `pool` of the photographs."""
    x = frozen(LAYOUTS[layout](whole((*SHAPE, BATCH), 4, np.float32)))
    for kind, mode in ((MaxPool, "max"), (MeanPool, "mean")):
        layer = kind(size)
        expected = pool(x, size, mode=mode)
        assert layer.build(SHAPE, None) + (BATCH,) == expected.shape
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
def test_pooling_blames_by_hand(kind, values, expected):
    """Blame of 10 and 20: to the first of the largest, or shared; pixels left over get none."""
    layer = kind(2)
    layer.forward(np.array(values, float)[:, :, None, None])
    same(layer.backward(np.array([[10.0, 20.0]])[:, :, None, None])[:, :, 0, 0], expected)


def test_relu_by_hand():
    """Negative answers become 0, and neither they nor 0 itself pass blame."""
    layer = ReLU()
    same(layer.forward(np.array([-2.0, 0.0, 3.0])), [0, 0, 3])
    same(layer.backward(np.array([5.0, 6.0, 7.0])), [0, 0, 7])


def test_flatten_goes_row_by_row_and_comes_back():
    """Row by row, pixel by pixel, channel by channel; backward puts every number in its place."""
    x = normal((*SHAPE, BATCH))
    layer = Flatten()
    flat = layer.forward(x)
    same(flat, np.array([x[..., n].ravel() for n in range(BATCH)]).T)
    same(layer.backward(flat), x)


def test_dense_by_hand():
    """Two inputs, three outputs: sums of input times weight, plus bias; blame the other way."""
    layer, _ = built(Dense(3), (2,))
    layer.parameters = {"weights": np.array([[1, 2, 3], [4, 5, 6]]), "bias": np.array([10, 20, 30])}
    same(layer.forward(np.array([[1], [2]])), [[19], [32], [45]])
    same(layer.backward(np.array([[1], [0], [2]])), [[7], [16]])
    same(layer.gradients["weights"], [[1, 0, 2], [2, 0, 4]])
    same(layer.gradients["bias"], [1, 0, 2])


@pytest.mark.parametrize(("layer", "shape"), [(Conv(60, (7, 5)), SHAPE), (Dense(60), (105,))])
def test_layers_start_small_and_from_the_seed(layer, shape):
    """Weights of 105 inputs spread by sqrt(2 / 105), biases are 0, all the same for one seed."""
    starts = []
    for seed in (0, 0, 1):
        layer.build(shape, np.random.default_rng(seed))
        starts.append(layer.parameters["weights"])
        assert starts[-1].dtype == layer.parameters["bias"].dtype == np.float32
        assert not layer.parameters["bias"].any()
        close(starts[-1].std(), np.sqrt(2 / 105), rtol=0.05)
    same(starts[0], starts[1])
    assert not np.array_equal(starts[0], starts[2])
