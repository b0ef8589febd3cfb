"""Oracles of the explorers of a network, in training and trained."""

import numpy as np
from explorers.driving import marks
from explorers.random_moves.expecting import (
    PRINTED,
    Fact,
    Oracle,
    Refused,
    after,
    numbers,
)

from helpers.network import (
    change_images,
    class_activation_map,
    occlusion_drop,
    random_nudge,
    receptive_field,
    saliency,
    worst_nudge,
)
from helpers.network.preprocessing import digit_steps
from helpers.rendering import render


class TrainingOracle(Oracle):
    def arrays(self):
        ours = self.explorer
        image = ours.test[0][ours.number.number]
        outputs = ours.network.layer_outputs(image[None])
        if not np.isfinite(outputs[-1]).all():
            raise Refused
        filters = ours.network.layers[0].parameters["weights"]
        start = ours.session.initial_filters[0]
        self.state = image, ours.test[1][ours.number.number]
        expected = {
            "probabilities": ours.network.predict(image[None])[0],
            "maps 1": outputs[1][..., 0],
            "maps 2": outputs[4][..., 0],
        }
        formation = {"start": start, "change": filters - start, "filters": filters}
        return expected | {name: np.sort(each, axis=None) for name, each in formation.items()}

    def shown(self):
        view = self.explorer.computed
        shown = {"probabilities": view.probabilities}
        shown |= {f"maps {k + 1}": stack.maps for k, stack in enumerate(view.maps)}
        formation = zip(("start", "change", "filters"), view.formation, strict=True)
        return shown | {name: np.sort(stack.maps, axis=None) for name, stack in formation}

    def facts(self):
        ours, (_, label) = self.explorer, self.state
        yield Fact("label", after(ours.image.title, "label: "), float(label))
        listed = ours.bars.alt.rpartition(": ")[2].split(", ")
        shares = [numbers(each)[-1] for each in listed]
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


class ClassifierOracle(Oracle):
    """Accuracies are counted picture by picture; names that are alike are refused."""

    def arrays(self):
        ours = self.explorer
        names = [line.name.value.casefold() for line in ours.rows[: ours.parts.count.number]]
        if len(set(names)) < len(names):
            raise Refused
        pictures = [list(part) for part in ours.own.of_class[: len(names)]]
        held_out = [part[3::4] for part in pictures]
        judged = held_out if all(held_out) else pictures
        self.state = pictures, self._recall(judged)
        return {"probabilities": ours.network.predict(ours.source.value[None])[0]}

    def _recall(self, judged):
        predict = self.explorer.network.predict
        said = [[int(predict(each[None]).argmax()) for each in part] for part in judged]
        return [np.mean(np.equal(part, k)) if part else np.nan for k, part in enumerate(said)]

    def shown(self):
        return {"probabilities": self.explorer.computed.probabilities}

    def facts(self):
        ours, (pictures, recall) = self.explorer, self.state
        yield Fact(
            "recall",
            np.nan_to_num(ours.computed.recall, nan=-1),
            np.nan_to_num(recall, nan=-1),
            1e-6,
        )
        yield Fact(
            "pictures", after(ours.parts.set_line.value + " ", "") or 0, sum(map(len, pictures))
        )
        yield Fact(
            "rows", [line.name.hidden for line in ours.rows], [k >= len(pictures) for k in range(5)]
        )
        for line, part in zip(ours.rows, pictures):
            lit = [tile.min() != 128 or tile.max() != 128 for tile in line.tiles.tiles]
            yield Fact("thumbnails", sum(lit), min(8, len(part)))
        yield Fact("asked", ": 0 of " in ours.parts.asked.value, True)


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
        row, column, number = ours.pipeline.place
        layer = ours.pipeline.layer
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
        photo = render(image if image.shape[2:] in ((), (3,)) else image.mean(axis=2), "as a photo")
        yield Fact("attribution", bool(ours.input.note), kind != "none")
        if kind == "none":
            yield Fact("image", ours.input.picture, photo.pixels)
            return
        function = {
            "occlusion": occlusion_drop,
            "saliency": saliency,
            "class activation": class_activation_map,
        }[kind]
        patch = _patch(image) if kind == "occlusion" else {}
        right = float(np.abs(function(network, image, label, **patch)).max()) or 1
        shown = float(ours.input.scale["labels"][-1])
        yield Fact(f"{kind}: scale", shown, right, 1e-2 * right)


def _patch(image):
    """A square of 5/28 of the longer side that fits; 14 positions along that side."""
    rows, columns = image.shape[:2]
    longer = max(rows, columns)
    side = min(max(1, round(5 / 28 * longer)), rows, columns)
    return {"size": side, "stride": max(1, round(longer / 14))}


class BuilderOracle(Oracle):
    """Sizes by the formula of lesson 04, layer by layer, up to the first that does not fit."""

    def arrays(self):
        shapes, counts = [self.explorer.input_shape], []
        for each in self.explorer.rows[: self.explorer.count]:
            box = {name: number.number for name, number in each.numbers.items()}
            found = built(each.kind.value, box, shapes[-1])
            if found is None or sum(counts) + found[1] > 50_000_000:
                break
            shapes.append(found[0])
            counts.append(found[1])
        self.state = shapes[1:], counts
        return {"numbers of an output": [np.prod(shape) for shape in shapes], "parameters": counts}

    def shown(self):
        view = self.explorer.computed
        return {
            "numbers of an output": [np.prod(shape) for shape in view.shapes],
            "parameters": [cost.parameters for cost in view.costs],
        }

    def facts(self):
        ours, (shapes, counts) = self.explorer, self.state
        for place, each in enumerate(ours.rows):
            texts = [text.value for text in each.texts if not text.hidden][:2]
            right = ["", ""] if place < ours.count else []
            if place < len(shapes):
                right = ["×".join(map(str, shapes[place])), f"{counts[place]:,}"]
            elif place == len(shapes) < ours.count:
                right = []
            yield Fact(f"row {place}", texts, right)
            told = place == len(shapes) < ours.count
            yield Fact(f"error in row {place}", not each.error.hidden, told)
        fits = ours.chosen < len(shapes)
        yield Fact("a field is drawn", bool(marks(ours.picture)) and not fits, False)


def built(kind, box, shape):
    """The output's shape and the number of parameters of a layer, or None if it does not fit."""
    if kind == "Dense":
        return ((box["count"],), (shape[0] + 1) * box["count"]) if len(shape) == 1 else None
    if kind == "ReLU":
        return shape, 0
    if len(shape) == 1:
        return None
    if kind == "Flatten":
        return (int(np.prod(shape)),), 0
    padding = box["padding"] if kind == "Conv" else 0
    rows, columns = ((n + 2 * padding - box["size"]) // box["stride"] + 1 for n in shape[:2])
    if min(shape[:2]) + 2 * padding < box["size"]:
        return None
    if kind == "Conv":
        weights = (box["size"] ** 2 * shape[2] + 1) * box["count"]
        return (rows, columns, box["count"]), weights
    return (rows, columns, shape[2]), 0


class ChangeOracle(Oracle):
    """The first image of each class, changed; and the accuracy on all of them."""

    def arrays(self):
        ours, trial = self.explorer, self.explorer.trial
        change, amount = ours.change.value, ours.amounts[ours.change.value].number
        first = [trial.labels.tolist().index(label) for label in sorted(set(trial.labels))]
        changed = change_images(trial.images[first], change, amount)
        every = change_images(trial.images, change, amount)
        networks = trial.networks.values()
        said = [network.predict(changed).argmax(axis=1) for network in networks]
        hits = [network.predict(every).argmax(axis=1) == trial.labels for network in networks]
        pictures = changed.mean(axis=3) if changed.shape[3:] == (2,) else changed
        self.state = change, amount, trial.labels[first], said, [hit.mean() for hit in hits]
        return {"pictures": np.moveaxis(pictures, 0, 2), "accuracies": self.state[-1]}

    def shown(self):
        view = self.explorer.computed
        return {"pictures": view.pictures, "accuracies": view.accuracies}

    def facts(self):
        ours, (change, amount, labels, said, accuracies) = self.explorer, self.state
        rows = [[(k, k == label) for k in each] for label, *each in zip(labels, *said)]
        captions = ["|".join(f"{k}{'✗✓'[int(hit)]}" for k, hit in row) for row in rows]
        yield Fact("captions", ours.pictures.captions, captions)
        yield Fact(
            "controls", [name for name, each in ours.amounts.items() if not each.hidden], [change]
        )
        printed = numbers(ours.chart.alt.partition(" at ")[2])
        yield Fact("chart", printed, [amount, *np.multiply(100, accuracies)], 0.51)
        here = [dict(curve).get(amount) for curve in ours.curves.values()]
        if None not in here:
            yield Fact("curves", here, accuracies)


class NudgeOracle(Oracle):
    def arrays(self):
        ours, network = self.explorer, self.explorer.network
        image, label = ours.picker.value.image, ours.picker.value.label
        if ours.source.value == "test image":
            tests = self.files["test images"]
            place = ours.number.number % len(tests)
            image, label = tests[place], place % 3
        if label is None:
            label = int(network.predict(image[None])[0].argmax())
        size, seed = ours.size.number, ours.seed.number
        changed = {
            "worst": worst_nudge(network, image[None], [label], size)[0],
            "random": random_nudge(image, size, seed),
        }
        self.state = image, changed
        shares = {
            f"{name} shares": network.predict(each[None])[0] for name, each in changed.items()
        }
        return {"image": image, **changed, **shares}

    def shown(self):
        ours = self.explorer
        shares = {f"{name} shares": each.probabilities for name, each in ours.nudged.items()}
        images = {name: each.image for name, each in ours.nudged.items()}
        return {"image": ours.image, **images, **shares}

    def facts(self):
        ours, (image, changed) = self.explorer, self.state
        line = ours.line.value
        yield Fact("size", after(ours.describe(), "size "), ours.size.number, PRINTED)
        share = 100 * float(ours.network.predict(image[None])[0].max())
        yield Fact("image share", numbers(line.split("Prediction: ")[1])[1], share, 0.051)
        for name, each in changed.items():
            share = 100 * float(ours.network.predict(each[None])[0].max())
            yield Fact(
                f"{name} share",
                numbers(line.split(f"{name} nudge " if name == "worst" else "random one ")[1])[1],
                share,
                0.051,
            )
            nudge, picture = ours.parts[name]
            grays = each if each.shape[2:] in ((), (3,)) else each.mean(axis=2)
            yield Fact(f"{name} picture", picture.picture, render(grays, "as a photo").pixels)
            moved = float(np.abs(each - image).max())
            yield Fact(f"{name} scale", float(nudge.scale["labels"][-1]) >= moved - PRINTED, True)


class FilterOracle(Oracle):
    """The network with the weights and the switches of all convolutions, on all images."""

    def arrays(self):
        ours, network, images = self.explorer, self.explorer.network, self.files["test images"]
        for number, bank in ours.banks.items():
            network.layers[number].parameters["weights"] = bank.weights * bank.tiles.value
            network.layers[number].parameters["bias"] = np.zeros(bank.tiles.count, np.float32)
        bank, labels = ours.bank, np.arange(len(images)) % 3
        probabilities = network.predict(images)
        self.state = probabilities.argmax(axis=1) == labels, ours.before.right
        chosen = bank.weights[:, :, bank.input_map.number, bank.tiles.chosen]
        return {"probabilities": probabilities, "numbers": chosen}

    def shown(self):
        ours = self.explorer
        return {"probabilities": ours.after.probabilities, "numbers": ours.bank.grid.kernel}

    def facts(self):
        ours, (now, before) = self.explorer, self.state
        right = [*dict.fromkeys([int(before.sum()), int(now.sum())]), len(now)]  # once if equal
        yield Fact("right", numbers(ours.accuracy.value)[: len(right)], right)
        lost = int((before & ~now).sum())
        yield Fact("pictures", 0 if ours.lost.hidden else ours.lost.count, min(lost, 6))
        printed = numbers(ours.lost_line.value)[:1] or [0]
        yield Fact("lost", printed, [lost])
        for number, bank in ours.banks.items():
            yield Fact(f"tiles {number}", bank.tiles.hidden, number != ours.layer.value)


class UnitOracle(Oracle):
    """The strongest cell of the unit in each image, the center in the one that is made."""

    def arrays(self):
        ours, images = self.explorer, self.files["test images"]
        layer, unit, made = ours.layer.value, ours.unit.number, ours.ascent.image
        start = self._start(made.shape)
        maps = self._maps(images, layer, unit)
        flat = maps.reshape(-1, len(images))
        best = np.argsort(-flat.max(axis=0), kind="stable")[:9]
        cells = [np.unravel_index(flat[:, n].argmax(), maps.shape[:2]) for n in best]
        patches = [self._part(images[n], cell) for n, cell in zip(best, cells)]
        center = np.array(maps.shape[:2]) // 2
        activation = self._maps(made[None], layer, unit)[(*center, 0)]
        scores = layer == len(ours.network.layers) - 1
        self.state = flat.max(), activation, self._part(made, center), start, scores
        return {
            "patches": np.stack(patches, axis=2),
            "activations": flat.max(axis=0)[best],
            "activation": activation,
            "probabilities": ours.network.predict(made[None])[0],
        }

    def _maps(self, images, layer, unit):
        output = self.explorer.network.layer_outputs(images)[layer]
        return output[:, :, unit] if output.ndim == 4 else output[None, None, unit]

    def _part(self, image, cell):
        """The pixels that a cell sees, 0 in the padding; several channels but color as their mean."""
        ours, frame = self.explorer, 9
        row, column = cell if ours.layer.value != len(ours.network.layers) - 1 else (0, 0)
        field = receptive_field(ours.network, ours.layer.value, int(row), int(column))
        grays = image if image.shape[2:] in ((), (3,)) else image.mean(axis=2)
        padded = np.pad(grays, [(frame, frame)] * 2 + [(0, 0)] * (grays.ndim - 2))
        top, left = field.top + frame, field.left + frame
        return padded[top : top + field.rows, left : left + field.columns]

    def shown(self):
        view, probabilities = self.explorer.computed, self.explorer.probabilities
        return {
            "patches": view.patches,
            "activations": view.patch_activations,
            "activation": view.ascent.activations[-1],
            "probabilities": probabilities,
        }

    def facts(self):
        ours, (best, activation, part, start, scores) = self.explorer, self.state
        steps = len(ours.ascent.activations) - 1
        printed = numbers(ours.line.value.replace(",", ""))
        images = len(self.files["test images"])
        yield Fact("line", printed, [steps, activation, images, best], PRINTED)
        yield Fact("image made", ours.made.picture, render(part, "as a photo").pixels)
        image = ours.ascent.image
        yield Fact("start", ours.ascent.start, start)
        yield Fact("a start without steps", bool(steps) or np.array_equal(image, start), True)
        yield Fact("brightness", [image.min() >= 0, image.max() <= 1], [True, True])
        yield Fact("bars", ours.bars.hidden, not scores)

    def _start(self, shape):
        ours = self.explorer
        if ours.start.value == "your drawing":
            try:
                return digit_steps(ours.pad.value, True)[-1].picture
            except ValueError as error:  # two digits, say
                raise Refused from error
        noise = np.random.default_rng(0).random(shape, np.float32)
        return noise if ours.start.value == "noise" else np.full(shape, 0.5, np.float32)
