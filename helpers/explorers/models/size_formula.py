"""The formula of the output size with its numbers, as a line of text."""

from typing import Any

from helpers.geometry import plan
from helpers.validation import Pair

PLAIN_SIZES = {"stride": 1, "padding": 0, "dilation": 1}


LONGEST_FORMULA = " ".join(
    f"{name}: ⌊(4000 + 2·0 − 1·(3 − 1) − 1) / 1⌋ + 1 = 4000." for name in ("Rows", "Columns")
)


def size_formula(sizes: Pair, kernel: Pair, options: dict[str, Any]) -> str:
    """Return the calculation of the output's rows and columns; `options` are those of `convolve`.

    >>> size_formula((7, 8), (3, 3), {"stride": 2}).partition(". ")[0]
    'Rows: ⌊(7 + 2·0 − 1·(3 − 1) − 1) / 2⌋ + 1 = 3'
    >>> size_formula((6, 7), (3, 3), {"stride": 2, "padding": "same"}).partition(". ")[0]
    'Rows: ⌊(6 + 0 + 1 − 1·(3 − 1) − 1) / 2⌋ + 1 = 3'
    """
    stride, padding, dilation = (options.get(name, value) for name, value in PLAIN_SIZES.items())
    output_shape, pad_width = plan(sizes, kernel, stride, padding, dilation)
    lines = []
    for name, n, k, sides, count in zip(
        ("Rows", "Columns"), sizes, kernel, pad_width, output_shape
    ):
        added = "{} + {}".format(*sides) if padding == "same" else f"2·{sides[0]}"
        size = f"⌊({n} + {added} − {dilation}·({k} − 1) − 1) / {stride}⌋ + 1"
        lines.append(f"{name}: {size} = {count}.")
    return " ".join(lines)
