"""InsideExplorer: draw a digit, see every layer answer, and ask any cell what it looked at."""

import asyncio
from contextlib import suppress

import numpy as np

from helpers.explorers.base import Explorer, choice, row, text, tick, write
from helpers.explorers.models.digit_sources import LETTERS, letter, letter_name, noise
from helpers.explorers.panels.attribution import Why
from helpers.explorers.panels.cell import Cell
from helpers.explorers.widgets.chart import Bars
from helpers.explorers.widgets.image_upload import OwnPicture
from helpers.explorers.widgets.image_view import ImageView, mark
from helpers.explorers.widgets.map_grid import Maps
from helpers.explorers.widgets.number_grid import Number
from helpers.explorers.widgets.sketch_pad import Pad
from helpers.images import load_within
from helpers.network import (
    Dense,
    Flatten,
    as_digit,
    explain_cell,
    receptive_field,
)
from helpers.network.datasets.digits import shared_digits
from helpers.network.model import as_network
from helpers.rendering import render
from helpers.validation import as_choice, as_labeled

DRAWING, PICTURE = "your drawing", "your picture"
LONGEST = 512  # pixels of a picture's longer side; more would not be seen in 28
SOON = 0.02  # seconds: a quick pen reports more often than the network can answer


def _as_network(network):
    """Return a network that can be looked into here, or refuse it."""
    if as_network(network).input_shape != (28, 28, 1):
        raise ValueError(f"network must take (28, 28, 1) images; it takes {network.input_shape}")
    ends = [type(layer) for layer in network.layers[-2:]]
    if ends != [Flatten, Dense] or len(network.shapes) < 4:
        names = ", ".join(layer.name for layer in network.layers)
        raise ValueError(f"network must be maps, then Flatten and one Dense; it is {names}")
    if network.classes != 10:
        raise ValueError(f"network must tell ten classes apart; it has {network.classes}")
    return network


class InsideExplorer(Explorer):
    """What a trained network makes of a digit: its answer, every map, and why.

    Parameters
    ----------
    network : Network for images of 28×28 gray pixels that ends with Flatten and Dense(10)
    digits : pair of images (N, 28, 28) in [0, 1] and labels (N,), 0 to 9; the test digits if left out
    source : what it looks at first, "test digit", "your drawing", "letter" or "noise"
    number : int, which of them

    The state can be set and read without a page: `source.value`, `number.number`, `pad.draw(…)`,
    `centered.value`, `why.value`, `sheets[layer].cursor`; `image`, `chances` and `answers` are what
    the network was shown and what it said.
    """

    def __init__(self, network, digits=None, source="test digit", number=0):
        self.network, self._due = _as_network(network), None
        digits = shared_digits("test") if digits is None else digits
        images, self.labels = as_labeled("digits", digits)
        network.as_images(images)
        self._sources = {
            "test digit": lambda n: images[n % len(images)],
            DRAWING: lambda n: as_digit(self.pad.value, self.centered.value),
            PICTURE: lambda n: as_digit(self._picture, self.centered.value),
            "letter": letter,
            "noise": noise,
        }
        self.pad, self._picture = Pad(), np.zeros((28, 28))
        most = max(len(images), LETTERS) - 1
        self._build_controls(as_choice("source", source, self._sources), number, most)
        self._build_screens()
        sheets = list(self.sheets.values())
        stills = [[self.image_screen, self.bars, self._why.screen], sheets[:2], sheets[2:]]
        super().__init__(self._lay_out(), (self.pad, self.number), [*stills, self.cell.screens])
        self.sheets[self._maps.layer].point_at_strongest()
        self._connect()

    def _build_controls(self, source, number, most):
        self.source = choice("image", list(self._sources), source, "What to look at", "200px")
        self.number = Number("number", number, min=0, max=most, step=1, help="Which one of them")
        self.number.layout.width = "260px"
        self.centered = tick(
            "centered", True, "Bring what you draw or open to the middle, as MNIST's digits were"
        )
        self.own_picture = OwnPicture(
            lambda name, content: self.attempt(lambda: self._open(name, content)),
            lambda line: self.attempt(lambda: self._complain(line)),
        )

    def _build_screens(self):
        self.image_screen = ImageView(width=224, layout={"flex": "0 1 224px"})
        self.bars = Bars("how sure it is", "0123456789")
        self.verdict, self.cell, self._why = text(), Cell(), Why()
        self._maps = Maps(self.network.layers[:-2], lambda: self.attempt(self._explain_cell))
        self.sheets, self.why = self._maps.sheets, self._why.choice

    def _lay_out(self):
        return [
            row(self.source, self.number, self.centered, align_items="center"),
            self.own_picture,
            row(self.pad, self.image_screen, self.bars),
            self.verdict,
            self._maps.box,
            text("Point at a cell of any map. A click holds it; the arrow keys move it."),
            self.cell,
            self.why,
            self._why.screen,
        ]

    def _connect(self):
        for control in (self.source, self.number, self.centered):
            control.observe(self.refresh, "value")
        self.pad.observe(self._drawn, "value")
        self.why.observe(lambda change: self.attempt(self._explain_answer), "value")

    def _drawn(self, change):
        """Look at the drawing: at once, or soon where the page may bring more of the stroke."""
        if self.pad.painting:
            with suppress(RuntimeError):  # no loop runs: then at once
                loop = asyncio.get_running_loop()
                self._due = self._due or loop.call_later(SOON, self._look_at_drawing)
                return
        self._look_at_drawing()

    def _look_at_drawing(self):
        if self._due:
            self._due.cancel()
        self._due = None
        with self.keeping_step():
            self.source.value = DRAWING
        self.refresh()

    def _open(self, name, content):
        """Look at a photograph of a digit, in a file or from the camera."""
        try:
            self._picture = load_within(content, LONGEST, gray=True)
        except ValueError as error:
            raise ValueError(f"{name}: {error}") from None
        self.source.value = PICTURE
        self.update()

    def _complain(self, line):
        raise ValueError(line)

    def update(self):
        image = self._sources[self.source.value](self.number.number)
        answers = self.network.layer_outputs(image[None])
        chances = self.network.predict(image[None])[0]
        if not np.isfinite(chances).all():
            raise ValueError("network must hold finite numbers; some are infinite or NaN")
        seen = render(image, "as a photo").without_scale()
        # from here on nothing can fail: all that is shown changes together
        self.image, self.answers, self.chances = image, answers, chances
        self.said = int(chances.argmax())
        self.number.disabled = self.source.value in (DRAWING, PICTURE)
        self.centered.disabled = not self.number.disabled
        self._name()
        self.image_screen.show(seen, title="what the network gets, 28×28", alt=self.caption)
        self.bars.show(chances.tolist())
        self._maps.show([self.answers[number][..., 0] for number in self.sheets], self.caption)
        self._explain_cell()
        self._explain_answer()

    def _name(self):
        kind, number = self.source.value, self.number.number
        digit = number % len(self.labels)
        known = {
            "test digit": f"test digit {digit}, a {self.labels[digit]}",
            "letter": f"the letter {letter_name(number)}",
            "noise": f"noise {number}",
        }
        self.caption = known.get(kind, kind)
        sure = f"{self.chances[self.said]:.1%}"
        write(self.verdict, f"{self.caption}: the network says {self.said}, {sure} sure.")

    def _explain_cell(self):
        """Mark what the cell depends on, and show the numbers that made it."""
        layer, place = self._maps.layer, self._maps.place
        found = explain_cell(self.network, self.image, layer, *place)
        field = receptive_field(self.network, layer, *place[:2])
        self.image_screen.marks = [mark(*field.clipped(*self.image.shape[:2]))]
        self._maps.mark(found.window)
        self.cell.show(layer, place, found, field)

    def _explain_answer(self):
        self._why.show(self.network, self.image, self.said, self.caption)

    def describe(self):
        return f"InsideExplorer: {self.caption}; the network says {self.said}"
