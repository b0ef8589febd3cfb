"""What UnitExplorer computes: the patches with the highest activation, and an image made for a unit."""

from dataclasses import dataclass, replace

import numpy as np

from helpers.explorers.models.digit_sources import noise
from helpers.explorers.models.inside import as_seen
from helpers.explorers.models.memo import Memo
from helpers.network import Conv, Network, ascend, top_patches, unit_field, unit_gradient
from helpers.network.layer import Rect
from helpers.network.model import as_network
from helpers.rendering import View

GRAY, NOISE, DRAWING = "gray", "noise", "your drawing"
COUNT, MOST_STEPS = 9, 200
LINE = "Step {}: activation {:.3g}. Highest in {:,} images: {:.3g}."
OTHER_SMOOTHING = " Restart to use this smoothing from the start."
LONGEST_LINE = LINE.format(200, -0.0012, 10000, -0.0012) + OTHER_SMOOTHING


@dataclass(frozen=True, eq=False)
class Ascent:
    """An image on its way up; `activations` are those of each step so far, the current one last."""

    network: Network
    layer: int
    unit: int
    start: np.ndarray
    image: np.ndarray
    activations: tuple[float, ...] = ()
    smoothing: float = 0.0  # of the last step

    def on(self, layer: int, unit: int, start: np.ndarray) -> "Ascent":
        """Return this ascent, or a new one if unit or start are others; the first is measured."""
        same = (layer, unit) == (self.layer, self.unit) and np.array_equal(start, self.start)
        if same and self.activations:
            return self
        activation, _ = unit_gradient(self.network, start, layer, unit)
        return Ascent(self.network, layer, unit, start, start, (activation,))

    def step(self, rate: float, smoothing: float) -> "Ascent":
        """Return the ascent after a step."""
        image = ascend(self.network, self.image, self.layer, self.unit, rate, smoothing)
        activation, _ = unit_gradient(self.network, image, self.layer, self.unit)
        activations = (*self.activations, activation)
        return replace(self, image=image, activations=activations, smoothing=smoothing)


@dataclass(frozen=True, eq=False)
class UnitControls:
    """The values of the controls."""

    images: np.ndarray  # (N, H, W) or (N, H, W, C)
    layer: int
    unit: int
    start: np.ndarray
    ascent: Ascent
    smoothing: float  # of the next step


@dataclass(frozen=True, eq=False)
class UnitView:
    """What the explorer shows."""

    ascent: Ascent
    patches: np.ndarray  # (rows, columns, count) or (rows, columns, count, 3)
    patch_activations: list[float]  # strongest first
    made: View  # the part of the image that the unit sees
    probabilities: np.ndarray
    line: str


def compute(controls: UnitControls, memo: Memo) -> UnitView:
    """Return what UnitExplorer shows; the patches are looked for once per unit."""
    ascent = controls.ascent.on(controls.layer, controls.unit, controls.start)
    network, layer, unit = ascent.network, ascent.layer, ascent.unit
    patches, activations = memo("patches", _strongest, network, controls.images, layer, unit)
    probabilities = network.predict(ascent.image[None])[0]
    field = unit_field(network, layer, unit)
    line = LINE.format(
        len(ascent.activations) - 1, ascent.activations[-1], len(controls.images), activations[0]
    )
    if len(ascent.activations) > 1 and ascent.smoothing != controls.smoothing:
        line += OTHER_SMOOTHING
    return UnitView(
        ascent,
        patches,
        activations,
        as_seen(crop(ascent.image, field)),
        probabilities,
        line,
    )


def _strongest(
    network: Network, images: np.ndarray, layer: int, unit: int
) -> tuple[np.ndarray, list[float]]:
    found = top_patches(network, images, layer, unit, COUNT)
    size = max(each.rect.rows for each in found), max(each.rect.columns for each in found)
    patches = np.stack([crop(images[each.image], _grown(each.rect, *size)) for each in found], 2)
    if patches.ndim == 4 and patches.shape[3] != 3:
        patches = patches.mean(axis=3)
    return patches, [each.activation for each in found]


def _grown(rect: Rect, rows: int, columns: int) -> Rect:
    """Return a field that padding between layers has cut, in full size: out of the image again."""
    top = rect.top if rect.top > 0 else rect.top + rect.rows - rows
    left = rect.left if rect.left > 0 else rect.left + rect.columns - columns
    return Rect(top, left, rows, columns)


def crop(image: np.ndarray, rect: Rect) -> np.ndarray:
    """Return the pixels of a rectangle, 0 where it reaches outside the image.

    >>> crop(np.arange(4).reshape(2, 2), Rect(-1, 0, 2, 2)).tolist()
    [[0, 0], [0, 1]]
    """
    part = np.zeros((rect.rows, rect.columns, *image.shape[2:]), image.dtype)
    inside = rect.clipped(*image.shape[:2])
    top, left = inside.top - rect.top, inside.left - rect.left
    part[top : top + inside.rows, left : left + inside.columns] = image[
        inside.top : inside.top + inside.rows, inside.left : inside.left + inside.columns
    ]
    return part


def start_image(name: str, shape: tuple[int, ...]) -> np.ndarray:
    """Return gray or noise for a network that takes images of `shape`: (H, W), in color (H, W, C)."""
    shape = shape if shape[2] > 1 else shape[:2]
    return noise(0, shape) if name == NOISE else np.full(shape, 0.5, np.float32)


def unit_layers(network: Network) -> list[tuple[str, int]]:
    """Return name and number of the layers whose units can be chosen: convolutions, and the scores."""
    as_network(network)
    last = len(network.layers) - 1
    chosen = [n for n, layer in enumerate(network.layers) if isinstance(layer, Conv) and n != last]
    return [*((f"layer {n}", n) for n in chosen), ("scores", last)]
