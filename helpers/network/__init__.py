"""A small convolutional network, built on the arithmetic of `convolve` and `pool`."""

from helpers.network.attribution import (
    class_activation_map,
    occlusion_drop,
    occlusion_map,
    saliency,
)
from helpers.network.augmentation import Augmentation, random_shift
from helpers.network.changes import (
    change_images,
    has_margin,
    random_changes,
    shuffle_pixels,
)
from helpers.network.code import to_code
from helpers.network.convolution import Conv
from helpers.network.datasets.digits import load_digits
from helpers.network.datasets.doodles import DOODLE_NAMES, as_doodle, load_doodles
from helpers.network.datasets.fashion import FASHION_NAMES, fashion_is_here, load_fashion
from helpers.network.datasets.idx import load_idx
from helpers.network.datasets.pictograms import FRUIT_NAMES, FRUIT_STYLES
from helpers.network.filters import without_filters
from helpers.network.fruits import load_fruits
from helpers.network.layers import Dense, Flatten, ReLU
from helpers.network.metrics import confusion_matrix, top_losses
from helpers.network.model import Network
from helpers.network.nudge import loss_gradient, random_nudge, worst_nudge
from helpers.network.optimizers import one_cycle
from helpers.network.picture_set import LabeledSet, load_zip, save_zip
from helpers.network.pooling import MaxPool, MeanPool
from helpers.network.preprocessing import as_digit, digit_steps
from helpers.network.receptive_field import explain_cell, receptive_field
from helpers.network.training import train
from helpers.network.twins import to_keras, to_torch
from helpers.network.units import ascend, top_patches, unit_field, unit_gradient

__all__ = [
    "Augmentation",
    "Conv",
    "DOODLE_NAMES",
    "Dense",
    "FASHION_NAMES",
    "FRUIT_NAMES",
    "FRUIT_STYLES",
    "Flatten",
    "LabeledSet",
    "MaxPool",
    "MeanPool",
    "Network",
    "ReLU",
    "as_digit",
    "as_doodle",
    "change_images",
    "ascend",
    "class_activation_map",
    "confusion_matrix",
    "digit_steps",
    "explain_cell",
    "fashion_is_here",
    "has_margin",
    "load_digits",
    "load_doodles",
    "load_fashion",
    "load_fruits",
    "load_idx",
    "load_zip",
    "loss_gradient",
    "occlusion_drop",
    "occlusion_map",
    "one_cycle",
    "random_changes",
    "random_nudge",
    "random_shift",
    "receptive_field",
    "saliency",
    "save_zip",
    "shuffle_pixels",
    "to_code",
    "to_keras",
    "to_torch",
    "train",
    "top_losses",
    "without_filters",
    "worst_nudge",
    "top_patches",
    "unit_field",
    "unit_gradient",
]
