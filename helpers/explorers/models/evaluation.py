"""What a trained network gets wrong: the confusion matrix and its worst mistakes (top losses)."""

from dataclasses import dataclass

import numpy as np

from helpers.network import confusion_matrix, top_losses
from helpers.rendering import View, render

MISTAKES = 12  # to show
NOTE = "Brightness: the square root of the count. Correct predictions, on the diagonal, are left black."


@dataclass(frozen=True, eq=False)
class Evaluation:
    """How predictions compare with labels; `mistakes` and `names` are empty if there are none."""

    matrix: np.ndarray  # (K, K) counts: [label, predicted]
    line: str
    view: View  # of the matrix, below and beside the numbers of the classes, (K + 1, K + 1)
    numbers: np.ndarray  # to print in it
    mistakes: np.ndarray  # images (H, W, M) or (H, W, M, 3), the most confident mistake first
    names: str  # what each of them is and was taken for


def evaluate(images: np.ndarray, labels: np.ndarray, probabilities: np.ndarray) -> Evaluation:
    """Compare probabilities (N, K) for images, (N, H, W) or (N, H, W, C), with their labels (N,)."""
    predicted = probabilities.argmax(axis=1)
    matrix = confusion_matrix(labels, predicted, probabilities.shape[1])
    wrong = int((predicted != labels).sum())
    right = 1 - wrong / len(labels)
    worst = top_losses(probabilities, labels, MISTAKES)
    taken = ", ".join(
        f"{labels[n]} taken for {predicted[n]} ({probabilities[n].max():.0%})" for n in worst
    )
    classes = np.arange(len(matrix))
    return Evaluation(
        matrix=matrix,
        line=f"{wrong:,} of {len(labels):,} test images wrong: {right:.2%} correct.",
        view=_matrix_view(matrix),
        numbers=np.block([[np.array([[None]]), classes], [classes[:, None], matrix]]),
        mistakes=np.moveaxis(drawable(images[worst]), 0, 2),
        names=f"Row by row: {taken}." if taken else "",
    )


def _matrix_view(matrix: np.ndarray) -> View:
    mistakes = matrix * (1 - np.eye(len(matrix), dtype=int))
    view = render(np.sqrt(mistakes), "ReLU").without_scale()  # few mistakes can be seen as well
    data = np.pad(view.data, ((1, 0), (1, 0)), constant_values=255)
    return view._replace(data=data, note=NOTE)


def drawable(images: np.ndarray) -> np.ndarray:
    """Return images as they can be shown: (…, 3) in color, any other channels as their mean."""
    return images if images.ndim == 3 or images.shape[-1] == 3 else images.mean(axis=-1)
