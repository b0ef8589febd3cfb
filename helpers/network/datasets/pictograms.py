"""Pictograms of ten fruits, each drawn in four styles, as they ship: one sheet for each style."""

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from helpers.picture_files import FOLDER

FRUIT_NAMES = (
    "red apple",
    "green apple",
    "pear",
    "peach",
    "tangerine",
    "lemon",
    "banana",
    "grapes",
    "strawberry",
    "cherries",
)
FRUIT_STYLES = ("fluent", "noto", "openmoji", "twemoji")
SIDE = 96  # pixels of a pictogram; a sheet holds those of a style in a row


def read_pictograms(style: str, size: int) -> NDArray:
    """Return the ten fruits of a style, (10, size, size, 4) float32 in [0, 1].

    The last axis is red, green and blue, each multiplied by the opacity, and the opacity.
    """
    fruits = np.empty((len(FRUIT_NAMES), size, size, 4), np.float32)
    with Image.open(FOLDER / "fruits" / f"{style}.png") as sheet:
        for number in range(len(FRUIT_NAMES)):
            box = (number * SIDE, 0, (number + 1) * SIDE, SIDE)
            fruits[number] = np.asarray(sheet.resize((size, size), Image.Resampling.BOX, box))
    fruits /= 255
    fruits[..., :3] *= fruits[..., 3:]
    return fruits
