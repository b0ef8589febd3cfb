"""The lessons: title, question, and one figure with the input and the results of each."""

from collections.abc import Callable
from typing import NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from helpers.convolution import convolve
from helpers.figures import show_images
from helpers.gradients import gradient_step
from helpers.images import load_image, to_gray
from helpers.kernels import KERNELS
from helpers.messages import describe
from helpers.network import (
    Augmentation,
    Network,
    change_images,
    class_activation_map,
    receptive_field,
    saliency,
    worst_nudge,
)
from helpers.picture_files import FOLDER, read_picture
from helpers.pooling import pool
from helpers.static_figure import StaticFigure

Panels: TypeAlias = dict[str, tuple[NDArray, str]]  # title: image, view

EDGES = KERNELS["sobel_vertical"]
SEEN = {  # what there is to see in the figure of a lesson, for those who cannot see it
    "01": "a cat's face in gray, and a coarse grid of its brightness",
    "02": "a grid of zeros and ones; a kernel, negative left and positive right; a positive output",
    "03": "lines and shapes; only their vertical edges; only their horizontal edges",
    "04": "stairs; an output of few large pixels; wide bands along the beams",
    "05": "stairs; blocks as bright as their brightest pixel; darker blocks, their means",
    "05b": "rings, finer toward the border; many rings that were not there; gray where they are fine",
    "06": "a red and a blue circle; only the red one is bright; only the blue one is bright",
    "07": "a cat's face; a kernel, negative left and positive right; the face's vertical edges",
    "08": "a handwritten 7; a feature map like a blurred 7; ten scores, the largest for the 7",
    "08b": "a handwritten 7; the square in its center that one cell sees; its pixels scattered",
    "09": "a handwritten 7; a grid, highest at its upper stroke; pixels that raise or lower its score",
    "09b": "a handwritten 7; the 7 rotated by 45°; the 7 on a faint pattern",
    "10": "a cat's face with whiskers; the same face, smaller and tilted; a house with a door and a window",
    "10b": "a red apple; the apple in gray; a green apple in gray, a little lighter",
}


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


def _stripes() -> Panels:
    rows, columns = np.indices((128, 128)) - 64
    rings = 0.5 + 0.5 * np.cos(np.pi / 128 * (rows**2 + columns**2))  # finer towards the borders
    return {
        "image": (rings, "as a photo"),
        "stride 4": (rings[::4, ::4], "as a photo"),
        "means of 4×4": (pool(rings, 4, mode="mean"), "as a photo"),
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


def _builder() -> Panels:
    digit = _seven()
    top, left, rows, columns = receptive_field(_trained(), 5, 2, 2)  # of a cell of the last maps
    seen = np.zeros_like(digit)
    seen[top : top + rows, left : left + columns] = 1
    order = np.random.default_rng(0).permutation(digit.size)
    return {
        "image": (digit, "as a photo"),
        "the pixels that one cell sees": (np.maximum(digit * seen, 0.25 * seen), "as a photo"),
        "shuffled pixels": (digit.ravel()[order].reshape(digit.shape), "as a photo"),
    }


def _inside() -> Panels:
    digit = _seven()
    return {
        "image": (digit, "as a photo"),
        "evidence for a 7": (class_activation_map(_trained(), digit, 7), "signed"),
        "effect of a brighter pixel": (saliency(_trained(), digit, 7), "signed"),
    }


def _break() -> Panels:
    digit = _seven()
    return {
        "image": (digit, "as a photo"),
        "rotated by 45°": (change_images(digit[None], "rotation", 45)[0], "as a photo"),
        "the worst nudge": (worst_nudge(_trained(), digit[None], [7], 0.2)[0], "as a photo"),
    }


def _classifier() -> Panels:
    cat, house = (_doodles(name)[1] for name in ("cat", "house"))
    changed = Augmentation(3, 25, 0.2, 0.5, 0.2)(cat[None, ..., None], np.random.default_rng(1))
    return {
        "image": (cat, "as a photo"),
        "augmented": (changed[0, ..., 0], "as a photo"),
        "a house": (house, "as a photo"),
    }


def _clothes() -> Panels:
    apples = [_fruit(number) for number in (0, 1)]
    return {
        "image": (apples[0], "as a photo"),
        "in gray": (to_gray(apples[0]), "as a photo"),
        "a green apple in gray": (to_gray(apples[1]), "as a photo"),
    }


def _doodles(name: str) -> NDArray:
    """Return the first doodles of a class, (20, 28, 28)."""
    sheet = read_picture(FOLDER / "doodles" / f"{name}.png")
    row = np.asarray(sheet.crop((0, 0, sheet.width, 28)), np.float32) / np.float32(255)
    return row.reshape(28, -1, 28).swapaxes(0, 1)


def _fruit(number: int) -> NDArray:
    """Return a pictogram of the sheet of one style, on white."""
    sheet = read_picture(FOLDER / "fruits" / "noto.png")
    side = sheet.height
    return np.asarray(sheet.crop((number * side, 0, (number + 1) * side, side)), np.float32) / 255


def _seven() -> NDArray:
    """Return the first test digit, cropped from its sheet: loading all takes many megabytes."""
    sheet = read_picture(FOLDER / "digits" / "test-7.png")
    return np.asarray(sheet.crop((0, 0, 28, 28)), np.float32) / np.float32(255)


def _trained() -> Network:
    return Network.load(FOLDER / "digits" / "network.npz")


class Lesson(NamedTuple):
    """A lesson: its number, its title, the question it answers, and the panels of its figure.

    A companion has the number of the lesson that it follows, and a letter: "08b".
    """

    number: str
    title: str
    question: str
    panels: Callable[[], Panels]

    @property
    def name(self) -> str:
        """Return its number and title."""
        return f"{self.number} {self.title}"

    @property
    def file(self) -> str:
        """Return the name of its notebook."""
        return self.name.lower().replace(",", "").replace(" ", "_") + ".ipynb"


LESSONS = [
    Lesson("01", "Images are numbers", "What does a computer see?", _numbers),
    Lesson("02", "Convolution by hand", "How is one pixel made?", _by_hand),
    Lesson("03", "Kernels and edges", "Which nine numbers find an edge?", _edges),
    Lesson("04", "Stride, padding, dilation", "How large is the output?", _stride),
    Lesson("05", "Pooling", "What is left when a window keeps one number?", _pooling),
    Lesson("05b", "Stripes", "What happens to detail finer than the step?", _stripes),
    Lesson("06", "Color and feature maps", "What does a kernel do with many channels?", _color),
    Lesson("07", "Learning a kernel", "Who chooses the nine numbers?", _learning),
    Lesson("08", "A small CNN", "What can convolution and pooling learn together?", _network),
    Lesson("08b", "Build a network", "What does each layer cost, and what does it see?", _builder),
    Lesson("09", "Inside the network", "What does it look at?", _inside),
    Lesson(
        "09b",
        "Break the network",
        "What does each filter do, and what makes it fail?",
        _break,
    ),
    Lesson("10", "Your own classifier", "Can it tell your cats from your dogs?", _classifier),
    Lesson("10b", "Clothes and fruit", "What does color add? Why are new styles harder?", _clothes),
]


def lesson_picture(number: int | str) -> StaticFigure:
    """Draw a lesson's input and its results.

    Parameters
    ----------
    number : int or str, the lesson: from 1 to 10, or as in the name of its notebook, such as "08b"

    Returns
    -------
    StaticFigure

    Raises
    ------
    ValueError : if there is no such lesson.
    """
    lessons: dict[int | str, Lesson] = {each.number: each for each in LESSONS}
    lessons |= {int(each): lesson for each, lesson in lessons.items() if str(each).isdigit()}
    if not isinstance(number, (int, str)) or isinstance(number, bool) or number not in lessons:
        names = ", ".join(each.number for each in LESSONS)
        raise ValueError(f"number must be that of a lesson, one of {names}; got {describe(number)}")
    lesson = lessons[number]
    images, views = zip(*(panels := lesson.panels()).values(), strict=True)
    name, seen = f"lesson {lesson.number}", SEEN.get(lesson.number)
    return show_images(list(images), list(panels), list(views), name=name, alt=seen)
