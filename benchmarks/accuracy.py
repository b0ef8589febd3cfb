"""How well a network of this library reads digits: parameters, accuracy and seconds, by seed.

    pip install -r requirements.txt
    python benchmarks/accuracy.py

Each network learns from the 60,000 training digits of MNIST and is then asked for the 10,000 test
digits, once. The second network and its rate were chosen on 10,000 of the training digits that were held back. Seconds
are those of the training alone: by the clock, and those that the processor spent on it, which are
fewer when other programs want it too.
"""

import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from statistics import mean

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from helpers.network import (  # noqa: E402
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


def run(recipe, seed, learned, unseen):
    """Train one network; return its parameters, its share of unseen digits right, and seconds."""
    network = Network(recipe.layers(), (28, 28, 1), seed)
    start, used = time.perf_counter(), time.process_time()
    for _ in train(network, *learned, seed=seed, **recipe.options):
        pass
    seconds = time.perf_counter() - start, time.process_time() - used
    images, labels = unseen
    right = (network.predict(images).argmax(axis=1) == labels).mean()
    return network.parameter_count, right, *seconds


def main():
    learned, unseen = load_digits("train"), load_digits("test")
    for recipe in RECIPES:
        print(f"\n{recipe.title}\n{Network(recipe.layers(), (28, 28, 1)).summary()}\n")
        print("| seed | parameters | test digits right | seconds | of the processor |")
        print("|---|---|---|---|---|")
        results = []
        for seed in SEEDS:
            results.append(run(recipe, seed, learned, unseen))
            count, right, seconds, used = results[-1]
            print(f"| {seed} | {count:,} | {right:.2%} | {seconds:.0f} | {used:.0f} |", flush=True)
        count, right, seconds, used = map(mean, zip(*results, strict=True))
        print(f"| mean | {count:,.0f} | {right:.2%} | {seconds:.0f} | {used:.0f} |")


if __name__ == "__main__":
    main()
