"""The windows themselves: the patch of an image at every position of a kernel."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from helpers.geometry import plan
from helpers.padding import Padding, pad
from helpers.validation import IntOrPair, as_array, as_pair, check_room


def windows(
    image: ArrayLike, kernel: IntOrPair, stride: IntOrPair = 1, dilation: IntOrPair = 1
) -> NDArray:
    """Return every window of an image, as a view: no pixel is copied.

    Parameters
    ----------
    image : (H, W, ...) array
    kernel, stride, dilation : int or (rows, columns), in pixels

    Returns
    -------
    (H', W', kh, kw, ...) read-only view; [row, column] is the window of that output pixel

    Raises
    ------
    ValueError, TypeError : naming the parameter, what was expected and what was given.

    Source: `numpy.lib.stride_tricks.sliding_window_view`, to which stride and dilation are added.

    >>> windows(np.arange(12).reshape(3, 4), 2)[1, 2]
    array([[ 6,  7],
           [10, 11]])
    """
    image = as_array("image", image)
    kernel_shape = as_pair("kernel", kernel, least=1)
    output_shape, _ = plan(image.shape[:2], kernel_shape, stride, 0, dilation)
    strides, dilations = as_pair("stride", stride, least=1), as_pair("dilation", dilation, least=1)
    down, right = image.strides[:2]
    return np.lib.stride_tricks.as_strided(
        image,
        shape=output_shape + kernel_shape + image.shape[2:],
        strides=(down * strides[0], right * strides[1], down * dilations[0], right * dilations[1])
        + image.strides[2:],
        writeable=False,
    )


def window_indices(
    shape: IntOrPair,
    kernel: IntOrPair,
    stride: IntOrPair = 1,
    padding: Padding = 0,
    dilation: IntOrPair = 1,
    border: str = "zero",
) -> NDArray:
    """Return which pixels of an image each window uses.

    Parameters
    ----------
    shape : int or (rows, columns), of the image
    kernel, stride, padding, dilation, border : as in `convolve`

    Returns
    -------
    (H', W', kh, kw) ints: the pixel's number, counted row by row from 0; −1 for a padded zero

    >>> window_indices((2, 3), 2)[0, 1]
    array([[1, 2],
           [4, 5]])
    """
    shape, kernel = as_pair("shape", shape, least=1), as_pair("kernel", kernel, least=1)
    check_room("shape", shape)
    _, pad_width = plan(shape, kernel, stride, padding, dilation)
    counted_from_1 = np.arange(1, shape[0] * shape[1] + 1).reshape(shape)
    return windows(pad(counted_from_1, pad_width, border), kernel, stride, dilation) - 1
