"""NamedWeights: the nine weights of a kernel, its name, and a button for random weights."""

from typing import Any

import numpy as np

from helpers.explorers.models.kernel import random_weights
from helpers.explorers.widgets.controls import Button, Choice
from helpers.explorers.widgets.number_grid import OWN_WEIGHTS, Weights
from helpers.kernels import KERNELS, name_of

NAMES = {"--label": "50px"}  # of the panel: the longest name of a kernel fits beside a short label


class NamedWeights:
    """A 3×3 grid of `weights`; the dropdown `preset` names and sets them, `random` draws them.

    `parts` are the three by name.
    """

    def __init__(self, kernel: np.ndarray):
        self.weights = Weights(kernel, label="weights of the kernel")
        names = [(name.replace("_", " "), name) for name in KERNELS]
        named = [(OWN_WEIGHTS, OWN_WEIGHTS), *names]
        self.preset = Choice("kernel", named, OWN_WEIGHTS, "A named kernel")
        self.random = Button(
            "random", "Nine random weights from -1 to 1 that add up to 1", self._take_random
        )
        self.parts = {"weights": self.weights, "kernel": self.preset, "random": self.random}
        self._name()
        self.weights.observe(self._name, "value")
        self.preset.observe(self._take_preset, "value")

    def _name(self, change: Any = None) -> None:
        """Set the dropdown to the name of the current weights."""
        self.preset.value = name_of(self.weights.kernel) or OWN_WEIGHTS

    def _take_preset(self, change: Any) -> None:
        chosen = change["new"]  # another thread may have set the dropdown since
        if chosen in KERNELS and chosen != name_of(self.weights.kernel):
            self.weights.kernel = KERNELS[chosen]
        self._name()

    def _take_random(self) -> None:
        self.weights.kernel = random_weights(np.random.default_rng())
