"""Files that only look like networks: refused in one line, at once, before anything large is read."""

import io
import json
import os
import time
import tracemalloc
import warnings
import zipfile

import numpy as np
import pytest
from strategies import frozen

from helpers.network import Conv, Dense, Flatten, MaxPool, Network, ReLU, train
from helpers.network.connection import MOST_LAYERS, MOST_PARAMETERS

SHAPE, CLASSES = (7, 5, 3), 4
IMAGES = frozen(np.random.default_rng(3).random((3, *SHAPE), np.float32))
STORED, DEFLATED = zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED
MEGABYTE, SECONDS = 1_000_000, 3  # of processor time, on a busy machine
ZEROS = 25_000_000  # of four bytes each


def small(seed=0):
    return Network([Conv(6, 3), ReLU(), MaxPool(2), Flatten(), Dense(CLASSES)], SHAPE, seed)


def npy(array, shape=None):
    """The bytes of an .npy file; its header may be given another shape."""
    file = io.BytesIO()
    header = {"descr": array.dtype.str, "fortran_order": False, "shape": shape or array.shape}
    np.lib.format.write_array_header_1_0(file, header)
    return file.getvalue() + array.tobytes()


def text(plan):
    return npy(np.array(plan if isinstance(plan, str) else json.dumps(plan)))


def parts(**changes):
    """The members of a network's file, by name; None removes one."""
    small().save("net.npz")
    with zipfile.ZipFile("net.npz") as stored:
        members = {name.removesuffix(".npy"): stored.read(name) for name in stored.namelist()}
    members |= changes
    return [(name, data) for name, data in members.items() if data is not None]


def plan(**changes):
    small().save("net.npz")
    with np.load("net.npz") as stored:
        return json.loads(str(stored["plan"])) | changes


def write(members, pack=STORED):
    """Write a zip file of (name, bytes) pairs, which may share a name."""
    with warnings.catch_warnings(), zipfile.ZipFile("net.npz", "w", pack, compresslevel=1) as file:
        warnings.simplefilter("ignore")  # names that are there already
        for name, data in members:
            file.writestr(f"{name}.npy", data)


def zeros(count=ZEROS):
    return npy(np.zeros(count, np.float32))


def ended(end):
    """The file with other bytes at its end."""
    parts()
    with open("net.npz", "r+b") as file:
        data = file.read()
        file.seek(0)
        file.write(data[:-22] + end(data[-22:]))


def layers(*given, shape=SHAPE):
    write(parts(plan=text(plan(layers=given, input_shape=shape))))


FILES = {
    "an array more, of zeros": (
        lambda: write(parts(more=zeros()), DEFLATED),
        "other arrays too: more",
    ),
    "zeros for weights": (lambda: write(parts(**{"0-bias": zeros()}), DEFLATED), "0-bias must be"),
    "zeros for a plan": (
        lambda: write(parts(plan=npy(np.array("\0" * ZEROS + "x"))), DEFLATED),
        "too large: its plan",
    ),
    "a plan in a million letters": (
        lambda: write(parts(plan=text("x" * 10**6))),
        "too large: its plan takes 4,000,000 bytes",
    ),
    "a deep plan": (lambda: write(parts(plan=text("[" * 240_000))), "recursion"),
    "a plan of numbers": (lambda: write(parts(plan=text([1, 2]))), "it has another format"),
    "a plan of plans": (lambda: write(parts(plan=npy(np.array(["{}"] * 3)))), "it has no plan"),
    "no plan": (lambda: write(parts(plan=None)), "it has no plan"),
    "a plan without layers": (lambda: layers(), "layers must be a list"),
    "layers that are none": (
        lambda: write(parts(plan=text(plan(layers={"Conv": [6, 3]})))),
        "no list of layers",
    ),
    "a dense layer of a million": (
        lambda: layers(["Flatten", []], ["Dense", [10**6]]),
        "layers must have at most 50,000,000 parameters .* up to layers.1., Dense, they have 106,",
    ),
    "a dense layer just small enough": (
        lambda: layers(["Flatten", []], ["Dense", [400_000]]),
        "1-weights must be an array of shape .105, 400000. ",
    ),
    "filters by the billion": (lambda: layers(["Conv", [10**9, 3]]), "at most 50,000,000 param"),
    "an image of a light year": (
        lambda: layers(["Flatten", []], ["Dense", [4]], shape=[10**16] * 3),
        "at most 50,000,000 parameters",
    ),
    "an image of no size": (
        lambda: layers(["Flatten", []], shape=[float("nan")] * 3),
        "input_shape.0. must be a whole number",
    ),
    "160,000 layers": (
        lambda: layers(*[["ReLU", []]] * 160_000),
        "too large",
    ),
    "10,000 layers": (lambda: layers(*[["ReLU", []]] * 10_000), "too large: it has 10,000 layers"),
    "20,000 arrays": (
        lambda: write(parts() + [(f"{n}-more", b"") for n in range(20_000)]),
        "too large: its directory",
    ),
    "5,000 arrays": (
        lambda: write(parts() + [(f"{n}-more", b"") for n in range(5_000)]),
        r"too large: it holds 5,005 arrays",
    ),
    "a long name": (lambda: write(parts(**{"x" * 60_000: zeros(1)})), "other arrays too: xxx"),
    "one name twice": (lambda: write(parts() + parts()[:1]), "two of its arrays have one name"),
    "a header of another size": (
        lambda: write(parts(**{"0-bias": npy(np.zeros(6, np.float32), (10**12,))})),
        "0-bias does not hold an array of shape .1000000000000,.",
    ),
    "a long header": (
        lambda: write(parts(**{"0-bias": npy(np.zeros(1, "f4"), (1,) * 20_000)})),
        "large",
    ),
    "objects": (
        lambda: write(parts(**{"0-bias": npy(np.zeros(6, "<i8")).replace(b"'<i8'", b"'|O' ")})),
        "0-bias holds objects",
    ),
    "no header": (lambda: write(parts(**{"0-bias": b"words"})), "magic"),
    "bytes": (
        lambda: write(parts(**{"0-bias": npy(np.zeros(6, "u1"))})),
        "0-bias must be .* uint8",
    ),
    "packed by bzip2": (lambda: write(parts(), zipfile.ZIP_BZIP2), "kind of compression"),
    "packed by lzma": (lambda: write(parts(), zipfile.ZIP_LZMA), "kind of compression"),
    "a directory of 4 GB": (
        lambda: ended(lambda end: end[:12] + b"\xff" * 4 + end[16:]),
        "too large: its directory",
    ),
    "a second directory": (lambda: ended(lambda end: b"PK\6\7" + bytes(16) + end), "too large"),
    "a comment": (lambda: ended(lambda end: end[:-2] + b"\2\0hi"), "cut short"),
    "weights of NaN": (
        lambda: write(parts(**{"0-bias": npy(np.full(6, np.nan, "f4"))})),
        r"bias.* must hold finite numbers; got NaN or infinity in 6 of 6 places",
    ),
    "infinite weights": (
        lambda: write(parts(**{"4-bias": npy(np.array([1, 2, 3, np.inf], "f4"))})),
        r"network.layers.4..parameters.* must hold finite numbers; .* 1 of 4 places",
    ),
}


@pytest.mark.parametrize("make, reason", FILES.values(), ids=FILES.keys())
def test_other_files_are_refused_at_once(tmp_path, monkeypatch, make, reason):
    """One line says why, in little time and memory, whatever the file says of itself."""
    monkeypatch.chdir(tmp_path)
    make()
    for trace in (False, True):
        if trace:
            tracemalloc.start()
        began = time.process_time()
        try:
            with pytest.raises(ValueError, match="^'net.npz' is not a network saved") as caught:
                Network.load("net.npz")
            peak = tracemalloc.get_traced_memory()[1] if trace else 0
        finally:
            tracemalloc.stop()
        assert trace or time.process_time() - began < SECONDS
        assert peak < 30 * MEGABYTE
    assert caught.match(reason) and "\n" not in str(caught.value) and len(str(caught.value)) < 250


def test_a_file_cut_anywhere_is_refused(tmp_path, monkeypatch):
    """One line that says so."""
    monkeypatch.chdir(tmp_path)
    small().save("net.npz")
    data = (tmp_path / "net.npz").read_bytes()
    for length in range(0, len(data), 37):
        (tmp_path / "net.npz").write_bytes(data[:length])
        with pytest.raises(ValueError, match="^'net.npz' is not a .*, or it is cut short$"):
            Network.load("net.npz")


def test_a_file_with_any_bit_changed_is_refused_or_loads(tmp_path, monkeypatch):
    """No error but the one line, and no weights but those that were saved."""
    monkeypatch.chdir(tmp_path)
    small().save("net.npz")
    data, expected = (tmp_path / "net.npz").read_bytes(), small().predict(IMAGES)
    rng = np.random.default_rng(0)
    for place in rng.integers(0, len(data), 300):
        other = bytearray(data)
        other[place] ^= 1 << rng.integers(8)
        (tmp_path / "net.npz").write_bytes(other)
        try:
            network = Network.load("net.npz")
        except ValueError as error:
            assert str(error).startswith("'net.npz' is not") and "\n" not in str(error)
        else:
            np.testing.assert_array_equal(network.predict(IMAGES), expected)


PLACES = {"a folder": os.mkdir, "/dev/zero": lambda path: os.symlink("/dev/zero", path)}
if hasattr(os, "mkfifo"):
    PLACES["a pipe"] = os.mkfifo


@pytest.mark.parametrize("make", PLACES.values(), ids=PLACES.keys())
def test_what_is_no_file_is_refused_without_waiting(tmp_path, make):
    """A pipe would wait forever, and /dev/zero never ends."""
    make(tmp_path / "net.npz")
    with pytest.raises(ValueError, match="^path must name a file; (it is|there is) .* 'net.npz'$"):
        Network.load(tmp_path / "net.npz")


@pytest.mark.parametrize("pack", [STORED, DEFLATED])
def test_a_file_packed_again_is_loaded(tmp_path, monkeypatch, pack):
    """Also compressed, as other programs may do it."""
    monkeypatch.chdir(tmp_path)
    write(parts(), pack)
    np.testing.assert_array_equal(Network.load("net.npz").predict(IMAGES), small().predict(IMAGES))


def test_weights_in_another_memory_order_are_saved_and_loaded(tmp_path):
    """As NumPy stores them, column by column; the predictions are the same."""
    network = small()
    weights = network.layers[4].parameters["weights"]
    network.layers[4].parameters["weights"] = np.asfortranarray(weights)
    network.save(tmp_path / "net.npz")
    again = Network.load(tmp_path / "net.npz")
    np.testing.assert_array_equal(again.layers[4].parameters["weights"], weights)
    assert again.layers[4].parameters["weights"].flags.c_contiguous


def test_weights_set_by_hand_to_another_type_are_saved_as_float32(tmp_path):
    """So that what is saved can be loaded."""
    network = small()
    network.layers[0].parameters["bias"] = np.arange(6)
    network.save(tmp_path / "net.npz")
    bias = Network.load(tmp_path / "net.npz").layers[0].parameters["bias"]
    assert bias.dtype == np.float32 and bias.tolist() == [0, 1, 2, 3, 4, 5]


def test_weights_set_by_hand_to_another_shape_are_refused(tmp_path):
    """When they are used, trained or saved."""
    network = small()
    network.layers[0].parameters["bias"] = np.zeros(7)
    for use in (
        lambda: network.save(tmp_path / "net.npz"),
        lambda: network.predict(IMAGES),
        lambda: train(network, IMAGES, [0, 1, 2]),
    ):
        with pytest.raises(
            ValueError, match=r'^network.layers\[0\].parameters\["bias"\] must be \(6,\)'
        ):
            use()
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("value", [np.nan, np.inf])
def test_weights_that_are_not_finite_are_not_saved(tmp_path, value):
    """What could not be loaded is refused when it is saved; the file that was there stays."""
    network = small()
    network.save(tmp_path / "net.npz")
    network.layers[0].parameters["bias"][1] = value
    with pytest.raises(ValueError, match=r'^network.layers\[0\].parameters\["bias"\] must hold'):
        network.save(tmp_path / "net.npz")
    np.testing.assert_array_equal(
        Network.load(tmp_path / "net.npz").predict(IMAGES), small().predict(IMAGES)
    )


def test_a_network_too_large_is_refused_before_its_weights_are_drawn():
    """By hand as from a file; the layers can be used again."""
    tracemalloc.start()
    given = [Flatten(), Dense(10**6)]
    with pytest.raises(ValueError, match="^layers must have at most 50,000,000 parameters"):
        Network(given, SHAPE)
    with pytest.raises(ValueError, match="^layers must hold at most 1,000 layers; got 160,000$"):
        Network([ReLU() for _ in range(160_000)], SHAPE)
    assert tracemalloc.get_traced_memory()[0] < 100 * MEGABYTE
    tracemalloc.stop()
    assert MOST_PARAMETERS == 50_000_000 and MOST_LAYERS == 1_000
    assert Network([given[0], Dense(4)], SHAPE).parameter_count == 424
