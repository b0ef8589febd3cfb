"""Chart: curves over training steps. Bars: a bar chart of probabilities."""

import math
from collections.abc import Iterable, Iterator

import numpy as np

from helpers.explorers.widgets.drawing import Drawing, line, rectangle, words

COLORS = ("#0072b2", "#d55e00", "#009e73")  # distinct for color-blind readers (Okabe, Ito)
SHEET, BARS_WIDTH = (270, 150), 170  # CSS pixels
MOST = 20  # bars
MOST_STEPS = 6  # between the ticks of an axis
DASHES = ("", "6 3", "2 2")  # distinct without colors
LEFT, RIGHT, TOP, BOTTOM = 46, 10, 44, 22  # room for labels around the curves
LEGEND = 30  # the base of its text
SMALLEST = 1e-12  # a smaller loss is a rounding error, and drawn as this value


class Chart(Drawing):
    """Curves over training steps.

    Parameters
    ----------
    title : str
    low, high : floats, the values at the lower and the upper end of the axis. A larger value
        extends the axis. A smaller value extends it if `logarithmic`; otherwise it is drawn at the
        lower end, which is then labeled ≤.
    near : float, where an axis begins that is not logarithmic, once the second half of every curve
        lies above it: the curves are then too close to `high` to be told apart; never if left out
    logarithmic : bool, whether the axis is logarithmic
    percent : bool, whether values are printed in percent
    """

    def __init__(
        self,
        title: str,
        low: float = 0.0,
        high: float = 1.0,
        near: float = math.inf,
        logarithmic: bool = False,
        percent: bool = False,
    ):
        super().__init__(*SHEET, title)
        self.low, self.high, self.near = low, high, near
        self.logarithmic, self.percent = logarithmic, percent

    def show(self, curves: dict[str, list[tuple[int, float]]]) -> None:
        """Show curves, by name: lists of (step, value)."""
        values = [value for curve in curves.values() for _, value in curve]
        last = max([step for curve in curves.values() for step, _ in curve], default=0)
        recent = [value for curve in curves.values() for step, value in curve if step >= last / 2]
        ticks = self._ticks(values, self.near if min(recent, default=0) > self.near else self.low)
        names = [f"{name} {self._text(curve[-1][1])}" if curve else name
                 for name, curve in curves.items()]  # fmt: skip
        below = min([ticks[0], *values]) < ticks[0]
        shapes = [*self._frame(ticks, last, below), *self._legend(names)]
        for k, curve in enumerate(curves.values()):
            points = [self._place(step / max(last, 1), value, ticks) for step, value in curve]
            if len(points) > 1:
                shapes.append(line(points, COLORS[k], DASHES[k], thick=2))
        self.draw(shapes, f"{self.title}, up to step {last}: {', '.join(names)}")

    def _ticks(self, values: list[float], low: float) -> list[float]:
        high = max([self.high, *values])
        if not self.logarithmic:
            return round_ticks(low, high)
        low = max(SMALLEST, min([low, *values]))
        first, last = math.floor(math.log10(low) + 1e-9), math.ceil(math.log10(high) - 1e-9)
        stride = max(1, -(-(last - first) // 5))
        return [10.0**power for power in range(last, first - stride, -stride)][::-1]

    def _place(self, across: float, value: float, ticks: list[float]) -> tuple[float, float]:
        """Return the (x, y) of a value on the sheet; `across` runs from 0 to 1."""
        low, high = ticks[0], ticks[-1]
        value = max(value, low)
        if self.logarithmic:
            low, value, high = map(math.log10, (low, value, high))
        width, height = self.sheet
        up = (value - low) / (high - low) * (height - TOP - BOTTOM)
        return LEFT + across * (width - LEFT - RIGHT), height - BOTTOM - up

    def _frame(self, ticks: list[float], last: int, below: bool) -> Iterator[dict]:
        for tick in ticks:
            start, end = self._place(0, tick, ticks), self._place(1, tick, ticks)
            label = "≤ " * (below and tick == ticks[0]) + self._text(tick)
            yield line([start, end], "#8888")
            yield words(LEFT - 5, start[1] + 4, label, "end")
        base = self.sheet[1] - 6
        yield words(LEFT, base, "0", "middle")
        yield words(self.sheet[0] - RIGHT, base, f"step {last:,}", "end")

    def _legend(self, names: list[str]) -> Iterator[dict]:
        left = 0
        for name, color, dash in zip(names, COLORS, DASHES):
            yield line([(left, LEGEND - 4), (left + 20, LEGEND - 4)], color, dash, thick=2)
            yield words(left + 25, LEGEND, name)
            left += 40 + 7 * len(name)

    def _text(self, value: float) -> str:
        return f"{value:.1%}".replace(".0%", "%") if self.percent else f"{value:.3g}"


def round_ticks(low: float, high: float) -> list[float]:
    """Return round numbers, evenly spaced, that reach from `low` or below to `high` or above.

    >>> round_ticks(0, 1), round_ticks(-0.96, 21.2)
    ([0.0, 0.25, 0.5, 0.75, 1.0], [-5.0, 0.0, 5.0, 10.0, 15.0, 20.0, 25.0])
    """
    power = 10.0 ** math.floor(math.log10((high - low) / MOST_STEPS))
    for step in (power * factor for factor in (1, 2.5, 5, 10, 25)):
        first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
        if last - first <= MOST_STEPS:
            break
    return [round(k * step, 12) for k in range(first, last + 1)]


class Bars(Drawing):
    """Probabilities, one bar each; the largest is highlighted. At most the `MOST` largest are shown."""

    def __init__(self, title: str, names: Iterable[str], width: int = BARS_WIDTH):
        self.names = list(names)
        super().__init__(width, 22 + 18 * min(MOST, len(self.names)), title)
        if len(self.names) > MOST:
            self.title = f"{title}, the {MOST} largest"

    def show(self, shares: list[float]) -> None:
        """Show one share per name."""
        if len(shares) != len(self.names):
            raise ValueError(f"shares must be {len(self.names)} numbers; got {len(shares)}")
        longest = int(np.argmax(shares))
        shown = sorted(np.argsort(np.negative(shares), kind="stable")[:MOST].tolist())
        shapes: list[dict] = []
        texts = []
        for place, k in enumerate(shown):
            text = f"{shares[k]:.1%}"
            shapes += self._bar(22 + 18 * place, self.names[k], shares[k], text, k == longest)
            texts.append(f"{self.names[k]} {text}")
        self.draw(shapes, f"{self.title}: {', '.join(texts)}")

    def _bar(
        self, top: float, name: str, share: float, text: str, highlighted: bool
    ) -> Iterator[dict]:
        width = self.sheet[0]
        room = 7 * max(map(len, self.names)) + 8
        yield words(room - 6, top + 12, name, "end", bold=highlighted)
        yield rectangle(room, top + 2, (width - room - 54) * share, 12, COLORS[int(highlighted)])
        yield words(width - 2, top + 12, text, "end", bold=highlighted)
