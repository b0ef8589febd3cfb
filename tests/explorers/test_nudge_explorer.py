"""NudgeExplorer: both nudges, what follows from them, the counts of the test images, the errors."""

import json

import numpy as np
import pytest
from explorers import driving as page

from helpers.explorers import NudgeExplorer
from helpers.explorers.models.nudge import COUNT, SIZES
from helpers.network import (
    Conv,
    Dense,
    Flatten,
    Network,
    ReLU,
    load_digits,
    random_nudge,
    train,
    worst_nudge,
)
from helpers.picture_files import FOLDER

same, close = np.testing.assert_array_equal, np.testing.assert_allclose


@pytest.fixture(scope="module")
def digits():
    return load_digits("test")


@pytest.fixture(scope="module")
def trained():
    return Network.load(FOLDER / "digits" / "network.npz")


def test_both_nudges_are_the_library_s(trained, digits):
    """Image by image, of any size and seed, with what the network predicts for them."""
    explorer = NudgeExplorer(trained, digits, number=3, size=0.2)
    for number, size, seed in ((3, 0.2, 0), (8, 0.05, 7), (8, 0.5, 1), (0, 0.0, 2)):
        explorer.number.number, explorer.size.number = number, size
        explorer.seed.number = seed
        image, label = digits[0][number], digits[1][number]
        worst = worst_nudge(trained, image[None], [label], size)[0]
        found = explorer.nudged
        same(explorer.image, image)
        same(found["worst"].image, worst)
        same(found["random"].image, random_nudge(image, size, seed))
        for each in found.values():
            close(each.change, each.image - image)
            close(each.probabilities, trained.predict(each.image[None])[0])
            assert each.prediction == each.probabilities.argmax()
        assert f"labeled {label}. Prediction: " in explorer.line.value
        assert f"size {size:g}." in explorer.describe()
        before = trained.predict(image[None])[0]
        names = before, *(each.probabilities for each in found.values())
        texts = [f"{each.argmax()} {each.max():.1%}" for each in names]
        kinds = zip(("image", "worst", "random"), texts, strict=True)
        assert explorer.bars.alt == f"probabilities: {', '.join(map(' '.join, kinds))}"


def test_the_counts_are_those_of_the_first_test_images(trained, digits):
    """At every size, on a point of the curves or between two."""
    explorer = NudgeExplorer(trained, digits)
    images, labels = digits[0][:COUNT], digits[1][:COUNT]
    for size in (0, 0.1, 0.13, 0.3):
        explorer.size.number = size
        changed = worst_nudge(trained, images, labels, size), random_nudge(images, size)
        right = [int((trained.predict(each).argmax(axis=1) == labels).sum()) for each in changed]
        assert list(explorer.right.values()) == right
        assert explorer.chart.alt.endswith(f"worst {right[0]}%, random {right[1]}%")
        for curve, count in zip(explorer.computed.curves, right, strict=True):
            assert size not in SIZES or dict(curve)[size] == count / COUNT


def test_the_lesson(trained, digits):
    """The worst nudge of size 0.2 fools the network on most digits, a random one on few."""
    right = NudgeExplorer(trained, digits, size=0.2).right
    assert right["worst"] < 40 and right["random"] > 85


def test_a_drawing_has_no_label(trained, digits):
    """The nudge is then against what the network predicts."""
    explorer = NudgeExplorer(trained, digits, size=0.1)
    explorer.pad.draw([(20, 56), (90, 56)])
    assert explorer.source.value == "your drawing"
    image = explorer.image[None]
    label = trained.predict(image).argmax(axis=1)
    assert explorer.computed.label == label[0]
    same(explorer.nudged["worst"].image, worst_nudge(trained, image, label, 0.1)[0])


def test_both_nudges_have_one_scale(trained, digits):
    """It ends at the size, so the same color is the same change in both."""
    explorer = NudgeExplorer(trained, digits, size=0.25)
    labels = [explorer.parts[kind][0].scale["labels"] for kind in ("worst", "random")]
    assert labels[0] == labels[1] == ["-0.25", "0", "0.25"]


def test_the_network_may_learn_on(digits):
    """What is shown is about the network as it was: images and curves agree."""
    network = Network([Flatten(), Dense(10)], (28, 28, 1))
    part = digits[0][:100], digits[1][:100]
    explorer = NudgeExplorer(network, part)
    before = explorer.right
    for _ in train(network, *part, epochs=3):
        pass
    explorer.number.number = 1
    assert explorer.right == before
    close(explorer.computed.probabilities, explorer.network.predict(part[0][1:2])[0])


@pytest.mark.parametrize("channels", [2, 3])
def test_images_with_channels(channels):
    """Any number of channels and classes; each channel has a sign of its own."""
    network = Network([Conv(3, 3), ReLU(), Flatten(), Dense(3)], (7, 9, channels), seed=1)
    images = np.random.default_rng(0).random((5, 7, 9, channels), np.float32)
    explorer = NudgeExplorer(network, (images, np.arange(5) % 3), size=0.1)
    assert explorer.nudged["worst"].image.shape == (7, 9, channels) and not explorer.problem
    assert explorer.parts["worst"][1].picture.shape[:2] == (7, 9)
    assert "correct, of 5 test images" in explorer.chart.alt


def test_of_many_classes_the_most_probable_are_shown():
    """Of all three images: the class that each is read as is among them, whatever the name."""
    network = Network([Flatten(), Dense(40)], (7, 9, 1), seed=1)
    images = np.random.default_rng(0).random((5, 7, 9), np.float32)
    names = [f"a class with a long name, {k}" for k in range(40)]
    explorer = NudgeExplorer(network, (images, np.arange(5)), size=0.3, class_names=names)
    bold = [each["text"] for each in explorer.bars.shapes if each.get("bold")]
    largest = [
        explorer.computed.probabilities,
        *(e.probabilities for e in explorer.nudged.values()),
    ]
    assert bold[1:] == [f"{each.max():.1%}" for each in largest] and not explorer.problem
    assert json.dumps(explorer.bars.shapes) and explorer.still()


def test_typed_sizes(trained, digits):
    """An invalid one is one line; the last picture stays."""
    explorer = NudgeExplorer(trained, digits, size=0.1)
    before = explorer.nudged["worst"].image
    page.type_into(explorer.size, "0.7")
    assert explorer.problem == "size must be a number from 0 to 0.5; got '0.7'."
    same(explorer.nudged["worst"].image, before)
    page.type_into(explorer.size, "1/5")
    assert explorer.problem == "" and explorer.size.number == 0.2


@pytest.mark.parametrize(
    ("message", "options"),
    [
        ("network must be a Network; got 3", {"network": 3}),
        ("layers must end with scores", {"network": Network([Conv(2, 3)], (28, 28, 1))}),
        ("test must be given unless", {"network": Network([Flatten(), Dense(3)], (5, 5, 1))}),
        ("size must be a number from 0 to 0.5; got 0.6", {"size": 0.6}),
        ("size must be a number; got 'big'", {"size": "big"}),
        ("source must .*got 'cat'", {"source": "cat"}),
        ("controls must list names out of image, number, upload", {"controls": ["epsilon"]}),
        ("class_names must be 10 names", {"class_names": ["a"]}),
    ],
)
def test_invalid_arguments_are_named(message, options):
    arguments = {"network": Network([Flatten(), Dense(10)], (28, 28, 1)), **options}
    with pytest.raises((ValueError, TypeError), match=f"^{message}") as caught:
        NudgeExplorer(**arguments)
    assert "\n" not in str(caught.value)
