"""What is below the precision of the image is drawn as 0, in every explorer; faint edges are not."""

import numpy as np
import pytest
from scales import scale_end

from helpers import KERNELS, convolve, convolve_loops
from helpers.explorers import (
    BankExplorer,
    ChannelExplorer,
    EdgeExplorer,
    InsideExplorer,
    KernelExplorer,
    KernelLearner,
    PoolingExplorer,
    WindowExplorer,
)
from helpers.network import Conv, Dense, Flatten, MeanPool, Network, ReLU

WHITE, BLACK, SIDE = (247, 247, 247), 0, 24
random = np.random.default_rng(7)
RAMP = np.tile(np.linspace(0, 1, SIDE), (SIDE, 1))
FLAT = {  # rows of equal numbers, down which nothing changes
    "ramp": RAMP,
    "stripes": np.tile(np.where(np.arange(SIDE) % 5 < 2, 0.1, 0.7), (SIDE, 1)),
    "random columns": np.tile(random.random(SIDE), (SIDE, 1)),
    "faint": 1e-3 * RAMP,
    "constant": np.full((SIDE, SIDE), 0.3),
}
every_picture = pytest.mark.parametrize("image", FLAT.values(), ids=FLAT)
every_type = pytest.mark.parametrize("dtype", ["float32", "float64"])
own_or_not = pytest.mark.parametrize("function", [convolve, convolve_loops], ids=["ours", "loops"])


def blank(view, color=WHITE):
    """Whether a picture has one color, and its scale the ends for a picture of zeros."""
    assert view.scale.get("labels", ["0", "0.5", "1"])[-1] == "1"
    return plain(view, color)


def plain(view, color=WHITE):
    """Whether a picture has one color; its scale may be that of another picture, too."""
    return (view.picture == color).all()


@every_picture
@every_type
@own_or_not
def test_edges(image, dtype, function):
    """White where nothing changes, whether down or across, and the text says 0."""
    image = image.astype(dtype)
    assert plain(EdgeExplorer(image, function).views["horizontal"])
    turned = EdgeExplorer(image.T, function)
    assert plain(turned.views["vertical"])
    assert "vertical 0," in turned.reading.value


def test_a_constant_picture_has_no_edges_and_no_direction():
    explorer = EdgeExplorer(np.full((9, 11), 0.3))
    assert blank(explorer.views["vertical"]) and blank(explorer.views["horizontal"])
    assert blank(explorer.views["magnitude"], BLACK)
    assert not explorer.views["direction"].picture.any()
    assert "no direction" in explorer.reading.value and not explorer.maps.direction.any()


@every_picture
@own_or_not
@pytest.mark.parametrize("name", ["sobel_horizontal", "scharr_horizontal", "horizontal_line"])
def test_kernels(image, function, name):
    """In each view that fits its scale to the output."""
    for view, color in {"signed": WHITE, "absolute": BLACK, "ReLU": BLACK}.items():
        assert blank(KernelExplorer(image, name, view, function).output, color)


@every_type
@pytest.mark.parametrize("name", ["laplacian", "outline"])
def test_the_second_difference_of_a_ramp(name, dtype):
    """It is 0 up to the rounding of the ramp itself. The output stays what arithmetic gives."""
    for image in (RAMP, 1e-3 * RAMP, 1 / 3 + RAMP / 3):
        explorer = KernelExplorer(image.astype(dtype), name, "signed")
        assert blank(explorer.output)
        expected = convolve(image.astype(np.float32), KERNELS[name])
        np.testing.assert_array_equal(explorer.result, expected)


def test_a_bias_that_cancels_the_output():
    explorer = KernelExplorer(np.full((9, 9), 0.7), "box_blur", "signed")
    explorer.bias.number = -0.7
    assert blank(explorer.output)


def test_no_note_has_a_negative_zero():
    explorer = KernelExplorer(RAMP, "sobel_horizontal")
    assert explorer.output.note == "from 0.00 to 0.00"


def test_the_window():
    """A row of tenths has no second difference: 0 in each cell, not 5.6e-17, and white."""
    explorer = WindowExplorer(np.arange(1, 10).reshape(3, 3) / 10, [[1, -2, 1]])
    explorer.position_control.number = explorer.result.size
    assert np.any(explorer.result) and blank(explorer.output)
    assert set(explorer.output.numbers) == {"0"}


@own_or_not
def test_colors(function):
    """Their sum is 0 where the channels cancel, and so is the map of a channel without edges."""
    gray = random.random((SIDE, SIDE, 1), np.float32)
    slices = np.multiply.outer(np.full((3, 3), 0.1), (0.3, 0.4, -0.7))
    explorer = ChannelExplorer(gray.repeat(3, axis=2), slices, convolve=function)
    assert np.any(explorer.result) and plain(explorer.sum)
    maps = [function(gray[..., 0], slices[..., k]) for k in range(3)]
    end = float(explorer.sum.scale["labels"][-1])
    assert end == pytest.approx(max(map(scale_end, maps)), rel=2e-3)  # that of the maps
    assert explorer.computed.strongest == (0, 0)
    if explorer.controls.relu:
        assert plain(explorer.output, BLACK)
    ramps = np.stack([RAMP, RAMP**2, 1 - RAMP], axis=-1)
    slices = KERNELS["sobel_horizontal"][..., None].repeat(3, axis=2)
    assert all(map(blank, ChannelExplorer(ramps, slices, convolve=function).map_views))


@own_or_not
def test_banks(function):
    """Errors of the first bank's maps are none of the second one's patterns."""
    explorer = BankExplorer(RAMP, function)
    assert all(blank(view, BLACK) for view in explorer.map_views[2:])
    flat = BankExplorer(np.full((SIDE, SIDE), 0.3), function)
    assert all(blank(view, BLACK) for view in (*flat.map_views, *flat.output_views))


def test_learning():
    """A target of nothing but rounding errors is white."""
    explorer = KernelLearner(RAMP, target="sobel_horizontal")
    explorer.weights.kernel = np.zeros((3, 3))
    views = explorer.target_view, explorer.output_view, explorer.error_view
    assert np.any(explorer.descent.task.target) and all(map(blank, views))


def test_pooling():
    explorer = PoolingExplorer(RAMP.T)
    explorer.source.value = "its vertical edges"
    assert not explorer.computed.image.any()


def test_feature_maps():
    """Through convolutions, means and ReLU."""
    layers = [Conv(2, 3), MeanPool(2), Conv(1, 3), ReLU(), Flatten(), Dense(2)]
    network = Network(layers, (SIDE, SIDE, 1), seed=0)
    edges = np.stack([KERNELS["sobel_horizontal"], KERNELS["horizontal_line"]], axis=-1)
    network.layers[0].parameters["weights"] = edges[:, :, None]
    image = np.tile(random.random(SIDE, np.float32), (SIDE, 1))
    test = image[None], np.zeros(1, int)
    explorer = InsideExplorer(network, class_names=["a", "b"], test=test)
    assert np.any(explorer.layer_outputs[0])
    sheets = explorer.sheets
    assert [sheets[number].scale["labels"][-1] for number in range(4)] == ["1"] * 4


@pytest.mark.parametrize("difference", [1 / 255, 1e-4])
def test_faint_edges_are_drawn(difference):
    """A step of 1/255, or of a ten-thousandth of the range, fills the scale."""
    image = np.full((SIDE, SIDE), 0.5)
    image[: SIDE // 2] += difference
    edges = EdgeExplorer(image)
    assert len(set(edges.views["horizontal"].pixels)) > 1 and plain(edges.views["vertical"])
    for name in ("laplacian", "sobel_horizontal"):
        assert len(set(KernelExplorer(image, name, "signed").output.pixels)) > 1
    assert len(set(BankExplorer(image).map_views[3].pixels)) > 1
