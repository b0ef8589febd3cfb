"""The mistakes of a network: the confusion matrix, and the wrong predictions with the largest losses."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from helpers.labels import as_labels
from helpers.messages import describe
from helpers.validation import as_array, as_finite, as_whole


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
    ValueError, TypeError : naming the parameter, what was expected and what was given.

    >>> confusion_matrix([0, 1, 1, 1], [0, 1, 1, 0], classes=2)
    array([[1, 0],
           [1, 2]])
    """
    classes = as_whole("classes", classes, least=1)
    labels = as_labels("labels", labels, classes).astype(int)
    predicted = as_labels("predicted", predicted, classes, len(labels))
    counts = np.bincount(labels * classes + predicted, minlength=classes * classes)
    return counts.reshape(classes, classes)


def top_losses(probabilities: ArrayLike, labels: ArrayLike, count: int = 12) -> NDArray:
    """Find the wrong predictions with the largest losses: those that give the true class the least.

    Parameters
    ----------
    probabilities : (N, K) array, as `Network.predict` returns
    labels : (N,) ints from 0, the true classes
    count : int, how many at most

    Returns
    -------
    (count,) int array: indices into the N images, largest loss first; fewer if there are fewer

    Raises
    ------
    ValueError, TypeError : naming the parameter, what was expected and what was given.

    >>> top_losses([[0.6, 0.4], [0.1, 0.9], [0.7, 0.3]], [1, 0, 0])
    array([1, 0])
    """
    probabilities = as_array("probabilities", probabilities)
    if probabilities.ndim != 2:
        raise ValueError(f"probabilities must be (N, K); got {describe(probabilities)}")
    as_finite("probabilities", probabilities)
    labels = as_labels("labels", labels, probabilities.shape[1], len(probabilities))
    count = as_whole("count", count, least=1)
    wrong = np.flatnonzero(probabilities.argmax(axis=1) != labels)
    given = probabilities[wrong, labels[wrong]].astype(float)  # the loss is −log of it
    return wrong[np.argsort(given, kind="stable")[:count]]
