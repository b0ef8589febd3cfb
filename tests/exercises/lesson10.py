"""Answers to the exercises of lesson 10."""

import numpy as np

from exercises.answers import Answer
from exercises.edits import edited
from helpers.network import confusion_matrix


def by_counting(labels, predicted):
    """Picture by picture, in plain Python."""
    right, all_ = [0] * (max(labels) + 1), [0] * (max(labels) + 1)
    for label, said in zip(labels, predicted):
        all_[label] += 1
        right[label] += label == said
    return [a / b for a, b in zip(right, all_)]


def columns(labels, predicted):
    """By column instead of by row."""
    counts = np.zeros([labels.max() + 1] * 2)
    np.add.at(counts, (labels, predicted), 1)
    return counts.diagonal() / counts.sum(axis=0)


def by_the_library(labels, predicted):
    counts = confusion_matrix(labels, predicted, labels.max() + 1)
    return counts.diagonal() / counts.sum(axis=1)


def hits(labels, predicted):
    return [((labels == k) & (predicted == k)).sum() for k in range(labels.max() + 1)]


def shares(labels, predicted):
    return np.bincount(labels) / len(labels)


ANSWERS = [
    Answer("10-class", "a number", 401, True),
    Answer("10-class", "no bias", 400, False, "a bias as well"),
    Answer("10-class", "the classes", 3, False, "for every number"),
    Answer("10-class", "the bias alone", 1, False, "and the weights"),
    Answer("10-class", "the whole layer", 4 * 401, False, "how many are new"),
    Answer("10-class", "the layer before", 3 * 401, False, "how many are new"),
    Answer("10-class", "the whole network", 2451 + 401, False, "how many are new"),
    Answer("10-class", "the pixels", 785, False, "400 numbers"),
    Answer("10-class", "the pixels, no bias", 784, False, "400 numbers"),
    Answer("10-step", "a fraction", 1 / 6, True),
    Answer("10-step", "two decimals", 0.17, True),
    Answer("10-step", "four decimals", 0.1667, True),
    Answer("10-step", "the count", 6, False, "by how much"),
    Answer("10-step", "of each class", 2, False, "of each class"),
    Answer("10-step", "of all pictures", 1 / 24, False, "held-out pictures count"),
    Answer("10-step", "of those learned from", 1 / 18, False, "learns from"),
    Answer("10-step", "of one class", 0.5, False, "there are three"),
    Answer("10-step", "of the pictures of a class", 1 / 8, False, "all three classes"),
    Answer("10-step", "of the classes", 1 / 3, False, "two of each class"),
    Answer("10-step", "the share", 0.25, False, "the fraction held out"),
    Answer("10-step", "in percent", 16.67, False, "percentage"),
    Answer("10-my_recall", "the solution", edited("10-my_recall"), True),
    Answer("10-my_recall", "by counting", by_counting, True),
    Answer("10-my_recall", "the library's", by_the_library, False, "confusion_matrix"),
    Answer("10-my_recall", "precision", columns, False, "predicted to be"),
    Answer("10-my_recall", "accuracy", lambda a, b: (a == b).mean(), False, "one number for each class"),
    Answer("10-my_recall", "counts", hits, False, "counts"),
    Answer("10-my_recall", "of all", lambda a, b: np.array(hits(a, b)) / len(a), False, "not of all"),
    Answer("10-my_recall", "wrong ones", lambda a, b: 1 - np.array(by_counting(a, b)), False, "wrong"),
    Answer("10-my_recall", "percent", lambda a, b: 100 * np.array(by_counting(a, b)), False, "percent"),
    Answer("10-my_recall", "shares", shares, False, "fraction of each class"),
    Answer("10-my_recall", "hits", lambda a, b: np.equal(a, b) * 1.0, False, "not for each picture"),
]  # fmt: skip
