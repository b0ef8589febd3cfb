"""Pictures and titles that several explorers show."""

import numpy as np

from helpers.rendering import View, render


def as_photo(image: np.ndarray) -> View:
    """Return an image with values in [0, 1] as a picture without a scale."""
    return render(image, "as a photo").without_scale()


PHOTO_NOTE = "from -99.99 to 99.99; cut off: 99.9% below 0, 99.9% above 1"  # the longest


def longest_title(name: str) -> str:
    """Return a title that needs as much room as the `size_title` of a picture of up to 512 pixels."""
    return size_title(name, np.broadcast_to(0, (444, 444)))


def size_title(name: str, array: np.ndarray) -> str:
    """Return a title with the size of an array.

    >>> size_title("output", np.zeros((3, 4)))
    'output, 3 rows, 4 columns'
    """
    return f"{name}, {array.shape[0]} rows, {array.shape[1]} columns"


def percent(share: float) -> str:
    """Return a fraction in whole percent; some is not 0%, and not quite all is not 100%.

    >>> [percent(share) for share in (0, 0.001, 0.126, 0.999, 1)]
    ['0%', 'less than 1%', '13%', 'over 99%', '100%']
    """
    if 0 < share < 0.005:
        return "less than 1%"
    return "over 99%" if 0.995 <= share < 1 else f"{share:.0%}"
