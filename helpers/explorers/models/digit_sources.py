"""What a network of digits can be shown besides digits: letters, and noise."""

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from helpers.network import as_digit

LETTERS = 26


def letter_name(number):
    """One of the capital letters; after Z comes A again."""
    return chr(ord("A") + number % LETTERS)


def letter(number):
    """The picture of a capital letter, (28, 28), made as the digits were."""
    page = Image.new("L", (80, 80))
    font = ImageFont.load_default(56)
    ImageDraw.Draw(page).text((40, 40), letter_name(number), fill=255, font=font, anchor="mm")
    return as_digit(np.asarray(page, np.float32) / 255)


def noise(number):
    """Gray pixels at random, (28, 28); the number is the seed."""
    return np.random.default_rng(number).random((28, 28), np.float32)
