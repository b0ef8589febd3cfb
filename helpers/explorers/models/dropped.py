"""What does not fit: the rows and columns at the end of an image that no window reaches."""

from helpers.geometry import extent


def dropped_by(sizes: tuple, shape: tuple, geometry: tuple[int, int, int]) -> tuple[int, int]:
    """Return how many rows and columns at the end of the image no window reaches."""
    size, stride, dilation = geometry
    rows, columns = (
        n - (count - 1) * stride - extent(size, dilation) for n, count in zip(sizes[:2], shape)
    )
    return rows, columns


def dropped_note(rows: int, columns: int) -> str:
    """Say what no window reaches, if anything.

    >>> dropped_note(0, 2)
    'dropped: 2 columns at the right (grayed)'
    """
    lines = [
        f"{count} {name if count > 1 else name[:-1]} at the {end}"
        for count, name, end in ((rows, "rows", "bottom"), (columns, "columns", "right"))
        if count
    ]
    return f"dropped: {', '.join(lines)} (grayed)" if lines else ""


LONGEST_NOTE = dropped_note(10, 10)
