"""What a layer costs: its weights, biases and multiplications, compared with a dense layer."""

from typing import NamedTuple

from helpers.geometry import plan
from helpers.padding import Padding
from helpers.validation import LARGEST_SIZE, IntOrPair, as_pair, as_whole


class Counts(NamedTuple):
    """The numbers of one convolution layer, and of the dense layer with the same output."""

    output: tuple[int, int, int]  # (rows, columns, filters)
    weights: int
    biases: int
    multiplications: int  # for one image, including those with padded zeros
    dense_weights: int
    dense_biases: int

    @property
    def parameters(self) -> int:
        """Weights and biases of the convolution layer."""
        return self.weights + self.biases

    @property
    def dense_parameters(self) -> int:
        """Weights and biases of the dense layer."""
        return self.dense_weights + self.dense_biases

    @property
    def ratio(self) -> float:
        """How many times as many weights the dense layer has."""
        return self.dense_weights / self.weights


def count_parameters(
    height: int,
    width: int,
    channels: int,
    kernel: IntOrPair,
    filters: int,
    stride: IntOrPair = 1,
    padding: Padding = 0,
) -> Counts:
    """Count the parameters and the multiplications of a convolution layer.

    A filter has one weight for each row, column and channel of its window, and one bias, whatever
    the size of the image. In a dense layer, every output has one weight per input, and one bias.

    Parameters
    ----------
    height, width, channels : int, of the layer's input, in pixels
    kernel : int or (rows, columns)
    filters : int
    stride, padding : as in `output_size`

    Returns
    -------
    Counts

    Raises
    ------
    ValueError, TypeError : naming the parameter; also when the kernel does not fit.

    >>> counts = count_parameters(32, 32, 3, kernel=5, filters=64)
    >>> counts.output, counts.weights, counts.biases, counts.dense_weights
    ((28, 28, 64), 4800, 64, 154140672)
    >>> count_parameters(28, 28, 1, kernel=3, filters=8).parameters
    80
    """
    height, width = _as_size("height", height), _as_size("width", width)
    channels, filters = _as_size("channels", channels), _as_size("filters", filters)
    kernel_shape = as_pair("kernel", kernel, least=1)
    rows, columns = plan((height, width), kernel_shape, stride, padding, 1).output_shape
    weights = kernel_shape[0] * kernel_shape[1] * channels * filters
    outputs = rows * columns * filters
    return Counts(
        output=(rows, columns, filters),
        weights=weights,
        biases=filters,
        multiplications=rows * columns * weights,  # each weight is used at every position
        dense_weights=height * width * channels * outputs,
        dense_biases=outputs,
    )


def _as_size(name: str, value: int) -> int:
    return as_whole(name, value, least=1, most=LARGEST_SIZE)
