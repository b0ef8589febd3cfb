"""Networks as code: what is written for this course, run; what is written for others, read."""

import pytest

from helpers.network import (
    Conv,
    Dense,
    Flatten,
    MaxPool,
    MeanPool,
    Network,
    ReLU,
    to_code,
)  # fmt: skip

PLANS = {
    "plain": lambda: [Conv(5, 3), ReLU(), MaxPool(2), Flatten(), Dense(9), ReLU(), Dense(4)],
    "strides": lambda: [Conv(5, (3, 2), stride=(2, 1), padding=1), MeanPool(3, stride=(1, 2))],
    "padding": lambda: [Conv(5, 4, padding="same"), Conv(2, 3, padding=((0, 2), (3, 1))), ReLU()],
    "more padding": lambda: [Conv(5, 3, padding=(2, 0)), MaxPool((1, 3), stride=(3, 1))],
}
KERAS = """import keras
from keras import layers

model = keras.Sequential([
    keras.Input((13, 11, 3)),  # rows, columns, channels
    layers.Conv2D(6, 3, padding="same"),  # 13×11×6
    layers.ReLU(),  # 13×11×6
    layers.ZeroPadding2D((2, 0)), layers.Conv2D(4, (3, 2), strides=2),  # 8×5×4
    layers.MaxPooling2D(2),  # 4×2×4
    layers.AveragePooling2D(2, strides=1),  # 3×1×4
    layers.Flatten(),  # 12
    layers.Dense(10),  # 10
])"""
PYTORCH = """from torch import nn

model = nn.Sequential(
    nn.Conv2d(3, 6, 3, padding=1),  # 6×13×11
    nn.ReLU(),  # 6×13×11
    nn.Conv2d(6, 4, (3, 2), stride=2, padding=(2, 0)),  # 4×8×5
    nn.MaxPool2d(2),  # 4×4×2
    nn.AvgPool2d(2, stride=1),  # 4×3×1
    nn.Flatten(),  # 12
    nn.Linear(12, 10),  # 10
)"""


@pytest.mark.parametrize("layers", PLANS.values(), ids=PLANS)
def test_our_code_makes_the_same_layers(layers):
    """With the same settings, and so with the same shapes."""
    network, names = Network(layers(), (13, 11, 3)), {}
    exec(to_code(network), names)
    again = names["network"]
    assert [(each.name, each.settings) for each in again.layers] == [
        (each.name, each.settings) for each in network.layers
    ]
    assert again.shapes == network.shapes


@pytest.mark.parametrize("library, code", [("Keras", KERAS), ("PyTorch", PYTORCH)])
def test_code_for_others(library, code):
    """Run beside our layers in benchmarks/agreement.py; here, each way of padding is read."""
    layers = [
        Conv(6, 3, padding="same"), ReLU(), Conv(4, (3, 2), stride=2, padding=(2, 0)), MaxPool(2),
        MeanPool(2, stride=1), Flatten(), Dense(10),
    ]  # fmt: skip
    assert to_code(Network(layers, (13, 11, 3)), library) == code


@pytest.mark.parametrize("padding, line", [
    (((0, 2), (3, 1)), "nn.ZeroPad2d((3, 1, 0, 2)), nn.Conv2d(3, 2, 4),"),
    ("same", 'nn.Conv2d(3, 2, 4, padding="same"),'),
])  # fmt: skip
def test_padding_that_is_not_alike_in_pytorch(padding, line):
    network = Network([Conv(2, 4, padding=padding)], (13, 11, 3))
    assert line in to_code(network, "PyTorch")


@pytest.mark.parametrize("arguments", [(3,), (Network([ReLU()], (2, 2, 1)), "keras")])
def test_invalid_arguments(arguments):
    with pytest.raises((TypeError, ValueError), match="^(network|library) must be "):
        to_code(*arguments)
