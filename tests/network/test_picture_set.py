"""Sets of one's own pictures: what is saved comes back; files that are no such set are refused, unread."""

import struct
import zipfile
import zlib
from io import BytesIO

import numpy as np
import pytest
from PIL import Image
from refusals import is_one_line

from helpers.network import load_zip, save_zip
from helpers.network import picture_set as module
from helpers.network.picture_set import zip_bytes

RNG = np.random.default_rng(0)
NAMES = ("my cat", "dog-2", "Größe")


def pictures(count=7, shape=(28, 28)):
    return (RNG.integers(0, 256, (count, *shape)) / 255).astype(np.float32)


def png(size=(28, 28), mode="L"):
    file = BytesIO()
    Image.new(mode, size).save(file, "PNG")
    return file.getvalue()


def packed(members, compression=zipfile.ZIP_STORED):
    file = BytesIO()
    with zipfile.ZipFile(file, "w", compression) as archive:
        for name, content in members:
            archive.writestr(name, content)
    return file.getvalue()


@pytest.mark.parametrize("shape", [(28, 28), (32, 32, 3)])
def test_a_set_comes_back_as_it_was(tmp_path, shape):
    """Pixels of 8 bits to the last bit, by class and within it in order; the classes keep theirs."""
    images, labels = pictures(shape=shape), np.array([2, 0, 1, 0, 2, 2, 1])
    save_zip(tmp_path / "set.zip", images, labels, NAMES)
    found = load_zip(tmp_path / "set.zip")
    assert found.names == ("Größe", "my cat", "dog-2")  # as they first came
    for k, name in enumerate(NAMES):
        mine = found.images[found.labels == found.names.index(name)]
        np.testing.assert_array_equal(mine, images[labels == k])


def test_the_file_is_plain_pngs_and_always_the_same(tmp_path):
    """Any program opens it; it holds nothing but class/number.png."""
    images = pictures(2)
    content = zip_bytes(images, [0, 0], ["cat"])
    assert content == zip_bytes(images, [0, 0], ["cat"])
    with zipfile.ZipFile(BytesIO(content)) as archive:
        assert archive.namelist() == ["cat/0001.png", "cat/0002.png"]
        seen = np.asarray(Image.open(archive.open("cat/0002.png")))
    np.testing.assert_array_equal(seen, np.round(255 * images[1]))


def test_a_zip_made_by_hand_is_read():
    """Compressed, with folders of their own; numbers in any order, and compared as numbers."""
    white = Image.new("L", (28, 28), 255)
    file = BytesIO()
    white.save(file, "PNG")
    members = [("cat/", b""), ("cat/10.png", file.getvalue()), ("cat/2.png", png())]
    found = load_zip(packed(members, zipfile.ZIP_DEFLATED))
    assert found.images.mean(axis=(1, 2)).tolist() == [0, 1] and found.names == ("cat",)


def bomb():
    """A file that claims 28×28 pixels and unpacks to megabytes."""
    return packed([("cat/1.png", png() + bytes(5_000_000))], zipfile.ZIP_DEFLATED)


def lying(claimed=1000):
    """The same file with a false size in both of its headers."""
    content, true = bytearray(bomb()), struct.pack("<I", 5_000_000 + len(png()))
    while (at := content.find(true)) >= 0:
        content[at : at + 4] = struct.pack("<I", claimed)
    return bytes(content)


def huge_png():
    """A PNG whose header claims 60,000 × 60,000 pixels."""
    start = png()[:8]
    header = b"IHDR" + struct.pack(">IIBBBBB", 60_000, 60_000, 8, 0, 0, 0, 0)
    return start + struct.pack(">I", 13) + header + struct.pack(">I", zlib.crc32(header))


GOOD = ("cat/1.png", png())
REFUSED = {
    "a zip bomb": (bomb(), "too large"),
    "one that hides its size": (lying(), "not a set of pictures"),
    "a path out of the folder": (packed([("../cat/1.png", png())]), "class/number.png"),
    "an absolute path": (packed([("/cat/1.png", png())]), "class/number.png"),
    "a class of two dots": (packed([("../1.png", png())]), "a class must have a name"),
    "a path with a backslash": (packed([("a\\cat/1.png", png())]), "class/number.png"),
    "a pickle": (packed([("cat/1.pkl", b"\x80\x04")]), "class/number.png"),
    "a text that is called PNG": (packed([("cat/1.png", b"hello" * 20)]), "not a PNG"),
    "a JPEG that is called PNG": (packed([("cat/1.png", b"\xff\xd8\xff\xe0" * 20)]), "not a PNG"),
    "a large picture": (packed([("cat/1.png", png((29, 28)))]), "28×28"),
    "a picture that claims to be huge": (packed([("cat/1.png", huge_png())]), "60000×60000"),
    "a picture with transparency": (packed([("cat/1.png", png((32, 32), "RGBA"))]), "color type 6"),
    "a picture cut short": (packed([("cat/1.png", png()[:50])]), "not a set of pictures"),
    "gray and color": (packed([GOOD, ("cat/2.png", png((32, 32), "RGB"))]), "in color"),
    "one name twice": (packed([GOOD, ("cat/01.png", png())]), "one name"),
    "nothing": (packed([]), "no pictures"),
    "too many classes": (packed([(f"c{k}/1.png", png()) for k in range(21)]), "1 to 20"),
    "no zip": (b"PK\3\4 but no more", "not a zip file"),
    "something packed in another way": (packed([GOOD], zipfile.ZIP_LZMA), "another way|not read"),
}  # fmt: skip


@pytest.mark.parametrize("what", REFUSED)
def test_what_is_no_set_is_refused_in_one_line(what):
    content, words = REFUSED[what]
    with pytest.raises(ValueError, match=words) as error:
        load_zip(content)
    assert is_one_line(str(error.value))


def test_nothing_is_unpacked_when_there_are_too_many_files_or_bytes(monkeypatch):
    """The numbers in the directory are enough."""
    many = packed([(f"cat/{k}.png", b"") for k in range(2_021)])
    large = bomb()
    monkeypatch.setattr(zipfile.ZipFile, "open", lambda *args, **options: pytest.fail("unpacked"))
    with pytest.raises(ValueError, match="2,021 files"):
        load_zip(many)
    with pytest.raises(ValueError, match="8 MB"):
        load_zip(bytes(module.MOST_BYTES + 1))
    with pytest.raises(ValueError, match="too large"):
        load_zip(large)


def test_a_file_that_is_there_is_never_overwritten(tmp_path):
    path = tmp_path / "set.zip"
    path.write_bytes(b"mine")
    with pytest.raises(ValueError, match="'set.zip' is there"):
        save_zip(path, pictures(1), [0], ["cat"])
    assert path.read_bytes() == b"mine"


@pytest.mark.parametrize("arguments, words", [
    ((pictures(1)[0], [0], ["cat"]), "images"), ((pictures(2), [0], ["cat"]), "labels"),
    ((pictures(1), [1], ["cat"]), "labels"), ((pictures(1), [0], ["a/b"]), "a class must have"),
    ((pictures(2), [0, 1], ["cat", "cat"]), "different"), ((2 * pictures(1), [0], ["cat"]), "images"),
    ((pictures(1, (32, 32)), [0], ["cat"]), "images"), ((pictures(1), [0], []), "names"),
], ids=lambda value: value if isinstance(value, str) else "")  # fmt: skip
def test_what_cannot_be_saved_is_refused_and_no_file_is_made(tmp_path, arguments, words):
    with pytest.raises((ValueError, TypeError), match=words) as error:
        save_zip(tmp_path / "set.zip", *arguments)
    assert is_one_line(str(error.value)) and not list(tmp_path.iterdir())


@pytest.mark.parametrize("path", ["no such folder/set.zip", 3.5])
def test_a_path_that_cannot_be_written_is_refused(path, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(ValueError, match="path must be"):
        save_zip(path, pictures(1), [0], ["cat"])
    with pytest.raises(ValueError, match="no such file"):
        load_zip("none.zip")
