"""RecallBars: the recall of each class before and after a change, one bar each."""

from collections.abc import Iterator, Sequence

import numpy as np

from helpers.explorers.widgets.chart import COLORS, MOST
from helpers.explorers.widgets.drawing import Drawing, rectangle, words

KEPT, LOST, GAINED = COLORS
WIDTH, ROW, TOP = 330, 18, 44  # CSS pixels
NUMBERS = 96  # room for them beside a bar
LEGEND = 30  # the base of its text


class RecallBars(Drawing):
    """One bar per class: what is kept, what is lost and what is gained.

    Of more than `MOST` classes, those whose recall has changed most are shown.
    """

    def __init__(self, names: Sequence[str]):
        self.names = list(names)
        shown = min(MOST, len(self.names))
        title = "recall of each class" if shown == len(self.names) else "recall, largest changes"
        super().__init__(WIDTH, TOP + ROW * shown, title)
        self.style = {"flex": "1 1 264px", "max-width": "420px"}

    def show(self, before: np.ndarray, after: np.ndarray) -> None:
        """Show recalls (K,); NaN stands for a class without images."""
        change = np.nan_to_num(np.abs(after - before))
        shown = sorted(np.argsort(-change, kind="stable")[:MOST].tolist())
        shapes, texts = [*self._legend()], []
        for place, k in enumerate(shown):
            text = f"{before[k]:.0%} → {after[k]:.0%}" if before[k] == before[k] else "no images"
            shapes += self._bar(TOP + ROW * place, self.names[k], before[k], after[k], text)
            texts.append(f"{self.names[k]} {text}")
        self.draw(shapes, f"{self.title}: {', '.join(texts)}")

    def _bar(self, top: float, name: str, before: float, after: float, text: str) -> Iterator[dict]:
        room = 7 * max(map(len, self.names)) + 8
        width = WIDTH - room - NUMBERS
        yield words(room - 6, top + 12, name, "end", bold=after < before)
        low, high = sorted(np.nan_to_num([before, after]).tolist())
        yield rectangle(room, top + 2, width * low, 12, KEPT)
        if high > low:
            color = LOST if after < before else GAINED
            yield rectangle(room + width * low, top + 2, width * (high - low), 12, color)
        yield words(WIDTH - 2, top + 12, text, "end", bold=after < before)

    def _legend(self) -> Iterator[dict]:
        for left, color, name in ((0, KEPT, "kept"), (70, LOST, "lost"), (140, GAINED, "gained")):
            yield rectangle(left, LEGEND - 10, 12, 12, color)
            yield words(left + 17, LEGEND, name)
