"""Oracles of the explorers that convolve: what each must show, computed with scipy."""

import re

import numpy as np
from explorers.driving import as_photo, frame, marks
from explorers.random_moves.expecting import (
    PRINTED,
    Fact,
    Oracle,
    Refused,
    after,
    convolved,
    gray,
    numbers,
    options_of,
    picked,
    product_facts,
    sees,
)

from helpers import KERNELS
from helpers.explorers.models.bank import SECOND, SECOND_BANK
from helpers.kernels import name_of
from helpers.rendering import render, render_direction

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
        yield Fact("picture of the image", ours.input.picture, as_photo(image))
        yield sees(ours.output, render(ours.result, self.look[0]))
        yield from self.places(ours, at, kernel, options)
        preset = name_of(np.reshape(ours.weights.value, (3, 3)).astype(np.float32)) or "your own"
        yield Fact("named kernel", ours.preset.value, preset)
        yield Fact(
            "sum of the weights", after(ours.note.value, "add up to "), kernel.sum(), PRINTED
        )
        yield Fact("channel hidden", ours.channel.hidden, image.ndim == 2)
        share = max(result.shape[:2]) / max(image.shape[:2]) if self.look[1] else 1
        yield Fact("share of the width", ours.output.share, min(1.0, share))
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


class ChannelOracle(Oracle):
    def arrays(self):
        ours = self.explorer
        image = picked(ours.picker, self.files)
        if image.ndim == 2:
            raise Refused
        kernel = np.stack([np.reshape(each.value, (3, 3)) for each in ours.weights], -1)
        kernel, bias = kernel.astype(np.float32), ours.bias.number
        maps = [convolved(image[..., k], kernel[..., k], {}, ours.convolve) for k in range(3)]
        result = sum(maps) + bias
        feature_map = np.maximum(result, 0) if ours.relu.value else result
        self.state = image, kernel, maps, result, bias
        return {"image": image, "maps": maps, "result": result, "feature_map": feature_map}

    def shown(self):
        names = ("maps", "result", "feature_map")
        shown = {name: getattr(self.explorer, name) for name in names}
        return shown | {"image": self.explorer.controls.image}

    def facts(self):
        ours, (image, kernel, maps, result, bias) = self.explorer, self.state
        at = ours.output.cursor
        for k, panel in enumerate(ours.products):
            yield from product_facts(panel, image[..., k], kernel[..., k], {}, at, maps[k][at])
            picture = as_photo(image[..., k])
            yield Fact(f"channel {k}", ours.channel_views[k].picture, picture)
            yield sees(ours.map_views[k], render(ours.maps[k], "signed"))
            yield Fact("mark", marks(ours.map_views[k]), [(*at, 1, 1)])
            yield Fact("mark", marks(ours.channel_views[k]), [(*at, 3, 3)])
        yield sees(ours.sum, render(ours.result, "signed"))
        line = ours.total.value
        terms = [*(values[at] for values in maps), bias]
        for name, value in zip(("red", "green", "blue", "bias"), terms):
            shown = re.search(rf"{name} \(?(-?[\d.e+]+)", line)
            yield Fact(f"{name} term", float(shown[1]), value, PRINTED)
        yield Fact("sum", after(line, " = "), result[at], PRINTED)
        yield Fact("alt of the bias", after(ours.sum.alt.rpartition("bias")[2], " "), bias, PRINTED)


class EdgeOracle(Oracle):
    def arrays(self):
        ours = self.explorer
        image = gray(picked(ours.picker, self.files))
        padded = np.pad(image, 1, "edge").astype(image.dtype)
        pair = [
            convolved(padded, KERNELS[f"{ours.family.value}_{name}"], {}, ours.convolve)
            for name in ("vertical", "horizontal")
        ]
        self.state = pair
        return {"vertical": pair[0], "horizontal": pair[1], "magnitude": np.hypot(*pair)}

    def shown(self):
        names = ("vertical", "horizontal", "magnitude")
        return {name: getattr(self.explorer.maps, name) for name in names}

    def facts(self):
        ours, at = self.explorer, self.explorer.views["image"].cursor
        maps, line = ours.maps, ours.reading.value
        yield Fact("place", numbers(line)[:2], list(at))
        for name in ("vertical", "horizontal", "magnitude"):
            yield Fact(
                f"{name} in the line", after(line, f"{name} "), getattr(maps, name)[at], PRINTED
            )
            view = "absolute" if name == "magnitude" else "signed"
            yield sees(ours.views[name], render(getattr(maps, name), view))
        yield sees(ours.views["direction"], render_direction(maps.direction, maps.magnitude))
        strong = maps.magnitude > 1e-2
        angle = np.arctan2(maps.horizontal, maps.vertical)
        yield Fact("direction", maps.direction[strong], angle[strong], 1e-5)
        for view in ours.views.values():
            yield Fact(f"cursor of {view.title}", list(view.cursor), list(at))
            yield Fact(f"mark of {view.title}", marks(view), [(*at, 1, 1)])


class BankOracle(Oracle):
    def arrays(self):
        ours = self.explorer
        image = picked(ours.picker, self.files)
        channels = [image] if image.ndim == 2 else list(np.moveaxis(image, 2, 0))
        sobel = KERNELS["sobel_vertical"], KERNELS["sobel_horizontal"]
        first = [sign * kernel for kernel in sobel for sign in (1, -1)]
        maps = [self._summed(channels, [kernel] * len(channels)) for kernel in first]
        second = [np.moveaxis(SECOND_BANK[..., f], 2, 0) for f in range(SECOND_BANK.shape[3])]
        outputs = [self._summed(maps, list(bank)) for bank in second]
        return {"maps": np.stack(maps, -1), "output_maps": np.stack(outputs, -1)}

    def _summed(self, channels, kernels):
        function = self.explorer.convolve
        maps = [convolved(each, kernel, {}, function) for each, kernel in zip(channels, kernels)]
        return np.maximum(sum(maps), 0)

    def shown(self):
        return {"maps": self.explorer.maps, "output_maps": self.explorer.output_maps}

    def facts(self):
        ours, chosen = self.explorer, self.explorer.filter.value
        for k, view in enumerate(ours.map_views):
            yield sees(view, render(ours.maps[..., k], "ReLU"))
        for k, view in enumerate(ours.output_views):
            yield sees(view, render(ours.output_maps[..., k], "ReLU"))
            yield Fact("marked", bool(view.marks), view.title == chosen)
        for view, weights in zip(ours.slices, SECOND[chosen]):
            yield Fact("slice", numbers(view.numbers), np.ravel(weights), PRINTED)
        yield Fact("shapes", str(ours.output_maps.shape) in ours.shapes.value, True)
