"""One .npz file for a network: arrays and a line of text, never objects."""

import json
import os
import zipfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from os import PathLike
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from helpers.network.convolution import Conv
from helpers.network.layer import Layer, Shape
from helpers.network.layers import Dense, Flatten, ReLU
from helpers.network.pooling import MaxPool, MeanPool
from helpers.validation import as_choice, describe

FORMAT = "convolution-course network 1"
LAYERS: dict[str, Callable[..., Layer]] = {
    layer.__name__: layer for layer in (Conv, ReLU, MaxPool, MeanPool, Flatten, Dense)
}


def write_network(path: str | PathLike[str], input_shape: Shape, layers: Sequence[Layer]) -> None:
    """Write layers with their parameters; an existing file is kept until this one is complete."""
    plan = {
        "format": FORMAT,
        "input_shape": input_shape,
        "layers": [[layer.name, layer.settings] for layer in layers],
    }
    arrays = {
        f"{number}-{name}": array
        for number, layer in enumerate(layers)
        for name, array in layer.parameters.items()
    }
    _write_file(path, plan, arrays)


def _write_file(file_path: str | PathLike[str], plan: dict, arrays: dict[str, NDArray]) -> None:
    path = _as_path(file_path)
    if not path.parent.is_dir():
        raise ValueError(f"path must be in a folder that is there; got {str(path)!r}")
    if not path.name or os.path.isdir(path):
        raise ValueError(f"path must name a file, and no folder; got {str(path)!r}")
    contents: dict[str, Any] = {"plan": np.array(json.dumps(plan)), **arrays}
    begun = False
    unfinished = path.with_name(f"{path.name}.{os.getpid()}.part")
    try:
        with open(unfinished, "wb") as file:
            begun = True
            np.savez(file, **contents)
        unfinished.replace(path.resolve())
    except OSError as error:
        raise ValueError(
            f"path must be a file that can be written; {path.name[:80]!r}: {error.strerror or error}"
        ) from None
    finally:
        if begun:
            unfinished.unlink(missing_ok=True)


@contextmanager
def reading(file_path: str | PathLike[str]) -> Iterator[tuple[dict, dict[str, NDArray]]]:
    """Yield the plan and the arrays in a file; any error inside the block refuses the file in one line."""
    path = _as_path(file_path)
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


def make_layers(settings: Iterable[tuple[str, list]]) -> list[Layer]:
    """Return new layers from the (name, arguments) of each; a file may lack the later arguments."""
    return [LAYERS[as_choice("layer", name, LAYERS)](*arguments) for name, arguments in settings]


def put_parameters(layers: Iterable[Layer], arrays: dict[str, NDArray]) -> None:
    """Put stored parameters into layers, if every one is there and fits, and none is left."""
    for number, layer in enumerate(layers):
        for name, array in layer.parameters.items():
            stored = arrays.pop(f"{number}-{name}", None)
            if stored is None or (stored.shape, stored.dtype) != (array.shape, array.dtype):
                raise ValueError(
                    f"{number}-{name} must be {describe(array)}; got {describe(stored)}"
                )
            layer.parameters[name] = stored
    if arrays:
        raise ValueError(f"there is more in it: {', '.join(arrays)}")


def _as_path(path: Any) -> Path:
    if not isinstance(path, (str, PathLike)):
        raise TypeError(f"path must be the name of a file; got {describe(path)}")
    if "\0" in os.fspath(path):
        raise ValueError(f"path must be the name of a file; got {describe(path)}")
    return Path(path)
