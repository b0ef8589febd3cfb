"""Results: the confusion matrix against a loop, and the top losses."""

import numpy as np
import pytest
from explorers import driving as page
from explorers.driving import as_photo, same

from helpers.explorers.models.evaluation import MISTAKES, evaluate
from helpers.explorers.panels.evaluation import Results
from helpers.explorers.widgets.element import elements_in

RNG = np.random.default_rng(4)
IMAGES = RNG.random((60, 5, 4)).astype(np.float32)
LABELS = RNG.integers(0, 10, 60)


def probabilities_of(predicted, sure):
    """Probabilities whose largest is `sure`, at what is predicted."""
    probabilities = np.repeat((1 - sure[:, None]) / 9, 10, axis=1)
    probabilities[np.arange(len(predicted)), predicted] = sure
    return probabilities


def shown(results):
    """The parts of the panel that can be seen."""
    return [part for part in elements_in(results.box) if not part.hidden]


PREDICTED = np.where(RNG.random(60) < 0.7, LABELS, RNG.integers(0, 10, 60))
PROBABILITIES = probabilities_of(PREDICTED, RNG.permutation(np.linspace(0.3, 0.99, 60)))


def test_the_matrix():
    """It equals a loop over the images; the counts are in the cells and in the alternative text."""
    results = Results()
    assert results.matrix is None and shown(results) == []
    results.show(evaluate(IMAGES, LABELS, PROBABILITIES))
    expected = [[0] * 10 for _ in range(10)]
    for label, predicted in zip(LABELS.tolist(), PREDICTED.tolist(), strict=True):
        expected[label][predicted] += 1
    same(results.matrix, expected)
    names = [str(digit) for digit in range(10)]
    lines = [["", *names], *([names[n], *map(str, line)] for n, line in enumerate(expected))]
    assert results.matrix_view.numbers == [cell for line in lines for cell in line]
    assert str(expected) in results.matrix_view.alt
    wrong = sum(label != predicted for label, predicted in zip(LABELS, PREDICTED, strict=True))
    assert f"{wrong} of 60 test images wrong: {(60 - wrong) / 60:.2%} correct" in page.text_of(
        results.line
    )
    heads, inner = results.matrix_view.picture[0], results.matrix_view.picture[1:, 1:].astype(int)
    red, blue = inner[..., 0], inner[..., 2]
    mistakes = np.array(expected) * (1 - np.eye(10, dtype=int))
    assert (blue > red)[np.eye(10, dtype=bool)].all()  # correct predictions are blue
    same(red > blue, mistakes > 0)
    order = np.argsort(mistakes, axis=None)
    assert (np.diff(blue.ravel()[order][mistakes.ravel()[order] > 0]) <= 0).all()
    assert len({*map(tuple, heads.tolist())}) == 1  # the classes are on the color of 0
    assert "square root of their count" in results.matrix_view.note


def test_the_numbers_of_the_matrix_are_readable():
    """Black on every color of a mistake, with a contrast of at least 4.5."""
    results = Results()
    results.show(evaluate(IMAGES, LABELS, PROBABILITIES))
    linear = (results.matrix_view.picture / 255) ** 2.2
    luminance = linear @ [0.2126, 0.7152, 0.0722]
    assert ((luminance.min() + 0.05) / 0.05) >= 4.5


def test_the_top_losses_come_first():
    """The most confident come first; below each is its label, and the prediction."""
    results = Results()
    results.show(evaluate(IMAGES, LABELS, PROBABILITIES))
    wrong = [n for n in range(60) if PREDICTED[n] != LABELS[n]]
    worst = sorted(wrong, key=lambda n: -PROBABILITIES[n].max())[:MISTAKES]
    assert results.mistakes.captions == [f"{LABELS[n]} → {PREDICTED[n]}" for n in worst]
    texts = [f"{LABELS[n]} → {PREDICTED[n]} ({PROBABILITIES[n].max():.0%})" for n in worst]
    assert ", ".join(texts) in results.mistakes.alt
    for tile, n in zip(results.mistakes.tiles, worst, strict=True):
        same(tile, as_photo(IMAGES[n]))


def test_the_captions_are_in_the_static_picture():
    """With another prediction, there is other ink below the first tile."""
    results = Results()
    stills = []
    for shift in (1, 4):
        predicted = LABELS.copy()
        predicted[0] = (LABELS[0] + shift) % 10
        probabilities = probabilities_of(predicted, np.full(60, 0.9))
        results.show(evaluate(IMAGES, LABELS, probabilities))
        stills.append(np.asarray(results.mistakes.still()))
    rows = np.flatnonzero((stills[0] != stills[1]).any(axis=(1, 2)))
    size = stills[0].shape[1]  # of the one tile, which is higher than wide
    assert rows.size and rows.min() >= size


def test_no_mistake():
    """Without mistakes there is neither a picture of them nor the old text."""
    results = Results()
    results.show(evaluate(IMAGES, LABELS, PROBABILITIES))
    results.show(None)
    assert results.matrix is None and shown(results) == []
    results.show(evaluate(IMAGES, LABELS, probabilities_of(LABELS, np.full(60, 0.9))))
    assert shown(results) == [results.line, results.matrix_view]
    assert page.text_of(results.line) == "0 of 60 test images wrong: 100.00% correct."


@pytest.mark.parametrize("count", [1, 2, MISTAKES + 1])
def test_few_mistakes(count):
    """All mistakes are shown, at most twelve."""
    predicted = LABELS.copy()
    predicted[:count] = (predicted[:count] + 1) % 10
    results = Results()
    results.show(evaluate(IMAGES, LABELS, probabilities_of(predicted, np.linspace(0.5, 0.9, 60))))
    assert len(results.mistakes.captions) == min(count, MISTAKES) == len(results.mistakes.tiles)


@pytest.mark.parametrize("channels", [2, 3])
def test_images_of_several_channels(channels):
    """Three channels are shown in color; for any other number, their mean."""
    images = np.random.default_rng(5).random((60, 5, 4, channels)).astype(np.float32)
    results = Results()
    results.show(evaluate(images, LABELS, PROBABILITIES))
    worst = [n for n in range(60) if PREDICTED[n] != LABELS[n]]
    first = images[max(worst, key=lambda n: PROBABILITIES[n].max())]
    same(results.mistakes.tiles[0], as_photo(first if channels == 3 else first.mean(axis=2)))


def test_three_classes():
    """The matrix has a row and a column per class, and one for the labels."""
    labels = LABELS % 3
    results = Results()
    results.show(evaluate(IMAGES, labels, np.eye(3)[(labels + (labels == 2)) % 3]))
    assert results.matrix.shape == (3, 3) and results.matrix_view.shape[:2] == (4, 4)
    assert results.matrix[2, 0] == (labels == 2).sum() and results.matrix[0, 2] == 0
