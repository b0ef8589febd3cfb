"""convolve beside the libraries that a learner would otherwise import: same arrays, one run.

    pip install -r benchmarks/requirements.txt
    python benchmarks/operations.py

The rounds go from one library to the next and round again, so that a noisy moment hits all alike.
Medians of RUNS rounds, in milliseconds; float32, 3×3 random weights, no padding.
"""

import sys
import time
from pathlib import Path
from statistics import median

import cv2
import numpy as np
import scipy.ndimage
import scipy.signal
import torch

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from helpers import convolve  # noqa: E402

RUNS = 41
SIZES = [(512, 512), (1024, 1024), (512, 512, 3)]


def peers(image, kernel):
    """Each library's way to the same answer, as a function without arguments."""
    colour = image.ndim == 3
    channels = np.ascontiguousarray(np.moveaxis(np.atleast_3d(image), 2, 0))
    batch = torch.from_numpy(channels)[None]
    weights = torch.from_numpy(np.stack([kernel] * len(channels)))[:, None]
    spread = kernel[:, :, None] if colour else kernel
    plain = list(channels)

    def in_signal():
        return [scipy.signal.correlate2d(channel, kernel, mode="valid") for channel in plain]

    return {
        "convolve": lambda: convolve(image, kernel),
        "torch": lambda: torch.nn.functional.conv2d(batch, weights, groups=len(channels)),
        "scipy.ndimage": lambda: scipy.ndimage.correlate(image, spread),
        "scipy.signal": in_signal,
        "opencv": lambda: cv2.filter2D(image, -1, kernel),
    }


def check(image, kernel):
    """All of them must agree inside the picture before they are timed."""
    ways = peers(image, kernel)
    ours = np.atleast_3d(ways["convolve"]())
    answers = {
        "torch": ways["torch"]()[0].numpy().transpose(1, 2, 0),
        "scipy.ndimage": np.atleast_3d(ways["scipy.ndimage"]())[1:-1, 1:-1],
        "scipy.signal": np.stack(ways["scipy.signal"](), axis=2),
        "opencv": np.atleast_3d(ways["opencv"]())[1:-1, 1:-1],
    }
    for name, answer in answers.items():
        np.testing.assert_allclose(answer, ours, atol=1e-4, err_msg=name)


def time_all(ways):
    """Median seconds of each function."""
    seconds = {name: [] for name in ways}
    for _ in range(RUNS + 1):
        for name, way in ways.items():
            start = time.perf_counter()
            way()
            seconds[name].append(time.perf_counter() - start)
    return {name: median(each[1:]) for name, each in seconds.items()}  # the first one warms up


def main():
    rng = np.random.default_rng(0)
    kernel = rng.standard_normal((3, 3)).astype(np.float32)
    print(f"{torch.get_num_threads()} threads for torch, {cv2.getNumThreads()} for opencv")
    with torch.inference_mode():
        for size in SIZES:
            image = rng.random(size, dtype=np.float32)
            check(image, kernel)
            medians = time_all(peers(image, kernel))
            print("\n" + "×".join(map(str, size)))
            for name, seconds in medians.items():
                ratio = medians["convolve"] / seconds
                print(f"  {name:14} {seconds * 1e3:8.3f} ms   convolve takes {ratio:5.2f} of it")


if __name__ == "__main__":
    main()
