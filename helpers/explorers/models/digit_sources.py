"""Inputs for a network besides its test images: letters and noise."""

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from helpers.network import as_digit

LETTERS = 26


def letter_name(number: int) -> str:
    """Return the capital letter with this number, from 0; after Z comes A again."""
    return chr(ord("A") + number % LETTERS)


def letter(number: int) -> np.ndarray:
    """Return a capital letter as an image (28, 28), preprocessed as the digits."""
    page = Image.new("L", (80, 80))
    font = ImageFont.load_default(56)
    ImageDraw.Draw(page).text((40, 40), letter_name(number), fill=255, font=font, anchor="mm")
    return as_digit(np.asarray(page, np.float32) / 255)


def noise(number: int, shape: tuple[int, ...] = (28, 28)) -> np.ndarray:
    """Return random pixels, float32 in [0, 1); the number is the seed."""
    return np.random.default_rng(number).random(shape, np.float32)
