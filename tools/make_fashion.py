"""Draw the part of Fashion-MNIST that ships, and write it to images/fashion/.

Nothing here is needed to take the course: the part ships with it. Run this only to reproduce or
change it. It needs a folder with the four IDX files of Fashion-MNIST, packed or not, such as
/usr/share/datasets/fashion-mnist of Debian's package dataset-fashion-mnist:

    python tools/make_fashion.py folder

They must be Fashion-MNIST, byte for byte. Of each class, 1,000 training and 200 test pictures are
drawn with a fixed seed; they keep their order.
"""

import sys
from pathlib import Path

import numpy as np
from contact_sheets import save_set

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from helpers.network import load_fashion

OF_EACH = {"train": 1000, "test": 200}


def main(folder):
    for split, count in OF_EACH.items():
        images, labels = load_fashion(split, full=True, folder=folder)
        rng = np.random.default_rng(0)
        classes = [np.flatnonzero(labels == label) for label in range(10)]
        drawn = [rng.choice(places, count, replace=False) for places in classes]
        chosen = np.sort(np.concatenate(drawn))
        codes = np.rint(255 * images[chosen]).astype(np.uint8)
        save_set("fashion", split, codes, labels[chosen].astype(np.uint8))


if __name__ == "__main__":
    main(*sys.argv[1:])
