"""The accuracy on doodles: of how many drawings, with and without augmentation, in another style.

    pip install -r requirements.txt
    python benchmarks/doodles.py

The network of ClassifierExplorer learns for 200 steps from the first 8, 20 or 40 training doodles of each
class. It is tested on the 60 test doodles, which are of the same make, and on 60 drawings by script in each of
two other styles (tests/drawn_by_script.py): heads, and whole animals from the side. The last lines are about
forgetting: 100 more steps on the houses alone, and then 100 on all. Chance is 33 %.
Measured on 27 November 2026.

| doodles of each class | augmented | tested on | seed 0 | seed 1 | seed 2 |
|---|---|---|---|---|---|
| 8 | no | doodles | 92% | 97% | 95% |
| 8 | no | faces | 98% | 100% | 100% |
| 8 | no | side | 53% | 37% | 33% |
| 8 | yes | doodles | 98% | 100% | 98% |
| 8 | yes | faces | 98% | 100% | 100% |
| 8 | yes | side | 53% | 53% | 45% |
| 20 | no | doodles | 98% | 98% | 100% |
| 20 | no | faces | 100% | 100% | 100% |
| 20 | no | side | 40% | 33% | 33% |
| 20 | yes | doodles | 98% | 100% | 98% |
| 20 | yes | faces | 100% | 100% | 100% |
| 20 | yes | side | 52% | 58% | 42% |
| 40 | no | doodles | 100% | 98% | 100% |
| 40 | no | faces | 98% | 100% | 100% |
| 40 | no | side | 33% | 33% | 33% |
| 40 | yes | doodles | 98% | 100% | 100% |
| 40 | yes | faces | 100% | 100% | 100% |
| 40 | yes | side | 40% | 38% | 33% |

| 40 doodles, augmented | seed 0 | seed 1 | seed 2 |
|---|---|---|---|
| after 100 steps on houses | 33% | 33% | 33% |
| after 100 more on all | 100% | 100% | 100% |

Heads in the other style are recognized as well; of what is seen from the side, 33 to 58 % are.
"""

import sys
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from drawn_by_script import STYLES, drawing  # noqa: E402

from helpers.explorers.models.own_training import OwnTraining  # noqa: E402
from helpers.explorers.widgets.sketch_pad import SketchPad  # noqa: E402
from helpers.network import DOODLE_NAMES, Augmentation, LabeledSet, as_doodle, load_doodles  # noqa: E402

SEEDS, STEPS, RATE = (0, 1, 2), 200, 3e-3
NONE = LabeledSet(np.zeros((0, 28, 28), np.float32), np.zeros(0, int), DOODLE_NAMES)
PLAIN = Augmentation(0, 0, 0, 0, 0)


def in_style(style, count=20):
    rng, pad, images = np.random.default_rng(0), SketchPad(), []
    pad.pen.number = 6
    for name in DOODLE_NAMES * count:
        pad.clear()
        for stroke in drawing(style, name, rng):
            pad.draw(stroke)
        images.append(as_doodle(pad.value))
    return LabeledSet(np.array(images), np.arange(3 * count) % 3, DOODLE_NAMES)


def learn(training, part, only, augmentation, steps):
    for _ in range(steps):
        training.learn(part, NONE, only, augmentation, RATE)


def line(name, shares):
    print(f"| {name} | " + " | ".join(f"{share:.0%}" for share in shares) + " |")


def main():
    images, labels = load_doodles()
    tests = {"doodles": LabeledSet(*load_doodles("test"), DOODLE_NAMES)}
    tests |= {style: in_style(style) for style in STYLES}
    print(
        "| doodles of each class | augmented | tested on | "
        + " | ".join(f"seed {k}" for k in SEEDS)
        + " |"
    )
    print("|---|---|---|---|---|---|")
    for count in (8, 20, 40):
        chosen = np.arange(len(labels)) % 40 < count
        part = LabeledSet(images[chosen], labels[chosen], DOODLE_NAMES)
        for word, augmentation in (("no", PLAIN), ("yes", Augmentation())):
            trained = [OwnTraining((28, 28), 3, seed) for seed in SEEDS]
            for each in trained:
                learn(each, part, None, augmentation, STEPS)
            for name, test in tests.items():
                line(f"{count} | {word} | {name}", [each.accuracy(test) for each in trained])
    print("\n| 40 doodles, augmented | " + " | ".join(f"seed {k}" for k in SEEDS) + " |")
    print("|---|---|---|---|")
    for only, name in ((2, "after 100 steps on houses"), (None, "after 100 more on all")):
        for each in trained:
            learn(each, part, only, Augmentation(), 100)
        line(name, [each.accuracy(tests["doodles"]) for each in trained])


if __name__ == "__main__":
    main()
