"""ChangeExplorer: its curves against a loop, amounts that stay, digits that are not cut, bad input."""

import numpy as np
import pytest
from explorers.driving import move, type_into
from strategies import frozen

from helpers.explorers import ChangeExplorer
from helpers.explorers.models.change import AMOUNTS, default_networks, default_test
from helpers.network import Dense, Flatten, Network, change_images, load_digits

IMAGES = frozen(np.random.default_rng(0).random((12, 6, 8), np.float32))
LABELS = frozen(np.arange(12) % 4)
NETWORKS = {
    name: Network([Flatten(), Dense(4)], (6, 8, 1), seed=seed)
    for seed, name in enumerate(("a", "b"))
}


def build(**options):
    return ChangeExplorer(NETWORKS, (IMAGES, LABELS), **options)


@pytest.mark.parametrize("change", AMOUNTS)
def test_a_curve_is_the_accuracy_at_every_amount(change):
    """Counted image by image; its amounts are those that the control steps through."""
    explorer = build(change=change)
    number = explorer.amount
    amounts = np.arange(number.min, number.max + number.step / 2, number.step)
    for name, curve in explorer.curves.items():
        np.testing.assert_allclose([amount for amount, _ in curve], amounts, atol=1e-9)
        for amount, accuracy in curve:
            changed = change_images(IMAGES, change, amount)
            said = [NETWORKS[name].predict(each[None]).argmax() for each in changed]
            assert accuracy == np.mean(np.equal(said, LABELS))


def test_no_change_at_first_and_amounts_stay():
    """Each change has its own amount; another change and back, and it is as it was."""
    explorer = build()
    for change in AMOUNTS:
        explorer.change.value = change
        same = change_images(IMAGES[:4], change, explorer.amount.number)
        np.testing.assert_array_equal(same, IMAGES[:4])
    explorer.change.value = "size"
    explorer.amount.number = 0.6
    explorer.change.value = "noise"
    assert explorer.controls.amount == 0 and "noise, 0 " in explorer.summary()
    move(explorer.change, value=2)
    assert explorer.controls.amount == 0.6 and "size, 0.6 times" in explorer.summary()


def test_an_amount_between_two_steps_is_marked_where_it_lies():
    """It may be typed; its accuracy is its own, not one of the curve."""
    explorer = build(change="rotation")
    type_into(explorer.amount, "7.5")
    changed = change_images(IMAGES, "rotation", 7)
    assert explorer.problem and explorer.controls.amount == 0  # whole degrees only
    type_into(explorer.amount, "7")
    hits = [(each.predict(changed).argmax(axis=1) == LABELS).mean() for each in NETWORKS.values()]
    assert not explorer.problem and list(explorer.accuracies.values()) == hits


def test_the_axis_names_the_amount_that_changes_nothing():
    """Both ends and their middle, too; the thickness begins below 0, the size ends above 1."""
    for change, ticks in (
        ("thickness", ["-1", "0", "1", "3"]),
        ("size", ["0.5", "0.8", "1", "1.1"]),
    ):
        shapes = build(change=change).chart.shapes
        base = max(each["at"][1] for each in shapes if each["kind"] == "words") - 16
        written = [e["text"] for e in shapes if e["kind"] == "words" and e["at"][1] == base]
        assert written == ticks


def test_the_second_visit_computes_nothing():
    """A curve is remembered."""
    explorer = build()
    explorer.change.value = "noise"
    explorer.change.value = "shift"
    explorer.trial.images = None  # a further accuracy would fail
    assert len(explorer.trial.accuracies("noise", 0.3)) == 2
    assert len(explorer.trial.curves("shift")) == 2


def test_the_digits_of_the_course_are_never_cut():
    """At no amount of the shift, the size or the rotation does a stroke leave the picture."""
    images, labels = default_test()
    assert len(labels) == 500 and sorted(set(labels)) == list(range(10))
    for change in ("shift", "size", "rotation"):
        wide = np.pad(images, ((0, 0), (8, 8), (8, 8)))
        for amount in AMOUNTS[change].every:
            changed = change_images(wide, change, amount)
            changed[:, 8:-8, 8:-8] = 0
            assert changed.max() < 1e-6


def test_training_with_changes_helps():
    """The second network of the course: better on changed digits, hardly worse on others."""
    images, labels = (part[:1000] for part in load_digits("test"))

    def right(change, amount):
        changed = change_images(images, change, amount)
        networks = default_networks().values()
        return [(each.predict(changed).argmax(axis=1) == labels).mean() for each in networks]

    for change, amount in (
        ("shift", 4),
        ("rotation", 45),
        ("size", 0.6),
        ("thickness", 2),
        ("noise", 0.4),
    ):
        plain, changed = right(change, amount)
        assert changed > plain + 0.05, change
    plain, changed = right("shift", 0)
    assert changed > plain - 0.05


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ({"networks": {}}, "networks must be a dict of 1 to 3 Networks"),
        ({"networks": NETWORKS["a"]}, "networks must be a dict"),
        ({"networks": {"a": 3}}, "networks must be a dict"),
        ({"networks": {**NETWORKS, "c": Network([Flatten(), Dense(4)], (5, 5, 1))}}, "one shape"),
        ({"networks": NETWORKS, "test": (IMAGES, LABELS + 1)}, "labels,.* must be from 0 to 3"),
        ({"networks": NETWORKS, "test": (IMAGES[:, :5], LABELS)}, "images must be"),
        ({"networks": NETWORKS, "test": (IMAGES, LABELS), "change": "turn"}, "change must be"),
        ({"networks": NETWORKS, "test": (IMAGES, LABELS), "controls": ["x"]}, "controls must list"),
    ],
)
def test_a_bad_argument_is_named(arguments, words):
    """In one line, with what was expected and what was given."""
    with pytest.raises((ValueError, TypeError), match=words) as caught:
        ChangeExplorer(**arguments)
    assert "\n" not in str(caught.value) and "got " in str(caught.value)
