"""Where the scale of a picture ends, by sorting: an oracle of `helpers.rendering.scale_limit`."""

import numpy as np


def scale_end(values):
    """The largest of few values; of more than 600, one percent of those that are not 0 lie beyond."""
    sizes = np.sort(np.abs(np.ravel(values)))
    beyond = np.sum(sizes > 1e-6) // 100 if sizes.size > 600 else 0
    return sizes[-1 - beyond]
