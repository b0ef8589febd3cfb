"""Oracles of the explorers that learn or look into a network, and of ParameterCounter."""

import numpy as np
from explorers.driving import as_photo, expected_output, marks
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

from helpers import KERNELS
from helpers.explorers.models.kernel_descent import mse_gradient
from helpers.network import class_activation_map, receptive_field, saliency
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
        self.state, self.seen = (image, kernel, target, output, np.mean(error**2)), seen
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
        ours, (image, kernel, target, output, loss) = self.explorer, self.state
        picture, reveals, name = self.seen
        yield Fact("bytes of the image", ours.image_view.picture.astype(int), picture, 1)
        limit = max(float(np.abs(values).max()) for values in (target, output, output - target))
        views = ours.target_view, ours.output_view, ours.error_view
        for view, values in zip(views, (target, output, output - target)) if limit > 1e-5 else ():
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


class TrainingOracle(Oracle):
    def arrays(self):
        ours = self.explorer
        image = ours.test[0][ours.number.number]
        outputs = ours.network.layer_outputs(image[None])
        if not np.isfinite(outputs[-1]).all():
            raise Refused
        filters = ours.network.layers[0].parameters["weights"]
        if ours.change.value:
            filters = filters - ours.session.initial_filters[0]
        self.state = image, ours.test[1][ours.number.number]
        expected = {
            "probabilities": ours.network.predict(image[None])[0],
            "maps 1": outputs[1][..., 0],
            "maps 2": outputs[4][..., 0],
        }
        return {**expected, "filters": np.sort(filters, axis=None)}

    def shown(self):
        view = self.explorer.computed
        shown = {"probabilities": view.probabilities}
        shown |= {f"maps {k + 1}": stack.maps for k, stack in enumerate(view.maps)}
        return {**shown, "filters": np.sort(view.filters[0].maps, axis=None)}

    def facts(self):
        ours, (_, label) = self.explorer, self.state
        yield Fact("label", after(ours.image.title, "label: "), float(label))
        shares = [each for each in ours.bars.alt.rpartition(": ")[2].split(", ")]
        shares = [numbers(each)[-1] for each in shares]
        right = np.multiply(100, ours.computed.probabilities)
        yield Fact("bars", shares, right[:20], 0.051)
        yield Fact("filters 2 hidden", ours.filter_sheets.second.hidden, not ours.second.value)
        steps = ours.session.count
        yield Fact("progress bar", ours.progress.share.get("value", 0), steps)
        if steps:
            last = ours.history["loss"]["training"][-1]
            yield Fact("curve", last[0] <= steps and np.isfinite(last[1]), True)
        done = ours.session.probabilities is not None
        yield Fact("results", ours.results.matrix is not None, done)
        if done:
            predicted = ours.network.predict(ours.test[0]).argmax(1)
            matrix = np.zeros((ours.classes, ours.classes), int)
            np.add.at(matrix, (ours.test[1], predicted), 1)
            yield Fact("confusion matrix", ours.results.matrix.tolist(), matrix.tolist())


class InsideOracle(Oracle):
    def arrays(self):
        ours = self.explorer
        image, network = ours.picker.value.image, ours.network
        probabilities = network.predict(image[None])[0]
        label = int(probabilities.argmax())
        self.state = image, label
        outputs = [each[..., 0] for each in network.layer_outputs(image[None])]
        tests = self.files["test images"]
        if ours.source.value == "test image":
            image = tests[ours.number.number % len(tests)]
        named = {f"layer {k}": output for k, output in enumerate(outputs)}
        return {"image": image, "probabilities": probabilities, "class": label, **named}

    def shown(self):
        ours = self.explorer
        named = {f"layer {k}": output for k, output in enumerate(ours.layer_outputs)}
        found = {"image": ours.image, "probabilities": ours.probabilities}
        return {**found, "class": ours.prediction, **named}

    def facts(self):
        ours, (image, label) = self.explorer, self.state
        share = after(ours.verdict.value, "probability ")
        yield Fact("verdict", share, 100 * float(ours.probabilities[label]), 0.051)
        row, column, number = ours.maps.place
        layer = ours.maps.layer
        line = ours.cell.line.value
        place = [layer, number, row, column]
        yield Fact("place", numbers(line)[:4], place)
        right = ours.layer_outputs[layer][row, column, number]
        yield Fact("value of the cell", after(line, " = "), right, PRINTED)
        field = receptive_field(ours.network, layer, row, column).clipped(*image.shape[:2])
        yield Fact("receptive field", marks(ours.input), [tuple(field)] if field[2] else [])
        yield from self._attribution(ours, image, label)

    def _attribution(self, ours, image, label):
        kind, network = ours.attribution.value, ours.network
        if kind == "occlusion":
            return
        function = {"saliency": saliency, "class activation": class_activation_map}[kind]
        right = render(function(network, image, label), "signed")
        yield Fact(kind, ours.attribution_map.picture, right.pixels)


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
