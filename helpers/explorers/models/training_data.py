"""The data sets of TrainingExplorer: what it was given, checked, or the handwritten digits."""

from typing import Any

import numpy as np

from helpers.labels import as_labeled
from helpers.network.datasets.digits import shared_digits

MOST_CLASSES = 1000
DataSet = tuple[np.ndarray, np.ndarray]  # images (N, H, W) or (N, H, W, C), and labels (N,)


def data_sets(training: Any, test: Any) -> tuple[DataSet, DataSet, int]:
    """Return both data sets and the number of classes; None stands for the digits.

    Raises
    ------
    ValueError, TypeError : naming the parameter, what was expected and what was given.
    """
    training = _data_set("training", training, "train")
    test = _data_set("test", test, "test")
    shapes = [images.shape[1:] for images, _ in (training, test)]
    if shapes[0] != shapes[1]:
        raise ValueError(
            f"test must hold images of the same shape as training, {shapes[0]}; got {shapes[1]}"
        )
    return training, test, 1 + int(max(labels.max() for _, labels in (training, test)))


def _data_set(name: str, given: Any, split: str) -> DataSet:
    if given is None:
        return shared_digits(split)
    return as_labeled(name, given, classes=MOST_CLASSES)
