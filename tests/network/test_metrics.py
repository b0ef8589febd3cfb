"""The confusion matrix and the top losses, by hand and with loops."""

import numpy as np
import pytest
from strategies import frozen

from helpers.network import confusion_matrix, top_losses

same = np.testing.assert_array_equal


def test_confusion_matrix_counts_pairs():
    """Rows are labels, columns are predictions; every image counts once."""
    rng = np.random.default_rng(0)
    labels, predicted = rng.integers(0, 7, (2, 500))
    expected = np.zeros((7, 7), int)
    for true, taken in zip(labels, predicted, strict=True):
        expected[true, taken] += 1
    found = confusion_matrix(frozen(labels), frozen(predicted), classes=7)
    same(found, expected)
    assert found.dtype.kind == "i"


def test_confusion_matrix_of_ten_classes():
    """Classes that never occur have empty rows and columns; uint8 labels do not overflow."""
    found = confusion_matrix(np.full(300, 9, np.uint8), np.full(300, 8, np.uint8))
    assert found.shape == (10, 10) and found[9, 8] == found.sum() == 300


def test_top_losses_are_the_mistakes_with_the_largest_loss():
    """Of the misclassified images, those that give their label the least come first."""
    rng = np.random.default_rng(1)
    probabilities = rng.dirichlet(np.ones(4), 60)
    labels = rng.integers(0, 4, 60)
    expected = sorted(
        (n for n in range(60) if probabilities[n].argmax() != labels[n]),
        key=lambda n: probabilities[n, labels[n]],
    )
    same(top_losses(frozen(probabilities), frozen(labels), 500), expected)
    same(top_losses(probabilities.astype(np.float32), labels), expected[:12])
    same(top_losses(probabilities, labels, count=1), expected[:1])


def test_top_losses_by_hand():
    """A confident correct prediction is no mistake; ties stay in order; no mistakes give an empty array."""
    probabilities = [[0.9, 0.1], [0.3, 0.7], [0.7, 0.3], [0.99, 0.01]]
    same(top_losses(probabilities, [1, 0, 1, 0]), [0, 1, 2])
    nothing = top_losses(probabilities, [0, 1, 0, 0])
    assert nothing.shape == (0,) and nothing.dtype.kind == "i"


@pytest.mark.parametrize(
    ("message", "ask"),
    [
        ("classes must .*got 0", lambda: confusion_matrix([0], [0], classes=0)),
        ("labels must be from 0 to 9; got 0 to 10", lambda: confusion_matrix([0, 10], [0, 1])),
        ("predicted must be from 0 to 9; got -1 to 1", lambda: confusion_matrix([0, 1], [-1, 1])),
        ("predicted must be 2 whole numbers.*got ", lambda: confusion_matrix([0, 1], [1])),
        ("predicted must be 1 whole .*got ", lambda: confusion_matrix([0], [1.0])),
        ("labels must be whole .*", lambda: confusion_matrix(np.zeros((2, 2), int), [0, 0])),
        ("labels must not be empty", lambda: confusion_matrix([], [])),
        (r"probabilities must be \(N, K\)", lambda: top_losses(np.ones((2, 2, 2)), [0, 0])),
        ("labels must be 2 whole", lambda: top_losses(np.ones((2, 3)), [0, 0, 0])),
        ("labels must be from 0 to 2", lambda: top_losses(np.ones((2, 3)), [0, 3])),
        ("count must .*got 0", lambda: top_losses(np.ones((2, 3)), [0, 0], count=0)),
    ],
)
def test_invalid_arguments_are_named(message, ask):
    """One line names the argument, what was expected, and what was given."""
    with pytest.raises((ValueError, TypeError), match=f"^{message}") as caught:
        ask()
    assert "\n" not in str(caught.value)
