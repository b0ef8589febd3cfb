"""Oracles of PixelExplorer and PoolingExplorer, in plain NumPy."""

import re

import numpy as np
from explorers.driving import as_photo, marks
from explorers.random_moves.expecting import (
    PRINTED,
    Fact,
    Oracle,
    Refused,
    convolved,
    fits,
    gray,
    numbers,
    picked,
    sees,
    used,
)
from numpy.lib.stride_tricks import sliding_window_view
from scales import scale_end

from helpers import KERNELS, pool
from helpers.rendering import render

RED, GREEN, BLUE = 1, 2, 3  # places in the list of channels; 0 is all of them, 4 is gray


class PixelOracle(Oracle):
    def __init__(self, explorer, files):
        super().__init__(explorer, files)
        self.source, self.mask, self.stroke = None, None, None

    def paint(self, view, cells, began):
        color = [number.number for number in self.explorer.brush.numbers]
        image = self.explorer.image.copy()
        for cell in cells:
            image[cell] = color if image.ndim == 3 else gray(np.reshape(color, (1, 1, 3)))[0, 0]
            self.mask[cell] = True
        self.stroke = image

    def arrays(self):
        image, picker = picked(self.explorer.picker, self.files), self.explorer.picker
        source = picker.name.value, picker.longest.value, image.shape[:2]
        if source != self.source:
            self.source, self.mask = source, np.zeros(image.shape[:2], bool)
        self.state = image
        expected = {"unpainted": image[~self.mask]}
        return expected if self.stroke is None else {**expected, "stroke": self.stroke}

    def shown(self):
        image, stroke = self.explorer.image, self.stroke
        self.stroke = None  # only right after it, since another choice may remove the paint
        shown = {"unpainted": image[~self.mask]}
        return shown if stroke is None else {**shown, "stroke": image}

    def facts(self):
        ours, image = self.explorer, self.explorer.image
        channel = ours.channel.index if image.ndim == 3 else 0
        if channel in (RED, GREEN, BLUE):
            image = image[..., channel - 1]
        elif channel:
            image = gray(image)
        shown = ours.image_view.picture.astype(int)
        yield Fact("bytes of the picture", shown, as_photo(image).astype(int), 1)
        at, white = ours.image_view.cursor, 255 if ours.unit.index else 1
        line = numbers(ours.reading.value.partition(". ")[0])
        yield Fact("place", line[:2], list(at))
        half = PRINTED if white == 1 else 0.51
        yield Fact("values", line[2:], np.ravel(image[at]) * white, half)
        top, bottom, left, right = map(int, numbers(ours.neighborhood.title))
        part = image[top : bottom + 1, left : right + 1]
        yield Fact("inside", top <= at[0] <= bottom and left <= at[1] <= right, True)
        if image.ndim == 2:
            shown = numbers(ours.neighborhood.numbers)
            yield Fact("numbers around", shown, np.ravel(part) * white, half)
        mark = [(at[0] - top, at[1] - left, 1, 1)]
        yield Fact("mark", marks(ours.neighborhood), mark)


def pooled(image, size, stride, mode, dilation):
    """Pooling, from a view of all windows."""
    if not fits(image.shape, (size, size), stride, 0, dilation):
        raise Refused
    span = dilation * (size - 1) + 1
    windows = sliding_window_view(image, (span, span), (0, 1))
    windows = windows[::stride, ::stride, ..., ::dilation, ::dilation]
    most, mean = windows.max((-2, -1)), windows.mean((-2, -1))
    if mode == "brightest":
        return _brightest(windows)
    others = {"max": most, "mean": mean, "min": windows.min((-2, -1)), "mixed": (most + mean) / 2}
    return others[mode]


def _brightest(windows):
    flat = windows.reshape(*windows.shape[:-2], -1)
    if flat.ndim == 3:
        return flat.max(-1)
    light = sum(flat[:, :, k] * share for k, share in enumerate((0.299, 0.587, 0.114)))
    first = (light > light.max(-1, keepdims=True) - 1e-6).argmax(-1)
    return np.take_along_axis(flat, first[:, :, None, None], -1)[..., 0]


class PoolingOracle(Oracle):
    function = "pool"

    def __init__(self, explorer, files):
        super().__init__(explorer, files)
        self.grid = None if explorer.grid is None else np.array(explorer.grid)

    def paint(self, view, cells, began):
        for row, column in cells:
            row, column = np.subtract((row, column), self.explorer.controls.shift)
            at = row % self.grid.shape[0], column % self.grid.shape[1]
            self.grid[at] = self.explorer.brush.numbers[0].number

    def arrays(self):
        ours = self.explorer
        image = self.grid if self.grid is not None else picked(ours.picker, self.files)
        unmoved = self._source(np.array(image))
        size, mode, dilation = ours.size.number, ours.mode.value, ours.dilation.number
        stride = size if ours.stride_is_size.value else ours.stride.number
        shift = ours.down.number, ours.right.number
        moved = np.roll(unmoved, shift, (0, 1))
        how = size, stride, mode, dilation
        results = [self._pooled(image, *how) for image in (unmoved, moved)]
        self.state = moved, results[1], size, stride, dilation
        self.true_size = ours.true_size.value
        pairs = zip((unmoved, results[0]), (moved, results[1]), strict=True)
        self.unchanged = [_unchanged(*pair) for pair in pairs] if any(shift) else None
        return {"image": moved, "result": results[1]}

    def _source(self, image):
        if self.explorer.source.index == 0:
            return image
        padded = np.pad(gray(image), 1, "edge")
        pair = [convolved(padded, KERNELS[f"sobel_{n}"], {}) for n in ("vertical", "horizontal")]
        return pair[0] if self.explorer.source.index == 1 else np.hypot(*pair)

    def _pooled(self, image, size, stride, mode, dilation):
        right, function = pooled(image, size, stride, mode, dilation), self.explorer.pool
        if function is pool:
            return right
        options = {"stride": stride, "mode": mode, "dilation": dilation}
        plain = {"stride": size, "mode": "max", "dilation": 1}
        options = {name: value for name, value in options.items() if value != plain[name]}
        return used(function, [image, size], options, right.shape)

    def shown(self):
        ours = self.explorer
        return {"image": ours.image, "result": ours.result}

    def facts(self):
        ours, (image, result, size, stride, dilation) = self.explorer, self.state
        at = ours.output.cursor
        inside, _, values = ours.reading.value.rpartition(" = ")
        yield Fact("value", numbers(values), np.ravel(result[at]), PRINTED)
        top, left = (n * stride for n in at)
        span = dilation * (size - 1) + 1
        listed = re.search(r"\{(.*)\}", inside)
        if listed:
            window = image[top : top + span : dilation, left : left + span : dilation]
            yield Fact("numbers of the window", numbers(listed[1]), window.ravel(), PRINTED)
        yield Fact("mark of the pixel", (*at, 1, 1) in marks(ours.output), True)
        yield Fact("mark of the window", (top, left, span, span) in marks(ours.input), True)
        look = "signed" if ours.image.min() < 0 else "as a photo", max(1.0, float(ours.image.max()))
        limit = scale_end(ours.image)  # one scale for both pictures
        if ours.rival.hidden:
            yield sees(ours.output, render(ours.result, *look, limit))
        if ours.output.numbers:
            yield Fact("numbers", numbers(ours.output.numbers), ours.result.ravel(), PRINTED)
        share = max(result.shape[:2]) / max(image.shape[:2]) if self.true_size else 1
        yield Fact("share of the width", ours.output.share, min(1.0, share))
        yield Fact("shifted", ours.unchanged is None, self.unchanged is None)
        if self.unchanged is not None:
            within = [n[0] <= share <= n[1] for n, share in zip(self.unchanged, ours.unchanged)]
            yield Fact("unchanged pixels", within, [True, True])
            percents = np.array(numbers(ours.shift_note.value)[:2])
            yield Fact(
                "percents", percents, np.multiply(100, ours.unchanged), 1.01
            )  # "less than 1%"


def _unchanged(before, after):
    """The least and the largest fraction: a change may be 0.05 but for rounding."""
    change = np.abs(before.astype(float) - after).reshape(*before.shape[:2], -1).max(-1)
    return [(change <= 0.05 + rounding).mean() + rounding for rounding in (-1e-6, 1e-6)]
