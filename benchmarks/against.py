"""This checkout against another one: convolve, pool and an epoch of training, in alternating rounds.

    git worktree add /tmp/before main
    python benchmarks/against.py /tmp/before
    python benchmarks/against.py /tmp/before --rounds 5 --only convolve

A round starts one fresh process for each checkout, one after the other; every second round swaps
their order. Each process times the same calls on the same arrays. The ratio of a round is this
checkout's time divided by the other's, so a machine that slows down for a while slows both.
Printed for each case: the median time here, the median ratio of all rounds, and the lower and
upper quartile of the ratios. Below 1 this checkout is faster. A star marks results that are not
byte for byte those of the other checkout.
"""

import argparse
import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from itertools import product
from pathlib import Path
from statistics import geometric_mean, median, quantiles
from zlib import crc32

import numpy as np

HERE = Path(__file__).resolve().parent.parent
SECONDS = 0.1  # for each case in each process
LEAST_CALLS = 3
DIGITS = 6_400  # of an epoch: 100 batches of 64


def cases() -> Iterator[tuple[str, Callable, int]]:
    """Yield a name, a call without arguments, and how often it must be called at least."""
    from helpers import convolve, pool

    random = np.random.default_rng(0)
    for side, channels in product((200, 512, 2048), (1, 3)):
        shape = (side, side) if channels == 1 else (side, side, channels)
        image = random.standard_normal(shape, dtype=np.float32)
        described = f"{side}², {'gray' if channels == 1 else 'color'}"
        for size in (3, 9):
            kernel = random.standard_normal((size, size), dtype=np.float32)
            yield (
                f"convolve {size}×{size}, {described}",
                lambda image=image, kernel=kernel: convolve(image, kernel),
                LEAST_CALLS,
            )
        for size, stride in ((2, 2), (3, 1)):
            yield (
                f"pool {size}×{size}, stride {stride}, {described}",
                lambda image=image, size=size, stride=stride: pool(image, size, stride),
                LEAST_CALLS,
            )
    yield f"training, {DIGITS:,} digits", train_an_epoch(), 1


def train_an_epoch() -> Callable:
    """Return a call that trains the course's network from the same weights each time."""
    from helpers.network import (
        Conv,
        Dense,
        Flatten,
        MaxPool,
        Network,
        ReLU,
        load_digits,
        train,
    )

    images, labels = load_digits("test")
    images, labels = images[:DIGITS], labels[:DIGITS]

    def run() -> np.ndarray:
        layers = [Conv(8, 3), ReLU(), MaxPool(2), Conv(16, 3), ReLU(), MaxPool(2)]
        network = Network([*layers, Flatten(), Dense(10)], input_shape=(28, 28, 1), seed=0)
        for _ in train(network, images, labels, epochs=1, batch_size=64, seed=0):
            pass
        return network.predict(images[:100])

    return run


def time_checkout(path: Path, only: str) -> dict[str, tuple[float, int]]:
    """Import `helpers` from a checkout; return the median seconds and the checksum of each case."""
    sys.path.insert(0, str(path))
    import helpers

    if not Path(helpers.__file__).resolve().is_relative_to(path):
        raise SystemExit(f"helpers was imported from {helpers.__file__}, not from {path}")
    measured = {}
    for name, call, least in cases():
        if not name.startswith(only):
            continue
        checksum = crc32(np.ascontiguousarray(call()).tobytes())  # also warms up
        times: list[float] = []
        while len(times) < least or sum(times) < SECONDS:
            start = time.perf_counter()
            call()
            times.append(time.perf_counter() - start)
        measured[name] = median(times), checksum
    return measured


def in_a_process(path: Path, only: str) -> dict[str, tuple[float, int]]:
    """Call `time_checkout` in a process of its own, as one process has one `helpers`."""
    command = [sys.executable, __file__, str(path), "--time", "--only", only]
    return json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def compare(other: Path, rounds: int, only: str) -> None:
    """Time both checkouts in alternating rounds and print the ratios."""
    measured: dict[Path, list] = {HERE: [], other: []}
    for number in range(rounds):
        order = [HERE, other] if number % 2 else [other, HERE]
        for path in order:
            measured[path].append(in_a_process(path, only))
        print(f"round {number + 1} of {rounds}", end="\r", file=sys.stderr)
    print(f"{HERE} / {other}, {rounds} rounds\n{'':34}{'ms':>9}{'ratio':>8}{'quartiles':>15}")
    medians = []
    for name in measured[HERE][0]:
        here = [each[name][0] for each in measured[HERE]]
        ratios = [a / b[name][0] for a, b in zip(here, measured[other])]
        low, middle, high = quantiles(ratios, n=4) if rounds > 1 else ratios * 3
        medians.append(middle)
        checksums = {each[name][1] for path in measured for each in measured[path]}
        star = "*" if len(checksums) > 1 else ""
        print(f"{name:34}{median(here) * 1e3:9.3f}{middle:8.3f}{low:8.3f}–{high:.3f} {star}")
    print(f"{'geometric mean of the medians':34}{'':9}{geometric_mean(medians):8.3f}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("path", type=lambda text: Path(text).resolve(), help="the other checkout")
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--only", default="", help="the start of the cases' names")
    parser.add_argument("--time", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.time:
        print(json.dumps(time_checkout(options.path, options.only)))
    else:
        compare(options.path, options.rounds, options.only)


if __name__ == "__main__":
    main()
