"""What does not fit: the rows and columns at the end of an image that no window reaches."""

from helpers.explorers.models.picture import counted
from helpers.geometry import extent


def dropped_by(
    image_shape: tuple, output_shape: tuple, geometry: tuple[int, int, int]
) -> tuple[int, int]:
    """Return how many rows and columns at the end of the image no window reaches."""
    size, stride, dilation = geometry
    pairs = zip(image_shape[:2], output_shape)
    rows, columns = (n - (count - 1) * stride - extent(size, dilation) for n, count in pairs)
    return rows, columns


def dropped_note(rows: int, columns: int) -> str:
    """Say what no window reaches, if anything.

    >>> dropped_note(0, 2)
    'dropped: 2 columns'
    """
    lines = [counted(count, name) for count, name in ((rows, "row"), (columns, "column")) if count]
    return f"dropped: {', '.join(lines)}" if lines else ""


LONGEST_NOTE = dropped_note(10, 10)
