"""The exercises of lesson 05b: an alias, a kernel that removes stripes, a size with stride and pooling."""

import numpy as np
from numpy.typing import NDArray

from helpers.exercises.exercise import Exercise, is_kernel, is_number, is_shape
from helpers.stripes import gain

_PERIOD = 4  # pixels, of the vertical stripes that the kernel must remove
_PRECISION = 5e-3  # weights such as 0.167 are near enough


def _removes_stripes(weights: NDArray) -> str | None:
    if abs(weights.sum() - 1) > _PRECISION:
        return f"the weights must add up to 1; they add up to {weights.sum():g}"
    left = gain(weights, _PERIOD)
    if left < _PRECISION * np.abs(weights).max():
        return None
    if gain(weights, _PERIOD, 90) < _PRECISION:
        return "it removes horizontal stripes, not vertical ones: swap its rows and columns"
    for period in (2, 3):
        if gain(weights, period) < _PRECISION:
            return f"it removes period {period}; at period {_PERIOD} it leaves {left:.2f} of the contrast"
    return f"at period {_PERIOD} it leaves {left:.2f} times the contrast, not 0"


EXERCISES = {
    "05b-period": Exercise(
        is_number(
            7.5,
            {2.5: "that is in output pixels; each of them is 3 pixels of the image",
             15: "after 15 pixels the output repeats exactly, but by then it holds two stripes",
             5: "3/5 of a period per output pixel is more than a half: the period changes",
             3: "that is the step",
             5 / 3: "3/5 of a period per output pixel is more than a half: subtract the nearest whole number",
             6: "that is for two output pixels in a period; here there are fewer",
             0.4: "that is in periods per output pixel; divide the step by it",
             0.6: "that is in periods per output pixel, and more than a half",
             1.2: "divide the step by 2/5, do not multiply"},
        ),
        right="3/5 of a period per output pixel looks like 2/5: a period is 3 / (2/5) pixels.",
        hint="How much of a period is one step? Subtract the nearest whole number. How many steps does the rest need for a whole period?",
        solution="answer = 3 / abs(3 / 5 - 1)  # a step is 3/5 of a period, 2/5 short of a whole one",
    ),
    "05b-kernel": Exercise(
        is_kernel(_removes_stripes),
        right="Pixels two columns apart are half a period apart: their mean is gray everywhere.",
        hint="At period 4, how many columns from the brightest pixel is the darkest one?",
        solution="""# in two columns that are half a period apart, a bright pixel meets a dark one
answer = [[0, 0, 0], [0.5, 0, 0.5], [0, 0, 0]]""",
    ),
    "05b-size": Exercise(
        is_shape(
            (13, 13),
            {(26, 26): "that is before pooling",
             (27, 27): "that is before pooling, and the division rounds down",
             (25, 25): "that is before pooling, and the first position counts too",
             (12, 12): "the first position of the kernel counts too: ⌊77 / 3⌋ + 1",
             (12.5, 12.5): "the first position of the kernel counts too: ⌊77 / 3⌋ + 1",
             (39, 39): "the stride is 3, and the windows of pooling are 2 pixels wide",
             (40, 40): "the stride of the convolution is missing",
             (38, 38): "the stride of the convolution is missing",
             (78, 78): "that is for stride 1, before pooling",
             (14, 14): "one too many: 27 positions of the kernel would need 81 pixels",
             (13.5, 13.5): "both divisions round down"},
        ),
        right="⌊(80 − 3) / 3⌋ + 1 = 26 positions of the kernel, and 13 windows of 2 side by side.",
        hint="First the positions of the kernel: ⌊(80 − 3) / 3⌋ + 1. Then windows of 2, side by side.",
        solution="""# 26 positions of the kernel, the first one included; then windows of 2 side by side
answer = (((80 - 3) // 3 + 1) // 2, ((80 - 3) // 3 + 1) // 2)""",
    ),
}  # fmt: skip
