"""The digits are the complete MNIST, in its order, and a small network learns to classify them."""

import numpy as np
import pytest

from helpers.network import Conv, Dense, Flatten, MaxPool, Network, ReLU, load_digits, train
from helpers.network.datasets.digits import shared_digits
from helpers.network.model import CHUNK
from helpers.picture_files import FOLDER

COUNTS = {
    "train": [5923, 6742, 5958, 6131, 5842, 5421, 5918, 6265, 5851, 5949],
    "test": [980, 1135, 1032, 1010, 982, 892, 958, 1028, 974, 1009],
}
FIRST = {"train": [5, 0, 4, 1, 9, 2, 1, 3, 1, 4], "test": [7, 2, 1, 0, 4, 1, 4, 9, 5, 9]}
SPLITS = pytest.mark.parametrize("split", ["train", "test"])


@pytest.fixture(scope="module")
def digits():
    return {split: load_digits(split) for split in COUNTS}


def course():
    layers = [Conv(8, 3), ReLU(), MaxPool(2), Conv(16, 3), ReLU(), MaxPool(2), Flatten(), Dense(10)]
    return Network(layers, input_shape=(28, 28, 1), seed=0)


@SPLITS
def test_mnist_is_complete(digits, split):
    """60,000 and 10,000 images; the class counts and the order are those of MNIST."""
    images, labels = digits[split]
    assert images.shape == (sum(COUNTS[split]), 28, 28) and images.dtype == np.float32
    assert labels.shape == images.shape[:1] and labels.dtype.kind == "i"
    assert np.bincount(labels).tolist() == COUNTS[split]
    assert labels[:10].tolist() == FIRST[split]


@SPLITS
def test_values_are_bytes_over_255(digits, split):
    """Every value is k/255, from 0 to 1, and both 0 and 1 occur."""
    images, _ = digits[split]
    codes = np.rint(images * 255).astype(np.uint8)
    values = np.arange(256, dtype=np.float32) / 255
    assert np.array_equal(values[codes], images)
    assert codes.min() == 0 and codes.max() == 255


def test_mean_and_spread_are_those_of_mnist(digits):
    """Mean 0.1307 and standard deviation 0.3081, the well-known values."""
    images, _ = digits["train"]
    assert images.mean(dtype=np.float64) == pytest.approx(0.1307, abs=5e-5)
    assert images.std(dtype=np.float64) == pytest.approx(0.3081, abs=5e-5)


@SPLITS
def test_digits_are_cut_out_of_their_sheets(digits, split):
    """The sheets are cut in the right places: every image has strokes and an empty border."""
    images, _ = digits[split]
    ink = images.sum(axis=(1, 2))
    assert ink.min() > 5
    border = images.sum(dtype=np.float64) - images[:, 1:-1, 1:-1].sum(dtype=np.float64)
    assert border < 1e-3 * ink.sum(dtype=np.float64)


def test_loaded_digits_belong_to_the_caller():
    """They are writable, whatever was loaded before; the shared arrays are read-only."""
    shared, (images, labels) = shared_digits("test"), load_digits("test")
    assert all(one is other for one, other in zip(shared, shared_digits("test"), strict=True))
    np.testing.assert_array_equal(images, shared[0])
    np.testing.assert_array_equal(labels, shared[1])
    images[0], labels[0] = 1, 0
    assert shared[0][0].min() == 0 and shared[1][0] == 7
    assert not any(array.flags.writeable for array in shared)


@pytest.mark.parametrize("split", ["Train", "validation", "", None, 0, ["train"]])
def test_an_invalid_split_is_refused(split):
    """One line names both splits and what was given."""
    with pytest.raises(ValueError, match="^split must be one of train, test; got "):
        load_digits(split)


def test_course_network_has_5258_parameters():
    """8·(9 + 1) + 16·(72 + 1) + 10·(400 + 1) = 80 + 1,168 + 4,010, as in its summary, with each layer's multiplications."""
    assert course().parameter_count == 5258
    assert course().summary().splitlines() == [
        "layer        output shape  parameters  multiplications  receptive field",
        "Conv              26×26×8          80           48,672              3×3",
        "ReLU              26×26×8           0                0              3×3",
        "MaxPool           13×13×8           0                0              4×4",
        "Conv             11×11×16       1,168          139,392              8×8",
        "ReLU             11×11×16           0                0              8×8",
        "MaxPool            5×5×16           0                0            10×10",
        "Flatten               400           0                0            10×10",
        "Dense                  10       4,010            4,000            26×26",
        "total                           5,258          192,064",
    ]


@pytest.mark.parametrize("count", [1, CHUNK - 1, CHUNK, 2 * CHUNK + 3])
def test_predict_keeps_the_order(digits, count):
    """One row of probabilities per image, with or without a channel axis, the same as for it alone."""
    network, images = course(), digits["test"][0][:count]
    probabilities = network.predict(images)
    assert probabilities.shape == (count, 10) and probabilities.dtype == np.float32
    assert (probabilities > 0).all()
    assert probabilities.sum(axis=1) == pytest.approx(np.ones(count), rel=1e-5)
    assert (probabilities == network.predict(images[..., None])).all()
    for n in {0, count // 2, count - 1}:
        assert probabilities[n] == pytest.approx(network.predict(images[n : n + 1])[0], rel=1e-4)


@pytest.mark.parametrize("optimizer", ["adam", "sgd"])
def test_an_easy_task_is_learned(optimizer):
    """Bright above or bright below, under noise: soon every prediction is correct."""
    labels = np.arange(60) % 2
    images = np.random.default_rng(0).random((60, 6, 5), np.float32)
    images[labels == 0, :3] += 1
    images[labels == 1, 3:] += 1
    network = Network([Conv(4, (3, 2)), ReLU(), MaxPool(2), Flatten(), Dense(2)], (6, 5, 1))
    rate = {"adam": 1e-2, "sgd": 5e-2}[optimizer]
    *_, last = train(network, images, labels, 20, 5, learning_rate=rate, optimizer=optimizer)
    assert last.accuracy == 1
    assert (network.predict(images).argmax(axis=1) == labels).all()


def test_the_bundled_network_loads(digits):
    """It was saved before layers had stride and padding; it still classifies 97 of 100 digits."""
    network = Network.load(FOLDER / "digits" / "network.npz")
    images, labels = (array[:1000] for array in digits["test"])
    assert (network.predict(images).argmax(axis=1) == labels).mean() >= 0.97
    assert {layer.pad_width for layer in network.layers} == {((0, 0), (0, 0))}


def test_a_short_training_learns_digits(digits):
    """After three epochs of 2,000 digits, at least 80 of 100 test digits are correct."""
    images, labels = digits["train"]
    network = course()
    steps = list(train(network, images[:2000], labels[:2000], epochs=3))
    assert len(steps) == 3 * 32
    unseen, truth = (array[:1000] for array in digits["test"])
    probabilities = network.predict(unseen)
    assert probabilities.shape == (1000, 10)
    assert (probabilities.argmax(axis=1) == truth).mean() >= 0.8
