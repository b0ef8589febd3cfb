"""Oracles of KernelExplorer, CameraExplorer and WindowExplorer: what they must show, computed with scipy."""

import re

import numpy as np
from explorers.driving import as_photo, frame, marks
from explorers.random_moves.expecting import (
    PRINTED,
    Fact,
    Oracle,
    after,
    convolved,
    gray,
    numbers,
    options_of,
    picked,
    product_facts,
    sees,
)

from helpers.kernels import name_of
from helpers.precision import rounding_error, value_range
from helpers.rendering import render

PLAIN = {
    "bias": 0, "stride": 1, "padding": 0, "dilation": 1, "border": "zero", "flip": False,
}  # fmt: skip


class KernelOracle(Oracle):
    """KernelExplorer, and what it has in common with WindowExplorer."""

    names = tuple(PLAIN)

    def inputs(self):
        ours = self.explorer
        image = picked(ours.picker, self.files)
        return image, np.array(ours.weights.value, np.float32).reshape(3, 3)

    def arrays(self):
        image, kernel = self.inputs()
        options = options_of(self.explorer, self.names, PLAIN)
        result = convolved(image, kernel, options, self.explorer.convolve)
        self.state = image, kernel, options, result
        self.remember()
        return {"image": image, "kernel": kernel, "result": result}

    def remember(self):
        """Note how the output was to be drawn; that of controls that are refused does not count."""
        self.look = self.explorer.view.value, self.explorer.true_size.value

    def shown(self):
        ours = self.explorer
        return {"image": ours.image, "result": ours.result, "kernel": ours.controls.kernel}

    def facts(self):
        ours, (image, kernel, options, result) = self.explorer, self.state
        at, channel = ours.output.cursor, ours.channel.index
        layer = image if image.ndim == 2 else image[..., channel]
        pixel = result[at] if image.ndim == 2 else result[at][channel]
        yield from product_facts(ours.products, layer, kernel, options, at, pixel)
        shown = ours.input.picture.astype(int)
        yield Fact("bytes of the image", shown, as_photo(image), 1)  # gray is rounded
        noise = rounding_error(value_range(image), kernel, options.get("bias", 0))
        yield sees(ours.output, render(ours.result, self.look[0], error=noise))
        yield from self.places(ours, at, kernel, options)
        preset = name_of(np.reshape(ours.weights.value, (3, 3)).astype(np.float32)) or "your own"
        yield Fact("named kernel", ours.preset.value, preset)
        yield Fact(
            "sum of the weights", after(ours.note.value, "add up to "), kernel.sum(), PRINTED
        )
        yield Fact("channel hidden", ours.channel.hidden, image.ndim == 2)
        share = max(result.shape[:2]) / max(image.shape[:2]) if self.look[1] else 1
        shown = ours.input.share, ours.output.share
        yield Fact("shares of the width", shown, (min(1, 1 / share), min(1, share)), 1e-9)
        plain = not {"stride", "padding", "dilation"} & set(options)
        if not plain:
            yield Fact("size formula", _sizes(ours.formula.value), list(result.shape[:2]))
        yield Fact("formula hidden", ours.formula.hidden, plain)

    def places(self, ours, at, kernel, options, offset=0):
        """The marks of the output pixel and of its window."""
        yield Fact("mark of the pixel", marks(ours.output), [(*at, 1, 1)])
        stride, dilation = options.get("stride", 1), options.get("dilation", 1)
        spans = [dilation * (n - 1) + 1 for n in kernel.shape]
        sides = frame(self.state[0].shape[:2], spans, stride, options.get("padding", 0))
        corner = [n * stride - side[0] + offset for n, side in zip(at, sides)]
        yield Fact("mark of the window", marks(ours.input)[-1:], [(*corner, *spans)])


class CameraOracle(Oracle):
    """CameraExplorer, of one frame."""

    def arrays(self):
        ours = self.explorer
        image = ours.camera.value / np.float32(255)
        image = image if ours.color.value else gray(image)
        kernel = np.array(ours.weights.value, np.float32).reshape(3, 3)
        result = convolved(image, kernel, {}, ours.convolve)
        self.state = image, kernel, ours.view.value
        return {"image": image, "kernel": kernel, "result": result}

    def shown(self):
        ours = self.explorer
        return {"image": ours.image, "result": ours.result, "kernel": ours.controls.kernel}

    def facts(self):
        ours, (image, kernel, view) = self.explorer, self.state
        yield Fact("bytes of the frame", ours.input.picture.astype(int), as_photo(image), 1)
        limit = max(kernel[kernel > 0].sum(), -kernel[kernel < 0].sum()) / 2 or 1
        noise = rounding_error(value_range(image), kernel)
        yield sees(ours.output, render(ours.result, view, limit=limit, error=noise))
        preset = name_of(np.reshape(ours.weights.value, (3, 3)).astype(np.float32)) or "your own"
        yield Fact("named kernel", ours.preset.value, preset)


def _sizes(formula):
    return [int(count) for count in re.findall(r"\+ 1 = (\d+)\.", formula)]


class WindowOracle(KernelOracle):
    names = tuple(name for name in PLAIN if name != "bias")

    def __init__(self, explorer, files):
        super().__init__(explorer, files)
        self.grid = np.array(explorer.image)

    def inputs(self):
        kernel = np.array(self.explorer.weights.value, np.float32)
        kernel = kernel.reshape(self.explorer.weights.shape)
        whole = np.array_equal(kernel, kernel.round())
        return self.grid.copy(), kernel.astype(int) if whole else kernel

    def remember(self):
        pass

    def paint(self, view, cells, began):
        p = self.explorer.controls.options.get("padding", 0)
        for row, column in cells:
            if 0 <= row - p < self.grid.shape[0] and 0 <= column - p < self.grid.shape[1]:
                self.grid[row - p, column - p] = self.explorer.brush.numbers[0].number

    def facts(self):
        ours, (image, kernel, options, result) = self.explorer, self.state
        number = ours.position_control.number - 1
        at = divmod(number, result.shape[1])
        yield Fact("position", list(ours.position), list(at))
        yield Fact("positions", ours.position_control.max, float(result.size))
        yield from product_facts(ours.products, image, kernel, options, at, result[at])
        known = numbers(filter(None, ours.output.numbers))
        yield Fact("numbers of the output", known, ours.result.ravel()[: number + 1], PRINTED)
        yield from self.places(ours, at, kernel, options, offset=options.get("padding", 0))
        yield Fact("size formula", _sizes(ours.formula.value), list(result.shape))
        yield Fact("border disabled", ours.border.disabled, "padding" not in options)
