"""FilterBank: the filters of one convolution, to be switched off, and the weights of one of them."""

import math

import numpy as np

from helpers.explorers.models.filters import draw_filters, filter_pictures
from helpers.explorers.widgets.element import Element
from helpers.explorers.widgets.filter_tiles import FilterTiles
from helpers.explorers.widgets.number_grid import Number, Weights
from helpers.network.convolution import Conv
from helpers.network.filters import switched

ACROSS, TILES = 8, 420  # tiles in a row, and CSS pixels of the row
STEP = 0.02  # of a weight: those of a trained filter are small, and all tiles share their scale
CELL = 63  # CSS pixels of a weight and the gap beside it


class FilterBank:
    """The filters of a convolution as tiles with switches, and one slice of the chosen one as numbers.

    `weights` (kh, kw, C, F) are those on the page, as if all filters were on; `parameters` are those
    of the convolution, 0 where a filter is off.
    """

    def __init__(self, name: str, layer: Conv):
        self.name = name
        self._given = {key: array.astype(np.float32) for key, array in layer.parameters.items()}
        self.weights = self._given["weights"]
        rows, columns, slices, count = self.weights.shape
        self.tiles = FilterTiles(count, width=TILES)
        help = "The slice of the filter whose weights are shown, by the map that it is applied to"
        self.input_map = Number("input map", 0, min=0, max=slices - 1, step=1, help=help)
        largest = max(10, math.ceil(np.abs(self.weights).max()))
        first = self.weights[:, :, 0, 0]
        width = {"flex": f"0 1 {CELL * columns}px"}
        self.grid = Weights(first, min=-largest, max=largest, step=STEP, style=width)
        self.tiles.observe(self._fill, "chosen")
        self.input_map.observe(self._fill, "value")
        self.grid.observe(self._take, "value")
        self._fill()

    @property
    def controls(self) -> tuple[Element, ...]:
        """What causes an update when its `value` changes."""
        return self.tiles, self.input_map, self.grid

    @property
    def on(self) -> np.ndarray:
        """Whether each filter is on, (F,) bools."""
        return np.array(self.tiles.value)

    @property
    def off(self) -> list[int]:
        """The numbers of the filters that are off."""
        return np.flatnonzero(~self.on).tolist()

    @property
    def parameters(self) -> dict[str, np.ndarray]:
        """The weights and the biases of the convolution as it is now."""
        return switched({"weights": self.weights, "bias": self._given["bias"]}, self.on)

    def restore(self) -> None:
        """Give the chosen filter the weights that it had at first."""
        weights = self.weights.copy()
        weights[..., self.tiles.chosen] = self._given["weights"][..., self.tiles.chosen]
        self.weights = weights
        self._fill()

    def _place(self) -> tuple:
        return (..., self.input_map.number, self.tiles.chosen)

    def _fill(self, change: object = None) -> None:
        """Show the chosen slice of the chosen filter as numbers."""
        bias = self._given["bias"][self.tiles.chosen]
        self.grid.label = f"filter {self.tiles.chosen}, bias {bias:.2g}"
        self.grid.kernel = self.weights[self._place()]

    def _take(self, change: object) -> None:
        """Keep the numbers of the slice that is shown."""
        if not np.array_equal(self.grid.kernel, self.weights[self._place()]):
            self.weights = self.weights.copy()  # a view may hold the old ones
            self.weights[self._place()] = self.grid.kernel

    def show(self, chosen: bool) -> None:
        """Draw the filters; hide all if another convolution is chosen."""
        slices, count = self.weights.shape[2:]
        self.tiles.hidden = self.grid.hidden = not chosen
        self.input_map.hidden = not chosen or slices == 1
        self.grid.disabled = not self.on[self.tiles.chosen]  # its weights count as 0
        pictures = filter_pictures(self.weights)
        states = ["" if on else " off" for on in self.tiles.value]
        self.tiles.show_maps(
            pictures, draw_filters(pictures), ACROSS,
            title=f"filters of {self.name}",
            captions=[str(k) for k in range(count)],
            alt=f"filters of {self.name}: " + ", ".join(f"{k}{off}" for k, off in enumerate(states)),
        )  # fmt: skip
