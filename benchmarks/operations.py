"""convolve and pool beside the libraries that a learner would otherwise import: same arrays, one run.

    pip install -r benchmarks/requirements.txt
    python benchmarks/operations.py

Each case is timed twice: the libraries take turns, so that a noisy moment affects all of them alike
("in turn"); and each library runs several times in a row, so that it finds its own data in the
cache ("in a row"). Printed are medians in milliseconds, and our time divided by each library's. All
outputs are compared before anything is timed. float32, random weights, no padding unless stated.
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
from helpers import convolve, gaussian, pool

SECONDS = 0.15  # per case and library, for each of the two timings
LEAST, MOST = 5, 41  # rounds
SERIES = 5  # of runs in a row for each library, as the machine's pace changes
RNG = np.random.default_rng(0)


class Case(NamedTuple):
    """The same operation in each library: a call without arguments, and a reader of its output.

    `bound` is the largest ratio of our time to that of the best other library, `opencv` to OpenCV's.
    """

    name: str
    calls: dict
    bound: float | None = None
    opencv: float | None = None


def random(*shape):
    return RNG.standard_normal(shape, dtype=np.float32)


def as_batch(image):
    """Turn (H, W) or (H, W, C) into the (1, C, H, W) tensor that torch expects."""
    channels = np.moveaxis(np.atleast_3d(image), 2, 0)
    return torch.from_numpy(np.ascontiguousarray(channels))[None]


def from_batch(tensor):
    return np.moveaxis(tensor[0].numpy(), 0, 2)


def same(array):
    return array


def inside(kernel):
    """Return a reader that crops the border, where each library pads in its own way."""
    down, right = (side // 2 for side in kernel.shape[:2])
    return lambda array: array[down : array.shape[0] - down, right : array.shape[1] - right]


def convolutions(side, channels, size):
    """A random kernel on a gray or a color image, each channel on its own."""
    image = random(side, side) if channels == 1 else random(side, side, channels)
    kernel = random(size, size)
    batch, each_channel = as_batch(image), list(np.moveaxis(np.atleast_3d(image), 2, 0).copy())
    weights = torch.from_numpy(np.stack([kernel] * channels))[:, None]
    with_axes = kernel.reshape(kernel.shape + (1,) * (image.ndim - 2))
    calls = {
        "ours": (lambda: convolve(image, kernel), same),
        "torch": (lambda: functional.conv2d(batch, weights, groups=channels), from_batch),
        "scipy.ndimage": (lambda: scipy.ndimage.correlate(image, with_axes), inside(kernel)),
        "opencv": (lambda: cv2.filter2D(image, -1, kernel), inside(kernel)),
    }
    if side <= 1024:  # ten times slower than the others
        calls["scipy.signal"] = (
            lambda: [scipy.signal.correlate2d(part, kernel, mode="valid") for part in each_channel],
            lambda maps: np.stack(maps, axis=2),
        )
    bounded = size == 3 and side <= 2048
    name = f"{size}×{size}, {side}², {'gray' if channels == 1 else 'color'}"
    return Case(name, calls, 1.0 if bounded else None, 4.0 if bounded else None)


def gaussians(side):
    """A 9×9 Gaussian, which is a column times a row."""
    image, sigma = random(side, side), 1.5
    kernel = gaussian(9, sigma).astype(np.float32)
    row = kernel.sum(axis=0)
    batch, weights = as_batch(image), torch.from_numpy(kernel)[None, None]
    inner = inside(kernel)
    calls = {
        "ours": (lambda: convolve(image, kernel), same),
        "scipy.ndimage": (lambda: scipy.ndimage.gaussian_filter(image, sigma, radius=4), inner),
        "scikit-image": (lambda: skimage.filters.gaussian(image, sigma, truncate=4 / sigma), inner),
        "torch": (lambda: functional.conv2d(batch, weights), from_batch),
        "opencv": (lambda: cv2.sepFilter2D(image, -1, row, row), inner),
    }
    return Case(f"Gaussian 9×9, {side}²", calls, 1.0)


def strided(side):
    """Every second position, with a pixel of padding."""
    image, kernel = random(side, side, 3), random(3, 3)
    batch, weights = as_batch(image), torch.from_numpy(np.stack([kernel] * 3))[:, None]
    calls = {
        "ours": (lambda: convolve(image, kernel, stride=2, padding=1), same),
        "torch": (
            lambda: functional.conv2d(batch, weights, stride=2, padding=1, groups=3),
            from_batch,
        ),
    }
    return Case(f"3×3, stride 2, padding 1, {side}², color", calls)


def pools(side, channels, size, stride, mode):
    image = random(side, side) if channels == 1 else random(side, side, channels)
    batch = as_batch(image)
    in_torch = {"max": functional.max_pool2d, "mean": functional.avg_pool2d}[mode]
    calls = {
        "ours": (lambda: pool(image, size, stride, mode), same),
        "torch": (lambda: in_torch(batch, size, stride), from_batch),
    }
    block = (size, size) + (1,) * (image.ndim - 2)
    if stride == size:
        reduce = {"max": np.max, "mean": np.mean}[mode]
        calls["scikit-image"] = (lambda: skimage.measure.block_reduce(image, block, reduce), same)
    elif mode == "max":
        inner = inside(np.empty(block))
        calls["scipy.ndimage"] = (lambda: scipy.ndimage.maximum_filter(image, block), inner)
    color = "gray" if channels == 1 else "color"
    name = f"{mode} pool {size}×{size}, stride {stride}, {side}², {color}"
    return Case(name, calls, 1.0 if mode == "max" else None)


def banks(side):
    """64 filters of 5×5×3."""
    image, bank = random(side, side, 3), random(5, 5, 3, 64)
    batch = as_batch(image)
    weights = torch.from_numpy(np.ascontiguousarray(bank.transpose(3, 2, 0, 1)))
    calls = {
        "ours": (lambda: convolve(image, bank), same),
        "torch": (lambda: functional.conv2d(batch, weights), from_batch),
    }
    return Case(f"64 filters of 5×5×3, {side}²", calls, 1.5)


def cases():
    """Yield one case after the other, so that the arrays of only one are in memory."""
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
    """Check that the outputs of all libraries agree."""
    ours, *others = (np.squeeze(read(call())) for call, read in case.calls.values())
    for name, output in zip(list(case.calls)[1:], others):
        np.testing.assert_allclose(output, ours, atol=1e-3, err_msg=f"{case.name}: {name}")


def seconds(call):
    start = time.perf_counter()
    call()
    return time.perf_counter() - start


def time_all(calls):
    """Return the median seconds of each call, in turn and in a row."""
    rounds = max(LEAST, min(MOST, int(SECONDS / max(map(seconds, calls.values())))))
    turns = [[seconds(call) for call in calls.values()] for _ in range(rounds)]
    in_turn = [median(each) for each in zip(*turns)]
    series = [
        [median(seconds(call) for _ in range(rounds)) for call in calls.values()]
        for _ in range(SERIES)
    ]
    in_a_row = [median(each) for each in zip(*series)]
    return dict(zip(calls, zip(in_turn, in_a_row)))


def judge(case, times):
    """Print a case's table; return a line for each bound that was exceeded."""
    print(f"\n{case.name}\n  {'':14}{'in turn':>10}{'':8}{'in a row':>10}")
    ratios = {}
    for name, each in times.items():
        ratios[name] = [ours / other for ours, other in zip(times["ours"], each)]
        cells = (f"{t * 1e3:10.3f} ms{ratio:6.2f}" for t, ratio in zip(each, ratios[name]))
        print(f"  {name:14}" + "".join(cells))
    others = [ratio for name, ratio in ratios.items() if name not in ("ours", "opencv")]
    worst = max(map(max, others))
    exceeded = []
    if case.bound and worst > case.bound:
        exceeded.append(f"{case.name}: {worst:.2f} times the best, bound {case.bound}")
    if case.opencv and max(ratios["opencv"]) > case.opencv:
        exceeded.append(
            f"{case.name}: {max(ratios['opencv']):.2f} times OpenCV's, bound {case.opencv}"
        )
    return exceeded


def main():
    print(f"{torch.get_num_threads()} threads for torch, {cv2.getNumThreads()} for OpenCV")
    exceeded, ours = [], {}
    with torch.inference_mode():
        for case in cases():
            check(case)
            times = time_all({name: call for name, (call, _) in case.calls.items()})
            ours[case.name] = times["ours"][0]
            exceeded += judge(case, times)
    growth = ours["3×3, 4096², gray"] / ours["3×3, 512², gray"]
    line = f"512² to 4096², 64 times the pixels: {growth:.0f} times as long, bound 80"
    print(f"\n{line}")
    if growth > 80:
        exceeded.append(line)
    print("\n".join(["", "Exceeded:", *exceeded] if exceeded else ["", "Within all bounds."]))


if __name__ == "__main__":
    main()
