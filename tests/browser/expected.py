"""What a page should show, computed with Pillow and SciPy alone."""

import gzip

import numpy as np
from PIL import Image
from scales import scale_end
from scipy import ndimage

from browser.jupyter import ROOT

IDENTITY = [[0, 0, 0], [0, 1, 0], [0, 0, 0]]
SHARPEN = [[0, -1, 0], [-1, 5, -1], [0, -1, 0]]
SIGNED = [(8, 48, 107), (66, 146, 198), (247, 247, 247), (241, 138, 40), (127, 39, 4)]
SOBEL = [[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]]


def sample(name, longest=512):
    """A sample picture, floats from 0 to 1, (H, W) or (H, W, 3)."""
    picture = Image.open(ROOT / "images" / f"{name}.png")
    picture.thumbnail((longest, longest), Image.Resampling.LANCZOS)
    return np.asarray(picture) / 255


def unseen_digit(number):
    """One of MNIST's test digits, floats from 0 to 1, (28, 28), and its label."""
    folder = ROOT / "images" / "digits"
    labels = gzip.decompress((folder / "test-labels-idx1-ubyte.gz").read_bytes())[8:]
    label = labels[number]
    sheet = np.asarray(Image.open(folder / f"test-{label}.png"))
    down, right = divmod(labels[:number].count(label), sheet.shape[1] // 28)
    return sheet[28 * down :, 28 * right :][:28, :28] / 255, label


def gray(image):
    return image @ [0.299, 0.587, 0.114]


def output(image, kernel):
    """The weighted sum at every position where the kernel fits, channel by channel."""
    depth = np.reshape(kernel, (3, 3) + (1,) * (image.ndim - 2))
    return ndimage.correlate(image, depth)[1:-1, 1:-1]


def photo(values):
    """Values as bytes of a photo: 0 is black, 1 is white, values outside are clipped."""
    return np.rint(np.clip(values, 0, 1) * 255).astype(np.uint8)


def signed(values, limit=None):
    """Bytes of a signed map: blue below zero, white at zero, orange above, on a symmetric scale."""
    position = np.asarray(values, float) / (limit or scale_end(values) or 1)
    return np.stack([np.interp(position, (-1, -0.5, 0, 0.5, 1), c) for c in zip(*SIGNED)], axis=-1)


def relu(values):
    """Bytes of the positive values: 0 is black, white is the end of the scale."""
    return photo(values / max(scale_end(values), 1e-9))


def pooled(image, size, stride=None, mode="max", dilation=1):
    """Pooling with loops: one value, or one pixel, per window."""
    stride = stride or size
    positions = [(n - dilation * (size - 1) - 1) // stride + 1 for n in image.shape[:2]]
    result = np.empty((*positions, *image.shape[2:]))
    for row, column in np.ndindex(*positions):
        result[row, column] = KEEP[mode](window(image, row, column, size, stride, dilation))
    return result


def window(image, row, column, size, stride, dilation=1):
    """The window of one pixel of the pooled picture: (size·size,) or (size·size, 3)."""
    down, right = (at * stride + dilation * np.arange(size) for at in (row, column))
    return image[np.ix_(down, right)].reshape(-1, *image.shape[2:])


def _brightest(pixels):
    light = gray(pixels) if pixels.ndim == 2 else pixels
    return pixels[light.argmax()]


KEEP = {
    "max": lambda pixels: pixels.max(axis=0),
    "min": lambda pixels: pixels.min(axis=0),
    "mean": lambda pixels: pixels.mean(axis=0),
    "mixed": lambda pixels: (pixels.max(axis=0) + pixels.mean(axis=0)) / 2,
    "brightest": _brightest,
}


def products(image, kernel, row, column):
    """Patch and products of one output pixel, both (3, 3)."""
    patch = image[row : row + 3, column : column + 3]
    return patch, patch * np.array(kernel)
