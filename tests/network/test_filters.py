"""Filters switched off: the maps that vanish, a network that really lacks them, what is not changed."""

import numpy as np
import pytest
from refusals import refusal
from strategies import frozen

from helpers.network import (
    Conv,
    Dense,
    Flatten,
    MaxPool,
    Network,
    ReLU,
    train,
    without_filters,
)

SHAPE = 9, 8, 3
same, close = np.testing.assert_array_equal, np.testing.assert_allclose


def small(first=5):
    layers = [Conv(first, (3, 2), padding=1), ReLU(), MaxPool(2), Conv(4, 2), ReLU()]
    network = Network([*layers, Flatten(), Dense(3)], SHAPE, seed=2)
    rng = np.random.default_rng(0)
    for layer in network.layers:
        if layer.parameters:  # biases are 0 before a training
            layer.parameters["bias"] = rng.normal(size=layer.parameters["bias"].shape)
    return network


def pictures(count=6):
    return frozen(np.random.default_rng(1).random((count, *SHAPE), np.float32))


@pytest.mark.parametrize("layer", [0, 3])
@pytest.mark.parametrize("off", [[1], [0, 3], [], [0, 1, 2, 3], [2, 2]])
def test_their_maps_are_0_for_every_image(layer, off):
    """With the bias; the other maps of the layer are what they were."""
    network, images = small(), pictures()
    before = network.layer_outputs(images)[layer]
    after = without_filters(network, layer, off).layer_outputs(images)[layer]
    on = [k for k in range(before.shape[2]) if k not in off]
    assert not after[:, :, off].any() and before[:, :, off].any() == bool(off)
    same(after[:, :, on], before[:, :, on])


@pytest.mark.parametrize("off", [[4], [0, 3], [1, 2, 3]])
def test_it_predicts_as_a_network_that_has_no_such_filters(off):
    """A smaller network, in which the next convolution has no slices for their maps either."""
    network, on = small(), [k for k in range(5) if k not in off]
    lacking = small(first=len(on))
    for number, layer in enumerate(lacking.layers):
        for name, array in network.layers[number].parameters.items():
            layer.parameters[name] = array
    lacking.layers[0].parameters = {
        name: array[..., on] for name, array in network.layers[0].parameters.items()
    }
    lacking.layers[3].parameters["weights"] = network.layers[3].parameters["weights"][:, :, on]
    found = without_filters(network, 0, off).predict(pictures())
    close(found, lacking.predict(pictures()), atol=1e-6)


@pytest.mark.parametrize("filters", [2, np.int64(2), (2,), {2}, range(2, 3), np.array([2])])
def test_filters_may_be_given_in_any_collection(filters):
    """One number stands for one filter."""
    given, listed = without_filters(small(), 3, filters), without_filters(small(), 3, [2])
    same(given.predict(pictures()), listed.predict(pictures()))


def test_the_copy_and_the_network_are_independent():
    """Whichever of the two learns on, the other one stays; no cache is copied."""
    network, labels = small(), np.arange(6) % 3
    before = network.predict(pictures())
    for _ in train(network, pictures(), labels, epochs=1):
        pass
    kept = network.predict(pictures())
    assert (kept != before).any()
    changed = without_filters(network, 0, [])
    assert all(layer.cache is None for layer in changed.layers)
    same(changed.predict(pictures()), kept)
    for _ in train(changed, pictures(), labels, epochs=1):
        pass
    assert (changed.predict(pictures()) != kept).any()
    same(network.predict(pictures()), kept)


@pytest.mark.parametrize(
    ("message", "arguments"),
    [
        ("layer must be from 0 to 6; got 9", (small(), 9, 0)),
        ("layer must be one of the convolutions, [0, 3]; got 1, a ReLU", (small(), 1, 0)),
        ("filters must be from 0 to 3; got 4", (small(), 3, [0, 4])),
        ("network must have a Conv, whose filters can be changed; got Flatten, Dense",
         (Network([Flatten(), Dense(3)], SHAPE), 0, 0)),
    ],
)  # fmt: skip
def test_invalid_arguments_are_named(message, arguments):
    assert refusal(without_filters, *arguments) == message


def test_a_network_is_needed():
    assert refusal(without_filters, 3, 0, 0, error=TypeError) == "network must be a Network; got 3"


@pytest.mark.parametrize("filters", ["all", None, 1.5, [True]])
def test_filters_are_whole_numbers(filters):
    assert refusal(without_filters, small(), 0, filters, error=TypeError).startswith("filters must")
