"""BankExplorer: a bank of four filters, and a bank of three filters on the four feature maps."""

from collections.abc import Callable, Collection

import numpy as np

from helpers.convolution import convolve as library_convolve
from helpers.explorers.base import Explorer
from helpers.explorers.models.bank import (
    FIELD,
    FIRST,
    LONGEST_LINE,
    LONGEST_SHAPES,
    SECOND,
    BankControls,
    BankView,
    compute,
    explain,
    strongest,
)
from helpers.explorers.models.in_words import maps_in_words
from helpers.explorers.models.memo import Memo
from helpers.explorers.panels.chosen_controls import choose_controls
from helpers.explorers.panels.flow import flow, joining, sign
from helpers.explorers.widgets.controls import Choice
from helpers.explorers.widgets.element import Element, Group, Message, Text, column, row
from helpers.explorers.widgets.image_picker import ImageInput, ImagePicker
from helpers.explorers.widgets.image_view import ImageView, mark
from helpers.explorers.widgets.still import StillColumn
from helpers.rendering import format_number, render_weights
from helpers.validation import as_function

SHOWN = "image", "filter"  # the other controls are folded away


class BankExplorer(Explorer):
    """An image, the feature maps of four filters, and those of three filters on these maps.

    Parameters
    ----------
    image : whatever `load_image` takes, or an (H, W) or (H, W, 3) array in [0, 1]
    convolve : function(image, kernel) that computes the maps
        It may be your own. It is called with one channel or map and one 3×3 slice at a time, and
        the results are added up. The image is then small and gray, since loops are slow.
    controls : names of the controls that are shown at once; the others are behind "more controls"
        Out of "image", "size", "gray", "upload", "filter".

    `maps` (H', W', 4) and `output_maps` (H'', W'', 3) are the two stacks of feature maps, after
    ReLU; `filter.value` is the name of the filter of the second bank whose slices are shown.
    """

    user_function = ("convolve", library_convolve)

    def __init__(
        self,
        image: ImageInput = "letters",
        convolve: Callable = library_convolve,
        controls: Collection[str] | None = None,
    ):
        self.convolve = as_function("convolve", convolve)
        own = convolve is not library_convolve
        self.memo = Memo()
        self.picker = ImagePicker(image, longest=32 if own else 64, gray=own)
        self.filter = Choice(
            "filter of bank 2", SECOND, "dark vertical strokes", "The filter whose slices are shown"
        )
        self._build_views()
        self.shapes, self.line = Text(room_for=LONGEST_SHAPES), Text(room_for=LONGEST_LINE)
        columns = zip(self.map_views, self.slices, strict=True)
        stacks = [
            StillColumn(values, sign("×"), slice_view, centered=True)
            for values, slice_view in columns
        ]
        stills = [[self.input, sign("→"), *stacks], self.output_views, [self.line]]
        super().__init__(self._lay_out(controls), (self.picker,), stills)
        self.follow(self._choose, [self.filter], "value")
        # a tap may be on the same pixel as before: then only `pinned` changes
        self.follow(self._point, self.output_views, "cursor", "pinned")

    def _build_views(self) -> None:
        self.input = ImageView(title="image", width=150)
        self.map_views = [ImageView(title=name, width=150) for name in FIRST]
        self.slices = [ImageView(width=150, share=0.64) for _ in FIRST]
        self.output_views = [ImageView(title=name, interactive=True, width=172) for name in SECOND]
        self.arrows = [
            sign("↓", reserved=True) for _ in SECOND
        ]  # only that of the chosen one is seen

    def _lay_out(self, chosen: Collection[str] | None) -> list:
        named = {**self.picker.parts, "filter": self.filter}
        shown, folded = choose_controls(named, chosen, SHOWN)
        outputs = [
            column(arrow, view, flex="1 1 0", max_width="172px", gap="0")
            for arrow, view in zip(self.arrows, self.output_views, strict=True)
        ]
        parts = (
            self.input, sign("→"), self.shapes,
            *self.map_views, *(sign("×") for _ in FIRST), *self.slices,
            joining("below"), sign("+ → ReLU"),
            row(*outputs, flex_flow="row nowrap", justify_content="center", align_items="flex-end"),
        )  # fmt: skip
        self.message = Message()
        hint = Text(
            "Point at the last three maps; a click pins a pixel. Scales end at the 99th percentile."
        )
        return [flow(shown, folded, self.message, hint, Group("banks", parts, {}), self.line)]

    def read(self) -> BankControls:
        return BankControls(
            image=self.picker.value,
            image_name=self.picker.name.value,
            convolve=self.convolve,
        )

    def compute(self, controls: BankControls) -> BankView:
        return compute(controls, self.memo)

    def show(self, view: BankView) -> None:
        name = self.controls.image_name
        self.input.show(view.image_view, alt=name)
        self.shapes.value = view.shapes
        for views, pictures in (
            (self.map_views, view.map_views),
            (self.output_views, view.output_map_views),
        ):
            for each, picture in zip(views, pictures, strict=True):
                each.show(picture._replace(note=""), alt=f"{each.title}: map of {name}")
        if self.is_new("image"):
            self.pointed = self.output_views[self.filter.index]
            for each in self.output_views:
                each.cursor, each.pinned = strongest(self.output_maps), False
        self._choose()

    def _point(self, source: ImageView) -> None:
        self.pointed = source
        self.filter.index = self.output_views.index(source)
        self._choose()

    def _choose(self, source: Element | None = None) -> None:
        """Show the slices of the chosen filter; mark its map, and the windows of the cursor."""
        name = self.filter.value
        for k, (slice_view, weights) in enumerate(zip(self.slices, SECOND[name], strict=True)):
            picture = render_weights(weights).without_scale()
            slice_view.show(picture, weights, alt=f"slice {k + 1} of {name}")
        self._mark(self.output_views[self.filter.index], *self.pointed.cursor)
        self.line.value = explain(self.computed, name, self.pointed.cursor)

    def _mark(self, chosen: ImageView, row: int, column: int) -> None:
        """Mark the chosen map, and an output pixel with all that it depends on."""
        rows, columns, _ = self.output_maps.shape
        values = self.output_maps[row, column]
        for view, arrow, value in zip(self.output_views, self.arrows, values, strict=True):
            arrow.hidden = view is not chosen
            frame = [] if view is not chosen else [mark(0, 0, rows, columns)]
            view.marks, view.reading = [*frame, mark(row, column)], format_number(value)
        for view in self.map_views:
            view.marks = [mark(row, column, 3, 3)]
        self.input.marks = [mark(row, column, *FIELD)]

    @property
    def maps(self) -> np.ndarray:
        """The feature maps of the first bank, (H', W', 4), after ReLU."""
        return self.computed.maps

    @property
    def output_maps(self) -> np.ndarray:
        """The feature maps of the second bank, (H'', W'', 3), after ReLU."""
        return self.computed.output_maps

    def summary(self) -> str:
        rows, columns, count = self.output_maps.shape
        return f"{count} maps of {rows}×{columns}; slices of {self.filter.value}"

    def describe(self) -> str:
        sizes = [
            f"{maps.shape[2]} maps of {maps.shape[0]}×{maps.shape[1]}"
            for maps in (self.maps, self.output_maps)
        ]
        return f"BankExplorer: {self.controls.image_name} becomes {', then '.join(sizes)}"

    def alt_text(self) -> str:
        first, second = maps_in_words(self.maps), maps_in_words(self.output_maps)
        return f"{self.describe()}; bank 1: {first}; bank 2: {second}"
