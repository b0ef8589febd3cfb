"""InsideExplorer: what it shows and marks against the network itself, pixel by pixel."""

from io import BytesIO

import numpy as np
import pytest
from explorers import driving as page
from explorers.driving import as_photo, same
from picture_bytes import file_bytes
from PIL import Image
from refusals import is_one_line
from strategies import frozen

from helpers.explorers import InsideExplorer
from helpers.explorers.models.attribution import laid_over
from helpers.explorers.models.cell import clip
from helpers.explorers.models.digit_sources import letter_page
from helpers.explorers.models.inside import InsideControls, compute
from helpers.explorers.widgets.element import elements_in
from helpers.explorers.widgets.sketch_pad import SketchPad
from helpers.network import (
    Conv,
    Dense,
    Flatten,
    MaxPool,
    MeanPool,
    Network,
    ReLU,
    as_digit,
    class_activation_map,
    load_digits,
    occlusion_drop,
    receptive_field,
    saliency,
)
from helpers.network.layer import as_batch
from helpers.network.preprocessing import digit_steps
from helpers.network.receptive_field import Rect
from helpers.picture_files import FOLDER
from helpers.rendering import render

RNG = np.random.default_rng(8)
DIGITS = frozen(RNG.random((6, 28, 28), np.float32)), frozen(RNG.integers(0, 10, 6))
STROKE = [(30, 40), (80, 60)]


def build(*layers):
    network = Network([*layers, Flatten(), Dense(10)], (28, 28, 1), seed=2)
    for layer in network.layers:
        if layer.parameters:
            layer.parameters["bias"] += RNG.normal(0, 0.05, layer.parameters["bias"].shape)
    return network


# windows that are not square; pooling drops the last rows
NETWORK = build(
    Conv(3, (5, 3)), ReLU(), MaxPool((2, 3)), Conv(10, 3), ReLU(), MeanPool((3, 2))
)  # fmt: skip
CONVOLUTIONS, LAYERS = (0, 3), range(6)


def explorer(network=NETWORK, **options):
    return InsideExplorer(network, DIGITS, **options)


def point_at(ours, layer, row, column, number):
    """Click on a cell of a map of a layer."""
    rows, columns, _ = ours.network.shapes[layer + 1]
    down, right = divmod(number, ours.sheets[layer].across)
    place = [down * (rows + 1) + row, right * (columns + 1) + column]
    page.move(ours.sheets[layer], cursor=place, pinned=True)


@pytest.fixture(scope="module")
def affected():
    """For each layer, which cells become NaN when one pixel does: (28, 28, rows, columns)."""
    with_nan = np.repeat(DIGITS[0][:1], 28 * 28, axis=0)
    for n, (row, column) in enumerate(np.ndindex(28, 28)):
        with_nan[n, row, column] = np.nan
    outputs = [as_batch(with_nan[..., None])]  # not by the network: it refuses NaN
    for layer in NETWORK.copied_layers()[:6]:
        outputs.append(layer.forward(outputs[-1]))
    return [
        np.isnan(a).any(axis=2).transpose(2, 0, 1).reshape(28, 28, *a.shape[:2])
        for a in outputs[1:]
    ]


@pytest.mark.parametrize("layer", LAYERS)
def test_the_receptive_field_of_a_cell(layer, affected):
    """The mark on the image contains exactly the pixels that affect the cell; so does the text."""
    ours = explorer()
    rows, columns, count = NETWORK.shapes[layer + 1]
    for row, column, number in ((0, 0, 0), (rows - 1, columns - 1, count - 1), (1, 2, 1)):
        point_at(ours, layer, row, column, number)
        (field,) = page.marks(ours.input)
        marked = np.zeros((28, 28), bool)
        marked[field[0] : field[0] + field[2], field[1] : field[1] + field[3]] = True
        same(marked, affected[layer][:, :, row, column])
        text = page.text_of(ours.cell.line)
        value = page.rounded(ours.layer_outputs[layer][row, column, number])
        start = f"Layer {layer}, {NETWORK.layers[layer].name}, map {number}, row {row}, column {column} = {value}."
        assert text.startswith(start) and ours.problem == ""
        assert f"Its receptive field is rows {field[0]} to {field[0] + field[2] - 1}," in text
        assert f"columns {field[1]} to {field[1] + field[3] - 1} of the image" in text


def cells_that_affect(layer, place, before):
    """Which cells of the maps of a layer before turn one cell of a layer into NaN, (rows, columns)."""
    rows, columns, _ = NETWORK.shapes[before + 1]
    output = NETWORK.layer_outputs(DIGITS[0][:1])[before]
    batch = np.repeat(output, rows * columns, axis=3)
    for n, (row, column) in enumerate(np.ndindex(rows, columns)):
        batch[row, column, :, n] = np.nan
    for step in NETWORK.copied_layers()[before + 1 : layer + 1]:
        batch = step.forward(batch)
    return np.isnan(batch[place]).reshape(rows, columns)


@pytest.mark.parametrize("layer", LAYERS)
def test_the_cells_of_every_layer_before_that_a_cell_depends_on(layer):
    """They are marked in all maps from the last convolution on, else in one; later layers have no mark."""
    ours = explorer()
    point_at(ours, layer, 1, 2, 1)
    for before in range(layer):
        sheet = ours.sheets[before]
        rows, columns, count = NETWORK.shapes[before + 1]
        marked = np.zeros(sheet.shape[:2], bool)
        for row, column, high, wide in page.marks(sheet) + page.marks(sheet, thin=True):
            marked[row : row + high, column : column + wide] = True
        mixed = Conv in map(type, NETWORK.layers[before + 1 : layer + 1])
        expected = cells_that_affect(layer, (1, 2, 1), before)
        for number in range(count):
            top, left = corner(sheet, number)
            found = marked[top : top + rows, left : left + columns]
            same(found, expected if mixed or number == 1 else False)
    assert page.marks(ours.sheets[layer]) == [
        (*np.add(corner(ours.sheets[layer], 1), (1, 2)), 1, 1)
    ]
    assert not any(ours.sheets[later].marks for later in LAYERS[layer + 1 :])


def corner(sheet, number):
    down, right = divmod(number, sheet.across)
    rows, columns, _ = sheet.maps.shape
    return down * (rows + 1), right * (columns + 1)


@pytest.mark.parametrize("layer", LAYERS)
@pytest.mark.parametrize("relu", [False, True])
def test_lines_run_from_the_cell_back_to_the_image(layer, relu):
    """From stage to stage, along the thick marks; faint ones from all other maps before it."""
    ours = explorer()
    ours.relu.value = relu
    point_at(ours, layer, 1, 2, 1)
    views = [ours.input, *ours.sheets.values()]
    shown = [n for n in range(layer + 2) if not views[n].hidden]
    thick = [line for line in ours.pipeline.links.lines if not line["faint"]]
    if views[layer + 1].hidden:
        assert layer in (1, 4) and not relu
    assert [(line["from"]["picture"], line["to"]["picture"]) for line in thick] == [
        *zip(shown, shown[1:])
    ]
    for line in thick:
        for end in (line["from"], line["to"]):
            (only,) = page.marks(views[end["picture"]])
            assert (end["row"], end["column"], end["rows"], end["columns"]) == only
    faint = [line for line in ours.pipeline.links.lines if line["faint"]]
    start, end = shown[-2], thick[-1]["to"]
    others = page.marks(views[start], thin=True)
    assert [(x["from"]["row"], x["from"]["column"]) for x in faint] == [x[:2] for x in others]
    assert all(x["from"]["picture"] == start and x["to"] == end for x in faint)


def test_screen_readers_hear_the_cell_under_the_cursor():
    """Its value and its place in its map, whatever its place on the sheet."""
    ours = explorer()
    point_at(ours, 2, 3, 1, 2)
    value = page.rounded(ours.layer_outputs[2][3, 1, 2])
    assert ours.sheets[2].reading == f"{value} in row 3, column 1 of map 2"
    name = str(ours.prediction)
    assert ours.status.value == f"Prediction: {name}, {ours.probabilities.max():.0%}."


def test_the_map_that_contributes_most_is_followed():
    """Through each convolution; the thick mark is on that map."""
    ours = explorer()
    point_at(ours, 3, 2, 1, 1)
    weights = NETWORK.layers[3].parameters["weights"][..., 1]
    sums = (ours.layer_outputs[2][2:5, 1:4] * weights).sum(axis=(0, 1))
    top, left = corner(ours.sheets[2], int(abs(sums).argmax()))
    assert page.marks(ours.sheets[2]) == [(top + 2, left + 1, 3, 3)]


@pytest.mark.parametrize("layer", CONVOLUTIONS)
def test_the_numbers_of_a_convolution(layer):
    """Patch, weights and products of the map that contributes most; sums and bias in the text."""
    ours = explorer()
    point_at(ours, layer, 2, 1, 1)
    weights = NETWORK.layers[layer].parameters["weights"][..., 1]
    bias = NETWORK.layers[layer].parameters["bias"][1]
    before = ours.layer_outputs[layer - 1] if layer else ours.image[..., None]
    patch = before[2 : 2 + weights.shape[0], 1 : 1 + weights.shape[1]]
    sums = (patch * weights).sum(axis=(0, 1))
    most = int(abs(sums).argmax())
    shown = [view.numbers for view in ours.cell.products.grids]
    for numbers, expected in zip(shown, (patch, weights, patch * weights), strict=True):
        assert numbers == [page.rounded(number) for number in expected[..., most].ravel()]
    text = page.text_of(ours.cell.line)
    assert not any(view.hidden for view in ours.cell.products.grids)
    if layer == 0:
        assert f"The 15 products add up to {page.rounded(sums[0])}" in text
    else:
        assert (
            f"contribute {', '.join(map(page.rounded, sums))};" in text and f"map {most}," in text
        )
    assert f"the bias is {page.rounded(bias)}" in text


@pytest.mark.parametrize(
    "layer, start", [(1, "ReLU of"), (2, "The maximum of"), (5, "The mean of")]
)
def test_the_numbers_of_other_layers(layer, start):
    """The text and one grid give the numbers behind the cell; the largest is marked if it counts."""
    ours = explorer()
    point_at(ours, layer, 1, 1, 2)
    size = getattr(NETWORK.layers[layer], "size", (1, 1))
    top, left = size if layer != 1 else (1, 1)
    patch = ours.layer_outputs[layer - 1][top : top + size[0], left : left + size[1], 2]
    numbers = ", ".join(map(page.rounded, patch.ravel()))
    assert page.text_of(ours.cell.line).endswith(f"{start} {numbers}.")
    shown = [part for part in elements_in(ours.cell.products.box) if not part.hidden]
    assert shown == [ours.cell.products.patch]
    assert shown[0].numbers == [page.rounded(number) for number in patch.ravel()]
    largest = [(*divmod(int(patch.argmax()), patch.shape[1]), 1, 1)]
    assert page.marks(shown[0]) == (largest if layer == 2 else [])
    point_at(ours, 0, 1, 1, 2)
    assert not page.marks(shown[0]) and not ours.cell.products.kernel.hidden


def test_a_click_on_the_previous_cell_of_another_layer():
    """It explains that cell again, after one of another layer."""
    ours = explorer()
    point_at(ours, 1, 2, 2, 1)
    point_at(ours, 4, 1, 1, 1)
    page.move(ours.sheets[1], pinned=False)
    assert page.text_of(ours.cell.line).startswith("Layer 1, ReLU, map 1, row 2, column 2 ")


def test_it_starts_at_the_cell_with_the_largest_activation():
    """Of the last convolution."""
    ours = explorer()
    maps = ours.layer_outputs[3]
    assert maps[ours.sheets[3].cell] == maps.max()
    assert "Layer 3" in page.text_of(ours.cell.line)


@pytest.mark.parametrize("number", [0, 4])
def test_a_test_image(number):
    """Image, maps and probabilities are the network's; the text names the image and the prediction."""
    ours = explorer()
    ours.number.number = number
    image, probabilities = DIGITS[0][number], NETWORK.predict(DIGITS[0][number : number + 1])[0]
    same(ours.image, image)
    same(ours.input.picture, as_photo(image))
    same(ours.probabilities, probabilities)
    for layer, (mine, true) in enumerate(
        zip(ours.layer_outputs, NETWORK.layer_outputs(image[None]), strict=True)
    ):
        same(mine, true[..., 0])
        if layer in LAYERS:
            same(ours.sheets[layer].maps, true[..., 0])
    label, most = DIGITS[1][number], probabilities.argmax()
    text = f"test image {number}, labeled {label}: the network predicts {most}, probability {probabilities[most]:.1%}."
    assert page.text_of(ours.verdict) == text and ours.prediction == most
    shares = ", ".join(f"{k} {p:.1%}" for k, p in enumerate(probabilities))
    assert ours.bars.alt == f"probabilities: {shares}"


def test_digits_with_a_channel_axis():
    """As in Keras: the same pictures."""
    ours = InsideExplorer(NETWORK, (DIGITS[0][..., None], DIGITS[1]))
    same(ours.input.picture, explorer().input.picture)
    assert ours.image.shape == (28, 28) and ours.problem == ""


def test_digits_are_loaded_once():
    """ipywidgets keeps every explorer alive, so all share the digits."""
    one, other = InsideExplorer(NETWORK), InsideExplorer(NETWORK)
    assert np.shares_memory(one.image, other.image)
    assert page.text_of(one.verdict).startswith("test image 0, labeled 7:")


def test_images_that_are_not_digits():
    """26 different letters; noise by its seed."""
    ours = explorer(source="letter")
    seen = []
    for number in range(26):
        ours.number.number = number
        seen.append(ours.image.tobytes())
        assert f"the letter {'ABCDEFGHIJKLMNOPQRSTUVWXYZ'[number]}:" in page.text_of(ours.verdict)
        assert ours.image.shape == (28, 28) and ours.image.max() > 0.9
    assert len({*seen}) == 26
    ours.source.value = "noise"
    one = ours.image
    ours.number.number = 3
    assert "noise 3:" in page.text_of(ours.verdict) and abs(one - ours.image).max() > 0.5
    same(ours.image, explorer_of_noise(3))


def explorer_of_noise(number):
    other = explorer(source="noise")
    other.number.number = number
    return other.image


def test_a_drawing():
    """It becomes the input as soon as it has a stroke, centered as MNIST's digits or not."""
    ours = explorer()
    ours.pad.draw(STROKE)
    assert ours.source.value == "your drawing" and ours.number.disabled
    same(ours.image, as_digit(ours.pad.value))
    ours.centered.value = False
    same(ours.image, as_digit(ours.pad.value, False))
    same(ours.probabilities, NETWORK.predict(ours.image[None])[0])
    ours.pad.clear()
    assert not ours.image.any() and ours.problem == ""
    ours.pad.undo()
    assert ours.image.any()
    ours.source.value = "test image"
    same(ours.image, DIGITS[0][0])
    assert not ours.number.disabled and ours.centered.disabled


def painted(ours, *pieces):
    """Send the message of a page with these parts of strokes: (cells, whether a stroke begins)."""
    name = ours.name_of(ours.pad.paper)
    said = [[name, {"paint": cells, "begins": begins}] for cells, begins in pieces]
    ours._handle_custom_msg({"sequence": 5, "events": said}, [])


def test_a_part_of_a_stroke_is_one_update_and_one_message(messages):
    """However many parts were waiting: the drawing, the input and the rest are sent together."""
    ours = explorer()
    calls = page.counted(ours)
    messages.clear()
    painted(ours, *[([[row, 50]], row == 20) for row in range(20, 90)])
    ((_, content, _),) = messages
    assert len(calls) == 1 and content["reply_to"] == 5
    for part in (ours.pad.paper, ours.input, ours.sheets[0]):
        assert "pixels" in content["changes"][ours.name_of(part)]
    same(ours.image, as_digit(ours.pad.value))
    messages.clear()
    page.send(ours, ours.pad.undo_button, press=True)
    assert len(calls) == 2 and len(messages) == 1 and not ours.image.any()


def test_two_strokes_in_one_message_are_not_joined():
    """Undo removes only the last of them."""
    ours, expected = explorer(), SketchPad()
    painted(ours, (STROKE, True), ([[80, 90]], True), ([[20, 90]], False))
    expected.draw(STROKE)
    one = expected.value
    expected.draw([(80, 90), (20, 90)])
    same(ours.pad.value, expected.value)
    ours.pad.undo()
    same(ours.pad.value, one)


def test_without_strokes_the_prediction_is_said_to_be_of_a_black_picture():
    """It is no prediction of a digit that was drawn; the text has room."""
    ours = explorer(source="your drawing")
    share = f"{ours.probabilities.max():.1%}"
    line = "your drawing, no strokes found: the network predicts"
    assert page.text_of(ours.verdict) == f"{line} {ours.prediction}, probability {share}."
    assert len(ours.verdict.room_for) >= len(page.text_of(ours.verdict))
    ours.pad.draw(STROKE)
    assert page.text_of(ours.verdict).startswith("your drawing: the network predicts ")
    ours.pad.clear()
    assert page.text_of(ours.verdict).startswith(line)


def test_a_drawing_made_in_code_takes_effect_at_once():
    """One update per stroke, also when the source changes with it."""
    ours = explorer()
    calls = page.counted(ours)
    ours.pad.draw(STROKE)
    assert ours.source.value == "your drawing" and len(calls) == 1
    assert page.text_of(ours.verdict).startswith("your drawing: ")
    same(ours.image, as_digit(ours.pad.value))
    ours.pad.clear()
    assert not ours.image.any() and len(calls) == 2
    ours.pad.undo()
    assert ours.image.any()
    ours.pad.draw(STROKE[::-1])
    assert len(calls) == 4
    same(ours.image, as_digit(ours.pad.value))
    ours.source.value = "noise"
    assert ours.source.value == "noise" and len(calls) == 5


def test_a_stroke_from_the_page_chooses_the_drawing():
    """The drawing is grayed out while another input is shown."""
    ours = explorer()
    assert ours.pad.paper.style["--dimmed"] == ours.pad.paper.style["--pencil"] == "1"
    assert ours.pad.paper.title == "draw here to try your own"
    painted(ours, (STROKE, True))
    assert ours.source.value == "your drawing"
    assert ours.pad.paper.style["--dimmed"] == "0" and ours.pad.paper.title == "draw here"
    same(ours.image, as_digit(ours.pad.value))
    ours.source.value = "noise"
    assert ours.pad.paper.style["--dimmed"] == "1", "the strokes are kept, without the pencil"
    assert ours.pad.paper.style["--pencil"] == "0"


def test_pointing_is_one_message_without_pixels_of_pictures(messages):
    """Only marks, text and the grids of the products."""
    ours = explorer()
    for layer in LAYERS:
        messages.clear()
        page.send(ours, ours.sheets[layer], cursor=[layer % 2, 1 - layer % 2], pinned=True)
        ((_, content, _),) = messages
        changed = [n for n, traits in content["changes"].items() if "pixels" in traits]
        assert {*changed} <= {ours.name_of(grid) for grid in ours.cell.products.grids}
        assert "marks" in content["changes"][ours.name_of(ours.input)]
        assert "value" in content["changes"][ours.name_of(ours.cell.line)]


def tinted(image, values):
    """The image (28, 28) under translucent orange above zero and blue below, pixel by pixel."""
    gray, share = as_photo(image).astype(float), values / abs(values).max()
    color = np.where(share[..., None] > 0, (241, 138, 40), (66, 146, 198))
    return np.rint(gray[..., None] + 0.75 * abs(share)[..., None] * (color - gray[..., None]))


def nearest(values, centers, size=28):
    """Each pixel with the value of the position whose center is nearest."""
    at = [[min(range(len(c)), key=lambda k: abs(c[k] - n)) for n in range(size)] for c in centers]
    return values[np.ix_(*at)]


def occluded(network, image, label):
    """Patches of five pixels, two apart."""
    drop = occlusion_drop(network, image, label, stride=2)
    return nearest(drop, [[2 * n + 2 for n in range(12)]] * 2)


def activated(network, image, label):
    """The last of the maps are 3 × 3: their receptive fields begin 6 rows and 6 columns apart."""
    found, fields = class_activation_map(network, image, label), []
    last = len(network.layers) - 3
    for n in range(max(found.shape)):
        fields.append(
            receptive_field(network, last, min(n, len(found) - 1), min(n, found.shape[1] - 1))
        )
    rows = [f.top + (f.rows - 1) / 2 for f in fields][: len(found)]
    columns = [f.left + (f.columns - 1) / 2 for f in fields][: found.shape[1]]
    return nearest(found, [rows, columns])


@pytest.mark.parametrize(
    "name, function",
    [("occlusion", occluded), ("saliency", saliency), ("class activation", activated)],
)
def test_attribution(name, function, messages):
    """It lies over the image, for the predicted class; nothing else changes."""
    ours = explorer()
    calls = page.counted(ours)
    messages.clear()
    page.send(ours, ours.attribution, value=ours.attribution.options.index(name))
    ((_, content, _),) = messages
    assert ours.attribution.value == name and len(calls) == 1
    assert {*content["changes"]} == {*map(ours.name_of, (ours.attribution, ours.input))}
    for number in (0, 1):
        ours.number.number = number
        predicted = int(ours.probabilities.argmax())
        values = function(NETWORK, DIGITS[0][number], predicted)
        same(ours.input.picture, tinted(DIGITS[0][number], values))
        limit = f"{abs(values).max():.3g}"
        assert ours.input.scale["labels"] == [f"-{limit}", "0", limit]
        assert f"score of {predicted}" in ours.input.note and ours.input.note in ours.input.alt
    ours.attribution.value = "none"
    same(ours.input.picture, as_photo(DIGITS[0][1]))
    assert ours.input.note == "" and ours.input.scale["labels"] == ["0", "0.5", "1"]


def test_an_attribution_of_zero_leaves_the_image_as_it_is():
    picture = laid_over(render(DIGITS[0][0], "as a photo"), np.zeros((28, 28)))
    same(picture.pixels, np.repeat(as_photo(DIGITS[0][0])[..., None], 3, axis=2))


def test_a_network_with_invalid_weights():
    """One line; the last valid picture stays; a repaired network is shown again."""
    network = build(Conv(2, 3), ReLU(), MaxPool(2))
    ours = explorer(network)
    before, weights = page.seen(ours), network.layers[0].parameters["weights"]
    good = weights.copy()
    weights[:] = np.nan
    ours.number.number = 3
    assert "network" in ours.problem and is_one_line(ours.problem)
    assert page.seen(ours) == before
    weights[:] = good
    ours.number.number = 4
    assert ours.problem == "" and page.seen(ours) != before


@pytest.mark.parametrize("layers", [
    [Conv(2, 3)], [MaxPool(2)], [ReLU()], [MeanPool(7), ReLU(), Conv(9, 1)],
    [Conv(2, 3), Flatten(), Dense(12), ReLU()], [Conv(2, 9), Flatten()],
])  # fmt: skip
def test_any_network_with_maps(layers):
    """However few its layers, and whatever follows Flatten."""
    ends = [Dense(10)] if Flatten in map(type, layers) else [Flatten(), Dense(10)]
    ours = explorer(Network([*layers, *ends], (28, 28, 1)))
    maps = [*map(type, layers), Flatten].index(Flatten)
    assert ours.problem == "" and sorted(ours.sheets) == list(range(maps))
    for sheet in ours.sheets.values():
        page.move(sheet, cursor=[0, 0], pinned=True)
        page.move(sheet, cursor=[1, 1], pinned=True)
        assert ours.problem == ""


@pytest.mark.parametrize("pooling", [MaxPool, MeanPool])
def test_negative_maps_are_visible(pooling):
    """Pooled without a ReLU before, they are drawn as signed maps, not all black."""
    network = build(Conv(3, 3), pooling(2), ReLU())
    network.layers[0].parameters["bias"] -= 5
    ours = explorer(network)
    assert ours.sheets[1].maps.max() < 0
    for number, view in enumerate(("signed", "signed", "ReLU")):
        sheet = ours.sheets[number]
        rows, columns, _ = sheet.maps.shape
        drawn = render(sheet.maps.transpose(2, 0, 1).reshape(-1, columns), view)
        same(sheet.picture[:rows, :columns], drawn.pixels[:rows])
        assert sheet.scale["labels"] == list(drawn.labels)


COLOR = Network(
    [Conv(3, (3, 5)), ReLU(), MaxPool((2, 3)), Conv(4, 2), Flatten(), Dense(6), ReLU(), Dense(5)],
    (12, 20, 3),
    seed=1,
)
PHOTOS = frozen(RNG.random((4, 12, 20, 3), np.float32)), frozen(np.array([4, 0, 2, 1]))
KINDS = ["cat", "dog", "a rather long name", "bird", "cow"]


def test_a_color_network_of_five_classes():
    """Twelve rows, twenty columns, three channels; five named classes."""
    ours = InsideExplorer(COLOR, PHOTOS, number=2, class_names=KINDS)
    probabilities = COLOR.predict(PHOTOS[0][2:3])[0]
    name = KINDS[probabilities.argmax()]
    same(ours.probabilities, probabilities)
    same(ours.input.picture, as_photo(PHOTOS[0][2]))
    assert ours.input.title == "input\n12×20×3" and [*ours.sheets] == [0, 1, 2, 3]
    start = f"test image 2, labeled a rather long name: the network predicts {name}, "
    assert page.text_of(ours.verdict).startswith(start)
    assert "a rather long… " in ours.bars.alt and "cow " in ours.bars.alt
    for sheet, maps in zip(ours.sheets.values(), COLOR.layer_outputs(PHOTOS[0][2:3]), strict=False):
        same(sheet.maps, maps[..., 0])
    weights, patch = COLOR.layers[0].parameters["weights"][..., 1], PHOTOS[0][2, 4:7, 9:14]
    point_at(ours, 0, 4, 9, 1)
    assert page.marks(ours.input) == [(4, 9, 3, 5)]
    sums = (patch * weights).sum(axis=(0, 1))
    line = f"image contribute about {', '.join(map(page.rounded, sums))}; the bias"  # -0.58 in all
    assert line in page.text_of(ours.cell.line) and ours.problem == ""
    most = int(abs(sums).argmax())
    expected = [page.rounded(number) for number in patch[..., most].ravel()]
    assert ours.cell.products.patch.numbers == expected


def test_the_inputs_of_a_color_network():
    """Its test images and noise; drawings and letters are not offered."""
    ours = InsideExplorer(COLOR, PHOTOS)
    assert ours.source.options == ["test image", "noise"]
    assert ours.pad.paper not in ours.elements and ours.centered not in ours.elements
    assert ours.picker.upload not in ours.elements
    ours.source.value = "noise"
    assert ours.image.shape == (12, 20, 3) and ours.input.shape == (12, 20, 3)
    with pytest.raises(ValueError, match="source must be one of test image, noise"):
        InsideExplorer(COLOR, PHOTOS, source="letter")


def test_attributions_of_other_networks():
    """Those that its last layers allow; the occluding patch grows with the image."""
    ours = InsideExplorer(COLOR, PHOTOS)
    assert ours.attribution.options == ["none", "occlusion", "saliency"]
    label, image = ours.prediction, PHOTOS[0][0]
    ours.attribution.value = "occlusion"
    assert ours.input.note == f"drop of the score of {label} while a 4×4 patch is covered"
    ours.attribution.value = "saliency"
    values = saliency(COLOR, image, label)
    share = (values / abs(values).max())[..., None]
    color = np.where(share > 0, (241, 138, 40), (66, 146, 198))
    photo = as_photo(image).astype(float)
    same(ours.input.picture, np.rint(photo + 0.75 * abs(share) * (color - photo)))


@pytest.mark.parametrize("shape", [(1, 1, 1), (3, 9, 1), (2, 2, 2), (7, 5, 4), (60, 3, 3)])
@pytest.mark.parametrize("classes", [1, 2, 10, 13])
def test_any_shape_and_any_number_of_classes(shape, classes):
    """Also images of one pixel, of two or four channels; of many classes, the most likely are shown."""
    images = RNG.random((3, *shape), np.float32)
    network = Network([Conv(2, 1), ReLU(), Flatten(), Dense(classes)], shape, seed=3)
    ours = InsideExplorer(network, (images, np.zeros(3, int)), number=1)
    assert ours.problem == "" and ours.input.shape[:2] == shape[:2]
    same(ours.probabilities, network.predict(images[1:2])[0])
    assert len(ours.bars.names) == (classes if classes <= 12 else 10)
    assert str(ours.prediction) in ours.bars.names
    for name in ours.attribution.options:
        ours.attribution.value = name
        assert ours.problem == ""
    for sheet in ours.sheets.values():
        page.move(sheet, cursor=[shape[0] - 1, shape[1] - 1], pinned=True)
        assert ours.problem == ""
    ours.source.value = "noise"
    assert ours.problem == "" and ours._repr_mimebundle_()


def test_compute_without_a_page():
    """Controls in; every layer's output, the prediction and its text out."""
    image = DIGITS[0][3]
    names = [f"class {k}" for k in range(10)]
    view = compute(InsideControls(NETWORK, names, image, "an image", "saliency"))
    same(view.probabilities, NETWORK.predict(image[None])[0])
    assert view.verdict.startswith(f"an image: the network predicts class {view.prediction}, ")
    same(view.image_view.pixels, tinted(image, saliency(NETWORK, image, view.prediction)))
    assert f"score of class {view.prediction}" in view.attribution
    for mine, true in zip(view.layer_outputs, NETWORK.layer_outputs(image[None]), strict=True):
        same(mine, true[..., 0])


@pytest.mark.parametrize("rect, clipped", [
    ((-1, -2, 3, 5), (0, 0, 2, 3)), ((4, 5, 3, 3), (4, 5, 2, 2)), ((1, 2, 3, 4), (1, 2, 3, 4)),
    ((0, 0, 0, 0), (0, 0, 0, 0)), ((-3, 0, 2, 9), (0, 0, 0, 7)), ((6, 7, 2, 2), (6, 7, 0, 0)),
])  # fmt: skip
def test_a_receptive_field_beyond_the_image_is_clipped(rect, clipped):
    """To its 6 rows and 7 columns; a field entirely in the padding is empty."""
    assert clip(Rect(*rect), 6, 7) == clipped


def test_invalid_weights_while_pointing():
    """The text shows nan; there is no picture of NaN."""
    network = build(Conv(2, 3), ReLU())
    ours = explorer(network)
    network.layers[0].parameters["weights"][:] = np.nan
    page.move(ours.sheets[0], cursor=[3, 3], pinned=True)
    assert "= nan." in page.text_of(ours.cell.line)
    assert all(grid.hidden for grid in ours.cell.products.grids)


def other(layers, shape=(28, 28, 1)):
    return Network(layers, shape)


@pytest.mark.parametrize("network, line", [
    (lambda: None, "must be a Network"),
    (lambda: "net.npz", "must be a Network"),
    (lambda: other([Conv(2, 3), ReLU()]), "Flatten, then scores; got Conv, ReLU"),
    (lambda: other([Conv(2, 28)]), "Flatten, then scores; got Conv"),
    (lambda: other([Flatten(), Dense(10)]), "maps"),
])  # fmt: skip
def test_invalid_networks(network, line):
    """One line that names what was expected and what was given."""
    with pytest.raises((ValueError, TypeError), match="^network must") as caught:
        explorer(network())
    assert line in str(caught.value) and is_one_line(str(caught.value))


@pytest.mark.parametrize("network", [
    lambda: other([Conv(2, 3), Flatten(), Dense(10)], (20, 20, 1)),
    lambda: other([Conv(2, 3), Flatten(), Dense(10)], (28, 28, 3)),
    lambda: other([Conv(2, 3), Flatten(), Dense(7)]),
    lambda: other([Conv(2, 3), Flatten()]),
])  # fmt: skip
def test_other_networks_need_their_own_images(network):
    """Only a network with the digits' shape gets the handwritten digits."""
    with pytest.raises(ValueError, match="^test must be given") as caught:
        InsideExplorer(network())
    assert is_one_line(str(caught.value))


class BadRepr:
    def __repr__(self):
        raise RuntimeError("no repr")


@pytest.mark.parametrize("options, name", [
    ({"test": 3}, "test"), ({"test": DIGITS[0]}, "test"),
    ({"test": (DIGITS[0], DIGITS[1][:2])}, "test"),
    ({"test": (DIGITS[0][:, 1:], DIGITS[1])}, "images"),
    ({"test": (np.stack([DIGITS[0]] * 3, axis=3), DIGITS[1])}, "images"),
    ({"test": (np.uint8(DIGITS[0] * 255), DIGITS[1])}, r"test\[0\], .* divide by 255"),
    ({"test": (DIGITS[0], DIGITS[1] + 9)}, r"test\[1\]"),
    ({"test": ([], [])}, "test"), ({"source": "dog"}, "source"), ({"source": None}, "source"),
    ({"class_names": [BadRepr()]}, "^class_names must be .*; got "),
    ({"class_names": "ab"}, "class_names"), ({"class_names": ["a", "b"]}, "class_names"),
    ({"number": 26}, "number"), ({"number": "3"}, "number"),
])  # fmt: skip
def test_invalid_arguments(options, name):
    """One line that names the parameter."""
    with pytest.raises((ValueError, TypeError), match=name) as caught:
        InsideExplorer(NETWORK, **{"test": DIGITS, **options})
    assert is_one_line(str(caught.value))


def test_class_names_may_be_any_objects():
    names = [2.5, BadRepr(), *"abcdefgh"]
    found = InsideExplorer(NETWORK, DIGITS, class_names=names[: NETWORK.classes]).class_names
    assert found[0] == "2.5" and "BadRepr" in found[1]


@pytest.mark.parametrize("text", ["", "abc", "26", "-1", "1.5"])
def test_an_invalid_number(text):
    """One line; everything shown stays."""
    ours = explorer()
    before = page.seen(ours)
    page.type_into(ours.number, text)
    assert is_one_line(ours.problem) and page.seen(ours) == before
    page.type_into(ours.number, "2")
    assert ours.problem == "" and page.seen(ours) != before


def test_alternative_texts():
    """Every view has an alternative text; the static picture shows them all."""
    ours = explorer()
    assert all(view.alt for view in page.image_views(ours))
    bundle, metadata = ours._repr_mimebundle_()
    assert bundle["image/png"] and metadata["image/png"]["alt"] == ours.alt_text()
    assert ours.describe().startswith("InsideExplorer: test image 0, labeled ")


def photographed(digit):
    """A digit of MNIST in dark ink on bright paper, large and off center, as a PNG."""
    paper = np.pad(np.kron(1 - digit, np.ones((4, 4))), ((60, 8), (9, 90)), constant_values=1)
    return file_bytes((paper * 255).astype(np.uint8))


def test_a_photograph_of_a_digit_is_recognized():
    """The network of the course recognizes digits that were written on paper."""
    images, labels = load_digits("test")
    ours = InsideExplorer(Network.load(FOLDER / "digits" / "network.npz"), (images[:9], labels[:9]))
    for digit, label in zip(images[:6], labels[:6], strict=True):
        page.upload(ours.picker, "mine.png", photographed(digit))
        assert (ours.source.value, ours.prediction, ours.problem) == ("your picture", label, "")
        assert np.abs(ours.image - digit).mean() < 0.05
    page.move(ours.centered, value=False)
    assert ours.image.argmax() != images[5].argmax() and ours.number.disabled


def test_an_invalid_file_is_reported_and_changes_nothing():
    ours = explorer()
    seen = ours.image.copy()
    page.upload(ours.picker, "notes.png", b"no picture")
    assert ours.problem.startswith("notes.png: ") and "\n" not in ours.problem
    assert ours.source.value == "test image"
    same(ours.image, seen)
    page.upload(ours.picker, "mine.png", photographed(DIGITS[0][0]))
    assert ours.problem == ""


def test_a_camera_failure_is_reported():
    ours = explorer()
    page.move(ours.picker.upload, problem="no camera")
    assert "no picture from the camera: no camera" in ours.problem


def test_a_pinned_cell_stays_while_the_pointer_crosses_other_maps():
    """A click pins every sheet, so that only another click or key moves the cell."""
    ours = explorer()
    first, last = ours.sheets[0], ours.sheets[max(ours.sheets)]
    page.move(first, cursor=[1, 2], pinned=True)
    assert last.pinned and ours.pipeline.layer == 0
    page.move(last, cursor=[0, 1], pinned=True)
    assert ours.pipeline.layer == max(ours.sheets) and first.pinned
    page.move(last, cursor=[0, 1], pinned=False)
    assert not any(sheet.pinned for sheet in ours.sheets.values())


def test_the_steps_to_the_input_are_shown():
    """Of a drawing, a letter and a photograph: each step with its name and its remark."""
    ours = explorer()
    ours.pad.draw(STROKE)
    for picture, caption in ((ours.pad.value, "your drawing"), (letter_page(3), "the letter D")):
        for view, step in zip(ours.steps.views, digit_steps(picture), strict=True):
            same(view.picture, as_photo(step.picture))
            assert view.title.endswith(f": {step.name}") and view.note == step.note
            assert view.alt == f"{view.title}, {step.note}; {caption}"
        assert page.text_of(ours.steps.heading) == f"How {caption} became the input of the network:"
        same(ours.steps.views[-1].picture, ours.input.picture)
        ours.number.number, ours.source.value = 3, "letter"
    page.upload(ours.picker, "mine.png", photographed(load_digits("test")[0][0]))
    assert ours.steps.views[0].shape[:2] == (180, 211)
    assert "your picture" in page.text_of(ours.steps.heading)


def test_images_that_are_not_prepared_leave_the_steps_dimmed():
    """The last steps stay, so that nothing moves; the line says that the image was given as it is."""
    ours = explorer()
    assert page.text_of(ours.steps.heading).startswith("Test images and noise are given")
    before = [view.picture.copy() for view in ours.steps.views]
    same(before[-1], as_photo(letter_page_as_digit()))
    ours.source.value = "noise"
    for view, picture in zip(ours.steps.views, before, strict=True):
        same(view.picture, picture)
        assert float(view.style["opacity"]) < 1
    ours.source.value = "letter"
    assert all(float(view.style["opacity"]) == 1 for view in ours.steps.views)


def letter_page_as_digit():
    return as_digit(letter_page(0))


def test_the_still_shows_the_steps_of_a_drawing():
    """A row more than for a test image."""
    ours = explorer()
    before = Image.open(BytesIO(ours.still())).height
    ours.pad.draw(STROKE)
    assert Image.open(BytesIO(ours.still())).height > before + 100


def test_a_picture_without_a_single_digit_is_refused_in_one_line():
    """The last good picture stays, with its steps; the next good one clears the line."""
    ours = explorer()
    ours.pad.draw(STROKE)
    before = page.seen(ours)
    two = np.ones((90, 120))
    two[20:70, 20:26] = two[20:70, 80:86] = 0
    cut = np.ones((90, 120))
    cut[50:, 60:66] = 0
    for picture, reason in ((two, "two things"), (cut, "strokes reach the border")):
        page.upload(ours.picker, "mine.png", file_bytes((picture * 255).round().astype(np.uint8)))
        assert reason in ours.problem and is_one_line(ours.problem)
        assert page.text_of(ours.verdict).startswith("your drawing: ")
        same(ours.image, as_digit(ours.pad.value))
        assert [view.picture.tobytes() for view in ours.steps.views][
            -1
        ] == ours.input.picture.tobytes()
    page.upload(ours.picker, "mine.png", photographed(DIGITS[0][0]))
    assert ours.problem == "" and page.seen(ours) != before


def test_a_drawing_of_two_things_is_refused_until_they_join():
    ours = explorer()
    ours.pad.draw([(20, 20), (90, 20)])
    ours.pad.draw([(20, 90), (90, 90)])
    assert "two things" in ours.problem
    ours.pad.draw([(55, 20), (55, 90)])
    assert ours.problem == ""
    same(ours.image, as_digit(ours.pad.value))


def test_a_drawing_may_reach_the_border_of_the_pad():
    ours = explorer()
    ours.pad.draw([(0, 50), (111, 50)])
    assert ours.problem == "" and (ours.image.max(axis=1) > 0.5).sum() == 20
