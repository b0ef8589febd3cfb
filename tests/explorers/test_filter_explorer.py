"""FilterExplorer: what is computed again, what is still right, the filters on the page, the errors."""

import numpy as np
import pytest
from explorers import driving as page
from refusals import refusal

from helpers.explorers import FilterExplorer
from helpers.explorers.models.filter_trial import Trial
from helpers.explorers.models.filters import PICTURES, filter_pictures
from helpers.network import (
    Conv,
    Dense,
    Flatten,
    MaxPool,
    MeanPool,
    Network,
    ReLU,
    load_digits,
    without_filters,
)
from helpers.network.filters import convolutions, with_parameters
from helpers.picture_files import FOLDER
from helpers.rendering import render_weights

same, close = np.testing.assert_array_equal, np.testing.assert_allclose
BUILD = {  # layers of all kinds, and the shape of an image
    "the course's": ([lambda: Conv(4, 3), ReLU, lambda: MaxPool(2), lambda: Conv(5, 3), ReLU,
                      lambda: MaxPool(2), Flatten, lambda: Dense(3)], (14, 13, 1)),
    "color, dense layers": ([lambda: Conv(3, (2, 3), padding=1, stride=2), lambda: MeanPool(2),
                             Flatten, lambda: Dense(6), ReLU, lambda: Dense(3)], (9, 11, 3)),
    "pooling first": ([lambda: MaxPool(2), lambda: Conv(3, 2), lambda: Conv(2, 2), ReLU, Flatten,
                       lambda: Dense(3)], (12, 10, 2)),
}  # fmt: skip
kinds = pytest.mark.parametrize("kind", BUILD)


def made(kind, count=230, seed=0):
    """A network, and images for three batches."""
    layers, shape = BUILD[kind]
    images = np.random.default_rng(seed).random((count, *shape), np.float32)
    return Network([make() for make in layers], shape, seed=seed), images


@pytest.fixture(scope="module")
def trained():
    return Network.load(FOLDER / "digits" / "network.npz")


@pytest.fixture(scope="module")
def digits():
    return [part[:1000] for part in load_digits("test")]


@kinds
def test_only_what_changed_is_computed_and_all_is_right(kind):
    """Filters off, other weights, several convolutions, back again: the library's probabilities."""
    network, images = made(kind)
    trial, rng = Trial(network, images), np.random.default_rng(4)
    for _ in range(12):
        changed = {}
        for number in convolutions(network):
            parameters = network.layers[number].parameters
            on = rng.random(len(parameters["bias"])) < 0.7
            moved = rng.normal(size=parameters["weights"].shape) * (rng.random() < 0.3)
            changed[number] = {
                "weights": (parameters["weights"] + moved.astype(np.float32)) * on,
                "bias": parameters["bias"] * on,
            }
        variant = with_parameters(network, changed)
        close(trial.probabilities(variant), variant.predict(images), atol=1e-6)
    close(trial.probabilities(network), network.predict(images), atol=1e-6)


def test_maps_of_other_filters_are_not_computed_again(monkeypatch):
    """One filter of the second convolution: nothing before it, and one map of it, in each batch."""
    network, images = made("the course's")
    trial, computed, forward = Trial(network, images), [], Conv.forward
    trial.probabilities(network)
    monkeypatch.setattr(
        Conv, "forward", lambda layer, x: computed.append(layer.filters) or forward(layer, x)
    )
    trial.probabilities(network)
    assert computed == []
    trial.probabilities(without_filters(network, 3, 2))
    assert computed == [1, 1, 1]
    computed.clear()
    trial.probabilities(without_filters(network, 0, [0, 1]))
    assert computed == [2, 2, 2, 5, 5, 5]


@kinds
def test_after_an_overflow_all_is_computed_again(kind):
    """Whichever layer fails, what is remembered stays true."""
    network, images = made(kind)
    trial = Trial(network, images)
    for number in convolutions(network):
        huge = without_filters(network, min(convolutions(network)), 0)
        weights = huge.layers[number].parameters["weights"]
        weights[:] = 3e38
        weights[..., 0] = -3e38  # ReLU would turn an overflow below 0 into 0
        with pytest.raises(FloatingPointError):
            trial.probabilities(huge)
        close(trial.probabilities(network), network.predict(images), atol=1e-6)


def test_before_and_after(trained, digits):
    """Accuracy, recall of each class, and every digit that was right and is wrong now."""
    explorer, (images, labels) = FilterExplorer(trained), digits
    tiles = explorer.bank.tiles
    for off in ([5], [0, 3], [1, 2, 4, 6], [*range(8)], []):
        tiles.value = [k not in off for k in range(8)]
        changed = without_filters(trained, 0, off)
        first, now = (net.predict(images).argmax(axis=1) for net in (trained, changed))
        recalls = [
            np.array([(each == labels)[labels == k].mean() for k in range(10)])
            for each in (first, now)
        ]
        close(explorer.after.recall, recalls[1])
        lost = np.flatnonzero((first == labels) & (now != labels))
        same(np.sort(explorer.computed.lost), lost)
        right = [int((each == labels).sum()) for each in (first, now)]
        counts = " → ".join(map(str, dict.fromkeys(right)))  # one number if they are equal
        assert explorer.accuracy.value.startswith(f"Right: {counts} of 1,000 (")
        shown = explorer.computed.lost[:PICTURES]
        assert explorer.lost.hidden == (len(shown) == 0)
        if len(shown):
            assert explorer.lost.captions == [f"{labels[n]} → {now[n]}" for n in shown]
            for tile, n in zip(explorer.lost.tiles, shown, strict=True):
                close(tile / 255, images[n], atol=0.003)
            worst = (recalls[0] - recalls[1]).argmax()
            fell = " → ".join(f"{each[worst]:.0%}" for each in recalls)
            line, gained = explorer.lost_line.value, ((first != labels) & (now == labels)).sum()
            assert line.startswith(f"{len(lost)} newly wrong, {gained} newly right.")
            assert f"Class {worst} lost most: {fell}," in line


def test_the_network_as_it_is_now(trained, digits):
    """A copy that predicts what is shown; the network that was given never changes."""
    explorer = FilterExplorer(trained, *digits)
    before = trained.predict(digits[0])
    explorer.bank.tiles.value = [k != 5 for k in range(8)]
    explorer.bank.grid.kernel = np.eye(3)
    explorer.layer.value = 3
    explorer.bank.tiles.value = [k != 2 for k in range(16)]
    mine = explorer.network
    close(mine.predict(digits[0]), explorer.after.probabilities, atol=1e-6)
    same(mine.layers[0].parameters["weights"][:, :, 0, 0], np.eye(3))
    assert not mine.layers[0].parameters["weights"][..., 5].any()
    assert not mine.layers[3].parameters["weights"][..., 2].any()
    mine.layers[0].parameters["weights"][:] = 0
    close(explorer.network.predict(digits[0]), explorer.after.probabilities, atol=1e-6)
    same(trained.predict(digits[0]), before)
    same(explorer.before.probabilities.argmax(axis=1), before.argmax(axis=1))


def test_buttons_are_about_the_chosen_convolution(trained):
    explorer = FilterExplorer(trained)
    first = explorer.bank.tiles
    explorer.layer.value = 3
    second = explorer.bank.tiles
    explorer.all_off.click()
    assert not any(second.value) and all(first.value)
    second.chosen = 7
    assert explorer.only_this_one.label == "only filter 7"
    explorer.only_this_one.click()
    assert np.flatnonzero(second.value).tolist() == [7]
    explorer.all_on.click()
    assert all(second.value)
    same(explorer.after.predicted, explorer.before.predicted)
    assert explorer.lost_line.value == "All that were right are still right."


def test_the_numbers_are_a_slice_of_the_chosen_filter(trained):
    """Each filter and each slice keeps the weights that it was given; the button restores them."""
    explorer = FilterExplorer(trained, layer=3)
    weights, bank = trained.layers[3].parameters["weights"], explorer.bank
    for chosen, input_map in ((0, 5), (9, 5), (9, 0)):
        page.move(bank.tiles, chosen=chosen)
        bank.input_map.number = input_map
        same(bank.grid.kernel, weights[:, :, input_map, chosen])
        bank.grid.kernel = np.full((3, 3), chosen + input_map / 8)
    bank.input_map.number = 5
    same(bank.grid.kernel, np.full((3, 3), 9 + 5 / 8))
    page.move(bank.tiles, chosen=0)
    same(bank.grid.kernel, np.full((3, 3), 5 / 8))
    bank.input_map.number = 1
    explorer.restore.click()
    now = explorer.network.layers[3].parameters["weights"]
    same(now[..., 0], weights[..., 0])
    assert (now[:, :, 5, 9] == 9 + 5 / 8).all()


def test_a_filter_that_is_off_can_be_changed(trained):
    """Its weights are shown and take effect once it is on."""
    explorer = FilterExplorer(trained)
    tiles, grid = explorer.bank.tiles, explorer.bank.grid
    tiles.value = [k != 0 for k in range(8)]
    off = explorer.after.probabilities
    grid.kernel = np.ones((3, 3))
    same(explorer.after.probabilities, off)
    tiles.value = [True] * 8
    same(explorer.network.layers[0].parameters["weights"][:, :, 0, 0], np.ones((3, 3)))


def test_the_page_switches_and_chooses(trained):
    """In one message each; anything else that a page sends changes nothing."""
    explorer = FilterExplorer(trained)
    tiles = explorer.bank.tiles
    page.send(explorer, tiles, value=[k != 5 for k in range(8)])
    assert explorer.after.right.sum() == 941
    page.send(explorer, tiles, chosen=5)
    assert explorer.bank.grid.label.startswith("filter 5, bias ")
    for junk in ([True], ["off"] * 8, "off", None):
        page.send(explorer, tiles, value=junk)
    for junk in (8, -1, "1", 1.5):
        page.send(explorer, tiles, chosen=junk)
    assert explorer.after.right.sum() == 941 and tiles.chosen == 5
    page.type_into(explorer.bank.grid, "1/0")
    assert explorer.problem and explorer.after.right.sum() == 941


def test_tiles_show_the_weights_and_whether_they_are_on(trained):
    """In the colors of weights, on one scale for all filters; pale ones are off."""
    explorer = FilterExplorer(trained)
    weights, tiles = trained.layers[0].parameters["weights"], explorer.bank.tiles
    for k, tile in enumerate(tiles.tiles):
        same(tile, render_weights(weights[:, :, 0, k], weights).pixels)
    bright = tiles.tiles
    tiles.value = [k != 3 for k in range(8)]
    same(tiles.tiles[[0, 7]], bright[[0, 7]])
    assert (tiles.tiles[3] >= bright[3]).all() and tiles.tiles[3].min() > 180
    assert "3 off" in tiles.alt and "2 off" not in tiles.alt
    assert "layer 0: [3]" in explorer.describe()


@pytest.mark.parametrize("slices", [1, 3, 8])
def test_a_filter_is_drawn_slice_by_slice(slices):
    """Row by row, one line of 0 between two slices."""
    weights = 1 + np.random.default_rng(0).random((2, 3, slices, 4))
    pictures = filter_pictures(weights)
    across = -(-pictures.shape[1] // 4)
    for number in range(slices):
        top, left = 3 * (number // across), 4 * (number % across)
        same(pictures[top : top + 2, left : left + 3], weights[:, :, number])
    assert (pictures > 0).sum() == weights.size


@kinds
def test_other_networks(kind):
    """Any images and classes, also a class without images; the first 1,000 images count."""
    network, images = made(kind, count=1003)
    labels = np.arange(1003) % 2
    explorer = FilterExplorer(network, images, labels, class_names=["a", "b", "c"])
    assert len(explorer.before.labels) == 1000 and np.isnan(explorer.before.recall[2])
    assert "c no images" in explorer.recall.alt and "→" not in explorer.recall.alt
    explorer.all_off.click()
    assert not explorer.problem and "nan" not in explorer.recall.alt
    assert explorer.still()


def test_the_lesson(trained):
    """No single filter of the first layer is needed by many digits; all but one are."""
    explorer = FilterExplorer(trained)
    tiles, without, alone = explorer.bank.tiles, [], []
    for chosen in range(8):
        tiles.value = [k != chosen for k in range(8)]
        without.append(int(explorer.after.right.sum()))
        tiles.chosen = chosen
        explorer.only_this_one.click()
        alone.append(int(explorer.after.right.sum()))
    assert explorer.before.right.sum() == 986
    assert 900 < min(without) < 960 and max(without) > 980 and max(alone) < 500


@pytest.mark.parametrize(
    ("message", "options"),
    [
        ("network must be a Network; got 3", {"network": 3}),
        ("network must have a Conv, whose filters can be changed; got Flatten, Dense",
         {"network": Network([Flatten(), Dense(10)], (28, 28, 1))}),
        ("layers must end with scores", {"network": Network([Conv(2, 3)], (28, 28, 1))}),
        ("images and labels must be given, unless", {"network": made("pooling first")[0]}),
        ("images and labels must be given, unless", {"labels": [1]}),
        ("labels must be 2 whole numbers", {"images": np.zeros((2, 28, 28)), "labels": [1]}),
        ("labels must be from 0 to 9; got 3 to 10",
         {"images": np.zeros((2, 28, 28)), "labels": [3, 10]}),
        ("images must be (N, 28, 28, 1)", {"images": np.zeros((2, 5, 5)), "labels": [1, 2]}),
        ("images must hold values from 0 to 1", {"images": np.full((1, 28, 28), 9), "labels": [1]}),
        ("layer must be", {"layer": 1}),
        ("class_names must be 10 names", {"class_names": ["a"]}),
        ("controls must list names out of layer, all_on", {"controls": ["epsilon"]}),
    ],
)  # fmt: skip
def test_invalid_arguments_are_named(message, options, trained):
    arguments = {"network": trained, **options}
    error = TypeError if "Network;" in message else ValueError
    assert refusal(FilterExplorer, error=error, **arguments).startswith(message)
