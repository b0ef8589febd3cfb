"""Sets of one's own pictures: what is given to the explorer, and where a new file goes."""

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from helpers.explorers.models.own_pictures import FEWEST, MOST
from helpers.messages import describe
from helpers.network.picture_set import SHAPES, LabeledSet, load_zip


def as_own_set(given: Any, names: Sequence[str] | None) -> LabeledSet | None:
    """Return the set to begin with, or refuse it."""
    if names is not None:
        names = tuple(names) if isinstance(names, (list, tuple)) else ()
        if not FEWEST <= len(names) <= MOST:
            raise ValueError(f"names must be {FEWEST} to {MOST} names of classes")
    if given is None:
        return None
    if isinstance(given, (str, Path)):
        found = load_zip(given)
    elif isinstance(given, tuple) and len(given) in (2, 3):
        images, labels, *own = given
        classes = names or (own[0] if own else [f"class {k + 1}" for k in range(1 + max(labels))])
        found = LabeledSet(np.asarray(images, np.float32), np.asarray(labels), tuple(classes))
    else:
        raise TypeError(
            f"pictures must be a pair of images and labels, or a path; got {describe(given)}"
        )
    if found.images.shape[1:] not in SHAPES or len(found.names) > MOST:
        raise ValueError(
            f"pictures must be (N, 28, 28) or (N, 32, 32, 3), of at most {MOST} classes;"
            f" got {describe(found.images)} of {len(found.names)}"
        )
    return found


def free_path(folder: Path, name: str) -> Path:
    """Return the path of a zip file that is not there yet: nothing is ever overwritten."""
    taken = {
        int(match[1] or 1)
        for path in folder.glob(f"{name}*.zip")
        if (match := re.fullmatch(rf"{name}(?:_(\d+))?\.zip", path.name))
    }
    number = max(taken, default=0) + 1
    return folder / (f"{name}.zip" if number == 1 else f"{name}_{number}.zip")
