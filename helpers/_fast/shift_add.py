"""Convolution by shifting and adding: for each weight, the shifted image times the weight.

The products are those of the plain loop in another order: first every window's first product, then
every window's second one, and so on. Each step is one NumPy operation on a whole band of rows.
"""

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from helpers._fast import tuning
from helpers._fast.args import ConvArgs
from helpers._fast.threads import share_out


def convolve_shift_add(args: ConvArgs) -> NDArray:
    """Convolve each channel with a (kh, kw) kernel, a band of output rows at a time."""
    image, kernel, _, output_shape, _, stride, dilation = args
    result = np.zeros(output_shape + image.shape[2:], image.dtype)
    taps = [(i * dilation[0], j * dilation[1], kernel[i, j]) for i, j in np.argwhere(kernel)]
    band_height = max(1, tuning.SHIFT_ADD_BAND // result[0].size)
    width = (output_shape[1] - 1) * stride[1] + 1

    def fill_bands(tops: Iterable[int]) -> None:
        products = np.empty_like(result[:band_height])
        for top in tops:
            band = result[top : top + band_height]
            height = (len(band) - 1) * stride[0] + 1
            for number, (down, right, weight) in enumerate(taps):
                first = top * stride[0] + down
                pixels = image[
                    first : first + height : stride[0], right : right + width : stride[1]
                ]
                if number == 0:
                    np.multiply(pixels, weight, out=band)
                else:
                    band += np.multiply(pixels, weight, out=products[: len(band)])

    share_out(fill_bands, range(0, output_shape[0], band_height))
    return result
