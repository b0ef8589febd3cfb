"""Figures of a network: filters and feature maps, on one scale, in the colors of the library's views."""

import numpy as np
import pytest
from refusals import refusal

from helpers.filter_figures import show_feature_maps, show_filters
from helpers.network import Conv, Dense, Flatten, MaxPool, Network, ReLU
from helpers.rendering import render, scale_limit

RNG = np.random.default_rng(0)
LAYERS = "Conv", "ReLU", "MaxPool", "Conv", "Flatten", "Dense"


def network(channels):
    layers = [Conv(5, 3), ReLU(), MaxPool(2), Conv(4, 2), Flatten(), Dense(3)]
    return Network(layers, (12, 10, channels), seed=1)


def pixels(axes):
    return [np.asarray(image.get_array()) for image in axes.images]


def texts(labels):
    return [label.get_text() for label in labels]


@pytest.mark.parametrize("channels", [1, 3])
def test_feature_maps_of_every_image_by_the_same_filters(channels):
    """A row for each image; one scale for the maps of a layer, in gray after ReLU, else signed."""
    ours, images = network(channels), RNG.random((3, 12, 10, channels), np.float32)
    figure = show_feature_maps(ours, images, [1, 3], filters=[3, 0], names=["a", "b", "c"])
    outputs = ours.layer_outputs(images)
    for axes, layer, view in zip(figure.axes[1:3], (1, 3), ("ReLU", "signed"), strict=True):
        maps = outputs[layer][:, :, [3, 0]]
        expected = [
            render(maps[:, :, column, row], view, limit=scale_limit(maps)).pixels
            for row in range(3)
            for column in range(2)
        ]
        for found, right in zip(pixels(axes), expected, strict=True):
            np.testing.assert_array_equal(found, right)
        assert axes.get_title() == f"layer {layer}: {LAYERS[layer]}"
        assert texts(axes.get_xticklabels()) == ["3", "0"]
    shown = np.rint(255 * images).astype(np.uint8)
    assert len(pixels(figure.axes[0])) == 3
    np.testing.assert_array_equal(pixels(figure.axes[0])[2], np.squeeze(shown[2]))
    assert texts(figure.axes[0].get_yticklabels()) == ["a", "b", "c"]
    assert figure.alt == "Figure: feature maps of layers 1, 3 for a, b, c; filters 3, 0"
    assert show_feature_maps(ours, images, [1], [0], alt="edges").alt == "Figure: edges"


def test_filters_in_color():
    """0 is the middle gray, the largest weight of all filters white or black."""
    ours = network(3)
    weights = ours.layers[0].parameters["weights"]
    weights[0, 0, 0, 2] = 0
    figure = show_filters(ours)
    found = pixels(figure.axes[0])
    assert len(found) == 5 and found[0].shape == (3, 3, 3)
    largest = np.abs(weights).max()
    for number, picture in enumerate(found):
        right = 127.5 + 127.5 * weights[..., number] / largest
        np.testing.assert_allclose(picture, right, atol=0.51)
    assert found[2][0, 0, 0] in (127, 128)
    extremes = [picture.min() for picture in found] + [255 - picture.max() for picture in found]
    assert min(extremes) == 0


def test_many_gray_filters_stand_in_rows():
    ours = Network([Conv(20, 3), Flatten(), Dense(2)], (6, 6, 1))
    (axes, _) = show_filters(ours).axes
    weights = ours.layers[0].parameters["weights"]
    places = [tuple(image.get_extent()[::3]) for image in axes.images]  # left, top
    assert places[:16] == [(n, 0) for n in range(16)]
    assert places[16:] == [(n, 1) for n in range(4)]
    right = render(weights[:, :, 0, 17], "signed", limit=np.abs(weights).max())
    np.testing.assert_array_equal(pixels(axes)[17], right.pixels)


IMAGES = np.zeros((2, 12, 10, 1), np.float32)


@pytest.mark.parametrize(
    ("call", "line"),
    [
        (lambda: show_feature_maps(network(1), IMAGES, [6]), "layers must be from 0 to 5; got 6"),
        (lambda: show_feature_maps(network(1), IMAGES, []), "layers must be a list of numbers"),
        (lambda: show_feature_maps(network(1), IMAGES, [4]), "layers must have feature maps; the"),
        (lambda: show_feature_maps(network(1), IMAGES, [3], [4]), "filters must be from 0 to 3"),
        (lambda: show_feature_maps(network(1), IMAGES, [3], names=["a"]), "names must be one for"),
        (lambda: show_feature_maps(network(3), IMAGES, [3]), "images must be (N, 12, 10, 3)"),
        (lambda: show_filters(network(1), 1), "layer must be one of the convolutions"),
        (lambda: show_filters(network(1), 3), "layer must have filters of 1 or 3 slices; got 3"),
    ],
)
def test_a_bad_argument_is_named(call, line):
    assert refusal(call).startswith(line)
