"""Results: the confusion matrix against a loop, and the mistakes that are shown."""

import numpy as np
import pytest
from explorers import driving as page
from explorers.driving import as_photo, same

from helpers.explorers.panels.evaluation import MISTAKES, Results
from helpers.explorers.widgets.image_view import ImageView

RNG = np.random.default_rng(4)
IMAGES = RNG.random((60, 5, 4)).astype(np.float32)
LABELS = RNG.integers(0, 10, 60)


def chances_of(said, sure):
    """Chances whose largest is `sure`, at what is said."""
    chances = np.repeat((1 - sure[:, None]) / 9, 10, axis=1)
    chances[np.arange(len(said)), said] = sure
    return chances


SAID = np.where(RNG.random(60) < 0.7, LABELS, RNG.integers(0, 10, 60))
CHANCES = chances_of(SAID, RNG.permutation(np.linspace(0.3, 0.99, 60)))


def test_the_matrix():
    """Counted one by one; printed in the cells, told to readers."""
    results = Results()
    assert results.matrix is None and results.children == ()
    results.show(IMAGES, LABELS, CHANCES)
    expected = [[0] * 10 for _ in range(10)]
    for label, said in zip(LABELS.tolist(), SAID.tolist(), strict=True):
        expected[label][said] += 1
    same(results.matrix, expected)
    names = [str(digit) for digit in range(10)]
    lines = [["", *names], *([names[n], *map(str, line)] for n, line in enumerate(expected))]
    assert results.screen.numbers == [cell for line in lines for cell in line]
    assert str(expected) in results.screen.alt
    wrong = sum(label != said for label, said in zip(LABELS, SAID, strict=True))
    assert f"{wrong} of 60 test digits wrong: {(60 - wrong) / 60:.2%} right" in page.told(
        results.line
    )
    inner = results.screen.picture[1:, 1:]
    same(inner[np.eye(10, dtype=bool)], 0)  # what is right does not stand out
    same(results.screen.picture[0], 255)
    assert "root of the mistakes" in results.screen.note


def test_the_worst_mistakes():
    """The surest first, with their names."""
    results = Results()
    results.show(IMAGES, LABELS, CHANCES)
    wrong = [n for n in range(60) if SAID[n] != LABELS[n]]
    worst = sorted(wrong, key=lambda n: -CHANCES[n].max())[:MISTAKES]
    told = [f"{LABELS[n]} taken for {SAID[n]} ({CHANCES[n].max():.0%})" for n in worst]
    assert page.told(results.names) == f"Row by row: {', '.join(told)}."
    assert ", ".join(told) in results.mistakes.alt
    for place, n in enumerate(worst):
        top, left = place // 4 * 6, place % 4 * 5
        same(results.mistakes.picture[top : top + 5, left : left + 4], as_photo(IMAGES[n]))


def test_no_mistake():
    """There is no picture of mistakes, nor a word of those before."""
    results = Results()
    results.show(IMAGES, LABELS, CHANCES)
    results.clear()
    assert results.matrix is None and results.children == ()
    results.show(IMAGES, LABELS, chances_of(LABELS, np.full(60, 0.9)))
    said = [page.told(part) for part in page.parts(results) if hasattr(part, "value")]
    assert said == ["0 of 60 test digits wrong: 100.00% right."]
    assert [part for part in page.parts(results) if isinstance(part, ImageView)] == [results.screen]


@pytest.mark.parametrize("count", [1, 2, MISTAKES + 1])
def test_few_mistakes(count):
    """As many as there are, twelve at most."""
    said = LABELS.copy()
    said[:count] = (said[:count] + 1) % 10
    results = Results()
    results.show(IMAGES, LABELS, chances_of(said, np.linspace(0.5, 0.9, 60)))
    assert page.told(results.names).count("taken for") == min(count, MISTAKES)
