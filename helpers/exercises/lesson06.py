"""The exercises of lesson 06: the shape of an output, parameters, the sum over channels, a filter for blue."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from helpers.exercises import my_convolve_color
from helpers.exercises.exercise import Exercise, is_number, is_shape, numbers
from helpers.messages import describe

_BLUES = {"blue": (0.16, 0.35, 0.94), "pure blue": (0, 0, 1), "dark blue": (0, 0.1, 0.5)}
# a mixture of these is 0 or less as well: dark, light and pure red and green, yellow and gray
_OTHER_COLORS = {
    "red": (0.84, 0.16, 0.16),
    "pure red": (1, 0, 0),
    "bluish red": (0.86, 0.08, 0.24),
    "green": (0.1, 0.7, 0.2),
    "pure green": (0, 1, 0),
    "bluish green": (0.18, 0.55, 0.34),
    "white": (1, 1, 1),
    "black": (0, 0, 0),
}


def _flat_outputs(kernel: NDArray, colors: dict[str, tuple]) -> dict[str, float]:
    """The output of the kernel on flat areas of these colors."""
    return {name: float((kernel.sum(axis=(0, 1)) * color).sum()) for name, color in colors.items()}


def _is_blue_finder(kernel: NDArray) -> bool:
    blues, others = _flat_outputs(kernel, _BLUES), _flat_outputs(kernel, _OTHER_COLORS)
    return min(blues.values()) > 1e-6 and max(others.values()) <= 1e-6


_ELSEWHERE = [
    (lambda kernel: np.moveaxis(kernel, 0, 2),
     "the channels come last: kernel[:, :, 2] is the slice of blue"),
    (lambda kernel: kernel[:, :, ::-1], "the order of the slices is red, green, blue: this finds red"),
    (lambda kernel: kernel[:, :, [0, 2, 1]], "the order of the slices is red, green, blue: this finds green"),
    (lambda kernel: -kernel, "the signs are reversed: blue must raise the output"),
]  # fmt: skip


def _finds_blue(answer: Any) -> str | None:
    kernel = numbers(answer)
    if kernel is not None and kernel.shape == (3,):
        return "these are three numbers; put them in the middle of a (3, 3, 3) array of zeros"
    if kernel is not None and kernel.shape == (3, 3):
        return "that is one slice of 3×3; a color kernel has three, shape (3, 3, 3)"
    if kernel is None or kernel.shape != (3, 3, 3):
        return f"expected 3×3×3 numbers, rows, columns, channels; got {describe(answer)}"
    if not np.isfinite(kernel).all():
        return "every weight must be a finite number, not NaN or infinity"
    if _is_blue_finder(kernel):
        return None
    for rearrange, line in _ELSEWHERE:
        if _is_blue_finder(rearrange(kernel)):
            return line
    for name, total in _flat_outputs(kernel, _BLUES).items():
        if total <= 1e-6:
            return f"a {name} area gives {total:.3g}; it must be above 0"
    name, total = max(_flat_outputs(kernel, _OTHER_COLORS).items(), key=lambda pair: pair[1])
    return f"a {name} area gives {total:.3g}; it must be 0 or less"


EXERCISES = {
    "06-shape": Exercise(
        is_shape(
            (12, 12, 4),
            {(12.0, 12.0, 32.0): "a filter spans all its input maps and makes one: 4 maps, not 8 · 4",
             (12.0, 12.0, 96.0): "a filter spans all its input maps and makes one: 4 maps",
             (12.0, 12.0, 12.0): "the maps of earlier layers are used up, not passed on",
             (12.0, 12.0, 15.0): "the channels and maps of earlier layers are used up, not passed on",
             (12.0, 12.0, 8.0): "those are the maps of the first layer; the last one has 4 filters",
             (12.0, 12.0, 3.0): "those are the channels of the picture; the last layer has 4 filters",
             (4.0, 12.0, 12.0): "the maps come last: (rows, columns, maps)",
             (26.0, 26.0, 4.0): "the pooling is missing: it halves rows and columns",
             (14.0, 14.0, 4.0): "the 3×3 kernels lose rows and columns too",
             (14.0, 14.0, 8.0): "one layer follows, with 4 filters of 3×3",
             (28.0, 28.0, 8.0): "that is after the first filters; pooling and 4 filters follow",
             (16.0, 16.0, 4.0): "without padding a kernel of k loses k − 1 rows",
             (10.0, 10.0, 4.0): "a kernel of k loses k − 1 rows, not k",
             (13.0, 13.0, 4.0): "pooling halves what the first filters leave, 28 rows",
             (6.0, 6.0, 4.0): "there is one pooling, after the first filters"},
        ),
        right="32 − 4 = 28, halved 14, − 2 = 12. The last layer has 4 filters, so there are 4 maps.",
        hint="Follow the rows: a 5×5 kernel, then pooling, then a 3×3 kernel. How many maps does one filter"
        " make, whatever the number of its input maps?",
        solution="""# a kernel of k loses k - 1 rows, pooling halves them; a filter makes one map
answer = ((32 - 4) // 2 - 2, (32 - 4) // 2 - 2, 4)""",
    ),
    "06-parameters": Exercise(
        is_number(
            2416,
            {2400.0: "each filter has a bias too",
             2401.0: "each filter has a bias of its own; there are 16",
             416.0: "each filter spans all 6 maps: 5·5·6 weights",
             400.0: "each filter spans all 6 maps, and has a bias",
             2496.0: "one bias per filter, not one per slice",
             2422.0: "one bias per filter; the maps that go in have none",
             151.0: "that is one filter; there are 16",
             150.0: "that is one filter without its bias; there are 16",
             166.0: "each of the 16 filters has 5·5·6 weights",
             2406.0: "one bias per filter; there are 16",
             496.0: "a slice of 5×5 has 25 weights, not 5",
             480.0: "a slice of 5×5 has 25 weights, not 5, and each filter has a bias",
             976.0: "a slice of 5×5 has 25 weights, not 5 + 5",
             96.0: "those are the slices; each has 5·5 weights",
             112.0: "those are slices and biases; each slice has 5·5 weights"},
        ),
        right="5·5·6·16 weights and 16 biases. The size of the picture does not matter.",
        hint="How many slices are in one filter? Count its weights, add its bias, multiply by 16.",
        solution="""# A filter has a slice of 5×5 weights for each of the 6 maps, and one bias.
answer = (5 * 5 * 6 + 1) * 16""",
    ),
    "06-my_convolve_color": Exercise(
        my_convolve_color.judge,
        right="One more loop, or one more axis in the sum; nothing else is new.",
        hint="n rows give n − kh + 1 output rows, without channels. A window is"
        " image[row:row + kh, column:column + kw], with all its channels.",
        solution="""def my_convolve_color(image, kernel):
    kh, kw, _ = kernel.shape
    rows, columns = image.shape[0] - kh + 1, image.shape[1] - kw + 1
    result = np.zeros((rows, columns))  # no channels: the sum runs over them too
    for row in range(rows):
        for column in range(columns):
            window = image[row:row + kh, column:column + kw]  # with all its channels
            result[row, column] = (window * kernel).sum()
    return result""",
    ),
    "06-blue": Exercise(
        _finds_blue,
        right="Of these areas, only the blue ones are above 0; ReLU makes the others 0.",
        hint="One weight per slice is enough, in the middle. White contains as much red and green"
        " as blue, so the three weights must add up to 0 or less.",
        solution="""# Blue raises the output, red and green lower it: white, which has all three, gives −1.
answer = np.zeros((3, 3, 3))
answer[1, 1] = [-1, -1, 1]  # red, green, blue""",
    ),
}  # fmt: skip
