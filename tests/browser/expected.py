"""What a page should show, computed with Pillow and SciPy alone."""

import numpy as np
from PIL import Image
from scipy import ndimage

from browser.jupyter import ROOT

IDENTITY = [[0, 0, 0], [0, 1, 0], [0, 0, 0]]
SHARPEN = [[0, -1, 0], [-1, 5, -1], [0, -1, 0]]
SOBEL = [[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]]


def sample(name, longest=512):
    """A sample picture, floats from 0 to 1, (H, W) or (H, W, 3)."""
    picture = Image.open(ROOT / "images" / f"{name}.png")
    picture.thumbnail((longest, longest), Image.Resampling.LANCZOS)
    return np.asarray(picture) / 255


def gray(image):
    return image @ [0.299, 0.587, 0.114]


def answer(image, kernel):
    """The sums at every place where the kernel fits, each channel alone."""
    depth = np.reshape(kernel, (3, 3) + (1,) * (image.ndim - 2))
    return ndimage.correlate(image, depth)[1:-1, 1:-1]


def photo(values):
    """Answers as bytes of a screen: 0 is black, 1 is white, what lies outside is cut off."""
    return np.rint(np.clip(values, 0, 1) * 255).astype(np.uint8)


def products(image, kernel, row, column):
    """Patch and products of one pixel of the answer, both (3, 3)."""
    patch = image[row : row + 3, column : column + 3]
    return patch, patch * np.array(kernel)
