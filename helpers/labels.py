"""Checks of labels, the class numbers of images, and of images together with their labels."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from helpers.messages import describe
from helpers.validation import as_array, as_brightness, is_listed


def as_labels(name: str, labels: Any, classes: int, count: int | None = None) -> NDArray:
    """Return labels (N,) from 0 to classes − 1, `count` of them if it is given, or refuse them.

    The error says what to do with labels in another form: one-hot, floats, bools or text.
    """
    wanted = "whole numbers" if count is None else f"{count} whole numbers"
    try:
        array = as_array(name, labels, least_axes=0)
    except TypeError as error:
        is_text = is_listed(labels) and any(isinstance(label, str) for label in labels)
        raise TypeError(f"{error}{': number the classes from 0' if is_text else ''}") from None
    if array.ndim != 1 or array.dtype.kind not in "iu" or count not in (None, len(array)):
        advice = label_advice(name, array) if count in (None, *array.shape[:1]) else ""
        raise ValueError(f"{name} must be {wanted}, one per image; got {describe(array)}{advice}")
    least, most = array.min(), array.max()
    if least < 0 or most >= classes:
        advice = ": subtract 1" if least == 1 and most == classes else ""
        raise ValueError(f"{name} must be from 0 to {classes - 1}; got {least} to {most}{advice}")
    return array


def label_advice(name: str, array: NDArray) -> str:
    """Return how to turn an array into labels, if it looks like labels in another form."""
    name = name if name.isidentifier() else "labels"
    if array.ndim == 2 and array.shape[1] == 1:
        return f": use {name}[:, 0]"
    if array.ndim == 2:  # one-hot, or the probability of each class
        return f": use {name}.argmax(axis=1)"
    whole = array.ndim == 1 and bool((np.isfinite(array) & (array % 1 == 0)).all())
    return f": use {name}.astype(int)" if whole else ""


def as_labeled(name: str, value: Any, classes: int = 10) -> tuple[NDArray, NDArray]:
    """Return a pair of images in [0, 1] and their labels, 0 to classes − 1, as two arrays, or refuse it.

    Images are (N, H, W) or (N, H, W, C); those of one channel come back as (N, H, W).
    """
    expected = f"{name} must be a pair of images (N, H, W) or (N, H, W, C) and labels (N,)"
    if not isinstance(value, (tuple, list)) or len(value) != 2:
        raise TypeError(f"{expected}; got {describe(value)}")
    images = as_array(f"{name}[0], the images,", value[0], least_axes=3)
    labels = as_array(f"{name}[1], the labels,", value[1], least_axes=1)
    if images.shape[3:] == (1,):
        images = images[..., 0]
    if images.ndim > 4 or labels.shape != images.shape[:1]:
        advice = label_advice("labels", labels) if len(labels) == len(images) else ""
        raise ValueError(f"{expected}; got shapes {images.shape} and {labels.shape}{advice}")
    images = as_brightness(f"{name}[0], the images,", images)
    return images, as_labels(f"{name}[1], the labels,", labels, classes)
