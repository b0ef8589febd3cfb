"""Simulated photographs of handwritten digits, for tests and for benchmarks/own_digits.py.

A digit of MNIST is drawn on a page at high resolution, with strokes as sharp as a pen's, and the
page is photographed: printed lines, light, noise. Each photograph differs in the brightness of
paper and pen, and in the size and the place of the digit. All lengths are relative, so that
photographs of any size look alike.
"""

from collections.abc import Callable
from functools import lru_cache

import numpy as np
from PIL import Image
from scipy import ndimage

FINE = 8  # pixels of a pen's stroke for one pixel of MNIST
INSIDE = 0.4  # of white: brighter pixels of MNIST are strokes


class Page:
    """A page of paper and where the digit is on it.

    `reflected` is the brightness of the page in even light, (rows, columns); `rng` draws whatever
    differs from one photograph to the next.
    """

    def __init__(self, digit: np.ndarray, rng: np.random.Generator, longest: int):
        self.digit, self.rng, self.longest = digit, rng, longest
        sides = longest, round(longest * rng.uniform(0.7, 1))
        self.shape = sides if rng.random() < 0.5 else sides[::-1]
        self.paper, self.ink = rng.uniform(0.75, 0.97), rng.uniform(0.05, 0.3)
        self.reflected = np.full(self.shape, self.paper, np.float32)
        self.height = rng.uniform(0.25, 0.55) * min(self.shape)

    def draw(self, pen=None, height=None, ink=None):
        """Draw the digit in ink, somewhere at least a little inside."""
        strokes = strokes_of(self.digit, height or self.height, pen)
        self.put(strokes, self.somewhere(strokes.shape), self.ink if ink is None else ink)

    def somewhere(self, size):
        """A place for something of this size, off the page's border."""
        margin = 0.04 * min(self.shape)
        return [self.rng.uniform(margin, n - each - margin) for n, each in zip(self.shape, size)]

    def put(self, strokes, place, ink):
        """Blend strokes, 0 to 1, into the page; what lies beyond its border is cut off."""
        top, left = (round(at) for at in place)
        rows, columns = (slice(max(at, 0), at + n) for at, n in zip((top, left), strokes.shape))
        seen = self.reflected[rows, columns]
        part = strokes[max(-top, 0) :, max(-left, 0) :][: seen.shape[0], : seen.shape[1]]
        seen *= 1 - part
        seen += part * ink

    def lines(self, spacing, width, contrast, axis=0):
        """Print parallel lines, tilted a little, in a lighter ink."""
        tilt = np.tan(np.radians(self.rng.uniform(-1.5, 1.5)))
        across, along = self.steps()[:: 1 if axis == 0 else -1]
        at = (across + tilt * along + self.rng.uniform(0, spacing)) % spacing
        line = np.clip((width - at) / (0.001 * self.longest) + 0.5, 0, 1)
        self.reflected *= 1 - contrast * line

    def steps(self):
        """Rows and columns of the page, counted from 0, to be broadcast."""
        return np.ogrid[: self.shape[0], : self.shape[1]]


@lru_cache(maxsize=128)
def _field(name: str, digit: bytes) -> np.ndarray:
    """The distance to the strokes' outline, or to their center lines, in pixels of MNIST."""
    digit = np.pad(np.frombuffer(digit, np.float32).reshape(28, 28), 4)
    size = digit.shape[1] * FINE, digit.shape[0] * FINE
    inside = np.asarray(Image.fromarray(digit).resize(size, Image.Resampling.BICUBIC)) > INSIDE
    if name == "center":
        inside = thinned(inside)
        return ndimage.distance_transform_edt(~inside) / FINE
    distance = ndimage.distance_transform_edt
    return (distance(~inside) - distance(inside)) / FINE


def strokes_of(digit, height, pen=None):
    """The strokes of a digit of MNIST, `height` pixels high: 1 in the ink, 0 outside.

    `pen` is the width of the pen in twentieths of the height; the digit's own strokes if left out.
    """
    content = np.ascontiguousarray(digit, np.float32).tobytes()
    distance = _field("outline" if pen is None else "center", content) - (pen or 0) / 2
    rows, columns = (np.flatnonzero((distance < 0).any(axis))[[0, -1]] for axis in (1, 0))
    distance = distance[rows[0] - 4 : rows[1] + 5, columns[0] - 4 : columns[1] + 5]
    times = height / (max(rows[1] - rows[0], columns[1] - columns[0]) + 1)
    size = [max(1, round(n * times)) for n in distance.shape[::-1]]
    large = Image.fromarray(distance.astype(np.float32)).resize(size, Image.Resampling.BICUBIC)
    return np.clip(0.5 - np.asarray(large) * times * FINE, 0, 1)


def thinned(inside):
    """The center lines of a figure, by the method of Zhang and Suen (1984)."""
    inside = inside.copy()
    while True:
        before = inside.copy()
        for first in (True, False):
            p = np.array([np.roll(inside, at, (0, 1)) for at in AROUND])
            turns = (~p & np.roll(p, -1, axis=0)).sum(axis=0)
            n, e, s, w = p[::2]
            kept = (n & e & s) | (e & s & w) if first else (n & e & w) | (n & s & w)
            inside &= ~((turns == 1) & (p.sum(axis=0) >= 2) & (p.sum(axis=0) <= 6) & ~kept)
        if (inside == before).all():
            return inside


AROUND = ((1, 0), (1, -1), (0, -1), (-1, -1), (-1, 0), (-1, 1), (0, 1), (1, 1))


def clean(page, others):
    page.draw()


def gray_pixel(page, others):
    page.reflected[:] = 1
    page.draw(ink=0)
    corner = [page.rng.integers(2) * (n - 1) for n in page.shape]
    page.reflected[tuple(corner)] = 0.6


def speck(page, others, count=1):
    page.draw()
    for _ in range(count):
        size = max(2, round(page.longest * 12 / 1600))
        from_center = np.arange(size) - (size - 1) / 2
        dot = np.clip(size / 2 - np.hypot(*np.ix_(from_center, from_center)) + 0.5, 0, 1)
        page.put(dot, page.somewhere(dot.shape), page.ink)


def specks(page, others):
    speck(page, others, count=page.rng.integers(4, 13))


def ruled(page, others):
    page.lines(
        page.longest * page.rng.uniform(0.03, 0.07),
        page.longest * 0.0025,
        page.rng.uniform(0.1, 0.4),
    )
    page.draw()


def squared(page, others):
    spacing, contrast = page.longest * page.rng.uniform(0.02, 0.05), page.rng.uniform(0.1, 0.3)
    for axis in (0, 1):
        page.lines(spacing, page.longest * 0.002, contrast, axis)
    page.draw()


def shade(page, others):
    """A shadow over a part of the page, its edge more or less soft."""
    page.draw()
    rows, columns = page.steps()
    angle = page.rng.uniform(0, 2 * np.pi)
    side = np.cos(angle) * (rows / page.shape[0] - 0.5) + np.sin(angle) * (
        columns / page.shape[1] - 0.5
    )
    soft = page.rng.uniform(0.005, 0.1)
    page.reflected *= 1 - page.rng.uniform(0.3, 0.45) * np.clip(
        (side - page.rng.uniform(-0.2, 0.2)) / soft, 0, 1
    ).astype(np.float32)


def side_light(page, others):
    """Light that falls off from one side to the other."""
    page.draw()
    rows, columns = page.steps()
    angle = page.rng.uniform(0, 2 * np.pi)
    side = np.cos(angle) * (rows / page.shape[0] - 0.5) + np.sin(angle) * (
        columns / page.shape[1] - 0.5
    )
    page.reflected *= 1 - page.rng.uniform(0.4, 0.7) * (side + 0.71).astype(np.float32) / 1.42


def noise(page, others):
    page.draw()
    page.reflected += 0.05 * page.rng.standard_normal(page.shape, np.float32)


def desk(page, others):
    """The page lies on a desk, darker and with a grain; one to four of its edges are in view."""
    rows, columns = page.steps()
    outside = np.zeros(page.shape, np.float32)
    for side in page.rng.permutation(4)[: page.rng.integers(1, 5)]:
        across, along = (rows, columns) if side % 2 else (columns, rows)
        if side >= 2:
            across = across.max() - across
        edge = page.longest * page.rng.uniform(0.03, 0.13)
        tilt = np.tan(np.radians(page.rng.uniform(-4, 4)))
        outside = np.maximum(
            outside, np.clip(edge - across + tilt * (along - along.max() / 2), 0, 1)
        )
    small = page.rng.uniform(-1, 1, (6, 60)).astype(np.float32)
    grain = np.asarray(Image.fromarray(small).resize(page.shape[::-1], Image.Resampling.BICUBIC))
    page.reflected += outside * (page.rng.uniform(0.15, 0.55) + 0.08 * grain - page.paper)
    strokes = strokes_of(page.digit, page.height)
    free = ndimage.maximum_filter(
        outside[::8, ::8], [n // 8 + page.longest // 200 for n in strokes.shape]
    )
    places = np.argwhere(free == 0) * 8 - np.array(strokes.shape) / 2
    places = places[(places > 0).all(axis=1) & (places + strokes.shape < page.shape).all(axis=1)]
    if len(places):
        page.put(strokes, page.rng.choice(places), page.ink)
    else:
        page.height *= 0.6
        page.reflected[:] = page.paper
        desk(page, others)


def pencil(page, others):
    """Faint and gray, with the grain of the paper."""
    ink = page.paper - page.rng.uniform(0.15, 0.35)
    page.draw(pen=page.rng.uniform(0.9, 1.8), ink=ink)


def thin_pen(page, others):
    page.draw(pen=page.rng.uniform(0.5, 1))


def thick_pen(page, others):
    page.draw(pen=page.rng.uniform(3, 4.2))


def small_digit(page, others):
    page.draw(height=page.longest * page.rng.uniform(0.05, 0.1))


def large_digit(page, others):
    page.draw(height=min(page.shape) * page.rng.uniform(0.6, 0.85))


def second_thing(page, others):
    """Another digit beside, or above, of about the same size."""
    page.height *= 0.6
    first = strokes_of(page.digit, page.height)
    second = strokes_of(
        others[page.rng.integers(len(others))], page.height * page.rng.uniform(0.7, 1.2)
    )
    gap, axis = page.height * page.rng.uniform(0.25, 0.5), page.rng.integers(2)
    size = np.maximum(first.shape, second.shape)
    size[axis] = first.shape[axis] + second.shape[axis] + gap
    place = np.array(page.somewhere(size))
    page.put(first, place, page.ink)
    place[axis] += first.shape[axis] + gap
    page.put(second, place, page.ink)


def cut(page, others):
    """From a tenth to four tenths of the digit lie beyond the border."""
    strokes = strokes_of(page.digit, page.height)
    place, axis = page.somewhere(strokes.shape), page.rng.integers(2)
    beyond = strokes.shape[axis] * page.rng.uniform(0.15, 0.4)
    place[axis] = page.rng.choice([-beyond, page.shape[axis] - strokes.shape[axis] + beyond])
    page.put(strokes, place, page.ink)


def even_desk(page, others):
    """The page lies on an even desk, from a line around it to most of the picture; or is scanned."""
    page.height *= page.rng.choice([1, 0.7])
    page.draw()
    thin = page.rng.random() < 0.3
    share = 0 if thin else page.rng.uniform(0, 0.35)
    tilt = 0 if thin else np.tan(np.radians(page.rng.uniform(-2, 2)))
    edge = page.rng.integers(1, 8) if thin else share * min(page.shape)
    fine = page.longest / 400  # pixels of the page's bright edge
    size = [max(1, round(n - 2 * edge)) for n in page.shape]
    small = Image.fromarray(page.reflected).resize(size[::-1], Image.Resampling.BOX)
    desk = page.rng.uniform(0.02, 0.6) * np.ones(page.shape, np.float32)
    bright = page.rng.random() < 0.3
    rows, columns = (n - (n.size - 1) / 2 for n in page.steps())
    across, along = rows - tilt * columns, columns + tilt * rows
    inner = np.minimum(size[0] / 2 - abs(across), size[1] / 2 - abs(along))
    at = [across + (size[0] - 1) / 2, along + (size[1] - 1) / 2]
    sheet = ndimage.map_coordinates(np.asarray(small), at, order=1, mode="nearest")
    if bright:
        sheet = np.where(inner < fine, 1, sheet)
    light = 1 - page.rng.choice([0, 0.1]) * np.linspace(0, 1, page.shape[1], dtype=np.float32)
    page.reflected[:] = np.where(inner > 0, sheet, desk) * light


def frame(page, others):
    """A printed line around, a little inside the page's border; the digit is within it."""
    rows, columns = page.steps()
    side = page.longest * page.rng.uniform(0.005, 0.03)
    inner = [np.minimum(n, n.size - 1 - n) - side for n in (rows, columns)]
    width = page.longest * page.rng.uniform(0.002, 0.006)
    inside = np.minimum(*inner)
    page.reflected[(inside >= 0) & (inside < width)] *= 1 - page.rng.uniform(0.15, 0.9)
    page.draw()


def margin_line(page, others):
    """One line from top to bottom, also behind the digit, on plain or on ruled paper."""
    if page.rng.random() < 0.5:
        page.lines(page.longest * page.rng.uniform(0.03, 0.07), page.longest * 0.0025, 0.2)
    rows, columns = page.steps()
    tilt = np.tan(np.radians(page.rng.uniform(-1.5, 1.5)))
    at = abs(columns + tilt * rows - page.shape[1] * page.rng.uniform(0.1, 0.9))
    line = np.clip(page.longest * page.rng.uniform(0.0008, 0.004) - at + 0.5, 0, 1)
    page.reflected *= 1 - page.rng.uniform(0.1, 0.5) * line.astype(np.float32)
    page.draw()


KINDS: dict[str, Callable] = {
    "clean": clean,
    "a gray pixel": gray_pixel,
    "a speck": speck,
    "specks": specks,
    "ruled": ruled,
    "squared": squared,
    "shade": shade,
    "side light": side_light,
    "noise": noise,
    "desk": desk,
    "pencil": pencil,
    "thin pen": thin_pen,
    "thick pen": thick_pen,
    "small": small_digit,
    "large": large_digit,
    "12 megapixels": clean,
    "second thing": second_thing,
    "cut": cut,
    "even desk": even_desk,
    "frame": frame,
    "margin line": margin_line,
}
TOLD = "second thing", "cut"  # where no single whole digit is seen, a line may say so instead


def photograph(kind, digits, number, seed=0, longest=1600):
    """A photograph of digit `number` of `digits`, (rows, columns) float32 in [0, 1]."""
    rng = np.random.default_rng((seed, number, list(KINDS).index(kind)))
    page = Page(digits[number], rng, 4000 if kind == "12 megapixels" else longest)
    KINDS[kind](page, digits)
    picture = page.reflected
    if kind not in ("a gray pixel", "12 megapixels"):
        picture += 0.01 * rng.standard_normal(page.shape, np.float32)
    return np.clip(picture, 0, 1)
