"""NetworkBuilder: its numbers beside those of real networks, and what does not fit."""

import numpy as np
import pytest
from explorers import driving as page
from refusals import is_one_line

from helpers.explorers import InsideExplorer, NetworkBuilder, TrainingExplorer
from helpers.explorers.models.builder import MOST, SETTINGS, field_of
from helpers.network import (
    Conv,
    Dense,
    Flatten,
    MaxPool,
    MeanPool,
    Network,
    ReLU,
    load_digits,
    train,
)  # fmt: skip

DIGITS = tuple(part[:96] for part in load_digits("test"))
CAT = "cat, 64×64×3"
LISTS = {
    "strides": lambda: [Conv(3, 5, stride=2), ReLU(), MeanPool(3, stride=2), Conv(2, 2, 3, 1)],
    "padding": lambda: [Conv(2, 3, padding=2), MaxPool(2), Conv(3, 4, stride=2, padding=3), ReLU()],
    "beyond the window": lambda: [
        MaxPool(2, stride=3),
        Conv(4, 1, stride=2),
        MeanPool(2, stride=1),
    ],
    "nothing but pooling": lambda: [MeanPool(4), MaxPool(3, stride=1)],
}


def texts(builder):
    """What the rows say: the results of each layer, or why it does not fit."""
    return [
        each.error.value
        if not each.error.hidden
        else [*(text.value for text in each.texts), each.field.label]
        for each in builder.rows
        if not each.kind.hidden
    ]


def test_the_network_of_lesson_08():
    """80 + 1,168 + 4,010 parameters; 8·9·26² + 16·72·11² + 400·10 multiplications; four bytes a number."""
    builder = NetworkBuilder()
    assert texts(builder) == [
        ["26×26×8", "80", "48,672", "21.6 kB", "3×3"],
        ["26×26×8", "0", "0", "21.6 kB", "3×3"],
        ["13×13×8", "0", "0", "5.41 kB", "4×4"],
        ["11×11×16", "1,168", "139,392", "7.74 kB", "8×8"],
        ["11×11×16", "0", "0", "7.74 kB", "8×8"],
        ["5×5×16", "0", "0", "1.6 kB", "10×10"],
        ["400", "0", "0", "1.6 kB", "10×10"],
        ["10", "4,010", "4,000", "40 B", "26×26"],
    ]
    assert builder.totals.value.startswith("Total: 5,258 parameters, 192,064 multiplications")


@pytest.mark.parametrize("layers", LISTS.values(), ids=LISTS)
@pytest.mark.parametrize("input", ["digit, 28×28×1", CAT])
def test_costs_are_those_of_a_network(layers, input):
    """Shapes and bytes of real outputs, numbers of real weights, each used once at each position."""
    builder = NetworkBuilder([*layers(), Flatten(), Dense(7), ReLU(), Dense(3)], input)
    network = builder.network(seed=2)
    outputs = network.layer_outputs(np.zeros((1, *builder.input_shape), np.float32))
    assert len(builder.costs) == len(outputs)
    for cost, layer, output in zip(builder.costs, network.layers, outputs):
        assert cost.output_shape == output[..., 0].shape and cost.memory == output.nbytes
        assert cost.parameters == sum(array.size for array in layer.parameters.values())
        weights = layer.parameters.get("weights", np.empty(0))
        assert cost.multiplications == weights.size * np.prod(output.shape[:-2], dtype=int)
    assert builder.network(seed=2).parameter_count == network.parameter_count


@pytest.mark.parametrize("layers", LISTS.values(), ids=LISTS)
@pytest.mark.parametrize("pixel", [(0, 0), (13, 20), (27, 3)])
def test_the_receptive_field_holds_the_pixels_that_matter(layers, pixel):
    """One bright pixel at a time: those that change the cell fill the rectangle to its sides."""
    network = Network(layers(), (28, 28, 1))
    for layer in network.layers:
        for name, array in layer.parameters.items():
            array[:] = name == "weights"
    points = np.eye(28 * 28, dtype=np.float32).reshape(-1, 28, 28)
    reached = network.layer_outputs(points)[-1][:, :, 0] > 0  # (rows, columns, pixels)
    boxes = [box(cell.reshape(28, 28)) for cell in reached.reshape(-1, 28 * 28) if cell.any()]
    field = tuple(field_of(network.layers, network.shapes, pixel))
    assert field in boxes
    if is_inside(field):  # at the border, a part of the field lies in the padding
        nearest = min(distance(each, pixel) for each in boxes if is_inside(each))
        assert distance(field, pixel) == nearest


def box(reached):
    """(top, left, rows, columns) of the smallest rectangle around the pixels that matter."""
    places = np.argwhere(reached)
    return (*places.min(axis=0), *(np.ptp(places, axis=0) + 1))


def is_inside(field):
    top, left, rows, columns = field
    return min(top, left) > 0 and max(top + rows, left + columns) < 28


def distance(field, pixel):
    """Of the middle of a field from a pixel, along the axis where it is larger."""
    return max(abs(at + (side - 1) / 2 - goal) for at, side, goal in zip(field, field[2:], pixel))


def test_fields_lie_inside_each_other():
    """The chosen layer's is thick; pointing moves them, and no layer is computed again."""
    builder = NetworkBuilder()
    calls = page.counted(builder)
    page.move(builder.picture, cursor=[13, 9], pinned=True)
    assert page.marks(builder.picture) == [(8, 4, 10, 10)]
    assert [rows for _, _, rows, _ in page.marks(builder.picture, thin=True)] == [3, 4, 8]
    assert builder.field.value.endswith(
        "receptive field 10×10 pixels, rows 8 to 17, columns 4 to 13."
    )
    assert calls == []
    builder.rows[0].field.click()
    assert page.marks(builder.picture) == [(12, 8, 3, 3)]


@pytest.mark.parametrize(
    "change, place, line",
    [
        (lambda b: b.remove(6), 6, "it takes flat inputs; put Flatten() before it"),
        (lambda b: b.move(6, -1), 6, "it takes maps (rows, columns, channels)"),
        (
            lambda b: page.type_into(b.rows[3].numbers["size"], "11") or b.add("Conv"), 6,
            "size spans 3 rows and does not fit into 1 rows with 0 + 0 of padding",
        ),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_said_at_the_layer(change, place, line):
    """In the words of the library; the layers before it stay, and the page's error line is empty."""
    builder = NetworkBuilder()
    change(builder)
    said = texts(builder)
    assert said[place] == line and builder.problem == ""
    assert said[0] == ["26×26×8", "80", "48,672", "21.6 kB", "3×3"] and len(builder.costs) == place
    assert all(each == ["", "", "", "", "–"] for each in said[place + 1 :])
    assert f"Layer {place} does not fit" in builder.totals.value and line in builder.code
    with pytest.raises(ValueError, match=rf"^layers\[{place}\], ") as caught:
        builder.network()
    assert str(caught.value).endswith(line)


def test_too_many_parameters():
    """The limit of Network; nothing is allocated."""
    layers = [Conv(256, 3, padding=1), Flatten(), Dense(256)]
    builder = NetworkBuilder(layers, "cat, 224×224×3")
    assert texts(builder)[2].startswith("layers must have at most 50,000,000 parameters")


def test_add_remove_move_and_choose():
    """As the buttons do; a new layer comes after the chosen one, and is chosen."""
    builder = NetworkBuilder([Conv(4, 3), Flatten(), Dense(10)])
    calls = page.counted(builder)
    page.send(builder, builder.adders["MaxPool"], press=True)
    assert kinds(builder) == ["Conv", "MaxPool", "Flatten", "Dense"] and builder.chosen == 1
    page.send(builder, builder.rows[1].up, press=True)
    assert kinds(builder) == ["MaxPool", "Conv", "Flatten", "Dense"] and builder.chosen == 0
    page.send(builder, builder.rows[1].remove, press=True)
    assert kinds(builder) == ["MaxPool", "Flatten", "Dense"]
    assert len(calls) == 3
    assert builder.layers[2].settings == [10] and builder.layers[0].settings == [(2, 2), (2, 2)]


def kinds(builder):
    return [layer.name for layer in builder.layers]


def test_another_kind_of_layer_has_its_usual_numbers():
    builder = NetworkBuilder()
    page.send(builder, builder.rows[0].kind, value=list(SETTINGS).index("MeanPool"))
    assert builder.layers[0].settings == [(2, 2), (2, 2)]
    shown = [name for name, each in builder.rows[0].numbers.items() if not each.hidden]
    assert shown == ["size", "stride"] and builder.costs[0].output_shape == (14, 14, 1)


def test_at_least_one_layer_and_at_most_twelve():
    """The buttons that would go further are disabled; the methods say so in one line."""
    builder = NetworkBuilder([ReLU()])
    assert builder.rows[0].remove.disabled
    with pytest.raises(ValueError, match="must have a layer"):
        builder.remove(0)
    for _ in range(MOST - 1):
        builder.add("ReLU")
    assert all(button.disabled for button in builder.adders.values())
    with pytest.raises(ValueError, match="at most 12 layers"):
        builder.add("ReLU")
    assert len(builder.costs) == MOST


@pytest.mark.parametrize("options, line", [
    ({"layers": []}, "^layers must be a list of 1 to 12 layers"),
    ({"layers": [ReLU() for _ in range(13)]}, "^layers must be a list of 1 to 12 layers"),
    ({"layers": 3}, "^layers must be a list"), ({"layers": ["Conv"]}, r"^layers\[0\] must be a layer"),
    ({"layers": [Conv(8, (3, 5))]}, r"^layers\[0\] must have one size from 1 to 11; got \(3, 5\)"),
    ({"layers": [ReLU(), Conv(8, 3, padding="same")]}, r"^layers\[1\] must have one padding .* 'same'"),
    ({"layers": [Conv(257, 3)]}, r"^layers\[0\] must have one number of filters .*; got 257"),
    ({"input": "dog"}, "^input must be one of"), ({"controls": ["code"]}, "^controls must list"),
])  # fmt: skip
def test_invalid_arguments(options, line):
    """One line that names the parameter."""
    with pytest.raises((ValueError, TypeError), match=line) as caught:
        NetworkBuilder(**options)
    assert is_one_line(str(caught.value))


@pytest.mark.parametrize("text", ["", "abc", "0", "12", "1.5"])
def test_invalid_numbers(text):
    """One line that names the number and its layer; the layer stays."""
    builder = NetworkBuilder()
    page.type_into(builder.rows[3].numbers["size"], text)
    assert "size of layer 3" in builder.problem and is_one_line(builder.problem)
    assert builder.layers[3].size == (3, 3)


def random_builder(seed):
    """A builder after a few presses and numbers, whose layers fit, with ten scores at the end."""
    rng = np.random.default_rng(seed)
    builder = NetworkBuilder([Conv(2, 3), ReLU(), Flatten(), Dense(10)])
    for _ in range(6):
        builder.choose(int(rng.integers(builder.count - 2)))
        builder.add(["Conv", "ReLU", "MaxPool", "MeanPool"][rng.integers(4)])
        row = builder.rows[builder.chosen]
        row.numbers["size"].number, row.numbers["padding"].number = map(int, rng.integers(1, 4, 2))
        if builder.computed.error:
            builder.remove(builder.chosen)
    return builder


@pytest.mark.parametrize("seed", range(4))
def test_what_it_builds_is_trained_and_opened(seed):
    """Trained as by a loop over `train`; every layer and cell can be pointed at afterwards."""
    builder = random_builder(seed)
    trainer = TrainingExplorer(DIGITS, DIGITS, epochs=1, batch_size=48, layers=builder.layers)
    trainer.runner.run(9)
    network = builder.network()
    for _ in train(network, *DIGITS, epochs=1, batch_size=48, learning_rate=3e-3):
        pass
    for ours, theirs in zip(trainer.network.layers, network.layers):
        for name, array in theirs.parameters.items():
            np.testing.assert_array_equal(ours.parameters[name], array)
    assert trainer.problem == "" and trainer.results.matrix.sum() == 96
    inside = InsideExplorer(trainer.network, DIGITS)
    for sheet in inside.sheets.values():
        page.move(sheet, cursor=[0, 0], pinned=False)
        assert inside.problem == ""


def test_the_written_code_makes_the_same_layers():
    builder = random_builder(1)
    names = {}
    exec(builder.code, names)
    assert [each.settings for each in names["network"].layers] == [
        each.settings for each in builder.layers
    ]
    page.move(builder.library, value=2)
    assert builder.code.startswith("from torch import nn") and builder.written.value == builder.code


def test_a_move_is_one_update_and_one_message(messages):
    builder = NetworkBuilder()
    messages.clear()
    calls = page.counted(builder)
    page.send(builder, builder.rows[3].up, press=True)
    assert len(calls) == len(messages) == 1
