"""convolve and pool beside the libraries that a learner would otherwise import: same arrays, one run.

    pip install -r benchmarks/requirements.txt
    python benchmarks/operations.py

Each case is timed twice: round the libraries and round again, so that a noisy moment hits all of
them alike ("in turn"); and one library after the other, so that each finds its own data in the
cache ("in a row"). Medians in milliseconds, and what share of each other's time is ours. All
answers are compared before they are timed. float32, random weights, no padding unless said.
"""

import sys
import time
from pathlib import Path
from statistics import median
from typing import NamedTuple

import cv2
import numpy as np
import scipy.ndimage
import scipy.signal
import skimage.filters
import skimage.measure
import torch
from torch.nn import functional

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from helpers import convolve, gaussian, pool  # noqa: E402

SECONDS = 0.15  # a case and library, each way of timing
LEAST, MOST = 5, 41  # rounds
ROWS = 5  # as the machine's pace changes, each library has several turns to run in a row
RNG = np.random.default_rng(0)


class Case(NamedTuple):
    """The same job done by each library: a function without arguments, and how to read its answer.

    `bound` is the most that ours may take of the best other's time, `opencv` of OpenCV's.
    """

    name: str
    ways: dict
    bound: float | None = None
    opencv: float | None = None


def random(*shape):
    return RNG.standard_normal(shape, dtype=np.float32)


def as_batch(image):
    """(H, W) or (H, W, C) as the (1, C, H, W) tensor that torch wants."""
    planes = np.moveaxis(np.atleast_3d(image), 2, 0)
    return torch.from_numpy(np.ascontiguousarray(planes))[None]


def from_batch(tensor):
    return np.moveaxis(tensor[0].numpy(), 0, 2)


def same(array):
    return array


def inside(kernel):
    """A reader that cuts off the rim, where libraries continue the picture in their own ways."""
    down, right = (side // 2 for side in kernel.shape[:2])
    return lambda array: array[down : array.shape[0] - down, right : array.shape[1] - right]


def convolutions(side, channels, size):
    """A random kernel on a gray or a color picture, each channel alone."""
    image = random(side, side) if channels == 1 else random(side, side, channels)
    kernel = random(size, size)
    batch, planes = as_batch(image), list(np.moveaxis(np.atleast_3d(image), 2, 0).copy())
    weights = torch.from_numpy(np.stack([kernel] * channels))[:, None]
    spread = kernel.reshape(kernel.shape + (1,) * (image.ndim - 2))
    ways = {
        "ours": (lambda: convolve(image, kernel), same),
        "torch": (lambda: functional.conv2d(batch, weights, groups=channels), from_batch),
        "scipy.ndimage": (lambda: scipy.ndimage.correlate(image, spread), inside(kernel)),
        "opencv": (lambda: cv2.filter2D(image, -1, kernel), inside(kernel)),
    }
    if side <= 1024:  # it takes ten times as long as the others
        ways["scipy.signal"] = (
            lambda: [scipy.signal.correlate2d(plane, kernel, mode="valid") for plane in planes],
            lambda maps: np.stack(maps, axis=2),
        )
    judged = size == 3 and side <= 2048
    name = f"{size}×{size}, {side}², {'gray' if channels == 1 else 'color'}"
    return Case(name, ways, 1.0 if judged else None, 4.0 if judged else None)


def gaussians(side):
    """A 9×9 Gaussian, which is a column times a row."""
    image, sigma = random(side, side), 1.5
    kernel = gaussian(9, sigma).astype(np.float32)
    line = kernel.sum(axis=0)
    batch, weights = as_batch(image), torch.from_numpy(kernel)[None, None]
    sure = inside(kernel)
    ways = {
        "ours": (lambda: convolve(image, kernel), same),
        "scipy.ndimage": (lambda: scipy.ndimage.gaussian_filter(image, sigma, radius=4), sure),
        "scikit-image": (lambda: skimage.filters.gaussian(image, sigma, truncate=4 / sigma), sure),
        "torch": (lambda: functional.conv2d(batch, weights), from_batch),
        "opencv": (lambda: cv2.sepFilter2D(image, -1, line, line), sure),
    }
    return Case(f"Gaussian 9×9, {side}²", ways, 1.0)


def strided(side):
    """Every second stop, with padding that keeps the rim."""
    image, kernel = random(side, side, 3), random(3, 3)
    batch, weights = as_batch(image), torch.from_numpy(np.stack([kernel] * 3))[:, None]
    ways = {
        "ours": (lambda: convolve(image, kernel, stride=2, padding=1), same),
        "torch": (
            lambda: functional.conv2d(batch, weights, stride=2, padding=1, groups=3),
            from_batch,
        ),
    }
    return Case(f"3×3, stride 2, padding 1, {side}², color", ways)


def pools(side, channels, size, stride, mode):
    image = random(side, side) if channels == 1 else random(side, side, channels)
    batch = as_batch(image)
    in_torch = {"max": functional.max_pool2d, "mean": functional.avg_pool2d}[mode]
    ways = {
        "ours": (lambda: pool(image, size, stride, mode), same),
        "torch": (lambda: in_torch(batch, size, stride), from_batch),
    }
    block = (size, size) + (1,) * (image.ndim - 2)
    if stride == size:
        reduce = {"max": np.max, "mean": np.mean}[mode]
        ways["scikit-image"] = (lambda: skimage.measure.block_reduce(image, block, reduce), same)
    elif mode == "max":
        sure = inside(np.empty(block))
        ways["scipy.ndimage"] = (lambda: scipy.ndimage.maximum_filter(image, block), sure)
    color = "gray" if channels == 1 else "color"
    name = f"{mode} pool {size}×{size}, stride {stride}, {side}², {color}"
    return Case(name, ways, 1.0 if mode == "max" else None)


def banks(side):
    """64 filters of 5×5×3."""
    image, bank = random(side, side, 3), random(5, 5, 3, 64)
    batch = as_batch(image)
    weights = torch.from_numpy(np.ascontiguousarray(bank.transpose(3, 2, 0, 1)))
    ways = {
        "ours": (lambda: convolve(image, bank), same),
        "torch": (lambda: functional.conv2d(batch, weights), from_batch),
    }
    return Case(f"64 filters of 5×5×3, {side}²", ways, 1.5)


def cases():
    """One after the other, so that only one case's arrays are in memory."""
    for side in (200, 512, 1024, 2048, 4096):
        for channels in (1, 3) if side < 4096 else (1,):
            yield convolutions(side, channels, 3)
    for size in (5, 9):
        yield convolutions(512, 1, size)
        yield convolutions(512, 3, size)
    yield gaussians(1024)
    yield strided(512)
    for channels in (1, 3):
        yield pools(512, channels, 2, 2, "max")
        yield pools(512, channels, 3, 1, "max")
    yield pools(512, 3, 2, 2, "mean")
    yield banks(32)
    yield banks(224)


def check(case):
    """All of them must agree before they are timed."""
    ours, *others = (np.squeeze(read(way())) for way, read in case.ways.values())
    for name, answer in zip(list(case.ways)[1:], others):
        np.testing.assert_allclose(answer, ours, atol=1e-3, err_msg=f"{case.name}: {name}")


def seconds(way):
    start = time.perf_counter()
    way()
    return time.perf_counter() - start


def time_all(ways):
    """Median seconds of each function, in turn and in a row."""
    rounds = max(LEAST, min(MOST, int(SECONDS / max(map(seconds, ways.values())))))
    turns = [[seconds(way) for way in ways.values()] for _ in range(rounds)]
    in_turn = [median(each) for each in zip(*turns)]
    rows = [[[seconds(way) for _ in range(rounds)] for way in ways.values()] for _ in range(ROWS)]
    in_a_row = [median(median(row) for row in each) for each in zip(*rows)]
    return dict(zip(ways, zip(in_turn, in_a_row)))


def judge(case, times):
    """Print a case's table; return the bounds that were missed."""
    print(f"\n{case.name}\n  {'':14}{'in turn':>10}{'':8}{'in a row':>10}")
    shares = {}
    for name, each in times.items():
        shares[name] = [ours / other for ours, other in zip(times["ours"], each)]
        cells = (f"{t * 1e3:10.3f} ms{share:6.2f}" for t, share in zip(each, shares[name]))
        print(f"  {name:14}" + "".join(cells))
    rivals = [share for name, share in shares.items() if name not in ("ours", "opencv")]
    worst = max(max(share) for share in rivals)
    missed = []
    if case.bound and worst > case.bound:
        missed.append(f"{case.name}: {worst:.2f} of the best, at most {case.bound}")
    if case.opencv and max(shares["opencv"]) > case.opencv:
        missed.append(
            f"{case.name}: {max(shares['opencv']):.2f} of OpenCV's, at most {case.opencv}"
        )
    return missed


def main():
    print(f"{torch.get_num_threads()} threads for torch, {cv2.getNumThreads()} for OpenCV")
    missed, ours = [], {}
    with torch.inference_mode():
        for case in cases():
            check(case)
            times = time_all({name: way for name, (way, _) in case.ways.items()})
            ours[case.name] = times["ours"][0]
            missed += judge(case, times)
    growth = ours["3×3, 4096², gray"] / ours["3×3, 512², gray"]
    print(f"\n512² to 4096², 64 times the pixels: {growth:.0f} times as long, at most 80")
    print(
        "\n".join(["", "Missed:", *missed] if missed or growth > 80 else ["", "All bounds kept."])
    )


if __name__ == "__main__":
    main()
