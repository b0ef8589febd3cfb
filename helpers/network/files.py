"""One .npz file for a network: arrays and a line of text, never objects."""

import json
import os
import zipfile
from contextlib import contextmanager
from os import PathLike
from pathlib import Path

import numpy as np

from helpers.validation import describe

FORMAT = "convolution-course network 1"


def write_file(path, plan, arrays):
    """Write a dict of plain values and named arrays; a file that was there stays until this is whole."""
    path = _as_path(path)
    if not path.parent.is_dir():
        raise ValueError(f"path must be in a folder that is there; got {str(path)!r}")
    if not path.name or os.path.isdir(path):
        raise ValueError(f"path must name a file, and no folder; got {str(path)!r}")
    text, begun = json.dumps({"format": FORMAT, **plan}), False
    unfinished = path.with_name(f"{path.name}.{os.getpid()}.part")
    try:
        with open(unfinished, "wb") as file:
            begun = True
            np.savez(file, plan=np.array(text), **arrays)
        unfinished.replace(path.resolve())
    except OSError as error:
        raise ValueError(
            f"path must be a file that can be written; {path.name[:80]!r}: {error.strerror or error}"
        ) from None
    finally:
        if begun:
            unfinished.unlink(missing_ok=True)


@contextmanager
def reading(path):
    """Yield what `write_file` wrote; whatever fails inside the block refuses the file in one line."""
    path = _as_path(path)
    if not path.is_file():
        raise ValueError(f"path must name a file; there is none at {path.name!r}")
    try:
        if not zipfile.is_zipfile(path):
            raise ValueError("it is no .npz file, or only a part of one")
        with np.load(path, allow_pickle=False) as stored:
            arrays = {name: stored[name] for name in stored.files}
        plan = json.loads(str(arrays.pop("plan", "{}")))
        if plan.get("format") != FORMAT:
            raise ValueError("it has another format")
        yield plan, arrays
    except Exception as error:  # a file from elsewhere may fail at any place
        reason = " ".join(str(error).split())[:160]
        raise ValueError(f"{path.name!r} is not a network saved here: {reason}") from None


def _as_path(path):
    if not isinstance(path, (str, PathLike)):
        raise TypeError(f"path must be the name of a file; got {describe(path)}")
    if "\0" in os.fspath(path):
        raise ValueError(f"path must be the name of a file; got {describe(path)}")
    return Path(path)
