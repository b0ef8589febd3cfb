"""Networks of lesson 08b with fewer multiplications: test accuracy on MNIST, by seed.

    pip install -r requirements.txt
    python benchmarks/cheap.py

Each is trained for 300 steps of 64 digits, with the defaults of `train`, and evaluated once on the
10,000 test digits.

| network | parameters | multiplications | seed 0 | seed 1 | seed 2 |
|---|---|---|---|---|---|
| lesson 08 | 5,258 | 192,064 | 96.63% | 96.22% | 96.01% |
| two convolutions with strides | 7,018 | 59,400 | 95.53% | 95.02% | 94.89% |
| one convolution with a stride | 3,098 | 31,680 | 93.86% | 94.28% | 93.95% |
| mean pooling first | 2,970 | 13,248 | 92.75% | 94.26% | 90.57% |
| at most 1,000 parameters | 690 | 6,724 | 86.01% | 83.24% | 82.86% |
"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from helpers.network import (
    Conv,
    Dense,
    Flatten,
    MaxPool,
    MeanPool,
    Network,
    ReLU,
    load_digits,
    train,
)

STEPS, SEEDS = 300, range(3)
NETWORKS = {
    "lesson 08": lambda: [
        Conv(8, 3), ReLU(), MaxPool(2), Conv(16, 3), ReLU(), MaxPool(2), Flatten(), Dense(10),
    ],
    "two convolutions with strides": lambda: [
        Conv(8, 3, stride=2), ReLU(), Conv(16, 3, stride=2), ReLU(), Flatten(), Dense(10),
    ],
    "one convolution with a stride": lambda: [
        Conv(8, 5, stride=2), ReLU(), MaxPool(2), Flatten(), Dense(10),
    ],
    "mean pooling first": lambda: [
        MeanPool(2), Conv(8, 3), ReLU(), MaxPool(2), Flatten(), Dense(10),
    ],
    "at most 1,000 parameters": lambda: [
        Conv(4, 3, stride=2), ReLU(), MaxPool(3), Flatten(), Dense(10),
    ],
}  # fmt: skip


def accuracy(layers, seed, training, test):
    network = Network(layers, (28, 28, 1), seed)
    for _ in zip(range(STEPS), train(network, *training, seed=seed)):
        pass
    images, labels = test
    return (network.predict(images).argmax(axis=1) == labels).mean()


def main():
    training, test = load_digits("train"), load_digits("test")
    print("| network | parameters | multiplications |", *(f"seed {n} |" for n in SEEDS))
    print("|---|---|---|" + "---|" * len(SEEDS))
    for name, layers in NETWORKS.items():
        costs = Network(layers(), (28, 28, 1)).costs()
        parameters = sum(cost.parameters for cost in costs)
        multiplications = sum(cost.multiplications for cost in costs)
        shares = [f"{accuracy(layers(), seed, training, test):.2%} |" for seed in SEEDS]
        print(f"| {name} | {parameters:,} | {multiplications:,} |", *shares, flush=True)


if __name__ == "__main__":
    main()
