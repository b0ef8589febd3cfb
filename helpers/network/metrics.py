"""The mistakes of a network: the confusion matrix, and the wrong predictions it is surest of."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from helpers.validation import as_array, as_whole, describe


def confusion_matrix(labels: ArrayLike, predicted: ArrayLike, classes: int = 10) -> NDArray:
    """Count how often images of each class were predicted to be of each class.

    Parameters
    ----------
    labels : (N,) ints from 0, the true classes
    predicted : (N,) ints from 0, the predicted classes
    classes : int, how many there are

    Returns
    -------
    (classes, classes) int array: [true, predicted]

    Raises
    ------
    ValueError, TypeError : naming the parameter, what was expected and what came.

    >>> confusion_matrix([0, 1, 1, 1], [0, 1, 1, 0], classes=2)
    array([[1, 0],
           [1, 2]])
    """
    classes = as_whole("classes", classes, least=1)
    labels = _as_classes("labels", labels, classes)
    predicted = _as_classes("predicted", predicted, classes, len(labels))
    counts = np.bincount(labels * classes + predicted, minlength=classes * classes)
    return counts.reshape(classes, classes)


def top_losses(probabilities: ArrayLike, labels: ArrayLike, count: int = 12) -> NDArray:
    """Find the wrong predictions with the highest probabilities.

    Parameters
    ----------
    probabilities : (N, K) array, as `Network.predict` returns
    labels : (N,) ints from 0, the true classes
    count : int, how many at most

    Returns
    -------
    (count,) int array: indices into the N images, highest probability first; fewer if there are fewer

    Raises
    ------
    ValueError, TypeError : naming the parameter, what was expected and what came.

    >>> top_losses([[0.6, 0.4], [0.1, 0.9], [0.7, 0.3]], [1, 0, 0])
    array([1, 0])
    """
    probabilities = as_array("probabilities", probabilities)
    if probabilities.ndim != 2:
        raise ValueError(f"probabilities must be (N, K); got {describe(probabilities)}")
    labels = _as_classes("labels", labels, probabilities.shape[1], len(probabilities))
    count = as_whole("count", count, least=1)
    wrong = np.flatnonzero(probabilities.argmax(axis=1) != labels)
    surest = np.argsort(-probabilities[wrong].max(axis=1).astype(float), kind="stable")
    return wrong[surest[:count]]


def _as_classes(name: str, values: ArrayLike, classes: int, count: int | None = None) -> NDArray:
    values = as_array(name, values, least_axes=0)
    shape = values.shape if count is None else (count,)
    if values.ndim != 1 or values.shape != shape or values.dtype.kind not in "iu":
        wanted = "whole numbers" if count is None else f"{count} whole numbers"
        raise ValueError(f"{name} must be {wanted}, one per image; got {describe(values)}")
    if values.min() < 0 or values.max() >= classes:
        raise ValueError(
            f"{name} must be from 0 to {classes - 1}; got {values.min()} to {values.max()}"
        )
    return values.astype(int)
