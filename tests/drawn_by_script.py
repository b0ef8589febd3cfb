"""Drawings of cats, dogs and houses by script, in two styles, as strokes for the sketch pad.

No two are alike: every point is a little beside its place, and the whole is stretched, made smaller
and moved. "faces" are heads seen from the front, "side" whole animals; houses differ as well.
"""

import numpy as np


def _circle(row, column, height, width, start=0.0, part=1.0):
    angles = 2 * np.pi * (start + part * np.linspace(0, 1, 14))
    return [(row + height * np.sin(a), column + width * np.cos(a)) for a in angles]


def _mirrored(stroke):
    return [(row, 1 - column) for row, column in stroke]


def _both(*strokes):
    return [*strokes, *map(_mirrored, strokes)]


def _legs(columns, top, bottom):
    return [[(top, column), (bottom, column)] for column in columns]


STYLES = {
    "faces": {
        "cat": [
            _circle(0.6, 0.5, 0.3, 0.33),
            *_both(
                [(0.4, 0.22), (0.05, 0.2), (0.32, 0.42)], [(0.6, 0.35), (0.55, 0.02)],
                [(0.68, 0.35), (0.74, 0.02)], _circle(0.5, 0.38, 0.03, 0.03),
            ),
            [(0.62, 0.46), (0.62, 0.54), (0.68, 0.5), (0.62, 0.46)],
        ],
        "dog": [
            _circle(0.5, 0.5, 0.38, 0.25),
            *_both(
                [(0.22, 0.33), (0.2, 0.12), (0.5, 0.02), (0.75, 0.1), (0.7, 0.2), (0.45, 0.27)],
                _circle(0.4, 0.4, 0.03, 0.03),
            ),
            _circle(0.6, 0.5, 0.05, 0.07), [(0.65, 0.5), (0.74, 0.5)], [(0.7, 0.38), (0.77, 0.5), (0.7, 0.62)],
        ],
        "house": [
            [(0.45, 0.15), (0.95, 0.15), (0.95, 0.85), (0.45, 0.85), (0.45, 0.15)],
            [(0.45, 0.05), (0.05, 0.5), (0.45, 0.95)],
            [(0.95, 0.42), (0.65, 0.42), (0.65, 0.58), (0.95, 0.58)],
            [(0.55, 0.22), (0.55, 0.34), (0.68, 0.34), (0.68, 0.22), (0.55, 0.22)],
        ],
    },
    "side": {
        "cat": [
            _circle(0.6, 0.45, 0.17, 0.3), _circle(0.35, 0.2, 0.15, 0.15),
            [(0.25, 0.08), (0.05, 0.08), (0.2, 0.18)], [(0.2, 0.22), (0.05, 0.3), (0.26, 0.32)],
            [(0.55, 0.74), (0.3, 0.9), (0.1, 0.82), (0.08, 0.95)], *_legs((0.25, 0.35, 0.6, 0.68), 0.75, 0.95),
        ],
        "dog": [
            [(0.45, 0.3), (0.4, 0.85), (0.65, 0.85), (0.65, 0.3), (0.45, 0.3)],
            [(0.45, 0.3), (0.15, 0.28), (0.12, 0.12), (0.28, 0.0), (0.36, 0.02), (0.36, 0.18), (0.5, 0.28)],
            [(0.14, 0.24), (0.2, 0.34), (0.36, 0.3)], [(0.4, 0.85), (0.25, 0.98)],
            *_legs((0.33, 0.42, 0.74, 0.83), 0.65, 1.0),
        ],
        "house": [
            [(0.25, 0.1), (0.95, 0.1), (0.95, 0.9), (0.25, 0.9), (0.25, 0.1)], [(0.25, 0.0), (0.05, 0.2), (0.05, 0.8), (0.25, 1.0)],
            *[
                [(row, column), (row, column + 0.16), (row + 0.16, column + 0.16), (row + 0.16, column), (row, column)]
                for row in (0.36, 0.68) for column in (0.2, 0.62)
            ],
            [(0.95, 0.44), (0.66, 0.44), (0.66, 0.56), (0.95, 0.56)],
        ],
    },
}  # fmt: skip


def drawing(style, name, rng):
    """Return the strokes of a drawing, lists of (row, column) cells of the sketch pad."""
    size, corner = rng.uniform(55, 95), rng.uniform(4, 14, 2)
    stretch = size * rng.uniform(0.82, 1.15, 2)
    strokes = []
    for stroke in STYLES[style][name]:
        places = np.array(stroke) + rng.normal(0, 0.015, (len(stroke), 2)) + rng.normal(0, 0.015, 2)
        strokes.append((places * stretch + corner).clip(0, 111).tolist())
    return strokes
