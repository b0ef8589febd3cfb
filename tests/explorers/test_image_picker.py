"""Choosing an image: samples, files, arrays; sizes and gray; invalid input."""

from pathlib import Path

import numpy as np
import pytest
from explorers.driving import picture, same
from PIL import Image
from refusals import is_one_line

from helpers import load_image, sample_names
from helpers.encoding import encode_png
from helpers.explorers import KernelExplorer, PoolingExplorer
from helpers.explorers.widgets.image_picker import ImagePicker

LUMA = (0.299, 0.587, 0.114)
BYTES = np.random.default_rng(0).integers(0, 256, (6, 9, 3), np.uint8)


@pytest.mark.parametrize("name", sample_names())
def test_every_sample(name):
    """As `load_image` returns it, up to the largest size shown."""
    picker = ImagePicker(name)
    same(picker.value, load_image(name))
    assert picker.name.value == name and picker.value.dtype == np.float32


@pytest.mark.parametrize("longest", [16, 32, 64, 128, 256, 512])
@pytest.mark.parametrize("gray", [False, True])
def test_every_size_in_color_and_gray(longest, gray):
    """Shrunk with its proportions kept, as Pillow does; gray is the luma."""
    picker = ImagePicker("coffee")
    picker.longest.value, picker.gray.value = longest, gray
    small = Image.fromarray(np.uint8(np.rint(load_image("coffee") * 255)))
    small.thumbnail((longest, longest), Image.Resampling.LANCZOS)
    expected = np.asarray(small) @ LUMA if gray else np.asarray(small)
    np.testing.assert_allclose(picker.value * 255, expected, atol=1e-3)
    assert max(picker.value.shape) <= longest


@pytest.mark.parametrize("shape", [(4, 7), (4, 7, 3)])
def test_an_array(shape):
    """It is used as it is: a copy at its own size, converted to gray on request."""
    array = picture(*shape)
    picker = ImagePicker(array, longest=16)
    same(picker.value, array)
    assert picker.name.value == "your array" and picker.longest.disabled
    expected = array if array.ndim == 2 else array @ LUMA
    picker.gray.value = True
    np.testing.assert_allclose(picker.value, expected, atol=1e-6)
    array[:] = 0
    assert picker.value.any()


@pytest.mark.parametrize("image", [[[0, 1, 0], [1, 0, 1]], np.eye(3, 5, dtype=bool)])
def test_zeros_and_ones_need_no_decimal_point(image):
    """Lists and whole numbers are valid images."""
    same(ImagePicker(image).value, np.float32(image))


def test_back_and_forth_between_an_array_and_a_sample():
    """The size can be chosen only for a sample."""
    picker = ImagePicker(picture(4, 7))
    picker.name.value = "cat"
    assert not picker.longest.disabled and picker.value.ndim == 3
    picker.name.value = "your array"
    assert picker.longest.disabled and picker.value.shape == (4, 7)


@pytest.mark.parametrize("kind", [str, bytes, bytearray, memoryview, lambda path: path])
def test_an_image_file(kind, tmp_path):
    """Given by its path, a string or a Path, or by its bytes, in any type of buffer."""
    path = tmp_path / "mine.png"
    path.write_bytes(encode_png(BYTES))
    source = kind(path.read_bytes()) if kind in (bytes, bytearray, memoryview) else kind(path)
    same(np.rint(np.float64(ImagePicker(source).value) * 255), BYTES)
    assert PoolingExplorer(source).result.shape == (3, 4, 3)


@pytest.mark.parametrize("change", [Path.unlink, lambda path: path.write_bytes(b"hello")])
def test_a_file_that_changes_or_is_deleted(change, tmp_path):
    """It is read once; later changes have no effect."""
    path = tmp_path / "mine.png"
    path.write_bytes(encode_png(np.tile(BYTES, (5, 5, 1))))
    explorer = KernelExplorer(path)
    change(path)
    explorer.picker.longest.value = 16
    assert explorer.problem == "" and max(explorer.image.shape) == 16


@pytest.mark.parametrize(
    "image",
    [
        None,
        3,
        "nosuch",
        "/nosuch/file.png",
        b"",
        b"hello",
        object(),
        1j * np.ones((3, 4)),
        [[]],
        np.ones(5),
        np.ones((3, 4, 2)),
        np.ones((3, 4, 4)),
        np.full((3, 4), 255),
        -np.ones((3, 4)),
        np.full((3, 4), np.nan),
        np.full((3, 4), np.inf),
        [["a"]],
        [[1], [1, 0]],
        np.ones((2, 3, 3, 3)),
    ],
    ids=lambda image: str(image)[:12].replace("\n", " "),
)
def test_invalid_images(image):
    """One line that names the parameter."""
    with pytest.raises((ValueError, TypeError), match="image|source") as caught:
        ImagePicker(image)
    assert is_one_line(str(caught.value))
