"""ImagePicker: choose a sample, a file or an array, its size, and color or gray."""

from typing import Any, TypeAlias

import numpy as np
from numpy.typing import ArrayLike
from traitlets import Any as AnyTrait
from traitlets import HasTraits, Unicode

from helpers.explorers.widgets.controls import Choice, Tick
from helpers.explorers.widgets.element import row
from helpers.explorers.widgets.image_upload import ImageUpload
from helpers.images import load_within, read_within, to_gray
from helpers.picture_arrays import as_picture
from helpers.picture_files import Source, is_picture_source, sample_names

ImageInput: TypeAlias = Source | ArrayLike  # whatever `load_image` takes, or an array
SIZES = (16, 32, 64, 128, 256, 512)


class ImagePicker(HasTraits):
    """Controls to choose an image; `value` is the array, float32 in [0, 1].

    `parts` are the controls by name, `box` is all of them in a row. `chosen` is the source of the
    image and its longer side; it is replaced with another picture, not in gray.
    """

    value = AnyTrait()
    chosen: tuple = (None, 0)
    error = Unicode()  # about the last file, if it could not be read

    def __init__(self, image: ImageInput = "cat", longest: int = 512, gray: bool = False):
        super().__init__()
        self._sources: dict[str, Any] = {name: name for name in sample_names()}
        self._largest = max(*SIZES, longest)  # files are decoded once, and kept at this size
        self._files: set[str] = set()  # names of the uploaded files
        chosen = self._add(image)
        self.name = Choice("image", self._sources, chosen, "The image to work on")
        sizes = [(f"up to {n} pixels", n) for n in sorted({*SIZES, longest})]
        self.longest = Choice("longer side", sizes, longest, "Longer side of the image")
        self.gray = Tick("gray", gray, "Convert a color image to gray")
        self.upload = ImageUpload(self.add_file, self._reject)
        self.parts = {
            "image": self.name, "size": self.longest, "gray": self.gray, "upload": self.upload,
        }  # fmt: skip
        self.box = row(*self.parts.values(), align_items="center")
        self._load()
        for control in (self.name, self.longest, self.gray):
            control.observe(self._load, "value")

    def _add(self, image: Any) -> str:
        """Add a picture or an array to the choices; return its name."""
        if isinstance(image, str) and image in self._sources:
            return image
        if is_picture_source(image):
            self._sources["your picture"] = read_within(image, self._largest)
            return "your picture"
        self._sources["your array"] = as_picture("image", image)
        return "your array"

    def _load(self, change: Any = None) -> None:
        source = self._sources[self.name.value]
        self.longest.disabled = isinstance(source, np.ndarray)
        if isinstance(source, np.ndarray):
            image = to_gray(source) if self.gray.value else source
        else:
            image = load_within(source, self.longest.value, self.gray.value)
        self.error = ""
        if self.chosen[0] is not source or self.chosen[1] != self.longest.value:
            self.chosen = source, self.longest.value
        self.value = image

    def _reject(self, line: str) -> None:
        self.error = line

    def add_file(self, name: str, content: bytes) -> None:
        """Add a file's bytes to the choices and choose it; if they are no picture, set `error`."""
        try:
            picture = read_within(content, self._largest)
        except ValueError as error:
            self.error = f"{name}: {error}"
            return
        while name in self._sources and name not in self._files:
            name += " (yours)"  # the sample of this name is kept
        self._files.add(name)
        self._sources[name] = picture
        self.name.options = list(self._sources)
        if self.name.value == name:
            self._load()  # another file of the same name
        else:
            self.name.value = name
