"""ChannelPictures: an image, its channels, a slice and a map for each, their sum and the feature map."""

from collections.abc import Sequence
from typing import Any

from helpers.explorers.models.channels import (
    LONGEST_SCALE_NOTE,
    ChannelControls,
    ChannelView,
    PixelView,
)
from helpers.explorers.models.picture import COLORS, longest_title, size_title, spoken
from helpers.explorers.panels.dot_product import DotProduct
from helpers.explorers.panels.flow import aligned, joining, sign
from helpers.explorers.widgets.element import Group, Text, column, fold, row
from helpers.explorers.widgets.image_view import ImageView, mark
from helpers.explorers.widgets.number_grid import Weights
from helpers.rendering import format_number

RADIUS = 1  # pixels from the center of the window to its border
WIDTH = "minmax(0, var(--picture, 1fr))"  # of a channel and of a map; set in flow.css if narrow
COLUMNS = f"{WIDTH} 14px minmax(108px, 1fr) 14px {WIDTH}"  # channel × slice → map
OUTPUT = 160  # CSS pixels, the width of the sum and of the feature map
NO_RELU = "no ReLU"


class ChannelPictures:
    """What a color image goes through, from left to right, and the products of one output pixel.

    `equations` are the three lines patch × slice = products, and their sums, which are folded away.
    """

    def __init__(self) -> None:
        def view(title: str, width: int, **traits: Any) -> ImageView:
            # of the many pictures, the image and the feature map can be reached by keys
            return ImageView(title=title, width=width, interactive=True, **traits)

        note = {"note": LONGEST_SCALE_NOTE}
        self.input = view("image", 150)
        self.sum = view("", OUTPUT, tab_stop=False, room_for=note)
        self.channels, self.maps = (
            [view(f"{name} {what}", 132, tab_stop=False) for name in COLORS]
            for what in ("channel", "map")
        )
        room = {"title": longest_title("feature map"), **note}
        self.output = view("", OUTPUT, room_for=room)
        self.then = Text(room_for=NO_RELU, style={"white-space": "nowrap"})
        self.at_pixels = [*self.channels, self.input]  # as large as the image
        self.at_outputs = [*self.maps, self.sum, self.output]  # as large as the output
        self.products = [
            DotProduct((f"{name} patch", "slice", "products"), width=86) for name in COLORS
        ]
        lines = [
            column(products.equation, flex="1 1 310px", max_width="326px")
            for products in self.products
        ]
        sums = fold(*(products.total for products in self.products), label="the three sums")
        self.equations = column(row(*lines, gap="8px 12px"), sums)

    def box_with(self, hint: Text, slices: Sequence[Weights]) -> Group:
        """Return the pictures as one group, with a hint and the grids of the three slices."""
        lines = [
            aligned(channel, sign("×"), weights, sign("→"), values, columns=COLUMNS)
            for channel, weights, values in zip(self.channels, slices, self.maps, strict=True)
        ]
        source = Group("source", (self.input, sign("→")), {})
        joined = row(
            joining("left"), column(*lines, flex="1 1 0", gap="4px"), joining("right"),
            sign("+"), sign("→"), flex_flow="row nowrap", align_items="center", gap="4px",
        )  # fmt: skip
        then = Group("then", (sign("↓"), self.then), {})
        outputs = Group("outputs", (self.sum, then, self.output), {})
        return Group("channels", (hint, source, joined, outputs), {})

    @property
    def stills(self) -> list:
        """Rows of the static picture: the three lines, then the sum and what follows."""
        lines = [
            [channel, sign("×"), products.kernel, sign("→"), values]
            for channel, products, values in zip(
                self.channels, self.products, self.maps, strict=True
            )
        ]
        return [*lines, [self.input, self.sum, self.then, sign("→"), self.output]]

    def show(self, controls: ChannelControls, view: ChannelView) -> None:
        """Show the pictures."""
        name, caption, bias = controls.image_name, view.caption, controls.bias
        self.input.show(view.image_view, alt=f"image of {name}")
        for each, picture in zip(self.channels, view.channel_views, strict=True):
            each.show(picture, alt=f"{each.title} of {name}")
        for each, picture in zip(self.maps, view.map_views, strict=True):
            each.show(picture.without_scale(), alt=f"{each.title} of {caption}")
        title = f"sum + bias {format_number(bias)}" if bias else "sum of the maps"
        self.sum.show(view.sum_view, title=title, alt=f"{title}: {caption}")
        self.then.value = "ReLU" if controls.relu else NO_RELU
        title = size_title("feature map", view.result)
        self.output.show(view.output_view, title=title, alt=f"feature map: {caption}")

    def follow(self, source: ImageView) -> tuple[int, int]:
        """Move the cursors of all pictures to that of one; return the (row, column) of the output."""
        offset = RADIUS if source in self.at_pixels else 0  # the pixel is the center of its window
        self.output.cursor = tuple(at - offset for at in source.cursor)
        row, column = self.output.cursor  # clipped to the output, for pixels of the border
        for views, offset, extent in ((self.at_pixels, RADIUS, 3), (self.at_outputs, 0, 1)):
            for view in views:
                view.pinned, view.marks = source.pinned, [mark(row, column, extent, extent)]
                if view is not source:
                    view.cursor = row + offset, column + offset
        return row, column

    def explain(self, controls: ChannelControls, view: ChannelView, pixel: PixelView) -> None:
        """Show the products of the output pixel under the cursor, and say the values of all pictures."""
        for products, part, given in zip(self.products, pixel.parts, pixel.given, strict=True):
            products.show(part, given, among=controls.kernel)
        arrays = *view.channels, controls.image, *view.maps, view.result, view.feature_map
        for each, values in zip([*self.at_pixels, *self.at_outputs], arrays, strict=True):
            each.reading = spoken(values[each.cursor])
