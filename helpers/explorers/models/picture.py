"""Pictures and titles that several explorers show."""

import numpy as np
from numpy.typing import ArrayLike

from helpers.rendering import View, format_number, render


def as_photo(image: np.ndarray) -> View:
    """Return an image with values in [0, 1] as a picture without a scale."""
    return render(image, "as a photo").without_scale()


COLORS = "red", "green", "blue"
# the longest: of a picture with a limit of its own, of one that shares its limit, of any view
SCALE_NOTE = "scale ends at the 99th percentile, less than 0.1% beyond"
CUT_NOTE = "less than 0.1% beyond the scale"
ANY_NOTE = f"each channel: middle gray is 0; {SCALE_NOTE}"


def longest_title(name: str) -> str:
    """Return a title that needs as much room as the `size_title` of a picture of up to 512 pixels."""
    return size_title(name, np.broadcast_to(0, (444, 444)))


def size_title(name: str, array: np.ndarray) -> str:
    """Return a title with the size of an array.

    >>> size_title("output", np.zeros((1, 4)))
    'output, 1 row, 4 columns'
    """
    return f"{name}, {counted(array.shape[0], 'row')}, {counted(array.shape[1], 'column')}"


def summary_of(output: np.ndarray, cut: str = "") -> str:
    """Return an output in one sentence: its size, its range, and what its picture cuts off.

    >>> summary_of(np.array([[-1, 0.5]]), "clipped: 50% below 0")
    'output, 1 row, 2 columns: from -1 to 0.5; clipped: 50% below 0'
    """
    low, high = (format_number(value) for value in (output.min(), output.max()))
    return "; ".join(filter(None, [f"{size_title('output', output)}: from {low} to {high}", cut]))


def counted(count: int, name: str) -> str:
    """Return a number of things, with "s" if it is not one."""
    return f"{count} {name}{'s' * (count != 1)}"


def spoken(pixel: ArrayLike) -> str:
    """Return the value of a gray pixel, or the three of a color pixel, by name.

    >>> spoken(0.5), spoken([0.5, 0, 1])
    ('0.5', 'red 0.5, green 0, blue 1')
    """
    values = [format_number(value) for value in np.ravel(pixel)]
    return values[0] if len(values) == 1 else ", ".join(map(" ".join, zip(COLORS, values)))


def shares(image: np.ndarray, output: np.ndarray) -> tuple[float, float]:
    """Return the widths of an image and its output at one scale, as fractions of the larger one.

    >>> shares(np.zeros((4, 6)), np.zeros((2, 3))), shares(np.zeros((4, 6)), np.zeros((8, 8)))
    ((1.0, 0.5), (0.75, 1.0))
    """
    sides = max(image.shape[:2]), max(output.shape[:2])
    return sides[0] / max(sides), sides[1] / max(sides)
