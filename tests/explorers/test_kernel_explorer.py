"""KernelExplorer's output: every option, view, kernel and image, against scipy and by hand."""

from itertools import product

import numpy as np
import pytest
from explorers import driving as page
from explorers.driving import picture, same
from scipy import ndimage

from helpers import KERNELS, load_image
from helpers.encoding import encode_png
from helpers.explorers import KernelExplorer

IMAGES = {"gray": picture(7, 11), "color": picture(7, 11, 3)}
KERNEL = [[1, 2, -1], [0, 3, -2], [1, -4, 2]]
images = pytest.mark.parametrize("image", IMAGES.values(), ids=IMAGES)


@images
@pytest.mark.parametrize("border", page.BORDERS)
@pytest.mark.parametrize("padding", [0, 1, 2, 5, "same"])
def test_every_option_equals_scipy(image, border, padding):
    """Stride, dilation, padding, border and flip in every combination; the title gives the size."""
    explorer = KernelExplorer(image, KERNEL)
    explorer.padding.value, explorer.border.value = padding, border
    for stride, flip, dilation in product((1, 2, 8), (False, True), (1, 3)):
        explorer.stride.number, explorer.flip.value = stride, flip
        explorer.dilation.number = dilation
        expected = page.expected_output(image, KERNEL, stride, padding, dilation, border, flip)
        same(explorer.result, expected)
        same(explorer.output.picture, page.as_photo(expected))
        assert explorer.output.title == f"output, {page.size_of(expected)}"
        assert explorer.problem == ""


def test_true_size_draws_both_pictures_at_one_scale():
    """The smaller one shrinks on the page, be it the output or the image; the output itself stays."""
    explorer = KernelExplorer(IMAGES["gray"])
    explorer.stride.number = 4
    before = explorer.output.picture
    assert explorer.output.share == 1
    explorer.true_size.value = True
    assert explorer.output.share == 3 / 11
    same(explorer.output.picture, before)
    assert explorer.input.share == 1
    explorer.padding.value, explorer.stride.number = 5, 1
    assert explorer.output.share == 1
    assert explorer.input.share == 11 / max(explorer.result.shape[:2]) < 1


@images
def test_bias_is_added_to_every_sum(image):
    """Whether it is typed or dragged."""
    explorer = KernelExplorer(image, KERNEL)
    page.type_into(explorer.bias, "-1.5")
    same(explorer.result, page.expected_output(image, KERNEL, bias=-1.5))
    page.move(explorer.bias, value=[0.25])
    same(explorer.result, page.expected_output(image, KERNEL, bias=0.25))
    same(explorer.output.picture, page.as_photo(explorer.result))


@images
def test_each_weight_is_in_its_place(image):
    """A single 1 shifts the image; a transposed or rotated grid would shift it elsewhere."""
    explorer = KernelExplorer(image, np.zeros((3, 3)))
    for row, column in np.ndindex(3, 3):
        explorer.weights.kernel = np.zeros((3, 3))
        page.type_into(explorer.weights, "1", index=3 * row + column)
        same(explorer.result, image[row : row + 5, column : column + 9])


@pytest.mark.parametrize("name", KERNELS)
def test_every_named_kernel(name):
    """By name and as an array, it gives scipy's output."""
    image = IMAGES["gray"]
    by_name, by_array = KernelExplorer(image, name), KernelExplorer(image, KERNELS[name])
    expected = ndimage.correlate(image, np.float64(KERNELS[name]))[1:-1, 1:-1]
    np.testing.assert_allclose(by_name.result, expected, atol=1e-5)
    same(by_name.result, by_array.result)
    assert by_name.preset.value == by_array.preset.value == name


@images
def test_the_input_is_shown_unchanged(image):
    """With its size in the title, and without a scale."""
    explorer = KernelExplorer(image)
    same(explorer.input.picture, page.as_photo(image))
    assert explorer.input.title == "image, 7 rows, 11 columns" and explorer.input.scale == {}


def by_view(values):
    """The pixels of each view of a gray output, to within 1 of 255."""
    limit = np.abs(values).max()
    anchors = [(8, 48, 107), (66, 146, 198), (247, 247, 247), (241, 138, 40), (127, 39, 4)]
    channels = [np.interp(values / limit, np.linspace(-1, 1, 5), c) for c in np.transpose(anchors)]
    return {
        "as a photo": page.as_photo(values),
        "signed": np.stack(channels, axis=-1),
        "absolute": np.abs(values) / limit * 255,
        "ReLU": np.maximum(values, 0) / values.max() * 255,
    }


@pytest.mark.parametrize("view", by_view(np.ones((1, 1))))
def test_every_view_of_a_gray_output(view):
    """Given at the start or chosen later; the output stays the same."""
    built = KernelExplorer(IMAGES["gray"], "laplacian", view)
    chosen = KernelExplorer(IMAGES["gray"], "laplacian")
    chosen.view.value = view
    expected = by_view(page.expected_output(IMAGES["gray"], KERNELS["laplacian"]))[view]
    assert np.abs(built.output.picture - np.float64(expected)).max() <= 2
    same(built.output.picture, chosen.output.picture)
    same(built.result, chosen.result)


@images
@pytest.mark.parametrize("kernel", ["diagonal_down", "identity"])
def test_signed_view_is_centered_on_zero(image, kernel):
    """Exactly zero has the middle color, even if no output is negative."""
    explorer = KernelExplorer(image.round(), kernel, "signed")
    zero = explorer.result == 0
    assert zero.any()
    same(np.unique(explorer.output.picture[zero]), [127 if image.ndim == 3 else 247])
    limit = np.abs(explorer.result).max()
    assert explorer.output.scale["labels"] == [f"{-limit:.3g}", "0", f"{limit:.3g}"]


@images
def test_photo_view_counts_clipped_pixels(image):
    """The fractions below black and above white, and the range."""
    explorer = KernelExplorer(image, KERNEL)
    values = page.expected_output(image, KERNEL)
    below, above = (values < 0).mean(), (values > 1).mean()
    assert explorer.output.note == (
        f"from {values.min():.2f} to {values.max():.2f};"
        f" clipped: {below:.1%} below 0, {above:.1%} above 1"
    )
    explorer.preset.value = "identity"
    assert explorer.output.note == "from 0.00 to 1.00"


def test_samples_in_every_size_and_in_gray():
    """The output is that of the picture shown."""
    explorer = KernelExplorer("coffee", "emboss")
    for longest, gray in product((16, 128, 512), (True, False)):
        explorer.picker.longest.value, explorer.picker.gray.value = longest, gray
        assert explorer.image.ndim == 3 - gray and max(explorer.image.shape) <= longest
        expected = page.expected_output(np.float64(explorer.image), KERNELS["emboss"])
        np.testing.assert_allclose(explorer.result, expected, atol=1e-5)
        same(explorer.input.picture, page.as_photo(explorer.image))
        assert explorer.channel.hidden == gray


def test_it_opens_on_the_sharpened_cat():
    """The default arguments show something."""
    explorer = KernelExplorer()
    same(explorer.image, load_image("cat"))
    assert explorer.preset.value == "sharpen" and explorer.view.value == "as a photo"


@pytest.mark.parametrize("send", [page.upload, lambda picker, *file: picker.add_file(*file)])
def test_an_upload_is_filtered(send):
    """In one update: nothing is shown between the last picture and the file."""
    explorer = KernelExplorer("coins", KERNEL)
    images, updates = [], page.counted(explorer)
    explorer.output.observe(lambda change: images.append(explorer.image.shape), "pixels")
    pixels = np.uint8(255 * (picture(6, 9, 3) > 0.5))
    send(explorer.picker, "mine.png", encode_png(pixels))
    np.testing.assert_allclose(
        explorer.result, page.expected_output(pixels / 255, KERNEL), atol=1e-5
    )
    same(explorer.input.picture, pixels)
    assert set(images) == {(6, 9, 3)} and len(updates) == 1 and "mine.png" in explorer.describe()


def test_the_sum_of_the_weights_is_shown():
    """And what it means for a flat area."""
    explorer = KernelExplorer(IMAGES["gray"], np.full((3, 3), 0.25))
    assert "add up to 2.25:" in page.text_of(explorer.note)
    explorer.preset.value = "box_blur"
    assert "add up to 1:" in page.text_of(explorer.note)
