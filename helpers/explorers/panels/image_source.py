"""ImageSource: the input of a network, a test image or noise; for digits also drawings and letters."""

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np
from traitlets import Any as AnyTrait
from traitlets import HasTraits, Unicode

from helpers.explorers.models.digit_sources import LETTERS, letter_name, letter_page, noise
from helpers.explorers.widgets.controls import Choice, Tick
from helpers.explorers.widgets.image_upload import ImageUpload
from helpers.explorers.widgets.number_grid import Number
from helpers.explorers.widgets.sketch_pad import SketchPad
from helpers.images import load_within
from helpers.network.preprocessing import DigitStep, digit_steps
from helpers.validation import as_choice

TEST, DRAWING, PICTURE = "test image", "your drawing", "your picture"
DIGIT = (28, 28, 1)  # shape of the images that can be drawn
LONGEST = 512  # pixels of the longer side of a photograph, more than enough for 28


class SourceImage(NamedTuple):
    """An image (H, W) or (H, W, C), its caption, the steps by which it was made, its label, if any."""

    image: np.ndarray
    caption: str
    steps: tuple[DigitStep, ...] = ()
    label: int | None = None


class ImageSource(HasTraits):
    """Controls to choose an image for a network; `value` is the `SourceImage`.

    `parts` are the controls by name; the `pad` to draw on is laid out apart from them.

    Parameters
    ----------
    test : pair of images (N, H, W) or (N, H, W, C) and labels (N,)
    class_names : list of str
    shape : (H, W, C) of the network's input; drawings, photographs and letters are offered only
        for (28, 28, 1)
    source : str, the initial source
    number : int, the number of the image within its source
    """

    value = AnyTrait()
    error = Unicode()

    def __init__(
        self,
        test: tuple[np.ndarray, np.ndarray],
        class_names: list[str],
        shape: tuple[int, ...],
        source: str,
        number: int,
    ):
        super().__init__()
        self._images, self._labels = test
        self._class_names, self._shape = class_names, shape
        self.draws = shape == DIGIT
        self._picture, self._upload_error = np.zeros(DIGIT[:2]), ""
        self._sources: dict[str, Callable[[int], SourceImage]] = {TEST: self._test_image}
        if self.draws:
            self._sources |= {DRAWING: self._drawing, PICTURE: self._photograph}
            self._sources["letter"] = lambda n: _prepared(
                letter_page(n), True, f"the letter {letter_name(n)}"
            )
        self._sources["noise"] = self._noise
        self._build_controls(as_choice("source", source, self._sources), number)
        self._load()
        for control in (self.source, self.number, self.centered):
            control.observe(self._load, "value")
        self.number.observe(self._update_error, "error")
        self.pad.observe(self._update_error, "error")
        self.pad.observe(lambda change: self._take(DRAWING), "value")

    def _build_controls(self, source: str, number: int) -> None:
        most = max(len(self._images), LETTERS) - 1
        self.source = Choice("image", list(self._sources), source, "The source of the image")
        self.number = Number(
            "number", number, min=0, max=most, step=1, help="The number of the image within its source",
        )  # fmt: skip
        self.centered = Tick(
            "centered", True, "Center the drawing or photograph, as the MNIST digits are"
        )
        self.upload = ImageUpload(self._open, self._reject)
        self.pad = SketchPad()
        self.parts: dict[str, Any] = {"image": self.source, "number": self.number}
        if self.draws:
            self.parts |= {"upload": self.upload, "centered": self.centered, "pen": self.pad.pen}

    def _load(self, change: Any = None) -> None:
        source = self.source.value
        made = source in (DRAWING, PICTURE)
        self.number.disabled, self.centered.disabled = made, not made
        self.pad.dim(source != DRAWING)
        try:
            self.value = self._sources[source](self.number.number)
        except ValueError as error:  # no single digit: what was shown before stays
            self._reject(str(error))
        else:
            self._reject("")

    def _take(self, source: str) -> None:
        """Show the image just drawn or opened."""
        if self.source.value == source:
            self._load()
        else:
            self.source.value = source

    def _test_image(self, number: int) -> SourceImage:
        place = number % len(self._images)
        label = int(self._labels[place])
        caption = f"test image {place}, labeled {self._class_names[label]}"
        return SourceImage(self._images[place], caption, label=label)

    def _noise(self, number: int) -> SourceImage:
        shape = self._shape if self._shape[2] > 1 else self._shape[:2]
        return SourceImage(noise(number, shape), f"noise {number}")

    def _drawing(self, number: int) -> SourceImage:
        return _prepared(self.pad.value, self.centered.value, DRAWING)

    def _photograph(self, number: int) -> SourceImage:
        return _prepared(self._picture, self.centered.value, PICTURE)

    def _open(self, name: str, content: bytes) -> None:
        """Show a photograph of a digit, from a file or the camera."""
        try:
            self._picture = load_within(content, LONGEST, gray=True)
        except ValueError as error:
            self._reject(f"{name}: {error}")
        else:
            self._take(PICTURE)

    def _reject(self, line: str) -> None:
        self._upload_error = line
        self._update_error()

    def _update_error(self, change: Any = None) -> None:
        lines = self._upload_error, self.number.error, self.pad.error
        self.error = next(filter(None, lines), "")


def _prepared(picture: np.ndarray, centered: bool, caption: str) -> SourceImage:
    """Bring a picture to the form of a digit."""
    steps = digit_steps(picture, centered)
    return SourceImage(steps[-1].picture, caption, steps)
