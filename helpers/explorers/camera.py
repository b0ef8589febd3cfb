"""CameraExplorer: the learner's camera, live, under a kernel."""

from collections.abc import Callable, Collection

import numpy as np
from numpy.typing import ArrayLike

from helpers.convolution import convolve as library_convolve
from helpers.explorers.base import Explorer
from helpers.explorers.models.camera import SIZES, CameraControls, CameraView, compute
from helpers.explorers.models.memo import Memo
from helpers.explorers.models.picture import CUT_NOTE, longest_title, size_title
from helpers.explorers.panels.chosen_controls import choose_controls
from helpers.explorers.panels.named_weights import NAMES, NamedWeights
from helpers.explorers.widgets.controls import Choice, Compare, Tick
from helpers.explorers.widgets.element import (
    Message,
    Text,
    beside,
    column,
    fold,
    panel,
    row,
)
from helpers.explorers.widgets.image_view import ImageView
from helpers.explorers.widgets.live_camera import LiveCamera
from helpers.explorers.widgets.number_grid import as_weights
from helpers.kernels import KERNELS
from helpers.rendering import VIEWS
from helpers.validation import as_choice, as_function

SHOWN = "weights", "kernel", "show"  # the other controls are folded away
LONGEST_NOTE = f"each channel: middle gray is 0; {CUT_NOTE}"
PRIVACY = "Frames go only to this notebook's kernel; none are stored."


class CameraExplorer(Explorer):
    """The pictures of the learner's camera, the nine weights of a kernel, and the output, live.

    The camera is turned on by a button on the page, and off by the same button, when the page is
    hidden and when the explorer leaves the page. No frame is stored; only the newest is kept.

    Parameters
    ----------
    kernel : name in KERNELS, or a 3×3 array of weights from −10 to 10
    view : how the output is drawn, one of "as a photo", "signed", "absolute", "ReLU"
        The scale depends on the kernel alone, so that it does not flicker.
    convolve : function(image, kernel) that computes the output image
        It may be your own. The frames are then small at first, since loops are slow.
    color : whether the frames are in color; gray otherwise
    controls : names of the controls that are shown at once; the others are behind "more controls"
        Out of "weights", "kernel", "random", "show", "color", "size".

    `camera.value` is the newest frame, (H, W, 3) uint8, and can be set without a page; `image` is
    what the kernel is applied to, `result` the output, `output.picture` the picture shown.
    """

    user_function = ("convolve", library_convolve)

    def __init__(
        self,
        kernel: str | ArrayLike = "sobel_vertical",
        view: str = "signed",
        convolve: Callable = library_convolve,
        color: bool = False,
        controls: Collection[str] | None = None,
    ):
        self.convolve = as_function("convolve", convolve)
        as_choice("view", view, VIEWS)
        self.memo = Memo()
        size = SIZES[0 if convolve is library_convolve else -1][1]
        self.camera = LiveCamera(size=size)
        named = self.named = NamedWeights(as_weights("kernel", kernel, (3, 3), KERNELS))
        self.weights, self.preset, self.random = named.weights, named.preset, named.random
        self.view = Choice("show", VIEWS, view, "How the output is drawn")
        self.color = Tick("color", color, "Apply the kernel to red, green and blue separately")
        self.size = Choice("frames", SIZES, size, "Width and height of the frames")
        self.size.observe(self._resize, "value")
        flexible = {"flex": "1 1 150px", "max-width": "512px"}
        room = {"title": longest_title("output")}
        self.input = ImageView(style=flexible, room_for=room)
        self.output = ImageView(style=flexible, room_for={**room, "note": LONGEST_NOTE})
        inputs = self.camera, self.weights, self.view, self.color, self.size
        super().__init__(self._lay_out(controls), inputs, [[self.input, self.output]])

    def _lay_out(self, chosen: Collection[str] | None) -> list:
        names = {**self.named.parts, "show": self.view, "color": self.color, "size": self.size}
        shown, folded = choose_controls(names, chosen, SHOWN)
        self.message = Message()
        pictures = column(
            row(self.camera, Text(PRIVACY), align_items="center", gap="8px"),
            row(self.input, self.output, flex_flow="row nowrap"),
        )
        controls = panel(*shown, Compare(self.input, self.output), fold(*folded), **NAMES)
        return [beside(controls, pictures, self.message, width=196)]

    def _resize(self, change: dict) -> None:
        self.camera.size = change["new"]

    def read(self) -> CameraControls:
        return CameraControls(
            frame=self.camera.value,
            size=self.size.value,
            color=self.color.value,
            kernel=self.weights.kernel,
            view=self.view.value,
            convolve=self.convolve,
        )

    def compute(self, controls: CameraControls) -> CameraView:
        return compute(controls, self.memo)

    def show(self, view: CameraView) -> None:
        self.input.show(
            view.image_view, title=size_title("camera", view.image), alt="what the camera sees"
        )
        self.output.show(
            view.output, title=size_title("output", view.result), alt=f"output: {view.caption}"
        )

    def lose_sight(self) -> None:
        self.camera.stop()
        super().lose_sight()

    @property
    def image(self) -> np.ndarray:
        """The newest frame as an image, (H, W) or (H, W, 3)."""
        return self.computed.image

    @property
    def result(self) -> np.ndarray:
        """The output image."""
        return self.computed.result

    def summary(self) -> str:
        """While frames come, only the kernel is spoken: the output never settles."""
        return self.computed.caption if self.camera.owner else self.computed.summary

    def describe(self) -> str:
        return f"CameraExplorer: {self.computed.caption}"
