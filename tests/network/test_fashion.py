"""Fashion-MNIST: the part that ships; all of it downloaded once, verified, and kept, or read from a folder."""

import gzip
import hashlib
import subprocess
import sys
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import numpy as np
import pytest
from idx_files import write_idx
from refusals import refusal

from helpers.network import FASHION_NAMES, fashion_is_here, load_fashion
from helpers.network.datasets import fashion
from helpers.picture_files import FOLDER

ROOT = Path(__file__).resolve().parent.parent.parent
IMAGES = np.arange(4 * 6 * 5, dtype=np.uint8).reshape(4, 6, 5)
LABELS = np.array([9, 0, 3, 0], np.uint8)


class Served(SimpleHTTPRequestHandler):
    """Serves the files of a folder; records the requests, and can truncate its responses."""

    asked, cut = [], False

    def do_GET(self):
        self.asked.append(self.path[1:])
        if not self.cut:
            return super().do_GET()
        self.send_response(200)
        self.send_header("Content-Length", "1000")
        self.end_headers()
        self.wfile.write(b"only this")

    def log_message(self, *args):
        pass


@pytest.fixture
def served(tmp_path, monkeypatch):
    """A local server with four small files, in place of the real one."""
    source = tmp_path / "served"
    source.mkdir()
    write_idx(source, "train", IMAGES, LABELS, end=".gz")
    write_idx(source, "test", IMAGES[1:], LABELS[1:], end=".gz")
    md5 = {name: hashlib.md5((source / name).read_bytes()).hexdigest() for name in fashion.MD5}
    handler = type("Handler", (Served,), {"asked": []})
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(handler, directory=source))
    Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}).start()
    monkeypatch.setattr(fashion, "ADDRESS", f"http://127.0.0.1:{server.server_port}/")
    monkeypatch.setattr(fashion, "MD5", md5)
    monkeypatch.setattr(fashion, "CACHE", tmp_path / "cache" / "fashion-mnist")
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    handler.folder, handler.stop = source, server.shutdown
    yield handler
    server.shutdown()
    server.server_close()


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A folder with both splits of a tiny set, which is taken for the real one."""
    write_idx(tmp_path, "train", IMAGES, LABELS, pack=gzip.compress, end=".gz")
    write_idx(tmp_path, "test", IMAGES[1:], LABELS[1:])
    sums = [hashlib.md5(array.tobytes()).hexdigest() for array in (IMAGES, LABELS)]
    tests = [hashlib.md5(array[1:].tobytes()).hexdigest() for array in (IMAGES, LABELS)]
    monkeypatch.setattr(fashion, "PIXELS_MD5", {"train": tuple(sums), "test": tuple(tests)})
    return tmp_path


@pytest.mark.parametrize(("split", "count"), [("train", 1000), ("test", 200)])
def test_the_part_that_ships_is_even(split, count):
    """The same number of each class, mixed, each picture k/255, and none twice."""
    images, labels = load_fashion(split)
    assert images.shape == (10 * count, 28, 28) and images.dtype == np.float32
    assert labels.dtype == int and np.bincount(labels).tolist() == [count] * 10
    assert len(set(labels[:50])) == 10
    codes = np.rint(255 * images).astype(np.uint8)
    assert np.array_equal(codes / np.float32(255), images)
    assert codes.min() == 0 and codes.max() == 255
    assert len({code.tobytes() for code in codes}) > 0.999 * len(codes)


def test_the_part_has_mean_and_spread_of_the_whole():
    """0.2860 and 0.3530 in all 60,000; a drawing of 10,000 is that near."""
    images, _ = load_fashion()
    assert images.mean(dtype=np.float64) == pytest.approx(0.2860, abs=0.004)
    assert images.std(dtype=np.float64) == pytest.approx(0.3530, abs=0.002)


def test_labels_belong_to_their_pictures():
    """The mean pictures of the training part, as a classifier, are right for two thirds of the test part."""
    images, labels = load_fashion()
    means = np.stack([images[labels == label].mean(axis=0).ravel() for label in range(10)])
    unseen, truth = load_fashion("test")
    distances = (means**2).sum(axis=1) - 2 * unseen.reshape(len(unseen), -1) @ means.T
    assert (distances.argmin(axis=1) == truth).mean() > 0.65


def test_the_part_takes_at_most_8_megabytes():
    assert sum(file.stat().st_size for file in (FOLDER / "fashion").iterdir()) <= 8_000_000


def test_all_of_it_from_a_folder(folder, served):
    """Packed or not, without the network."""
    images, labels = load_fashion("train", full=True, folder=folder)
    np.testing.assert_array_equal(images, IMAGES.astype(np.float32) / 255)
    assert labels.tolist() == LABELS.tolist() and labels.dtype == int
    assert len(load_fashion("test", full=True, folder=str(folder))[0]) == 3
    assert not served.asked


def test_a_truncated_file_is_refused(folder):
    file = folder / "train-images-idx3-ubyte.gz"
    file.write_bytes(file.read_bytes()[:-12])
    line = refusal(load_fashion, full=True, folder=folder)
    assert line == f"{file.name} must be a whole file; it is cut short or damaged"


@pytest.mark.parametrize("changed", ["images", "labels"])
def test_another_set_is_refused(folder, changed):
    """One pixel or one label is not that of Fashion-MNIST."""
    images, labels = IMAGES.copy(), LABELS.copy()
    {"images": images, "labels": labels}[changed].flat[0] ^= 1
    write_idx(folder, "train", images, labels, pack=gzip.compress, end=".gz")
    line = refusal(load_fashion, full=True, folder=folder)
    assert line.startswith("folder must hold Fashion-MNIST, unchanged; the train files in ")


def refused(problem):
    """load_fashion must fail in one line, and keep no file that it would later take for data."""
    with pytest.raises(ConnectionError, match=problem) as caught:
        load_fashion("test", full=True)
    text = str(caught.value)
    assert text.startswith(f"Fashion-MNIST cannot be fetched from {fashion.ADDRESS}: ")
    assert "\n" not in text and not fashion_is_here()


def test_files_are_downloaded_once_and_kept(served):
    """The first call downloads all four files; afterwards no server is needed."""
    assert not fashion_is_here() and not fashion.CACHE.exists()
    images, labels = load_fashion(full=True)
    assert sorted(served.asked) == sorted(fashion.MD5) and fashion_is_here()
    np.testing.assert_array_equal(images, IMAGES.astype(np.float32) / 255)
    assert labels.tolist() == LABELS.tolist()
    served.stop()
    images, labels = load_fashion("test", full=True)
    assert labels.tolist() == LABELS[1:].tolist() and len(served.asked) == 4


def test_shows_a_progress_bar(served, capsys):
    """One per file, up to 100 %."""
    load_fashion(full=True)
    assert capsys.readouterr().err.count("100%|") == 4


def test_checking_for_the_files_downloads_nothing(served):
    assert not fashion_is_here() and not served.asked


@pytest.mark.parametrize("damage", ["missing", "other bytes"])
def test_a_damaged_file_is_downloaded_again(served, damage):
    """Only that file."""
    load_fashion(full=True)
    name = "t10k-images-idx3-ubyte.gz"
    if damage == "missing":
        (fashion.CACHE / name).unlink()
    else:
        (fashion.CACHE / name).write_bytes(b"damaged")
    assert not fashion_is_here()
    assert len(load_fashion("test", full=True)[0]) == 3
    assert served.asked[4:] == [name] and fashion_is_here()


def test_no_network(served, monkeypatch):
    """Without a server there is one line of error, and the next call with one works."""
    address = fashion.ADDRESS
    monkeypatch.setattr(fashion, "ADDRESS", "http://127.0.0.1:9/")
    refused("no answer, or only a part of one; is there a network?")
    monkeypatch.setattr(fashion, "ADDRESS", address)
    assert len(load_fashion(full=True)[0]) == 4


def test_the_connection_is_lost(served):
    served.cut = True
    refused("no answer, or only a part of one")


def test_a_missing_file_on_the_server(served):
    (served.folder / "t10k-labels-idx1-ubyte.gz").unlink()
    refused("the server answers 404$")


def test_other_bytes_are_refused(served):
    """Such as a login page of a public network instead of the file."""
    (served.folder / "train-labels-idx1-ubyte.gz").write_bytes(b"<html>Please log in</html>")
    refused("what arrives is not Fashion-MNIST$")
    assert not (fashion.CACHE / "train-labels-idx1-ubyte.gz").exists()


def test_the_cache_folder_cannot_be_written(served):
    fashion.CACHE.parent.write_text("a file where a folder should be")
    refused("fashion-mnist")


def test_the_address_is_encrypted():
    """A page that was loaded over https may not fetch over plain http."""
    assert fashion.ADDRESS.startswith("https://") and fashion.ADDRESS.endswith("/")


def test_without_a_progress_bar(served, monkeypatch):
    """Where tqdm is not installed the files are downloaded all the same."""
    monkeypatch.setattr(fashion, "find_spec", lambda name: None)
    assert len(load_fashion(full=True)[0]) == 4 and fashion_is_here()


@pytest.mark.parametrize("missing", ["pooch", "lzma"])
def test_every_module_is_imported_without_what_fetches(missing):
    """As in a browser's Python; then Fashion-MNIST is not here, and one line says what to do."""
    code = f"""
import importlib, pkgutil, sys
sys.modules[{missing!r}] = None
import helpers
for module in pkgutil.walk_packages(helpers.__path__, "helpers."):
    if not module.name.endswith("__main__"):
        importlib.import_module(module.name)
from helpers.network import fashion_is_here, load_fashion
print(fashion_is_here())
try:
    load_fashion(full=True)
except ImportError as error:
    print(error)
"""
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    here, line = done.stdout.splitlines()
    assert here == "False" and "install pooch" in line and "folder=..." in line


@pytest.mark.parametrize(
    ("options", "line"),
    [
        ({"split": "all", "full": True}, "split must be one of train, test; got 'all'"),
        ({"full": 1}, "full must be"),
        ({"folder": "somewhere"}, "folder must be left out without full=True"),
        ({"full": True, "folder": 3}, "folder must be a path; got 3"),
        ({"full": True, "folder": "nowhere"}, "folder must hold train-images-idx3-ubyte"),
    ],
)
def test_bad_arguments_are_refused_before_any_download(served, options, line):
    error = ValueError if "split" in options or "folder" in options else TypeError
    error = TypeError if options.get("folder") == 3 else error
    assert refusal(load_fashion, error=error, **options).startswith(line)
    assert not served.asked


def test_ten_names():
    assert len(set(FASHION_NAMES)) == 10
