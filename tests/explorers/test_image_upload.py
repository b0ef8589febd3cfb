"""The upload and camera buttons: a picture is accepted; anything else is reported in one line."""

import numpy as np
import pytest
from explorers import driving as page
from explorers.driving import same
from picture_bytes import file_bytes
from PIL import Image
from refusals import is_one_line

from helpers import sample_names
from helpers.encoding import encode_png
from helpers.explorers import PixelExplorer, PoolingExplorer
from helpers.explorers.widgets.image_picker import ImagePicker
from helpers.explorers.widgets.image_upload import ImageUpload

STILLS = [np.random.default_rng(n).integers(0, 256, (12 + n, 31, 3), np.uint8) for n in (0, 5)]
GOOD = encode_png(STILLS[0])
GARBAGE = {"text": b"hello", "nothing": b"", "cut short": GOOD[:90], "zeros": bytes(999)}
explorers = pytest.mark.parametrize("explorer", [PixelExplorer, PoolingExplorer])


def receive(upload, *buffers, **words):
    """Send what the page sends when a file or a camera picture has arrived or has failed."""
    upload.receive({**({"buffer": 0} if buffers else {}), **words}, list(buffers))


@pytest.mark.parametrize("kind", [bytes, bytearray, memoryview])
def test_a_camera_picture_is_passed_on_as_bytes(kind):
    """Whatever the type of the buffer."""
    taken, failed = [], []
    receive(ImageUpload(lambda name, still: taken.append(still), failed.append), kind(GOOD))
    assert taken == [GOOD] and type(taken[0]) is bytes and not failed


@pytest.mark.parametrize("content, words", [
    ({"problem": "Permission denied"}, "Permission denied"),
    ({"problem": "two\nlines"}, "two lines"),
    ({"problem": "long " * 999}, "long long"),
    ({"problem": ""}, "no reason"), ({"problem": None}, "no reason"), ({}, "no reason"),
])  # fmt: skip
def test_a_missing_camera_picture_gives_a_reason(content, words):
    """In one line, even if the browser gives no reason."""
    taken, failed = [], []
    receive(ImageUpload(lambda name, still: taken.append(still), failed.append), **content)
    assert not taken and len(failed) == 1
    assert is_one_line(failed[0]) and words in failed[0] and "camera" in failed[0]


def test_a_file_that_the_page_could_not_send_is_named():
    """In one line, with the reason."""
    failed = []
    upload = ImageUpload(None, failed.append)
    receive(upload, name="my\nfilm.tif", problem="it has 12 megabytes")
    assert failed == ["no picture from my film.tif: it has 12 megabytes"]


@explorers
def test_a_camera_picture_is_chosen_and_shown(explorer):
    """Under its own name, beside the sample "camera"; the next picture replaces it."""
    ours = explorer("coins")
    names = len(ours.picker.name.options)
    for still in (*STILLS, STILLS[0]):
        receive(ours.picker.upload, encode_png(still), name="")
        name = ours.picker.name.value
        assert "camera" in name and name not in sample_names() and name in ours.describe()
        assert len(ours.picker.name.options) == names + 1 and ours.problem == ""
        view = ours.image_view if explorer is PixelExplorer else ours.input
        same(view.picture, still)
        ours.picker.name.value = "coins"
    ours.picker.name.value = name
    same(view.picture, STILLS[0])


def test_a_second_camera_picture_is_one_change():
    """No other picture is shown in between."""
    picker, shapes = ImagePicker("coins"), []
    picker.observe(lambda change: shapes.append(change["new"].shape), "value")
    for still in STILLS:
        receive(picker.upload, encode_png(still), name="")
    assert shapes == [still.shape for still in STILLS]


def test_a_large_camera_picture_is_shrunk():
    """To the chosen longer side, as any picture."""
    picker = ImagePicker("coins", longest=256)
    receive(picker.upload, file_bytes(Image.new("RGB", (1280, 720))), name="")
    assert picker.value.shape == (144, 256, 3)


@explorers
@pytest.mark.parametrize("content", GARBAGE.values(), ids=GARBAGE)
def test_invalid_files_are_reported_in_one_line(explorer, content):
    """Nothing shown changes; the next valid picture clears the line."""
    ours = explorer("coins")
    before = page.seen(ours)
    receive(ours.picker.upload, content, name="")
    assert is_one_line(ours.problem) and "camera: " in ours.problem
    assert page.seen(ours) == before and ours.picker.name.value == "coins"
    receive(ours.picker.upload, GOOD, name="")
    assert ours.problem == "" and "camera" in ours.picker.name.value


@explorers
def test_a_refusal_is_shown_as_text(explorer):
    """Whatever its characters; the picture stays."""
    ours = explorer("coins")
    before = page.seen(ours)
    receive(ours.picker.upload, name="", problem="not <b>allowed</b>")
    assert "not <b>allowed</b>" in ours.problem and ours.message.value == ours.problem
    assert page.seen(ours) == before
    ours.picker.name.value = "cat"
    assert ours.problem == ""
