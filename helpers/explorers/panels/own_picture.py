"""OwnPicture: a picture of the learner's, drawn, opened from a file or seen by the camera."""

from collections.abc import Callable
from typing import Any

import numpy as np
from PIL import Image
from traitlets import Any as AnyTrait
from traitlets import HasTraits, Unicode

from helpers.explorers.widgets.element import Text, column, row
from helpers.explorers.widgets.file_upload import FileUpload
from helpers.explorers.widgets.live_camera import LiveCamera
from helpers.explorers.widgets.sketch_pad import SketchPad
from helpers.images import load_image, to_gray
from helpers.network.datasets.doodles import as_doodle

FRAME = (60, 80)  # rows and columns of the camera's frames
PEN, PAPER = 6, 224  # width of the pen in cells; CSS pixels of the paper
PRIVACY = "Frames go only to this notebook's kernel; none are stored unless you add them."


class OwnPicture(HasTraits):
    """`value` is the picture, 28×28 in gray or 32×32 in color; `caption` is empty if it is blank.

    Parameters
    ----------
    shape : (28, 28) or (32, 32, 3)
    """

    value = AnyTrait()
    error = Unicode()

    def __init__(self, shape: tuple[int, ...]):
        super().__init__()
        self.shape, self.caption = shape, ""
        self.pad = SketchPad(PAPER)
        self.pad.pen.number = PEN
        self.camera = LiveCamera(size=FRAME)
        self.upload = FileUpload("open file", "Open a picture file", self.open, self.reject)
        self.value = np.zeros(shape, np.float32)
        self.pad.observe(self._draw, "value")
        self.camera.observe(self._see, "value")
        for part in (self.pad, self.camera):
            part.observe(lambda change: self.set_trait("error", change["new"]), "error")
        pad = self.pad
        self.box = column(
            pad.paper, row(pad.undo_button, pad.clear_button, self.upload, gap="8px"), self.camera,
            Text(PRIVACY),
        )  # fmt: skip

    def _draw(self, change: Any = None) -> None:
        drawn = bool(self.pad.value.any())
        self._take(self._as_input(as_doodle(self.pad.value)), "Your drawing" if drawn else "")

    def _as_input(self, doodle: np.ndarray) -> np.ndarray:
        if len(self.shape) == 2:
            return doodle
        return np.repeat(np.pad(doodle, 2)[..., None], 3, axis=2)

    def _see(self, change: Any) -> None:
        frame = self.camera.value
        if frame is not None:
            side = min(frame.shape[:2])
            top, left = ((n - side) // 2 for n in frame.shape[:2])
            self._take(self.read(frame[top : top + side, left : left + side]), "The camera")

    def open(self, name: str, content: bytes) -> None:
        """Show a picture file."""
        self.try_to(lambda: self._take(self.read(content), "Your picture"), name)

    def read(self, source: Any) -> np.ndarray:
        """Return a file's bytes, or a frame, as an input of the network: its middle, made smaller."""
        if isinstance(source, np.ndarray):
            source = Image.fromarray(np.ascontiguousarray(source))
        image = load_image(source, gray=len(self.shape) == 2, size=self.shape[0])
        if image.shape != self.shape:  # a gray file among those in color
            image = np.repeat(to_gray(image)[..., None], 3, axis=2)
        return image

    def _take(self, image: np.ndarray, caption: str) -> None:
        self.error, self.caption = "", caption
        self.value = (np.round(255 * image) / 255).astype(np.float32)  # as it would be saved

    def try_to(self, job: Callable[[], None], name: str) -> None:
        """Do what may fail with a file of this name; show the reason in one line."""
        try:
            job()
        except ValueError as error:
            self.reject(f"{name}: {error}")

    def reject(self, line: str) -> None:
        """Show why a file was not taken."""
        self.error = line

    def clear(self) -> None:
        """Begin a new drawing."""
        self.pad.clear()
