"""FilterSheets: the filters of both convolutions, and their feature maps of one image."""

from helpers.explorers.models.picture import SCALE_NOTE
from helpers.explorers.models.training import Stack
from helpers.explorers.panels.feature_maps import Sheet
from helpers.explorers.widgets.element import column
from helpers.rendering import render

CHANGE = ", change since the start"


class FilterSheets:
    """Four sheets: first filters, their feature maps, second feature maps, second filters.

    The second filters are many, and are shown only on request.
    """

    def __init__(self, **style: str):
        self.first, self.maps, self.second_maps, self.second = self.sheets = [
            Sheet(title=title, room_for={"note": SCALE_NOTE})
            for title in ("filters 1", "feature maps 1", "feature maps 2", "filters 2")
        ]
        self.box = column(self.first, self.maps, self.second_maps, **style)

    def show(self, filters: list[Stack], maps: list[Stack], change: bool) -> None:
        """Show filters, or their change since the start, and feature maps."""
        suffix = CHANGE if change else ""
        self._show(self.first, filters[0], f"filters 1{suffix}")
        for sheet, stack in zip((self.maps, self.second_maps), maps, strict=True):
            self._show(sheet, stack, sheet.title)
        self.second.hidden = len(filters) == 1
        if not self.second.hidden:
            title = f"filters 2{suffix}: one filter per column, one input map per row"
            self._show(self.second, filters[1], title)

    def _show(self, sheet: Sheet, stack: Stack, title: str) -> None:
        rows, columns, count = stack.maps.shape[:3]
        sheet.show_maps(
            stack.maps, lambda values: render(values, stack.view), stack.across, title=title,
            width=stack.width, alt=f"{title}, {count} of {rows}×{columns}",
        )  # fmt: skip
