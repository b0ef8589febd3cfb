"""EdgeExplorer: vertical edges, horizontal edges, their magnitude and direction, side by side."""

from collections.abc import Callable

from helpers.convolution import convolve as library_convolve
from helpers.edges import EdgeMaps
from helpers.explorers.base import Explorer
from helpers.explorers.models.edges import (
    LONGEST_READING,
    EdgeControls,
    EdgeView,
    compute,
    explain,
)
from helpers.explorers.models.memo import Memo
from helpers.explorers.widgets.controls import Choice
from helpers.explorers.widgets.element import Text, row
from helpers.explorers.widgets.image_picker import ImageInput, ImagePicker
from helpers.explorers.widgets.image_view import ImageView, mark
from helpers.images import to_gray
from helpers.validation import as_function

TITLES = {
    "image": "image",
    "vertical": "vertical edges",
    "horizontal": "horizontal edges",
    "magnitude": "magnitude",
    "direction": "direction, dark to bright",
}
FAMILIES = [("Sobel", "sobel"), ("Prewitt", "prewitt"), ("Scharr", "scharr")]


class EdgeExplorer(Explorer):
    """An image and its four edge maps; the pixel under the cursor is marked in all of them.

    Parameters
    ----------
    image : sample name, path, a file's bytes, or an (H, W) or (H, W, 3) array in [0, 1]
    convolve : function(image, kernel) that computes the vertical and the horizontal edges
        It may be your own. It is called with a gray image, padded by one pixel on every side with
        the nearest pixels, and a 3×3 kernel. The image is then small, since loops are slow.

    `maps` is an `EdgeMaps`; `views["vertical"].picture` and so on are the pictures shown.
    """

    user_function = ("convolve", library_convolve)

    def __init__(self, image: ImageInput = "stairs", convolve: Callable = library_convolve):
        self.convolve = as_function("convolve", convolve)
        own = convolve is not library_convolve
        self.memo = Memo()
        self.picker = ImagePicker(image, longest=64 if own else 512, gray=True)
        self.picker.gray.hidden = True  # edges are computed from brightness
        self.family = Choice("kernels", FAMILIES, "sobel", "The pair of edge kernels")
        self.views = {
            name: ImageView(title=title, interactive=True, width=270)
            for name, title in TITLES.items()
        }
        self.reading = Text(room_for=LONGEST_READING)
        views = list(self.views.values())
        columns = "repeat(auto-fit, minmax(184px, 1fr))"  # three, or fewer where the page is narrow
        tree = [
            row(self.picker, self.family, align_items="center"),
            Text("Point at a pixel of any picture. A click pins it; the arrow keys move it."),
            self.reading,
            row(*views, display="grid", grid_template_columns=columns, max_width="770px"),
        ]
        super().__init__(tree, (self.picker, self.family), [views[:3], views[3:]])
        self.follow(self._explain, views, "cursor", "pinned")

    def read(self) -> EdgeControls:
        return EdgeControls(
            image=self.memo("gray", to_gray, self.picker.value),  # it may be in color, set by code
            image_name=self.picker.name.value,
            family=self.family.value,
            convolve=self.convolve,
        )

    def compute(self, controls: EdgeControls) -> EdgeView:
        return compute(controls, self.memo)

    def show(self, view: EdgeView) -> None:
        for name, picture in view.pictures.items():
            self.views[name].show(picture, alt=f"{TITLES[name]} of {self.controls.image_name}")
        if self.is_new("image"):
            self.views["image"].center()
        self._explain(self.views["image"])

    def _explain(self, source: ImageView) -> None:
        """Mark the pixel under the cursor of `source` in every picture, and show its values."""
        position = source.cursor
        for view in self.views.values():
            view.cursor, view.pinned = position, source.pinned
            view.marks = [mark(*position)]
        self.reading.value = explain(self.maps, position)

    @property
    def maps(self) -> EdgeMaps:
        """The four edge maps."""
        return self.computed.maps

    def describe(self) -> str:
        family = self.controls.family.capitalize()
        return f"EdgeExplorer: {self.controls.image_name}, {family} kernels"
