"""Curve: a value over a number, with the current place marked; the page moves the number along it."""

import math
from collections.abc import Iterator, Sequence
from typing import Any

from traitlets import Float, TraitError, Tuple, validate

from helpers.colormaps import MARK
from helpers.explorers.widgets.chart import COLORS
from helpers.explorers.widgets.drawing import Drawing, line, rectangle, words
from helpers.explorers.widgets.typed_number import AnyFloat
from helpers.rendering import format_number

WIDTH, HEIGHT = 320, 176  # CSS pixels
LEFT, RIGHT, TOP, BOTTOM = 32, 16, 42, 22  # room for labels around the curve
LEGEND = 30  # the base of its text
BAR, DOT = 5, 9  # pixels: height of a zone's bar, side of the mark
GRID = "#8888"
MARKED = "#{:02x}{:02x}{:02x}".format(*MARK)


class Curve(Drawing):
    """A value over a number, from 0 up; the current place is marked.

    `value` is the number that the user points at or drags to.

    Parameters
    ----------
    title : str
    ticks : numbers on the axis, from its lower to its upper end
    unit : str, printed after them
    """

    kind = "curve"
    value = AnyFloat().tag(from_page=True)
    span = Tuple(Float(), Float()).tag(page=True)  # the numbers at the ends of the axis
    edges = Tuple(Float(), Float()).tag(page=True)  # and where they lie, as fractions of the width

    def __init__(self, title: str, ticks: Sequence[float], unit: str = ""):
        super().__init__(WIDTH, HEIGHT, title)
        self.ticks, self.unit = ticks, unit
        self.span = float(ticks[0]), float(ticks[-1])
        self.edges = LEFT / WIDTH, 1 - RIGHT / WIDTH

    @validate("value")
    def _on_axis(self, proposal: Any) -> float:
        low, high = self.span
        if not low <= proposal["value"] <= high:
            raise TraitError(f"value must be from {low:g} to {high:g}; got {proposal['value']}")
        return proposal["value"]

    def show(
        self,
        curves: dict[str, list[tuple[float, float]]],
        top: float,
        at: tuple[float, float],
        zones: list[tuple[float, float]],
        zone_name: str,
    ) -> None:
        """Show curves, by name: lists of (number, value). The first one is that of the mark.

        `top` is the value at the upper end, `at` the (number, value) of the mark, and `zones` are
        intervals of the axis with a name.
        """
        self.value = at[0]
        shapes = [*self._frame(top), *self._zones(zones, zone_name)]
        for k, (name, points) in enumerate(curves.items()):
            color, dash = COLORS[2 * k], "4 3" * k
            shapes.append(line([self._place(*point, top) for point in points], color, dash, 2))
            if len(curves) > 1:
                left = 105 * k
                shapes.append(line([(left, LEGEND - 4), (left + 18, LEGEND - 4)], color, dash, 2))
                shapes.append(words(left + 22, LEGEND, name))
        x, y = self._place(*at, top)
        shapes.append(line([(x, TOP), (x, HEIGHT - BOTTOM)], MARKED))
        shapes.append(rectangle(x - DOT / 2, y - DOT / 2, DOT, DOT, MARKED))
        where, value = format_number(at[0]), format_number(at[1])
        self.draw(shapes, f"{self.title}: {value} at {where}{self.unit}")

    def _place(self, number: float, value: float, top: float) -> tuple[float, float]:
        """Return the (x, y) of a number and a value on the sheet."""
        low, high = self.span
        up = min(value / top, 1) * (HEIGHT - TOP - BOTTOM)
        return LEFT + (number - low) / (high - low) * (WIDTH - LEFT - RIGHT), HEIGHT - BOTTOM - up

    def _frame(self, top: float) -> Iterator[dict]:
        low, high = self.span
        for value in (0, top / 2, top):
            start, end = self._place(low, value, top), self._place(high, value, top)
            yield line([start, end], GRID)
            yield words(LEFT - 5, start[1] + 4, format_number(value), "end")
        for number in self.ticks:
            x, _ = self._place(number, 0, top)
            yield words(x, HEIGHT - 6, f"{format_number(number)}{self.unit}", "middle")

    def _zones(self, zones: list[tuple[float, float]], name: str) -> Iterator[dict]:
        for start, end in zones:
            left, right = (self._place(number, 0, 1)[0] for number in (start, end))
            yield rectangle(left, HEIGHT - BOTTOM, right - left, BAR, COLORS[1])
        if zones:
            yield rectangle(WIDTH - 100, LEGEND - 7, 16, BAR, COLORS[1])
            yield words(WIDTH - 80, LEGEND, name)


def nice_top(values: Sequence[float]) -> float:
    """Return the end of an axis for values: the next of 1, 2, 5, 10, 20, …, so that it rarely changes.

    >>> nice_top([0.3]), nice_top([1.02]), nice_top([1.2]), nice_top([7, 30])
    (1.0, 1.0, 2.0, 50.0)
    """
    high = max(1.0, max(values) / 1.05)  # a value a little above 1 does not need an axis to 2
    power = 10.0 ** math.floor(math.log10(high))
    return next(power * step for step in (1.0, 2.0, 5.0, 10.0) if high <= power * step)
