"""AccuracyCurves: the accuracy of networks by the amount of a change, with one amount marked."""

from collections.abc import Callable, Iterator, Sequence

from helpers.explorers.widgets.chart import COLORS, DASHES
from helpers.explorers.widgets.drawing import Drawing, line, rectangle, words
from helpers.rendering import format_number

SHEET = 300, 200  # CSS pixels
LEFT, RIGHT, TOP, BOTTOM = 46, 14, 64, 38  # room for labels around the curves
TICKS = 0.0, 0.25, 0.5, 0.75, 1.0
LEGEND = 32, 50  # the bases of its lines
DOT = 8  # CSS pixels, of the mark on a curve

Curve = Sequence[tuple[float, float]]


class AccuracyCurves(Drawing):
    """One curve per network; `names` are theirs, at most three."""

    def __init__(self, title: str, names: Sequence[str]):
        super().__init__(*SHEET, title)
        self.names = list(names)
        # a little narrower beside other parts, never wider: letters stay about as large as on the page
        self.style = {"flex": f"1 1 {SHEET[0] - 20}px", "max-width": f"{SHEET[0]}px"}

    def show(
        self,
        curves: Sequence[Curve],
        ticks: Sequence[float],
        unit: str,
        amount: float,
        accuracies: Sequence[float],
    ) -> None:
        """Show curves of (amount, accuracy), and mark the accuracies at one amount.

        `ticks` are the amounts that are written on the axis, from its lower to its upper end.
        """
        first, last = ticks[0], ticks[-1]

        def place(amount: float, accuracy: float) -> tuple[float, float]:
            across = (amount - first) / (last - first)
            height = SHEET[1] - TOP - BOTTOM
            return LEFT + across * (SHEET[0] - LEFT - RIGHT), SHEET[1] - BOTTOM - accuracy * height

        shapes = [
            *self._frame(place, ticks, unit),
            line([place(amount, 0), place(amount, 1)]),
        ]
        for k, (curve, accuracy) in enumerate(zip(curves, accuracies, strict=True)):
            shapes.append(line([place(*point) for point in curve], COLORS[k], DASHES[k], thick=2))
            left, top = place(amount, accuracy)
            shapes.append(rectangle(left - DOT / 2, top - DOT / 2, DOT, DOT, COLORS[k]))
        here = [f"{name} {share:.0%}" for name, share in zip(self.names, accuracies, strict=True)]
        self.draw(
            [*shapes, *self._legend(here)],
            f"{self.title} at {format_number(amount)} {unit}: {', '.join(here)}",
        )

    def _frame(
        self,
        place: Callable[[float, float], tuple[float, float]],
        ticks: Sequence[float],
        unit: str,
    ) -> Iterator[dict]:
        for tick in TICKS:
            start, end = place(ticks[0], tick), place(ticks[-1], tick)
            yield line([start, end], "#8888")
            yield words(LEFT - 5, start[1] + 4, f"{tick:.0%}", "end")
        base = place(ticks[0], 0)[1] + 16
        for amount in ticks:
            anchor = "end" if amount == ticks[-1] else "middle"
            yield words(place(amount, 0)[0], base, format_number(amount), anchor)
        yield words((LEFT + SHEET[0] - RIGHT) / 2, base + 16, unit, "middle")

    def _legend(self, names: list[str]) -> Iterator[dict]:
        for k, name in enumerate(names):
            left, base = (SHEET[0] // 2 * (k % 2), LEGEND[k // 2])
            yield line([(left, base - 4), (left + 20, base - 4)], COLORS[k], DASHES[k], thick=2)
            yield words(left + 25, base, name)
