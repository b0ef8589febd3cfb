"""FilterTiles: tiles with a switch each, one of which is chosen."""

from typing import Any

import numpy as np
from traitlets import Bool, Int, List, TraitError, Unicode, validate

from helpers.explorers.widgets.tiles import Tiles

FADED = 0.25  # of the color of a tile that is off


class FilterTiles(Tiles):
    """Tiles that are switched on and off; `value` lists whether each is on.

    `chosen` is the number of the tile that was pointed at or reached by the arrow keys last; `noun`
    is what a tile is called.
    """

    kind = "filterTiles"

    value = List(Bool()).tag(page=True, from_page=True)
    chosen = Int(0).tag(page=True, from_page=True)
    noun = Unicode("filter").tag(page=True)

    def __init__(self, count: int, **traits: Any):
        super().__init__(count=count, **traits)
        self.value = [True] * count

    @property
    def tiles(self) -> np.ndarray:
        """The uint8 pixels of every tile, those of tiles that are off as pale as on the page."""
        pixels = super().tiles
        pale = (255 - FADED * (255.0 - pixels)).astype(np.uint8)
        on = np.reshape(self.value, (-1, *[1] * (pixels.ndim - 1)))
        return np.where(on, pixels, pale)

    @validate("value")
    def _one_each(self, proposal: Any) -> list[bool]:
        if len(proposal["value"]) != self.count:
            raise TraitError(f"value must be {self.count} bools; got {proposal['value']}")
        return proposal["value"]

    @validate("chosen")
    def _one_of_them(self, proposal: Any) -> int:
        if not 0 <= proposal["value"] < self.count:
            raise TraitError(
                f"{self.noun} must be from 0 to {self.count - 1}; got {proposal['value']}"
            )
        return int(proposal["value"])  # not True, which is another index
