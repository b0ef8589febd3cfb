"""How many photographs of handwritten digits are read, by kind of photograph.

    python benchmarks/own_digits.py                          500 of each kind, a quarter of an hour
    python benchmarks/own_digits.py --count 50 --kinds desk shade
    python benchmarks/own_digits.py --seed 1 --network mine.npz

Test digits of MNIST are drawn on simulated pages (tests/digit_photographs.py), brought to MNIST's
form by `as_digit`, and read by the network that lesson 09 examines (tools/train_network.py), or by
one that `Network.save` has written. A photograph may be refused with a line: "told". Bounds: at least
95 % are right, or, where no single whole digit is seen, right or told; at most 1 % are wrong with a
probability of 90 % or more; at most 1 % of clean pages are refused. Milliseconds are the processor
time of `as_digit`.
"""

import argparse
import sys
import time
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]
from digit_photographs import KINDS, TOLD, photograph  # noqa: E402

from helpers.network import Network, as_digit, load_digits  # noqa: E402
from helpers.picture_files import FOLDER  # noqa: E402

RIGHT, SURE, REFUSED = 0.95, 0.01, 0.01  # the bounds
CERTAIN = 0.9  # a probability from which on a prediction is sure


def read(network, picture):
    """Return the prediction, or None if the picture is refused, its probability, milliseconds."""
    began = time.process_time()
    try:
        digit = as_digit(picture)
    except ValueError:
        digit = None
    used = 1000 * (time.process_time() - began)
    if digit is None:
        return None, 0.0, used
    probabilities = network.predict(digit[None])[0]
    return int(probabilities.argmax()), float(probabilities.max()), used


def measure(network, kind, images, labels, count, seed):
    """Return the shares that are right, told, wrong, sure and wrong, and the median milliseconds."""
    results = [read(network, photograph(kind, images, n, seed)) for n in range(count)]
    wrong = [(p, sure) for (p, sure, _), label in zip(results, labels) if p not in (None, label)]
    told = sum(prediction is None for prediction, _, _ in results)
    sure = sum(probability >= CERTAIN for _, probability in wrong)
    shares = [n / count for n in (count - told - len(wrong), told, len(wrong), sure)]
    return *shares, median(used for _, _, used in results)


def is_kept(kind, right, told, sure):
    """Whether the bounds are kept."""
    read_or_told = right + told if kind in TOLD else right
    return read_or_told >= RIGHT and sure <= SURE and (told <= REFUSED if kind == "clean" else True)


def main():
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--count", type=int, default=500, help="photographs of each kind")
    parser.add_argument("--kinds", nargs="+", choices=KINDS, default=[*KINDS])
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--network", type=Path, default=FOLDER / "digits" / "network.npz")
    options = parser.parse_args()
    network = Network.load(options.network)
    images, labels = load_digits("test")
    accuracy = (network.predict(images).argmax(axis=1) == labels).mean()
    print(f"{accuracy:.2%} of the test digits right; {options.count} photographs of each kind\n")
    print("| kind | right | told | wrong | sure and wrong | ms | |\n|---|---|---|---|---|---|---|")
    for kind in options.kinds:
        *shares, used = measure(network, kind, images, labels, options.count, options.seed)
        right, told, wrong, sure = shares
        bound = "kept" if is_kept(kind, right, told, sure) else "missed"
        print(
            f"| {kind} | {right:.1%} | {told:.1%} | {wrong:.1%} | {sure:.1%} | {used:.0f} | {bound} |",
            flush=True,
        )


if __name__ == "__main__":
    main()
