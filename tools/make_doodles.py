"""Draw the doodles in images/doodles: cats, dogs and houses, each with strokes of its own.

Sheets of heads and small houses, from the front; and a zip file of whole animals from the side and
of town houses, twenty of each, as another person might draw them.

    python tools/make_doodles.py

Nobody's drawings are in them. Every doodle is a list of strokes whose places, sizes and number are
drawn at random, wobbling as a hand does, with a pen of random width. The first 40 of a class are
for training, the last 20 for the test. The same version of NumPy and Pillow gives the same bytes.
"""

import sys
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from helpers.network.datasets.doodles import (  # noqa: E402
    DOODLE_NAMES,
    IN_SHEET,
    PER_ROW,
    SIDE,
    as_doodle,
)
from helpers.network.picture_set import zip_bytes  # noqa: E402

FOLDER = ROOT / "images" / "doodles"
PAPER, SCALE = 112, 4  # cells of the paper, as of the course's sketch pad; drawn at this scale


def curve(rng, points, wobble=0.02):
    """Return a smooth stroke through points (x, y), a little beside them."""
    points = np.asarray(points, float)
    lengths = np.r_[0, np.hypot(*np.diff(points, axis=0).T).cumsum()]
    count = max(3, int(lengths[-1] * 12))
    along = np.linspace(0, lengths[-1], count)
    places = np.stack([np.interp(along, lengths, points[:, axis]) for axis in (0, 1)], axis=1)
    drift = np.cumsum(rng.normal(0, wobble, (count, 2)), axis=0)
    return places + drift - np.linspace(0, 1, count)[:, None] * drift[-1] * 0.7


def oval(rng, x, y, width, height, start=0.0, part=1.0):
    """Return a part of an oval around (x, y); a whole one hardly ever closes exactly."""
    angles = 2 * np.pi * (start + np.linspace(0, part * rng.uniform(0.97, 1.04), 25))
    return curve(rng, np.stack([x + width * np.cos(angles), y + height * np.sin(angles)], axis=1))


def dot(rng, x, y, size=0.05):
    return oval(rng, x, y, size, size * rng.uniform(0.8, 1.5))


def eyes(rng, apart, y):
    """Two dots, two small circles, or two short lines."""
    kind = rng.integers(3)
    for x in (-apart, apart):
        if kind == 2:
            yield curve(rng, [(x, y - 0.09), (x, y + 0.09)])
        else:
            yield dot(rng, x, y, (0.04, 0.1)[kind])


def mouth(rng, y):
    """A smile, or the two arcs under an animal's nose."""
    wide = rng.uniform(0.14, 0.28)
    if rng.random() < 0.5:
        yield curve(rng, [(-wide, y), (-wide / 2, y + 0.1), (wide / 2, y + 0.1), (wide, y)])
    else:
        yield curve(rng, [(-wide, y + 0.06), (-wide / 2, y + 0.12), (0, y - 0.03)])
        yield curve(rng, [(0, y - 0.03), (wide / 2, y + 0.12), (wide, y + 0.06)])


def cat(rng):
    """A round head, two pointed ears, whiskers; some with a mouth, or stripes on the forehead."""
    width, height = rng.uniform(0.66, 0.85), rng.uniform(0.55, 0.7)
    yield oval(rng, 0, 0.15, width, height, rng.random())
    tip, ear = rng.uniform(0.55, 0.9), rng.uniform(0.3, 0.45)
    lean = rng.uniform(0, 0.15)
    for side in (-1, 1):
        inner, outer = width * 0.3, width * (0.3 + ear / 0.55)
        foot = 0.15 - height * np.sqrt(max(0, 1 - min(1, outer / width) ** 2))
        top = 0.15 - height - tip * rng.uniform(0.75, 1.05) * 0.75
        yield curve(
            rng,
            [
                (side * inner, 0.17 - height),
                (side * (outer + lean - 0.08), top),
                (side * outer, foot),
            ],
        )
    yield from eyes(rng, width * rng.uniform(0.33, 0.45), rng.uniform(-0.08, 0.05))
    nose = rng.uniform(0.2, 0.3)
    if rng.random() < 0.7:
        yield curve(rng, [(-0.07, nose), (0.07, nose), (0, nose + 0.08), (-0.07, nose)], 0.005)
    if rng.random() < 0.6:
        yield from mouth(rng, nose + 0.14)
    length, from_face = rng.uniform(0.4, 0.7), width * rng.uniform(0.55, 0.75)
    for side in (-1, 1):
        for slope in np.linspace(-0.16, 0.18, int(rng.integers(2, 4))):
            start, end = (
                (side * from_face, nose + 0.08 + slope),
                (side * (from_face + length), nose + 2.2 * slope),
            )
            yield curve(rng, [start, end], 0.012)


def dog(rng):
    """A head, two ears that hang beside it, a nose; some with a snout, a tongue or a patch."""
    width, height = rng.uniform(0.48, 0.62), rng.uniform(0.62, 0.8)
    yield oval(rng, 0, 0, width, height, rng.random())
    droop, wide = rng.uniform(0.8, 1.25), rng.uniform(0.36, 0.52)
    top = -height * rng.uniform(0.65, 0.85)
    for side in (-1, 1):
        root, drop = width * 0.6, droop * rng.uniform(0.85, 1.15)
        shape = [(0, 0), (0.75, 0.05), (1.15, 0.55), (1, 0.95), (0.7, 1), (0.55, 0.7), (0.5, 0.4)]
        yield curve(rng, [(side * (root + wide * x), top + drop * y) for x, y in shape])
    yield from eyes(rng, width * rng.uniform(0.36, 0.5), rng.uniform(-0.3, -0.15))
    y = rng.uniform(0.08, 0.22)
    yield oval(rng, 0, y, rng.uniform(0.08, 0.12), 0.07)
    lower = rng.random()
    if lower < 0.4:  # a snout around the nose
        yield oval(rng, 0, y + 0.14, width * 0.62, rng.uniform(0.26, 0.32), rng.random())
    elif lower < 0.8:
        yield from mouth(rng, y + 0.2)
    if rng.random() < 0.35:
        long = rng.uniform(0.2, 0.3)
        tongue = [(-0.1, 0), (-0.09, long), (0.09, long), (0.1, 0)]
        yield curve(rng, [(x, y + 0.33 + down) for x, down in tongue])


def house(rng):
    """Walls, a roof, a door; most with windows, some with a chimney."""
    width, wall, eaves = rng.uniform(0.5, 0.85), rng.uniform(0.7, 1.0), rng.uniform(-0.2, 0.1)
    floor = eaves + wall
    yield curve(rng, [(-width, eaves), (-width, floor), (width, floor), (width, eaves)], 0.012)
    over, peak = rng.uniform(0, 0.2), eaves - rng.uniform(0.5, 0.9)
    roof = [(-width - over, eaves), (rng.normal(0, 0.06), peak), (width + over, eaves)]
    yield curve(rng, roof, 0.012)
    if rng.random() < 0.75:
        yield curve(rng, [roof[0], roof[2]], 0.012)
    door, high = rng.uniform(0.1, 0.16), wall * rng.uniform(0.45, 0.65)
    at = rng.choice([0, -0.5, 0.5]) * (width - door)
    yield curve(
        rng,
        [
            (at - door, floor),
            (at - door, floor - high),
            (at + door, floor - high),
            (at + door, floor),
        ],
        0.008,
    )
    for x in np.array([-0.6, 0.6]) * width:
        if abs(x - at) > door + 0.15 and rng.random() < 0.8:
            yield from window(rng, x, eaves + wall * rng.uniform(0.3, 0.4), rng.uniform(0.1, 0.15))
    if rng.random() < 0.45:
        x = width * rng.uniform(0.4, 0.6)
        foot, top = eaves - (eaves - peak) * (1 - x / width) + 0.05, peak + rng.uniform(-0.1, 0.1)
        yield curve(
            rng,
            [(x - 0.1, foot - 0.15), (x - 0.1, top), (x + 0.1, top), (x + 0.1, foot + 0.05)],
            0.008,
        )


def window(rng, x, y, size):
    corners = [(-1, -1), (1, -1), (1, 1), (-1, 1), (-1, -1)]
    yield curve(rng, [(x + size * a, y + size * b) for a, b in corners], 0.006)
    if rng.random() < 0.3:
        yield curve(rng, [(x, y - size), (x, y + size)], 0.004)


def side_cat(rng):
    """A round body, a small head with two ears, a tail that stands up, four legs."""
    body, high = rng.uniform(0.5, 0.65), rng.uniform(0.28, 0.36)
    yield oval(rng, 0.1, 0.1, body, high, rng.random())
    x, y, head = 0.1 - body, -0.25, rng.uniform(0.24, 0.3)
    yield oval(rng, x, y, head, head, rng.random())
    for side in (-1, 1):
        foot = x + side * 0.6 * head
        yield curve(
            rng,
            [
                (foot - 0.1, y - 0.7 * head),
                (foot + side * 0.06, y - 1.8 * head),
                (foot + 0.1, y - 0.7 * head),
            ],
        )
    end = 0.1 + body
    tip = rng.uniform(-0.1, 0.25)
    yield curve(
        rng, [(end - 0.05, 0), (end + 0.2, -0.3), (end + 0.1, -0.65), (end + 0.1 + tip, -0.85)]
    )
    yield from legs(rng, (-0.3, -0.15, 0.32, 0.48), 0.35, rng.uniform(0.6, 0.75))
    yield dot(rng, x - 0.08, y, 0.04)


def side_dog(rng):
    """A long body, a head with a snout and a hanging ear, a short tail, four long legs."""
    top, deep, back = -0.15, rng.uniform(0.35, 0.45), rng.uniform(0.6, 0.8)
    yield curve(
        rng, [(-0.45, top), (back, top), (back, top + deep), (-0.45, top + deep), (-0.45, top)]
    )
    nose = -0.95 - rng.uniform(0, 0.2)
    yield curve(
        rng,
        [
            (-0.45, top),
            (-0.4, -0.6),
            (-0.75, -0.65),
            (nose, -0.4),
            (nose, -0.22),
            (-0.7, -0.2),
            (-0.45, 0.1),
        ],
    )
    yield curve(rng, [(-0.45, -0.6), (-0.3, -0.35), (-0.45, -0.2), (-0.55, -0.5)])
    yield curve(rng, [(back, top), (back + 0.25, top - rng.uniform(0.1, 0.4))])
    yield from legs(
        rng, (-0.4, -0.22, back - 0.2, back - 0.04), top + deep, rng.uniform(0.75, 0.95)
    )


def side_house(rng):
    """A tall house with a roof that slopes at both ends, and rows of windows."""
    width, floor, top = rng.uniform(0.45, 0.65), 0.9, rng.uniform(-0.6, -0.4)
    yield curve(
        rng, [(-width, top), (-width, floor), (width, floor), (width, top), (-width, top)], 0.012
    )
    yield curve(
        rng,
        [
            (-width - 0.1, top),
            (-width + 0.2, top - 0.4),
            (width - 0.2, top - 0.4),
            (width + 0.1, top),
        ],
        0.012,
    )
    for y in np.linspace(top + 0.3, floor - 0.55, int(rng.integers(2, 4))):
        for x in (-0.5 * width, 0.5 * width):
            yield from window(rng, x, y, 0.13)
    yield curve(
        rng, [(-0.12, floor), (-0.12, floor - 0.35), (0.12, floor - 0.35), (0.12, floor)], 0.008
    )


def legs(rng, places, top, bottom):
    for x in places:
        yield curve(rng, [(x, top), (x + rng.normal(0, 0.03), bottom)], 0.012)


DRAW = {"cat": cat, "dog": dog, "house": house}
FROM_THE_SIDE = {"cat": side_cat, "dog": side_dog, "house": side_house}


def strokes(draw, rng):
    """Return the strokes of a doodle, each (points, 2) of rows and columns of the paper.

    The whole doodle is tilted, stretched, made smaller and moved, as no two by hand are alike.
    """
    tilt, size = rng.normal(0, 0.12), rng.uniform(28, 38)
    stretch = np.array([rng.uniform(0.85, 1.15), rng.uniform(0.85, 1.15)]) * size
    turn = np.array([[np.cos(tilt), -np.sin(tilt)], [np.sin(tilt), np.cos(tilt)]])
    drawn = [(stroke * stretch) @ turn.T for stroke in draw(rng)]
    ends = np.concatenate(drawn)
    low, high = ends.min(axis=0), ends.max(axis=0)
    room = (PAPER - 12 - (high - low)).clip(0)
    corner = 6 + rng.uniform(0.25, 0.75, 2) * room - low
    return [(stroke + corner)[:, ::-1].clip(2, PAPER - 3) for stroke in drawn]


def paper(drawn, width):
    """Draw strokes with a pen so wide, as the sketch pad does; return (112, 112) in [0, 1]."""
    picture = Image.new("L", (PAPER * SCALE, PAPER * SCALE))
    pen, radius = ImageDraw.Draw(picture), width * SCALE / 2
    for stroke in drawn:
        places = [((column + 0.5) * SCALE, (row + 0.5) * SCALE) for row, column in stroke]
        pen.line(places, fill=255, width=round(2 * radius))
        for x, y in places:
            pen.ellipse((x - radius, y - radius, x + radius, y + radius), fill=255)
    return np.asarray(picture.reduce(SCALE), np.float32) / 255


def doodles(draw, seed, count=IN_SHEET):
    """Return doodles by one of the functions, (count, 28, 28)."""
    rng = np.random.default_rng(seed)
    drawn = [paper(strokes(draw, rng), rng.uniform(3.5, 6.5)) for _ in range(count)]
    return np.array([as_doodle(each) for each in drawn])


def main():
    for number, name in enumerate(DOODLE_NAMES):
        tiles = np.round(255 * doodles(DRAW[name], [0, number])).astype(np.uint8)
        sheet = tiles.reshape(-1, PER_ROW, SIDE, SIDE).swapaxes(1, 2).reshape(-1, PER_ROW * SIDE)
        Image.fromarray(sheet).save(FOLDER / f"{name}.png", optimize=True)
    sides = [doodles(draw, [1, k], 20) for k, draw in enumerate(FROM_THE_SIDE.values())]
    content = zip_bytes(np.concatenate(sides), np.repeat([0, 1, 2], 20), DOODLE_NAMES)
    (FOLDER / "from_the_side.zip").write_bytes(content)


if __name__ == "__main__":
    main()
