"""Attribution maps against finite differences, single occlusions, and the score itself."""

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
    class_activation_map,
    occlusion_drop,
    occlusion_map,
    saliency,
    train,
)

SHAPE, CLASSES = (11, 9, 3), 5
same, close = np.testing.assert_array_equal, np.testing.assert_allclose


def small(shape=SHAPE, first=None):
    layers = [first or Conv(6, (3, 2)), ReLU(), MaxPool((2, 3)), Conv(4, (2, 1)), MeanPool((2, 1))]
    return Network([*layers, Flatten(), Dense(CLASSES)], shape, seed=4)


def picture(shape=SHAPE):
    return frozen(np.random.default_rng(3).random(shape))


def precise(network):
    """The same network with float64 parameters, for accurate finite differences."""
    for layer in network.layers:
        layer.parameters = {name: array.astype(float) for name, array in layer.parameters.items()}
    return network


def score(network, image, label):
    """The score of a class, in float64 throughout."""
    return network.forward(image.reshape(network.input_shape)[..., None])[label, 0]


@pytest.mark.parametrize("shape", [SHAPE, (11, 9, 1)])
@pytest.mark.parametrize("label", [0, 3])
@pytest.mark.parametrize(
    "first",
    [None, ReLU, lambda: MeanPool((1, 2)), lambda: MaxPool((2, 3), stride=1),
     lambda: Conv(6, (3, 2), padding=((0, 1), (2, 0)))],
)  # fmt: skip
def test_saliency_equals_finite_differences(shape, label, first):
    """Each pixel's central difference of the score, all its channels changed together."""
    network = precise(small(shape, first and first()))
    # the same numbers in float32, the network's type, as in float64; ReLU has a kink at 0
    image = np.round(picture(shape) * 2**20 + 1) / 2**20
    found = saliency(network, frozen(image), label)
    assert found.shape == shape[:2]
    for place in np.ndindex(shape[:2]):
        moved = np.zeros(shape)
        moved[place] = 1e-7
        rise = score(network, image + moved, label) - score(network, image - moved, label)
        close(found[place], rise / 2e-7, atol=1e-5)


def test_saliency_accepts_gray_images_without_channels():
    """(H, W) is treated as (H, W, 1)."""
    network, image = small((11, 9, 1)), picture((11, 9, 1))
    same(saliency(network, image[..., 0], 2), saliency(network, image, 2))


def test_saliency_during_training_changes_nothing():
    """The layers' caches are unchanged, and training goes on to exactly the same weights."""
    labels = np.arange(40) % CLASSES
    images = np.random.default_rng(1).random((40, *SHAPE), np.float32)
    networks = small(), small()
    for network, disturbed in zip(networks, (False, True), strict=True):
        for _ in train(network, images, labels, epochs=2, batch_size=8):
            if disturbed:
                stored = [dict(layer.gradients) for layer in network.layers]
                copies = [{k: v.copy() for k, v in gradients.items()} for gradients in stored]
                saliency(network, picture(), 1)
                for layer, kept, values in zip(network.layers, stored, copies, strict=True):
                    assert layer.gradients.keys() == kept.keys()
                    for name, gradient in layer.gradients.items():
                        assert gradient is kept[name]
                        same(gradient, values[name])
    for one, other in zip(*(network.layers for network in networks), strict=True):
        for name in one.parameters:
            same(one.parameters[name], other.parameters[name])


@pytest.mark.parametrize(
    "options",
    [
        {},
        {"size": (2, 5), "stride": (3, 2)},
        {"size": (11, 9), "value": 0.5},
        {"size": 1, "value": -1, "stride": 4},
        {"size": 3, "value": np.float32(0.25)},
    ],
)
@pytest.mark.parametrize("shape", [SHAPE, (11, 9, 1)])
def test_occlusion_covers_one_patch_at_a_time(options, shape):
    """Each number is the network's prediction for a picture occluded by hand."""
    network, image = small(shape), picture(shape)
    asked = {"size": 5, "stride": 1, "value": 0.0} | options
    (rows, columns), (down, across) = (
        each if isinstance(each, tuple) else (each, each)
        for each in (asked["size"], asked["stride"])
    )
    found = occlusion_map(network, image, 3, **options)
    assert found.shape == ((11 - rows) // down + 1, (9 - columns) // across + 1)
    for row, column in np.ndindex(found.shape):
        covered = image.copy()
        for i in range(rows):
            for j in range(columns):
                covered[row * down + i, column * across + j] = asked["value"]
        close(found[row, column], network.predict(covered[None])[0, 3], rtol=1e-4, atol=1e-7)


@pytest.mark.parametrize("options", [{}, {"size": (2, 5), "stride": (3, 2), "value": 0.5}])
@pytest.mark.parametrize("shape", [SHAPE, (11, 9, 1)])
def test_the_drop_of_the_score(options, shape):
    """Each number is the score of the whole picture minus that of a picture covered by hand."""
    network, image = small(shape), picture(shape)
    rows, columns = options.get("size", (5, 5))
    down, across = options.get("stride", (1, 1))
    found = occlusion_drop(network, image, 3, **options)
    assert found.shape == occlusion_map(network, image, 3, **options).shape
    whole = score(network, image, 3)
    for row, column in np.ndindex(found.shape):
        covered, top, left = image.copy(), row * down, column * across
        covered[top : top + rows, left : left + columns] = options.get("value", 0)
        close(found[row, column], whole - score(network, covered, 3), rtol=1e-3, atol=1e-5)


def test_the_score_drops_also_where_the_network_is_sure():
    """The probability is 1 however the image is covered; the drop shows the one pixel that counts."""
    network = Network([Flatten(), Dense(2)], (3, 3, 1))
    weights = network.layers[1].parameters["weights"] * 0
    weights[4, 1] = 90  # the middle pixel
    network.layers[1].parameters = {"weights": weights, "bias": np.float32([0, 200])}
    image = np.ones((3, 3))
    same(occlusion_map(network, image, 1, size=1), np.ones((3, 3)))
    expected = np.zeros((3, 3))
    expected[1, 1] = 90
    same(occlusion_drop(network, image, 1, size=1), expected)


def test_occlusion_of_many_patches():
    """More patches than fit in one batch: none is lost; integers and gray are accepted."""
    network = Network([Flatten(), Dense(3)], (28, 28, 1), seed=2)
    image = frozen((picture((28, 28)) * 9).astype(int))
    found = occlusion_map(network, image, 1, size=2)
    assert found.shape == (27, 27)
    covered = image.copy()
    covered[25:27, 4:6] = 0
    close(found[25, 4], network.predict(covered[None])[0, 1], rtol=1e-4)
    assert len(np.unique(found)) > 500


@pytest.mark.parametrize("layers", [
    [Conv(6, (3, 2)), ReLU(), MaxPool((2, 3)), Conv(4, (2, 1))],
    [MeanPool((3, 2))],
    [Conv(6, 3), ReLU(), MeanPool((9, 7))],
    [Conv(6, 3, stride=(2, 1), padding="same"), MaxPool(3, stride=1)],
    [],
])  # fmt: skip
def test_activation_map_adds_up_to_the_score(layers):
    """Exactly: with integer weights and pixels, its sum plus the bias is the score, for each class."""
    network = Network([*layers, Flatten(), Dense(CLASSES)], SHAPE)
    rng = np.random.default_rng(6)
    for layer in network.layers:
        for name, array in layer.parameters.items():
            layer.parameters[name] = rng.integers(-3, 4, array.shape).astype(np.float32)
    image = frozen(rng.integers(0, 9, SHAPE) * 6.0)
    scores, bias = (
        network.layer_outputs(image[None])[-1][:, 0],
        network.layers[-1].parameters["bias"],
    )
    for label in range(CLASSES):
        found = class_activation_map(network, image, label)
        assert found.shape == network.shapes[-3][:2]
        assert abs(found.sum(dtype=float) + bias[label] - scores[label]) < 1e-3
        if MeanPool not in map(type, layers):
            assert found.sum() + bias[label] == scores[label]


def test_activation_map_gives_the_contribution_of_each_position():
    """Setting one position of the maps to 0 lowers the score by the value there."""
    network = Network([MaxPool((3, 2)), Flatten(), Dense(CLASSES)], SHAPE, seed=9)
    image = picture()
    found = class_activation_map(network, image, 2)
    for row, column in np.ndindex(found.shape):
        silenced = image.copy()
        silenced[3 * row : 3 * row + 3, 2 * column : 2 * column + 2] = 0
        lost = (
            network.layer_outputs(image[None])[-1][2] - network.layer_outputs(silenced[None])[-1][2]
        )
        close(found[row, column], lost[0], atol=1e-5)


WIDE = np.ones((11, 9, 4))


@pytest.mark.parametrize(
    ("message", "ask"),
    [
        ("label must be from 0 to 4; got 5", lambda n: saliency(n, picture(), 5)),
        ("label must .*got 1.0", lambda n: occlusion_map(n, picture(), 1.0)),
        ("label must .*got True", lambda n: class_activation_map(n, picture(), True)),
        (r"image must be \(11, 9, 3\); got .*4\)", lambda n: saliency(n, WIDE, 1)),
        (r"image must be \(11, 9, 3\); got .*4\)", lambda n: occlusion_map(n, WIDE, 1)),
        (r"image must be \(11, 9, 3\); got .*4\)", lambda n: class_activation_map(n, WIDE, 1)),
        ("size must .*got 0", lambda n: occlusion_map(n, picture(), 1, size=0)),
        ("size spans 10 columns", lambda n: occlusion_map(n, picture(), 1, size=10)),
        ("stride must .*got 0", lambda n: occlusion_map(n, picture(), 1, stride=0)),
        ("value must .*got 'gray'", lambda n: occlusion_map(n, picture(), 1, value="gray")),
        (r"value must .*got \[1, 2, 3\]", lambda n: occlusion_map(n, picture(), 1, value=[1, 2, 3])),
        ("network must end with Flatten, Dense .* ends with ReLU, Dense",
         lambda n: class_activation_map(Network([Flatten(), Dense(3), ReLU(), Dense(2)], SHAPE),
                                        picture(), 1)),
        ("network must end with Flatten, Dense .* ends with Dense, ReLU",
         lambda n: class_activation_map(Network([Flatten(), Dense(3), ReLU()], SHAPE),
                                        picture(), 1)),
        ("layers must end with scores", lambda n: saliency(Network([Conv(2, 3)], SHAPE),
                                                           picture(), 1)),
        ("layers must end with scores", lambda n: class_activation_map(
            Network([Conv(2, 3)], SHAPE), picture(), 1)),
    ],
)  # fmt: skip
def test_invalid_arguments_are_named(message, ask):
    """One line names the argument, what was expected, and what was given."""
    with pytest.raises((ValueError, TypeError), match=f"^{message}") as caught:
        ask(small())
    assert "\n" not in str(caught.value)
