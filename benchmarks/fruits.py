"""Pictograms of fruits, in color and gray: the accuracy on a style that was never seen, by seed.

    pip install -r requirements.txt
    python benchmarks/fruits.py

A network like that of lesson 08, Conv(8, 3) and Conv(16, 3), learns ten fruits from 100 variants of
each in three styles, 3,000 pictures of 32×32 pixels, for ten epochs, and is evaluated on 100 variants
in the fourth style. In the last row it learns from all four styles, and is evaluated on other variants
of the same pictograms. The gray pictures are those in color, seen through `to_gray`.

TABLE
"""

import sys
import time
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from helpers.network import (
    FRUIT_STYLES,
    Conv,
    Dense,
    Flatten,
    MaxPool,
    Network,
    ReLU,
    load_fruits,
    one_cycle,
    train,
)

SEEDS = range(3)
OTHER = 1000  # added to the seed: variants to be tested on are not those learned from


def learned(styles, gray, seed):
    """Return a network that has learned the fruits in these styles, and its processor seconds."""
    images, labels = load_fruits(styles, gray=gray, seed=seed)
    layers = [Conv(8, 3), ReLU(), MaxPool(2), Conv(16, 3), ReLU(), MaxPool(2), Flatten(), Dense(10)]
    network = Network(layers, (32, 32, 1 if gray else 3), seed)
    start = time.process_time()
    for _ in train(network, images, labels, epochs=10, schedule=one_cycle, seed=seed):
        pass
    return network, time.process_time() - start


def main():
    seeds = " | ".join(f"seed {seed}" for seed in SEEDS)
    print(f"| tested on | color: {seeds} | gray: {seeds} |")
    print("|---" * (1 + 2 * len(SEEDS)) + "|")
    seconds = []
    for unseen in (*FRUIT_STYLES, None):
        known = [style for style in FRUIT_STYLES if style != unseen]
        row = [unseen or "other variants of all four"]
        for gray in (False, True):
            for seed in SEEDS:
                network, used = learned(known, gray, seed)
                images, labels = load_fruits(unseen or known, gray=gray, seed=seed + OTHER)
                row.append(f"{(network.predict(images).argmax(axis=1) == labels).mean():.1%}")
                seconds.append(used)
        print(f"| {' | '.join(row)} |", flush=True)
    print(f"\nprocessor seconds of a training: {np.min(seconds):.1f} to {np.max(seconds):.1f}")


if __name__ == "__main__":
    main()
