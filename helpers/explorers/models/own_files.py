"""Sets of one's own pictures: what is given to the explorer, and where a new file goes."""

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from helpers.explorers.models.own_pictures import FEWEST, MOST, check_name
from helpers.labels import as_labeled
from helpers.messages import describe
from helpers.network.picture_set import SHAPES, LabeledSet, load_zip
from helpers.validation import is_listed


def as_own_set(given: Any, names: Sequence[str] | None) -> LabeledSet | None:
    """Return the set to begin with, with names for its classes, or refuse it or its names."""
    if names is not None:
        _check_names(names)
    if given is None:
        return None
    if isinstance(given, (str, Path)):
        found = load_zip(given)
    elif isinstance(given, (tuple, list)) and len(given) in (2, 3):
        images, labels = as_labeled("pictures", tuple(given[:2]), classes=MOST)
        classes = given[2:] or (names or [f"class {k + 1}" for k in range(1 + labels.max())],)
        found = LabeledSet(images.astype(np.float32), labels, tuple(classes[0]))
    else:
        raise TypeError(
            f"pictures must be a pair of images and labels, or a path; got {describe(given)}"
        )
    count = len(found.names)
    if found.images.shape[1:] not in SHAPES or not found.labels.max() < count <= MOST:
        raise ValueError(
            f"pictures must be (N, 28, 28) or (N, 32, 32, 3), of at most {MOST} named classes;"
            f" got {describe(found.images)}, {count} names"
        )
    _check_names(found.names, least=1)
    return found


def _check_names(names: Any, least: int = FEWEST) -> None:
    if not is_listed(names) or not least <= len(names) <= MOST:
        raise ValueError(
            f"names must be {FEWEST} to {MOST} names of classes; got {describe(names)}"
        )
    for name in names:
        if problem := check_name(name):
            raise ValueError(f"names: {problem}")
    if len({name.casefold() for name in names}) < len(names):
        raise ValueError(f"names must differ; got {describe(names)}")


def free_path(folder: Path, name: str) -> Path:
    """Return the path of a zip file that is not there yet: nothing is ever overwritten."""
    taken = {
        int(match[1] or 1)
        for path in folder.glob(f"{name}*.zip")
        if (match := re.fullmatch(rf"{name}(?:_(\d+))?\.zip", path.name))
    }
    number = max(taken, default=0) + 1
    return folder / (f"{name}.zip" if number == 1 else f"{name}_{number}.zip")
