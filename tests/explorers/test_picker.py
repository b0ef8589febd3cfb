"""Choosing an image: samples, files, arrays; sizes and gray; what is refused."""

from io import BytesIO

import numpy as np
import pytest
from explorers.driving import is_one_line, picture, same, upload
from PIL import Image

from helpers import load_image, sample_names
from helpers.explorers.picker import ImagePicker

LUMA = (0.299, 0.587, 0.114)
BYTES = np.random.default_rng(0).integers(0, 256, (6, 9, 3), np.uint8)
UPLOADS = {
    "add_file": lambda picker, name, content: picker.add_file(name, content),
    "file box": upload,
}
both = pytest.mark.parametrize("send", UPLOADS.values(), ids=UPLOADS)


def encoded(pixels, format="PNG"):
    file = BytesIO()
    Image.fromarray(pixels).save(file, format, **({"lossless": True} if format == "WEBP" else {}))
    return file.getvalue()


def shown(picker):
    """The picture as bytes."""
    return np.rint(np.float64(picker.value) * 255)


def heard(picker):
    values = []
    picker.observe(lambda change: values.append(change["new"]), "value")
    return values


@pytest.mark.parametrize("name", sample_names())
def test_every_sample(name):
    """As `load_image` gives it, where it is no larger than the screen."""
    picker = ImagePicker(name)
    same(picker.value, load_image(name))
    assert picker.name.value == name and picker.value.dtype == np.float32


@pytest.mark.parametrize("longest", [16, 32, 64, 128, 256, 512])
@pytest.mark.parametrize("gray", [False, True])
def test_every_size_in_colour_and_gray(longest, gray):
    """Shrunk with its proportions, as Pillow does it; gray is brightness."""
    picker = ImagePicker("coffee")
    picker.longest.value, picker.gray.value = longest, gray
    small = Image.fromarray(np.uint8(np.rint(load_image("coffee") * 255)))
    small.thumbnail((longest, longest), Image.Resampling.LANCZOS)
    expected = np.asarray(small) @ LUMA if gray else np.asarray(small)
    np.testing.assert_allclose(picker.value * 255, expected, atol=1e-3)
    assert max(picker.value.shape) <= longest


@pytest.mark.parametrize("shape", [(4, 7), (4, 7, 3)])
def test_an_array(shape):
    """It is taken as it is: a copy, at its own size, turned to gray when asked."""
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
    """Lists and whole numbers are images too."""
    same(ImagePicker(image).value, np.float32(image))


def test_back_and_forth_between_an_array_and_a_sample():
    """Only for a sample can the size be chosen."""
    picker = ImagePicker(picture(4, 7))
    picker.name.value = "cat"
    assert not picker.longest.disabled and picker.value.ndim == 3
    picker.name.value = "your array"
    assert picker.longest.disabled and picker.value.shape == (4, 7)


@pytest.mark.parametrize("kind", [str, bytes, lambda path: path])
def test_a_file_of_ones_own(kind, tmp_path):
    """By its path, as text or not, or by its bytes."""
    path = tmp_path / "mine.png"
    path.write_bytes(encoded(BYTES))
    source = path.read_bytes() if kind is bytes else kind(path)
    same(shown(ImagePicker(source)), BYTES)


@both
@pytest.mark.parametrize("format", ["PNG", "BMP", "TIFF", "WEBP"])
def test_an_upload_is_chosen_and_shown(send, format):
    """The file joins the list, and is seen."""
    picker = ImagePicker("coins")
    send(picker, "mine.png", encoded(BYTES, format))
    same(shown(picker), BYTES)
    assert picker.name.value.endswith("mine.png") and "coins" in picker.name.options
    assert picker.error == ""


@both
def test_an_upload_is_one_change(send):
    """No other picture flashes up before it."""
    picker = ImagePicker("coins")
    values = heard(picker)
    send(picker, "mine.png", encoded(BYTES))
    assert [value.shape for value in values] == [BYTES.shape]


@both
def test_the_same_name_again(send):
    """The newer file counts."""
    picker = ImagePicker("coins")
    send(picker, "mine.png", encoded(BYTES))
    send(picker, "mine.png", encoded(BYTES[:4, :5]))
    same(shown(picker), BYTES[:4, :5])
    assert len(picker.name.options) == len(sample_names()) + 1


@both
def test_the_same_file_again_after_another_choice(send):
    """Opening a file shows it, always."""
    picker = ImagePicker("coins")
    send(picker, "mine.png", encoded(BYTES))
    picker.name.value = "coins"
    send(picker, "mine.png", encoded(BYTES))
    same(shown(picker), BYTES)


@both
@pytest.mark.parametrize("name", ["cat", "your array", "", "<img src=x>", "a\nb", "x" * 999])
def test_any_file_name(send, name):
    """No name takes the place of a sample or an array; all of them can be chosen."""
    array, cat = picture(4, 7), load_image("cat")
    picker = ImagePicker(array)
    send(picker, name, encoded(BYTES))
    same(shown(picker), BYTES)
    picker.name.value = "cat"
    same(picker.value, cat)
    picker.name.value = "your array"
    same(picker.value, array)


def test_a_still_from_the_camera():
    """It is a picture like any other; without one, a line says why."""
    picker = ImagePicker("coins")
    before = picker.value
    picker.camera._handle_custom_msg({"problem": "not allowed\nby <you>"}, [])
    assert "camera" in picker.error and "not allowed by <you>" in picker.error
    assert picker.value is before
    for pixels in (BYTES, BYTES[:3]):
        picker.camera._handle_custom_msg({}, [memoryview(encoded(pixels))])
        same(shown(picker), pixels)
        assert picker.error == ""


@both
@pytest.mark.parametrize("name, content", [
    ("notes.txt", b"hello"), ("empty.png", b""), ("cut.png", encoded(BYTES)[:60]),
    ("<img src=x>", b"x"), ("two\nlines.png", b"x"), ("x" * 999 + ".png", b"x"),
])
def test_a_wrong_file_changes_nothing_but_the_message(send, name, content):
    """The message names the file; picture and choice stay; the next good file clears it."""
    picker = ImagePicker("coins")
    before, values = picker.value, heard(picker)
    send(picker, name, content)
    assert picker.error.startswith(name[:3])
    assert picker.value is before and not values and picker.name.value == "coins"
    assert len(picker.name.options) == len(sample_names())
    send(picker, "mine.png", encoded(BYTES))
    assert picker.error == ""


def test_another_choice_clears_the_message():
    """As the next good file does."""
    picker = ImagePicker("coins")
    picker.add_file("notes.txt", b"hello")
    picker.name.value = "cat"
    assert picker.error == ""


@pytest.mark.parametrize("image", [
    None, 3, "nosuch", "/nosuch/file.png", b"", b"hello", object(), 1j * np.ones((3, 4)), [[]],
    np.ones(5), np.ones((3, 4, 2)), np.ones((3, 4, 4)), np.full((3, 4), 255), -np.ones((3, 4)),
    np.full((3, 4), np.nan), np.full((3, 4), np.inf), [["a"]], [[1], [1, 0]], np.ones((2, 3, 3, 3)),
], ids=lambda image: str(image)[:12].replace("\n", " "))
def test_what_is_no_image(image):
    """One clear line that names the parameter."""
    with pytest.raises((ValueError, TypeError), match="image|source") as caught:
        ImagePicker(image)
    assert is_one_line(str(caught.value))
