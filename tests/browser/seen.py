"""What a page shows, read back from its canvases, and the means to point at them."""

import math
import re
from base64 import b64decode

import numpy as np

READ = """(canvas) => {
    const { width, height } = canvas;
    const { data } = canvas.getContext("2d").getImageData(0, 0, width, height);
    let text = "";
    for (let i = 0; i < data.length; i += 32768) {
        text += String.fromCharCode(...data.subarray(i, i + 32768));
    }
    return [height, width, btoa(text)];
}"""


def until(page, condition, seconds=10):
    """Ask again and again until `condition()` is true; return whether it came true in time."""
    for _ in range(seconds * 20):
        if condition():
            return True
        page.wait_for_timeout(50)
    return False


class Seen:
    """A screen on the page, found by the first word of its title."""

    def __init__(self, page, title):
        caption = page.locator(".screen-title", has_text=re.compile(f"^{title}"))
        self.page = page
        self.figure = page.locator(".screen", has=caption)
        self.overlay = self.figure.locator(".screen-overlay")

    @property
    def picture(self):
        """The pixels of the picture, (H, W, 3) uint8."""
        return self._read(".screen-base")[..., :3]

    def _read(self, canvas):
        rows, columns, text = self.figure.locator(canvas).evaluate(READ)
        return np.frombuffer(b64decode(text), np.uint8).reshape(rows, columns, 4)

    @property
    def numbers(self):
        """The numbers in the cells, as a screen reader would say them."""
        said = self.overlay.get_attribute("aria-label").partition(": ")[2]
        return [float(number) for number in said.split(", ")]

    def must_show(self, expected):
        """Wait until the picture is `expected`, (H, W) or (H, W, 3), to 1 of 255."""
        colour = expected if expected.ndim == 3 else np.repeat(expected[..., None], 3, axis=2)
        if not until(self.page, lambda: _near(self.picture, colour, 1)):
            seen = self.picture
            assert seen.shape == colour.shape
            np.testing.assert_allclose(seen.astype(int), colour.astype(int), atol=1)

    def must_say(self, expected):
        """Wait until the numbers are `expected`, to the two decimals that are shown."""
        expected = np.ravel(expected)
        if not until(self.page, lambda: _near(self.numbers, expected, 0.0051)):
            np.testing.assert_allclose(self.numbers, expected, atol=0.0051)

    def place_of(self, row, column):
        """A whole point of the page inside a cell, and the cell that is really there: x, y, cell.

        Cells of a photograph may be smaller than a point, so it may be a neighbour.
        """
        self.overlay.scroll_into_view_if_needed()
        box = self.overlay.bounding_box()
        rows, columns = self.picture.shape[:2]
        x = round(box["x"] + (column + 0.5) / columns * box["width"])
        y = round(box["y"] + (row + 0.5) / rows * box["height"])
        found = (y - box["y"]) / box["height"] * rows, (x - box["x"]) / box["width"] * columns
        return x, y, tuple(map(math.floor, found))

    def point(self, row, column):
        """Move the mouse to a cell; return the cell that it now is on."""
        x, y, cell = self.place_of(row, column)
        self.page.mouse.move(x, y)
        return cell

    @property
    def marked(self):
        """What the marks enclose, in cells: top, left, bottom, right."""
        pen = self._read(".screen-overlay").astype(int)
        mark = (pen[..., 3] > 100) & (pen[..., 0] - pen[..., 1] > 80)
        size = np.array(mark.shape) / self.picture.shape[:2]
        places = np.argwhere(mark)
        if not len(places):
            return None
        return [*(places.min(axis=0) / size), *((places.max(axis=0) + 1) / size)]

    def must_mark(self, top, left, bottom, right, slack=0.2):
        """Wait until the marks enclose these cells."""
        box = top, left, bottom, right
        near = until(self.page, lambda: self.marked and _near(self.marked, box, slack))
        assert near, f"marked is {self.marked}, not {box}"


def _near(seen, expected, tolerance):
    seen, expected = np.asarray(seen, float), np.asarray(expected, float)
    return seen.shape == expected.shape and bool((abs(seen - expected) <= tolerance).all())
