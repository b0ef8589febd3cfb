"""BankExplorer: a bank of four filters, and a bank of three filters on the four feature maps."""

from collections.abc import Callable

import numpy as np

from helpers.convolution import convolve as library_convolve
from helpers.explorers.base import Explorer
from helpers.explorers.models.bank import FIRST, SECOND, BankControls, BankView, compute
from helpers.explorers.models.memo import Memo
from helpers.explorers.models.picture import SCALE_NOTE
from helpers.explorers.widgets.controls import Choice
from helpers.explorers.widgets.element import Element, Text, column, row
from helpers.explorers.widgets.image_picker import ImageInput, ImagePicker
from helpers.explorers.widgets.image_view import ImageView, mark
from helpers.rendering import render
from helpers.validation import as_function


class BankExplorer(Explorer):
    """An image, the feature maps of four filters, and those of three filters on these maps.

    Parameters
    ----------
    image : whatever `load_image` takes, or an (H, W) or (H, W, 3) array in [0, 1]
    convolve : function(image, kernel) that computes the maps
        It may be your own. It is called with one channel or map and one 3×3 slice at a time, and
        the results are added up. The image is then small and gray, since loops are slow.

    `maps` (H', W', 4) and `output_maps` (H'', W'', 3) are the two stacks of feature maps, after
    ReLU; `filter.value` is the name of the filter of the second bank whose slices are shown.
    """

    user_function = ("convolve", library_convolve)

    def __init__(self, image: ImageInput = "letters", convolve: Callable = library_convolve):
        self.convolve = as_function("convolve", convolve)
        own = convolve is not library_convolve
        self.memo = Memo()
        self.picker = ImagePicker(image, longest=32 if own else 64, gray=own)
        self.filter = Choice(
            "filter of bank 2", SECOND, "dark vertical strokes", "The filter whose slices are shown"
        )
        self._build_views()
        self.shapes, self.extent = Text(), Text()
        stills = [[self.input, *self.map_views], self.slices, self.output_views]
        super().__init__(self._lay_out(), (self.picker,), stills)
        self.follow(self._choose, [self.filter], "value")
        # a tap may be on the same pixel as before: then only `pinned` changes
        self.follow(self._point, self.output_views, "cursor", "pinned")

    def _build_views(self) -> None:
        small = {"flex": "1 1 96px", "max-width": "150px"}
        large = {"flex": "1 1 150px", "max-width": "200px"}
        self.input = ImageView(title="image", style=small, width=150)
        room = {"note": SCALE_NOTE}
        self.map_views = [ImageView(title=name, width=150, room_for=room) for name in FIRST]
        self.slices = [ImageView(title=f"slice: {name}", width=150, share=0.64) for name in FIRST]
        self.output_views = [
            ImageView(title=name, interactive=True, width=200, style=large, room_for=room)
            for name in SECOND
        ]

    def _lay_out(self) -> list:
        columns = [
            column(*parts, flex="1 1 96px", max_width="150px")
            for parts in zip(self.map_views, self.slices, strict=True)
        ]
        return [
            self.picker,
            self.shapes,
            row(self.input, *columns, gap="8px 10px"),
            self.filter,
            self.extent,
            row(*self.output_views),
        ]

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
        self.shapes.value, self.extent.value = view.shapes, view.extent
        for views, pictures in (
            (self.map_views, view.map_views),
            (self.output_views, view.output_map_views),
        ):
            for each, picture in zip(views, pictures, strict=True):
                each.show(picture, alt=f"{each.title}: map of {name}")
        self._choose()

    def _point(self, source: ImageView) -> None:
        self.filter.index = self.output_views.index(source)
        self._choose()

    def _choose(self, source: Element | None = None) -> None:
        """Show the four slices of the chosen filter, and mark its map."""
        name = self.filter.value
        for k, (slice_view, weights) in enumerate(zip(self.slices, SECOND[name], strict=True)):
            picture = render(weights, "signed").without_scale()
            slice_view.show(picture, weights, alt=f"slice {k + 1} of {name}")
        rows, columns, _ = self.output_maps.shape
        for view in self.output_views:
            view.marks = [mark(0, 0, rows, columns)] if view.title == name else []

    @property
    def maps(self) -> np.ndarray:
        """The feature maps of the first bank, (H', W', 4), after ReLU."""
        return self.computed.maps

    @property
    def output_maps(self) -> np.ndarray:
        """The feature maps of the second bank, (H'', W'', 3), after ReLU."""
        return self.computed.output_maps

    def describe(self) -> str:
        name, maps, outputs = self.controls.image_name, self.maps.shape, self.output_maps.shape
        return f"BankExplorer: {name} → {maps} → {outputs}"
