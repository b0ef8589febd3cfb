"""Evaluation of a trained network: the confusion matrix and the top losses."""

from dataclasses import dataclass

import numpy as np

from helpers.network import confusion_matrix, top_losses
from helpers.rendering import View, render

MISTAKES = 12  # top losses that are shown
NOTE = "Brightness: the square root of the count. The diagonal, correct predictions, is black."


@dataclass(frozen=True, eq=False)
class Evaluation:
    """Predictions compared with labels; `mistakes` and `names` are empty if all are correct."""

    matrix: np.ndarray  # (K, K) counts: [label, predicted]
    line: str
    view: View  # of the matrix, with the class numbers above and to the left, (K + 1, K + 1)
    numbers: np.ndarray  # printed in its cells
    mistakes: np.ndarray  # images (H, W, M) or (H, W, M, 3), the largest loss first
    names: str  # label and prediction of each


def evaluate(images: np.ndarray, labels: np.ndarray, probabilities: np.ndarray) -> Evaluation:
    """Compare probabilities (N, K) for images, (N, H, W) or (N, H, W, C), with their labels (N,)."""
    predicted = probabilities.argmax(axis=1)
    matrix = confusion_matrix(labels, predicted, probabilities.shape[1])
    wrong = int((predicted != labels).sum())
    right = 1 - wrong / len(labels)
    worst = top_losses(probabilities, labels, MISTAKES)
    pairs = ", ".join(
        f"{labels[n]} predicted as {predicted[n]} ({probabilities[n].max():.0%})" for n in worst
    )
    classes = np.arange(len(matrix))
    return Evaluation(
        matrix=matrix,
        line=f"{wrong:,} of {len(labels):,} test images wrong: {right:.2%} correct.",
        view=_matrix_view(matrix),
        numbers=np.block([[np.array([[None]]), classes], [classes[:, None], matrix]]),
        mistakes=np.moveaxis(drawable(images[worst]), 0, 2),
        names=f"Row by row: {pairs}." if pairs else "",
    )


def _matrix_view(matrix: np.ndarray) -> View:
    mistakes = matrix * (1 - np.eye(len(matrix), dtype=int))
    counts = np.sqrt(mistakes)  # the root keeps small counts visible
    view = render(counts, "ReLU", limit=counts.max()).without_scale()
    data = np.pad(view.data, ((1, 0), (1, 0)), constant_values=255)
    return view._replace(data=data, note=NOTE)


def drawable(images: np.ndarray) -> np.ndarray:
    """Return images that can be shown: gray, three channels in color, others as the mean."""
    return images if images.ndim == 3 or images.shape[-1] == 3 else images.mean(axis=-1)
