"""The exercises of lesson 10: another class, the steps of a small validation set, the recall of each class."""

import numpy as np
from numpy.typing import NDArray

from helpers.exercises.exercise import Exercise, is_function, is_number
from helpers.network import confusion_matrix


def _recall(labels: NDArray, predicted: NDArray) -> NDArray:
    """The fraction of each class that is predicted correctly."""
    return np.array([(predicted[labels == k] == k).mean() for k in range(labels.max() + 1)])


def _precision(labels: NDArray, predicted: NDArray) -> NDArray:
    """The fraction of the predictions of each class that are correct."""
    return np.array([(labels[predicted == k] == k).mean() for k in range(labels.max() + 1)])


def _hits(labels: NDArray, predicted: NDArray) -> NDArray:
    return np.array([((labels == k) & (predicted == k)).sum() for k in range(labels.max() + 1)])


_CASES = [
    tuple(np.array(part) for part in pair)
    for pair in (
        ([0, 0, 0, 0, 1, 1], [0, 0, 0, 1, 1, 0]),
        ([2, 0, 1, 2, 2, 1, 0, 2], [2, 1, 1, 0, 2, 1, 0, 1]),
        ([1, 0, 1, 1, 0], [1, 1, 1, 0, 0]),
    )
]
MISTAKES = [
    (lambda labels, predicted: (labels == predicted).mean(),
     "that is the accuracy over all pictures; return one number for each class"),
    (_precision, "divide by how many pictures are of the class, not by how many are predicted to be"),
    (_hits, "these are counts; divide each by the number of pictures of its class"),
    (lambda labels, predicted: _hits(labels, predicted) / len(labels),
     "divide by the number of pictures of the class, not of all"),
    (lambda labels, predicted: 1 - _recall(labels, predicted),
     "these are the fractions that are wrong"),
    (lambda labels, predicted: 100 * _recall(labels, predicted),
     "return fractions from 0 to 1, not percentages"),
    (lambda labels, predicted: np.bincount(labels) / len(labels),
     "that is the fraction of each class; compare `predicted` with `labels`"),
    (lambda labels, predicted: (labels == predicted) / 1, "return one number for each class, not for each picture"),
]  # fmt: skip

EXERCISES = {
    "10-class": Exercise(
        is_number(
            401,
            {400: "each score has a bias as well",
             3: "a class needs more than its output: a weight for every number that the dense layer takes",
             1: "that is the bias; and the weights?",
             1604: "that is the whole dense layer with four classes; how many are new?",
             1203: "that is the whole dense layer with three classes; how many are new?",
             2852: "that is the network with four classes; how many are new?",
             785: "the dense layer does not see the 784 pixels but the 400 numbers before it",
             784: "the dense layer does not see the 784 pixels but the 400 numbers before it"},
        ),
        right="400 weights and a bias. All other parameters stay the same and serve every class.",
        hint="Only the dense layer depends on the number of classes. It takes 5 · 5 · 16 numbers.",
        solution="answer = 5 * 5 * 16 + 1  # a weight for each number, and a bias",
    ),
    "10-step": Exercise(
        is_number(
            1 / 6,
            {6: "that is how many are held out; by how much does one of them change the accuracy?",
             2: "that is how many of each class are held out",
             1 / 24: "only the held-out pictures count",
             1 / 18: "that is one of the pictures it learns from; only those held out count",
             1 / 2: "that is the step of one class; there are three",
             1 / 8: "only the held-out pictures count, of all three classes",
             1 / 3: "two of each class are held out",
             1 / 4: "that is the fraction held out"},
            tolerance=0.005,
        ),
        right="From 83% straight to 100 %: with so few pictures, one lucky guess looks like progress.",
        hint="How many of the 24 pictures are held out? The accuracy is the number of correct ones divided by that.",
        solution="answer = 1 / (3 * 8 / 4)  # 6 pictures are held out",
    ),
    "10-my_recall": Exercise(
        is_function(_recall, _CASES, MISTAKES, library=[confusion_matrix]),
        right="The mean over all pictures would hide a class that is always wrong.",
        hint="For each class k: of the pictures whose label is k, how many have the prediction k?",
        solution="""def my_recall(labels, predicted):
    recall = []
    for k in range(labels.max() + 1):
        of_class = labels == k  # whatever was predicted
        recall.append((predicted[of_class] == k).mean())
    return np.array(recall)""",
    ),
}  # fmt: skip
