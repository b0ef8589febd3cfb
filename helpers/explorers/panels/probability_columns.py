"""ProbabilityColumns: the probabilities of the same classes for several images, side by side."""

from collections.abc import Iterator, Sequence

import numpy as np

from helpers.explorers.widgets.chart import COLORS
from helpers.explorers.widgets.drawing import Drawing, rectangle, words

WIDTH, ROW, TOP = 276, 16, 40  # CSS pixels
HEAD = 32  # the base of the names of the columns
NUMBER, GAP = 46, 8  # room for a number beside its bar, and between two columns


class ProbabilityColumns(Drawing):
    """One row per class, one bar per image; the largest of each image is highlighted.

    Parameters
    ----------
    columns : names of the images
    names : the longest names of the classes that will be shown, as many as will be shown
    """

    def __init__(self, columns: Sequence[str], names: Sequence[str]):
        self.columns = list(columns)
        self.room = 7 * max(map(len, names)) + 8
        super().__init__(max(WIDTH, self.room + 240), TOP + ROW * len(names), "probabilities")
        self.style = {"flex": f"0 1 {self.sheet[0]}px"}

    def show(self, names: Sequence[str], probabilities: np.ndarray) -> None:
        """Show the probabilities (images, classes) of the classes with these names."""
        width = (self.sheet[0] - self.room) / len(self.columns)
        shapes = [
            words(self.room - 6, TOP + ROW * k + 11, name, "end") for k, name in enumerate(names)
        ]
        texts = []
        for number, (column, shares) in enumerate(zip(self.columns, probabilities, strict=True)):
            left, first = self.room + number * width, int(np.argmax(shares))
            shapes.append(words(left, HEAD, column))
            for k, share in enumerate(shares):
                shapes += _bar(left, TOP + ROW * k, width - GAP, float(share), k == first)
            texts.append(f"{column} {names[first]} {shares[first]:.1%}")
        self.draw(shapes, f"{self.title}: {', '.join(texts)}")


def _bar(left: float, top: float, width: float, share: float, largest: bool) -> Iterator[dict]:
    yield rectangle(left, top + 1, (width - NUMBER) * share, 11, COLORS[int(largest)])
    yield words(left + width, top + 11, f"{share:.1%}", "end", bold=largest)
