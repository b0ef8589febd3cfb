"""Any folder of IDX files can be read; a damaged file is refused in one line."""

import gzip
import tracemalloc

import numpy as np
import pytest
from idx_files import idx, write_idx
from strategies import whole

from helpers.network import load_idx
from helpers.network.datasets.idx import read_idx


@pytest.fixture
def images():
    return whole((7, 5, 3), 0).astype(np.uint8)  # negative numbers wrap around to 247 and more


@pytest.fixture
def labels():
    return np.array([3, 1, 4, 1, 5, 9, 255], np.uint8)


@pytest.mark.parametrize("split", ["train", "test"])
@pytest.mark.parametrize(
    "pack, end",
    [(bytes, ""), (gzip.compress, ".gz"), (gzip.compress, "")],
    ids=["plain", "packed", "packed-unnamed"],
)
def test_written_files_are_read_back(tmp_path, images, labels, split, pack, end):
    """Compressed or not, whatever the file's ending: images as bytes / 255, labels as integers."""
    write_idx(tmp_path, split, images, labels, pack, end)
    for folder in (tmp_path, str(tmp_path)):
        found, classes = load_idx(folder, split)
        assert found.dtype == np.float32 and classes.dtype == int
        np.testing.assert_array_equal(found, images.astype(np.float32) / 255)
        assert classes.tolist() == labels.tolist()


def test_splits_do_not_mix(tmp_path, images, labels):
    """The training files are not used for the test set."""
    write_idx(tmp_path, "train", images, labels)
    write_idx(tmp_path, "test", images[:2], labels[:2])
    assert len(load_idx(tmp_path)[0]) == 7 and len(load_idx(tmp_path, "test")[1]) == 2


@pytest.mark.parametrize("missing", ["images-idx3", "labels-idx1"])
def test_missing_file_is_named(tmp_path, images, labels, missing):
    write_idx(tmp_path, "test", images, labels)
    name = f"t10k-{missing}-ubyte"
    (tmp_path / name).unlink()
    with pytest.raises(ValueError, match=f"^folder must hold {name} or {name}.gz; there is none"):
        load_idx(tmp_path, "test")


def test_missing_folder_is_named(tmp_path):
    with pytest.raises(ValueError, match="^folder must hold train-images.*there is none in .*no'$"):
        load_idx(tmp_path / "no")


@pytest.mark.parametrize("name", ["x" * 5000, "no/" * 200])
def test_a_long_name_of_a_folder_is_refused_in_one_line(tmp_path, name):
    with pytest.raises(ValueError, match="^folder must hold train-images.*there is none") as caught:
        load_idx(tmp_path / name)
    assert len(str(caught.value)) < 250


def test_a_label_for_each_image(tmp_path, images, labels):
    write_idx(tmp_path, "train", images, labels[:-1])
    with pytest.raises(ValueError, match="^folder must .* has 6 labels for 7 train images$"):
        load_idx(tmp_path)


@pytest.mark.parametrize("folder", [None, 3, b"here", ["a"]])
def test_an_invalid_folder_is_refused(folder):
    with pytest.raises(TypeError, match="^folder must be a path; got "):
        load_idx(folder)


def test_an_invalid_split_is_refused(tmp_path):
    with pytest.raises(ValueError, match="^split must be one of train, test; got 't10k'$"):
        load_idx(tmp_path, "t10k")


def damaged(data):
    """Ways to damage an IDX file of 7 × 5 × 3 values, and the message for each."""
    packed = gzip.compress(data)
    altered = bytearray(packed)
    altered[len(packed) // 2] ^= 255
    return {
        "empty": (b"", "must be an IDX file; it begins with $"),
        "two bytes": (data[:2], "must be an IDX file; it begins with 00 00$"),
        "a picture": (b"\x89PNG\r\n", "must be an IDX file; it begins with 89 50 4e 47$"),
        "floats": (data[:2] + b"\x0d" + data[3:], r"must hold bytes \(type 8\).*holds type 13"),
        "labels": (
            idx(np.ones(4, np.uint8)),
            "must hold bytes .* along 3 axes; it holds type 8 along 1$",
        ),
        "no shape": (data[:9], "must hold 7 × 0 × 0 values, more than 0; it holds 0$"),
        "cut": (data[:-1], "must hold 7 × 5 × 3 values, more than 0; it holds 104$"),
        "longer": (data + b"0", "must hold 7 × 5 × 3 values, more than 0; it holds more$"),
        "no images": (idx(np.ones((0, 28, 28), np.uint8)), "must hold 0 × 28 × 28 values"),
        "huge": (
            b"\0\0\x08\x03" + b"\xff" * 12,
            "must hold at most 1,000,000,000 values; .* 4,294,967,295 × ",
        ),
        "packed, longer": (gzip.compress(data + bytes(9)), "must hold 7 × 5 × 3 .* it holds more$"),
        "packed, cut": (packed[:-9], "must be a whole file; it is cut short or damaged$"),
        "packed, only its mark": (packed[:2], "must be a whole file; it is cut short or damaged$"),
        "packed, damaged": (bytes(altered), "must be a whole file; it is cut short or damaged$"),
    }


@pytest.mark.parametrize("how", damaged(b""))
def test_damaged_file_is_refused(tmp_path, images, how):
    """One line names the file and what is wrong with it."""
    data, problem = damaged(idx(images))[how]
    path = tmp_path / "some-file"
    path.write_bytes(data)
    with pytest.raises(ValueError, match=f"^some-file {problem}") as caught:
        read_idx(path, 3)
    assert "\n" not in str(caught.value)


def test_a_file_that_cannot_be_read_is_told(tmp_path):
    """A folder stands for a file without permission, which some users may read all the same."""
    path = tmp_path / "some-file"
    path.mkdir()
    with pytest.raises(ValueError, match="^some-file must be a file that can be read: [^\n]+$"):
        read_idx(path, 3)


@pytest.mark.parametrize("said", [7 * 5 * 3, 900_000_000])
def test_no_more_is_unpacked_than_the_file_says(tmp_path, said):
    """A small file of 20,000,000 packed zeros is refused before they are all in memory."""
    shape = (said // 105, 5, 21)
    data = bytes([0, 0, 8, 3]) + b"".join(n.to_bytes(4, "big") for n in shape) + bytes(2 * 10**7)
    path = tmp_path / "some-file"
    path.write_bytes(gzip.compress(data, 1) if said == 105 else gzip.compress(data[:99], 1))
    tracemalloc.start()
    with pytest.raises(ValueError, match="^some-file must hold "):
        read_idx(path, 3)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 2_000_000
