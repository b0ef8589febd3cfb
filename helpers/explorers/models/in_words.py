"""What is to be seen in an explorer's pictures, in words, for those who cannot see them."""

from collections.abc import Sequence

import numpy as np

from helpers.edges import EdgeMaps
from helpers.explorers.models.picture import counted
from helpers.rendering import format_number, percent

NINTHS = (
    ("upper left", "upper middle", "upper right"),
    ("middle left", "center", "middle right"),
    ("lower left", "lower middle", "lower right"),
)


def output_in_words(output: np.ndarray) -> str:
    """Return the range of an output, (H, W) or (H, W, 3), its signs, and where it is strongest.

    >>> output_in_words(np.array([[-1, 0.5], [0, 3]]))
    'output from -1 to 3, 25% below 0, 50% above 0, strongest in the lower right'
    >>> output_in_words(np.zeros((2, 2)))
    'output 0 everywhere'
    """
    low, high = format_number(output.min()), format_number(output.max())
    if low == high:
        return f"output {low} everywhere"
    below, above = (percent(float(np.mean(part))) for part in (output < 0, output > 0))
    ninth = strongest_ninth(output)
    where = f", strongest in the {ninth}" if ninth else ""
    return f"output from {low} to {high}, {below} below 0, {above} above 0{where}"


def strongest_ninth(values: np.ndarray) -> str:
    """Return the ninth of an array, (H, W) or (H, W, C), that has its largest absolute value.

    Empty if several ninths have it.

    >>> strongest_ninth(np.array([[0, 0, 1], [0, 0, -5]])), strongest_ninth(np.ones((3, 3)))
    ('lower right', '')
    """
    strength = np.abs(values).reshape(*values.shape[:2], -1).sum(axis=2)
    places = np.argwhere(strength == strength.max())
    ninths = {
        NINTHS[row][column] for row, column in (6 * places + 3) // (2 * np.array(strength.shape))
    }
    return ninths.pop() if len(ninths) == 1 else ""


def edges_in_words(maps: EdgeMaps) -> str:
    """Return how strong the edges of an image are in each map, and where they are strongest."""
    vertical, horizontal, magnitude = (
        format_number(np.abs(values).max())
        for values in (maps.vertical, maps.horizontal, maps.magnitude)
    )
    ninth = strongest_ninth(maps.magnitude)
    return (
        f"vertical edges up to {vertical}, horizontal ones up to {horizontal}, magnitude up to"
        f" {magnitude}{f', strongest in the {ninth}' if ninth else ''}"
    )


def kernel_in_words(kernel: np.ndarray) -> str:
    """Return the weights of a kernel, row by row.

    >>> kernel_in_words(np.array([[1, 0], [0.5, -2]]))
    'weights 1 0, 0.5 -2'
    """
    return "weights " + ", ".join(" ".join(map(format_number, row)) for row in kernel)


def window_in_words(start: tuple[int, int], extent: tuple[int, int], shape: Sequence[int]) -> str:
    """Return the part of an image (H, W) under a window; `start` is negative inside the padding.

    >>> window_in_words((0, 1), (3, 3), (5, 6)), window_in_words((-1, 4), (3, 3), (5, 6))
    ('rows 0 to 2, columns 1 to 3', 'rows 0 to 1, columns 4 to 5, and padding')
    >>> window_in_words((4, 0), (1, 2), (5, 6))
    'row 4, columns 0 to 1'
    """
    parts = []
    for name, first, count, length in zip(("row", "column"), start, extent, shape):
        low, high = max(first, 0), min(first + count, length) - 1
        if low > high:
            return "only padding"
        parts.append(f"{name} {low}" if low == high else f"{name}s {low} to {high}")
    inside = all(0 <= at <= n - count for at, count, n in zip(start, extent, shape))
    return ", ".join(parts if inside else [*parts, "and padding"])


def outputs_so_far(outputs: np.ndarray) -> str:
    """Return the range and the signs of a row of outputs.

    >>> outputs_so_far(np.array([2, -1, 0]))
    '3 outputs so far, from -1 to 2, 1 below 0, 1 above 0'
    """
    if outputs.size == 1:
        return "no output before it"
    low, high = format_number(outputs.min()), format_number(outputs.max())
    below, above = np.count_nonzero(outputs < 0), np.count_nonzero(outputs > 0)
    return f"{outputs.size} outputs so far, from {low} to {high}, {below} below 0, {above} above 0"


def least_right(labels: np.ndarray, probabilities: np.ndarray) -> str:
    """Return which classes are predicted correctly least often; labels (N,), probabilities (N, K).

    >>> least_right(np.array([0, 0, 1]), np.array([[0.9, 0.1], [0.2, 0.8], [0.1, 0.9]]))
    'class 0 is right least often, 50%'
    """
    right = probabilities.argmax(axis=1) == labels
    recall = {int(k): float(np.mean(right[labels == k])) for k in np.unique(labels)}
    least = min(recall.values())
    worst = [str(k) for k in recall if recall[k] == least]
    if len(worst) == len(recall):
        return f"every class is right equally often, {percent(least)}"
    names = f"class {worst[0]} is" if len(worst) == 1 else f"classes {', '.join(worst)} are"
    return f"{names} right least often, {percent(least)}"


def maps_in_words(maps: np.ndarray) -> str:
    """Return which of the feature maps, (H, W, F), has the largest value, and how many are blank.

    >>> maps_in_words(np.array([[[0, 2.0, 0]]]))
    'of 3 maps, map 1 is strongest, 2 are 0 everywhere'
    """
    strength = np.abs(maps).max(axis=(0, 1))
    blank = int(np.count_nonzero(strength == 0))
    if blank == len(strength):
        return f"{counted(blank, 'map')}, 0 everywhere"
    strongest = f"of {counted(len(strength), 'map')}, map {strength.argmax()} is strongest"
    return strongest + (f", {blank} {'is' if blank == 1 else 'are'} 0 everywhere" if blank else "")
