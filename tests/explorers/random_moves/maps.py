"""Oracles of the explorers of several maps: channels, edges, and banks of filters."""

import re

import numpy as np
from explorers.driving import as_photo, marks
from explorers.random_moves.expecting import (
    PRINTED,
    Fact,
    Oracle,
    Refused,
    after,
    convolved,
    gray,
    numbers,
    picked,
    product_facts,
    sees,
)
from scales import scale_end

from helpers import KERNELS
from helpers.direction import render_direction
from helpers.explorers.models.bank import SECOND, SECOND_BANK
from helpers.rendering import render, scale_limit


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
        limit = max(map(scale_end, [*ours.maps, sum(ours.maps)]))
        for k, panel in enumerate(ours.products):
            yield from product_facts(panel, image[..., k], kernel[..., k], {}, at, maps[k][at])
            picture = np.zeros((*image.shape[:2], 3), np.uint8)
            picture[..., k] = as_photo(image)[..., k]
            yield Fact(f"channel {k}", ours.channel_views[k].picture, picture)
            yield sees(ours.map_views[k], render(ours.maps[k], "signed", limit=limit))
            yield Fact("mark", marks(ours.map_views[k]), [(*at, 1, 1)])
            yield Fact("mark", marks(ours.channel_views[k]), [(*at, 3, 3)])
        yield sees(ours.sum, render(ours.result, "signed", limit=limit))
        line = ours.total.value
        terms = [*(values[at] for values in maps), bias]
        for name, value in zip(("red", "green", "blue", "bias"), terms):
            shown = re.search(rf"{name} \(?(-?[\d.e+]+)", line)
            yield Fact(f"{name} term", float(shown[1]), value, PRINTED)
        yield Fact("sum", after(line.replace("≈", "="), " = "), result[at], PRINTED)
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
        limit = scale_limit(maps.magnitude)
        edges = np.where(maps.magnitude < ours.threshold.number, 0, maps.magnitude)
        for name in ("vertical", "horizontal"):
            yield sees(ours.views[name], render(getattr(maps, name), "signed", limit=limit))
        yield sees(ours.views["magnitude"], render(edges, "absolute", limit=limit))
        yield sees(ours.views["direction"], render_direction(maps.direction, edges, limit))
        strong = maps.magnitude > 1e-2
        angle = np.arctan2(maps.horizontal, maps.vertical)
        yield Fact("direction", maps.direction[strong], angle[strong], 1e-5)
        for name, view in ours.views.items():
            yield Fact(f"cursor of {view.title}", list(view.cursor), list(at))
            yield Fact("mark", marks(view, thin=name == "image"), [(*at, 1, 1)])
        yield Fact("window", marks(ours.views["image"]), [(at[0] - 1, at[1] - 1, 3, 3)])


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
