"""A network computed by a function that the learner wrote."""

from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from scipy.signal import correlate2d

from helpers import convolve
from helpers._fast.threads import one_thread
from helpers.network import Conv, Dense, Flatten, MaxPool, Network, ReLU

IMAGES = np.random.default_rng(3).random((3, 9, 11, 2))


def network(**options):
    layers = [
        Conv(3, (3, 2)),
        ReLU(),
        MaxPool(2),
        Conv(4, 2, **options),
        ReLU(),
        Flatten(),
        Dense(5),
    ]
    made = Network(layers, (9, 11, 2), seed=4)
    for layer in made.layers:
        if "bias" in layer.parameters:
            layer.parameters["bias"] += 0.25
    return made


def by_scipy(image, kernel):
    return correlate2d(image, kernel, mode="valid")


@pytest.mark.parametrize("function", [by_scipy, convolve, lambda i, k: by_scipy(i, k).tolist()])
def test_the_predictions_are_those_of_the_network(function):
    made = network()
    np.testing.assert_allclose(
        made.predict(IMAGES, convolve=function), made.predict(IMAGES), atol=1e-6
    )


@pytest.mark.parametrize("padding", [0, "same", ((0, 2), (1, 0))])
@pytest.mark.parametrize("stride", [1, (2, 3)])
def test_stride_and_padding_are_those_of_the_layer(stride, padding):
    """The function gets padded maps, and every `stride`-th pixel of its output is used."""
    made = network(stride=stride, padding=padding)
    np.testing.assert_allclose(
        made.predict(IMAGES, convolve=by_scipy), made.predict(IMAGES), atol=1e-6
    )


def test_another_function_gives_other_predictions():
    made = network()
    flipped = made.predict(IMAGES, convolve=lambda i, k: by_scipy(i, k[::-1, ::-1]))
    assert np.abs(flipped - made.predict(IMAGES)).max() > 0.01


def test_the_function_may_overwrite_its_arguments():
    made, images = network(), IMAGES.copy()

    def spoiling(image, kernel):
        output = by_scipy(image, kernel)
        image[:], kernel[:] = 0, 0
        return output

    before = made.predict(images)
    np.testing.assert_allclose(made.predict(images, convolve=spoiling), before, atol=1e-6)
    np.testing.assert_array_equal(made.predict(images), before)


def test_a_slow_function_does_not_block_other_threads():
    """Another thread can compute matrix products while the learner's loops run."""

    def take_turn():
        with one_thread():
            return True

    with ThreadPoolExecutor(1) as other:

        def slow(image, kernel):
            assert other.submit(take_turn).result(timeout=5)
            return by_scipy(image, kernel)

        network().predict(IMAGES[:1], convolve=slow)


@pytest.mark.parametrize(
    ("function", "line"),
    [
        (lambda i, k: None, r"returned None; expected an array of shape \(7, 10\)"),
        (lambda i, k: i, r"must return .* \(7, 10\) for image \(9, 11\), kernel \(3, 2\)"),
        (lambda i, k: "map", "what <lambda> returns must"),
        (lambda i, k: by_scipy(i, k)[0, 0] / {}, "<lambda> failed in line 1 .*: TypeError"),
        (lambda i: i, r"must take \(image, kernel\)"),
        (lambda i, k: by_scipy(i, k) * np.nan, "<lambda> must return finite numbers"),
        (3, "convolve must be a function; got 3"),
        ("convolve", "convolve must be a function; got 'convolve'"),
        (0, "convolve must be a function; got 0"),
    ],
)
def test_an_invalid_map_is_refused_in_one_line(function, line):
    with pytest.raises((TypeError, ValueError), match=line) as caught:
        network().predict(IMAGES, convolve=function)
    assert "\n" not in str(caught.value)
