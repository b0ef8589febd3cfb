"""The oracle of StripeExplorer, in plain NumPy and scipy."""

import numpy as np
from explorers.random_moves.expecting import PRINTED, Fact, Oracle, after, convolved

from helpers import convolve


class StripeOracle(Oracle):
    def arrays(self):
        ours = self.explorer
        side = 80 if ours.convolve is convolve else 32
        turn = np.radians(ours.angle.number)
        place = np.indices((side, side)) - 1  # from the middle of the first window
        along = (
            (place[0] * np.sin(turn) + place[1] * np.cos(turn)) / ours.period.number
            + 1 / 8
            - ours.shift.number
        )
        image = 0.5 + 0.5 * np.cos(2 * np.pi * along)
        if ours.wave.value == "square":
            image = ((along + 0.25 + 1e-9) % 1 < 0.5).astype(float)
        options = {} if ours.stride.number == 1 else {"stride": ours.stride.number}
        kernel = ours.weights.kernel
        result = convolved(image.astype(np.float32), kernel, options, ours.convolve)
        if ours.pooling.value != "none":
            size = ours.size.number
            fit = [n // size * size for n in result.shape]
            cells = result[: fit[0], : fit[1]].reshape(fit[0] // size, size, fit[1] // size, size)
            result = getattr(cells, ours.pooling.value)(axis=(1, 3))
        self.state = image, result
        return {"image": image, "result": result}

    def shown(self):
        return {"image": self.explorer.computed.image, "result": self.explorer.result}

    def facts(self):
        ours, (image, result) = self.explorer, self.state
        contrast = result.std() / image[1:-1, 1:-1].std()
        yield Fact("contrast", ours.contrast, contrast, 1e-4)
        yield Fact("contrast in the line", after(ours.line.value, "Contrast: "), contrast, PRINTED)
        charts = (
            (ours.over_period, ours.computed.over_period, ours.controls.period),
            (ours.over_angle, ours.computed.over_angle, ours.controls.angle),
        )
        for chart, curve, at in charts:
            place = curve.places.index(at)
            yield Fact("place of the mark", chart.value, at)
            yield Fact(f"point of {chart.title}", curve.after[place], contrast, 1e-4)
            yield Fact("in order", np.all(np.diff(curve.places) > 0), True)
