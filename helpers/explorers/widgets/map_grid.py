"""The maps of every layer of a network, and the one cell among them that is pointed at."""

from helpers.explorers.base import row
from helpers.explorers.panels.feature_maps import Sheet
from helpers.rendering import render


class Maps:
    """A sheet for each layer that gives maps; `layer` is the one that is pointed at.

    Parameters
    ----------
    layers : list of layers
    follow : function(), called when another cell is pointed at
    """

    def __init__(self, layers, follow):
        self.names = [layer.name for layer in layers]
        wide = {"width": 420, "layout": {"flex": "1 1 330px", "max_width": "420px"}}
        self.sheets = {number: Sheet(interactive=True, **wide) for number in range(len(layers))}
        convolutions = [number for number in self.sheets if self.names[number] == "Conv"]
        self.layer = max(convolutions or self.sheets)
        self._follow = follow
        for number, sheet in self.sheets.items():
            # a click may be on the cell that was pointed at before: then `pinned` alone changes
            sheet.observe(lambda change, number=number: self._point(number), ["cursor", "pinned"])
        self.box = row(*self.sheets.values())

    def _point(self, number):
        self.layer = number
        self._follow()

    @property
    def place(self):
        """The (row, column, map) that is pointed at, in its layer."""
        return self.sheets[self.layer].cell

    def show(self, answers, caption):
        """Show what every layer says to one image, (H, W, C) each."""
        for number, sheet in self.sheets.items():
            maps, name = answers[number], self.names[number]
            rows, columns, count = maps.shape
            title = f"{number}: {name}, {count} maps of {rows}×{columns}"
            view = "signed" if name == "Conv" or maps.min() < 0 else "ReLU"
            sheet.show_maps(
                maps, lambda values, view=view: render(values, view), 4 if count <= 8 else 8,
                title=title, alt=f"{title}, for {caption}",
            )  # fmt: skip

    def mark(self, window):
        """Mark the cell, and the window of the layer before that it was made from."""
        for sheet in self.sheets.values():
            sheet.marks = []
        here, place = self.sheets[self.layer], self.place
        here.marks = [here.frame(*place)]
        if self.layer - 1 in self.sheets:
            before = self.sheets[self.layer - 1]
            every = range(before.maps.shape[2])
            maps = every if self.names[self.layer] == "Conv" else place[2:]
            top, left, *size = window.clipped(*before.maps.shape[:2])
            before.marks = [before.frame(top, left, each, *size) for each in maps]
