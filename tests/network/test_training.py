"""Training: gradients of a whole network, order of steps, learning rate, digits, invalid input."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from threading import Event

import numpy as np
import pytest
from refusals import is_one_line
from strategies import frozen

from helpers._fast.threads import one_thread
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
    load_digits,
    mini_batch,
    occlusion_map,
    one_cycle,
    passing,
    random_shift,
    saliency,
    train,
)
from helpers.network.losses import cross_entropy, softmax
from helpers.network.optimizers import Adam

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


def padded():
    """Strides, padding and overlapping windows, all different for rows and columns."""
    layers = [
        Conv(7, (4, 3), stride=(1, 2), padding="same"),
        ReLU(),
        MaxPool((3, 2), stride=(2, 1)),
        Conv(6, (2, 3), stride=2, padding=((0, 2), (1, 0))),
        MeanPool(2, stride=1),
        Flatten(),
        Dense(CLASSES),
    ]
    return Network(layers, SHAPE)


def weights(network):
    """A copy of all parameters of a network, as one array."""
    every = [p for layer in network.layers for p in layer.parameters.values()]
    return np.concatenate([p.ravel() for p in every])


def trained(network, images=IMAGES, labels=LABELS, **options):
    steps = list(train(network, images, labels, **{"epochs": 3, "batch_size": 5} | options))
    return steps, weights(network)


def test_cross_entropy_gradient_equals_finite_differences():
    """The loss is the mean of −log p of the label; its gradient is that of finite differences."""
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


@pytest.mark.parametrize("make", [small, padded])
def test_gradients_of_a_whole_network_equal_finite_differences(make):
    """In float64, for every parameter of every layer."""
    rng = np.random.default_rng(1)
    network, x = make(), frozen(rng.normal(size=(*SHAPE, COUNT)))
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


@pytest.mark.parametrize("look", [
    lambda network: network.layer_outputs(IMAGES[:2]),
    lambda network: network.predict(IMAGES[:2]),
    lambda network: saliency(network, IMAGES[0], 1),
    lambda network: occlusion_map(network, IMAGES[0], 1),
    lambda network: class_activation_map(network, IMAGES[0], 1),
    lambda network: explain_cell(network, IMAGES[0], 5, 0, 0, 0),
    lambda network: explain_cell(network, IMAGES[0], 7, 0, 0, 0),
], ids=["layer outputs", "predict", "saliency", "occlusion", "class activation", "pool", "dense"])  # fmt: skip
def test_predicting_between_forward_and_backward_changes_no_gradient(look):
    """The layers' caches for `backward` survive other uses of the network."""
    found = []
    for disturbed in (False, True):
        network = small()
        gradient = cross_entropy(network.forward(network.batch(IMAGES)), LABELS)[1]
        if disturbed:
            look(network)
        network.backward(gradient)
        found.append([layer.gradients for layer in network.layers])
    np.testing.assert_equal(*found)


def test_predicting_from_another_thread_changes_no_training():
    """A page's messages may arrive on their own thread while the network learns."""
    network, done = small(), Event()

    def look():
        while not done.is_set():
            network.layer_outputs(IMAGES[:2])
            explain_cell(network, IMAGES[0], 7, 0, 0, 0)

    with ThreadPoolExecutor(1) as other:
        looking = other.submit(look)
        try:
            found = trained(network, epochs=20)[1]
        finally:
            done.set()
        looking.result()
    same(found, trained(small(), epochs=20)[1])


def test_a_network_of_strides_and_padding_learns():
    """It learns 13 images by heart."""
    steps, _ = trained(padded(), epochs=60, learning_rate=1e-2)
    assert steps[-1].accuracy == 1


@pytest.mark.parametrize("optimizer", ["adam", "sgd"])
def test_one_seed_one_result(optimizer):
    """Two trainings with one seed agree bit for bit; another order of images gives other weights."""
    runs = [trained(small(), seed=s, optimizer=optimizer)[1] for s in (4, 4, 5)]
    same(runs[0], runs[1])
    assert not np.array_equal(runs[0], runs[2])
    assert runs[0].dtype == np.float32


def test_steps_count_from_one_and_the_last_batch_is_smaller():
    """13 images with batch size 5 give batches of 5, 5 and 3 in each epoch; one batch may have all."""
    steps, _ = trained(small(), epochs=2)
    assert [(s.epoch, s.batch, s.batches) for s in steps] == [
        (epoch, batch, 3) for epoch in (1, 2) for batch in (1, 2, 3)
    ]
    steps, _ = trained(small(), epochs=2, batch_size=100)
    assert [(s.epoch, s.batch, s.batches) for s in steps] == [(1, 1, 1), (2, 1, 1)]


def test_epoch_means_are_over_all_images():
    """At a learning rate near 0, an epoch's final loss and accuracy are those of all images."""
    network = small()
    probabilities = network.predict(IMAGES)
    loss = -np.log(probabilities[np.arange(COUNT), LABELS]).mean()
    for step in trained(network, optimizer="sgd", learning_rate=1e-30)[0][2::3]:
        assert step.loss == pytest.approx(loss, rel=1e-5)
        assert step.accuracy == pytest.approx((probabilities.argmax(axis=1) == LABELS).mean())


@pytest.mark.parametrize("schedule", [None, lambda progress: 1 - progress / 2])
def test_a_learning_rate_applies_from_the_next_step(schedule):
    """A learning rate set between two steps applies to the second and all later ones, times the factor."""
    network = small()
    steps = train(network, IMAGES, LABELS, learning_rate=0.5, optimizer="sgd", schedule=schedule)
    for count, rate in enumerate((0.5, 0.125, 0.125, 0.25, 0.25)):
        before = weights(network)
        step = next(steps)
        gradients = [g.ravel() for layer in network.layers for g in layer.gradients.values()]
        factor = schedule(count / 5) if schedule else 1
        move = factor * rate * np.concatenate(gradients)
        close(weights(network), before - move, rtol=1e-5, atol=1e-7)
        if count in (0, 2):
            step.optimizer.learning_rate = {0: 0.125, 2: 0.25}[count]
    assert step.optimizer.learning_rate == 0.25


def test_schedule_is_called_before_every_step():
    """Its argument is the fraction of steps done: from 0 to less than 1 at the last step."""
    asked = []

    def schedule(progress):
        asked.append(progress)
        return 1

    steps, found = trained(small(), epochs=2, schedule=schedule)
    assert asked == [0, 1 / 6, 2 / 6, 3 / 6, 4 / 6, 5 / 6]
    same(found, trained(small(), epochs=2)[1])


@pytest.mark.parametrize("factor", [np.nan, np.inf, -0.1, "1", None, True, [1]])
def test_schedule_must_return_a_factor(factor):
    """One line names what it must return, and the weights are unchanged."""
    network = small()
    steps = train(network, IMAGES, LABELS, schedule=lambda progress: factor if progress else 1)
    next(steps)
    before = weights(network)
    with pytest.raises(ValueError, match="^schedule must return a number, 0 or more; got"):
        next(steps)
    same(weights(network), before)


def test_the_network_is_trained_on_augmented_images():
    """The returned images are used; random ones depend on the seed of the training."""
    darker = trained(small(), IMAGES / 2)[1]
    same(trained(small(), augment=lambda images, rng: images / 2)[1], darker)
    runs = [trained(small(), augment=random_shift, seed=seed)[1] for seed in (4, 4, 5)]
    same(runs[0], runs[1])
    assert not np.array_equal(runs[0], runs[2])
    assert not np.array_equal(runs[0], trained(small(), seed=4)[1])


@pytest.mark.parametrize(
    "returned", [None, IMAGES[:5, 1:], IMAGES[:4], "x", IMAGES[:5].astype(complex)]
)
def test_augment_must_return_the_batch(returned):
    """As many images, of the same shape; otherwise one line names what was returned."""
    steps = train(small(), IMAGES, LABELS, batch_size=5, augment=lambda images, rng: returned)
    with pytest.raises((ValueError, TypeError), match="^(augment|images) must ") as caught:
        next(steps)
    assert "\n" not in str(caught.value)


def test_each_step_uses_one_thread_and_restores_the_limit(monkeypatch):
    """Every layer runs on one thread; between steps there are as many threads as before."""
    depth, depths = [], []

    @contextmanager
    def watched():
        depth.append("inside")
        with one_thread():
            yield
        depth.pop()

    class Watcher(ReLU):
        def forward(self, x):
            depths.append(len(depth))
            return super().forward(x)

    monkeypatch.setattr(mini_batch, "one_thread", watched)
    monkeypatch.setattr(passing, "one_thread", watched)
    network = Network([Watcher(), Flatten(), Dense(CLASSES)], SHAPE)
    for _ in train(network, IMAGES, LABELS, epochs=2, batch_size=5):
        assert depth == []
    network.predict(IMAGES)
    network.layer_outputs(IMAGES)
    saliency(network, IMAGES[0], 1)
    assert depth == [] and depths == [1] * 9


def test_digits_are_learned():
    """After eight epochs of 600 digits most others are correct; the weights are the same each time."""
    images, labels = load_digits("test")
    runs = []
    for _ in range(2):
        network = Network(
            [Conv(6, 5), MaxPool(2), ReLU(), Conv(8, 3), MaxPool(2), ReLU(), Flatten(), Dense(10)],
            (28, 28, 1),
        )
        options = {"epochs": 8, "batch_size": 20, "learning_rate": 1e-2, "seed": 1}
        list(
            train(
                network,
                images[:600],
                labels[:600],
                **options,
                schedule=one_cycle,
                augment=random_shift,
            )
        )
        runs.append(weights(network))
    same(runs[0], runs[1])
    others = slice(1000, 2000)
    assert (network.predict(images[others]).argmax(axis=1) == labels[others]).mean() > 0.85


def test_pausing_changes_nothing_and_stopping_keeps_the_weights():
    """Predictions in a pause have no effect; after a stop, training continues from the current weights."""
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


@pytest.mark.parametrize("steps", [1, 6])
def test_no_batch_is_kept_in_memory(steps):
    """Its maps take megabytes, and are not needed in a pause or at the end."""
    network = small()
    learning = train(network, IMAGES, LABELS, epochs=2, batch_size=5)
    for _ in range(steps):
        next(learning)
    assert [layer.cache for layer in network.layers] == [None] * len(network.layers)


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
    + [
        (name, bad)
        for name in ("schedule", "augment")
        for bad in (0, 0.3, "one_cycle", [one_cycle])
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
def test_invalid_arguments_are_refused_at_the_call(name, value):
    """One line that names the argument, at the call and not at the first step; nothing is learned."""
    network = small()
    before = weights(network)
    with pytest.raises((ValueError, TypeError), match=f"^{name} must ") as caught:
        train(network, **{"images": IMAGES, "labels": LABELS} | {name: value})
    assert "\n" not in str(caught.value)
    same(weights(network), before)


@pytest.mark.parametrize("bad", [None, Network, "net.npz", 3])
def test_only_a_network_is_accepted(bad):
    """One line, at the call."""
    with pytest.raises(TypeError, match="^network must be a Network; got ") as caught:
        train(bad, IMAGES, LABELS)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("optimizer", ["adam", "sgd"])
def test_a_network_without_weights_is_refused(optimizer):
    """One line, at the call: there is nothing to learn."""
    network = Network([MaxPool(3), ReLU(), Flatten()], SHAPE)
    with pytest.raises(ValueError, match="^network must have weights .* MaxPool, ReLU, Flatten$"):
        train(network, IMAGES, LABELS, optimizer=optimizer)


def spoiled(array, value):
    """A copy of an array with one number replaced."""
    copy = np.array(array)
    copy[(0,) * copy.ndim] = value
    return copy


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize("value", [np.nan, np.inf, -np.inf])
def test_images_that_are_not_finite_are_refused_at_the_call(value):
    """One number among all images; the line says where it is, and nothing is learned."""
    network = small()
    before = weights(network)
    with pytest.raises(
        ValueError, match=r"^images must hold finite .* 1 of .* at \[0, 0, 0, 0\]"
    ) as e:
        train(network, spoiled(IMAGES, value), LABELS)
    assert is_one_line(str(e.value), 250)
    same(weights(network), before)


def test_images_too_large_for_float32_are_refused_at_the_call():
    """A float64 holds 1e300, the network's float32 does not."""
    with pytest.raises(ValueError, match=r"^images must hold numbers up to 3.4e\+38; got .*e\+300"):
        train(small(), spoiled(IMAGES.astype(float), 1e300), LABELS)


@pytest.mark.parametrize("value", [np.nan, np.inf, -np.inf])
def test_weights_that_are_not_finite_are_refused_at_the_call(value):
    """The line names the array; the network is not changed."""
    network = small()
    network.layers[3].parameters["bias"][2] = value
    name = r'^network.layers\[3\].parameters\["bias"\] must hold finite numbers; got .*\[2\]$'
    with pytest.raises(ValueError, match=name):
        train(network, IMAGES, LABELS)


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize("optimizer", ["adam", "sgd"])
@pytest.mark.parametrize("rate", [1e20, 1e30, 1e38, 1e300])
def test_a_learning_rate_too_large_stops_the_training(rate, optimizer):
    """In one line; the network keeps the last weights whose loss was finite, and can be used."""
    network, images = small(), frozen(IMAGES)
    before, kept = weights(network), []
    steps = train(network, images, LABELS, 50, 5, rate, optimizer=optimizer)
    with pytest.raises(
        FloatingPointError, match=r"^training stopped in epoch \d+, batch \d+: "
    ) as e:
        for _ in steps:
            kept.append(before)
            before = weights(network)
    assert is_one_line(str(e.value), 250) and f"lower the learning rate, {rate:g}" in str(e.value)
    at_loss, at_step = (kept or [before])[-1], before
    now = weights(network)
    assert np.array_equal(now, at_loss) or np.array_equal(now, at_step)
    assert np.isfinite(network.predict(images[:5])).all()
    assert [layer.cache for layer in network.layers] == [None] * len(network.layers)
    trained(network, learning_rate=1e-3)


def test_a_training_that_failed_fails_again():
    """It does not end as if all its steps were done; a new one works."""
    network = small()
    steps = train(network, IMAGES, LABELS, learning_rate=1e30)
    for _ in range(2):
        with pytest.raises(FloatingPointError, match="^training stopped in epoch 2, batch 1: "):
            list(steps)
    assert len(trained(network)[0]) == 9


@pytest.mark.filterwarnings("error")
def test_what_is_too_large_is_named():
    """Images or starting weights instead of the learning rate, if it is they that are large."""
    network = small()
    start = weights(network)
    with pytest.raises(
        FloatingPointError, match=r"unchanged: scale the images to 0 … 1, .* 1e\+38$"
    ):
        next(train(network, IMAGES * 0 + np.float32(1e38), LABELS))
    same(weights(network), start)
    for layer in network.layers:
        for array in layer.parameters.values():
            array[...] = 1e30
    with pytest.raises(
        FloatingPointError, match=r"start from smaller weights, the largest is 1e\+30$"
    ):
        next(train(network, IMAGES, LABELS))
    assert (weights(network) == np.float32(1e30)).all()


@pytest.mark.parametrize("value", [np.nan, np.inf])
def test_weights_set_between_two_steps(value):
    """What is wrong is said of the weights, not of the learning rate."""
    network = small()
    steps = train(network, IMAGES, LABELS)
    next(steps)
    network.layers[0].parameters["weights"][...] = value
    with pytest.raises(ValueError, match=r'^network.layers\[0\].parameters\["weights"\] must hold'):
        next(steps)


def test_images_changed_between_two_steps():
    """They are the learner's own array; the line names them, not the learning rate."""
    images = IMAGES.copy()
    steps = train(small(), images, LABELS)
    next(steps)
    images[...] = np.nan
    with pytest.raises(ValueError, match="^images must hold finite numbers; got NaN or infinity"):
        next(steps)


@pytest.mark.parametrize("value", [np.nan, np.inf])
def test_augmented_images_must_be_finite(value):
    """One line, and the weights are as they were."""
    network = small()
    steps = train(network, IMAGES, LABELS, augment=lambda images, rng: spoiled(images, value))
    before = weights(network)
    with pytest.raises(
        ValueError, match="^images from augment must hold finite numbers; got NaN or"
    ):
        next(steps)
    same(weights(network), before)


@pytest.mark.parametrize("rate", [np.nan, np.inf, 0, -1, "0.1", None])
def test_a_learning_rate_set_between_two_steps_is_checked(rate):
    """As at the call; the weights are as they were."""
    network = small()
    steps = train(network, IMAGES, LABELS)
    optimizer, before = next(steps).optimizer, weights(network)
    optimizer.learning_rate = rate
    with pytest.raises(ValueError, match="^learning_rate must be a finite number above 0; got "):
        next(steps)
    same(weights(network), before)


def test_a_training_says_that_it_wants_to_be_looped_over():
    """Called as one calls `fit` elsewhere it trains nothing, and its repr says what to do."""
    network = small()
    before = weights(network)
    training = train(network, IMAGES, LABELS)
    assert repr(training).startswith(
        "train(...) trains while you loop over it: for step in train(...)"
    )
    assert "\n" not in repr(training) and iter(training) is training
    same(weights(network), before)
    assert len(list(training)) == 5 and next(training, None) is None


@pytest.mark.parametrize("labels, hint", [
    (np.eye(CLASSES)[LABELS], r"use labels.argmax\(axis=1\)"),
    (LABELS[:, None], r"use labels\[:, 0\]"),
    (LABELS * 1.0, r"use labels.astype\(int\)"),
    (LABELS > 2, r"use labels.astype\(int\)"),
    ([f"class {label}" for label in LABELS], "number the classes from 0"),
])  # fmt: skip
def test_labels_in_another_form_are_refused_with_a_hint(labels, hint):
    """One-hot, a column, floats, bools, text."""
    with pytest.raises((ValueError, TypeError), match=f"^labels must .*: {hint}$"):
        train(small(), IMAGES, labels)
