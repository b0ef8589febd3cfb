"""Pipeline: the image, the feature maps of every layer at one scale, and the path to a cell."""

from collections.abc import Sequence
from functools import partial
from typing import Any

import numpy as np

from helpers.explorers.models.cell import CellView, Seen
from helpers.explorers.models.pipeline import BESIDE, arrange_stages, cell_size, side
from helpers.explorers.panels.feature_maps import Sheet
from helpers.explorers.widgets.element import Group
from helpers.explorers.widgets.image_view import ImageView, mark
from helpers.explorers.widgets.links import Links, link
from helpers.rendering import View, format_number, render

HEIGHT = 400  # CSS pixels of the tallest stage
RELU = "ReLU"
NEW_LINE = r"\A "  # in a string of CSS


class Pipeline:
    """The image and a sheet of maps for each layer, from left to right, at their true relative sizes.

    `layer` is the index of the layer under the cursor; `place` is the cell.

    Parameters
    ----------
    names : list of str, of the layers
    shapes : list of (H, W, C), of the image and of the maps of each layer
    widths : two numbers of CSS pixels on a wide page: beside other parts, and of the whole page,
        which is used if there are many stages
    """

    def __init__(
        self, names: list[str], shapes: Sequence[tuple[int, ...]], widths: tuple[int, int]
    ):
        self.names, self.widths = names, widths
        self.shapes = [(*shapes[0][:2], 1), *shapes[1:]]
        self.input = ImageView()
        self.sheets = {number: Sheet(interactive=True) for number in range(len(names))}
        convolutions = [number for number in self.sheets if names[number] == "Conv"]
        self.layer = max(convolutions or self.sheets)
        self.links = Links([self.input, *self.sheets.values()])
        stages = Group("pipeline", (*self.links.views, self.links), {})
        self.box = Group("pipeline-room", (stages,), {})
        self.arrange(relu=False)

    def arrange(self, relu: bool) -> None:
        """Choose the size of the cells; the outputs of ReLU are shown or left out."""
        hidden = [False, *(name == RELU and not relu for name in self.names)]
        if all(hidden[1:]):
            hidden = [False] * len(hidden)
        shown = [number for number, off in enumerate(hidden) if not off]
        shapes = [self.shapes[number] for number in shown]
        arrangement = arrange_stages(shapes, self.widths[len(shown) > BESIDE], HEIGHT)
        self.across = dict(zip(shown, arrangement.across))
        cell = cell_size(shapes, arrangement)
        self.links.cell = arrangement.cell
        steps: list[str] = []  # that are left out before the next stage
        for number, view in enumerate(self.links.views):
            view.hidden = hidden[number]
            if view.hidden:
                steps += [f"{number - 1}:", self.names[number - 1]]
                continue
            columns = side(self.shapes[number][1], self.across[number])
            arrow = rf'"{NEW_LINE.join([*steps, "→"])}"' if number else '""'
            view.style = {"--columns": str(columns), "--cell": cell, "--arrow": arrow}
            steps = []

    @property
    def place(self) -> tuple[int, int, int]:
        """The (row, column, map) of the selected cell, in its layer."""
        return self.sheets[self.layer].cell

    def point_at(self, sheet: Sheet) -> None:
        """Select the cell under the cursor of this sheet."""
        self.layer = next(number for number, each in self.sheets.items() if each is sheet)

    def show(
        self, image: View, maps: list[np.ndarray], errors: list[float], caption: str, **traits: Any
    ) -> None:
        """Show the image and the feature maps (H, W, C) of every layer for it.

        `errors` says for each layer how far rounding may have taken its maps; `traits` are those of
        the image.
        """
        self.input.show(image, **traits)
        for number, sheet in self.sheets.items():
            values, name = maps[number], self.names[number]
            layer, size = f"{number}: {name}", "×".join(map(str, values.shape))
            signed = name == "Conv" or values.min() < 0
            draw = partial(render, view="signed" if signed else RELU, error=errors[number])
            across = self.across.get(number + 1, 1)
            sheet.show_maps(
                values, draw, across,
                title=f"{layer}\n{size}", note="", alt=f"{layer}, {size}, for {caption}",
            )  # fmt: skip

    def mark(self, view: CellView) -> None:
        """Mark the selected cell, what it depends on in every stage before, and draw the path to it."""
        for sheet in self.sheets.values():
            row, column, number = sheet.cell
            value = format_number(sheet.maps[sheet.cell])
            sheet.reading = f"{value} in row {row}, column {column} of map {number}"
        shown = []  # (number of the stage, its marks by map, what is seen of it)
        for stage, picture in enumerate(self.links.views):
            seen = view.seen[stage] if stage < len(view.seen) else None
            marks = self._marks(stage, seen) if seen and all(seen.field[2:]) else {}
            picture.marks = [*marks.values()]
            if seen and marks and not picture.hidden:
                shown.append((stage, marks, seen))
        self.links.lines = _lines(shown)

    def _marks(self, stage: int, seen: Seen) -> dict[int, dict]:
        """Return the marks on one stage, by map; the main one is thick, and drawn last, on top."""
        if stage == 0:
            return {0: mark(*seen.field)}
        sheet, (top, left, rows, columns) = self.sheets[stage - 1], seen.field
        maps = sorted(seen.maps, key=lambda number: number == seen.main)
        return {
            number: {**sheet.frame(top, left, number, rows, columns), "thin": number != seen.main}
            for number in maps
        }


def _lines(shown: list[tuple[int, dict[int, dict], Seen]]) -> list[dict]:
    """Return the lines between the stages shown: along the main maps, and from all others to the cell."""
    lines = []
    for (start, before, seen), (end, marks, later) in zip(shown, shown[1:]):
        target = end, marks[later.main]
        if end == shown[-1][0]:
            others = [each for number, each in before.items() if number != seen.main]
            lines += [link((start, each), target, faint=True) for each in others]
        lines.append(link((start, before[seen.main]), target))
    return lines
