"""Convolution and pooling on pictures: the names that the lessons import.

Explorers (`helpers.explorers`), static figures (`helpers.figures`) and exercises
(`helpers.exercises`) are imported by name, so that plain arithmetic needs no widgets.
"""

from helpers.blur_kernels import box, gaussian
from helpers.convolution import convolve
from helpers.edges import edge_maps
from helpers.explanation import explain_pixel
from helpers.geometry import output_size
from helpers.images import load_image, to_gray
from helpers.kernels import KERNEL_NOTES, KERNELS
from helpers.loops import convolve_loops, pool_loops
from helpers.padding import pad
from helpers.picture_files import sample_names
from helpers.pooling import pool
from helpers.sliding_windows import windows

__version__ = "0.2.0"

__all__ = [
    "KERNELS",
    "KERNEL_NOTES",
    "box",
    "convolve",
    "convolve_loops",
    "edge_maps",
    "explain_pixel",
    "gaussian",
    "load_image",
    "output_size",
    "pad",
    "pool",
    "pool_loops",
    "sample_names",
    "to_gray",
    "windows",
]
