"""What PoolingExplorer says about its pictures: new colors, values beyond the scale, a shift."""

import numpy as np

from helpers.rendering import percent


def about_new_colors(new: np.ndarray) -> str:
    """Return how many pixels of max have a new color; `new` is True for each, (H', W')."""
    return f"In {percent(new.mean())} of its pixels, max makes a color that occurs nowhere in the window."


def about_scale(image: np.ndarray, result: np.ndarray, limit: float) -> str:
    """Return how much of the input and of the output lies beyond the scale; empty if nothing does."""
    shares = [np.mean(np.abs(values) > limit) for values in (image, result)]
    if not any(shares):
        return ""
    return (
        "The scale ends at the 99th percentile of the input:"
        " {} of its values lie beyond, and {} of the output's."
    ).format(*(percent(share, decimals=1) for share in shares))


def about_shift(unchanged: tuple[float, float] | None) -> str:
    """Return how much a shift leaves unchanged: the fractions of the image and of the output."""
    if unchanged is None:
        return ""
    return (
        "After the shift, {} of the image's pixels and {} of the output's are unchanged (within 0.05)."
    ).format(*map(percent, unchanged))


LONGEST_NOTE = about_shift((0.001, 0.001))
LONGEST_REMARK = about_scale(np.ones(2000), np.ones(2000), 0)
