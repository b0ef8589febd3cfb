"""Evaluation of a trained network: the confusion matrix and the top losses."""

from dataclasses import dataclass

import numpy as np

from helpers.network import confusion_matrix, top_losses
from helpers.rendering import View, render

MISTAKES = 12  # top losses that are shown
STRONGEST = 1.6  # the end of the color scale: black numbers are readable on all that is below 1
CORRECT = 0.3  # the strength of the color of the diagonal
NOTE = "Orange: mistakes, by the square root of their count. Blue: correct predictions."


@dataclass(frozen=True, eq=False)
class Evaluation:
    """Predictions compared with labels; `mistakes` and `pairs` are empty if all are correct."""

    matrix: np.ndarray  # (K, K) counts: [label, predicted]
    line: str
    view: View  # of the matrix, with the class numbers above and to the left, (K + 1, K + 1)
    numbers: np.ndarray  # printed in its cells
    mistakes: np.ndarray  # images (H, W, M) or (H, W, M, 3), the largest loss first
    pairs: list[str]  # label and prediction of each
    sure: list[float]  # the probabilities of these predictions


def evaluate(images: np.ndarray, labels: np.ndarray, probabilities: np.ndarray) -> Evaluation:
    """Compare probabilities (N, K) for images, (N, H, W) or (N, H, W, C), with their labels (N,)."""
    predicted = probabilities.argmax(axis=1)
    matrix = confusion_matrix(labels, predicted, probabilities.shape[1])
    wrong = int((predicted != labels).sum())
    right = 1 - wrong / len(labels)
    worst = top_losses(probabilities, labels, MISTAKES)
    classes = np.arange(len(matrix))
    return Evaluation(
        matrix=matrix,
        line=f"{wrong:,} of {len(labels):,} test images wrong: {right:.2%} correct.",
        view=_matrix_view(matrix),
        numbers=np.block([[np.array([[None]]), classes], [classes[:, None], matrix]]),
        mistakes=np.moveaxis(drawable(images[worst]), 0, 2),
        pairs=[f"{labels[n]} → {predicted[n]}" for n in worst],
        sure=[float(probabilities[n].max()) for n in worst],
    )


def _matrix_view(matrix: np.ndarray) -> View:
    strength = np.sqrt(matrix)  # the root keeps small counts visible
    np.fill_diagonal(strength, 0)
    strength /= strength.max() or 1
    np.fill_diagonal(strength, -CORRECT)
    heads = ((1, 0), (1, 0))  # the classes, above and to the left, are on white
    return render(np.pad(strength, heads), limit=STRONGEST).without_scale()._replace(note=NOTE)


def drawable(images: np.ndarray) -> np.ndarray:
    """Return images that can be shown: gray, three channels in color, others as the mean."""
    return images if images.ndim == 3 or images.shape[-1] == 3 else images.mean(axis=-1)
