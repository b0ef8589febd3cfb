"""What a unit wants, against finite differences, single images and the weights themselves."""

import numpy as np
import pytest
from network.test_attribution import CLASSES, SHAPE, picture, precise, small

from helpers.network import Conv, Network, ascend, top_patches, unit_field, unit_gradient

close = np.testing.assert_allclose
SCORES = 6  # the last layer of `small`


@pytest.mark.parametrize(("layer", "unit"), [(0, 5), (3, 2), (SCORES, 4)])
def test_gradient_is_the_one_of_finite_differences(layer, unit):
    network = precise(small())
    image = picture().astype(np.float32)
    _, gradient = unit_gradient(network, image, layer, unit)

    def activation(image):
        return unit_gradient(network, image, layer, unit)[0]

    for place in [(5, 4, 0), (4, 4, 2), (6, 5, 1), (0, 0, 0)]:
        high, low = image.copy(), image.copy()
        high[place] += 0.01
        low[place] -= 0.01
        slope = (activation(high) - activation(low)) / float(high[place] - low[place])
        close(gradient[place], slope, atol=2e-3)


@pytest.mark.parametrize("smoothing", [0, 0.7, 2])
@pytest.mark.parametrize(("layer", "unit"), [(0, 1), (3, 0), (SCORES, 2)])
def test_a_small_step_raises_the_activation_and_stays_in_range(layer, unit, smoothing):
    network, image = small(), (0.2 + 0.6 * picture()).astype(np.float32)
    after = ascend(network, image, layer, unit, 0.01, smoothing)
    assert (
        unit_gradient(network, after, layer, unit)[0]
        > unit_gradient(network, image, layer, unit)[0]
    )
    close(np.abs(after - image).max(), 0.01, rtol=1e-3)
    far = ascend(network, image, layer, unit, 9, smoothing)
    assert far.min() == 0 and far.max() <= 1


def test_the_wish_of_a_filter_is_white_where_its_weights_are_positive():
    network = Network([Conv(3, 3)], (7, 6, 1), seed=1)
    image = np.full((7, 6), 0.5)
    for _ in range(400):
        image = ascend(network, image, 0, 2, rate=1)
    weights = network.layers[0].parameters["weights"][:, :, 0, 2]
    top, left, rows, columns = unit_field(network, 0, 2)
    close(image[top : top + rows, left : left + columns], weights > 0)
    image[top : top + rows, left : left + columns] = 0.5
    assert (image == 0.5).all()  # pixels outside do not matter


@pytest.mark.parametrize("layer", [0, 3, SCORES])
def test_top_patches_are_those_of_images_one_by_one(layer):
    network = small()
    images = np.random.default_rng(0).random((130, *SHAPE), np.float32)
    outputs = network.layer_outputs(images)[layer][..., 1, :].reshape(-1, 130)
    found = top_patches(network, images, layer, 1, 7)
    assert [each.image for each in found] == np.argsort(-outputs.max(axis=0))[:7].tolist()
    close([each.activation for each in found], np.sort(outputs.max(axis=0))[::-1][:7], rtol=1e-5)
    for each in found:  # nothing outside the patch matters
        top, left, rows, columns = each.rect
        alone = np.zeros((1, *SHAPE), np.float32)
        part = slice(top, top + rows), slice(left, left + columns)
        alone[0][part] = images[each.image][part]
        cells = network.layer_outputs(alone)[layer][..., 1, 0]
        assert np.isclose(cells, each.activation, rtol=1e-4).any()


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        ({"layer": 9}, "layer"),
        ({"unit": CLASSES}, "unit"),
        ({"rate": 0}, "rate must be a finite number above 0; got 0"),
        ({"smoothing": 6}, "smoothing must be from 0 to 5; got 6"),
        ({"image": picture() + 1}, "image must hold values from 0 to 1"),
        ({"image": picture()[1:]}, "image must be"),
    ],
)
def test_errors_name_the_parameter(arguments, line):
    with pytest.raises(ValueError, match=line):
        ascend(**{"network": small(), "image": picture(), "layer": SCORES, "unit": 0, **arguments})


def test_where_no_pixel_matters_the_image_stays():
    network = small()
    network.layers[0].parameters["bias"][:] = -100  # ReLU passes nothing
    np.testing.assert_array_equal(ascend(network, picture(), SCORES, 0), picture().astype("f4"))
