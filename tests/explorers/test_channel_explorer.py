"""ChannelExplorer: three maps, their sum, bias and ReLU against scipy; invalid input."""

import re

import numpy as np
import pytest
from explorers import driving as page
from explorers.driving import picture, same
from refusals import is_one_line

from helpers import convolve
from helpers.colormaps import hex_colors
from helpers.encoding import encode_png
from helpers.explorers import ChannelExplorer
from helpers.explorers.models.channels import ChannelControls, compute, explain
from helpers.explorers.models.color_kernels import COLOR_KERNELS
from helpers.explorers.models.memo import Memo
from helpers.explorers.models.picture import COLORS
from helpers.network import Conv, Dense, Flatten, Network, ReLU, load_fruits

IMAGE = picture(7, 11, 3)
KERNEL = np.random.default_rng(3).integers(-3, 4, (3, 3, 3)).astype(float)


def three_maps(image, kernel):
    """Each slice convolved with its own channel, by scipy."""
    return [page.expected_output(image[..., k], kernel[..., k]) for k in range(3)]


def signed(values, limit=None):
    """The colors of signed values, to within 1 of 255; the limit is at the end of the scale."""
    anchors = [(8, 48, 107), (66, 146, 198), (247, 247, 247), (241, 138, 40), (127, 39, 4)]
    share = values / (limit or np.abs(values).max() or 1)
    return np.stack([np.interp(share, np.linspace(-1, 1, 5), c) for c in np.transpose(anchors)], -1)


def near(view, expected, tolerance=2):
    assert np.abs(view.picture - np.float64(expected)).max() <= tolerance


def test_every_picture():
    """Channels, maps, sum and feature map match scipy, in numbers, pixels and titles."""
    explorer = ChannelExplorer(IMAGE, KERNEL, bias=4.5)
    maps = three_maps(IMAGE, KERNEL)
    result = sum(maps) + 4.5
    limit = np.abs([*maps, sum(maps)]).max()
    same(explorer.input.picture, page.as_photo(IMAGE))
    for k, name in enumerate(COLORS):
        same(explorer.maps[k], maps[k])
        near(explorer.map_views[k], signed(maps[k], limit))
        assert explorer.channel_views[k].title == f"{name} channel"
    same(explorer.result, result)
    near(explorer.sum, signed(result, limit))
    same(explorer.feature_map, np.maximum(result, 0))
    near(explorer.output, np.clip(result, 0, limit) / limit * 255)
    assert explorer.output.title == "feature map, 5 rows, 9 columns"
    assert explorer.sum.title == "sum + bias 4.5" and explorer.problem == ""


def test_a_channel_is_drawn_in_its_color():
    """From black to pure red, green or blue, exactly; the three pictures add up to the image."""
    explorer = ChannelExplorer(IMAGE, KERNEL)
    image = page.as_photo(IMAGE)
    for k, view in enumerate(explorer.channel_views):
        same(view.picture[..., k], image[..., k])
        assert not np.delete(view.picture, k, axis=2).any()
    same(sum(view.picture for view in explorer.channel_views), image)


def test_the_maps_and_their_sum_have_one_scale():
    """So that their colors add up to the eye; a large weight in one slice fades the other maps."""
    explorer = ChannelExplorer(np.ones((5, 5, 3)), np.zeros((3, 3, 3)))
    explorer.weights[0].kernel = np.full((3, 3), 2)
    explorer.weights[1].kernel = np.full((3, 3), -1)
    assert explorer.sum.scale["labels"] == ["-18", "0", "18"]
    for view, share in zip((*explorer.map_views, explorer.sum), (18, -9, 0, 9), strict=True):
        near(view, signed(np.full((3, 3), share), 18))
    assert all(not view.scale for view in explorer.map_views)


def test_a_bias_moves_the_colors_and_not_the_scale():
    """A negative one darkens the feature map; one beyond the scale is counted in the notes."""
    explorer = ChannelExplorer(IMAGE, np.abs(KERNEL))
    scales, brightness = [explorer.sum.scale, explorer.output.scale], []
    for bias in (0, -1.1, -5):
        explorer.bias.number = bias
        assert [explorer.sum.scale, explorer.output.scale] == scales
        brightness.append(explorer.output.picture.astype(float).mean())
    assert brightness[0] > brightness[1] > brightness[2]
    assert explorer.output.scale["labels"][2] == explorer.sum.scale["labels"][2]
    assert explorer.output.note == "same scale as the maps"
    explorer = ChannelExplorer(np.zeros((5, 5, 3)), KERNEL, bias=5)
    for view in (explorer.sum, explorer.output):
        assert view.note == "100.0% beyond the scale of the maps"


def test_rounded_terms_that_do_not_add_up():
    """The sign says so: 0.33 + 0.33 + 0.33 is not 1."""
    third = np.zeros((3, 3, 3))
    third[1, 1] = 1 / 3
    line = page.text_of(ChannelExplorer(np.ones((5, 5, 3)), third).total)
    assert "red 0.33 + green 0.33 + blue 0.33 + bias 0 ≈ 1. " in line
    line = page.text_of(ChannelExplorer(np.ones((5, 5, 3)), third * 3).total)
    assert "red 1 + green 1 + blue 1 + bias 0 = 3. " in line


def test_relu_can_be_switched_off():
    """Then negative values are visible, on a scale centered on zero."""
    explorer = ChannelExplorer(IMAGE, KERNEL)
    assert (explorer.result < 0).any() and explorer.feature_map.min() == 0
    explorer.relu.value = False
    same(explorer.feature_map, explorer.result)
    same(explorer.output.picture, explorer.sum.picture)
    assert explorer.then.value == "no ReLU"
    assert "ReLU" not in page.text_of(explorer.total) and "no ReLU" in explorer.describe()


@pytest.mark.parametrize("k", range(3))
def test_each_weight_is_in_its_place(k):
    """A single 1 gives its channel, shifted; the other two maps are zero."""
    explorer = ChannelExplorer(IMAGE, np.zeros((3, 3, 3)))
    for row, column in np.ndindex(3, 3):
        explorer.weights[k].kernel = np.zeros((3, 3))
        page.type_into(explorer.weights[k], "1", index=3 * row + column)
        same(explorer.result, IMAGE[row : row + 5, column : column + 9, k])
        same(explorer.maps[k], explorer.result)
        assert not any(explorer.maps[other].any() for other in range(3) if other != k)


def test_bias_is_added_once():
    """Not once per channel."""
    explorer = ChannelExplorer(IMAGE, np.zeros((3, 3, 3)))
    page.type_into(explorer.bias, "-1.5")
    assert np.all(explorer.result == -1.5) and not explorer.feature_map.any()
    assert page.text_of(explorer.total).endswith("+ bias (-1.5) = -1.5. ReLU gives 0.")


@pytest.mark.parametrize("name", COLOR_KERNELS)
def test_every_named_kernel(name):
    """Chosen in the dropdown or given by name; the dropdown follows the weights; one update."""
    explorer = ChannelExplorer(IMAGE, KERNEL)
    assert explorer.preset.value == "your own"
    calls = page.counted(explorer)
    explorer.preset.value = name
    assert len(calls) == 1 and explorer.preset.value == name
    kernel = np.float64(COLOR_KERNELS[name][1])
    np.testing.assert_allclose(explorer.result, sum(three_maps(IMAGE, kernel)), atol=1e-5)
    same(explorer.result, ChannelExplorer(IMAGE, name).result)
    page.type_into(explorer.weights[1], "7")
    assert explorer.preset.value == "your own"


def range_on(name, color):
    """The range of a named kernel's output on an area of one color."""
    result = ChannelExplorer(np.full((5, 6, 3), color), name).result
    return result.min(), result.max()


RED, BLUE, GRAY, WHITE = (0.84, 0.16, 0.16), (0.16, 0.35, 0.94), (0.5,) * 3, (1.0,) * 3


@pytest.mark.parametrize("name, rises, stays", [
    ("red areas", [RED], [BLUE, GRAY, WHITE]), ("red circle", [RED], [BLUE, GRAY, WHITE]),
    ("blue areas", [BLUE], [RED, GRAY, WHITE]),
])  # fmt: skip
def test_color_kernels(name, rises, stays):
    """Positive on their color; 0 or less elsewhere."""
    assert all(range_on(name, color)[0] > 0.1 for color in rises)
    assert all(range_on(name, color)[1] < 1e-6 for color in stays)


def test_the_red_circle_kernel_does_not_respond_to_the_blue_one():
    """In the default picture; in gray the two circles are the same."""
    explorer = ChannelExplorer()
    assert explorer.preset.value == "red circle"
    assert explorer.feature_map[81, 69] > 1 and explorer.feature_map[173, 185] == 0
    explorer.preset.value = "brightness"
    assert abs(explorer.result[81, 69] - explorer.result[173, 185]) < 1e-3


def numbers(text):
    return [float(number) for number in re.findall(r"-?\d+\.?\d*", text)]


@pytest.mark.parametrize("cell", [(0, 0), (4, 8), (2, 5)])
def test_a_pixel_in_27_products(cell):
    """Patch, slice and products of each channel; three sums, bias, total; marks in every view."""
    explorer = ChannelExplorer(IMAGE, KERNEL, bias=0.25)
    page.move(explorer.output, cursor=list(cell), pinned=True)
    row, column = cell
    total = 0.25
    for k, products in enumerate(explorer.products):
        patch = IMAGE[row : row + 3, column : column + 3, k]
        for grid, values in ((products.patch, patch), (products.kernel, KERNEL[..., k]),
                               (products.products, patch * KERNEL[..., k])):  # fmt: skip
            assert grid.numbers == [page.rounded(number) for number in values.ravel()]
        part = (patch * KERNEL[..., k]).sum()
        assert page.text_of(products.total).endswith(
            (f" = {page.rounded(part)}", f" ≈ {page.rounded(part)}")
        )
        total += part
        assert page.marks(explorer.channel_views[k]) == [(*cell, 3, 3)]
        assert page.marks(explorer.map_views[k]) == [(*cell, 1, 1)]
    assert explorer.result[cell] == total
    found = numbers(page.text_of(explorer.total))
    np.testing.assert_allclose(found[:2], cell)
    np.testing.assert_allclose(found[-3:], [0.25, total, max(total, 0)], atol=0.0051)
    assert page.marks(explorer.output) == page.marks(explorer.sum) == [(*cell, 1, 1)]


@pytest.mark.parametrize("cell, output", [((3, 4), (2, 3)), ((0, 0), (0, 0)), ((6, 10), (4, 8))])
@pytest.mark.parametrize("which", [0, 1, 2, "input"])
def test_a_pixel_of_the_image_points_at_its_output(which, cell, output):
    """The output pixel whose window is centered on it; at the border, the nearest one."""
    explorer = ChannelExplorer(IMAGE, KERNEL)
    page.move(
        explorer.input if which == "input" else explorer.channel_views[which],
        cursor=list(cell),
        pinned=True,
    )
    assert explorer.output.cursor == explorer.map_views[1].cursor == output
    assert page.marks(explorer.output) == [(*output, 1, 1)]
    assert page.marks(explorer.channel_views[0]) == [(*output, 3, 3)]
    assert all(
        view.pinned for view in (*explorer.channel_views, *explorer.map_views, explorer.output)
    )


@pytest.mark.parametrize("which", [0, 1, 2, "sum"])
def test_a_pixel_of_a_map_is_the_same_pixel_of_the_output(which):
    """In every view of maps."""
    explorer = ChannelExplorer(IMAGE, KERNEL)
    view = explorer.sum if which == "sum" else explorer.map_views[which]
    page.move(view, cursor=[4, 2], pinned=False)
    assert explorer.output.cursor == (4, 2) and explorer.input.cursor == (5, 3)


def test_a_moved_weight_is_one_message_with_what_changed(messages):
    """One map, the sum and the feature map; neither the image nor the other maps.

    The largest value of all, in another map, stays: so does the scale.
    """
    kernel = KERNEL.copy()
    kernel[..., 0] = 9
    explorer = ChannelExplorer(IMAGE, kernel)
    calls = page.counted(explorer)
    messages.clear()
    page.send(explorer, explorer.weights[1], index=0, text="2.5")
    ((_, content, _),) = messages
    changed = {explorer.map_views[1], explorer.sum, explorer.output}
    sent = with_pixels(explorer, content)
    assert len(calls) == 1 and changed <= sent <= changed | grids(explorer)


def with_pixels(explorer, content):
    """The image views whose pixels are in a message."""
    changes = content["changes"]
    names = {view: explorer.name_of(view) for view in page.image_views(explorer)}
    return {view for view, name in names.items() if "pixels" in changes.get(name, {})}


def grids(explorer):
    """The small grids that explain a pixel."""
    return {grid for products in explorer.products for grid in products.grids}


@pytest.mark.parametrize("which", ["input", "sum", "output"])
def test_pointing_is_one_message_without_pictures(which, messages):
    """It has only numbers, marks and lines."""
    explorer = ChannelExplorer(IMAGE, KERNEL)
    messages.clear()
    page.send(explorer, getattr(explorer, which), cursor=[1, 2], pinned=True)
    ((_, content, _),) = messages
    assert with_pixels(explorer, content) <= grids(explorer)
    assert "marks" in content["changes"][explorer.name_of(explorer.channel_views[0])]


def test_a_named_kernel_is_one_message(messages):
    """Three times nine numbers, three maps, their sum, the feature map, and the dropdown."""
    explorer = ChannelExplorer(IMAGE, KERNEL)
    messages.clear()
    page.send(explorer, explorer.preset, value=3)
    ((_, content, _),) = messages
    assert {*explorer.map_views, explorer.sum, explorer.output} <= with_pixels(explorer, content)
    for weights in explorer.weights:
        assert "value" in content["changes"][explorer.name_of(weights)]
    assert content["changes"][explorer.name_of(explorer.preset)]["value"] == 3


@pytest.mark.parametrize("relu", [True, False])
def test_compute_without_a_page(relu):
    """The maps, the result and the 27 products of a pixel follow from the controls alone."""
    controls = ChannelControls(IMAGE, "mine", KERNEL, 4.5, relu, convolve)
    view = compute(controls, Memo())
    maps = three_maps(IMAGE, KERNEL)
    for computed, expected in zip(view.maps, maps, strict=True):
        same(computed, expected)
    result = sum(maps) + 4.5
    same(view.feature_map, np.maximum(result, 0) if relu else result)
    pixel = explain(controls, view, view.strongest)
    assert [part.total for part in pixel.parts] == [each[view.strongest] for each in maps]
    assert re.search(f" [=≈] {page.rounded(result[view.strongest])}[.]", pixel.line)


@pytest.mark.parametrize("change", [
    lambda ours: setattr(ours.bias, "number", 2), lambda ours: setattr(ours.relu, "value", False),
    lambda ours: setattr(ours.weights[2], "kernel", np.ones((3, 3))),
    lambda ours: setattr(ours.picker.name, "value", "coffee"),
    lambda ours: page.upload(ours.picker, "mine.png", encode_png(np.uint8(200 * IMAGE))),
], ids=["bias", "relu", "weights", "sample", "upload"])  # fmt: skip
def test_one_change_is_one_update(change):
    """And everything shown is what a new explorer with this state shows."""
    explorer = ChannelExplorer("circles", KERNEL)
    calls = page.counted(explorer)
    change(explorer)
    assert len(calls) == 1 and explorer.problem == ""
    image = np.float64(explorer.picker.value)
    kernel = np.stack([weights.kernel for weights in explorer.weights], axis=-1)
    expected = sum(three_maps(image, kernel)) + explorer.bias.number
    np.testing.assert_allclose(explorer.result, expected, atol=1e-4)


@pytest.mark.parametrize("change", [
    lambda ours: setattr(ours.picker.name, "value", "coins"),
    lambda ours: setattr(ours.picker.gray, "value", True),
    lambda ours: page.upload(ours.picker, "gray.png", encode_png(np.eye(8, dtype=np.uint8))),
    lambda ours: page.upload(ours.picker, "tiny.png", encode_png(np.zeros((2, 9, 3), np.uint8))),
    lambda ours: page.upload(ours.picker, "<img src=x>", b"hello"),
    lambda ours: page.type_into(ours.weights[0], "abc"),
    lambda ours: page.type_into(ours.bias, "99"),
], ids=["sample", "tick", "upload", "small", "text", "weight", "bias"])  # fmt: skip
def test_invalid_input_changes_nothing(change):
    """One line; the cursor still explains the picture on view; the next valid picture clears it."""
    explorer, twin = ChannelExplorer(IMAGE, KERNEL), ChannelExplorer(IMAGE, KERNEL)
    change(explorer)
    assert is_one_line(explorer.problem) and explorer.message.value == explorer.problem
    assert page.seen(explorer) == page.seen(twin)
    for ours in (explorer, twin):
        page.move(ours.output, cursor=[3, 4], pinned=True)
    assert page.seen(explorer) == page.seen(twin)
    explorer.picker.gray.value = False
    page.upload(explorer.picker, "fine.png", encode_png(np.uint8(200 * IMAGE)))
    page.type_into(explorer.weights[0], "1")
    page.type_into(explorer.bias, "1")
    assert explorer.problem == "" and explorer.result.shape == (5, 9)


def test_a_gray_picture_is_refused():
    """The line names what was expected and what was given."""
    with pytest.raises(ValueError, match=r"image must be in color, \(H, W, 3\)"):
        ChannelExplorer("coins")


BAD = {
    "image": [None, "nosuch", b"hello", IMAGE * 255, np.ones((7, 11, 4)), np.ones(5), [[]]],
    "kernel": [None, "nosuch", np.ones((3, 3)), np.ones((3, 3, 4)), np.full((3, 3, 3), 11),
               np.full((3, 3, 3), np.nan), 1j * np.ones((3, 3, 3)), []],
    "bias": [None, "a", 9, np.nan, [1, 2, 3], 1j],
}  # fmt: skip


@pytest.mark.parametrize(
    "name, value", [(name, value) for name, values in BAD.items() for value in values],
    ids=lambda value: " ".join(str(value)[:15].split()),
)  # fmt: skip
def test_invalid_arguments(name, value):
    """One line that names the parameter."""
    with pytest.raises((ValueError, TypeError), match=f"{name}|source") as caught:
        ChannelExplorer(**{"image": IMAGE, name: value})
    assert is_one_line(str(caught.value))


def test_a_late_message_cannot_point_outside():
    """The page may still be showing a larger picture."""
    explorer = ChannelExplorer("circles", KERNEL)
    page.upload(explorer.picker, "mine.png", encode_png(np.uint8(200 * IMAGE)))
    page.move(explorer.output, cursor=[200, 200], pinned=True)
    assert explorer.output.cursor == (4, 8)


def test_the_cursor_of_a_new_picture_is_at_the_maximum_of_the_feature_map():
    """So that there is something to see."""
    explorer = ChannelExplorer(IMAGE, KERNEL)
    assert explorer.feature_map[explorer.output.cursor] == explorer.feature_map.max()
    page.upload(explorer.picker, "mine.png", encode_png(np.uint8(200 * picture(20, 9, 3, seed=5))))
    assert explorer.feature_map[explorer.output.cursor] == explorer.feature_map.max()
    assert explorer.output.shape == (18, 7, 1)


def test_the_static_picture():
    """A saved notebook shows the current state, as a picture and as text."""
    explorer = ChannelExplorer(IMAGE, "red areas")
    bundle, metadata = explorer._repr_mimebundle_()
    lit = np.mean(explorer.feature_map > 1e-6)
    assert 0.01 < lit < 0.99
    assert bundle["image/png"] and metadata["image/png"]["alt"] == (
        f"ChannelExplorer: your array under red areas, bias 0, ReLU; {lit:.0%} of the output is above 0"
    )


def test_a_weight_has_one_color_in_all_slices_and_in_the_products():
    """Each cell that of its pixel in the slice of the explanation; 4 the same in red and in blue."""
    kernel = np.zeros((3, 3, 3))
    kernel[0, 0], kernel[1, 1, 0] = (4, 1, 4), 8
    ours = ChannelExplorer("circles", kernel)
    for weights, products in zip(ours.weights, ours.products, strict=True):
        pixels = products.kernel.picture.reshape(-1, 3)
        assert [color for color, _ in weights.colors] == [*hex_colors(pixels)]
    red, _, blue = (weights.colors for weights in ours.weights)
    assert red[0] == blue[0] != red[4]


def test_few_pictures_can_be_reached_by_the_tab_key():
    """The image and the feature map; on all others one can point."""
    explorer = ChannelExplorer(IMAGE, KERNEL)
    views = [*explorer.channel_views, *explorer.map_views, explorer.sum]
    assert all(view.interactive and not view.tab_stop for view in views)
    assert all(view.interactive and view.tab_stop for view in (explorer.input, explorer.output))


def test_the_names_of_the_controls():
    """An unknown one is refused in a line that lists them."""
    ChannelExplorer(IMAGE, controls=["image", "size", "upload", "kernel", "bias", "relu"])
    with pytest.raises(
        ValueError, match="image, size, upload, kernel, bias, relu; got 'gray'"
    ) as e:
        ChannelExplorer(IMAGE, controls=["gray"])
    assert is_one_line(str(e.value))


def test_the_static_picture_has_the_lines_of_the_live_one():
    """Channel × slice → map, three times; then the image, the sum and the feature map."""
    explorer = ChannelExplorer(IMAGE, KERNEL)
    for k in range(3):
        line = [part for part in explorer.stills[k] if part.kind == "image"]
        assert line == [
            explorer.channel_views[k],
            explorer.products[k].kernel,
            explorer.map_views[k],
        ]
    last = [part for part in explorer.stills[3] if part.kind == "image"]
    assert last == [explorer.input, explorer.sum, explorer.output]


def test_values_for_screen_readers():
    """Each picture has that of the pixel under its own cursor."""
    explorer = ChannelExplorer(IMAGE, KERNEL)
    page.move(explorer.output, cursor=[2, 3], pinned=False)
    for k, (channel, values) in enumerate(
        zip(explorer.channel_views, explorer.map_views, strict=True)
    ):
        assert float(channel.reading) == pytest.approx(IMAGE[3, 4, k], abs=0.006)
        assert float(values.reading) == pytest.approx(explorer.maps[k][2, 3], abs=0.006)
    assert float(explorer.sum.reading) == pytest.approx(explorer.result[2, 3], abs=0.006)
    assert float(explorer.output.reading) == pytest.approx(max(explorer.result[2, 3], 0), abs=0.006)
    assert explorer.input.reading.startswith("red ")
    assert explorer.summary().startswith("feature map 5×9: ")


def test_a_filter_of_a_color_network():
    """Its map is that of the network; its long weights are shown with two decimals, and kept."""
    fruits, _ = load_fruits("noto", variants=2)
    network = Network([Conv(4, 3), ReLU(), Flatten(), Dense(10)], (32, 32, 3), seed=1)
    network.layers[0].parameters["bias"][2] = 0.25
    weights = network.layers[0].parameters["weights"][..., 2]
    explorer = ChannelExplorer(fruits[1], weights, bias=network.layers[0].parameters["bias"][2])
    expected = network.layer_outputs(fruits[1:2])[1][:, :, 2, 0]
    np.testing.assert_allclose(explorer.feature_map, expected, atol=1e-5)
    assert expected.max() > 0.1
    np.testing.assert_array_equal(explorer.kernel, weights)
    assert {grid.decimals for grid in explorer.weights} == {2}
