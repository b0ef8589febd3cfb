"""The accuracy on changed digits, of networks trained without and with such changes, by seed.

    pip install -r requirements.txt
    python benchmarks/changes.py

The network of lesson 09 learns from the 60,000 training digits for four epochs: as they are, and
changed by `random_changes`, anew in every epoch. It is evaluated on the test digits whose outermost
two rows and four columns are black, so that no shift and no size below cuts one of them.
"""

import sys
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from helpers.network import (
    Conv,
    Dense,
    Flatten,
    MaxPool,
    Network,
    ReLU,
    change_images,
    has_margin,
    load_digits,
    one_cycle,
    random_changes,
    train,
)

SEEDS = range(3)
AMOUNTS = {
    "shift": (0, 1, 2, 3, 4),
    "rotation": (-60, -30, -15, 15, 30, 60),
    "size": (0.5, 0.7, 0.85, 1.15),
    "thickness": (-1, 0.5, 1, 2, 3),
    "noise": (0.1, 0.2, 0.3, 0.5),
}


def trained(augment, seed):
    """Return a network trained with this augmentation."""
    layers = [Conv(8, 3), ReLU(), MaxPool(2), Conv(16, 3), ReLU(), MaxPool(2), Flatten(), Dense(10)]
    network = Network(layers, (28, 28, 1), seed)
    options = {"epochs": 4, "schedule": one_cycle, "augment": augment}
    for _ in train(network, *load_digits("train"), seed=seed, **options):
        pass
    return network


def accuracies(network, images, labels):
    """Return the accuracy for every change and amount."""
    return [
        (network.predict(change_images(images, change, amount)).argmax(axis=1) == labels).mean()
        for change, amounts in AMOUNTS.items()
        for amount in amounts
    ]


def main():
    images, labels = load_digits("test")
    fits = has_margin(images, 2, 4)
    images, labels = images[fits], labels[fits]
    print(f"{len(labels):,} test digits, {np.bincount(labels).tolist()} of each\n")
    columns = []
    for augment in (None, random_changes):
        columns += [accuracies(trained(augment, seed), images, labels) for seed in SEEDS]
    seeds = " | ".join(f"seed {seed}" for seed in SEEDS)
    print(f"| change | amount | plainly: {seeds} | with changes: {seeds} |")
    print("|---" * (2 + len(columns)) + "|")
    rows = [(change, amount) for change, amounts in AMOUNTS.items() for amount in amounts]
    for (change, amount), row in zip(rows, zip(*columns, strict=True), strict=True):
        print(f"| {change} | {amount:g} | " + " | ".join(f"{each:.1%}" for each in row) + " |")


if __name__ == "__main__":
    main()
