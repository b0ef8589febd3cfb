"""Functions as learners write them: right, wrong, or failing for some arguments.

What each does depends on its arguments alone, so that a test can repeat it.
"""

import numpy as np

from helpers import convolve, convolve_loops, pool, pool_loops


def plus_one(image, kernel, **options):
    return convolve(image, kernel, **options) + 1


def transposed(image, kernel, **options):
    """Of the right shape only for square outputs."""
    return convolve(image, kernel, **options).T


def picky(image, kernel, **options):
    if np.ravel(kernel)[0] < 0:
        raise RuntimeError(f"no {kernel}\nof mine")
    return convolve(image, kernel, **options)


def not_finite(image, kernel, **options):
    return np.where(np.sum(kernel) > 1, np.nan, convolve(image, kernel, **options))


def greedy(image, kernel):
    output = convolve(image, kernel).tolist()
    image[:], kernel[:] = 0, 7
    return output


def forgets(image, kernel, **options):
    return convolve(image, kernel, **options) if len(options) < 2 else None


CONVOLUTIONS = [convolve_loops, plus_one, transposed, picky, not_finite, greedy, forgets]


def pool_plus_one(image, size, **options):
    return pool(image, size, **options) + 1


def pool_or_text(image, size, **options):
    return pool(image, size, **options) if size < 3 else [["a"]]


def pool_or_fail(image, size, stride=None, mode="max"):
    return pool(image[::-1][::-1], size, stride, mode)[:, : 9 if mode == "mean" else None]


POOLINGS = [pool_loops, pool_plus_one, pool_or_text, pool_or_fail]


def half_gradient(image, kernel, target):
    error = convolve(image, kernel) - target
    return convolve(image, error) / error.size


def picky_gradient(image, kernel, target):
    return half_gradient(image, kernel, target) if kernel[0, 0] < 0.5 else 1 / 0


GRADIENTS = [half_gradient, picky_gradient]
