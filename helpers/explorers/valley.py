"""ValleyExplorer: the loss over two weights of a kernel as a bowl, and gradient descent as a ball."""

from collections.abc import Collection
from typing import Any

import numpy as np

from helpers.explorers.base import Explorer
from helpers.explorers.models.kernel_descent import make_task
from helpers.explorers.models.memo import Memo
from helpers.explorers.models.picture import CUT_NOTE
from helpers.explorers.models.valley import (
    CELLS,
    LONGEST_LINE,
    START,
    Cell,
    Valley,
    ValleyControls,
    ValleyView,
    cell_of,
    compute,
    offset_of,
)
from helpers.explorers.panels.chosen_controls import choose_controls
from helpers.explorers.panels.descent_pictures import short
from helpers.explorers.widgets.controls import Choice
from helpers.explorers.widgets.element import COVERING, Group, Message, Text, fold, panel, row
from helpers.explorers.widgets.image_picker import ImageInput, ImagePicker
from helpers.explorers.widgets.image_view import ImageView, mark, path_mark
from helpers.explorers.widgets.number_grid import Number
from helpers.explorers.widgets.runner import Runner
from helpers.explorers.widgets.still import StillColumn
from helpers.images import to_gray
from helpers.kernels import KERNELS
from helpers.messages import describe
from helpers.validation import as_choice

SHOWN = "learning_rate", "image", "weight_across", "weight_up"  # the others are folded away
PANEL = {  # on a narrow page two short columns
    "flex": "1 1 440px", "--panel": "clamp(150px, 100cqi - 380px, 210px)",
    "--label": "clamp(0px, 100cqi - 400px, 98px)", "column-gap": "clamp(6px, 100cqi - 400px, 16px)",
}  # fmt: skip
BOWL, PICTURE = 400, 190  # CSS pixels
RATES = 0.1, 100.0  # the smallest and the largest learning rate
CHOICES = [(f"({i}, {j})", (i, j)) for i, j in np.ndindex(3, 3)]  # (row, column)


class ValleyExplorer(Explorer):
    """The loss over two weights of a 3×3 kernel; a ball rolls on it by gradient descent.

    Parameters
    ----------
    image : whatever `load_image` takes, or an (H, W) array in [0, 1]; its mean is subtracted
    target : name in KERNELS, of the kernel that made the target
    weights : the (row, column) of the weight across the map, and of the one up the map
        The seven others keep the values of the target, so the map shows all there is to see.
    rate : float, the learning rate
    controls : names of the controls that are shown at once; the others are behind "more controls".
        Out of "image", "weight_across", "weight_up", "learning_rate", "target_kernel",
        "steps_per_second", "size", "upload".

    `runner` starts, pauses and steps; `put(across, up)` places the ball, in weights from the
    target's; `loss` is the loss there, `limit` the learning rate above which it climbs.
    """

    def __init__(
        self,
        image: ImageInput = "camera",
        target: str = "sobel_vertical",
        weights: tuple[Cell, Cell] = ((0, 2), (1, 2)),
        rate: float = 5.0,
        controls: Collection[str] | None = None,
    ):
        self.memo = Memo()
        across, up = _as_cells(weights)
        self.picker = ImagePicker(image, longest=64, gray=True)
        self._build_controls(as_choice("target", target, KERNELS), across, up, rate)
        self.valley = Valley(make_task(self._picked(), target), (across, up))
        self._build_views()
        inputs = (
            self.picker, self.target, self.across, self.up, self.runner, self.rate, self.pace
        )  # fmt: skip
        right = StillColumn(self.image_view, self.target_view, self.output_view)
        stills = [[self.bowl, right, self.kernel_view], [self.line]]
        super().__init__(self._lay_out(controls), inputs, stills, self.runner.lock)
        self.bowl.observe(self._drag, ["cursor", "pinned"])

    def _build_controls(self, target: str, across: Cell, up: Cell, rate: float) -> None:
        names = [(name.replace("_", " "), name) for name in KERNELS]
        self.target = Choice("target kernel", names, target, "The kernel that made the target")
        self.across = Choice(
            "weight across", CHOICES, across, "(row, column) of the weight that grows to the right"
        )
        self.up = Choice("weight up", CHOICES, up, "(row, column) of the weight that grows upward")
        least, most = RATES
        self.rate = Number(
            "learning rate", rate, min=least, max=most, step=0.1,
            help="The step is the gradient times this rate", parameter="rate",
        )  # fmt: skip
        self.pace = Number(
            "steps per second", 8, min=1, max=1000, step=1, help="The speed of the ball"
        )
        self.runner = Runner(
            self._step, self._begin_again, self.refresh,
            "One step of gradient descent", "Put the ball back where it began",
            lambda: self.pace.number, self.batch,
        )  # fmt: skip

    def _build_views(self) -> None:
        self.bowl = ImageView(title="loss", width=BOWL, interactive=True, pinned=True)
        self.image_view = ImageView(title="image", width=PICTURE)
        self.kernel_view = ImageView(title="kernel", width=120)
        room = {"note": short(CUT_NOTE)}
        self.target_view = ImageView(title="target", width=PICTURE, room_for=room)
        self.output_view = ImageView(title="output", width=PICTURE, room_for=room)
        self.line = Text(room_for=LONGEST_LINE)

    def _lay_out(self, chosen: Collection[str] | None) -> list:
        parts = self.picker.parts
        named = {
            "learning_rate": self.rate, "image": parts["image"], "weight_across": self.across,
            "weight_up": self.up, "target_kernel": self.target, "steps_per_second": self.pace,
            "size": parts["size"], "upload": parts["upload"],
        }  # fmt: skip
        shown, folded = choose_controls(named, chosen, SHOWN)
        self.message = Message(style=COVERING)
        views = self.image_view, self.kernel_view, self.target_view, self.output_view
        return [
            row(self.runner, panel(*shown, **PANEL), fold(*folded)),
            self.message,
            self.line,
            Group("valley", (self.bowl, *views), {}),
        ]

    def _picked(self) -> np.ndarray:
        """The image in gray, also if code has set it to color."""
        return self.memo("gray", to_gray, self.picker.value)

    def _current(self) -> Valley:
        return self.valley.on(self._picked(), self.target.value, (self.across.value, self.up.value))

    def _step(self) -> None:
        self.valley = self._current().step(self.rate.number)

    def _begin_again(self) -> None:
        self.valley = self.valley.put(*START)

    def put(self, across: float, up: float) -> None:
        """Put the ball at a place of the map: two weights minus those of the target."""
        with self.lock:
            row, column = (round(each) for each in cell_of((across, up)))
            if not (0 <= row < CELLS and 0 <= column < CELLS):
                raise ValueError(
                    f"across and up must be from -4 to 4; got {describe((across, up))}"
                )
            self.valley = self._current().put(across, up)
            self.runner.error = ""
            self.refresh()

    def _drag(self, change: Any) -> None:
        """Put the ball under the pointer; it stays there, as if pinned, when the pointer leaves."""
        with self.lock:
            if self._busy:
                return
            if change["name"] == "cursor":
                try:
                    self.put(*offset_of(self.bowl.cursor))
                except ValueError as error:  # the controls make no valley: the ball stays
                    row, column = cell_of(self.computed.valley.offset)
                    with self._working():
                        self.bowl.cursor = round(row), round(column)
                    self.report(error)
            self.bowl.pinned = True

    def read(self) -> ValleyControls:
        return ValleyControls(
            image=self._picked(),
            image_name=self.picker.name.value,
            target=self.target.value,
            cells=(self.across.value, self.up.value),
            rate=self.rate.number,
            valley=self.valley,
        )

    def compute(self, controls: ValleyControls) -> ValleyView:
        return compute(controls, self.memo)

    def commit(self, controls: ValleyControls, view: ValleyView) -> None:
        super().commit(controls, view)
        self.valley = view.valley

    def show(self, view: ValleyView) -> None:
        valley, center = view.valley, (CELLS - 1) / 2
        row, column = cell_of(valley.offset)
        path = [cell_of(place) for place in (*valley.path, valley.offset)]
        self.bowl.show(
            view.bowl, alt=f"loss over two weights: {view.caption}",
            axes=view.axes, cursor=(round(row), round(column)),
            reading=f"loss {view.loss:.3g}",
            marks=[mark(center - 3, center - 3, 7, 7, thin=True), path_mark(path)],
        )  # fmt: skip
        self.image_view.show(view.image_view, alt=self.controls.image_name)
        for each, picture in zip((self.target_view, self.output_view), view.maps, strict=True):
            note = short(picture.note)
            each.show(picture._replace(note=note), alt=f"{each.title}: {view.caption}")
        marks = [mark(*cell) for cell in valley.cells]
        self.kernel_view.show(
            view.kernel_view, valley.kernel, alt="kernel of the ball", marks=marks
        )
        self.line.value = view.line

    @property
    def loss(self) -> float:
        """The loss at the ball."""
        return self.computed.loss

    @property
    def limit(self) -> float:
        """The learning rate above which the ball climbs."""
        return self.computed.limit

    def summary(self) -> str:
        return f"step {self.valley.count:,}, loss {self.loss:.3g}"

    def describe(self) -> str:
        return f"ValleyExplorer: {self.computed.caption}; loss {self.loss:.2g}"


def _as_cells(weights: Any) -> tuple[Cell, Cell]:
    """Return two different (row, column) of a 3×3 kernel."""
    cells = [cell for _, cell in CHOICES]
    try:
        across, up = (tuple(cell) for cell in weights)
    except (TypeError, ValueError):
        across = up = ()
    if across not in cells or up not in cells or across == up:
        raise ValueError(
            "weights must be two different (row, column) of a 3×3 kernel, from 0 to 2;"
            f" got {describe(weights)}"
        )
    return across, up
