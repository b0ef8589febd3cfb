"""The course's networks and the same ones in PyTorch and in Keras: equal, to float precision.

    pip install -r benchmarks/requirements.txt
    python benchmarks/agreement.py

From the same weights, on the same 64 digits: the scores, the loss, the gradient of every parameter
and of the images; for the course's network, for others with any stride, padding and window, and for
some made at random. The models are what `to_code` writes, run.
Then Adam: every parameter after one step and after ten, from the same gradients in float32, and from
each library's own gradients in float64. (In float32 that would compare noise: Adam's first step is
as long for a gradient of 1e-8 as for one of 1, and the last digits of a sum depend on its order.)
The largest difference is printed beside the largest number compared; more than BOUND times that
number is an error.
"""

import os
import sys
from pathlib import Path

import numpy as np
import torch
from torch import nn

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
    to_code,
    to_keras,
    to_torch,
)
from helpers.network.losses import cross_entropy
from helpers.network.optimizers import Adam

BATCH, RATE = 64, 3e-3
RANDOM = range(8)  # seeds of random networks
BOUND = {"float32": 1e-5, "float64": 1e-11}


def course_network():
    layers = [Conv(8, 3), ReLU(), MaxPool(2), Conv(16, 3), ReLU(), MaxPool(2), Flatten(), Dense(10)]
    return Network(layers, input_shape=(28, 28, 1), seed=0)


OTHERS = {
    "strides and padding": lambda: [
        Conv(6, (3, 5), stride=(1, 2), padding="same"), ReLU(), MaxPool(3, stride=2),
        Conv(9, (4, 2), stride=(3, 1), padding=(2, 0)), MeanPool(2, stride=1), Flatten(), Dense(10),
    ],
    "one-sided padding": lambda: [
        Conv(6, 4, stride=2, padding="same"), MaxPool((2, 3), stride=(1, 2)), ReLU(),
        Conv(9, 3, padding=((0, 2), (3, 1))), ReLU(), Flatten(), Dense(12), ReLU(), Dense(10),
    ],
    "strides beyond the window": lambda: [
        Conv(6, 2, stride=3, padding=1), ReLU(), MeanPool((1, 2), stride=2),
        Conv(9, 2, padding="same"), MaxPool(1, stride=(2, 1)), Flatten(), Dense(10),
    ],
}  # fmt: skip


def random_network(seed):
    """Return a network as one builds it layer by layer; a layer that does not fit is left out."""
    rng = np.random.default_rng(seed)
    layers, tail = [], [Flatten(), *random_dense(rng), Dense(10)]
    for _ in range(rng.integers(2, 7)):
        size, stride, padding = (int(rng.integers(*ends)) for ends in ((1, 6), (1, 4), (0, 4)))
        possible = [
            Conv(int(rng.integers(1, 13)), size, stride, padding), ReLU(),
            MaxPool(size, stride), MeanPool(size, stride),
        ]  # fmt: skip
        longer = [*layers, possible[rng.integers(4)]]
        try:
            Network([copied(layer) for layer in [*longer, *tail]], (28, 28, 1))
        except ValueError:
            continue
        layers = longer
    return Network([*layers, *tail], input_shape=(28, 28, 1), seed=seed)


def random_dense(rng):
    return [Dense(int(rng.integers(5, 30))), ReLU()] if rng.integers(2) else []


def copied(layer):
    return type(layer)(*layer.settings)


def in_torch(network):
    """Return the same layers with the same weights as a Sequential."""
    model = run(to_code(network, "PyTorch"))
    weights = {name: torch.from_numpy(array) for name, array in to_torch(network).items()}
    model.to(next(iter(weights.values())).dtype).load_state_dict(weights)
    return model


def in_keras(network):
    """Return the same layers with the same weights as a Sequential."""
    os.environ["KERAS_BACKEND"] = "torch"
    model = run(to_code(network, "Keras"))
    model.set_weights(to_keras(network))
    return model


def run(code, name="model"):
    names = {}
    exec(code, names)
    return names[name]


def check_our_code(network):
    """What `to_code` writes for this course makes the same layers."""
    again = run(to_code(network), "network")
    assert [layer.settings for layer in again.layers] == [
        layer.settings for layer in network.layers
    ]
    assert again.shapes == network.shapes


def compare(what, ours, theirs):
    """Print the largest difference beside the largest number; more than BOUND is an error."""
    ours, theirs = np.asarray(ours), np.asarray(theirs)
    assert ours.shape == theirs.shape, f"{what}: {ours.shape} and {theirs.shape}"
    difference, largest = abs(ours - theirs).max(), abs(theirs).max()
    print(f"  {what:36} {difference:9.1e}  of {largest:9.2e}")
    assert difference <= BOUND[theirs.dtype.name] * largest, what


def in_torch_layout(network, arrays):
    """Return arrays shaped like the network's parameters under torch's names and in its layout."""
    kept = [layer.parameters for layer in network.layers]
    for layer, own in zip(network.layers, arrays, strict=True):
        layer.parameters = own
    twin = to_torch(network)
    for layer, own in zip(network.layers, kept, strict=True):
        layer.parameters = own
    return twin


def check_torch(network, images, labels):
    model, digits = in_torch(network), torch.from_numpy(images)[:, None].requires_grad_()
    batch = network.batch(images)
    scores = network.forward(batch)
    theirs = model(digits)
    compare("scores", scores.T, theirs.detach())

    loss, gradient = cross_entropy(scores, labels)
    network.backward(gradient)
    their_loss = nn.functional.cross_entropy(theirs, torch.from_numpy(labels))
    their_loss.backward()
    compare("loss", loss, their_loss.detach())
    gradients = in_torch_layout(network, [layer.gradients for layer in network.layers])
    for name, parameter in model.named_parameters():
        compare(f"gradient of {name}", gradients[name], parameter.grad)
    x, layers = batch, network.copied_layers()
    for layer in layers:
        x = layer.forward(x)
    for layer in reversed(layers):
        gradient = layer.backward(gradient)
    compare("gradient of the images", gradient.transpose(3, 2, 0, 1), digits.grad)


def check_adam(images, labels, steps, dtype):
    """Compare Adam: in float32 PyTorch uses our gradients, in float64 it computes its own."""
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
            own = in_torch_layout(network, [layer.gradients for layer in network.layers])
            for name, parameter in model.named_parameters():
                parameter.grad = torch.from_numpy(own[name])
        theirs.step()
    for name, array in to_torch(network).items():
        compare(f"{name}, {steps} of Adam, {dtype.__name__}", array, model.state_dict()[name])


def check_keras(title, network, images):
    theirs = in_keras(network).predict(images[..., None], verbose=0)
    compare(title, network.forward(network.batch(images)).T, theirs)


def networks():
    """Yield the title and a function that makes the network, for all but the course's."""
    for title, layers in OTHERS.items():
        yield title, lambda layers=layers: Network(layers(), input_shape=(28, 28, 1), seed=1)
    for seed in RANDOM:
        network = random_network(seed)
        names = ", ".join(layer.name for layer in network.layers)
        yield f"random {seed}: {names}", lambda seed=seed: random_network(seed)


def main():
    torch.set_num_threads(1)  # nothing is timed, and these arrays are too small for more
    images, labels = (array[:BATCH] for array in load_digits())
    print(f"PyTorch {torch.__version__}: largest difference, of largest number")
    check_torch(course_network(), images, labels)
    for title, make in networks():
        print(f" {title}")
        check_our_code(make())
        check_torch(make(), images, labels)
    for steps in (1, 10):
        check_adam(images, labels, steps, np.float32)
        check_adam(images, labels, steps, np.float64)
    print("Keras: scores")
    check_keras("the course's network", course_network(), images)
    for title, make in networks():
        check_keras(title.partition(":")[0], make(), images)


if __name__ == "__main__":
    main()
