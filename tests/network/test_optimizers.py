"""The optimizers: a few steps worked out by hand, at the full rate and at a part of it."""

from types import SimpleNamespace

import numpy as np
import pytest

from helpers.network.optimizers import SGD, Adam

GRADIENTS, FACTORS = [0.5, -2.0, 0.125], [1, 0.5, 0.25]


def moved_by(optimizer, factors=(1, 1, 1)):
    """A weight of 1 after each of three steps, and another that starts at 1 without gradient."""
    layer = SimpleNamespace(parameters={"w": np.array([1.0, 1.0])})
    for gradient, factor in zip(GRADIENTS, factors, strict=True):
        layer.gradients = {"w": np.array([gradient, 0.0])}
        optimizer.step([layer, SimpleNamespace(parameters={}, gradients={})], factor)
        yield layer.parameters["w"].tolist()


@pytest.mark.parametrize("factors", [[1, 1, 1], FACTORS])
def test_adam_by_hand(factors):
    """Three steps with the formula of the paper, in plain floats."""
    weight, m, v = 1.0, 0.0, 0.0
    found = moved_by(Adam(0.1), factors)
    for t, (g, factor, (moved, still)) in enumerate(zip(GRADIENTS, factors, found), 1):
        m, v = 0.9 * m + 0.1 * g, 0.999 * v + 0.001 * g * g
        weight -= factor * 0.1 * (m / (1 - 0.9**t)) / ((v / (1 - 0.999**t)) ** 0.5 + 1e-8)
        assert moved == pytest.approx(weight, rel=1e-12)
        assert still == 1


def test_adam_serves_every_parameter():
    """Parameters of any shapes move as each of them would alone, in place."""
    rng = np.random.default_rng(0)
    shapes = [{"weights": (3, 5, 2, 7), "bias": (7,)}, {}, {"weights": (11, 4)}]
    layers = [
        SimpleNamespace(
            parameters={name: rng.normal(size=shape) for name, shape in each.items()},
            gradients={name: rng.normal(size=shape) for name, shape in each.items()},
        )
        for each in shapes
    ]
    for layer in layers:
        for name, array in layer.parameters.items():
            alone = SimpleNamespace(
                parameters={name: array.copy()}, gradients={name: layer.gradients[name]}
            )
            Adam(0.1).step([alone])
            layer.gradients[f"expected {name}"] = alone.parameters[name]
    arrays = [array for layer in layers for array in layer.parameters.values()]
    Adam(0.1).step(layers)
    assert all(a is b for a, b in zip(arrays, [p for x in layers for p in x.parameters.values()]))
    for layer in layers:
        for name, array in layer.parameters.items():
            np.testing.assert_allclose(array, layer.gradients[f"expected {name}"], rtol=1e-13)


def test_sgd_by_hand():
    """weight − rate · gradient: 1 − 0.05 + 0.2 − 0.0125; then with 1, 1/2 and 1/4 of the rate."""
    found = [weight for weight, _ in moved_by(SGD(0.1))]
    assert found == pytest.approx([0.95, 1.15, 1.1375], rel=1e-12)
    found = [weight for weight, _ in moved_by(SGD(0.1), FACTORS)]
    assert found == pytest.approx([0.95, 1.05, 1.046875], rel=1e-12)
