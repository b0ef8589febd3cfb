"""One .npz file for a network: arrays and a line of text, never objects."""

import json
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from os import PathLike
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from helpers.messages import describe, message_of
from helpers.network.archive import Archive, Header, opened
from helpers.network.connection import MOST_LAYERS
from helpers.network.convolution import Conv
from helpers.network.layer import Layer, Shape
from helpers.network.layers import Dense, Flatten, ReLU
from helpers.network.pooling import MaxPool, MeanPool
from helpers.validation import as_choice

MOST_PLAN = 1_000_000  # bytes, four per character
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
        f"{number}-{name}": np.asarray(array, np.float32)  # the type that layers compute with
        for number, layer in enumerate(layers)
        for name, array in layer.parameters.items()
    }
    _write_file(path, plan, arrays)


def _write_file(file_path: str | PathLike[str], plan: dict, arrays: dict[str, NDArray]) -> None:
    path = _as_path(file_path)
    if not os.path.isdir(path.parent):  # False where is_dir raises, as for a name too long
        raise ValueError(f"path must be in a folder that exists; got {str(path)[:150]!r}")
    if not path.name or os.path.isdir(path):
        raise ValueError(f"path must name a file, not a folder; got {str(path)[:150]!r}")
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


class Stored:
    """The plan of a stored network, and its arrays, which are not read yet."""

    def __init__(self, archive: Archive):
        self._archive = archive
        header = archive.headers.get("plan")
        if header is None or header.shape != () or header.dtype.kind != "U":
            raise ValueError("it has no plan of its layers")
        if header.dtype.itemsize > MOST_PLAN:
            raise ValueError(f"it is too large: its plan takes {header.dtype.itemsize:,} bytes")
        self.plan = json.loads(str(archive.read("plan")))
        if not isinstance(self.plan, dict) or self.plan.get("format") != FORMAT:
            raise ValueError("it has another format")

    def put_parameters(self, layers: Iterable[Layer]) -> None:
        """Read the parameters into connected layers, if every one fits, and none is left."""
        headers = {name: header for name, header in self._archive.headers.items() if name != "plan"}
        wanted = {
            f"{number}-{name}": (layer, name, Header(shape, np.dtype(np.float32)))
            for number, layer in enumerate(layers)
            for name, shape in layer.parameter_shapes.items()
        }
        for name, (_, _, header) in wanted.items():
            if headers.get(name) != header:
                raise ValueError(f"{name} must be {header}; got {headers.get(name)}")
        if more := headers.keys() - wanted:
            raise ValueError(f"it holds other arrays too: {', '.join(sorted(more))}")
        for stored, (layer, name, _) in wanted.items():
            layer.parameters[name] = np.ascontiguousarray(self._archive.read(stored))


@contextmanager
def reading(file_path: str | PathLike[str]) -> Iterator[Stored]:
    """Yield what is in a file; any error inside the block refuses the file in one line."""
    path = _as_path(file_path)
    if not os.path.isfile(path):
        what = "a folder" if os.path.isdir(path) else "not an ordinary file"
        found = f"it is {what}" if os.path.exists(path) else "there is none"
        raise ValueError(f"path must name a file; {found} at {path.name[:80]!r}")
    try:
        with opened(path) as archive:
            yield Stored(archive)
    except PermissionError as error:
        raise ValueError(
            f"path must name a file that can be read; got {message_of(error)}"
        ) from None
    except Exception as error:  # a file from elsewhere may fail at any place
        reason = message_of(error)[:120]
        raise ValueError(f"{path.name[:80]!r} is not a network saved here: {reason}") from None


def make_layers(settings: Any) -> list[Layer]:
    """Return new layers from the (name, arguments) of each; a file may lack the later arguments."""
    if not isinstance(settings, list):
        raise ValueError("it has no list of layers")
    if len(settings) > MOST_LAYERS:
        raise ValueError(f"it is too large: it has {len(settings):,} layers")
    return [LAYERS[as_choice("layer", name, LAYERS)](*arguments) for name, arguments in settings]


def _as_path(path: Any) -> Path:
    if not isinstance(path, (str, PathLike)):
        raise TypeError(f"path must be the name of a file; got {describe(path)}")
    if "\0" in os.fspath(path):
        raise ValueError(f"path must be the name of a file; got {describe(path)}")
    return Path(path)
