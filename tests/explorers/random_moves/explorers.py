"""Explorers of random pictures, functions and networks, each with its oracle."""

from functools import partial
from typing import NamedTuple

import numpy as np
from explorers.random_moves import (
    convolutions,
    functions,
    learning,
    maps,
    networks,
    pictures,
    striped,
)
from explorers.random_moves.expecting import Oracle

from helpers import explorers
from helpers.kernels import KERNELS
from helpers.network import Conv, Dense, Flatten, MaxPool, MeanPool, Network, ReLU

SIDES = (1, 2, 3, 4, 5, 6, 8, 9, 13, 24)
ORACLES = {
    "KernelExplorer": convolutions.KernelOracle,
    "CameraExplorer": convolutions.CameraOracle,
    "WindowExplorer": convolutions.WindowOracle,
    "ChannelExplorer": maps.ChannelOracle,
    "EdgeExplorer": maps.EdgeOracle,
    "BankExplorer": maps.BankOracle,
    "PixelExplorer": pictures.PixelOracle,
    "PoolingExplorer": pictures.PoolingOracle,
    "KernelLearner": learning.LearnerOracle,
    "ValleyExplorer": learning.ValleyOracle,
    "TrainingExplorer": networks.TrainingOracle,
    "InsideExplorer": networks.InsideOracle,
    "FilterExplorer": networks.FilterOracle,
    "NudgeExplorer": networks.NudgeOracle,
    "UnitExplorer": networks.UnitOracle,
    "StripeExplorer": striped.StripeOracle,
    "ParameterCounter": learning.CounterOracle,
    "NetworkBuilder": networks.BuilderOracle,
    "ChangeExplorer": networks.ChangeOracle,
    "ClassifierExplorer": networks.ClassifierOracle,
}

OF_NETWORKS = (
    "ChangeExplorer", "FilterExplorer", "InsideExplorer", "NudgeExplorer", "TrainingExplorer",
    "UnitExplorer",
)  # fmt: skip


class Plan(NamedTuple):
    """How to build an explorer, and what its oracle needs to know."""

    text: str
    build: object
    oracle: type[Oracle]
    files: dict  # pictures by name
    valid: bool  # whether the arguments are


def picture(rng, color=None):
    """A random image of any size: noise, bytes as fractions, or constant."""
    color = rng.random() < 0.5 if color is None else color
    shape = tuple(rng.choice(SIDES, 2)) + (3,) * color
    kind = rng.integers(4)
    if kind == 0:
        return np.full(shape, rng.choice([0.0, 0.3, 1.0]), rng.choice(["f4", "f8"]))
    values = rng.random(shape) if kind == 1 else rng.integers(0, 256, shape) / 255
    return values.astype(np.float32 if kind < 3 else float)


NO_GRIDS = (
    None, 3, "no such sample", b"no picture", [[1, 2], [3]], [["a"]], [[np.nan]], [[1j]], {},
    np.zeros((0, 3)), np.zeros((4, 4, 2)), np.zeros(5), np.full((99, 99), 200),
)  # fmt: skip
NO_PICTURES = (*NO_GRIDS, [[2.0, 1.0], [0.0, 0.5]], [[-1]], np.full((9, 9), 200))


def plan(rng, name):
    """A random explorer of this name."""
    make, oracle = getattr(explorers, name), ORACLES[name]
    if name == "ParameterCounter":
        sizes = dict(zip(("height", "width", "kernel", "stride", "padding"), rng.integers(1, 9, 5)))
        sizes = {key: int(value) for key, value in sizes.items()}
        fits = min(sizes["height"], sizes["width"]) + 2 * sizes["padding"] >= sizes["kernel"]
        return Plan(f"{name}({sizes})", partial(make, **sizes), oracle, {}, fits)
    if name == "NetworkBuilder":
        size = rng.choice(["digit, 28×28×1", "cat, 64×64×3"])
        return Plan(f"{name}({size})", partial(make, input=size), oracle, {}, True)
    if name == "CameraExplorer":
        frame = rng.integers(0, 256, (*rng.integers(3, 13, 2), 3), np.uint8)
        build = partial(_with_frame, make, frame)
        return Plan(f"{name}, frame {list(frame.shape)}", build, oracle, {}, True)
    if name == "ClassifierExplorer":
        color = bool(rng.random() < 0.3)
        images = rng.random((9, *((32, 32, 3) if color else (28, 28)))).astype(np.float32)
        given = rng.choice(3) > 0
        build = partial(make, (images, np.arange(9) % 2) if given else None, color=color)
        return Plan(f"{name}(color={color}, given={given})", build, oracle, {}, True)
    if name in OF_NETWORKS:
        return _of_network(rng, name, make, oracle)
    if name == "StripeExplorer":
        return _of_stripes(rng, make, oracle)
    if rng.random() < 0.05:
        grid = name in ("WindowExplorer", "PoolingExplorer")
        wrongs = NO_GRIDS if grid else NO_PICTURES
        wrong = wrongs[rng.integers(len(wrongs))]
        wrong = (wrong, KERNELS["emboss"]) if name == "WindowExplorer" else (wrong,)
        return Plan(f"{name}({wrong[0]!r:.60})", partial(make, *wrong), oracle, {}, False)
    color = {"ChannelExplorer": True, "WindowExplorer": False}.get(name)
    image = picture(rng, color)
    files = {"your array": image.astype(np.float32)}
    options, extra = _options(rng, name)
    if name == "WindowExplorer":
        image, kernel = rng.integers(-9, 10, rng.integers(1, 10, 2)), _small_kernel(rng)
        if rng.random() < 0.3:
            image = image / 8
        extra, valid = (kernel,), bool(np.all(np.array(image.shape) >= kernel.shape))
    else:
        least = {
            "KernelExplorer": 3,
            "ChannelExplorer": 3,
            "BankExplorer": 5,
            "KernelLearner": 3,
            "ValleyExplorer": 3,
        }
        valid = min(image.shape[:2]) >= least.get(name, 2 if name == "PoolingExplorer" else 1)
    text = f"{name}({image.dtype}{list(image.shape)}, {options})"
    return Plan(text, partial(make, image, *extra, **options), oracle, files, valid)


def _with_frame(make, frame):
    explorer = make()
    explorer.camera.value = frame
    return explorer


def _options(rng, name):
    own = rng.random() < 0.4
    if name == "PoolingExplorer":
        return ({"pool": rng.choice(functions.POOLINGS)} if own else {}), ()
    if name == "KernelLearner":
        return ({"gradient": rng.choice(functions.GRADIENTS)} if own else {}), ()
    if name in ("PixelExplorer", "ValleyExplorer"):
        return {}, ()
    return ({"convolve": rng.choice(functions.CONVOLUTIONS)} if own else {}), ()


def _small_kernel(rng):
    kernel = rng.integers(-3, 4, rng.integers(1, 4, 2))
    return kernel / 4 if rng.random() < 0.3 else kernel


def _of_stripes(rng, make, oracle):
    period, angle = float(rng.choice([2, 3, 7.3, 12, 1.9])), int(rng.choice([0, 30, 180, 181]))
    options = _options(rng, "StripeExplorer")[0]
    build = partial(make, rng.choice(["sharpen", "sobel_vertical"]), period, angle, **options)
    valid = period >= 2 and angle <= 180
    return Plan(f"StripeExplorer({period}, {angle}, {options})", build, oracle, {}, valid)


def _of_network(rng, name, make, oracle):
    channels = int(rng.choice([1, 3, 2]))
    shape = int(rng.integers(11, 14)), int(rng.integers(10, 13))
    images = rng.random((7, *shape, channels)).astype(np.float32)
    labels = np.arange(7) % 3
    if name == "TrainingExplorer":
        options = {"epochs": 2, "batch_size": int(rng.choice([2, 3, 64])), "filters": (2, 3)}
        data = (images, labels), (images[::-1].copy(), labels)
        build = partial(make, *data, **options)
        return Plan(f"{name}({list(images.shape)}, {options})", build, oracle, {}, True)
    if rng.random() < 0.5:
        shape, channels = (28, 28), 1
        images = rng.random((7, 28, 28)).astype(np.float32)
    layers = [Conv(2, (3, 2), padding=int(rng.integers(2))), ReLU()]
    layers += [[MaxPool(2)], [MeanPool((2, 3))], []][rng.integers(3)]
    layers += [[Conv(3, 2)], []][rng.integers(2)]
    layers += (
        [Flatten(), Dense(3)] if rng.random() < 0.7 else [Flatten(), Dense(4), ReLU(), Dense(3)]
    )
    network = Network(layers, (*shape, channels), seed=int(rng.integers(9)))
    images = images[..., 0] if images.shape[3:] == (1,) else images
    text = f"{name}({[layer.name for layer in layers]}, {list(images.shape)})"
    if name == "ChangeExplorer":
        network = {
            "one": network,
            "two": Network([Flatten(), Dense(3)], network.input_shape, seed=0),
        }
    data = {"FilterExplorer": (images, labels), "UnitExplorer": (images,)}
    data = data.get(name, ((images, labels),))
    build = partial(make, network, *data)
    return Plan(text, build, oracle, {"test images": images}, True)
