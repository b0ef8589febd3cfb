"""What lesson 09b says of filters, units and nudges, for networks of three seeds.

    pip install -r requirements.txt
    python benchmarks/inside.py

Beside the network that comes with the course, three of the same shape learn from the 60,000 training
digits, for four epochs. Each is measured as in the lesson, from the smallest to the largest number:

- filters: how many of 1,000 test digits are right while filters of the first convolution are off, and
  what fraction of a class is lost without the filter that matters most;
- units: for each class an image is made from gray, in 40 steps. How sure the network is of it, and
  how it correlates with the mean test digit of that class;
- nudges: how many of 100 test digits are right after a nudge, the random one with three seeds.

Measured on 27 November 2026; the last digits may differ on another machine.

| | the course's | seed 0 | seed 1 | seed 2 |
|---|---|---|---|---|
| right of 1,000, all filters on | 986 | 988 | 980 | 982 |
| one filter off | 941 to 987 | 939 to 985 | 878 to 983 | 935 to 982 |
| only one filter on | 155 to 415 | 105 to 638 | 225 to 559 | 126 to 578 |
| without the filter that matters most: lost of the worst class | 20% | 21% | 34% | 28% |
| without the filter that matters most: lost of the median class | 3% | 4% | 7% | 2% |
| smoothing 0: probability of the class | 100.00% | 100.00% | 100.00% | 99.98% to 100.00% |
| smoothing 0: correlation | -0.09 to 0.13 | 0.00 to 0.18 | 0.00 to 0.24 | 0.04 to 0.28 |
| smoothing 0: mean correlation | 0.03 | 0.07 | 0.12 | 0.13 |
| smoothing 2: probability of the class | 100.00% | 100.00% | 100.00% | 99.99% to 100.00% |
| smoothing 2: correlation | 0.16 to 0.42 | 0.10 to 0.45 | 0.00 to 0.41 | 0.16 to 0.49 |
| smoothing 2: mean correlation | 0.23 | 0.22 | 0.26 | 0.37 |
| right of 100, worst nudge of 0.05 | 92 | 90 | 92 | 95 |
| right of 100, random nudge of 0.05 | 98 to 99 | 98 | 98 to 99 | 99 |
| right of 100, worst nudge of 0.1 | 71 | 75 | 71 | 75 |
| right of 100, random nudge of 0.1 | 97 to 98 | 97 to 98 | 98 to 99 | 99 |
| right of 100, worst nudge of 0.15 | 42 | 45 | 47 | 47 |
| right of 100, random nudge of 0.15 | 97 to 98 | 96 | 98 | 98 to 99 |
| right of 100, worst nudge of 0.2 | 21 | 22 | 25 | 19 |
| right of 100, random nudge of 0.2 | 95 to 97 | 93 to 94 | 96 to 97 | 98 to 99 |
| right of 100, worst nudge of 0.3 | 4 | 2 | 7 | 3 |
| right of 100, random nudge of 0.3 | 81 to 82 | 73 to 76 | 82 to 87 | 90 to 93 |

For every seed, most digits stay right without any one filter, but the worst class loses several times
as much as the median class. With the best filter alone, the course's network is right on fewer than
half of the digits, the others on more than half. Blurring raises the mean correlation by more than
0.1, though not that of each digit. The worst nudge of 0.2 leaves at most 25 of 100 right, a random one
at least 93.
"""

import sys
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from changes import SEEDS, trained

from helpers.network import (
    Network,
    ascend,
    confusion_matrix,
    load_digits,
    random_nudge,
    without_filters,
    worst_nudge,
)
from helpers.picture_files import FOLDER

FILTERS = range(8)  # of the first convolution
CLASSES = range(10)
SIZES = 0.05, 0.1, 0.15, 0.2, 0.3


def filter_rows(network, images, labels):
    """Return the rows on filters."""

    def counts(changed):
        return confusion_matrix(labels, changed.predict(images).argmax(axis=1))

    before = counts(network)
    without_one = [counts(without_filters(network, 0, off)) for off in FILTERS]
    others = [[off for off in FILTERS if off != on] for on in FILTERS]
    only_one = [counts(without_filters(network, 0, off)) for off in others]
    worst = min(without_one, key=np.trace)
    lost = (before - worst).diagonal() / before.sum(axis=1)
    return {
        "right of 1,000, all filters on": f"{before.trace()}",
        "one filter off": spread(map(np.trace, without_one)),
        "only one filter on": spread(map(np.trace, only_one)),
        "without the filter that matters most: lost of the worst class": f"{lost.max():.0%}",
        "without the filter that matters most: lost of the median class": f"{np.median(lost):.0%}",
    }


def unit_rows(network, images, labels):
    """Return the rows on the images that are made for the classes."""
    means = [images[labels == digit].mean(axis=0) for digit in CLASSES]
    rows = {}
    for smoothing in (0, 2):
        made = np.array([made_image(network, digit, smoothing) for digit in CLASSES])
        sure = network.predict(made).diagonal()
        alike = [np.corrcoef(a.ravel(), b.ravel())[0, 1] for a, b in zip(made, means, strict=True)]
        rows[f"smoothing {smoothing}: probability of the class"] = spread(sure, ".2%")
        rows[f"smoothing {smoothing}: correlation"] = spread(alike, "z.2f")
        rows[f"smoothing {smoothing}: mean correlation"] = f"{np.mean(alike):.2f}"
    return rows


def made_image(network, digit, smoothing):
    """Return the image after gradient ascent on the score of a digit."""
    image = np.full((28, 28), 0.5)
    for _ in range(40):
        last = len(network.layers) - 1
        image = ascend(network, image, last, digit, rate=0.05, smoothing=smoothing)
    return image


def nudge_rows(network, images, labels):
    """Return the rows on nudges."""

    def right(changed):
        return (network.predict(changed).argmax(axis=1) == labels).sum()

    rows = {}
    for size in SIZES:
        at_random = [right(random_nudge(images, size, seed)) for seed in range(3)]
        worst = right(worst_nudge(network, images, labels, size))
        rows[f"right of 100, worst nudge of {size:g}"] = f"{worst}"
        rows[f"right of 100, random nudge of {size:g}"] = spread(at_random)
    return rows


def spread(numbers, form="d"):
    """Return the smallest and the largest number as text, or one where they read the same."""
    low, *_, high = sorted(numbers)
    ends = format(low, form), format(high, form)
    return " to ".join(dict.fromkeys(ends))


def main():
    images, labels = (part[:1000] for part in load_digits("test"))
    shipped = Network.load(FOLDER / "digits" / "network.npz")
    columns = []
    for network in (shipped, *(trained(None, seed) for seed in SEEDS)):
        rows = filter_rows(network, images, labels) | unit_rows(network, images, labels)
        columns.append(rows | nudge_rows(network, images[:100], labels[:100]))
    print("| | the course's | " + " | ".join(f"seed {seed}" for seed in SEEDS) + " |")
    print("|---" * (1 + len(columns)) + "|")
    for name in columns[0]:
        print(f"| {name} | " + " | ".join(column[name] for column in columns) + " |")


if __name__ == "__main__":
    main()
