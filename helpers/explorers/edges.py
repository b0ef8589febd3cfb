"""EdgeExplorer: vertical edges, horizontal edges, their magnitude and direction, side by side."""

from collections.abc import Callable, Collection

from helpers.convolution import convolve as library_convolve
from helpers.edges import EdgeMaps
from helpers.explorers.base import Explorer
from helpers.explorers.models.edges import (
    KEY_ALT,
    KEY_NOTE,
    LONGEST_DIRECTION_NOTE,
    LONGEST_READING,
    EdgeControls,
    EdgeView,
    compute,
    explain,
    key_place,
    values_at,
)
from helpers.explorers.models.in_words import edges_in_words
from helpers.explorers.models.memo import Memo
from helpers.explorers.models.picture import CUT_NOTE, SCALE_NOTE
from helpers.explorers.panels.chosen_controls import choose_controls
from helpers.explorers.widgets.controls import Choice
from helpers.explorers.widgets.element import Text, fold, row
from helpers.explorers.widgets.image_picker import ImageInput, ImagePicker
from helpers.explorers.widgets.image_view import POINTING, ImageView, mark
from helpers.explorers.widgets.number_grid import Number
from helpers.images import to_gray
from helpers.validation import as_function

SHOWN = "image", "kernels"  # the other controls are folded away
TITLES = {
    "image": "image",
    "vertical": "vertical edges",
    "horizontal": "horizontal edges",
    "magnitude": "magnitude",
    "direction": "direction",
    "key": "color key",
}
NOTES = {
    "vertical": CUT_NOTE,
    "horizontal": CUT_NOTE,
    "magnitude": SCALE_NOTE,
    "direction": LONGEST_DIRECTION_NOTE,
    "key": KEY_NOTE.format("0.123"),
}
# three pictures in a row, two on a phone; so wide that two rows fit on a screen of the usual shape
COLUMNS = "repeat(auto-fit, minmax(min(100%, max(156px, min(22cqi, 220px))), 1fr))"
WIDTH = "clamp(490px, 77.5cqi, 781px)"
FAMILIES = [("Sobel", "sobel"), ("Prewitt", "prewitt"), ("Scharr", "scharr")]


class EdgeExplorer(Explorer):
    """An image and its four edge maps; the pixel under the cursor is marked in all of them.

    Parameters
    ----------
    image : whatever `load_image` takes, or an (H, W) or (H, W, 3) array in [0, 1]
    convolve : function(image, kernel) that computes the vertical and the horizontal edges
        It may be your own. It is called with a gray image, padded by one pixel on every side with
        the nearest pixels, and a 3×3 kernel. The image is then small, since loops are slow.
    controls : names of the controls that are shown at once; the others are behind "more controls"
        From "image", "size", "upload", "kernels", "threshold"; the image and the kernels if left out.

    `threshold.number` is the least magnitude that counts as an edge; what is less is drawn as 0 in
    the pictures of magnitude and direction. `maps` is an `EdgeMaps`; `views["vertical"].picture` and so on are the pictures shown.
    """

    user_function = ("convolve", library_convolve)

    def __init__(
        self,
        image: ImageInput = "stairs",
        convolve: Callable = library_convolve,
        controls: Collection[str] | None = None,
    ):
        self.convolve = as_function("convolve", convolve)
        own = convolve is not library_convolve
        self.memo = Memo()
        self.picker = ImagePicker(image, longest=64 if own else 256, gray=True)
        self.family = Choice("kernels", FAMILIES, "sobel", "The pair of edge kernels")
        self.threshold = Number(
            "threshold", 0, min=0, max=16, help="The least magnitude that counts as an edge"
        )
        self.key, views = self._build_views()
        self.reading = Text(room_for=LONGEST_READING)
        names = {**self.picker.parts, "kernels": self.family, "threshold": self.threshold}
        del names["gray"]  # edges are computed from brightness
        shown, folded = choose_controls(names, controls, SHOWN)
        tree = [
            row(*shown, fold(*folded), Text(POINTING), align_items="center", **{"--label": "auto"}),
            self.reading,
            row(
                *views,
                self.key,
                display="grid",
                grid_template_columns=COLUMNS,
                max_width=WIDTH,
                gap="8px",
            ),
        ]
        stills = [views[:3], [*views[3:], self.key], [self.reading]]
        super().__init__(tree, (self.picker, self.family, self.threshold), stills)
        self.follow(self._explain, views, "cursor", "pinned")

    def _build_views(self) -> tuple[ImageView, list[ImageView]]:
        """Return the color key, and the pictures of the image and its maps."""
        every = {
            name: ImageView(title=title, width=260, room_for={"note": NOTES.get(name, "")})
            for name, title in TITLES.items()
        }
        key = every.pop("key")
        for view in every.values():
            view.interactive = True
        self.views = every
        return key, list(every.values())

    def read(self) -> EdgeControls:
        return EdgeControls(
            image=self.memo("gray", to_gray, self.picker.value),  # it may be in color, set by code
            image_name=self.picker.name.value,
            family=self.family.value,
            convolve=self.convolve,
            threshold=self.threshold.number,
        )

    def compute(self, controls: EdgeControls) -> EdgeView:
        return compute(controls, self.memo)

    def show(self, view: EdgeView) -> None:
        for name, each in self.views.items():
            least = self._least() if name in ("magnitude", "direction") else ""
            alt = f"{TITLES[name]} of {self.controls.image_name}{least}"
            each.show(view.pictures[name], alt=alt)
        self.key.show(view.pictures["key"], alt=KEY_ALT)
        if self.is_new("image"):
            self.views["image"].cursor, self.views["image"].pinned = view.strongest, False
        self._explain(self.views["image"])

    def _explain(self, source: ImageView) -> None:
        """Mark the pixel under the cursor of `source` everywhere, and show its values."""
        position = source.cursor
        for view in self.views.values():
            view.cursor, view.pinned = position, source.pinned
            view.marks = [mark(*position)]
            view.reading = values_at(self.maps, position)
        row, column = position
        self.views["image"].marks = [mark(row - 1, column - 1, 3, 3), mark(row, column, thin=True)]
        self.key.marks = [mark(*key_place(self.computed, position))]
        self.reading.value = explain(self.maps, position)

    @property
    def maps(self) -> EdgeMaps:
        """The four edge maps."""
        return self.computed.maps

    def summary(self) -> str:
        return f"{self.controls.family.capitalize()} edges of {self.controls.image_name}"

    def describe(self) -> str:
        family = self.controls.family.capitalize()
        return f"EdgeExplorer: {self.controls.image_name}, {family} kernels{self._least()}"

    def alt_text(self) -> str:
        return f"{self.describe()}; {edges_in_words(self.maps)}"

    def _least(self) -> str:
        threshold = self.controls.threshold
        return f", magnitudes of {threshold:g} or more" if threshold else ""
