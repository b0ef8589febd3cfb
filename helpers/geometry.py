"""Where a window may stand: sizes, padding and the windows themselves.

Convolution and pooling share this file, and photographs and networks do too: the two spatial
axes come first, and every axis after them just comes along.
"""

import numpy as np

from helpers.validation import as_array, as_choice, as_pair, as_whole, describe, is_listed

BORDERS = {"zero": "constant", "edge": "edge", "reflect": "reflect", "wrap": "wrap"}


def output_size(size, kernel, stride=1, padding=0, dilation=1):
    """Count the stops that a kernel makes along each axis.

    A kernel of k weights, `dilation` apart, reaches over dilation·(k − 1) + 1 pixels. It starts at
    the first pixel and moves on by `stride` as long as it fits, so what does not divide is
    rounded down, and the last pixels may be left unread.

    Parameters
    ----------
    size, kernel, stride, dilation : int or (rows, columns)
    padding : int, (rows, columns), ((top, bottom), (left, right)), "valid" or "same"

    Returns
    -------
    int : floor((size + padding before and after − reach) / stride) + 1,
        or a (rows, columns) pair when any argument is a pair.

    Raises
    ------
    ValueError : when the kernel does not fit even once.

    >>> output_size(28, 3)
    26
    >>> output_size(28, 3, stride=2, padding="same")
    14
    >>> output_size((480, 640), 5, stride=2)
    (238, 318)
    """
    sizes = as_pair("size", size, least=1)
    windows = as_pair("kernel", kernel, least=1)
    stops, _ = plan(sizes, windows, stride, padding, dilation)
    paired = any(map(is_listed, (size, kernel, stride, padding, dilation)))
    return stops if paired else stops[0]


def plan(sizes, kernel, stride, padding, dilation, name="kernel"):
    """Return the stops (rows, columns) and the padding ((top, bottom), (left, right)).

    `name` is what the caller calls the kernel's size, for the message.
    """
    strides = as_pair("stride", stride, least=1)
    dilations = as_pair("dilation", dilation, least=1)
    reaches = [d * (k - 1) + 1 for d, k in zip(dilations, kernel)]
    if isinstance(padding, str) and padding == "same":
        widths = tuple(_same(*axis) for axis in zip(sizes, reaches, strides))
    else:
        widths = pad_widths(padding)
    stops = []
    for axis, n, reach, step, (before, after) in zip(
        ("rows", "columns"), sizes, reaches, strides, widths
    ):
        if reach > n + before + after:
            raise ValueError(
                f"{name} that reaches over {reach} {axis} does not fit into"
                f" {n} {axis} with {before} + {after} of padding"
            )
        stops.append((n + before + after - reach) // step + 1)
    return tuple(stops), widths


def _same(n, reach, step):
    """Padding for ceil(n / step) stops; an odd pixel goes after, as in Keras."""
    total = max((-(-n // step) - 1) * step + reach - n, 0)
    return total // 2, total - total // 2


def pad_widths(padding):
    """Return padding as ((top, bottom), (left, right))."""
    if isinstance(padding, str):
        if padding == "valid":
            return (0, 0), (0, 0)
        raise ValueError(
            'padding must be a number, a pair, "valid" or, for a kernel, "same";'
            f" got {describe(padding)}"
        )
    if is_listed(padding) and len(padding) == 2 and all(map(is_listed, padding)):
        return tuple(as_pair(f"padding[{i}]", sides, least=0) for i, sides in enumerate(padding))
    rows, columns = as_pair("padding", padding, least=0)
    return (rows, rows), (columns, columns)


def pad(image, padding, border="zero"):
    """Return a larger copy of the image, with cells added around it.

    Parameters
    ----------
    image : (H, W, ...) array
    padding : int, (rows, columns) or ((top, bottom), (left, right)), in pixels
    border : what the new cells hold
        "zero", "edge" (the nearest pixel), "reflect" (a mirror on the last pixel),
        "wrap" (the opposite side)

    Returns
    -------
    (top + H + bottom, left + W + right, ...) array of the image's type

    >>> pad([[1, 2, 3]], (0, 2), border="reflect")
    array([[3, 2, 1, 2, 3, 2, 1]])
    """
    image = as_array("image", image)
    as_choice("border", border, BORDERS)
    widths = pad_widths(padding) + ((0, 0),) * (image.ndim - 2)
    return np.pad(image, widths, mode=BORDERS[border])


def windows(image, kernel, stride=1, dilation=1):
    """Return every window of an image, without copying a pixel.

    Parameters
    ----------
    image : (H, W, ...) array
    kernel, stride, dilation : int or (rows, columns)

    Returns
    -------
    (H', W', kh, kw, ...) read-only view; [row, column] is the window of that output pixel

    >>> windows(np.arange(12).reshape(3, 4), 2)[1, 2]
    array([[ 6,  7],
           [10, 11]])
    """
    image = as_array("image", image)
    sizes = as_pair("kernel", kernel, least=1)
    stops, _ = plan(image.shape[:2], sizes, stride, 0, dilation)
    strides, dilations = as_pair("stride", stride, least=1), as_pair("dilation", dilation, least=1)
    down, across = image.strides[:2]
    return np.lib.stride_tricks.as_strided(
        image,
        shape=stops + sizes + image.shape[2:],
        strides=(down * strides[0], across * strides[1], down * dilations[0], across * dilations[1])
        + image.strides[2:],
        writeable=False,
    )


def window_indices(sizes, kernel, stride=1, padding=0, dilation=1, border="zero"):
    """Say which cells of an image each window reads.

    Parameters
    ----------
    sizes : (rows, columns) of the image
    kernel, stride, padding, dilation, border : as in `convolve`

    Returns
    -------
    (H', W', kh, kw) ints: the cell's number, counted row by row from 0; −1 for a padded zero

    >>> window_indices((2, 3), 2)[0, 1]
    array([[1, 2],
           [4, 5]])
    """
    kernel = as_pair("kernel", kernel, least=1)
    _, widths = plan(sizes, kernel, stride, padding, dilation)
    counted_from_1 = np.arange(1, sizes[0] * sizes[1] + 1).reshape(sizes)
    return windows(pad(counted_from_1, widths, border), kernel, stride, dilation) - 1


def check_position(name, value, stops):
    """Return `value` as an index into `stops` output cells, or refuse it."""
    number = as_whole(name, value, least=0)
    if number >= stops:
        raise ValueError(f"{name} must be from 0 to {stops - 1}; got {describe(value)}")
    return number
