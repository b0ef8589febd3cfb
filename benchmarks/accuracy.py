"""The test accuracy of two networks of this library on MNIST: parameters and seconds, by seed.

    pip install -r requirements.txt
    python benchmarks/accuracy.py

Each network is trained on the 60,000 training digits and evaluated once on the 10,000 test digits.
The second network and its learning rate were chosen on a validation set, 10,000 of the training
digits. Seconds are those of the training alone: wall-clock time, and processor time, to which other
programs add nothing.
"""

import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from statistics import mean

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from helpers.network import (
    Conv,
    Dense,
    Flatten,
    MaxPool,
    Network,
    ReLU,
    load_digits,
    one_cycle,
    random_shift,
    train,
)

SEEDS = range(5)


@dataclass
class Recipe:
    """A network and how it is trained."""

    title: str
    layers: Callable  # layers belong to one network, so each seed needs new ones
    options: dict


RECIPES = [
    Recipe(
        "two convolutions",
        lambda: [
            Conv(8, 3),
            ReLU(),
            MaxPool(2),
            Conv(16, 3),
            ReLU(),
            MaxPool(2),
            Flatten(),
            Dense(10),
        ],
        {"epochs": 8, "learning_rate": 5e-3, "schedule": one_cycle},
    ),
    Recipe(
        "three convolutions, shifted digits",
        lambda: [
            Conv(8, 5),
            MaxPool(2),
            ReLU(),
            Conv(12, 3),
            ReLU(),
            Conv(16, 3),
            MaxPool(2),
            ReLU(),
            Flatten(),
            Dense(10),
        ],
        {"epochs": 20, "learning_rate": 1e-2, "schedule": one_cycle, "augment": random_shift},
    ),
]


def run(recipe, seed, training, test):
    """Train one network; return its parameter count, its test accuracy, and seconds."""
    network = Network(recipe.layers(), (28, 28, 1), seed)
    start, used = time.perf_counter(), time.process_time()
    for _ in train(network, *training, seed=seed, **recipe.options):
        pass
    seconds = time.perf_counter() - start, time.process_time() - used
    images, labels = test
    accuracy = (network.predict(images).argmax(axis=1) == labels).mean()
    return network.parameter_count, accuracy, *seconds


def main():
    training, test = load_digits("train"), load_digits("test")
    for recipe in RECIPES:
        print(f"\n{recipe.title}\n{Network(recipe.layers(), (28, 28, 1)).summary()}\n")
        print("| seed | parameters | test accuracy | seconds | processor seconds |")
        print("|---|---|---|---|---|")
        results = []
        for seed in SEEDS:
            results.append(run(recipe, seed, training, test))
            count, accuracy, seconds, used = results[-1]
            print(
                f"| {seed} | {count:,} | {accuracy:.2%} | {seconds:.0f} | {used:.0f} |", flush=True
            )
        count, accuracy, seconds, used = map(mean, zip(*results, strict=True))
        print(f"| mean | {count:,.0f} | {accuracy:.2%} | {seconds:.0f} | {used:.0f} |")


if __name__ == "__main__":
    main()
