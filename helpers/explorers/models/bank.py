"""What BankExplorer computes: the feature maps of two banks of filters, one after the other."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from helpers.convolution import convolve
from helpers.explorers.models.memo import Memo
from helpers.explorers.models.picture import as_photo
from helpers.explorers.models.user_function import convolve_with
from helpers.kernels import KERNELS
from helpers.precision import rounding_error
from helpers.rendering import View, equals, format_number, in_brackets, printed, render

FIRST = {  # edges by direction; ReLU removes the opposite direction
    "brighter right": KERNELS["sobel_vertical"],
    "brighter left": -KERNELS["sobel_vertical"],
    "brighter below": KERNELS["sobel_horizontal"],
    "brighter above": -KERNELS["sobel_horizontal"],
}
_ONE = KERNELS["identity"]
_LEFT, _RIGHT = np.eye(3)[[0, 0, 0]], np.eye(3)[[2, 2, 2]]  # a column of ones
SECOND = {  # the pattern a filter detects, and its slices, one per map of the first bank
    "edges of every direction": (_ONE, _ONE, _ONE, _ONE),
    "dark vertical strokes": (_RIGHT, _LEFT, -_ONE, -_ONE),
    "dark horizontal strokes": (-_ONE, -_ONE, _RIGHT.T, _LEFT.T),
}
FIELD = 5, 5  # rows and columns of the image that one output pixel depends on
SECOND_BANK = np.stack([np.stack(slices, axis=-1) for slices in SECOND.values()], axis=-1)


@dataclass(frozen=True, eq=False)
class BankControls:
    """The values of the controls."""

    image: np.ndarray  # (H, W) or (H, W, 3)
    image_name: str
    convolve: Callable


@dataclass(frozen=True, eq=False)
class BankView:
    """What the explorer shows."""

    maps: np.ndarray  # (H − 2, W − 2, 4), of the first bank, after ReLU
    output_maps: np.ndarray  # (H − 4, W − 4, 3), of the second bank, after ReLU
    image_view: View  # the image
    map_views: tuple[View, ...]
    output_map_views: tuple[View, ...]
    shapes: str  # of the image, the kernels and the maps


def compute(controls: BankControls, memo: Memo) -> BankView:
    """Return what BankExplorer shows."""
    image, function = controls.image, controls.convolve
    deep = image if image.ndim == 3 else image[..., None]
    first = _first_bank(deep.shape[2])
    maps = np.maximum(_filtered(function, deep, first), 0)
    output_maps = np.maximum(_filtered(function, maps, SECOND_BANK), 0)
    error = rounding_error(deep, first)
    output_error = rounding_error(maps, SECOND_BANK, inexact=error)
    return BankView(
        maps=maps,
        output_maps=output_maps,
        image_view=memo("image", as_photo, image),
        map_views=_pictures(maps, error),
        output_map_views=_pictures(output_maps, output_error),
        shapes=_shapes(deep.shape, maps.shape, output_maps.shape),
    )


def _shapes(image: tuple, maps: tuple, output_maps: tuple) -> str:
    first = 3, 3, image[2], len(FIRST)
    return (
        f"Image {_times(image)} → bank 1, kernel {_times(first)} → {_times(maps)}"
        f" → bank 2, kernel {_times(SECOND_BANK.shape)} → {_times(output_maps)}."
    )


def _times(shape: tuple) -> str:
    """Return a shape as 3×3×1×4: a line cannot break in it."""
    return "×".join(map(str, shape))


LONGEST_SHAPES = _shapes((512, 512, 3), (510, 510, 4), (508, 508, 3))


def strongest(maps: np.ndarray) -> tuple[int, int]:
    """Return the (row, column) of a stack (H, W, C) at which its maps are largest, all counted alike."""
    largest = np.maximum(maps.max(axis=(0, 1)), np.finfo(maps.dtype).tiny)
    row, column = np.unravel_index((maps / largest).sum(axis=2).argmax(), maps.shape[:2])
    return int(row), int(column)


def explain(view: BankView, name: str, position: tuple[int, int]) -> str:
    """Return how one output pixel of a filter of the second bank is computed, in one line."""
    row, column = position
    patch = view.maps[row : row + 3, column : column + 3]
    sums = [(patch[..., k] * weights).sum() for k, weights in enumerate(SECOND[name])]
    value = view.output_maps[row, column, list(SECOND).index(name)]
    terms = " + ".join(map(in_brackets, sums))
    total = sum(sums)
    return (
        f"Row {row}, column {column}: {terms} {equals(map(printed, sums), total)} {format_number(total)}."
        f" ReLU gives {format_number(value)}."
    )


LONGEST_LINE = f"Row 400, column 400: {' + '.join(['(-10.25)'] * 4)} = -10.25. ReLU gives 10.25."


def _first_bank(channels: int) -> np.ndarray:
    """Return the four filters, (3, 3, C, 4), the same for each channel."""
    filters = np.stack(list(FIRST.values()), axis=-1)
    return np.repeat(filters[:, :, None], channels, axis=2)


def _pictures(maps: np.ndarray, error: float) -> tuple[View, ...]:
    return tuple(render(maps[..., k], "ReLU", error=error) for k in range(maps.shape[2]))


def _filtered(function: Callable, image: np.ndarray, bank: np.ndarray) -> np.ndarray:
    """Return one map per filter; a user's function is called channel by channel, and the results added."""
    if function is convolve:
        return convolve(image, bank)
    _, _, channels, filters = bank.shape
    maps = [
        sum(convolve_with(function, image[..., c], bank[..., c, f], {}) for c in range(channels))
        for f in range(filters)
    ]
    return np.stack(maps, axis=-1)
