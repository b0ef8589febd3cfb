"""Nudges: the gradient against finite differences, the worst against any other, the range, the errors."""

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
    loss_gradient,
    random_nudge,
    worst_nudge,
)

SHAPE, CLASSES = (11, 9, 3), 5
LABELS = np.array([4, 0, 2])
same, close = np.testing.assert_array_equal, np.testing.assert_allclose


def small(shape=SHAPE):
    layers = [Conv(6, (3, 2)), ReLU(), MaxPool((2, 3)), Conv(4, (2, 1)), MeanPool((2, 1))]
    return Network([*layers, Flatten(), Dense(CLASSES)], shape, seed=4)


def pictures(shape=SHAPE, count=3):
    return frozen(np.random.default_rng(3).random((count, *shape), np.float32))


def precise(network):
    for layer in network.layers:
        layer.parameters = {name: array.astype(float) for name, array in layer.parameters.items()}
    return network


def losses(network, images, labels):
    """−log of the probability of each label, in float64 if the network is."""
    scores = network.forward(np.moveaxis(images.reshape(-1, *network.input_shape), 0, -1))
    return np.log(np.exp(scores).sum(axis=0)) - scores[labels, np.arange(len(labels))]


@pytest.mark.parametrize("shape", [SHAPE, (11, 9, 1)])
def test_the_gradient_equals_finite_differences(shape):
    """Each pixel and channel, moved alone in all images at once: the images do not mix."""
    network, images = precise(small(shape)), pictures(shape).astype(float)
    found = loss_gradient(network, images, LABELS)
    assert found.shape == images.shape
    for place in np.ndindex(shape):
        moved = np.zeros(shape)
        moved[place] = 1e-6
        rise = losses(network, images + moved, LABELS) - losses(network, images - moved, LABELS)
        close(found[(slice(None), *place)], rise / 2e-6, atol=1e-5)


def test_many_images_are_computed_in_parts():
    """What an image gets does not depend on the others, nor on the part that it is in."""
    network, images, labels = small(), pictures(count=230), np.arange(230) % CLASSES
    found = loss_gradient(network, images, labels)
    for k in (0, 99, 100, 229):
        close(found[k], loss_gradient(network, images[[k]], labels[[k]])[0], atol=1e-6)


@pytest.mark.parametrize("size", [0, 0.05, 0.3, 1])
@pytest.mark.parametrize("shape", [SHAPE, (11, 9)])
def test_a_nudge_stays_in_range(size, shape):
    """In [0, 1], nowhere further than the size, of the shape of the images, for both kinds."""
    network, images = small((*shape, 1)[:3]), pictures(shape)
    for changed in (worst_nudge(network, images, LABELS, size), random_nudge(images, size)):
        assert changed.shape == images.shape and changed.dtype == np.float32
        assert changed.min() >= 0 and changed.max() <= 1
        assert np.abs(changed - images).max() <= size + 1e-7
        inside = (images > size) & (images < 1 - size)
        assert size >= 0.5 or inside.any()
        moved = np.abs(changed - images)[inside]
        assert (np.isclose(moved, size, atol=1e-6) | (moved == 0)).all()


def test_no_other_nudge_raises_the_linear_loss_more():
    """Neither random signs, nor the worst nudge with one sign turned, also where it is clipped."""
    network, images, size = small(), pictures(), 0.2
    slopes = loss_gradient(network, images, LABELS).astype(float)

    def rise(changed):
        return (slopes * (changed.astype(float) - images)).sum(axis=(1, 2, 3))

    most = rise(worst_nudge(network, images, LABELS, size))
    for seed in range(50):
        assert (rise(random_nudge(images, size, seed)) < most).all()
    assert (most > 0).all()


def test_a_small_worst_nudge_raises_the_loss():
    """For a size at which the loss is nearly linear, by about size times the sum of the slopes."""
    network, images, size = precise(small()), 0.25 + 0.5 * pictures(), 1e-4
    rise = losses(network, worst_nudge(network, images, LABELS, size).astype(float), LABELS)
    rise -= losses(network, images.astype(float), LABELS)
    expected = size * np.abs(loss_gradient(network, images, LABELS)).sum(axis=(1, 2, 3))
    close(rise, expected, rtol=0.02)


def test_random_nudges_are_repeated_by_their_seed():
    """One seed, one nudge; another seed, another; ups and downs about as often."""
    images = np.full((1, 60, 60), 0.5, np.float32)
    first = random_nudge(images, 0.25, 7)
    same(first, random_nudge(images, 0.25, 7))
    assert (first != random_nudge(images, 0.25, 8)).mean() > 0.4
    same(np.unique(first), np.float32([0.25, 0.75]))
    assert 0.45 < (first > 0.5).mean() < 0.55


def test_the_layers_keep_their_gradients():
    """A training under way is not disturbed."""
    network = small()
    kept = [(layer.cache, dict(layer.gradients)) for layer in network.layers]
    worst_nudge(network, pictures(), LABELS, 0.1)
    for layer, (cache, gradients) in zip(network.layers, kept, strict=True):
        assert layer.cache is cache and layer.gradients == gradients


@pytest.mark.parametrize(
    ("message", "ask"),
    [
        ("size must be from 0 to 1; got 1.5", lambda n: worst_nudge(n, pictures(), LABELS, 1.5)),
        ("size must be from 0 to 1; got -0.1", lambda n: random_nudge(pictures(), -0.1)),
        ("size must be from 0 to 1; got nan", lambda n: random_nudge(pictures(), np.nan)),
        ("size must .*got 'big'", lambda n: worst_nudge(n, pictures(), LABELS, "big")),
        ("labels must be 3 whole numbers", lambda n: worst_nudge(n, pictures(), [1, 2], 0.1)),
        ("labels must be from 0 to 4; got 0 to 5",
         lambda n: loss_gradient(n, pictures(), [0, 1, 5])),
        (r"images must be \(N, 11, 9, 3\)", lambda n: worst_nudge(n, pictures()[0], [1], 0.1)),
        ("images must hold values from 0 to 1", lambda n: worst_nudge(n, 9 * pictures(), LABELS, 0)),
        ("images must hold values from 0 to 1", lambda n: random_nudge(-pictures(), 0.1)),
        ("seed must .*got -1", lambda n: random_nudge(pictures(), 0.1, -1)),
        ("network must be a Network; got 3", lambda n: worst_nudge(3, pictures(), LABELS, 0.1)),
        ("layers must end with scores",
         lambda n: worst_nudge(Network([Conv(2, 3)], SHAPE), pictures(), LABELS, 0.1)),
    ],
)  # fmt: skip
def test_invalid_arguments_are_named(message, ask):
    with pytest.raises((ValueError, TypeError), match=f"^{message}") as caught:
        ask(small())
    assert "\n" not in str(caught.value)
