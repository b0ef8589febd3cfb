"""Train the network that lesson 09 examines, and save it next to the digits.

    python tools/train_network.py

Eight epochs, half a minute on two cores. The file is committed, so that every reader of the lesson
sees the same numbers; another machine's last digits may differ.
"""

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from helpers.network import Conv, Dense, Flatten, MaxPool, Network, ReLU, load_digits, train  # noqa: E402
from helpers.network.optimizers import one_cycle  # noqa: E402

EPOCHS = 8


def main():
    layers = [Conv(8, 3), ReLU(), MaxPool(2), Conv(16, 3), ReLU(), MaxPool(2), Flatten(), Dense(10)]
    network = Network(layers, input_shape=(28, 28, 1), seed=0)
    for step in train(network, *load_digits("train"), epochs=EPOCHS, schedule=one_cycle, seed=0):
        if step.batch == step.batches:
            print(f"epoch {step.epoch}: loss {step.loss:.4f}")
    images, labels = load_digits("test")
    right = (network.predict(images).argmax(axis=1) == labels).mean()
    network.save(ROOT / "images" / "digits" / "network.npz")
    print(f"{right:.2%} of the test digits correct")


if __name__ == "__main__":
    main()
