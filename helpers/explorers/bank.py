"""BankExplorer: four filters make four maps; three filters, each over all four, make three."""

import numpy as np

from helpers.convolution import convolve as library_convolve
from helpers.explorers.base import Explorer, choice, column, row, text, write
from helpers.explorers.models.user_function import convolve_with
from helpers.explorers.widgets.image_picker import ImagePicker
from helpers.explorers.widgets.image_view import ImageView, mark
from helpers.kernels import KERNELS
from helpers.rendering import render
from helpers.validation import as_function

FIRST = {  # where it gets brighter; ReLU drops the opposite way
    "brighter right": KERNELS["sobel_vertical"],
    "brighter left": -KERNELS["sobel_vertical"],
    "brighter below": KERNELS["sobel_horizontal"],
    "brighter above": -KERNELS["sobel_horizontal"],
}
_ONE = KERNELS["identity"]
_LEFT, _RIGHT = np.eye(3)[[0, 0, 0]], np.eye(3)[[2, 2, 2]]  # a column of ones
SECOND = {  # what it looks for, and its slices, one for each map of the first bank
    "edges of every direction": (_ONE, _ONE, _ONE, _ONE),
    "dark upright strokes": (_RIGHT, _LEFT, -_ONE, -_ONE),
    "dark level strokes": (-_ONE, -_ONE, _RIGHT.T, _LEFT.T),
}


class BankExplorer(Explorer):
    """A picture under a bank of four filters, and their maps under a bank of three.

    Parameters
    ----------
    image : sample name, path, a file's bytes, or an (H, W) or (H, W, 3) array in [0, 1]
    convolve : function(image, kernel) that computes the maps
        Your own will do. It is given one channel or map and one 3×3 slice at a time; its answers
        are added up. It starts on a small gray picture, as loops take their time.

    `maps` (H', W', 4) and `answers` (H'', W'', 3) are the two stacks, after ReLU; `filter.value`
    is the filter of the second bank that is looked at.
    """

    user_function = ("convolve", library_convolve)

    def __init__(self, image="letters", convolve=library_convolve):
        self.convolve = as_function("convolve", convolve)
        own = convolve is not library_convolve
        self.picker = ImagePicker(image, longest=32 if own else 64, gray=own)
        self.filter = choice(
            "filter of bank 2", list(SECOND), list(SECOND)[1], "Which filter to look at", "320px"
        )
        self._build_screens()
        stills = [[self.input, *self.map_screens], self.slices, self.answer_screens]
        super().__init__(self._lay_out(), (self.picker,), stills)
        self.picker.observe(self.refresh, "value")
        self.filter.observe(self._choose, "value")
        for screen in self.answer_screens:  # also when the same cell is tapped again
            screen.observe(self._point, ["cursor", "pinned"])

    def _build_screens(self):
        small = {"flex": "1 1 96px", "max_width": "150px"}
        self.input = ImageView(title="image", layout=small, width=150)
        self.map_screens = [ImageView(title=name, width=150) for name in FIRST]
        self.slices = [ImageView(title=f"slice: {name}", width=150, share=0.64) for name in FIRST]
        self.answer_screens = [
            ImageView(
                title=name,
                interactive=True,
                width=200,
                layout={"flex": "1 1 150px", "max_width": "200px"},
            )
            for name in SECOND
        ]
        self.shapes, self.spans = text(), text()

    def _lay_out(self):
        columns = [
            column(*parts, flex="1 1 96px", max_width="150px")
            for parts in zip(self.map_screens, self.slices, strict=True)
        ]
        return [
            self.picker,
            self.shapes,
            row(self.input, *columns),
            self.filter,
            self.spans,
            row(*self.answer_screens),
        ]

    def update(self):
        image = self.picker.value
        deep = image if image.ndim == 3 else image[..., None]
        first = np.stack(list(FIRST.values()), axis=-1)  # (3, 3, 4)
        first = np.repeat(first[:, :, None], deep.shape[2], axis=2)  # (3, 3, C, 4)
        second = np.stack([np.stack(slices, axis=-1) for slices in SECOND.values()], axis=-1)
        maps = np.maximum(_filtered(self.convolve, deep, first), 0)
        answers = np.maximum(_filtered(self.convolve, maps, second), 0)
        views = [
            render(stack[..., k], "ReLU")
            for stack in (maps, answers)
            for k in range(stack.shape[2])
        ]
        seen = render(image, "as a photo").without_scale()
        # from here on nothing can fail: all that is shown changes together
        self.maps, self.answers, self.second = maps, answers, second
        name = self.name = self.picker.name.value
        self.input.show(seen, alt=name)
        for screen, view in zip((*self.map_screens, *self.answer_screens), views, strict=True):
            screen.show(view, alt=f"{screen.title}: map of {name}")
        write(
            self.shapes,
            f"Image {deep.shape} → bank 1, kernel {first.shape} → {maps.shape}"
            f" → bank 2, kernel {second.shape} → {answers.shape}."
            " The maps of bank 1 say where it gets brighter, and which way.",
        )
        self._choose()

    def _point(self, change):
        if not self.busy:
            self.filter.index = self.answer_screens.index(change["owner"])

    def _choose(self, change=None):
        """Show the four slices of the chosen filter, and mark its map."""
        chosen = self.filter.index
        for k, screen in enumerate(self.slices):
            weights = self.second[..., k, chosen]
            view = render(weights, "signed").without_scale()
            screen.show(view, weights, alt=f"slice {k + 1} of {self.filter.value}")
        rows, columns, _ = self.answers.shape
        for k, screen in enumerate(self.answer_screens):
            screen.marks = [mark(0, 0, rows, columns)] if k == chosen else []
        write(
            self.spans,
            "Each slice lies on the map above it; the four sums are added up:"
            f" one map, {rows}×{columns}.",
        )

    def describe(self):
        return f"BankExplorer: {self.name} → {self.maps.shape} → {self.answers.shape}"


def _filtered(function, image, bank):
    """One map for each filter; a learner's function makes it channel by channel, to be added up."""
    if function is library_convolve:
        return library_convolve(image, bank)
    _, _, channels, filters = bank.shape
    maps = [
        sum(convolve_with(function, image[..., c], bank[..., c, f], {}) for c in range(channels))
        for f in range(filters)
    ]
    return np.stack(maps, axis=-1)
