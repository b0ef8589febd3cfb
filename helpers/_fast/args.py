"""The arguments of a convolution, checked once, as all its methods receive them."""

from typing import NamedTuple

from numpy.typing import NDArray

from helpers.padding import PadWidth
from helpers.validation import Pair


class ConvArgs(NamedTuple):
    """A convolution whose arguments have been checked: only arithmetic is left."""

    image: NDArray  # already padded when a method of `_fast` receives it
    kernel: NDArray  # already flipped if asked for, in the type of the result
    bias: NDArray
    output_shape: Pair
    pad_width: PadWidth
    stride: Pair
    dilation: Pair
