"""prototype"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from helpers.pooling import pool

LONGEST = 256
EMPTY = 0.1
REST = {}


def near(image, size, mode):
    return pool(image, size, 1, mode, "same")


def odd(n):
    return 2 * round((n - 1) / 2) + 1


def shrink(picture):
    times = -(-max(picture.shape) // LONGEST)
    return picture if times == 1 else np.asarray(Image.fromarray(picture).reduce(times))


def ring(picture):
    return np.concatenate([picture[[0, -1]].ravel(), picture[1:-1, [0, -1]].ravel()])


def dark_on_even(picture):
    """ink on bright paper 0..1 for drawings with even paper; None otherwise"""
    border = ring(picture)
    paper = np.median(border)
    if np.mean(abs(border - paper) <= 0.01) < 0.8:
        return None
    ink = picture - paper
    if -ink.min() > ink.max():
        ink = -ink
    return ink


def hats(picture, window):
    around = pool(picture, window, 1, "max", window - 1)
    return pool(around, window, 1, "min")


def smoothed(picture):
    return near(picture, SMOOTH, "mean") if max(picture.shape) > 64 else picture


SMOOTH = 3
WINDOW = 1 / 3


def light_strokes(smooth):
    window = odd(WINDOW * min(smooth.shape))
    over = smooth - near(smooth, window, "mean")
    dark = (hats(smooth, window) - smooth) * over.clip(None, 0) ** 2
    light = (smooth + hats(-smooth, window)) * over.clip(0) ** 2
    return light.sum() > dark.sum()


def ink_of(picture):
    smooth = smoothed(picture)
    window = odd(WINDOW * min(picture.shape))
    if light_strokes(smooth):
        picture, smooth = 1 - picture, 1 - smooth
    paper = hats(smooth, window)
    ink = (paper - picture) / np.maximum(paper, max(0.05, 0.5 * np.percentile(paper, 90)))
    return ink - np.median(ink)


def rules(ink, blocks=8):
    """horizontal"""
    rows, columns = ink.shape
    width = columns // blocks
    wide = near(ink, (3, 1), "max")
    part = np.percentile(wide[:, : width * blocks].reshape(rows, blocks, width), 30, axis=2)
    found = np.zeros_like(part)
    for slope in range(-3, 4):
        at = np.arange(rows)[:, None] + np.rint(slope * (np.arange(blocks) - (blocks - 1) / 2)).astype(int)
        at = at.clip(0, rows - 1)
        line = np.percentile(np.take_along_axis(part, at, 0), 30, axis=1)
        for b in range(blocks):
            np.maximum.at(found[:, b], at[:, b], line)
    found = near(found, (3, 1), "max")
    full = np.repeat(found, width, axis=1)
    return np.pad(full, ((0, 0), (0, columns - width * blocks)), "edge")


def without_rules(ink):
    level = np.maximum(rules(ink), rules(ink.T).T)
    return np.where((level > 0.02) & (ink < 1.7 * level), 0, ink)


def components(mask):
    numbers = np.where(mask.ravel(), np.arange(mask.size), mask.size)
    numbers = np.append(numbers, mask.size)
    while True:
        least = near(numbers[:-1].reshape(mask.shape), 3, "min")
        least = np.append(np.where(mask, least, mask.size), mask.size)
        least = least[least]
        if (least == numbers).all():
            return np.unique(least[:-1], return_inverse=True)[1].reshape(mask.shape) + (0 if mask.all() else 1)
        numbers = least


@dataclass(eq=False)
class Part:
    mask: NDArray
    box: tuple
    size: int
    border: bool
    level: float


def parts_of(mask, smooth):
    numbers = components(mask)
    n = numbers.max()
    out = []
    areas = np.bincount(numbers[mask])
    for k in np.flatnonzero(areas > 2 if max(mask.shape) > 64 else areas > 0):
        m = numbers == k
        r, c = np.flatnonzero(m.any(1)), np.flatnonzero(m.any(0))
        box = (r[0], r[-1] + 1, c[0], c[-1] + 1)
        border = r[0] == 0 or c[0] == 0 or box[1] == mask.shape[0] or box[3] == mask.shape[1]
        v = smooth[m]
        out.append(Part(m, box, max(box[1] - box[0], box[3] - box[2]), border, np.percentile(v, 90)))
    return out


def strokes(picture):
    small = shrink(picture)
    ink = dark_on_even(small)
    drawing = ink is not None and np.median(ring(small)) == 0
    if ink is None:
        ink = without_rules(ink_of(small))
    smooth = smoothed(ink)
    noise = 1.5 * np.median(abs(smooth))
    level = max(EMPTY, 4 * noise)
    for _ in range(3):
        mask = smooth > level
        if not mask.any():
            return np.zeros_like(ink)
        parts = parts_of(mask, smooth)
        least = 0.025 * max(ink.shape)
        inner = [p for p in parts if p.size >= least and (drawing or not p.border)]
        if not inner:
            if any(p.size >= least for p in parts):
                raise ValueError("strokes reach the border: crop to the digit")
            if drawing or True:
                return np.zeros_like(ink)
        strongest = max(p.level for p in inner)
        if level >= 0.3 * strongest:
            break
        level = 0.35 * strongest
    inner = [p for p in inner if p.level > 0.4 * strongest]
    main = max(inner, key=lambda p: p.size * p.level)
    group = main.mask
    rest = [p for p in parts if p is not main and p.size > 0.08 * main.size and p.level > 0.4 * strongest]
    while True:
        r = max(1, round(0.15 * main.size))
        around = near(group, 2 * r + 1, "max")
        close = [p for p in rest if (p.mask & around).any()]
        if not close:
            break
        for p in close:
            if p.border and not drawing:
                if p.size < 1.5 * main.size:
                    raise ValueError("strokes reach the border: crop to the digit")
            else:
                group = group | p.mask
        rest = [p for p in rest if p not in close]
    far = [p for p in rest if not (p.border and not drawing) and p.size > 0.4 * main.size]
    if far:
        raise ValueError("two things of the same size: crop to one digit")
    group = near(group, 3 if max(mask.shape) <= 64 else 5, "max")
    ink = np.where(group, ink, 0).clip(0)
    return ink / ink.max()
