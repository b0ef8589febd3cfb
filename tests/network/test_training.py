"""Training: gradients of the whole, the optimizers by hand, the order of things, and bad input."""

from types import SimpleNamespace

import numpy as np
import pytest
from strategies import frozen

from helpers.network import Conv, Dense, Flatten, MaxPool, MeanPool, Network, ReLU, train
from helpers.network.model import softmax
from helpers.network.training import SGD, Adam, cross_entropy

SHAPE, COUNT, CLASSES = (9, 11, 3), 13, 5
same, close = np.testing.assert_array_equal, np.testing.assert_allclose
IMAGES = frozen(np.random.default_rng(5).random((COUNT, *SHAPE), np.float32))
LABELS = frozen(np.random.default_rng(6).integers(0, CLASSES, COUNT))


def small(seed=0):
    layers = [
        Conv(7, (5, 3)),
        ReLU(),
        MaxPool((2, 3)),
        Conv(6, (1, 2)),
        ReLU(),
        MeanPool((2, 1)),
        Flatten(),
        Dense(CLASSES),
    ]
    return Network(layers, SHAPE, seed)


def weights(network):
    """A copy of everything that a network has learned, as one long array."""
    every = [p for layer in network.layers for p in layer.parameters.values()]
    return np.concatenate([p.ravel() for p in every])


def trained(network, images=IMAGES, labels=LABELS, **options):
    steps = list(train(network, images, labels, **{"epochs": 3, "batch_size": 5} | options))
    return steps, weights(network)


def test_cross_entropy_equals_differences():
    """The loss is the mean of −log p of the right class; its gradient is that of differences."""
    scores, labels = np.random.default_rng(0).normal(size=(CLASSES, 7)), LABELS[:7]
    loss, gradient = cross_entropy(frozen(scores), labels)
    close(loss, -np.mean([np.log(softmax(scores)[label, n]) for n, label in enumerate(labels)]))
    measured = np.empty_like(scores)
    for place in np.ndindex(scores.shape):
        move = np.zeros_like(scores)
        move[place] = 1e-5
        ahead, behind = (cross_entropy(scores + m, labels)[0] for m in (move, -move))
        measured[place] = (ahead - behind) / 2e-5
    close(gradient, measured, rtol=1e-6, atol=1e-9)


def test_gradients_of_a_whole_network_equal_differences():
    """In float64, every parameter of every layer gets the gradient that differences measure."""
    rng = np.random.default_rng(1)
    network, x = small(), frozen(rng.normal(size=(*SHAPE, COUNT)))
    for layer in network.layers:
        for name, start in layer.parameters.items():
            layer.parameters[name] = rng.normal(0, 0.3, start.shape)
    network.backward(cross_entropy(network.forward(x), LABELS)[1])
    for number, layer in enumerate(network.layers):
        for name, array in layer.parameters.items():
            way, losses = rng.normal(size=array.shape), []
            for moved in (array + 1e-6 * way, array - 1e-6 * way):
                layer.parameters[name] = moved
                losses.append(cross_entropy(network.forward(x), LABELS)[0])
            layer.parameters[name] = array
            expected = (layer.gradients[name] * way).sum()
            close((losses[0] - losses[1]) / 2e-6, expected, rtol=1e-5, err_msg=f"{number} {name}")


GRADIENTS = [0.5, -2.0, 0.125]


def moved_by(optimizer):
    """A weight of 1 after each of three steps, and another that starts at 1 without gradient."""
    layer = SimpleNamespace(parameters={"w": np.array([1.0, 1.0])})
    for gradient in GRADIENTS:
        layer.gradients = {"w": np.array([gradient, 0.0])}
        optimizer.step([layer, SimpleNamespace(parameters={}, gradients={})])
        yield layer.parameters["w"].tolist()


def test_adam_by_hand():
    """Three steps with the formula of the paper, in plain floats."""
    weight, m, v = 1.0, 0.0, 0.0
    for t, (g, (found, still)) in enumerate(zip(GRADIENTS, moved_by(Adam(0.1)), strict=True), 1):
        m, v = 0.9 * m + 0.1 * g, 0.999 * v + 0.001 * g * g
        weight -= 0.1 * (m / (1 - 0.9**t)) / ((v / (1 - 0.999**t)) ** 0.5 + 1e-8)
        assert found == pytest.approx(weight, rel=1e-12)
        assert still == 1


def test_sgd_by_hand():
    """weight − rate · gradient: 1 − 0.05 + 0.2 − 0.0125."""
    found = [weight for weight, _ in moved_by(SGD(0.1))]
    assert found == pytest.approx([0.95, 1.15, 1.1375], rel=1e-12)


@pytest.mark.parametrize("optimizer", ["adam", "sgd"])
def test_one_seed_one_result(optimizer):
    """Two trainings with one seed agree bit for bit; another order of images ends elsewhere."""
    runs = [trained(small(), seed=s, optimizer=optimizer)[1] for s in (4, 4, 5)]
    same(runs[0], runs[1])
    assert not np.array_equal(runs[0], runs[2])
    assert runs[0].dtype == np.float32


def test_steps_count_from_one_and_the_last_batch_is_smaller():
    """13 images by 5 are batches of 5, 5 and 3, in each epoch; one batch may hold them all."""
    steps, _ = trained(small(), epochs=2)
    assert [(s.epoch, s.batch, s.batches) for s in steps] == [
        (epoch, batch, 3) for epoch in (1, 2) for batch in (1, 2, 3)
    ]
    steps, _ = trained(small(), epochs=2, batch_size=100)
    assert [(s.epoch, s.batch, s.batches) for s in steps] == [(1, 1, 1), (2, 1, 1)]


def test_epoch_tells_the_mean_over_all_images():
    """At a rate of nearly 0, an epoch's last loss and accuracy are those of all images together."""
    network = small()
    chances = network.predict(IMAGES)
    loss = -np.log(chances[np.arange(COUNT), LABELS]).mean()
    for step in trained(network, optimizer="sgd", learning_rate=1e-30)[0][2::3]:
        assert step.loss == pytest.approx(loss, rel=1e-5)
        assert step.accuracy == pytest.approx((chances.argmax(axis=1) == LABELS).mean())


def test_rate_counts_from_the_next_step():
    """A rate set between two steps is the rate of the second one and of those after it."""
    network = small()
    steps = train(network, IMAGES, LABELS, learning_rate=0.5, optimizer="sgd")
    for rate, following in ((0.5, 0.125), (0.125, 0.25), (0.25, 1)):
        before = weights(network)
        step = next(steps)
        gradients = [g.ravel() for layer in network.layers for g in layer.gradients.values()]
        close(weights(network), before - rate * np.concatenate(gradients), rtol=1e-6)
        step.optimizer.learning_rate = following


def test_pausing_changes_nothing_and_stopping_keeps_the_weights():
    """Predictions in a pause do not disturb; after a stop the network goes on from where it is."""
    paused, stopped = small(), small()
    for _ in train(paused, IMAGES, LABELS, epochs=3, batch_size=5):
        paused.predict(IMAGES[:2])
    same(weights(paused), trained(small())[1])
    steps = train(stopped, IMAGES, LABELS, epochs=3, batch_size=5)
    start = weights(stopped)
    next(steps)
    steps.close()
    kept = weights(stopped)
    assert not np.array_equal(kept, start)
    again, _ = trained(stopped, epochs=30)
    assert again[-1].loss < again[2].loss


def test_inputs_may_be_lists_and_other_types():
    """Labels as a list or as bytes, images in any memory order: the same training."""
    expected = trained(small())[1]
    same(trained(small(), labels=LABELS.tolist())[1], expected)
    same(trained(small(), np.asfortranarray(IMAGES), LABELS.astype(np.uint8))[1], expected)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("labels", bad)
        for bad in (
            LABELS[1:],
            LABELS + 0.5,
            LABELS * 1.0,
            LABELS > 2,
            LABELS - 9,
            LABELS + CLASSES,
            LABELS[:, None],
            "0123",
            3,
            None,
            [],
        )
    ]
    + [(name, bad) for name in ("epochs", "batch_size") for bad in (0, -1, 1.5, True, "2", None)]
    + [("seed", bad) for bad in (-1, 0.5, True, "0")]
    + [
        ("learning_rate", bad)
        for bad in (0, -1e-3, np.nan, np.inf, "0.1", True, np.True_, None, [0.1], np.ones(2), 1j)
    ]
    + [("optimizer", bad) for bad in ("rmsprop", "Adam", Adam, None, ["adam"])]
    + [
        ("images", bad)
        for bad in (
            IMAGES[:, 1:],
            IMAGES[0],
            IMAGES[..., 0],
            IMAGES[:0],
            5,
            "x",
            IMAGES.transpose(0, 2, 1, 3),
        )
    ],
)
def test_bad_arguments_are_refused_at_the_call(name, value):
    """One line that names the argument, at once and not at the first step; nothing is learned."""
    network = small()
    before = weights(network)
    with pytest.raises((ValueError, TypeError), match=f"^{name} must ") as caught:
        train(network, **{"images": IMAGES, "labels": LABELS} | {name: value})
    assert "\n" not in str(caught.value)
    same(weights(network), before)
