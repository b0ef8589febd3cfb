"""The course's network beside the same one in PyTorch and in Keras: equal, to float precision.

    pip install -r benchmarks/requirements.txt
    python benchmarks/agreement.py

From the same weights, on the same 64 digits: the answers, the loss, the gradient of every
parameter. Then Adam: every parameter after one step and after ten, both given the same gradients,
in float32; and both left to themselves, in float64. (In float32 that would compare noise: Adam's
first step is as long for a gradient of 1e-8 as for one of 1, and the last digits of a sum depend
on its order.) The largest differences are printed, each beside the largest number compared; one
above BOUND, of that number, is an error.
"""

import os
import sys
from pathlib import Path

import numpy as np
import torch
from torch import nn

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from helpers.network import (  # noqa: E402
    Conv,
    Dense,
    Flatten,
    MaxPool,
    Network,
    ReLU,
    load_digits,
    to_keras,
    to_torch,
)
from helpers.network.optimizers import Adam  # noqa: E402
from helpers.network.training import cross_entropy  # noqa: E402

BATCH, RATE = 64, 3e-3
BOUND = {"float32": 1e-5, "float64": 1e-11}


def course_network():
    layers = [Conv(8, 3), ReLU(), MaxPool(2), Conv(16, 3), ReLU(), MaxPool(2), Flatten(), Dense(10)]
    return Network(layers, input_shape=(28, 28, 1), seed=0)


def in_torch(network):
    model = nn.Sequential(
        nn.Conv2d(1, 8, 3), nn.ReLU(), nn.MaxPool2d(2), nn.Conv2d(8, 16, 3), nn.ReLU(),
        nn.MaxPool2d(2), nn.Flatten(), nn.Linear(400, 10),
    )  # fmt: skip
    model.to(torch.from_numpy(network.layers[0].parameters["weights"]).dtype)
    model.load_state_dict({k: torch.from_numpy(array) for k, array in to_torch(network).items()})
    return model


def in_keras(network):
    os.environ["KERAS_BACKEND"] = "torch"
    import keras  # here, so that benchmarks/training.py does without it

    layers = keras.layers
    model = keras.Sequential([
        keras.Input((28, 28, 1)),
        layers.Conv2D(8, 3, activation="relu"), layers.MaxPooling2D(2),
        layers.Conv2D(16, 3, activation="relu"), layers.MaxPooling2D(2),
        layers.Flatten(), layers.Dense(10),
    ])  # fmt: skip
    model.set_weights(to_keras(network))
    return model


def compare(what, ours, theirs):
    """Print the largest difference, beside the largest number; too large a one is an error."""
    ours, theirs = np.asarray(ours), np.asarray(theirs)
    assert ours.shape == theirs.shape, f"{what}: {ours.shape} and {theirs.shape}"
    difference, largest = abs(ours - theirs).max(), abs(theirs).max()
    print(f"  {what:36} {difference:9.1e}  of {largest:9.2e}")
    assert difference <= BOUND[theirs.dtype.name] * largest, what


def in_torch_layout(arrays):
    """Any arrays shaped as the network's parameters, under torch's names and in its layout."""
    twin = course_network()
    for layer, own in zip(twin.layers, arrays, strict=True):
        layer.parameters = own
    return to_torch(twin)


def check_torch(images, labels):
    network = course_network()
    model = in_torch(network)
    scores = network.forward(network.batch(images))
    theirs = model(torch.from_numpy(images)[:, None])
    compare("scores", scores.T, theirs.detach())

    loss, gradient = cross_entropy(scores, labels)
    network.backward(gradient)
    their_loss = nn.functional.cross_entropy(theirs, torch.from_numpy(labels))
    their_loss.backward()
    compare("loss", loss, their_loss.detach())
    gradients = in_torch_layout([layer.gradients for layer in network.layers])
    for name, parameter in model.named_parameters():
        compare(f"gradient by {name}", gradients[name], parameter.grad)


def check_adam(images, labels, steps, dtype):
    """With float32, PyTorch takes our gradients; with float64 it finds its own."""
    network = course_network()
    for layer in network.layers:
        layer.parameters = {name: each.astype(dtype) for name, each in layer.parameters.items()}
    model = in_torch(network)
    ours, theirs = Adam(RATE), torch.optim.Adam(model.parameters(), lr=RATE)
    batch, digits = (np.asarray(x, dtype) for x in (network.batch(images), images[:, None]))
    for _ in range(steps):
        network.backward(cross_entropy(network.forward(batch), labels)[1])
        ours.step(network.layers)
        theirs.zero_grad()
        if dtype == np.float64:
            scores = model(torch.from_numpy(digits))
            nn.functional.cross_entropy(scores, torch.from_numpy(labels)).backward()
        else:
            own = in_torch_layout([layer.gradients for layer in network.layers])
            for name, parameter in model.named_parameters():
                parameter.grad = torch.from_numpy(own[name])
        theirs.step()
    for name, array in to_torch(network).items():
        compare(f"{name}, {steps} of Adam, {dtype.__name__}", array, model.state_dict()[name])


def check_keras(images):
    network = course_network()
    theirs = in_keras(network).predict(images[..., None], verbose=0)
    compare("scores", network.forward(network.batch(images)).T, theirs)


def main():
    torch.set_num_threads(1)  # nothing is timed; threads that wait for each other only take longer
    images, labels = (array[:BATCH] for array in load_digits())
    print(f"PyTorch {torch.__version__}: largest difference, of the largest number")
    check_torch(images, labels)
    for steps in (1, 10):
        check_adam(images, labels, steps, np.float32)
        check_adam(images, labels, steps, np.float64)
    print("Keras")
    check_keras(images)


if __name__ == "__main__":
    main()
