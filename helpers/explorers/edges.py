"""EdgeExplorer: vertical edges, horizontal edges, how strong, which way, side by side."""

from functools import partial

import numpy as np

from helpers.convolution import convolve as library_convolve
from helpers.edges import edge_maps_by
from helpers.explorers.base import Explorer, choice, row, text, write
from helpers.explorers.models.user_function import convolve_with
from helpers.explorers.widgets.image_picker import ImagePicker
from helpers.explorers.widgets.image_view import ImageView, mark
from helpers.rendering import format_number, render, render_direction
from helpers.validation import as_function

MAPS = ("image", "vertical", "horizontal", "magnitude", "direction")
TITLES = ("image", "vertical edges", "horizontal edges", "magnitude", "direction, dark to bright")
FLAT = 1e-5  # magnitudes below are what adding floats leaves of 0, and point anywhere


class EdgeExplorer(Explorer):
    """An image and its four edge maps; a pixel that is pointed at is marked in all of them.

    Parameters
    ----------
    image : sample name, path, a file's bytes, or an (H, W) or (H, W, 3) array in [0, 1]
    convolve : function(image, kernel) that computes the vertical and the horizontal edges
        Your own will do. It is given a gray picture, its border continued by a pixel, and a 3×3
        kernel. It starts on a small picture, as loops take their time.

    `maps` holds the `EdgeMaps`; `screens["vertical"].picture` and so on what is seen.
    """

    user_function = ("convolve", library_convolve)

    def __init__(self, image="stairs", convolve=library_convolve):
        self.convolve = as_function("convolve", convolve)
        own = convolve is not library_convolve
        self.picker = ImagePicker(image, longest=64 if own else 512, gray=True)
        self.picker.gray.layout.display = "none"  # edges are looked for in brightness
        families = [("Sobel", "sobel"), ("Prewitt", "prewitt"), ("Scharr", "scharr")]
        self.family = choice("kernels", families, "sobel", "Which pair of edge kernels", "170px")
        self.screens = {
            name: ImageView(title=title, interactive=True, layout={"flex": "0 1 270px"})
            for name, title in zip(MAPS, TITLES)
        }
        self.reading = text()
        self.image = None
        controls = row(self.picker, self.family, align_items="center")
        maps = list(self.screens.values())
        super().__init__([controls, self.reading, row(*maps)], (self.picker,), [maps[:3], maps[3:]])
        for control in (self.picker, self.family):
            control.observe(self.refresh, "value")
        for screen in maps:
            screen.observe(self._point, ["cursor", "pinned"])

    def update(self):
        image = self.picker.value
        function = partial(convolve_with, self.convolve, options={})
        maps = edge_maps_by(function, image, self.family.value)
        views = (
            render(image, "as a photo")._replace(note=""),
            render(maps.vertical, "signed"),
            render(maps.horizontal, "signed"),
            render(maps.magnitude, "absolute"),
            render_direction(maps.direction, maps.magnitude),
        )
        # from here on nothing can fail: all that is shown changes together
        self.maps = maps
        self.caption = f"{self.picker.name.value}, {self.family.label} kernels"
        for screen, view in zip(self.screens.values(), views):
            screen.show(view, alt=f"{screen.title} of {self.picker.name.value}")
        if image is not self.image:
            self.image = image
            self.screens["image"].center()
        self._mark(self.screens["image"])

    def _point(self, change):
        if not self.busy:
            with self.keeping_step():
                self._mark(change["owner"])

    def _mark(self, source):
        """Mark the pixel that `source` points at everywhere, and say its four numbers."""
        row, column = position = source.cursor
        for screen in self.screens.values():
            with screen.hold_sync():
                screen.cursor, screen.pinned = position, source.pinned
                screen.marks = [mark(row, column)]
        maps = self.maps
        degrees = format_number(np.degrees(maps.direction[position]).round())
        flat = maps.magnitude[position] < FLAT
        direction = "no direction" if flat else f"direction {degrees}° (0 right, 90 down)"
        write(
            self.reading,
            f"Point at a pixel; a click holds it, the arrow keys move it. Row {row}, column {column}:"
            f" vertical {format_number(maps.vertical[position])},"
            f" horizontal {format_number(maps.horizontal[position])},"
            f" magnitude {format_number(maps.magnitude[position])},"
            f" {direction}.",
        )

    def describe(self):
        return f"EdgeExplorer: {self.caption}"
