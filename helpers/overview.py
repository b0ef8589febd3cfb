"""The lessons: title, question, and one figure with the input and the results of each."""

from collections.abc import Callable
from typing import NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from helpers.convolution import convolve
from helpers.figures import StaticFigure, show_images
from helpers.gradients import gradient_step
from helpers.images import load_image
from helpers.kernels import KERNELS
from helpers.network import Network, class_activation_map, saliency
from helpers.picture_files import FOLDER, read_picture
from helpers.pooling import pool
from helpers.validation import as_whole

Panels: TypeAlias = dict[str, tuple[NDArray, str]]  # title: image, view

EDGES = KERNELS["sobel_vertical"]


def _numbers() -> Panels:
    return {
        "a photograph": (load_image("cat", gray=True, size=(64, 72)), "as a photo"),
        "its numbers": (load_image("cat", gray=True, size=(8, 9)).round(1), "as a photo"),
    }


def _by_hand() -> Panels:
    image = np.array([[0, 0, 0, 1, 1], [0, 0, 0.5, 1, 1], [0, 0, 0, 1, 1], [0, 0, 0, 0, 0.5]])
    return {
        "image": (image, "as a photo"),
        "kernel": (EDGES, "signed"),
        "output": (convolve(image, EDGES), "signed"),
    }


def _edges() -> Panels:
    lines = load_image("lines", size=128)
    return {
        "image": (lines, "as a photo"),
        "vertical edges": (convolve(lines, EDGES), "signed"),
        "horizontal edges": (convolve(lines, EDGES.T), "signed"),
    }


def _stride() -> Panels:
    stairs = load_image("stairs", size=64)
    return {
        "image": (stairs, "as a photo"),
        "stride 4": (convolve(stairs, EDGES, stride=4), "signed"),
        "dilation 4": (convolve(stairs, EDGES, dilation=4), "signed"),
    }


def _pooling() -> Panels:
    stairs = load_image("stairs", size=64)
    return {
        "image": (stairs, "as a photo"),
        "max pooling 4×4": (pool(stairs, 4), "as a photo"),
        "mean pooling 4×4": (pool(stairs, 4, mode="mean"), "as a photo"),
    }


def _color() -> Panels:
    circles = load_image("circles", size=64)
    red, blue = (np.full((3, 3, 3), weights) / 9 for weights in ([1, -1, -1], [-1, -1, 1]))
    return {
        "image": (circles, "as a photo"),
        "a filter for red": (convolve(circles, red), "ReLU"),
        "a filter for blue": (convolve(circles, blue), "ReLU"),
    }


def _learning() -> Panels:
    image, learned = load_image("cat", gray=True, size=(64, 72)) - 0.5, np.zeros((3, 3))
    target = convolve(image, EDGES)
    for _ in range(50):
        learned, _loss = gradient_step(image, target, learned, learning_rate=5)
    return {
        "image": (image + 0.5, "as a photo"),
        "the learned kernel": (learned.round(2), "signed"),
        "its output": (convolve(image, learned), "signed"),
    }


def _network() -> Panels:
    digit = _seven()
    outputs = _trained().layer_outputs(digit[None])
    return {
        "image": (digit, "as a photo"),
        "a feature map of layer 2": (outputs[1][..., 2, 0], "ReLU"),
        "ten scores": (outputs[-1].T.round(), "signed"),
    }


def _inside() -> Panels:
    digit = _seven()
    return {
        "image": (digit, "as a photo"),
        "evidence for a 7": (class_activation_map(_trained(), digit, 7), "signed"),
        "effect of a brighter pixel": (saliency(_trained(), digit, 7), "signed"),
    }


def _seven() -> NDArray:
    """Return the first test digit, cropped from its sheet: loading all takes many megabytes."""
    sheet = read_picture(FOLDER / "digits" / "test-7.png")
    return np.asarray(sheet.crop((0, 0, 28, 28)), np.float32) / np.float32(255)


def _trained() -> Network:
    return Network.load(FOLDER / "digits" / "network.npz")


class Lesson(NamedTuple):
    """A lesson: its title, the question it answers, and the panels of its figure."""

    title: str
    question: str
    panels: Callable[[], Panels]

    def file(self, number: int) -> str:
        """Return the name of its notebook."""
        return f"{number:02}_{self.title.lower().replace(',', '').replace(' ', '_')}.ipynb"


LESSONS = [
    Lesson("Images are numbers", "What does a computer see?", _numbers),
    Lesson("Convolution by hand", "How is one pixel made?", _by_hand),
    Lesson("Kernels and edges", "Which nine numbers find an edge?", _edges),
    Lesson("Stride, padding, dilation", "How large is the output?", _stride),
    Lesson("Pooling", "What is left when a window keeps one number?", _pooling),
    Lesson("Color and feature maps", "What does a kernel do with three channels?", _color),
    Lesson("Learning a kernel", "Who chooses the nine numbers?", _learning),
    Lesson("A small CNN", "What can convolution and pooling learn together?", _network),
    Lesson("Inside the network", "What does it look at?", _inside),
]


def lesson_picture(number: int) -> StaticFigure:
    """Draw a lesson's input and its results.

    Parameters
    ----------
    number : int, the lesson, from 1 to 9

    Returns
    -------
    StaticFigure

    Raises
    ------
    ValueError, TypeError : if there is no such lesson.
    """
    if as_whole("number", number, least=1) > len(LESSONS):
        raise ValueError(f"number must be from 1 to {len(LESSONS)}; got {number}")
    panels = LESSONS[number - 1].panels()
    images, views = zip(*panels.values(), strict=True)
    return show_images(list(images), list(panels), list(views), name=f"lesson {number:02}")
