"""TrainingExplorer: the same training without it, the views, and every way to control it."""

import asyncio
import os
import re
import signal

import numpy as np
import pytest
from explorers import driving as page
from explorers.driving import as_photo, same
from explorers.looping import in_a_kernel, until
from refusals import is_one_line
from strategies import frozen

from helpers.explorers import TrainingExplorer
from helpers.explorers.models.memo import Memo
from helpers.explorers.models.training import TrainingControls, compute
from helpers.explorers.models.training_session import POINTS, SAMPLE, TrainingSession
from helpers.explorers.widgets.runner import Runner
from helpers.network import Conv, Dense, Flatten, MaxPool, MeanPool, Network, ReLU, train
from helpers.rendering import render, render_weights

RNG = np.random.default_rng(3)


def blobs(count):
    """Images of ten classes that are easy to distinguish: a bright square, placed by class."""
    labels = RNG.integers(0, 10, count)
    images = RNG.random((count, 28, 28), np.float32) / 4
    for image, label in zip(images, labels, strict=True):
        top, left = 2 + 12 * (label // 5), 1 + 5 * (label % 5)
        image[top : top + 6, left : left + 5] += 0.7
    return frozen(images), frozen(labels)


TRAINING, TEST = blobs(192), blobs(60)
STEPS = 6  # 192 of 32 each


def explorer(training=TRAINING, test=TEST, **options):
    settings = {"epochs": 1, "batch_size": 32, "learning_rate": 0.01, "filters": (3, 5)}
    return TrainingExplorer(training, test, **{**settings, **options})


def plain(filters=(3, 5), seed=0):
    layers = [Conv(filters[0], 3), ReLU(), MaxPool(2), Conv(filters[1], 3), ReLU(), MaxPool(2)]
    return Network([*layers, Flatten(), Dense(10)], (28, 28, 1), seed)


def weights(network):
    return [array for layer in network.layers for array in layer.parameters.values()]


def equal(one, other):
    return all(np.array_equal(a, b) for a, b in zip(weights(one), weights(other), strict=True))


@pytest.mark.parametrize("seed", [0, 5])
def test_the_training_is_that_of_the_library(seed):
    """Step by step, the weights are those of a loop over `train`."""
    ours, network = explorer(seed=seed), plain(seed=seed)
    assert equal(ours.network, network)
    for step in train(network, *TRAINING, epochs=1, batch_size=32, learning_rate=0.01, seed=seed):
        ours.runner.run(1)
        assert ours.step.batch == step.batch and ours.step.loss == step.loss
        assert equal(ours.network, network)


def test_the_curves():
    """Means of the last mini-batches; the test set is predicted again at each point."""
    ours, network = explorer(), plain()
    ours.runner.run(4)
    losses, rights, tested, given = [], [], [], []
    for step in train(network, *TRAINING, epochs=1, batch_size=32, learning_rate=0.01):
        losses.append(step.batch_loss)
        rights.append(step.batch_accuracy)
        tested.append(np.mean(network.predict(TEST[0]).argmax(axis=1) == TEST[1]))
        given.append([shares[label] for shares, label in zip(network.predict(TEST[0]), TEST[1])])
    for name, values in (("loss", losses), ("accuracy", rights)):
        steps, found = zip(*ours.history[name]["training"], strict=True)
        assert steps == (1, 2, 3, 4)
        np.testing.assert_allclose(found, [np.mean(values[: n + 1]) for n in range(4)])
    for name, values in (("loss", -np.log(given).mean(axis=1)), ("accuracy", tested)):
        found = [value for _, value in ours.history[name]["test"]]
        np.testing.assert_allclose(found, values[:4], rtol=1e-5)
    for chart in (ours.loss, ours.accuracy):
        assert "up to step 4" in chart.alt


def test_the_pictures():
    """Filters, maps and probabilities are those of the network, for the chosen image."""
    ours = explorer()
    page.move(ours.second, value=True)
    ours.runner.run(3)
    ours.number.number = 7
    image, label = TEST[0][7], TEST[1][7]
    same(ours.image.picture, as_photo(image))
    assert ours.image.title == f"label: {label}"
    shares = ours.network.predict(image[None])[0]
    text = ", ".join(f"{k} {share:.1%}" for k, share in enumerate(shares))
    assert ours.bars.alt == f"probabilities: {text}"
    outputs = ours.network.layer_outputs(image[None])
    sheets = ours.filter_sheets
    for tiles, stack, view in (
        (sheets.maps, outputs[1][..., 0], "ReLU"),
        (sheets.second_maps, outputs[4][..., 0], "ReLU"),
        (sheets.second, weights(ours.network)[2].reshape(3, 3, 15), "signed"),
    ):
        same(tiles.maps, stack)
        drawn = render(stack.reshape(1, -1), view).pixels[0]
        same(tiles.tiles, np.moveaxis(drawn.reshape(*stack.shape, *drawn.shape[1:]), 2, 0))


def test_a_filter_is_its_start_and_its_change():
    """Both on the scale of weights, the change on one of its own, with its end in the title."""
    ours = explorer()
    sheets = ours.filter_sheets
    start = weights(ours.network)[0][:, :, 0].copy()
    white = render_weights([[0]]).pixels[0, 0]
    same(sheets.change.tiles, np.broadcast_to(white, sheets.change.tiles.shape))
    assert sheets.change.title == "+ change: none yet"
    for steps in (1, 2, 3):
        ours.runner.run(steps)
        now = weights(ours.network)[0][:, :, 0]
        change = now - start
        largest = np.abs(change).max()
        drawn = [*render_weights(np.stack([start, now]).reshape(1, -1)).pixels.reshape(2, 27, 3)]
        drawn.append(render(change.reshape(1, -1)).pixels.reshape(27, 3))
        for tiles, stack, view in zip(
            (sheets.start, sheets.first, sheets.change), (start, now, change), drawn, strict=True
        ):
            same(tiles.maps, stack)
            same(tiles.tiles, np.moveaxis(view.reshape(3, 3, 3, 3), 2, 0))
        assert sheets.change.title == f"+ change, own scale: ±{largest:.2g}" in sheets.change.alt
        ends = render([[-1, 1]]).pixels[0]  # one weight, at least, has the color of an end
        assert any((end == tile).all(axis=-1).any() for end in ends for tile in sheets.change.tiles)


@pytest.mark.parametrize("filters, channels", [(1, 1), (5, 1), (8, 1), (12, 1), (9, 2), (9, 3)])
def test_filters_and_maps_have_the_same_columns(filters, channels):
    """Filter k is in the column of its map k: as many tiles across, in the same width."""
    images = RNG.random((20, 12, 13, channels), np.float32)
    data = images, np.arange(20) % 4
    ours = explorer(data, data, filters=(filters, 4)).filter_sheets
    for tiles in (ours.start, ours.change, ours.first, ours.maps):
        assert (tiles.across, tiles.width) == (ours.maps.across, ours.maps.width)
    slices = 2 if channels == 2 else 1  # three channels are one tile in color
    assert (ours.maps.count, ours.first.count) == (filters, slices * filters)


def test_digits_with_a_channel_axis():
    """As in Keras: the same training, the same pictures."""
    flat, deep = (
        explorer(),
        explorer(*((images[..., None], kinds) for images, kinds in (TRAINING, TEST))),
    )
    for ours in (flat, deep):
        ours.runner.run(50)
        assert ours.problem == "" and ours.results.matrix is not None
    same(deep.image.picture, flat.image.picture)
    same(deep.results.mistakes.picture, flat.results.mistakes.picture)
    assert equal(deep.network, flat.network)


def test_digits_are_loaded_once():
    """Every explorer may be kept alive, so all share the digits."""
    one, other = TrainingExplorer(), TrainingExplorer()
    for name, count in (("training", 60_000), ("test", 10_000)):
        images, labels = getattr(one, name)
        assert images.shape == (count, 28, 28)
        assert np.shares_memory(images, getattr(other, name)[0])
        assert np.shares_memory(labels, getattr(other, name)[1])
    other.runner.run(1)
    assert other.problem == "" and other.step.batches == 938


def test_training_to_the_end_and_starting_again():
    """Every test digit is evaluated, once; starting again changes nothing."""
    ours = explorer(epochs=2)
    assert ours.results.matrix is None
    ours.runner.run(2 * STEPS)
    assert ours.results.matrix is None
    ours.runner.run(50)
    predicted = ours.network.predict(TEST[0]).argmax(axis=1)
    expected = [[0] * 10 for _ in range(10)]
    for label, guess in zip(TEST[1].tolist(), predicted.tolist(), strict=True):
        expected[label][guess] += 1
    same(ours.results.matrix, expected)
    before, network = page.seen(ours), [array.copy() for array in weights(ours.network)]
    ours.runner.run(3)
    assert page.seen(ours) == before and ours.problem == "" and not ours.runner.running
    for old, new in zip(network, weights(ours.network), strict=True):
        same(old, new)


def test_learning_works():
    """After a few epochs most test images are classified correctly."""
    ours = explorer(epochs=6)
    ours.runner.run(100)
    assert np.trace(ours.results.matrix) > 0.9 * len(TEST[1])
    loss = [value for _, value in ours.history["loss"]["training"]]
    assert loss[-1] < loss[0] / 2


@pytest.mark.parametrize("before", [0, 2])
def test_the_learning_rate_applies_from_the_next_step(before):
    """Also before the first step."""
    ours, network = explorer(), plain()
    ours.runner.run(before)
    page.type_into(ours.rate, "0.05")
    ours.runner.run(STEPS - before)
    steps = train(
        network, *TRAINING, epochs=1, batch_size=32, learning_rate=0.01 if before else 0.05
    )
    for number, step in enumerate(steps, start=1):
        if number == before:
            step.optimizer.learning_rate = 0.05
    assert equal(ours.network, network)


def test_restart_applies_the_new_settings():
    """Until then they change nothing; then nothing of the old training is left."""
    ours = explorer()
    page.move(ours.second, value=True)
    ours.runner.run(50)
    assert ours.results.matrix is not None
    ours.filters[0].number, ours.filters[1].number, ours.batch_size.number = 4, 2, 64
    assert ours.network.shapes[1][2] == 3 and ours.step.batches == STEPS
    ours.restart_button.click()
    assert equal(ours.network, plain((4, 2))) and ours.results.matrix is None
    none = {"training": [], "test": []}
    assert ours.step is None and ours.history == {"loss": none, "accuracy": none}
    assert "not trained yet" in page.text_of(ours.progress)
    sheets = ours.filter_sheets
    shown = sheets.start, sheets.change, sheets.first, sheets.maps, sheets.second_maps
    assert [tiles.count for tiles in (*shown, sheets.second)] == [4, 4, 4, 4, 2, 8]
    ours.runner.run(1)
    assert ours.step.batches == 3 and ours.problem == ""


def test_the_progress_bar():
    """It has its maximum, its value, and the time left; before the first step there is none."""
    ours = explorer(epochs=2)
    assert ours.progress.share == {}
    ours.runner.run(STEPS + 2)
    assert ours.progress.share == {"value": 8, "max": 12}
    line = page.text_of(ours.progress)
    assert re.search(r"epoch 2 of 2, batch 2 of 6, \d+ s left", line)
    session = ours.session
    assert session.seconds_left == pytest.approx(session.seconds / 8 * 4)


def test_the_time_left_excludes_pauses():
    """At most half a second counts from one step to the next."""
    ours = explorer()
    ours.runner.run(1)
    ours.session._ended -= 3600
    ours.runner.run(1)
    assert 0 < ours.session.seconds < 60


def test_curves_are_thinned():
    """About a hundred points, including the first step and the last."""
    small = TRAINING[0][:, :10, :10], TRAINING[1]
    session = TrainingSession(small, small, 10, (1, 1), 2, 1, 0.01, 0)
    while session.learn(0.01):
        pass
    for curve in (*session.history["loss"].values(), *session.history["accuracy"].values()):
        steps = [step for step, _ in curve]
        assert steps[0] == 1 and steps[-1] == 384 and len(steps) <= POINTS + 2
        assert {*range(4, 385, 4)} | {1, 2} == {*steps}


def test_curves_are_denser_at_first():
    """Most is learned there: after each doubling of the number of steps, there is a point."""
    small = tuple(np.concatenate([part] * 11) for part in TRAINING)
    session = TrainingSession(small, TEST, 10, (1, 1), 2, 1, 0.01, 0)  # 4,224 steps: one in 43
    for _ in range(90):
        session.learn(0.01)
    assert [step for step, _ in session.history["loss"]["test"]] == [1, 2, 4, 8, 16, 32, 43, 64, 86]


def test_a_sample_of_a_larger_test_set():
    """The curves use images from all over it; at the end all are evaluated, in batches."""
    many = tuple(np.concatenate([part] * 20) for part in TEST)
    ours = TrainingExplorer(TRAINING, many, 1, 64, 0.01, (2, 2))
    ours.runner.run(3)
    assert SAMPLE == 500 and "600 of 1,200" in page.text_of(ours.effects.tested)
    sample = ours.network.predict(many[0][::2]).argmax(axis=1) == many[1][::2]
    assert ours.history["accuracy"]["test"][-1] == (3, pytest.approx(sample.mean()))
    ours.runner.run(2)
    assert ours.results.matrix is None
    ours.runner.run(1)
    assert ours.results.matrix.sum() == 1200


def test_in_the_background():
    """Controls work while it trains; it stops at the end by itself."""

    async def scene():
        ours = explorer(epochs=60)
        ours.runner.start()
        await until(lambda: ours.step is not None)
        ours.number.number = 3
        ours.rate.number = 0.02
        assert ours.image.title == f"label: {TEST[1][3]}"
        await until(lambda: not ours.runner.running)
        assert ours.step.optimizer.learning_rate == 0.02
        assert ours.results.matrix.sum() == 60 and ours.problem == ""
        assert ours.step.epoch == 60 and ours.history["loss"]["test"][-1][0] == 60 * STEPS

    in_a_kernel(scene)


def test_a_closed_explorer_stops_training():
    """Otherwise nobody could stop it."""

    async def scene():
        ours = explorer(epochs=100)
        ours.runner.start()
        await until(lambda: ours.step is not None)
        ours.close()
        assert not ours.runner.running
        await asyncio.sleep(0.1)
        count = ours.session.count
        await asyncio.sleep(0.1)
        assert ours.session.count == count and Runner._current is None

    in_a_kernel(scene)


def test_restart_while_it_trains():
    """It stops and starts untrained."""

    async def scene():
        ours = explorer(epochs=100)
        ours.runner.start()
        await until(lambda: ours.step is not None)
        ours.restart()
        await asyncio.sleep(0.1)
        assert not ours.runner.running and ours.step is None and equal(ours.network, plain())

    in_a_kernel(scene)


def test_an_interrupt_leaves_no_step_incomplete():
    """The training can go on to the same result as without it."""

    async def scene():
        ours, network = explorer(), plain()
        step = ours.session.learn

        def struck(rate):
            if ours.session.count == 2:
                os.kill(os.getpid(), signal.SIGINT)
            return step(rate)

        ours.session.learn = struck
        ours.runner.start()
        await until(lambda: not ours.runner.running)
        assert ours.session.count == 3 and "interrupt" in ours.problem
        ours.session.learn = step
        ours.runner.run(STEPS)
        for _ in train(network, *TRAINING, epochs=1, batch_size=32, learning_rate=0.01):
            pass
        assert equal(ours.network, network) and ours.problem == ""

    in_a_kernel(scene)


def test_training_that_was_stopped_in_a_step():
    """One line says to restart; nothing is evaluated; a restart works."""
    ours = explorer()
    ours.runner.run(2)
    ours.session._steps.close()
    ours.runner.run(1)
    assert "restart" in ours.problem and is_one_line(ours.problem)
    assert ours.results.matrix is None
    ours.restart()
    assert ours.problem == ""
    ours.runner.run(50)
    assert ours.results.matrix is not None


@pytest.mark.parametrize("value, line", [
    (np.nan, 'network.layers[0].parameters["weights"] must hold finite numbers'),
    (3e38, "learning rate 0.01 is too large"),
])  # fmt: skip
def test_weights_that_diverge(value, line):
    """One line says what to do; the last valid picture stays; a restart works."""
    ours = explorer()
    ours.runner.run(2)
    before = page.seen(ours)
    weights(ours.network)[0][:] = value
    ours.number.number = 5
    assert line in ours.problem and is_one_line(ours.problem)
    assert page.seen(ours) == before
    ours.restart()
    assert ours.problem == "" and ours.image.title == f"label: {TEST[1][5]}"


def test_a_training_that_diverges_leaves_its_curves_and_its_network_finite():
    """A learning rate beyond the control's: one line says why it stopped, also when it is continued."""
    session = TrainingSession(TRAINING, TEST, 10, (3, 5), 1, 32, 1e30, seed=0)
    start = session.network.predict(TEST[0])
    with pytest.raises(FloatingPointError, match="^outputs must be finite numbers"):
        session.learn(1e30)  # the test set is predicted after the first step
    for _ in range(2):
        with pytest.raises(FloatingPointError, match="^training stopped in epoch 1, batch 2: .*1e"):
            session.learn(1e30)
    for curves in session.history.values():
        assert np.isfinite([value for curve in curves.values() for _, value in curve]).all()
    np.testing.assert_array_equal(session.network.predict(TEST[0]), start)


def test_the_largest_learning_rate():
    """It learns nothing and causes no error."""
    ours = explorer(learning_rate=0.1, epochs=3)
    ours.runner.run(50)
    assert ours.problem == "" and ours.results.matrix.sum() == 60


@pytest.mark.parametrize("text", ["", "abc", "0", "-1", "1000", "1.5"])
def test_invalid_text_in_the_controls(text):
    """One line; the setting stays."""
    ours = explorer()
    for control in (ours.batch_size, *ours.filters, ours.rate):
        before = control.number
        page.type_into(control, text)
        assert is_one_line(ours.problem) and control.number == before
        page.type_into(control, str(before))
        assert ours.problem == ""


@pytest.mark.parametrize("options, name", [
    ({"training": 3}, "training"), ({"training": TRAINING[0]}, "training"),
    ({"training": (TRAINING[0], TRAINING[1][:5])}, "training"),
    ({"training": (TRAINING[0], TRAINING[1] - 1)}, r"training\[1\], the labels"),
    ({"training": (TRAINING[0], TRAINING[1] + 5000)}, r"training\[1\], the labels"),
    ({"training": (np.uint8(TRAINING[0] * 255), TRAINING[1])}, r"training\[0\], .* divide by 255"),
    ({"test": (np.repeat(TEST[0][..., None], 3, axis=3), TEST[1])}, "test must hold images of the same"),
    ({"test": (TEST[0], TEST[1] - 5)}, r"test\[1\], the labels"),
    ({"test": (TEST[0], TEST[1] * 1.0)}, r"test\[1\], the labels"),
    ({"training": (TRAINING[0][:, :3], TRAINING[1]), "test": (TEST[0][:, :3], TEST[1])}, "layers.2., MaxPool"),
    ({"test": (TEST[0][:, 1:], TEST[1])}, r"test must hold .*, \(28, 28\); got \(27, 28\)"),
    ({"test": ()}, "test"),
    ({"epochs": 0}, "epochs"), ({"epochs": "3"}, "epochs"), ({"seed": -1}, "seed"),
    ({"filters": (3,)}, "filters"), ({"filters": 0}, "filters"), ({"filters": "ab"}, "filters"),
    ({"filters": (8, 65)}, r"^filters\[1\] must be a whole number from 1 to 64; got 65"),
    ({"learning_rate": 1000}, "^learning_rate must be a number from 0.0001 to 0.1; got 1000"),
    ({"learning_rate": "a"}, "^learning_rate must be a number; got 'a'$"),
    ({"controls": ["seed"]}, "^controls must list names out of test_image, .*; got 'seed'"),
    ({"batch_size": 0}, "^batch_size must be a whole number from 1 to 512; got 0"),
])  # fmt: skip
def test_invalid_arguments(options, name):
    """One line that names the parameter."""
    with pytest.raises((ValueError, TypeError), match=name) as caught:
        TrainingExplorer(**{"training": TRAINING, "test": TEST, **options})
    assert is_one_line(str(caught.value))


def test_alternative_texts():
    """Every view has a text; the still is a picture of it all."""
    ours = explorer()
    ours.runner.run(50)
    assert all(view.alt for view in page.image_views(ours) if not view.hidden)
    bundle, metadata = ours._repr_mimebundle_()
    assert bundle["image/png"]
    assert metadata["image/png"]["alt"] == ours.alt_text()
    assert re.fullmatch(r"TrainingExplorer: [\d,]+ parameters, 6 steps", ours.describe())


OTHERS = {  # shape of an image, number of classes
    "flat gray": ((17, 30), 3),
    "tall gray": ((31, 12), 14),
    "color": ((16, 13, 3), 4),
    "two channels": ((12, 15, 2), 2),
    "many classes": ((12, 12), 130),
}


@pytest.mark.parametrize("shape, classes", OTHERS.values(), ids=OTHERS)
def test_images_of_any_shape_and_any_number_of_classes(shape, classes):
    """Trained as by a loop over `train`, shown to the end, with every control changed."""
    rng = np.random.default_rng(7)
    labels = np.arange(150) % classes
    data = rng.random((150, *shape), np.float32), labels
    ours = explorer(data, data, filters=(9, 3))
    page.move(ours.second, value=True)
    ours.runner.run(50)
    layers = [Conv(9, 3), ReLU(), MaxPool(2), Conv(3, 3), ReLU(), MaxPool(2), Flatten()]
    network = Network([*layers, Dense(classes)], (*shape[:2], *(shape[2:] or (1,))), 0)
    for _ in train(network, *data, epochs=1, batch_size=32, learning_rate=0.01):
        pass
    assert equal(ours.network, network) and ours.problem == ""
    assert ours.results.matrix.shape == (classes, classes) and ours.results.matrix.sum() == 150
    assert ours.image.picture.shape[:2] == shape[:2] and len(ours.bars.names) == classes
    sheets = ours.filter_sheets
    assert sheets.first.maps.shape[:2] == sheets.second.maps.shape[:2] == (3, 3)
    assert sheets.maps.maps.shape == (shape[0] - 2, shape[1] - 2, 9)
    ours.restart()
    assert ours.problem == "" and ours.results.matrix is None


def test_other_layers():
    """A restart begins with the same weights; the filters have no controls; the list stays new."""
    layers = [Conv(3, 5), MeanPool(2), Conv(2, 2), ReLU(), Conv(4, 1), Flatten(), Dense(10)]
    ours = explorer(layers=layers)
    assert not {*ours.filters} & {*ours.elements} and ours.second in ours.elements
    ours.runner.run(50)
    assert ours.filter_sheets.first.maps.shape[:2] == (5, 5) and ours.problem == ""
    outputs = ours.network.layer_outputs(TEST[0][:1])
    first, second = (stack.maps for stack in ours.computed.maps)
    same(first, outputs[0][..., 0])  # no ReLU follows
    same(second, outputs[3][..., 0])
    ours.restart()
    start = Network(layers, (28, 28, 1))
    assert equal(ours.network, start)


@pytest.mark.parametrize("layers, shown", [
    (lambda: [Conv(4, 3), ReLU(), Flatten(), Dense(10)], [True] * 4 + [False]),
    (lambda: [Flatten(), Dense(12), ReLU(), Dense(10)], [False] * 5),
])  # fmt: skip
def test_fewer_convolutions(layers, shown):
    """What there is is shown, also in the still picture."""
    ours = explorer(layers=layers())
    ours.runner.run(50)
    assert [not tiles.hidden for tiles in ours.filter_sheets.shown] == shown
    assert ours.second not in ours.elements and ours.problem == "" and ours.still()
    assert ours.results.matrix.sum() == 60


@pytest.mark.parametrize("layers, line", [
    ([Flatten(), Dense(9)], "^layers must end with 10 scores, one for each class; got 9"),
    ([Conv(2, 3)], "^layers must end with scores, as Dense returns them"),
    ([Conv(2, 3), Dense(10)], r"^layers\[1\], Dense, does not fit"), (3, "^layers must be a list"),
])  # fmt: skip
def test_layers_that_cannot_be_trained(layers, line):
    with pytest.raises((ValueError, TypeError), match=line):
        explorer(layers=layers)


def test_the_first_filters_of_color_images_are_in_color():
    """Their three channels are red, green and blue; mid-gray is 0."""
    images = np.random.default_rng(8).random((40, 12, 14, 3), np.float32)
    data = images, np.arange(40) % 4
    ours = explorer(data, data)
    filters = weights(ours.network)[0]
    drawn = render_weights(filters.transpose(0, 1, 3, 2).reshape(1, -1, 3)).pixels[0]
    same(ours.filter_sheets.first.tiles, drawn.reshape(3, 3, 3, 3).transpose(2, 0, 1, 3))
    same(ours.image.picture, as_photo(images[0]))


def test_the_second_filters_are_shown_on_request(messages):
    """Until then they are not sent."""
    ours = explorer()
    second = ours.filter_sheets.second
    assert second.hidden
    ours.runner.run(1)
    assert not any(ours.name_of(second) in content["changes"] for _, content, _ in messages[-1:])
    page.send(ours, ours.second, value=True)
    assert not second.hidden and "pixels" in messages[-1][1]["changes"][ours.name_of(second)]


def test_an_update_is_one_message(messages):
    """A step, another image, the end, a restart; what did not change is not sent."""
    ours = explorer()
    maps, image, progress = (
        ours.name_of(part) for part in (ours.filter_sheets.maps, ours.image, ours.progress)
    )
    for act in (
        lambda: page.send(ours, ours.runner.step, press=True),
        lambda: ours.runner.run(1),
        lambda: ours.runner.run(50),
        lambda: page.send(ours, ours.restart_button, press=True),
    ):
        messages.clear()
        calls = page.counted(ours)
        act()
        ((_, content, _),) = messages
        assert len(calls) == 1 and {"pixels"} <= content["changes"][maps].keys()
        assert progress in content["changes"] and image not in content["changes"]
    messages.clear()
    page.send(ours, ours.number, index=0, number=4)
    ((_, content, _),) = messages
    assert "pixels" in content["changes"][image] and progress not in content["changes"]


def test_a_picture_of_the_running_training_is_one_message(messages):
    """The step that evaluates the test set sends none."""

    async def scene():
        ours = explorer(epochs=40)
        maps, toggle = ours.name_of(ours.filter_sheets.maps), ours.name_of(ours.runner.toggle)
        messages.clear()
        ours.runner.start()
        await until(lambda: not ours.runner.running)
        (_, first, _), *pictures, (_, last, _) = messages
        assert first["changes"][toggle]["label"] == "pause"
        for _, content, _ in pictures:
            assert "pixels" in content["changes"][maps]
        assert last["changes"][toggle]["label"] == "start"
        assert ours.name_of(ours.results.line) in last["changes"]

    in_a_kernel(scene)


def test_compute_without_a_page():
    """A view follows from the controls and the state of the training."""
    session = TrainingSession(TRAINING, TEST, 10, (3, 5), 1, 32, 0.01, 0)
    controls = TrainingControls(session, 2, 0.01, True)
    view = compute(controls, Memo())
    assert view.evaluation is None and view.share == {} and view.label == TEST[1][2]
    while session.learn(0.01) or session.predict_more():
        pass
    view = compute(controls, Memo())
    assert view.evaluation.matrix.sum() == 60 and view.share == {"value": STEPS, "max": STEPS}
    np.testing.assert_allclose(view.probabilities, session.probabilities[2], atol=1e-6)
    assert len(view.formation) == 3 and view.second.across == 5
