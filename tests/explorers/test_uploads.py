"""Uploaded files and camera pictures: how they are added to the choices, and invalid ones."""

from io import BytesIO

import numpy as np
import pytest
from explorers.driving import move, picture, same, upload
from picture_bytes import file_bytes
from PIL import Image

from helpers import load_image, sample_names
from helpers.explorers.widgets.image_picker import ImagePicker

BYTES = np.random.default_rng(0).integers(0, 256, (6, 9, 3), np.uint8)
UPLOADS = {
    "add_file": lambda picker, name, content: picker.add_file(name, content),
    "file box": upload,
}
both = pytest.mark.parametrize("send", UPLOADS.values(), ids=UPLOADS)


def shown(picker):
    """The picture as bytes."""
    return np.rint(np.float64(picker.value) * 255)


def heard(picker):
    values = []
    picker.observe(lambda change: values.append(change["new"]), "value")
    return values


@both
@pytest.mark.parametrize("format", ["PNG", "BMP", "TIFF", "WEBP"])
def test_an_upload_is_chosen_and_shown(send, format):
    """The file is added to the list and shown."""
    picker = ImagePicker("coins")
    send(picker, "mine.png", file_bytes(BYTES, format, lossless=True))
    same(shown(picker), BYTES)
    assert picker.name.value.endswith("mine.png") and "coins" in picker.name.options
    assert picker.error == ""


@both
def test_an_upload_is_one_change(send):
    """No other picture is shown before it."""
    picker = ImagePicker("coins")
    values = heard(picker)
    send(picker, "mine.png", file_bytes(BYTES))
    assert [value.shape for value in values] == [BYTES.shape]


@both
def test_the_same_name_again(send):
    """The newer file replaces the older one."""
    picker = ImagePicker("coins")
    send(picker, "mine.png", file_bytes(BYTES))
    send(picker, "mine.png", file_bytes(BYTES[:4, :5]))
    same(shown(picker), BYTES[:4, :5])
    assert len(picker.name.options) == len(sample_names()) + 1


@both
def test_the_same_file_again_after_another_choice(send):
    """Opening a file always shows it."""
    picker = ImagePicker("coins")
    send(picker, "mine.png", file_bytes(BYTES))
    picker.name.value = "coins"
    send(picker, "mine.png", file_bytes(BYTES))
    same(shown(picker), BYTES)


@both
@pytest.mark.parametrize("name", ["cat", "your array", "", "<img src=x>", "a\nb", "x" * 999])
def test_any_file_name(send, name):
    """No file name replaces a sample or an array; all of them can be chosen."""
    array, cat = picture(4, 7), load_image("cat")
    picker = ImagePicker(array)
    send(picker, name, file_bytes(BYTES))
    same(shown(picker), BYTES)
    picker.name.value = "cat"
    same(picker.value, cat)
    picker.name.value = "your array"
    same(picker.value, array)


def test_a_camera_picture():
    """It is a picture like any other; if there is none, a line says why."""
    picker = ImagePicker("coins")
    before = picker.value
    move(picker.upload, problem="not allowed\nby <you>")
    assert "camera" in picker.error and "not allowed by <you>" in picker.error
    assert picker.value is before
    for pixels in (BYTES, BYTES[:3]):
        upload(picker, "", file_bytes(pixels))
        same(shown(picker), pixels)
        assert picker.error == ""


@both
@pytest.mark.parametrize(
    "name, content",
    [
        ("notes.txt", b"hello"),
        ("empty.png", b""),
        ("cut.png", file_bytes(BYTES)[:60]),
        ("<img src=x>", b"x"),
        ("two\nlines.png", b"x"),
        ("x" * 999 + ".png", b"x"),
    ],
)
def test_an_invalid_file_changes_nothing_but_the_message(send, name, content):
    """The message names the file; picture and choice stay; the next valid file clears it."""
    picker = ImagePicker("coins")
    before, values = picker.value, heard(picker)
    send(picker, name, content)
    assert picker.error.startswith(name[:3])
    assert picker.value is before and not values and picker.name.value == "coins"
    assert len(picker.name.options) == len(sample_names())
    send(picker, "mine.png", file_bytes(BYTES))
    assert picker.error == ""


def test_another_choice_clears_the_message():
    """As the next valid file does."""
    picker = ImagePicker("coins")
    picker.add_file("notes.txt", b"hello")
    picker.name.value = "cat"
    assert picker.error == ""


@pytest.mark.parametrize(
    "given", ["an upload", "a path", "bytes", "a Pillow image", "an open file"]
)
def test_a_large_file_is_decoded_once(given, tmp_path, monkeypatch):
    """A change of a control does not decode it again; what is kept is small."""
    path = tmp_path / "large.jpg"
    Image.new("RGB", (4000, 3000), "red").save(path)
    sources = {
        "a path": lambda: path, "bytes": path.read_bytes,
        "a Pillow image": lambda: Image.open(path), "an open file": lambda: BytesIO(path.read_bytes()),
    }  # fmt: skip
    picker = ImagePicker(sources[given]() if given in sources else "coins")
    if given == "an upload":
        upload(picker, "large.jpg", path.read_bytes())
    name = picker.name.value

    def decoded(*arguments, **options):
        raise AssertionError("decoded again")

    monkeypatch.setattr(Image, "open", decoded)
    assert picker.value.shape == (384, 512, 3)
    for longest in (16, 64, 512):
        picker.longest.value = longest
        assert picker.value.shape == (longest * 3 // 4, longest, 3)
        np.testing.assert_allclose(
            picker.value, np.broadcast_to((1, 0, 0), picker.value.shape), atol=0.02
        )
    picker.gray.value = True
    assert picker.value.shape == (384, 512)
    picker.gray.value = False
    assert picker._sources[name].size == (512, 384)


def test_a_file_that_memory_cannot_hold_is_told_and_the_controls_go_on(monkeypatch):
    """The line says that it is too large; the gray tick works on the picture from before."""
    picker = ImagePicker("coffee")

    def full(*arguments):
        raise MemoryError

    with monkeypatch.context() as patch:
        patch.setattr("PIL.ImageFile.ImageFile.load", full)
        upload(picker, "large.png", file_bytes(BYTES))
    assert picker.error.startswith("large.png: ") and "too large" in picker.error
    picker.gray.value = True
    assert picker.value.ndim == 2 and picker.error == ""


def test_pictures_from_pillow_and_bytes_in_an_array_are_the_same():
    """As a Pillow image, as an array of bytes and divided by 255."""
    for given in (Image.fromarray(BYTES), BYTES, BYTES / 255):
        same(shown(ImagePicker(given)), BYTES)
