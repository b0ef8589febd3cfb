"""From scores to probabilities, and how far they are from the labels."""

import numpy as np
from numpy.typing import NDArray


def softmax(scores: NDArray) -> NDArray:
    """Turn scores (K, N) into probabilities from 0 to 1; each column sums to 1, up to rounding.

    >>> softmax(np.array([[0, 3], [-2000, 3]])).tolist()
    [[1.0, 0.5], [0.0, 0.5]]
    """
    powers = np.exp(scores - scores.max(axis=0))
    return powers / powers.sum(axis=0)


def cross_entropy(scores: NDArray, labels: NDArray) -> tuple[float, NDArray]:
    """Return the mean loss of scores (K, N), and its gradient with respect to the scores.

    >>> loss, gradient = cross_entropy(np.zeros((2, 1)), np.array([0]))
    >>> round(float(loss), 3), gradient.ravel().tolist()
    (0.693, [-0.5, 0.5])
    """
    probabilities = softmax(scores)
    loss = mean_loss(probabilities, labels)
    probabilities[labels, np.arange(len(labels))] -= 1
    return loss, probabilities / np.float32(len(labels))


def mean_loss(probabilities: NDArray, labels: NDArray) -> float:
    """Return the mean of −log of each label's probability; `probabilities` are (K, N).

    >>> round(float(mean_loss(np.array([[0.5], [0.5]]), np.array([1]))), 3)
    0.693
    """
    of_labels = probabilities[labels, np.arange(len(labels))]
    return -np.log(np.maximum(of_labels, 1e-12)).mean()
