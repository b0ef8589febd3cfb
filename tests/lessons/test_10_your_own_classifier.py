"""Lessons 10 and 10b: their exercises against the library."""

import numpy as np
import pytest
from exercises.edits import edited

from helpers import to_gray
from helpers.exercises import check
from helpers.explorers.models.own_pictures import OwnPictures
from helpers.explorers.models.own_training import OwnTraining
from helpers.network import Conv, LabeledSet, Network, confusion_matrix


def test_another_class():
    """The explorer's network with four classes, and with three."""
    four, three = (OwnTraining((28, 28), k, 0).network.parameter_count for k in (4, 3))
    assert check("10-class", four - three).startswith("Right.")


def test_the_step_of_the_held_out_accuracy():
    """Counted on the explorer's own split of eight pictures of each of three classes."""
    images = np.zeros((24, 28, 28), np.float32)
    own = OwnPictures.start(LabeledSet(images, np.arange(24) % 3, ("a", "b", "c")), None)
    assert check("10-step", 1 / len(own.held_out.labels)).startswith("Right.")


@pytest.mark.parametrize("seed", range(3))
def test_published_recall(seed):
    """It is the diagonal of the confusion matrix by its rows."""
    rng = np.random.default_rng(seed)
    labels, predicted = np.r_[0, 1, 2, rng.integers(0, 3, 20)], rng.integers(0, 3, 23)
    counts = confusion_matrix(labels, predicted, 3)
    expected = counts.diagonal() / counts.sum(axis=1)
    np.testing.assert_allclose(edited("10-my_recall")(labels, predicted), expected)


def test_filters_in_color_and_the_gray_of_an_apple():
    layer = Network([Conv(64, 3)], (9, 9, 3))
    assert check("10b-filters", layer.parameter_count).startswith("Right.")
    assert check("10b-gray", to_gray([[[0.3, 0.6, 0.1]]]).item()).startswith("Right.")
    assert to_gray([[[1, 0.2, 0.32]]]).item() == pytest.approx(
        0.453, abs=5e-4
    )  # as the verdict says
