"""Where the scale of a picture ends, by sorting: an oracle of `helpers.rendering.scale_limit`."""

import numpy as np


def scale_end(values, noise=1e-6):
    """The largest of few values; of more than 600, one percent of those above the noise lie beyond."""
    sizes = np.sort(np.abs(np.ravel(values)))
    beyond = np.sum(sizes > noise) // 100 if sizes.size > 600 else 0
    return sizes[-1 - beyond]
