"""Fashion-MNIST is downloaded once, verified, and kept; without a network there is one line of error."""

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

from helpers.network import FASHION_NAMES, fashion_is_here, load_fashion
from helpers.network.datasets import fashion

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
    monkeypatch.setattr(fashion, "FOLDER", tmp_path / "cache" / "fashion-mnist")
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    handler.folder, handler.stop = source, server.shutdown
    yield handler
    server.shutdown()
    server.server_close()


def refused(problem):
    """load_fashion must fail in one line, and keep no file that it would later take for data."""
    with pytest.raises(ConnectionError, match=problem) as caught:
        load_fashion("test")
    text = str(caught.value)
    assert text.startswith(f"Fashion-MNIST cannot be fetched from {fashion.ADDRESS}: ")
    assert "\n" not in text and not fashion_is_here()


def test_files_are_downloaded_once_and_kept(served):
    """The first call downloads all four files; afterwards no server is needed."""
    assert not fashion_is_here() and not fashion.FOLDER.exists()
    images, labels = load_fashion()
    assert sorted(served.asked) == sorted(fashion.MD5) and fashion_is_here()
    np.testing.assert_array_equal(images, IMAGES.astype(np.float32) / 255)
    assert labels.tolist() == LABELS.tolist()
    served.stop()
    images, labels = load_fashion("test")
    assert labels.tolist() == LABELS[1:].tolist() and len(served.asked) == 4


def test_shows_a_progress_bar(served, capsys):
    """One per file, up to 100 %."""
    load_fashion()
    assert capsys.readouterr().err.count("100%|") == 4


def test_checking_for_the_files_downloads_nothing(served):
    assert not fashion_is_here() and not served.asked


@pytest.mark.parametrize("damage", ["missing", "other bytes"])
def test_a_damaged_file_is_downloaded_again(served, damage):
    """Only that file."""
    load_fashion()
    name = "t10k-images-idx3-ubyte.gz"
    if damage == "missing":
        (fashion.FOLDER / name).unlink()
    else:
        (fashion.FOLDER / name).write_bytes(b"damaged")
    assert not fashion_is_here()
    assert len(load_fashion("test")[0]) == 3
    assert served.asked[4:] == [name] and fashion_is_here()


def test_no_network(served, monkeypatch):
    """Without a server there is one line of error, and the next call with one works."""
    address = fashion.ADDRESS
    monkeypatch.setattr(fashion, "ADDRESS", "http://127.0.0.1:9/")
    refused("no answer, or only a part of one; is there a network?")
    monkeypatch.setattr(fashion, "ADDRESS", address)
    assert len(load_fashion()[0]) == 4


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
    assert not (fashion.FOLDER / "train-labels-idx1-ubyte.gz").exists()


def test_the_cache_folder_cannot_be_written(served):
    fashion.FOLDER.parent.write_text("a file where a folder should be")
    refused("fashion-mnist")


def test_the_address_is_encrypted():
    """A page that was loaded over https may not fetch over plain http."""
    assert fashion.ADDRESS.startswith("https://") and fashion.ADDRESS.endswith("/")


def test_without_a_progress_bar(served, monkeypatch):
    """Where tqdm is not installed the files are downloaded all the same."""
    monkeypatch.setattr(fashion, "find_spec", lambda name: None)
    assert len(load_fashion()[0]) == 4 and fashion_is_here()


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
    load_fashion()
except ImportError as error:
    print(error)
"""
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    here, line = done.stdout.splitlines()
    assert here == "False" and "install pooch" in line and "load_idx(folder)" in line


def test_an_invalid_split_is_refused_before_any_download(served):
    with pytest.raises(ValueError, match="^split must be one of train, test; got 'all'$"):
        load_fashion("all")
    assert not served.asked


def test_ten_names():
    assert len(set(FASHION_NAMES)) == 10
