"""Image views on a page: read back what their canvases show, and point at their pixels."""

import math
import re
import time
from base64 import b64decode

import numpy as np
from PIL import Image
from scales import scale_end

from browser.expected import signed

READ = """(canvas) => {
    const { width, height } = canvas;
    const { data } = canvas.getContext("2d").getImageData(0, 0, width, height);
    let text = "";
    for (let i = 0; i < data.length; i += 32768) {
        text += String.fromCharCode(...data.subarray(i, i + 32768));
    }
    return [height, width, btoa(text)];
}"""

SHAPE = "({ dataset }) => [Number(dataset.rows), Number(dataset.columns)]"
# resolved in the frame after all explorers have drawn their last answers
ANSWERED = """() => new Promise((resolve) => {
    let quiet = 0;
    const look = () => {
        quiet = document.querySelector("[data-waiting]") ? 0 : quiet + 1;
        if (quiet > 2) resolve(); else requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
})"""


def pixels(canvas):
    """The result of `READ` as an (H, W, 4) array."""
    rows, columns, text = canvas
    return np.frombuffer(b64decode(text), np.uint8).reshape(rows, columns, 4)


def until(page, condition, seconds=15):
    """Poll until `condition()` is true; return whether it became true in time."""
    end = time.monotonic() + seconds
    while not (true := condition()) and time.monotonic() < end:
        page.wait_for_timeout(30)
    return true


def settled(page, read, pause=100):
    """The result of `read()` once Python has answered, and it has not changed for `pause` ms."""
    page.evaluate(ANSWERED)
    values = [read()]

    def same():
        page.wait_for_timeout(pause)
        values.append(read())
        return values[-1] == values[-2]

    assert until(page, same)
    return values[-1]


def _inside(start, length, share):
    """The whole coordinate nearest to this share of a side, and inside of it."""
    return min(max(round(start + share * length), math.ceil(start)), math.ceil(start + length) - 1)


def box_in_view(part):
    """The bounding box of a part of the page, once the page has stopped scrolling with its middle in view."""
    boxes = [None]

    def at_rest():
        part.scroll_into_view_if_needed()
        boxes.append(part.bounding_box())
        middle = boxes[-1]["y"] + boxes[-1]["height"] / 2
        return boxes[-1] == boxes[-2] and 0 < middle < part.page.viewport_size["height"]

    until(part.page, at_rest)
    return boxes[-1]


def shrunk(pixels, size):
    """A picture with fewer rows and columns: each pixel is the mean of those it replaces."""
    if pixels.shape[:2] == tuple(size):
        return pixels
    return np.asarray(Image.fromarray(pixels).resize(size[::-1], Image.Resampling.BOX))


class Seen:
    """An image view on the page or a part of it, by the start of its title; the nth of several."""

    def __init__(self, part, title, nth=None):
        self.page = getattr(part, "page", part)
        caption = self.page.locator(".image-view-title", has_text=re.compile(f"^{title}"))
        found = part.locator(".image-view", has=caption)
        self.figure = found if nth is None else found.nth(nth)
        self.overlay = self.figure.locator(".image-view-overlay")

    @property
    def picture(self):
        """The pixels of the picture, (H, W, 3) uint8."""
        return self._read(".image-view-pixels")[..., :3]

    def _read(self, canvas):
        return pixels(self.figure.locator(canvas).evaluate(READ))

    @property
    def numbers(self):
        """The numbers in the cells, as a screen reader reads them."""
        text = self.overlay.get_attribute("aria-label").rpartition(": ")[2]
        return [float(number) for number in text.split(", ")]

    @property
    def shape(self):
        """Rows and columns of the picture; the page may hold a smaller copy."""
        return tuple(self.figure.evaluate(SHAPE))

    def must_show(self, expected, within=1):
        """Wait until the picture is `expected`, (H, W) or (H, W, 3), within 1 of 255.

        If it is shown at a smaller size, the page holds means of its pixels.
        """
        color = expected if expected.ndim == 3 else np.repeat(expected[..., None], 3, axis=2)

        def both():
            seen = self.picture
            return seen.astype(int), shrunk(color.astype(np.uint8), seen.shape[:2]).astype(int)

        def near():
            return self.shape == color.shape[:2] and _near(*both(), within)

        if not until(self.page, near):
            assert self.shape == color.shape[:2]
            np.testing.assert_allclose(*both(), atol=within)

    def must_show_signed(self, values, limit=None):
        """Wait until the picture shows these values in blue, white and orange, within two of 127 steps."""
        limit = limit or scale_end(values) or 1

        def near():
            if self.shape != values.shape:
                return False
            shown, seen = np.clip(values, -limit, limit).astype(np.float32), self.picture
            return _near(seen, signed(shrunk(shown, seen.shape[:2]), limit), 6)

        assert until(self.page, near), f"{self.shape} is shown, not {values.shape}"

    def must_have_numbers(self, expected):
        """Wait until the numbers are `expected`, to the two decimals that are shown."""
        expected = np.ravel(expected)
        if not until(self.page, lambda: _near(self.numbers, expected, 0.0051)):
            np.testing.assert_allclose(self.numbers, expected, atol=0.0051)

    def place_of(self, row, column):
        """A point of the page with whole coordinates inside a cell, and the cell at that point: x, y, cell.

        Cells of a photograph may be smaller than a point, so the cell may be a neighbor.
        """
        box = box_in_view(self.overlay)
        rows, columns = self.shape
        x = _inside(box["x"], box["width"], (column + 0.5) / columns)
        y = _inside(box["y"], box["height"], (row + 0.5) / rows)
        found = (y - box["y"]) / box["height"] * rows, (x - box["x"]) / box["width"] * columns
        return x, y, tuple(map(math.floor, found))

    def point(self, row, column):
        """Move the mouse to a cell; return the cell under the mouse."""
        x, y, cell = self.place_of(row, column)
        self.page.mouse.move(x, y)
        return cell

    def tap(self, row, column):
        """Touch a cell; return the cell that was touched."""
        x, y, cell = self.place_of(row, column)
        self.page.touchscreen.tap(x, y)
        return cell

    def stroke(self, *cells):
        """Draw with the mouse from cell to cell."""
        self.point(*cells[0])
        self.page.mouse.down()
        for cell in cells[1:]:
            self.point(*cell)
        self.page.mouse.up()

    def finger(self, *cells):
        """Draw with a finger from cell to cell."""
        places = [self.place_of(*cell)[:2] for cell in cells]
        session = self.page.context.new_cdp_session(self.page)
        steps = ["touchStart", *["touchMove"] * (len(places) - 1), "touchEnd"]
        for step, (x, y) in zip(steps, [*places, (0, 0)], strict=True):
            points = [] if step == "touchEnd" else [{"x": x, "y": y}]
            session.send("Input.dispatchTouchEvent", {"type": step, "touchPoints": points})
        session.detach()

    @property
    def marked(self):
        """The bounds of the marks in cells: top, left, bottom, right; None without marks."""
        pen = self._read(".image-view-overlay").astype(int)
        places = np.argwhere((pen[..., 3] > 100) & (pen[..., 0] - pen[..., 1] > 80))
        if not len(places):
            return None
        cell = np.divide(pen.shape[:2], self.shape)
        return np.concatenate([places.min(axis=0) / cell, (places.max(axis=0) + 1) / cell])

    def must_mark(self, top, left, bottom, right, within=0.21):
        """Wait until the marks enclose these cells, which must be large enough to measure."""
        box = top, left, bottom, right
        near = until(self.page, lambda: _near(self.marked, box, within))
        assert near, f"marked is {self.marked}, not {box}"

    def must_mark_about(self, row, column):
        """Wait until a mark is centered here, within 2 pixels of a photograph."""
        middle = [row, column]

        def near():
            box = self.marked
            return box is not None and _near((box[:2] + box[2:]) / 2, middle, 2)

        assert until(self.page, near), f"marked is {self.marked}, not about {middle}"


def _near(seen, expected, tolerance):
    seen, expected = (np.asarray(numbers, float) for numbers in (seen, expected))
    return seen.shape == expected.shape and bool((abs(seen - expected) <= tolerance).all())
