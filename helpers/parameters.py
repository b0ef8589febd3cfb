"""What a layer costs: its weights, its biases, its multiplications, beside a dense layer's."""

from typing import NamedTuple

from helpers.geometry import output_size
from helpers.validation import as_pair, as_whole


class Counts(NamedTuple):
    """The numbers of one convolution layer, and of the dense layer with the same output."""

    output: tuple  # (rows, columns, filters)
    weights: int
    biases: int
    multiplications: int  # for one picture; those with padded zeros count too
    dense_weights: int
    dense_biases: int

    @property
    def parameters(self):
        """Weights and biases of the convolution layer."""
        return self.weights + self.biases

    @property
    def dense_parameters(self):
        """Weights and biases of the dense layer."""
        return self.dense_weights + self.dense_biases

    @property
    def ratio(self):
        """How many times as many weights the dense layer has."""
        return self.dense_weights / self.weights


def count_parameters(height, width, channels, kernel, filters, stride=1, padding=0):
    """Count what a convolution layer has to learn and to multiply.

    A filter has a weight for each row, column and channel of its window, and one bias. The size
    of the picture does not matter to it. In a dense layer every output has a weight for every
    input, and a bias of its own.

    Parameters
    ----------
    height, width, channels : int, of the layer's input
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
    height, width = as_whole("height", height, least=1), as_whole("width", width, least=1)
    channels, filters = (
        as_whole("channels", channels, least=1),
        as_whole("filters", filters, least=1),
    )
    window = as_pair("kernel", kernel, least=1)
    rows, columns = output_size((height, width), window, stride, padding)
    weights = window[0] * window[1] * channels * filters
    outputs = rows * columns * filters
    return Counts(
        output=(rows, columns, filters),
        weights=weights,
        biases=filters,
        multiplications=rows * columns * weights,  # each weight is used at every stop
        dense_weights=height * width * channels * outputs,
        dense_biases=outputs,
    )
