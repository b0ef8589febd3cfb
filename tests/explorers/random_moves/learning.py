"""Oracles of KernelLearner and ParameterCounter."""

import numpy as np
from explorers.driving import as_photo, expected_output
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
    used,
)
from scales import scale_end

from helpers import KERNELS
from helpers.explorers.models.kernel_descent import mse_gradient
from helpers.rendering import render


class LearnerOracle(Oracle):
    function = "gradient"

    def arrays(self):
        ours = self.explorer
        image = gray(picked(ours.picker, self.files))
        kernel = np.array(ours.weights.value).reshape(3, 3)
        seen = as_photo(image), ours.reveal.value, ours.target.value
        image = image - image.mean()
        target = convolved(image, KERNELS[ours.target.value], {})
        output = convolved(image, kernel, {})
        error = output - target
        slope = self._gradient(image, kernel, target, error)
        self.state, self.seen = (target, output, np.mean(error**2)), seen
        return {"kernel": kernel, "move": -ours.rate.number * slope, "loss": np.mean(error**2)}

    def _gradient(self, image, kernel, target, error):
        if self.explorer.gradient is mse_gradient:
            return 2 / error.size * expected_output(image, error)
        task = self.explorer.descent.task
        arguments = [task.image, kernel, task.target]
        return used(self.explorer.gradient, arguments, {}, (3, 3))

    def shown(self):
        view = self.explorer.computed
        loss = view.descent.history[-1][1]
        return {"kernel": view.descent.kernel, "move": view.move, "loss": loss}

    def facts(self):
        ours, (target, output, loss) = self.explorer, self.state
        picture, reveals, name = self.seen
        yield Fact("bytes of the image", ours.image_view.picture.astype(int), picture, 1)
        maps = target, output, output - target
        views = ours.target_view, ours.output_view, ours.error_view
        # what is nearly 0 may be rounding, or may count: the scale may end at either of two values
        limits = [max(scale_end(each, noise) for each in maps) for noise in (1e-6, 3e-5)]
        end = float(views[0].scale["labels"][-1]) if limits[0] > 1e-5 else 0
        limit = min(limits, key=lambda each: abs(each - end))
        for view, values in zip(views, maps) if limit > 1e-5 else ():
            indices = np.frombuffer(view.pixels, np.uint8)  # of the palette
            yield Fact(view.title, indices, render(values, limit=limit).data.ravel(), 1)
        yield Fact("loss in the line", after(ours.line.value, "loss "), loss, 0.006 * loss + 1e-12)
        yield Fact("weights", ours.descent.kernel.ravel(), ours.weights.value, 1e-9)
        yield Fact("step", after(ours.line.value, "Step "), float(ours.computed.descent.count))
        steps = [step for step, _ in ours.history]
        yield Fact("history", steps == sorted(set(steps)) and steps[-1] == ours.descent.count, True)
        yield Fact("target hidden", ours.right_view.hidden, not reveals)
        right = np.ravel(KERNELS[name])
        yield Fact("target kernel", numbers(ours.right_view.numbers), right, PRINTED)


class ValleyOracle(Oracle):
    def arrays(self):
        ours = self.explorer
        if ours.across.value == ours.up.value:
            raise Refused
        image = gray(picked(ours.picker, self.files))
        image, difference = image - image.mean(), np.zeros((3, 3))
        for cell, offset in zip((ours.across.value, ours.up.value), ours.valley.offset):
            difference[cell] = offset
        return {"loss": np.mean(convolved(image, difference, {}) ** 2)}

    def shown(self):
        return {"loss": self.explorer.loss}

    def facts(self):
        ours = self.explorer
        yield Fact(
            "loss in the line",
            after(ours.line.value, "loss "),
            ours.loss,
            0.006 * ours.loss + 1e-12,
        )


class CounterOracle(Oracle):
    def arrays(self):
        box = {name: each.number for name, each in self.explorer.boxes.items()}
        sizes = [
            (box[n] + 2 * box["padding"] - box[k]) // box["stride"] + 1
            for n, k in (("height", "rows"), ("width", "columns"))
        ]
        if min(sizes) < 1:
            raise Refused
        weights = box["rows"] * box["columns"] * box["channels"] * box["filters"]
        outputs = sizes[0] * sizes[1] * box["filters"]
        inputs = box["height"] * box["width"] * box["channels"]
        self.state = weights, box["filters"], inputs * outputs, outputs
        return {"counts": [weights, box["filters"], inputs * outputs, outputs]}

    def shown(self):
        counts = self.explorer.counts
        dense = counts.dense_weights, counts.dense_biases
        return {"counts": [counts.weights, counts.biases, *dense]}

    def facts(self):
        rows = {name: cells for name, *cells in self.explorer.table.rows}
        weights, biases, dense_weights, dense_biases = self.state
        for name, right in (
            ("weights", (weights, dense_weights)),
            ("biases", (biases, dense_biases)),
            ("weights and biases", (weights + biases, dense_weights + dense_biases)),
        ):
            shown = [int(cell.replace(",", "")) for cell in rows[name]]
            yield Fact(name, shown, list(right))
