"""Named kernels for a color image: one slice per channel, and what they look for."""

import numpy as np

from helpers.images import LUMA
from helpers.kernels import KERNELS, name_of
from helpers.rendering import format_number


def _slices(pattern: np.ndarray, *factors: float) -> np.ndarray:
    """A (3, 3, 3) kernel: one pattern in all three slices, times the factor of each channel."""
    return np.multiply.outer(pattern, np.array(factors, np.float32)).round(6)


_CENTER, _ALL, _EDGE = KERNELS["identity"], np.ones((3, 3)), KERNELS["sobel_vertical"]
COLOR_KERNELS = {
    "red areas": ("Red minus green minus blue, at the center pixel.", _slices(_CENTER, 1, -1, -1)),
    "blue areas": ("Blue minus red minus green, at the center pixel.", _slices(_CENTER, -1, -1, 1)),
    "red circle": (
        "Red minus the mean of green and blue, summed over the window. Every gray gives 0, white too.",
        _slices(_ALL, 0.2, -0.1, -0.1)),
    "same edge on each channel": (
        "Sum of the vertical edges of all channels.", _slices(_EDGE, 1, 1, 1)),
    "edge in red only": ("Vertical edges of the red channel.", _slices(_EDGE, 1, 0, 0)),
    "edge of color": (
        "Vertical edges of red minus those of green: an edge between two grays gives 0.",
        _slices(_EDGE, 1, -1, 0)),
    "brightness": ("The weighted sum that turns a color image gray.", _slices(_CENTER, *LUMA)),
    "green channel": ("The green channel alone.", _slices(_CENTER, 0, 1, 0)),
}  # fmt: skip
_WEIGHTS = {name: kernel for name, (_, kernel) in COLOR_KERNELS.items()}


def kernel_name(kernel: np.ndarray) -> str | None:
    """Return the name of a (3, 3, 3) kernel in COLOR_KERNELS, or None."""
    return name_of(kernel, _WEIGHTS)


def about_kernel(kernel: np.ndarray) -> str:
    """Return what a (3, 3, 3) kernel looks for, if it has a name, and the sum of its weights."""
    name = kernel_name(kernel)
    return _about(COLOR_KERNELS[name][0] if name else "", format_number(kernel.sum()))


def _about(note: str, total: str) -> str:
    return f"{note} All 27 weights add up to {total}.".strip()


LONGEST_NOTE = _about(max((note for note, _ in COLOR_KERNELS.values()), key=len), "-10.25")
