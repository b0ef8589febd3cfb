"""Optimizers and schedules: a few steps by hand; the start, peak and end of a schedule."""

from types import SimpleNamespace

import numpy as np
import pytest

from helpers.network import one_cycle
from helpers.network.optimizers import SGD, WARM_UP, Adam

GRADIENTS, FACTORS = [0.5, -2.0, 0.125], [1, 0.5, 0.25]


def moved_by(optimizer, factors=(1, 1, 1)):
    """A weight that starts at 1 after each of three steps, and another one without gradient."""
    layer = SimpleNamespace(parameters={"w": np.array([1.0, 1.0])})
    for gradient, factor in zip(GRADIENTS, factors, strict=True):
        layer.gradients = {"w": np.array([gradient, 0.0])}
        optimizer.step([layer, SimpleNamespace(parameters={}, gradients={})], factor)
        yield layer.parameters["w"].tolist()


@pytest.mark.parametrize("factors", [[1, 1, 1], FACTORS])
def test_adam_by_hand(factors):
    """Three steps with the formula of the paper, in Python floats."""
    weight, m, v = 1.0, 0.0, 0.0
    found = moved_by(Adam(0.1), factors)
    for t, (g, factor, (moved, still)) in enumerate(zip(GRADIENTS, factors, found), 1):
        m, v = 0.9 * m + 0.1 * g, 0.999 * v + 0.001 * g * g
        weight -= factor * 0.1 * (m / (1 - 0.9**t)) / ((v / (1 - 0.999**t)) ** 0.5 + 1e-8)
        assert moved == pytest.approx(weight, rel=1e-12)
        assert still == 1


def test_adam_updates_every_parameter():
    """Parameters of any shape are updated in place, as each would be alone."""
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
    """weight − learning rate · gradient: 1 − 0.05 + 0.2 − 0.0125; then with factors 1, 1/2 and 1/4."""
    found = [weight for weight, _ in moved_by(SGD(0.1))]
    assert found == pytest.approx([0.95, 1.15, 1.1375], rel=1e-12)
    found = [weight for weight, _ in moved_by(SGD(0.1), FACTORS)]
    assert found == pytest.approx([0.95, 1.05, 1.046875], rel=1e-12)


@pytest.mark.filterwarnings("ignore:overflow", "ignore:invalid")
@pytest.mark.parametrize("bad", [np.nan, np.inf, -np.inf, 3e38])
@pytest.mark.parametrize("make", [Adam, SGD])
def test_a_step_that_would_not_stay_finite_changes_nothing(make, bad):
    """Neither the weights nor the optimizer's own state; the next step is as if it had not been."""
    layer, twin = (SimpleNamespace(parameters={"a": np.ones((2, 3), np.float32)}) for _ in "ab")
    optimizer, other = make(10.0), make(10.0)
    good = {"a": np.full((2, 3), 0.5, np.float32)}
    for _ in range(3):
        layer.gradients = twin.gradients = good
        optimizer.step([layer])
        other.step([twin])
        layer.gradients = {"a": np.array([[1, 2, 3], [4, 5, bad]], np.float32)}
        with pytest.raises(
            FloatingPointError, match="^a gradient or a weight is no longer finite$"
        ):
            optimizer.step([layer])
        np.testing.assert_equal(vars(optimizer), vars(other))
        np.testing.assert_equal(layer.parameters, twin.parameters)


def test_one_cycle_rises_and_falls():
    """Linearly from 0 to 1, then down to 0; one half at the middle of the descent."""
    assert one_cycle(0) == 0 and one_cycle(WARM_UP) == 1
    assert one_cycle(1) == pytest.approx(0, abs=1e-15)
    assert one_cycle(WARM_UP / 4) == pytest.approx(0.25)
    assert one_cycle((1 + WARM_UP) / 2) == pytest.approx(0.5)


def test_one_cycle_has_one_peak_and_no_jump():
    """It rises to the peak and falls after it, in small steps, between 0 and 1."""
    fractions = np.linspace(0, 1, 1001)
    factors = np.array([one_cycle(fraction) for fraction in fractions])
    moves = np.diff(factors)
    assert (moves[fractions[1:] < WARM_UP] > 0).all() and (
        moves[fractions[:-1] > WARM_UP] < 0
    ).all()
    assert np.abs(moves).max() < 0.0051
    assert factors.min() >= 0 and factors.max() <= 1
