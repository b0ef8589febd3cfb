"""This checkout against another one: convolve, pool and an epoch of training, in alternating rounds.

    git worktree add /tmp/before main
    python benchmarks/against.py /tmp/before
    python benchmarks/against.py /tmp/before --rounds 5 --only convolve

A round starts a fresh process for each checkout. The two processes take turns, case by case, and
every second round swaps who begins. Both time the same calls on the same arrays and report the
quickest of at least three, as other programs can only make a call slower. The ratio of a round is
this checkout's time divided by the other's, measured within a second of each other, so a machine
that slows down for a while slows both.

Printed for each case: the median time here, the median of the rounds' ratios, and their lower and
upper quartile; at the end the geometric mean of the medians. Below 1 this checkout is faster. A star
marks results that are not byte for byte those of the other checkout.
"""

import argparse
import json
import subprocess
import sys
import time
from collections.abc import Callable
from functools import partial
from itertools import product
from pathlib import Path
from statistics import geometric_mean, median
from zlib import crc32

import numpy as np

HERE = Path(__file__).resolve().parent.parent
SECONDS = 0.1  # for each case in each process
LEAST_CALLS = 3
DIGITS = 6_400  # of an epoch: 100 batches of 64


def cases() -> dict[str, Callable[[], Callable]]:
    """Return for each name a function that prepares the case; what it returns is timed."""
    found = {}
    for side, channels in product((200, 512, 2048), (1, 3)):
        shape = (side, side) if channels == 1 else (side, side, channels)
        described = f"{side}², {'gray' if channels == 1 else 'color'}"
        for size in (3, 9):
            found[f"convolve {size}×{size}, {described}"] = partial(convolution, shape, size)
        for size, stride in ((2, 2), (3, 1)):
            name = f"pool {size}×{size}, stride {stride}, {described}"
            found[name] = partial(pooling, shape, size, stride)
    found[f"training, {DIGITS:,} digits"] = training
    return found


def convolution(shape: tuple[int, ...], size: int) -> Callable:
    from helpers import convolve

    random = np.random.default_rng(0)
    image = random.standard_normal(shape, dtype=np.float32)
    kernel = random.standard_normal((size, size), dtype=np.float32)
    return lambda: convolve(image, kernel)


def pooling(shape: tuple[int, ...], size: int, stride: int) -> Callable:
    from helpers import pool

    image = np.random.default_rng(0).standard_normal(shape, dtype=np.float32)
    return lambda: pool(image, size, stride)


def training() -> Callable:
    """Prepare an epoch of the course's network, from the same weights each time."""
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


def serve(path: Path) -> None:
    """Import `helpers` from a checkout; for each name read from stdin, time that case."""
    sys.path.insert(0, str(path))
    import helpers

    if not Path(helpers.__file__).resolve().is_relative_to(path):
        raise SystemExit(f"helpers was imported from {helpers.__file__}, not from {path}")
    known = cases()
    for name in map(str.strip, sys.stdin):
        call = known[name]()
        checksum = crc32(np.ascontiguousarray(call()).tobytes())  # also warms up
        times: list[float] = []
        while len(times) < LEAST_CALLS or sum(times) < SECONDS:
            start = time.perf_counter()
            call()
            times.append(time.perf_counter() - start)
        print(json.dumps([min(times), checksum]), flush=True)


class Worker:
    """A process that times the cases of one checkout, as one process has one `helpers`."""

    def __init__(self, path: Path):
        self.process = subprocess.Popen(
            [sys.executable, __file__, str(path), "--worker"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def time(self, name: str) -> tuple[float, int]:
        """Return the seconds and the checksum of a case."""
        print(name, file=self.process.stdin, flush=True)
        line = self.process.stdout.readline()
        if not line:
            raise SystemExit(f"the process that should time {name!r} has ended")
        return tuple(json.loads(line))

    def close(self) -> None:
        self.process.stdin.close()
        self.process.wait()


def compare(other: Path, rounds: int, only: str) -> None:
    """Time both checkouts in alternating rounds and print the ratios."""
    names = [name for name in cases() if name.startswith(only)]
    here: dict[str, list[float]] = {name: [] for name in names}
    ratios: dict[str, list[float]] = {name: [] for name in names}
    checksums: dict[str, set[int]] = {name: set() for name in names}
    for number in range(rounds):
        print(f"round {number + 1} of {rounds}", end="\r", file=sys.stderr)
        workers = {path: Worker(path) for path in (HERE, other)}
        order = [HERE, other] if number % 2 else [other, HERE]
        for name in names:
            measured = {path: workers[path].time(name) for path in order}
            here[name].append(measured[HERE][0])
            ratios[name].append(measured[HERE][0] / measured[other][0])
            checksums[name] |= {checksum for _, checksum in measured.values()}
        for worker in workers.values():
            worker.close()
    print(f"{HERE} / {other}, {rounds} rounds\n{'':34}{'ms':>9}{'ratio':>8}{'quartiles':>15}")
    for name in names:
        low, middle, high = np.quantile(ratios[name], [0.25, 0.5, 0.75])
        star = "*" if len(checksums[name]) > 1 else ""
        time_here = median(here[name]) * 1e3
        print(f"{name:34}{time_here:9.3f}{middle:8.3f}{low:8.3f}–{high:.3f} {star}")
    mean = geometric_mean(map(median, ratios.values()))
    print(f"{'geometric mean of the medians':34}{'':9}{mean:8.3f}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("path", type=lambda text: Path(text).resolve(), help="the other checkout")
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--only", default="", help="the start of the cases' names")
    parser.add_argument("--worker", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.worker:
        serve(options.path)
    else:
        compare(options.path, options.rounds, options.only)


if __name__ == "__main__":
    main()
