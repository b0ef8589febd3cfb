"""InsideExplorer: what it says and marks against the network itself, pixel by pixel."""

import asyncio
import re
from io import BytesIO

import numpy as np
import pytest
from explorers import driving as page
from explorers.driving import as_photo, same
from explorers.looping import in_a_kernel, until
from PIL import Image
from strategies import frozen

from helpers.explorers import InsideExplorer
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
    occlusion_map,
    saliency,
)
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


# windows longer one way than the other; pooling leaves rows over
NETWORK = build(
    Conv(3, (5, 3)), ReLU(), MaxPool((2, 3)), Conv(10, 3), ReLU(), MeanPool((3, 2))
)  # fmt: skip
CONVOLUTIONS, LAYERS = (0, 3), range(6)


def explorer(network=NETWORK, **options):
    return InsideExplorer(network, DIGITS, **options)


def point_at(ours, layer, row, column, number):
    """Click on a cell of a map of a layer."""
    rows, columns, count = NETWORK.shapes[layer + 1]
    down, right = divmod(number, min(4 if count <= 8 else 8, count))
    place = [down * (rows + 1) + row, right * (columns + 1) + column]
    page.move(ours.sheets[layer], cursor=place, pinned=True)


@pytest.fixture(scope="module")
def reached():
    """For each layer, which cells turn to NaN when one pixel does: (28, 28, rows, columns)."""
    spoiled = np.repeat(DIGITS[0][:1], 28 * 28, axis=0)
    for n, (row, column) in enumerate(np.ndindex(28, 28)):
        spoiled[n, row, column] = np.nan
    answers = NETWORK.layer_outputs(spoiled)[:6]
    return [
        np.isnan(a).any(axis=2).transpose(2, 0, 1).reshape(28, 28, *a.shape[:2]) for a in answers
    ]


@pytest.mark.parametrize("layer", LAYERS)
def test_the_field_of_a_cell(layer, reached):
    """The mark on the image holds just the pixels that change the cell; the words say the same."""
    ours = explorer()
    rows, columns, count = NETWORK.shapes[layer + 1]
    for row, column, number in ((0, 0, 0), (rows - 1, columns - 1, count - 1), (1, 2, 1)):
        point_at(ours, layer, row, column, number)
        (field,) = page.marks(ours.image_screen)
        marked = np.zeros((28, 28), bool)
        marked[field[0] : field[0] + field[2], field[1] : field[1] + field[3]] = True
        same(marked, reached[layer][:, :, row, column])
        told = page.told(ours.cell.line)
        value = page.rounded(ours.answers[layer][row, column, number, 0])
        start = f"Layer {layer}, {NETWORK.layers[layer].name}, map {number}, row {row}, column {column} = {value}."
        assert told.startswith(start) and ours.problem == ""
        assert f"rows {field[0]} to {field[0] + field[2] - 1}," in told
        assert f"columns {field[1]} to {field[1] + field[3] - 1} of the image" in told


@pytest.mark.parametrize("layer", LAYERS[1:])
def test_the_window_in_the_layer_before(layer):
    """Marked on every map for a convolution, else on the same map; other layers have no mark."""
    ours = explorer()
    point_at(ours, layer, 1, 2, 1)
    before, kind = ours.sheets[layer - 1], NETWORK.layers[layer]
    rows, columns, count = NETWORK.shapes[layer]
    size = getattr(kind, "size", (1, 1))
    step = size if isinstance(kind, (MaxPool, MeanPool)) else (1, 1)
    maps = range(count) if isinstance(kind, Conv) else [1]
    across = min(4 if count <= 8 else 8, count)
    expected = [
        (n // across * (rows + 1) + step[0], n % across * (columns + 1) + 2 * step[1], *size)
        for n in maps
    ]
    assert page.marks(before) == expected
    for number, sheet in ours.sheets.items():
        assert len(sheet.marks) == {layer: 1, layer - 1: len(expected)}.get(number, 0)


@pytest.mark.parametrize("layer", CONVOLUTIONS)
def test_the_numbers_of_a_convolution(layer):
    """Patch, weights and products of the map that counts most; sums and bias in words."""
    ours = explorer()
    point_at(ours, layer, 2, 1, 1)
    weights = NETWORK.layers[layer].parameters["weights"][..., 1]
    bias = NETWORK.layers[layer].parameters["bias"][1]
    before = ours.answers[layer - 1][..., 0] if layer else ours.image[..., None]
    patch = before[2 : 2 + weights.shape[0], 1 : 1 + weights.shape[1]]
    sums = (patch * weights).sum(axis=(0, 1))
    most = int(abs(sums).argmax())
    shown = [screen.numbers for screen in ours.cell.screens]
    for numbers, expected in zip(shown, (patch, weights, patch * weights), strict=True):
        assert numbers == [page.rounded(number) for number in expected[..., most].ravel()]
    told = page.told(ours.cell.line)
    assert ours.cell.products.layout.display is None
    if layer == 0:
        assert f"The 15 products add up to {page.rounded(sums[0])}" in told
    else:
        assert f"add {', '.join(map(page.rounded, sums))};" in told and f"map {most}," in told
    assert f"the bias is {page.rounded(bias)}" in told


@pytest.mark.parametrize(
    "layer, start", [(1, "ReLU of"), (2, "The largest of"), (5, "The mean of")]
)
def test_the_numbers_of_other_layers(layer, start):
    """What the cell was made of; there are no products to show."""
    ours = explorer()
    point_at(ours, layer, 1, 1, 2)
    size = getattr(NETWORK.layers[layer], "size", (1, 1))
    top, left = size if layer != 1 else (1, 1)
    patch = ours.answers[layer - 1][top : top + size[0], left : left + size[1], 2, 0]
    numbers = ", ".join(map(page.rounded, patch.ravel()))
    assert page.told(ours.cell.line).endswith(f"{start} {numbers}.")
    assert ours.cell.products.layout.display == "none"


def test_a_click_where_one_pointed_before():
    """Asks that cell again, after another layer was asked."""
    ours = explorer()
    point_at(ours, 1, 2, 2, 1)
    point_at(ours, 4, 1, 1, 1)
    page.move(ours.sheets[1], pinned=False)
    assert page.told(ours.cell.line).startswith("Layer 1, ReLU, map 1, row 2, column 2 ")


def test_it_begins_at_the_strongest_cell():
    """Of the last convolution."""
    ours = explorer()
    answer = ours.answers[3][..., 0]
    assert answer[ours.sheets[3].cell] == answer.max()
    assert "Layer 3" in page.told(ours.cell.line)


@pytest.mark.parametrize("number", [0, 4])
def test_a_test_digit(number):
    """Image, maps and chances are the network's own; the words say what it is."""
    ours = explorer()
    ours.number.number = number
    image, chances = DIGITS[0][number], NETWORK.predict(DIGITS[0][number : number + 1])[0]
    same(ours.image, image)
    same(ours.image_screen.picture, as_photo(image))
    same(ours.chances, chances)
    for layer, (mine, true) in enumerate(
        zip(ours.answers, NETWORK.layer_outputs(image[None]), strict=True)
    ):
        same(mine, true)
        if layer in LAYERS:
            same(ours.sheets[layer].maps, true[..., 0])
    said = chances.argmax()
    told = f"test digit {number}, a {DIGITS[1][number]}: the network says {said}, {chances[said]:.1%} sure."
    assert page.told(ours.verdict) == told
    label = re.search(r'role="img" aria-label="([^"]*)"', ours.bars.value).group(1)
    assert label.split(": ")[1] == ", ".join(f"{k} {100 * c:.1f} %" for k, c in enumerate(chances))


def test_digits_with_a_channel_axis():
    """As Keras has them: the same pictures."""
    ours = InsideExplorer(NETWORK, (DIGITS[0][..., None], DIGITS[1]))
    same(ours.image_screen.picture, explorer().image_screen.picture)
    assert ours.image.shape == (28, 28) and ours.problem == ""


def test_digits_are_loaded_once():
    """ipywidgets keeps every explorer that there was, so they share the digits."""
    one, other = InsideExplorer(NETWORK), InsideExplorer(NETWORK)
    assert np.shares_memory(one.image, other.image)
    assert page.told(one.verdict).startswith("test digit 0, a 7:")


def test_things_it_never_saw():
    """26 letters, each of its own; noise by its number."""
    ours = explorer(source="letter")
    seen = []
    for number in range(26):
        ours.number.number = number
        seen.append(ours.image.tobytes())
        assert f"the letter {'ABCDEFGHIJKLMNOPQRSTUVWXYZ'[number]}:" in page.told(ours.verdict)
        assert ours.image.shape == (28, 28) and ours.image.max() > 0.9
    assert len({*seen}) == 26
    ours.source.value = "noise"
    one = ours.image
    ours.number.number = 3
    assert "noise 3:" in page.told(ours.verdict) and abs(one - ours.image).max() > 0.5
    same(ours.image, explorer_of_noise(3))


def explorer_of_noise(number):
    other = explorer(source="noise")
    other.number.number = number
    return other.image


def test_a_drawing():
    """Is looked at as soon as there is a stroke; centered as the digits were, or not."""
    ours = explorer()
    ours.pad.draw(STROKE)
    assert ours.source.value == "your drawing" and ours.number.disabled
    same(ours.image, as_digit(ours.pad.value))
    ours.centered.value = False
    same(ours.image, as_digit(ours.pad.value, False))
    same(ours.chances, NETWORK.predict(ours.image[None])[0])
    ours.pad.clear()
    assert not ours.image.any() and ours.problem == ""
    ours.pad.undo()
    assert ours.image.any()
    ours.source.value = "test digit"
    same(ours.image, DIGITS[0][0])
    assert not ours.number.disabled and ours.centered.disabled


def test_strokes_are_gathered():
    """While a loop runs, many messages of a quick pen are one look."""

    async def scene():
        ours = explorer()
        calls = page.counted(ours)
        for row in range(20, 90):
            message = {"paint": [[row, 50]], "begins": row == 20}
            ours.pad.screen._handle_custom_msg(message, [])
        assert not calls
        await until(lambda: calls)
        await asyncio.sleep(0.1)
        assert len(calls) == 1
        same(ours.image, as_digit(ours.pad.value))
        ours.pad.undo()
        await until(lambda: len(calls) == 2)
        assert not ours.image.any()

    in_a_kernel(scene)


def test_a_drawing_from_code_is_seen_by_the_next_line():
    """While a loop runs, as in a notebook; also when a stroke of the page waits to be looked at."""

    async def scene():
        ours = explorer()
        ours.pad.draw(STROKE)
        assert ours.source.value == "your drawing"
        assert page.told(ours.verdict).startswith("your drawing: ")
        same(ours.image, as_digit(ours.pad.value))
        ours.pad.clear()
        assert not ours.image.any()
        ours.pad.undo()
        assert ours.image.any()
        calls = page.counted(ours)
        ours.pad.screen._handle_custom_msg({"paint": [[90, 20]], "begins": True}, [])
        assert not calls
        ours.pad.draw(STROKE[::-1])
        assert len(calls) == 1
        same(ours.image, as_digit(ours.pad.value))
        ours.source.value = "noise"
        await asyncio.sleep(0.1)
        assert ours.source.value == "noise" and len(calls) == 2

    in_a_kernel(scene)


def test_a_stroke_from_the_page_where_no_loop_runs():
    """Is looked at at once."""
    ours = explorer()
    ours.pad.screen._handle_custom_msg({"paint": STROKE, "begins": True}, [])
    assert ours.source.value == "your drawing"
    same(ours.image, as_digit(ours.pad.value))


@pytest.mark.parametrize("name, function, view", [
    ("occlusion", lambda *given: occlusion_map(*given, stride=2), "as a photo"),
    ("saliency", saliency, "signed"), ("class activation", class_activation_map, "signed"),
])  # fmt: skip
def test_why(name, function, view):
    """The map of the class that it says, for this image and the next."""
    ours = explorer()
    calls = page.counted(ours)
    page.move(ours.why, index=["occlusion", "saliency", "class activation"].index(name))
    assert ours.why.value == name and not calls
    for number in (0, 1):
        ours.number.number = number
        said = int(ours.chances.argmax())
        expected = render(function(NETWORK, DIGITS[0][number], said), view)
        same(ours._why.screen.picture, expected.pixels)
        assert str(said) in ours._why.screen.title


def test_a_network_gone_bad():
    """One line; the last good picture stays; a mended network is shown again."""
    network = build(Conv(2, 3), ReLU(), MaxPool(2))
    ours = explorer(network)
    before, weights = page.seen(ours), network.layers[0].parameters["weights"]
    good = weights.copy()
    weights[:] = np.nan
    ours.number.number = 3
    assert "network" in ours.problem and page.is_one_line(ours.problem)
    assert page.seen(ours) == before
    weights[:] = good
    ours.number.number = 4
    assert ours.problem == "" and page.seen(ours) != before


@pytest.mark.parametrize("layers", [
    [Conv(2, 3)], [MaxPool(2)], [ReLU()], [MeanPool(7), ReLU(), Conv(9, 1)],
])  # fmt: skip
def test_any_network_of_maps(layers):
    """However few its layers are."""
    ours = explorer(build(*layers))
    assert ours.problem == "" and sorted(ours.sheets) == list(range(len(layers)))
    for sheet in ours.sheets.values():
        page.move(sheet, cursor=[0, 0], pinned=True)
        page.move(sheet, cursor=[1, 1], pinned=True)
        assert ours.problem == ""


@pytest.mark.parametrize("pooling", [MaxPool, MeanPool])
def test_maps_below_zero_are_seen(pooling):
    """Pooled without a ReLU before, they are drawn as the convolution's are, not all black."""
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


def other(layers, shape=(28, 28, 1)):
    return Network(layers, shape)


@pytest.mark.parametrize("network, line", [
    (lambda: None, "must be a Network"),
    (lambda: "net.npz", "must be a Network"),
    (lambda: other([Conv(2, 3), Flatten(), Dense(10)], (20, 20, 1)), "(28, 28, 1)"),
    (lambda: other([Conv(2, 3), Flatten(), Dense(10)], (28, 28, 3)), "(28, 28, 1)"),
    (lambda: other([Conv(2, 3), ReLU()]), "Flatten and one Dense"),
    (lambda: other([Conv(2, 3), Flatten()]), "Flatten and one Dense"),
    (lambda: other([Conv(2, 3), Flatten(), Dense(20), Dense(10)]), "Flatten and one Dense"),
    (lambda: other([Conv(2, 3), Flatten(), Dense(10), ReLU()]), "Flatten and one Dense"),
    (lambda: other([Flatten(), Dense(10)]), "maps"),
    (lambda: other([Conv(2, 3), Flatten(), Dense(7)]), "ten classes"),
])  # fmt: skip
def test_wrong_networks(network, line):
    """One line that says what was expected and what came."""
    with pytest.raises((ValueError, TypeError), match="^network must") as caught:
        explorer(network())
    assert line in str(caught.value) and page.is_one_line(str(caught.value))


@pytest.mark.parametrize("options, name", [
    ({"digits": 3}, "digits"), ({"digits": DIGITS[0]}, "digits"),
    ({"digits": (DIGITS[0], DIGITS[1][:2])}, "digits"),
    ({"digits": (DIGITS[0][:, 1:], DIGITS[1])}, "images"),
    ({"digits": (np.uint8(DIGITS[0] * 255), DIGITS[1])}, r"digits\[0\], .* divide by 255"),
    ({"digits": (DIGITS[0], DIGITS[1] + 9)}, r"digits\[1\]"),
    ({"digits": ([], [])}, "digits"), ({"source": "dog"}, "source"), ({"source": None}, "source"),
])  # fmt: skip
def test_wrong_arguments(options, name):
    """One line that names the parameter."""
    with pytest.raises((ValueError, TypeError), match=name) as caught:
        InsideExplorer(NETWORK, **{"digits": DIGITS, **options})
    assert page.is_one_line(str(caught.value))


@pytest.mark.parametrize("text", ["", "abc", "26", "-1", "1.5"])
def test_rubbish_for_the_number(text):
    """One line; what is shown stays."""
    ours = explorer()
    before = page.seen(ours)
    page.type_into(ours.number, text)
    assert page.is_one_line(ours.problem) and page.seen(ours) == before
    page.type_into(ours.number, "2")
    assert ours.problem == "" and page.seen(ours) != before


def test_what_readers_hear():
    """Every screen has a text; the still is a picture of it all."""
    ours = explorer()
    assert all(screen.alt for screen in page.screens(ours))
    bundle, metadata = ours._repr_mimebundle_()
    assert bundle["image/png"] and metadata["image/png"]["alt"] == ours.describe()
    assert ours.describe().startswith("InsideExplorer: test digit 0, a ")


def photographed(digit):
    """A digit of MNIST as a dark pen on bright paper, large and off the middle, as a PNG."""
    paper = np.pad(np.kron(1 - digit, np.ones((4, 4))), ((60, 8), (9, 90)), constant_values=1)
    file = BytesIO()
    Image.fromarray((paper * 255).astype(np.uint8)).save(file, "PNG")
    return file.getvalue()


def test_a_photograph_of_a_digit_is_recognized():
    """The network that comes with the course reads digits that were written on paper."""
    images, labels = load_digits("test")
    ours = InsideExplorer(Network.load(FOLDER / "digits" / "network.npz"), (images[:9], labels[:9]))
    for digit, label in zip(images[:6], labels[:6], strict=True):
        page.upload(ours, "mine.png", photographed(digit))
        assert (ours.source.value, ours.said, ours.problem) == ("your picture", label, "")
        assert np.abs(ours.image - digit).mean() < 0.05
    page.move(ours.centered, value=False)
    assert ours.image.argmax() != images[5].argmax() and ours.number.disabled


def test_what_is_no_picture_is_told_and_changes_nothing():
    ours = explorer()
    seen = ours.image.copy()
    page.upload(ours, "notes.png", b"no picture")
    assert ours.problem.startswith("notes.png: ") and "\n" not in ours.problem
    assert ours.source.value == "test digit"
    same(ours.image, seen)
    page.upload(ours, "mine.png", photographed(DIGITS[0][0]))
    assert ours.problem == ""


def test_a_camera_that_has_nothing_is_told():
    ours = explorer()
    ours.own_picture._handle_custom_msg({"problem": "no camera"}, [])
    assert "no picture from the camera: no camera" in ours.problem
