"""The network: its layers fit, it predicts in order, and it is saved and loaded or refused."""

import json
import pickle

import numpy as np
import pytest
from strategies import frozen

from helpers.network import (
    Conv,
    Dense,
    Flatten,
    MaxPool,
    MeanPool,
    Network,
    ReLU,
    class_activation_map,
    explain_cell,
    occlusion_map,
    saliency,
    train,
)
from helpers.network.losses import cross_entropy, softmax
from helpers.network.model import CHUNK
from helpers.network.pooling import pooled_first
from helpers.parameters import count_parameters

SHAPE, CLASSES = (7, 5, 3), 4
same, close = np.testing.assert_array_equal, np.testing.assert_allclose


def small(seed=0, shape=SHAPE):
    layers = [Conv(6, (3, 2)), ReLU(), MaxPool((2, 1)), MeanPool((1, 2)), Flatten(), Dense(CLASSES)]
    return Network(layers, shape, seed)


def pictures(count, shape=SHAPE):
    return frozen(np.random.default_rng(3).random((count, *shape), np.float32))


def test_layer_outputs_has_one_array_per_layer():
    """Images are the last axis, each array follows from the one before, the last gives the predictions."""
    network, images = small(), pictures(9)
    outputs = network.layer_outputs(images)
    assert [output.shape for output in outputs] == [(*s, 9) for s in network.shapes[1:]]
    x = images.transpose(1, 2, 3, 0)
    for layer, output in zip(network.layers, outputs, strict=True):
        x = layer.forward(x)
        close(output, x, rtol=1e-5, atol=1e-6)
    close(softmax(outputs[-1]).T, network.predict(images), rtol=1e-5)


@pytest.mark.parametrize("pooling", [MaxPool, MeanPool])
def test_swapping_max_pooling_and_relu_changes_no_bit(pooling):
    """Scores and gradients are those of the layers in their given order; mean pooling is not swapped."""
    layers = [Conv(6, 2), ReLU(), pooling((2, 1)), ReLU(), Conv(5, 2), ReLU(), Flatten(), Dense(4)]
    network, images = Network(layers, SHAPE, seed=2), pictures(9)
    upstream = frozen(np.random.default_rng(5).normal(size=(4, 9)).astype(np.float32))
    scores = network.forward(network.batch(images))
    network.backward(upstream)
    found = [layer.gradients for layer in network.layers]

    x = network.batch(images)
    for layer in network.layers:
        x = layer.forward(x)
    same(scores, x)
    gradient = upstream
    for layer in reversed(network.layers):
        gradient = layer.backward(gradient)
    np.testing.assert_equal(found, [layer.gradients for layer in network.layers])
    moved = [network.layers[place].name for place in pooled_first(network.layers)][1:3]
    assert moved == (["MaxPool", "ReLU"] if pooling is MaxPool else ["ReLU", "MeanPool"])


def test_large_scores_do_not_overflow():
    """Only differences matter; a label with probability 0 has a large loss, not an infinite one."""
    close(softmax(np.array([[1000.0, -3.0], [1000.0, 0.0]])), softmax(np.array([[0.0, 0], [0, 3]])))
    loss, gradient = cross_entropy(np.array([[1000.0], [0.0]]), np.array([1]))
    assert 20 < loss < 50 and gradient.tolist() == [[1], [-1]]


@pytest.mark.parametrize(
    ("layers", "message"),
    [
        ([Conv(8, 3), Dense(10)], r"layers\[1\], Dense, does not fit .*5, 3, 8.*Flatten"),
        ([ReLU(), Conv(8, (3, 6))], r"layers\[1\], Conv, .*7, 5, 3.* 6 columns .* 5 columns"),
        ([MaxPool(6)], r"layers\[0\], MaxPool, .*7, 5, 3.* 6 columns .* 5 columns"),
        ([Conv(2, 9, padding=(1, 1))], r"layers\[0\], Conv, .*7, 5, 3.* 9 columns .* 5 columns"),
        ([Flatten(), Conv(8, 3)], r"layers\[1\], Conv, .*\(105,\).*maps"),
        ([Flatten(), MeanPool(2)], r"layers\[1\], MeanPool, .*\(105,\).*maps"),
        ([Flatten(), Flatten()], r"layers\[1\], Flatten, .*\(105,\).*maps"),
        ([MaxPool(2), *[ReLU()] * 2], r"layers\[2\] must be a new ReLU"),
        ([ReLU(), Dense], r"layers\[1\] must be a layer.*Dense"),
        ([], r"layers must be a list of layers; got \[\]"),
        (ReLU(), "layers must be a list of layers; got .*ReLU"),
    ],
)
def test_layers_that_do_not_fit_are_named(layers, message):
    """One line names the layer and its input."""
    with pytest.raises((ValueError, TypeError), match=f"^{message}") as caught:
        Network(layers, SHAPE)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("shape", [SHAPE, (8, 8, 1)])
@pytest.mark.parametrize("reuse", [
    lambda layers: layers, lambda layers: [*layers[:1], Dense(3)], lambda layers: [Flatten(), layers[-1]],
])  # fmt: skip
def test_layers_of_another_network_are_refused(reuse, shape):
    """One line names the layer; the other network keeps its weights and its predictions."""
    network, images = small(), pictures(3)
    before = network.predict(images)
    with pytest.raises(
        ValueError, match=r"^layers\[[01]\] must be a new (Conv|Dense), not one used"
    ):
        Network(reuse(network.layers), shape, seed=9)
    same(network.predict(images), before)


@pytest.mark.parametrize(
    ("message", "make"),
    [
        ("filters must .*got True", lambda: Conv(True, 3)),
        ("size must .*got True", lambda: Conv(8, True)),
        (r"size must .*got \(3,\)", lambda: Conv(8, (3,))),
        (r"size\[1\] must .*got 0", lambda: Conv(8, (3, 0))),
        ("stride must .*got 0", lambda: Conv(8, 3, stride=0)),
        (r"stride\[0\] must .*got 1.5", lambda: Conv(8, 3, stride=(1.5, 1))),
        ("padding must .*got -1", lambda: Conv(8, 3, padding=-1)),
        ("padding must .*got 'full'", lambda: Conv(8, 3, padding="full")),
        ("padding must .*got None", lambda: Conv(8, 3, padding=None)),
        ("stride must .*got 0", lambda: MaxPool(2, 0)),
        ("stride must .*got 'same'", lambda: MeanPool(2, stride="same")),
        ("outputs must .*got True", lambda: Dense(True)),
        ("seed must .*got -1", lambda: Network([ReLU()], SHAPE, seed=-1)),
        ("input_shape must .*got 28", lambda: Network([ReLU()], 28)),
        (r"input_shape must .*got \(9, 9\)", lambda: Network([ReLU()], (9, 9))),
        (r"input_shape\[1\] must .*got 0", lambda: Network([ReLU()], (28, 0, 1))),
        (r"input_shape\[2\] must .*got True", lambda: Network([ReLU()], (28, 28, True))),
        (r"images must .*got array\(5\)", lambda: small().predict(5)),
        (r"images must .*got .*\(7, 5, 3\)", lambda: small().predict(np.ones(SHAPE))),
        (
            r"images must .*got .*\(2, 5, 7, 3\)",
            lambda: small().layer_outputs(np.ones((2, 5, 7, 3))),
        ),
        ("images must not be empty", lambda: small().predict(np.ones((0, *SHAPE)))),
        ("path must .*got None", lambda: small().save(None)),
        ("path must .*got 'nowhere/net.npz'", lambda: small().save("nowhere/net.npz")),
        ("path must .*got 3", lambda: Network.load(3)),
    ],
)
def test_invalid_arguments_are_named(message, make):
    """One line names the argument and what was given."""
    with pytest.raises((ValueError, TypeError), match=f"^{message}") as caught:
        make()
    assert "\n" not in str(caught.value)


ONE, GRAY = np.ones(SHAPE), np.ones((7, 5))


@pytest.mark.parametrize("shape, images, hint", [
    (SHAPE, ONE, r": it is one image; use images\[:1\] in place of images\[0\], or image\[None\]"),
    ((7, 5, 1), GRAY, r": it is one image; use images\[:1\] in place of images\[0\], or image\[None\]"),
    (SHAPE, np.ones((2, 3, 7, 5)), r": channels come last here, np.moveaxis\(images, 1, -1\)"),
    ((7, 5, 1), np.ones((2, 1, 7, 5)), r": channels come last here, np.moveaxis\(images, 1, -1\)"),
    (SHAPE, np.ones((3, 7, 5)), r": channels come last here, np.moveaxis\(images, 0, -1\)"),
    (SHAPE, np.ones((7, 5, 3, 9)), r": the images are counted along the last .*\(images, -1, 0\)"),
    ((7, 5, 1), np.ones((7, 5, 9)), r": the images are counted along the last .*\(images, -1, 0\)"),
    ((7, 5, 1), np.ones((9, 35)), r": use images.reshape\(-1, 7, 5, 1\)"),
    (SHAPE, np.ones((9, 7, 5, 4)), r": drop the alpha channel, images\[..., :3\]"),
    ((7, 5, 1), np.ones((9, 7, 5, 3)), ": it is in color; to_gray makes an image gray"),
    ((7, 5, 1), np.ones((7, 5, 3)), ": it is in color; to_gray makes an image gray"),
    (SHAPE, np.ones((9, 7, 5)), r": it is gray; np.stack\(\[gray\] \* 3, axis=-1\) has three channels"),
    (SHAPE, np.ones((9, 8, 6, 3)), ""),
    (SHAPE, np.ones((9, 5, 7, 3)), ""),
    ((7, 5, 1), np.ones(35), ""),
])  # fmt: skip
@pytest.mark.parametrize("use", ["predict", "layer_outputs", "batch", "train"])
def test_images_of_another_shape_are_refused_with_a_hint(use, shape, images, hint):
    """One image, channels first, images last, flat, with transparency, in color, gray."""
    network = small(shape=shape)
    with pytest.raises(
        ValueError, match=f"^images must be .*; got an array of [^:]*{hint}$"
    ) as caught:
        train(network, images, [0]) if use == "train" else getattr(network, use)(images)
    assert "\n" not in str(caught.value) and len(str(caught.value)) < 250


@pytest.mark.parametrize("shape, image, hint", [
    (SHAPE, ONE[None], r": it is a set of one image; use image\[0\]"),
    ((7, 5, 1), GRAY[None], r": it is a set of one image; use image\[0\]"),
    (SHAPE, np.ones((3, 7, 5)), r": channels come last here, np.moveaxis\(image, 0, -1\)"),
    (SHAPE, np.ones((7, 5, 4)), r": drop the alpha channel, image\[..., :3\]"),
    ((7, 5, 1), ONE, ": it is in color; to_gray makes an image gray"),
    (SHAPE, GRAY, r": it is gray; np.stack\(\[gray\] \* 3, axis=-1\) has three channels"),
    (SHAPE, np.ones((8, 6, 3)), ""),
])  # fmt: skip
@pytest.mark.parametrize("look", [saliency, occlusion_map])
def test_an_image_of_another_shape_is_refused_with_a_hint(look, shape, image, hint):
    """As for sets of images."""
    with pytest.raises(ValueError, match=f"^image must be .*; got an array of [^:]*{hint}$"):
        look(small(shape=shape), image, 0)


@pytest.mark.parametrize("kind, most, hint", [
    (np.uint8, 255, "255: divide by 255"), (np.uint16, 65535, "65535: divide by 65535"),
])  # fmt: skip
def test_bytes_are_refused_with_a_hint(kind, most, hint):
    """Pixels as files hold them are 255 times as bright as those of load_digits, and read wrongly."""
    network, images = small(), pictures(2)
    codes = (images / images.max() * most).astype(kind)
    with pytest.raises(
        ValueError, match=f"^images must hold values from 0 to 1; got [0-9]+ to {hint}$"
    ):
        network.predict(codes)
    same(network.predict(kind(images > 0.5)), network.predict(np.float32(images > 0.5)))


@pytest.mark.parametrize("trailing", [(), (1,)])
def test_gray_images_may_have_an_axis_of_one_channel(trailing):
    network, images = small(shape=(7, 5, 1)), pictures(4, (7, 5))
    same(network.predict(images.reshape(4, 7, 5, *trailing)), network.predict(images))


LOOKS = {
    "predict": lambda network, images: network.predict(images),
    "layer_outputs": lambda network, images: network.layer_outputs(images),
    "batch": lambda network, images: network.batch(images),
    "saliency": lambda network, images: saliency(network, images[0], 1),
    "occlusion": lambda network, images: occlusion_map(network, images[0], 1),
    "class activation": lambda network, images: class_activation_map(network, images[0], 1),
    "explain_cell": lambda network, images: explain_cell(network, images[0], 5, 0, 0, 0),
}


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize("value", [np.nan, np.inf, -np.inf])
@pytest.mark.parametrize("look", LOOKS.values(), ids=LOOKS.keys())
def test_images_that_are_not_finite_are_refused(look, value):
    """A ReLU would turn −∞ into 0, and argmax calls NaN class 0."""
    images = pictures(2).copy()
    images[0, 6, 4, 2] = value
    with pytest.raises(
        ValueError, match=r"^images? must hold finite .* first at \[(0, )?6, 4, 2\]$"
    ):
        look(small(), images)


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize("value", [np.nan, np.inf, -np.inf])
@pytest.mark.parametrize("look", [name for name in LOOKS if name not in ("batch", "explain_cell")])
def test_weights_that_are_not_finite_are_refused(look, value):
    """Set by hand; the line names the array."""
    network = small()
    network.layers[5].parameters["weights"][1, 2] = value
    name = r'^network.layers\[5\].parameters\["weights"\] must hold finite .* first at \[1, 2\]$'
    with pytest.raises(ValueError, match=name):
        LOOKS[look](network, pictures(2))


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize(
    "look", ["predict", "layer_outputs", "saliency", "occlusion", "class activation"]
)
def test_what_overflows_is_refused(look):
    """Finite weights and images whose products are too large for float32: no NaN is returned."""
    network = small()
    network.layers[0].parameters["weights"][...] = 3e38
    with pytest.raises(FloatingPointError, match="^outputs must be finite numbers; got NaN or inf"):
        LOOKS[look](network, pictures(2))


@pytest.mark.parametrize("value", [np.nan, np.inf, 1e300])
def test_an_occlusion_of_no_brightness_is_refused(value):
    with pytest.raises(ValueError, match="^value must hold (finite )?numbers"):
        occlusion_map(small(), ONE, 1, value=value)


def test_a_function_that_returns_nan_is_named():
    """Not the weights or the images."""

    def my_convolve(image, kernel):
        return np.full((5, 4), np.nan)

    with pytest.raises(ValueError, match="^my_convolve must return finite numbers"):
        small().predict(pictures(1), convolve=my_convolve)


def test_scores_are_the_last_layers_outputs_and_predict_is_their_softmax():
    """For more images than are computed at a time, too."""
    network, images = small(), pictures(CHUNK + 7)
    close(network.scores(images), network.layer_outputs(images)[-1].T, rtol=1e-5, atol=1e-5)
    same(network.predict(images), softmax(network.scores(images).T).T)


def test_predict_needs_scores():
    """A network that ends with maps has layer outputs, but no probabilities."""
    network = Network([Conv(6, 3)], SHAPE)
    assert network.layer_outputs(pictures(2))[0].shape == (5, 3, 6, 2)
    with pytest.raises(
        ValueError, match=r"^layers must end with scores.*Conv, returns \(5, 3, 6\)"
    ):
        network.predict(pictures(2))


def test_summary_by_hand():
    """Multiplications with padding count; no receptive field is larger than the image."""
    layers = [Conv(2, (3, 1), padding="same"), MaxPool(3, 2), MeanPool((1, 2)), Flatten(), Dense(4)]
    assert Network(layers, (7, 11, 1)).summary().splitlines() == [
        "layer        output shape  parameters  multiplications  receptive field",
        "Conv               7×11×2           8              462              3×1",
        "MaxPool             3×5×2           0                0              5×3",
        "MeanPool            3×2×2           0                0              5×5",
        "Flatten                12           0                0              5×5",
        "Dense                   4          52               48              7×9",
        "total                              60              510",
    ]


def test_summary_counts_as_count_parameters_does():
    """Parameters and multiplications of a convolution with stride and padding."""
    line = Network([Conv(6, (3, 2), (2, 1), (1, 2))], SHAPE).summary().splitlines()[1]
    counts = count_parameters(*SHAPE, (3, 2), 6, stride=(2, 1), padding=(1, 2))
    shape = "×".join(map(str, counts.output))
    assert line.split()[1:4] == [shape, f"{counts.parameters}", f"{counts.multiplications:,}"]


def test_any_stride_and_padding_are_saved_and_loaded(tmp_path):
    """The same layers with the same arguments, and so the same predictions."""
    layers = [
        Conv(6, (3, 2), stride=(1, 2), padding="same"), ReLU(), MaxPool(3, stride=(2, 1)),
        Conv(5, 2, padding=((0, 2), (1, 0))), MeanPool((2, 1), stride=1), Flatten(),
        Dense(CLASSES),
    ]  # fmt: skip
    network, images = Network(layers, SHAPE, seed=1), pictures(9)
    network.save(tmp_path / "net.npz")
    again = Network.load(tmp_path / "net.npz")
    assert [layer.settings for layer in again.layers] == [layer.settings for layer in layers]
    same(again.predict(images), network.predict(images))


def test_a_file_from_before_stride_and_padding_loads(tmp_path):
    """Its layers have stride 1 and no padding, and its pooling windows do not overlap."""
    path, network = tmp_path / "net.npz", small(seed=3)
    network.save(path)
    older = [
        [layer.name, {Conv: layer.settings[:2], Dense: layer.settings}.get(type(layer), [])]
        for layer in network.layers
    ]
    older[2][1], older[3][1] = [[2, 1]], [[1, 2]]
    planned(layers=older)(path)
    same(Network.load(path).predict(pictures(3)), network.predict(pictures(3)))


@pytest.mark.parametrize("name", ["net.npz", "net of words", "ü.zip"])
def test_a_saved_network_is_loaded_unchanged(tmp_path, name):
    """Exactly the same predictions and summary, in a file of exactly the given name."""
    network, images = small(seed=5), pictures(9)
    network.save(tmp_path / name)
    again = Network.load(str(tmp_path / name))
    same(again.predict(images), network.predict(images))
    assert again.summary() == network.summary()
    assert [file.name for file in tmp_path.iterdir()] == [name]


@pytest.mark.parametrize(
    "name",
    ["", "x" * 300, "x" * 5000 + "/net.npz", "no/" * 200 + "net.npz", "a\0b", "folder"],
    ids=["none", "long", "in a long folder", "in deep folders", "with a zero", "of a folder"],
)
def test_a_name_that_cannot_be_written_is_refused_in_one_line(tmp_path, name):
    """No file is left behind."""
    (tmp_path / "folder").mkdir()
    with pytest.raises(ValueError, match="^path must[^\n]*$") as caught:
        small().save(f"{tmp_path}/{name}")
    assert len(str(caught.value)) < 250
    assert [file.name for file in tmp_path.iterdir()] == ["folder"]


def test_a_symbolic_link_is_followed(tmp_path):
    """The file that it points to is written."""
    small(seed=1).save(tmp_path / "old.npz")
    (tmp_path / "link.npz").symlink_to(tmp_path / "old.npz")
    small(seed=2).save(tmp_path / "link.npz")
    assert (tmp_path / "link.npz").is_symlink()
    same(
        Network.load(tmp_path / "old.npz").predict(pictures(3)), small(seed=2).predict(pictures(3))
    )


def test_layers_of_a_refused_network_can_be_used_again():
    """After adding the missing layer, the others need not be made again."""
    layers = [Conv(8, 3), Dense(10)]
    with pytest.raises(ValueError, match="put Flatten"):
        Network(layers, SHAPE)
    layers.insert(1, Flatten())
    assert (
        Network(layers, SHAPE).parameter_count
        == Network([Conv(8, 3), Flatten(), Dense(10)], SHAPE).parameter_count
    )


def test_a_save_that_fails_leaves_the_file_that_was_there(tmp_path, monkeypatch):
    """For example with a full disk: the old file can still be loaded, and no other file is left."""
    path, first = tmp_path / "net.npz", small(seed=1)
    first.save(path)

    def stop(file, **arrays):
        file.write(b"half")
        raise OSError("no space left")

    monkeypatch.setattr(np, "savez", stop)
    with pytest.raises(ValueError, match="path must be a file that can be written.*no space left"):
        small(seed=2).save(path)
    same(Network.load(path).predict(pictures(3)), first.predict(pictures(3)))
    assert [file.name for file in tmp_path.iterdir()] == ["net.npz"]


class Trap:
    """Unpickling this creates a file."""

    def __reduce__(self):
        return open, ("trapped", "w")


def rewritten(change):
    return lambda path: path.write_bytes(change(path.read_bytes()))


def changed(change):
    """A way to damage a file: replace its arrays by others computed from them."""

    def damage(path):
        with np.load(path) as stored:
            arrays = dict(stored)
        np.savez(path, **arrays | change(arrays))

    return damage


def planned(**changes):
    return changed(
        lambda arrays: {"plan": np.array(json.dumps(json.loads(str(arrays["plan"])) | changes))}
    )


DAMAGED = {
    "no file": lambda path: path.unlink(),
    "a folder": lambda path: (path.unlink(), path.mkdir()),
    "an empty file": rewritten(lambda data: b""),
    "a text": rewritten(lambda data: b"layer\noutput\n" * 99),
    "the first half": rewritten(lambda data: data[: len(data) // 2]),
    "a byte less": rewritten(lambda data: data[:-1]),
    "a letter changed": rewritten(lambda data: data.replace(b"C\0\0\0o", b"D\0\0\0o")),
    "a pickle": rewritten(lambda data: pickle.dumps(Trap())),
    "other arrays": lambda path: np.savez(path, images=np.eye(2)),
    "an array less": lambda path: np.savez(path, plan=np.load(path)["plan"]),
    "an array more": changed(lambda arrays: {"9-weights": arrays["0-weights"]}),
    "another shape": changed(lambda arrays: {"0-weights": arrays["0-weights"][1:]}),
    "another type": changed(lambda arrays: {"0-weights": arrays["0-weights"].astype(float)}),
    "objects": changed(lambda arrays: {"0-bias": np.array([Trap()] * 6, object)}),
    "objects more": changed(lambda arrays: {"9-bias": np.array([Trap()], object)}),
    "objects for a plan": changed(lambda arrays: {"plan": np.array(Trap(), object)}),
    "numbers for a plan": changed(lambda arrays: {"plan": np.eye(2)}),
    "another format": planned(format="convolution-course network 9"),
    "an unknown layer": planned(layers=[["Dropout", []]]),
    "a layer's bad settings": planned(layers=[["Conv", [0, 3]]]),
    "layers for other arrays": planned(layers=[["Flatten", []], ["Dense", [4]]]),
    "another input shape": planned(input_shape=[9, 9, 3]),
}


@pytest.mark.parametrize("damage", DAMAGED.values(), ids=DAMAGED.keys())
def test_any_other_file_is_refused(tmp_path, monkeypatch, damage):
    """One line names the file, which is not changed; and nothing is ever unpickled."""
    monkeypatch.chdir(tmp_path)  # where the trap would create its file
    path = tmp_path / "net.npz"
    small().save(path)
    damage(path)
    before = path.read_bytes() if path.is_file() else None
    with pytest.raises(ValueError, match="net.npz") as caught:
        Network.load(path)
    assert "\n" not in str(caught.value) and len(str(caught.value)) < 250
    assert before == (path.read_bytes() if path.is_file() else None)
    assert not (tmp_path / "trapped").exists()
