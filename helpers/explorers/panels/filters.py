"""FilterSheets: the filters of both convolutions, and their feature maps of one image."""

import numpy as np

from helpers.explorers.models.picture import SCALE_NOTE
from helpers.explorers.models.training import Stack
from helpers.explorers.widgets.element import column
from helpers.explorers.widgets.tiles import Tiles, one_below_another
from helpers.rendering import View, render, render_weights

SMALL = 0.5  # of a column, for the filters at the start and their change


class FilterSheets:
    """Filters and feature maps; filter k is in the column of its feature map k.

    From top to bottom: the first filters at the start of training, their change since then, their
    sum, the filters themselves, on the scale of the first ones. The change has a scale of its own,
    which ends at its largest value: what is learned is seen from the first step, though it is small.
    Then follow their feature maps and those of the second convolution. `second`, the second filters, are many, shown
    on request only, and placed elsewhere.
    """

    def __init__(self, **style: str):
        room = {"room_for": {"note": SCALE_NOTE}}
        self.start = Tiles(title="start: random weights", fill=SMALL)
        self.change = Tiles(fill=SMALL)
        self.first = Tiles(title="filters 1 = start + change")
        self.maps = Tiles(title="feature maps 1", **room)
        self.second_maps = Tiles(title="feature maps 2", **room)
        title = "filters 2: one filter per column, one input map per row"
        self.second = Tiles(title=title, **room)
        self.shown = self.start, self.change, self.first, self.maps, self.second_maps
        self.box = column(*self.shown, **style)

    def show(self, formation: list[Stack], maps: list[Stack], second: Stack | None) -> None:
        """Show the first filters (start, change, now), the feature maps, and the second filters.

        A network may have one convolution, or none: then there are fewer.
        """
        there = [bool(formation)] * 3 + [len(maps) > 0, len(maps) > 1]
        for tiles, is_there in zip(self.shown, there, strict=True):
            tiles.hidden = not is_there
        if formation:
            self._show_formation(formation)
        for tiles, stack in zip((self.maps, self.second_maps), maps):
            signed = stack.maps.min() < 0  # no ReLU follows the convolution
            _show(
                tiles, stack, render(one_below_another(stack.maps), "signed" if signed else "ReLU")
            )
        self.second.hidden = second is None
        if second is not None:
            _show(self.second, second, render(one_below_another(second.maps)))

    def _show_formation(self, formation: list[Stack]) -> None:
        start, change, now = (one_below_another(each.maps) for each in formation)
        drawn = render_weights(np.concatenate([start, now]))
        begun, formed = (drawn._replace(data=part) for part in np.split(drawn.data, 2))
        largest = float(np.abs(change).max())
        self.change.title = (
            f"+ change, own scale: ±{largest:.2g}" if largest else "+ change: none yet"
        )
        _show(self.start, formation[0], begun.without_scale())
        _show(self.change, formation[1], render(change, limit=largest).without_scale())
        _show(self.first, formation[2], formed)


def _show(tiles: Tiles, stack: Stack, view: View) -> None:
    rows, columns, count = stack.maps.shape[:3]
    alt = f"{tiles.title}, {count} of {rows}×{columns}"
    tiles.show_maps(stack.maps, view, stack.across, width=stack.width, alt=alt)
