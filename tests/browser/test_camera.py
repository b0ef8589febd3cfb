"""The camera button, with a simulated camera: it takes one picture and turns the camera off."""

import numpy as np
import pytest
from playwright.sync_api import expect

from browser.conftest import new_context
from browser.controls import button, problem, unfold
from browser.expected import photo, sample
from browser.jupyter import QUIET, browser_path
from browser.seen import Seen

SCENE = np.kron([[40, 90, 140], [220, 60, 180]], np.ones((32, 32))).astype(np.uint8)  # (64, 96)
# Camera streams that the page opens are kept in `streams`, to check that they are stopped.
WATCH = """
window.streams = [];
const get = MediaDevices.prototype.getUserMedia;
MediaDevices.prototype.getUserMedia = async function (asked) {
    const stream = await get.call(this, asked);
    streams.push(stream);
    return stream;
};
"""
TRACKS = "streams.flatMap((stream) => stream.getTracks().map((track) => track.readyState))"


def as_film(gray):
    """One gray frame of a Y4M video, whose luma runs from 16 to 235."""
    rows, columns = gray.shape
    light = np.rint(16 + gray * (219 / 255)).astype(np.uint8)
    none = bytes([128]) * (rows * columns // 2)
    head = f"YUV4MPEG2 W{columns} H{rows} F10:1 Ip A1:1 C420jpeg\nFRAME\n"
    return head.encode() + light.tobytes() + none


@pytest.fixture(scope="module")
def notebook(browser, run_notebook, tmp_path_factory):
    film = tmp_path_factory.mktemp("camera") / "scene.y4m"
    film.write_bytes(as_film(SCENE))
    fake = "--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"
    start = "from helpers.explorers import PixelExplorer\nPixelExplorer('coins')"
    args = [*QUIET, *fake, f"--use-file-for-fake-video-capture={film}"]
    with browser.browser_type.launch(executable_path=browser_path(), args=args) as seeing:
        context = new_context(seeing)
        context.add_init_script(WATCH)
        yield run_notebook("camera", start, context=context)


def press(page):
    unfold(page)
    button(page, "camera").click()


def test_the_button_takes_a_picture_and_turns_the_camera_off(page):
    Seen(page, "gray: ").must_show(photo(sample("coins")))
    assert page.evaluate(TRACKS) == []  # not requested yet
    press(page)
    must_see_the_scene(page)
    assert page.evaluate(TRACKS) == ["ended"]
    expect(problem(page)).to_have_count(0)


def must_see_the_scene(page):
    """Wait for the camera's picture, within a few of 255: video stores colors less exactly."""
    view = Seen(page, "all channels")
    expect(view.figure).to_be_visible()
    seen = view.picture.astype(int)
    assert seen.shape == (*SCENE.shape, 3)
    assert abs(seen - SCENE[..., None]).max() <= 3
