"""The exercises of lesson 06: feature maps, parameters, the sum over channels, a filter for blue."""

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from helpers.convolution import convolve
from helpers.exercises.exercise import Exercise, is_function, is_number, numbers
from helpers.validation import describe

_COLOR = (np.arange(126.0) ** 1.3 % 17).reshape(6, 7, 3)
_DEEP = (np.arange(210.0) ** 1.3 % 17).reshape(6, 7, 5)
_CASES = [
    (_COLOR, (np.arange(27.0) ** 1.7 % 7 - 3).reshape(3, 3, 3)),
    (_COLOR, (np.arange(18.0) ** 1.7 % 7 - 3).reshape(2, 3, 3)),
    (_DEEP, (np.arange(45.0) ** 1.7 % 7 - 3).reshape(3, 3, 5)),
    (_DEEP[:, :, :1], np.array([[[2.0], [1]]])),
]
_BLUES = {"blue": (0.16, 0.35, 0.94), "pure blue": (0, 0, 1), "dark blue": (0, 0.1, 0.5)}
_OTHER_COLORS = {
    "red": (0.84, 0.16, 0.16),
    "green": (0.1, 0.7, 0.2),
    "white": (1, 1, 1),
    "black": (0, 0, 0),
}


def _each_alone(image: NDArray, kernel: NDArray) -> NDArray:
    channels = range(image.shape[2])
    return np.stack([convolve(image[..., k], kernel[..., k]) for k in channels], axis=-1)


def _channel(k: int) -> Callable:
    return lambda image, kernel: convolve(image[..., k], kernel[..., k])


def _first_slice_everywhere(image: NDArray, kernel: NDArray) -> NDArray:
    return convolve(image, kernel[..., 0]).sum(axis=2)


def _flat_outputs(kernel: NDArray, colors: dict[str, tuple]) -> dict[str, float]:
    """The output of the kernel on flat areas of these colors."""
    return {name: float((kernel.sum(axis=(0, 1)) * color).sum()) for name, color in colors.items()}


def _is_blue_finder(kernel: NDArray) -> bool:
    blues, others = _flat_outputs(kernel, _BLUES), _flat_outputs(kernel, _OTHER_COLORS)
    return min(blues.values()) > 1e-6 and max(others.values()) <= 1e-6


def _finds_blue(answer: Any) -> str | None:
    kernel = numbers(answer)
    if kernel is None or kernel.shape != (3, 3, 3) or not np.isfinite(kernel).all():
        return f"expected 3×3×3 finite numbers, rows, columns, channels; got {describe(answer)}"
    if _is_blue_finder(kernel):
        return None
    if _is_blue_finder(np.moveaxis(kernel, 0, 2)):
        return "the channels come last: kernel[:, :, 2] is the slice of blue"
    for name, total in _flat_outputs(kernel, _BLUES).items():
        if total <= 1e-6:
            return f"a {name} area gives {total:.3g}; it must be above 0"
    name, total = max(_flat_outputs(kernel, _OTHER_COLORS).items(), key=lambda pair: pair[1])
    return f"a {name} area gives {total:.3g}; it must be 0 or less"


EXERCISES = {
    "06-maps": Exercise(
        is_number(
            4,
            {512.0: "a filter does not make one map per input map: it spans them all",
             28.0: "the maps of earlier layers are used up, not passed on",
             64.0: "a filter spans all its input maps and makes one",
             12.0: "a filter sums over the channels: it makes one map, not three"},
        ),
        right="The last layer has 4 filters, so there are 4 maps, whatever came before.",
        hint="How many maps does one filter make? How many filters are in the last layer?",
        solution="answer = 4",
    ),
    "06-parameters": Exercise(
        is_number(
            2416,
            {2400.0: "each filter has a bias too",
             416.0: "each filter spans all 6 maps: 5·5·6 weights",
             400.0: "each filter spans all 6 maps, and has a bias",
             2496.0: "one bias per filter, not one per slice",
             151.0: "that is one filter; there are 16",
             150.0: "that is one filter without its bias; there are 16",
             2406.0: "one bias per filter; there are 16"},
        ),
        right="5·5·6·16 weights and 16 biases. The size of the picture does not matter.",
        hint="How many slices are in one filter? Count its weights, add its bias, times 16.",
        solution="answer = (5 * 5 * 6 + 1) * 16",
    ),
    "06-my_convolve_color": Exercise(
        is_function(
            convolve,
            _CASES,
            [
                (lambda image, kernel: convolve(image, kernel) / image.shape[2],
                 "the channels are averaged; their sums should be added"),
                (lambda image, kernel: convolve(image, kernel) / kernel.size,
                 "the products are averaged; they should be summed"),
                (_each_alone, "the channels are still separate; add their sums"),
                (_channel(0), "only the first channel is used"),
                (_channel(-1), "only the last channel is used"),
                (_first_slice_everywhere, "every channel has a slice of its own"),
                (lambda image, kernel: convolve(image, kernel, flip=True),
                 "the kernel is rotated by 180°; apply it without flipping"),
                (lambda image, kernel: convolve(image, kernel[:, :, ::-1]),
                 "the slices are in the wrong order: slice 0 belongs to channel 0"),
                (lambda image, kernel: convolve(image, kernel.swapaxes(0, 1)),
                 "rows and columns of the kernel are swapped"),
                (lambda image, kernel: convolve(image, kernel).T,
                 "rows and columns of the result are swapped"),
                (lambda image, kernel: convolve(image, kernel)[:-1, :-1],
                 "the last row and column of positions are missing"),
            ],
        ),
        right="One more loop, or one more axis in the sum; nothing else is new.",
        hint="n rows give n − kh + 1 output rows, without channels. A window is"
        " image[row:row + kh, column:column + kw], with all its channels.",
        solution="""def my_convolve_color(image, kernel):
    kh, kw, _ = kernel.shape
    rows, columns = image.shape[0] - kh + 1, image.shape[1] - kw + 1
    result = np.zeros((rows, columns))
    for row in range(rows):
        for column in range(columns):
            window = image[row:row + kh, column:column + kw]
            result[row, column] = (window * kernel).sum()
    return result""",
    ),
    "06-blue": Exercise(
        _finds_blue,
        right="Blue raises the output, red and green lower it; after ReLU only blue is left.",
        hint="One weight per slice is enough, in the middle. White contains as much red and green as"
        " blue: together, their weights must be at least as negative as that of blue is positive.",
        solution="""answer = np.zeros((3, 3, 3))
answer[1, 1] = [-1, -1, 1]  # red, green, blue""",
    ),
}  # fmt: skip
