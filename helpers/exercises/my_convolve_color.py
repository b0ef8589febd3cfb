"""Judging `my_convolve_color` of lesson 06: the cases, and the mistakes that are recognized."""

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from helpers.convolution import convolve
from helpers.exercises.exercise import changed, is_function
from helpers.images import to_gray
from helpers.loops import convolve_loops
from helpers.network import Conv

# pixels below and above 0; 3, 5 and 1 channels; kernels that are not square; one position alone
_COLOR = (np.arange(126.0) ** 1.3 % 17 - 6).reshape(6, 7, 3)
_DEEP = (np.arange(210.0) ** 1.3 % 17 - 6).reshape(6, 7, 5)
_CASES = [
    (_COLOR, (np.arange(27.0) ** 1.7 % 7 - 3).reshape(3, 3, 3)),
    (_COLOR, (np.arange(18.0) ** 1.7 % 7 - 3).reshape(2, 3, 3)),
    (_DEEP, (np.arange(45.0) ** 1.7 % 7 - 3).reshape(3, 3, 5)),
    (_DEEP[:3, :2], (np.arange(30.0) ** 1.7 % 7 - 3).reshape(3, 2, 5)),
    (_DEEP[:, :, :1], np.array([[[2.0], [1]]])),
]

_LIBRARY = (convolve, convolve_loops, Conv.forward)


def _each_alone(image: NDArray, kernel: NDArray) -> NDArray:
    channels = range(image.shape[2])
    return np.stack([convolve(image[..., k], kernel[..., k]) for k in channels], axis=-1)


def _other_kernel(change: Callable) -> Callable:
    """The result with a changed kernel."""
    return lambda image, kernel: convolve(image, change(kernel))


def _channels(image: NDArray, kernel: NDArray, keep: Any) -> NDArray:
    return convolve(image[..., keep], kernel[..., keep])


def _matrix_products(image: NDArray, kernel: NDArray) -> NDArray:
    windows = np.lib.stride_tricks.sliding_window_view(image, kernel.shape[:2], axis=(0, 1))
    return (np.moveaxis(windows, 2, -1) @ kernel).sum(axis=(2, 3, 4))


MISTAKES = [
    (lambda image, kernel: convolve(image, kernel) / image.shape[2],
     "the channels are averaged; their sums should be added"),
    (lambda image, kernel: convolve(image, kernel) / kernel.size,
     "the products are averaged; they should be summed"),
    (lambda image, kernel: convolve(image, np.ones_like(kernel)),
     "the pixels are summed without the kernel; multiply each by its weight"),
    (lambda image, kernel: convolve(image, np.ones_like(kernel)) + kernel.sum(),
     "pixel and weight are added; multiply them"),
    (_matrix_products, "@ multiplies matrices; * multiplies pixel by weight"),
    (changed(convolve, np.abs), "the minus signs are missing: an output can be negative"),
    (changed(convolve, lambda result: np.maximum(result, 0)),
     "negative outputs are cut off at 0: no ReLU here"),
    (_each_alone, "the channels are still separate; add their sums"),
    (lambda image, kernel: np.abs(_each_alone(image, kernel)).sum(axis=2),
     "the absolute values of the channels are added; a channel's sum can be negative"),
    (lambda image, kernel: np.maximum(_each_alone(image, kernel), 0).sum(axis=2),
     "each channel is cut off at 0 before the sum; a channel's sum can be negative"),
    (lambda image, kernel: _each_alone(image, kernel).max(axis=2),
     "only the largest channel counts; add all of them"),
    (lambda image, kernel: _channels(image, kernel, slice(1)), "only the first channel is used"),
    (lambda image, kernel: _channels(image, kernel, slice(-1, None)), "only the last channel is used"),
    *[(lambda image, kernel, first=first: _channels(image, kernel, first),
       "only the first three channels are used; there can be more, or fewer")
      for first in (slice(3), [0, 1, 2])],
    (lambda image, kernel: convolve(image, kernel[..., 0]).sum(axis=2),
     "every channel has a slice of its own"),
    (lambda image, kernel: convolve(image.sum(axis=2), kernel.sum(axis=2)),
     "channels and slices are summed first; each channel has a slice of its own"),
    (lambda image, kernel: convolve(to_gray(image), kernel.sum(axis=2)),
     "the image is made gray first; each channel has a slice of its own"),
    (_other_kernel(lambda kernel: kernel[::-1, ::-1]),
     "the kernel is rotated by 180°; apply it without flipping"),
    (_other_kernel(lambda kernel: kernel[::-1, ::-1, ::-1]),
     "the kernel is flipped along all three axes; apply it without flipping"),
    (_other_kernel(lambda kernel: kernel[::-1]), "the kernel's rows are in reverse order"),
    (_other_kernel(lambda kernel: kernel[:, ::-1]), "the kernel's columns are in reverse order"),
    (_other_kernel(lambda kernel: kernel[:, :, ::-1]),
     "the slices are in the wrong order: slice 0 belongs to channel 0"),
    (_other_kernel(lambda kernel: kernel.swapaxes(0, 1)),
     "rows and columns of the kernel are swapped"),
    (changed(convolve, lambda result: result[:-1, :-1]),
     "the last row and column of positions are missing"),
    (changed(convolve, lambda result: result[:-1]),
     "the last row of positions is missing: n − kh + 1"),
    (changed(convolve, lambda result: result[:, :-1]),
     "the last column of positions is missing: n − kw + 1"),
    (changed(convolve, lambda result: result[1:, 1:]),
     "the first row and column of positions are missing"),
    (changed(convolve, lambda result: result[..., None]),
     "the result has rows and columns only, no channels"),
    (lambda image, kernel: convolve(image, kernel, padding="same"),
     "the window must stay inside the image: no padding here"),
]  # fmt: skip

judge = is_function(convolve, _CASES, MISTAKES, library=_LIBRARY)
