"""Where a picture comes from: open files, Pillow images, paths of every kind, and what is refused."""

import os
import subprocess
import sys
import zipfile
from io import BytesIO, StringIO
from pathlib import Path

import numpy as np
import pytest
from import_rule import ROOT
from picture_bytes import assert_same, file_bytes, flat
from PIL import Image
from refusals import refusal

from helpers import load_image
from helpers.images import load_within
from helpers.picture_files import MOST_BYTES

GRAY = (np.arange(35, dtype=np.uint8) * 7).reshape(5, 7)
COLOR = np.stack([GRAY, 255 - GRAY, GRAY // 2], axis=2)


# --- Accepted


def test_an_open_file_is_read_from_its_start(tmp_path):
    """A buffer that was just written stands at its end; the same file can be read twice."""
    buffer = BytesIO()
    Image.fromarray(COLOR).save(buffer, "PNG")
    (tmp_path / "a.png").write_bytes(buffer.getvalue())
    for _ in range(2):
        assert_same(load_image(buffer), COLOR / 255)
    with open(tmp_path / "a.png", "rb") as file:
        assert_same(load_image(file), COLOR / 255)
        assert not file.closed


def test_a_file_in_an_archive_can_be_read(tmp_path):
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("a.png", file_bytes(COLOR))
        with archive.open("a.png") as file:
            assert_same(load_image(file), COLOR / 255)


MIDDLE = {
    **{mode: flat("RGB", (128, 128, 128)).convert(mode) for mode in ("RGB", "RGBA", "CMYK", "HSV")},
    **{mode: flat("L", 128).convert(mode) for mode in ("L", "LA", "YCbCr")},
    "P": flat("RGB", (128, 128, 128)).quantize(),
    "1": flat("1", 1),
    "F": flat("F", 0.5),
    "I": flat("I", 32768),
    "I;16": flat("I;16", 32768),
}


@pytest.mark.parametrize("mode", MIDDLE)
def test_a_pillow_image_of_any_mode(mode):
    """As its file would be: gray stays gray; it is not changed."""
    picture = MIDDLE[mode]
    before = picture.tobytes(), picture.mode, picture.size
    channels = () if mode in ("1", "L", "LA", "F", "I", "I;16") else (3,)
    assert_same(load_image(picture), np.full((5, 7, *channels), 1 if mode == "1" else 0.5), 0.01)
    assert (picture.tobytes(), picture.mode, picture.size) == before


def test_an_opened_pillow_image_is_rotated_and_left_alone(tmp_path):
    exif = Image.Exif()
    exif[0x0112] = 6
    Image.fromarray(COLOR).save(tmp_path / "a.png", exif=exif)
    with Image.open(tmp_path / "a.png") as picture:
        assert_same(load_image(picture), np.rot90(COLOR, -1) / 255)
        assert picture.size == (7, 5)
        assert load_within(picture, 5).shape == (5, 4, 3)
        assert picture.size == (7, 5)


def test_a_path_may_start_at_the_home_folder(tmp_path, monkeypatch):
    for name in ("HOME", "USERPROFILE"):
        monkeypatch.setenv(name, str(tmp_path))
    (tmp_path / "a.png").write_bytes(file_bytes(COLOR))
    assert_same(load_image("~/a.png"), COLOR / 255)
    assert_same(load_image(Path("~") / "a.png"), COLOR / 255)


def test_a_name_that_starts_with_a_tilde_is_a_name(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("~copy.png").write_bytes(file_bytes(COLOR))
    assert_same(load_image("~copy.png"), COLOR / 255)


# --- Refused


def test_an_array_needs_no_loading():
    assert "an array is an image already" in refusal(load_image, COLOR, error=TypeError)


def test_a_text_file_is_to_be_opened_in_binary_mode():
    assert "open(path, 'rb')" in refusal(load_image, StringIO("text"), error=TypeError)


def test_a_closed_file_is_refused():
    file = BytesIO(file_bytes(COLOR))
    file.close()
    assert "closed" in refusal(load_image, file)


def test_an_empty_or_foreign_open_file_is_refused():
    assert "is empty" in refusal(load_image, BytesIO())
    assert "none of these" in refusal(load_image, BytesIO(b"x"))


def test_a_pillow_image_without_pixels_is_refused():
    assert "has no pixels" in refusal(load_image, Image.new("L", (0, 5)))


needs_unix = pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no such files here")


@needs_unix
def test_a_pipe_a_device_and_a_broken_link_are_refused_at_once(tmp_path):
    """A pipe without a writer would wait forever."""
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "link").symlink_to(tmp_path / "nowhere")
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    assert "not a file" in refusal(load_image, tmp_path / "pipe")
    assert "not a file" in refusal(load_image, "/dev/zero")
    assert "No such file" in refusal(load_image, tmp_path / "link")
    assert "cannot be read" in refusal(load_image, tmp_path / "loop")


@needs_unix
def test_a_stream_without_an_end_is_refused():
    with open("/dev/zero", "rb") as stream:
        assert "at most 150 MB; the open file is too large" in refusal(load_image, stream)


def test_a_huge_file_is_refused_unread(tmp_path):
    """Only its size is asked for."""
    path = tmp_path / "huge.tif"
    with open(path, "wb") as file:
        file.write(b"II*\0")
        file.truncate(MOST_BYTES * 100)
    assert "too large" in refusal(load_image, path)


@pytest.mark.skipif(sys.platform != "linux", reason="memory can be limited only on Linux")
def test_little_memory_is_told_as_such(tmp_path):
    """A picture that does not fit is too large, not damaged; a smaller size still fits."""
    path = tmp_path / "wide.png"
    Image.new("RGB", (6000, 6000)).save(path)
    code = (
        "import resource, sys; from helpers import load_image; from helpers.images import load_within\n"
        "load_within('cat', 64)\n"
        "used = int(open('/proc/self/statm').read().split()[0]) * resource.getpagesize()\n"
        "for spare in (100, 700):\n"
        "    resource.setrlimit(resource.RLIMIT_AS, (used + spare * 2**20, -1))\n"
        "    try: load_image(sys.argv[1])\n"
        "    except ValueError as error: print(error)\n"
        "print(load_within(sys.argv[1], 300).shape)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(path)], cwd=ROOT, capture_output=True, text=True
    )
    first, second, shape = done.stdout.splitlines()
    assert "fit into memory" in first and "too large" in first
    assert "fit into memory" in second and "choose a size" in second
    assert shape == "(300, 300, 3)", done.stderr
