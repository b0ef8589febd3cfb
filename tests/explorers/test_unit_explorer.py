"""UnitExplorer: its images are those of the library, its controls begin anew or go on."""

import numpy as np
import pytest

from helpers.explorers import UnitExplorer
from helpers.network import Conv, Dense, Flatten, MaxPool, Network, ReLU, ascend, top_patches
from helpers.rendering import render_weights

IMAGES = np.random.default_rng(0).random((20, 28, 28), np.float32)


def build(shape=(28, 28, 1), images=IMAGES, **arguments):
    layers = [Conv(3, 3), ReLU(), MaxPool(2), Flatten(), Dense(4)]
    return UnitExplorer(Network(layers, shape, seed=1), images, **arguments)


def test_steps_are_those_of_the_library():
    explorer, image = build(unit=2, smoothing=1.5), np.full((28, 28), 0.5, np.float32)
    explorer.runner.run(3)
    for _ in range(3):
        image = ascend(explorer.network, image, 4, 2, 0.05, 1.5)
    np.testing.assert_array_equal(explorer.ascent.image, image)
    np.testing.assert_allclose(explorer.probabilities, explorer.network.predict(image[None])[0])
    assert np.all(np.diff(explorer.ascent.activations) > 0) and not explorer.problem


def test_patches_are_those_of_the_library():
    explorer = build(layer=0, unit=1)
    found = top_patches(explorer.network, IMAGES, 0, 1, 9)
    assert explorer.computed.patch_activations == [each.activation for each in found]
    top, left, rows, columns = found[0].rect
    part = IMAGES[found[0].image, top : top + rows, left : left + columns]
    np.testing.assert_allclose(explorer.patches.tiles[0] / 255, part, atol=0.003)


def test_another_unit_or_start_begins_anew_and_smoothing_goes_on():
    explorer = build()
    explorer.runner.run(2)
    assert "Restart" not in explorer.line.value
    explorer.smoothing.number = 1
    assert len(explorer.ascent.activations) == 3 and "Restart" in explorer.line.value
    explorer.runner.run(1)
    assert "Restart" not in explorer.line.value
    for change in (
        lambda: setattr(explorer.unit, "number", 1),
        lambda: setattr(explorer.start, "value", "noise"),
        lambda: setattr(explorer.layer, "value", 0),
        lambda: explorer.pad.draw([(20, 50), (90, 60)]),
    ):
        explorer.runner.run(2)
        change()
        assert len(explorer.ascent.activations) == 1 and not explorer.problem
    assert explorer.start.value == "your drawing" and explorer.ascent.image.max() > 0.9
    explorer.runner.run(2)
    explorer.runner.restart()
    np.testing.assert_array_equal(explorer.ascent.image, explorer.ascent.start)


def test_the_unit_stays_within_its_layer():
    explorer = build(unit=3)
    explorer.layer.value = 0
    assert explorer.unit.number == 2 and explorer.ascent.unit == 2 and not explorer.problem


def test_the_filter_stands_beside_the_image_made_for_it():
    """Of the first layer only; the scores have probabilities in its place."""
    explorer = build(unit=1)
    assert explorer.weights.hidden and not explorer.bars.hidden
    assert explorer.patches.title == "test images with the highest activation"
    explorer.layer.value = 0
    assert not explorer.weights.hidden and explorer.bars.hidden
    weights = explorer.network.layers[0].parameters["weights"][:, :, 0, 1]
    np.testing.assert_array_equal(explorer.weights.picture, render_weights(weights).pixels)
    assert explorer.patches.title == "patches with the highest activation"
    assert explorer.made.title == "image made for unit 1, step 0"


def test_it_stops_when_no_pixel_changes_any_more():
    explorer = build(layer=0, unit=0)
    explorer.rate.number = 1
    explorer.runner.run(150)
    assert 1 < len(explorer.ascent.activations) < 150


def test_patches_that_padding_between_layers_cuts_have_one_size():
    """Where the unit sees nothing, they are 0."""
    layers = [Conv(2, 3), ReLU(), Conv(2, 3, padding=1), Flatten(), Dense(3)]
    images = np.random.default_rng(0).random((20, 9, 9)).astype(np.float32)
    explorer = UnitExplorer(Network(layers, (9, 9, 1), seed=0), images, layer=2)
    found = top_patches(explorer.network, images, 2, 0, 9)
    cut = next(n for n, each in enumerate(found) if each.rect == (2, 0, 5, 4))
    patch = explorer.computed.patches[:, :, cut]
    assert not explorer.problem and patch.shape == (5, 5) and not patch[:, 0].any()
    np.testing.assert_array_equal(patch[:, 1:], images[found[cut].image, 2:7, :4])


def test_color_of_any_size():
    images = np.random.default_rng(1).random((12, 9, 11, 3))
    explorer = build((9, 11, 3), images, layer=0, unit=2)
    explorer.runner.run(2)
    assert explorer.patches.tiles.shape == (9, 3, 3, 3) and explorer.made.picture.shape == (3, 3, 3)
    assert "your drawing" not in explorer.start.options


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        ({"layer": 1}, "layer must be"),
        ({"unit": 4}, "unit must be"),
        ({"start": "white"}, "start must be"),
        ({"images": IMAGES[:, 1:]}, "images must be"),
        ({"images": 255 * IMAGES}, "images must hold values from 0 to 1"),
        ({"smoothing": 9}, "smoothing must be"),
        ({"controls": ["speed"]}, "controls must list names out of layer, unit"),
    ],
)
def test_errors_name_the_parameter(arguments, line):
    with pytest.raises((ValueError, TypeError), match=line):
        build(**arguments)
