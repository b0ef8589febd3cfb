"""Train the networks that lessons 09 and 09b examine, and save them next to the digits.

    python tools/train_network.py

One learns from the digits as they are, for eight epochs: half a minute on two cores. The other
learns from digits that are changed at random, anew in each of eight epochs. Give a name, "network"
or "network_changes", to train one of them. The files are committed, so that every reader of the
lessons sees the same numbers; another machine's last digits may differ.
"""

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from helpers.network import (  # noqa: E402
    Conv,
    Dense,
    Flatten,
    MaxPool,
    Network,
    ReLU,
    load_digits,
    one_cycle,
    random_changes,
    train,
)

OPTIONS = {"network": {"epochs": 8}, "network_changes": {"epochs": 8, "augment": random_changes}}


def main(names):
    for name in names or OPTIONS:
        layers = [
            Conv(8, 3),
            ReLU(),
            MaxPool(2),
            Conv(16, 3),
            ReLU(),
            MaxPool(2),
            Flatten(),
            Dense(10),
        ]
        network = Network(layers, input_shape=(28, 28, 1), seed=0)
        training = load_digits("train")
        for step in train(network, *training, schedule=one_cycle, seed=0, **OPTIONS[name]):
            if step.batch == step.batches:
                print(f"{name}, epoch {step.epoch}: loss {step.loss:.4f}", flush=True)
        images, labels = load_digits("test")
        right = (network.predict(images).argmax(axis=1) == labels).mean()
        network.save(ROOT / "images" / "digits" / f"{name}.npz")
        print(f"{name}: {right:.2%} of the test digits correct")


if __name__ == "__main__":
    main(sys.argv[1:])
