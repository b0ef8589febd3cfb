"""Inputs for a network besides its test images: letters and noise; the steps to a digit as pictures."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from helpers.explorers.models.picture import as_photo
from helpers.network.preprocessing import DigitStep
from helpers.rendering import View

LETTERS = 26


class StepView(NamedTuple):
    """A step from a picture to a digit, ready for the screen."""

    title: str
    picture: View
    note: str


def step_views(steps: Sequence[DigitStep]) -> list[StepView]:
    """Return the steps as pictures, numbered from 1."""
    return [
        StepView(f"{number}: {step.name}", as_photo(step.picture), step.note)
        for number, step in enumerate(steps, start=1)
    ]


def letter_name(number: int) -> str:
    """Return the capital letter with this number, from 0; after Z comes A again."""
    return chr(ord("A") + number % LETTERS)


def letter_page(number: int) -> np.ndarray:
    """Return a capital letter, bright on black, as an image (80, 80)."""
    page = Image.new("L", (80, 80))
    font = ImageFont.load_default(56)
    ImageDraw.Draw(page).text((40, 40), letter_name(number), fill=255, font=font, anchor="mm")
    return np.asarray(page, np.float32) / 255


def noise(number: int, shape: tuple[int, ...] = (28, 28)) -> np.ndarray:
    """Return random pixels, float32 in [0, 1); the number is the seed."""
    return np.random.default_rng(number).random(shape, np.float32)
