"""A small convolutional network, made of the same windows and pooling as the photographs."""

from helpers.network.augmentation import random_shift
from helpers.network.digits import load_digits
from helpers.network.drawing import as_digit
from helpers.network.fashion import FASHION_NAMES, fashion_is_here, load_fashion
from helpers.network.idx import load_idx
from helpers.network.importance import class_activation_map, occlusion_map, saliency
from helpers.network.inside import explain_cell, receptive_field
from helpers.network.layers import Conv, Dense, Flatten, MaxPool, MeanPool, ReLU
from helpers.network.mistakes import confusion, worst_mistakes
from helpers.network.model import Network
from helpers.network.schedules import one_cycle
from helpers.network.training import train
from helpers.network.twins import to_keras, to_torch

__all__ = [
    "Conv",
    "Dense",
    "FASHION_NAMES",
    "Flatten",
    "MaxPool",
    "MeanPool",
    "Network",
    "ReLU",
    "as_digit",
    "class_activation_map",
    "confusion",
    "explain_cell",
    "fashion_is_here",
    "load_digits",
    "load_fashion",
    "load_idx",
    "occlusion_map",
    "one_cycle",
    "random_shift",
    "receptive_field",
    "saliency",
    "to_keras",
    "to_torch",
    "train",
    "worst_mistakes",
]
