"""CameraExplorer: its output against scipy, its steady scale, frames and other messages of the page."""

import numpy as np
import pytest
from explorers import driving as page
from refusals import is_one_line
from scipy import ndimage

from helpers.explorers import CameraExplorer
from helpers.explorers.models.camera import steady_limit
from helpers.kernels import KERNELS

FRAME = np.random.default_rng(0).integers(0, 256, (9, 14, 3), np.uint8)
ON = {"owner": "stream"}


def frame_event(frame, number=1, stream="stream", **words):
    rows, columns, _ = frame.shape
    return {"from": stream, "frame": number, "rows": rows, "columns": columns, "buffer": 0, **words}


def receive(explorer, *events, frame=FRAME):
    """Send events of the camera in one message, as the page does."""
    name = explorer.name_of(explorer.camera)
    content = {"sequence": 1, "events": [[name, event] for event in events]}
    explorer._handle_custom_msg(content, [memoryview(frame.tobytes())])


def correlated(image, kernel):
    return ndimage.correlate(image, kernel)[1:-1, 1:-1]


@pytest.mark.parametrize("color", [False, True])
@pytest.mark.parametrize("kernel", ["sobel_vertical", "box_blur"])
def test_the_output_is_that_of_the_kernel_on_the_frame(kernel, color):
    """In gray on the weighted sum of the channels, in color on each channel."""
    explorer = CameraExplorer(kernel, color=color)
    receive(explorer, ON, frame_event(FRAME))
    channels = FRAME / 255 if color else (FRAME / 255 @ [0.299, 0.587, 0.114])[..., None]
    expected = [
        correlated(part, KERNELS[kernel].astype(float)) for part in channels.T.swapaxes(1, 2)
    ]
    np.testing.assert_allclose(
        explorer.result.reshape(7, 12, -1), np.stack(expected, -1), atol=1e-5
    )
    assert explorer.camera.answered == ("stream", 1)


def test_a_users_function_gets_small_frames():
    """Loops are slow; the page is told the size."""
    calls = []

    def my_convolve(image, kernel):
        calls.append(image.shape)
        return correlated(image, kernel)

    explorer = CameraExplorer(convolve=my_convolve)
    assert explorer.camera.size == (60, 80) and calls == [(60, 80)]
    explorer.size.value = (240, 320)
    assert explorer.camera.size == (240, 320)


def test_the_scale_does_not_depend_on_the_frame():
    """A faint scene and a strong one have the scale of the kernel: half its largest output."""
    explorer = CameraExplorer("sobel_vertical")
    scales = []
    for strength in (1, 20):
        explorer.camera.value = FRAME // 20 * strength
        scales.append(explorer.output.scale["labels"])
    assert scales[0] == scales[1] and scales[0][-1] == "2"


@pytest.mark.parametrize("name", KERNELS)
def test_no_frame_reaches_beyond_twice_the_scale(name):
    """The largest output is that of a window that is white under one sign, black under the other."""
    kernel = KERNELS[name].astype(float)
    reached = max(abs((kernel * (sign * kernel > 0)).sum()) for sign in (1, -1))
    assert steady_limit(KERNELS[name]) == pytest.approx(reached / 2)
    assert steady_limit(np.zeros((3, 3))) > 0


@pytest.mark.parametrize("event", [
    frame_event(FRAME, stream="another"), frame_event(FRAME, rows=8), frame_event(FRAME, rows=None),
    frame_event(FRAME, buffer=7), frame_event(FRAME, rows=-9, columns=-14), {"from": "stream"},
])  # fmt: skip
def test_frames_of_other_streams_and_of_other_sizes_are_ignored(event):
    explorer = CameraExplorer()
    receive(explorer, ON, event)
    assert explorer.camera.value is None and explorer.problem == ""


def test_frames_after_the_camera_is_off_are_ignored():
    """They may have been on their way when it was turned off."""
    explorer = CameraExplorer()
    receive(explorer, ON)
    explorer.lose_sight()
    receive(explorer, frame_event(FRAME))
    assert explorer.camera.owner == "" and explorer.camera.value is None


def test_of_frames_in_one_message_only_the_newest_is_computed():
    calls = []

    def my_convolve(image, kernel):
        calls.append(image)
        return correlated(image, kernel)

    explorer = CameraExplorer(convolve=my_convolve)
    calls.clear()
    receive(explorer, ON, frame_event(FRAME, 1), frame_event(FRAME, 2))
    assert len(calls) == 1 and explorer.camera.answered == ("stream", 2)


def test_a_function_that_fails_leaves_the_last_picture_and_the_next_frame_is_awaited():
    explorer = CameraExplorer()
    explorer.convolve = lambda image, kernel: 1 / 0
    before = explorer.output.picture
    receive(explorer, ON, frame_event(FRAME))
    assert "division" in explorer.problem and explorer.camera.answered == ("stream", 1)
    page.same(explorer.output.picture, before)


def test_why_the_camera_did_not_start_is_shown_until_it_starts():
    explorer = CameraExplorer()
    receive(explorer, {"problem": "no camera\nwas found"})
    assert explorer.problem == "no pictures from the camera: no camera was found."
    receive(explorer, ON)
    assert explorer.problem == ""


@pytest.mark.parametrize("given", [
    {"kernel": "sobel"}, {"view": "negative"}, {"convolve": 3}, {"controls": ["image"]},
], ids=str)  # fmt: skip
def test_invalid_arguments_are_refused_in_one_line(given):
    with pytest.raises((ValueError, TypeError)) as error:
        CameraExplorer(**given)
    assert is_one_line(str(error.value)) and next(iter(given)) in str(error.value)


def test_the_still_is_small():
    """It stands in a lesson whose file is nearly full."""
    assert len(CameraExplorer().still()) < 3500
