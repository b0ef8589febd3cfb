"""With a simulated camera: the camera button takes one picture, CameraExplorer shows them live.

The camera is off after the picture, and whenever the live pictures stop.
"""

import numpy as np
import pytest
from playwright.sync_api import expect

from browser.conftest import new_context
from browser.controls import button, pick, press, problem, unfold
from browser.expected import SOBEL, output, photo, sample, signed
from browser.jupyter import QUIET, browser_path
from browser.seen import Seen, until
from browser.test_lifetime import run

FAKE = "--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"
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
SET_HIDDEN = """(hidden) => {
    Object.defineProperty(document, "hidden", { value: hidden, configurable: true });
    document.dispatchEvent(new Event("visibilitychange"));
}"""
REFUSE = """(name) => {
    const get = MediaDevices.prototype.getUserMedia;
    MediaDevices.prototype.getUserMedia = async () => {
        MediaDevices.prototype.getUserMedia = get;
        throw new DOMException("Requested in vain", name);
    };
}"""
LIVE = """
from helpers.explorers import CameraExplorer
live = CameraExplorer(controls=["weights", "kernel", "show", "size"])
live
"""
TRACKS = "streams.flatMap((stream) => stream.getTracks().map((track) => track.readyState))"


def as_film(gray):
    """One gray frame of a Y4M video, whose luma runs from 16 to 235."""
    rows, columns = gray.shape
    light = np.rint(16 + gray * (219 / 255)).astype(np.uint8)
    none = bytes([128]) * (rows * columns // 2)
    head = f"YUV4MPEG2 W{columns} H{rows} F30:1 Ip A1:1 C420jpeg\nFRAME\n"
    return head.encode() + light.tobytes() + none


@pytest.fixture(scope="module")
def notebook(browser, run_notebook, tmp_path_factory):
    film = tmp_path_factory.mktemp("camera") / "scene.y4m"
    film.write_bytes(as_film(SCENE))
    start = "from helpers.explorers import PixelExplorer\nPixelExplorer('coins')"
    args = [*QUIET, *FAKE, f"--use-file-for-fake-video-capture={film}"]
    with browser.browser_type.launch(executable_path=browser_path(), args=args) as seeing:
        context = new_context(seeing)
        context.add_init_script(WATCH)
        yield run_notebook("camera", start, LIVE, context=context)


def test_the_button_takes_a_picture_and_turns_the_camera_off(page):
    Seen(page, "gray: ").must_show(photo(sample("coins")))
    assert page.evaluate(TRACKS) == []  # not requested yet
    unfold(page)
    press(page, "camera")
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


def states(page):
    """Whether the tracks of the last stream are live or ended, and what the button offers."""
    return page.evaluate(TRACKS)[-1:], button(page, "stop camera").count()


def must_be_off(page):
    assert until(page, lambda: states(page) == (["ended"], 0))
    expect(button(page, "start camera").first).to_be_enabled()


@pytest.fixture
def streaming(page):
    """The page while the camera is on."""
    count = len(page.evaluate(TRACKS))
    pick(page, "frames", "80×60")  # so small that the page shows all pixels
    press(page, "start camera")
    assert until(page, lambda: page.evaluate(TRACKS)[count:] == ["live"])
    expect(page.locator(".explorer-camera")).to_contain_text("a second")
    yield page
    for stop in button(page, "stop camera").all():  # a test has failed
        stop.click()


def test_the_output_is_that_of_the_kernel_on_the_scene(streaming):
    seen, shown = Seen(streaming, "camera, 60 rows"), Seen(streaming, "output, 58 rows")
    assert until(streaming, lambda: seen.picture.std() > 9)
    image = seen.picture.astype(int)
    rows = ((np.arange(60) + 0.5) * 64 / 60).astype(int)
    columns = (96 - 64 * 4 / 3) / 2 + (np.arange(80) + 0.5) * 64 / 60  # the middle, 4 to 3
    scene = SCENE[rows[:, None], columns.astype(int)]
    flat = np.ones(scene.shape, bool)
    for edge in (25, 55):  # columns where the gray changes
        flat[:, edge - 3 : edge + 3] = False
    flat[27:33] = False
    assert abs(image - scene[..., None])[flat].max() <= 3
    expected = signed(output(image[..., 0] / 255, SOBEL), limit=2)  # of 4 at most, half
    assert abs(shown.picture - expected).max() <= 3
    assert shown.picture.std() > 9
    press(streaming, "stop camera")
    must_be_off(streaming)


def test_the_camera_is_off_while_the_page_is_hidden(streaming):
    streaming.evaluate(SET_HIDDEN, True)
    must_be_off(streaming)
    streaming.evaluate(SET_HIDDEN, False)
    must_be_off(streaming)  # it does not start again by itself


def test_running_the_cell_again_turns_the_camera_off(streaming, notebook):
    run(notebook, 1)
    must_be_off(streaming)


@pytest.mark.parametrize(
    "name, words",
    {
        "NotAllowedError": "permission to use it was refused",
        "NotFoundError": "no camera was found",
    }.items(),
)
def test_a_camera_that_does_not_start_is_reported_in_one_line(page, name, words):
    page.evaluate(REFUSE, name)
    press(page, "start camera")
    expect(problem(page)).to_contain_text(f"no pictures from the camera: {words}")
    expect(button(page, "start camera")).to_be_enabled()
