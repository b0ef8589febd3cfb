"""A small convolutional network, made of the same windows and pooling as the photographs."""

from helpers.network.digits import load_digits
from helpers.network.layers import Conv, Dense, Flatten, MaxPool, MeanPool, ReLU
from helpers.network.model import Network
from helpers.network.training import train

__all__ = [
    "Conv",
    "Dense",
    "Flatten",
    "MaxPool",
    "MeanPool",
    "Network",
    "ReLU",
    "load_digits",
    "train",
]
