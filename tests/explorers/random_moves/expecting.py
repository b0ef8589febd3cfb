"""What all oracles share: numbers in texts, pictures by name, convolution by another route."""

import re
from contextlib import suppress
from functools import cache
from typing import NamedTuple

import numpy as np
from explorers.driving import expected_output, frame
from strategies import scipy_pad

from helpers import convolve
from helpers.images import load_within

LUMA = (0.299, 0.587, 0.114)
NUMBER = r"-?\d+(?:\.\d+)?(?:e[+-]\d+)?"
PRINTED = 0.0051  # numbers in texts have two decimals


class Refused(Exception):
    """The controls ask for something that cannot be computed."""


class Fact(NamedTuple):
    """Something shown, what it must be, and how far apart they may be."""

    name: str
    shown: object
    right: object
    apart: float = 0.0

    def holds(self):
        if not self.apart:
            return np.array_equal(self.shown, self.right)
        shown, right = np.asarray(self.shown, float), np.asarray(self.right, float)
        return shown.shape == right.shape and np.allclose(shown, right, 1e-4, self.apart)


class Oracle:
    """Computes what an explorer must show; `files` are its pictures besides the samples, by name.

    `arrays` are the results for the controls, or Refused; `facts` follow from the arrays last
    computed, and from the cursors.
    """

    function = "convolve"  # the name of the attribute that holds the user's function

    def __init__(self, explorer, files):
        self.explorer, self.files = explorer, files
        self.state = None  # what the arrays were last computed from

    def arrays(self):
        return {}

    def shown(self):
        return {}

    def facts(self):
        return []

    def paint(self, view, cells, began):
        """Note a stroke of the brush."""


def numbers(texts):
    """The numbers printed in cells, or in a sentence."""
    if isinstance(texts, str):
        texts = re.findall(NUMBER, texts)
    return [float(text) for text in texts]


def after(text, words):
    """The number that follows some words in a text."""
    found = re.search(f"{re.escape(words)}({NUMBER})", text)
    return float(found[1]) if found else None


def gray(image):
    return image if image.ndim == 2 else sum(image[..., k] * LUMA[k] for k in range(3))


def picked(picker, files):
    """The image that an ImagePicker must give."""
    name = picker.name.value
    image = files[name] if name in files else sample(name, picker.longest.value)
    return gray(image) if picker.gray.value else image


@cache
def sample(name, longest):
    return load_within(name, longest)


def sees(view, right):
    """The picture in an image view, from the rendered values."""
    return Fact(f"picture {view.title!r}", view.picture, right.pixels)


def options_of(explorer, names, plain):
    """The options of the controls that differ from their defaults."""
    now = {name: getattr(explorer, name) for name in names}
    now = {name: getattr(each, "number", each.value) for name, each in now.items()}
    if not now.get("padding"):
        now["border"] = "zero"
    return {name: value for name, value in now.items() if value != plain[name]}


def fits(shape, size, stride=1, padding=0, dilation=1, **_):
    """Whether a window of this size has a position at all."""
    spans = [dilation * (n - 1) + 1 for n in size]
    sides = frame(shape[:2], spans, stride, padding)
    return all(span <= n + sum(side) for span, n, side in zip(spans, shape, sides))


def convolved(image, kernel, options, function=convolve):
    """The output, by scipy; or by a user's function, if it is of the right shape and finite."""
    if not fits(image.shape, kernel.shape, **options):
        raise Refused
    right = expected_output(image, kernel, **options)
    if function is convolve:
        return right
    return used(function, [image, kernel], options, right.shape)


def used(function, arguments, options, shape):
    """The output of a user's function."""
    with suppress(Exception):
        output = np.array(
            function(*(np.copy(each) if np.ndim(each) else each for each in arguments), **options),
            float,
        )
        if output.shape == shape and np.isfinite(output).all():
            return output
    raise Refused


def product_facts(panel, image, kernel, options, position, right):
    """What DotProduct must show for an output pixel: patch, weights, products and their sum."""
    options = {name: value for name, value in options.items() if name != "bias"}
    stride, dilation = options.get("stride", 1), options.get("dilation", 1)
    kernel = np.asarray(kernel)[::-1, ::-1] if options.get("flip") else np.asarray(kernel)
    spans = [dilation * (n - 1) + 1 for n in kernel.shape]
    sides = frame(image.shape, spans, stride, options.get("padding", 0))
    padded = scipy_pad(np.asarray(image), sides, options.get("border", "zero"))
    top, left = (at * stride for at in position)
    patch = padded[top : top + spans[0] : dilation, left : left + spans[1] : dilation]
    for grid, values in zip(panel.grids, (patch, kernel, patch * kernel)):
        yield Fact(f"numbers of {grid.title}", numbers(grid.numbers), np.ravel(values), PRINTED)
    total = numbers(re.split(" [=≈] ", panel.total.value)[-1])
    yield Fact("sum or function's value", total[-1:], [right], PRINTED + 1e-3 * max(1, abs(right)))
