"""Fashion-MNIST is fetched once, checked, and kept; without a network one line says so."""

import hashlib
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import numpy as np
import pytest
from idx_files import write_idx

from helpers.network import FASHION_NAMES, fashion_is_here, load_fashion
from helpers.network.datasets import fashion

IMAGES = np.arange(4 * 6 * 5, dtype=np.uint8).reshape(4, 6, 5)
LABELS = np.array([9, 0, 3, 0], np.uint8)


class Served(SimpleHTTPRequestHandler):
    """Files of a folder; it notes what it is asked for, and may cut its answers short."""

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
    """A server on this machine with four small files, in the place of the real one."""
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
    """load_fashion must fail in one line, and keep nothing that it would later take for data."""
    with pytest.raises(ConnectionError, match=problem) as caught:
        load_fashion("test")
    text = str(caught.value)
    assert text.startswith(f"Fashion-MNIST cannot be fetched from {fashion.ADDRESS}: ")
    assert "\n" not in text and not fashion_is_here()


def test_fetched_once_and_kept(served):
    """All four files come at the first call; afterwards no server is needed."""
    assert not fashion_is_here() and not fashion.FOLDER.exists()
    images, labels = load_fashion()
    assert sorted(served.asked) == sorted(fashion.MD5) and fashion_is_here()
    np.testing.assert_array_equal(images, IMAGES.astype(np.float32) / 255)
    assert labels.tolist() == LABELS.tolist()
    served.stop()
    images, labels = load_fashion("test")
    assert labels.tolist() == LABELS[1:].tolist() and len(served.asked) == 4


def test_shows_a_progress_bar(served, capsys):
    """One for each file, up to 100 %."""
    load_fashion()
    assert capsys.readouterr().err.count("100%|") == 4


def test_asking_whether_it_is_here_fetches_nothing(served):
    assert not fashion_is_here() and not served.asked


@pytest.mark.parametrize("spoil", ["missing", "other bytes"])
def test_harmed_file_is_fetched_again(served, spoil):
    """Only that one, though."""
    load_fashion()
    name = "t10k-images-idx3-ubyte.gz"
    if spoil == "missing":
        (fashion.FOLDER / name).unlink()
    else:
        (fashion.FOLDER / name).write_bytes(b"spoiled")
    assert not fashion_is_here()
    assert len(load_fashion("test")[0]) == 3
    assert served.asked[4:] == [name] and fashion_is_here()


def test_no_network(served, monkeypatch):
    """Nobody listens there: said in one line, and the next call, with a network, works."""
    address = fashion.ADDRESS
    monkeypatch.setattr(fashion, "ADDRESS", "http://127.0.0.1:9/")
    refused("no answer, or only a part of one; is there a network?")
    monkeypatch.setattr(fashion, "ADDRESS", address)
    assert len(load_fashion()[0]) == 4


def test_connection_lost_on_the_way(served):
    served.cut = True
    refused("no answer, or only a part of one")


def test_file_not_there(served):
    (served.folder / "t10k-labels-idx1-ubyte.gz").unlink()
    refused("the server answers 404$")


def test_other_bytes_are_not_taken(served):
    """A page of a hotel's network, say, instead of the file."""
    (served.folder / "train-labels-idx1-ubyte.gz").write_bytes(b"<html>Please log in</html>")
    refused("what arrives is not Fashion-MNIST$")
    assert not (fashion.FOLDER / "train-labels-idx1-ubyte.gz").exists()


def test_no_place_to_keep_it(served):
    fashion.FOLDER.parent.write_text("a file where a folder should be")
    refused("fashion-mnist")


def test_bad_split_is_refused_before_anything_is_fetched(served):
    with pytest.raises(ValueError, match="^split must be one of train, test; got 'all'$"):
        load_fashion("all")
    assert not served.asked


def test_ten_names():
    assert len(set(FASHION_NAMES)) == 10
