"""RecallBars: the recall of each class before and after a change, one bar each."""

from collections.abc import Iterator, Sequence
from math import isnan

import numpy as np

from helpers.explorers.widgets.chart import COLORS, MOST
from helpers.explorers.widgets.drawing import Drawing, rectangle, words

KEPT, LOST, GAINED = COLORS
WIDTH, ROW, TOP = 288, 18, 44  # CSS pixels
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

    def show(
        self, recall_before: np.ndarray, recall_after: np.ndarray, worst: int | None = None
    ) -> None:
        """Show recalls, (K,) arrays, with one class in bold; NaN stands for a class without images."""
        change = np.nan_to_num(np.abs(recall_after - recall_before))
        shown = sorted(np.argsort(-change, kind="stable")[:MOST].tolist())
        shapes, texts = [*self._legend()], []
        for place, k in enumerate(shown):
            before, after = float(recall_before[k]), float(recall_after[k])
            both = dict.fromkeys(
                (f"{before:.0%}", f"{after:.0%}")
            )  # one number while they are equal
            text = "no images" if isnan(before) else " → ".join(both)
            top, room = TOP + ROW * place, 7 * max(map(len, self.names)) + 8
            shapes.append(words(room - 6, top + 12, self.names[k], "end", bold=k == worst))
            if not isnan(before):
                shapes += _bar(room, top + 2, WIDTH - room - NUMBERS, before, after)
            shapes.append(words(WIDTH - 2, top + 12, text, "end", bold=k == worst))
            texts.append(f"{self.names[k]} {text}")
        self.draw(shapes, f"{self.title}: {', '.join(texts)}")

    def _legend(self) -> Iterator[dict]:
        for left, color, name in ((0, KEPT, "kept"), (70, LOST, "lost"), (140, GAINED, "gained")):
            yield rectangle(left, LEGEND - 10, 12, 12, color)
            yield words(left + 17, LEGEND, name)


def _bar(left: float, top: float, width: float, before: float, after: float) -> Iterator[dict]:
    low, high = sorted([before, after])
    yield rectangle(left, top, width * low, 12, KEPT)
    if high > low:
        color = LOST if after < before else GAINED
        yield rectangle(left + width * low, top, width * (high - low), 12, color)
