"""The loupe and the sweep of KernelExplorer, and the window of WindowExplorer, in JupyterLab."""

import numpy as np
import pytest
from playwright.sync_api import expect

from browser.conftest import all_well
from browser.controls import button, press
from browser.expected import output, photo, products, sample
from browser.seen import Seen, settled, until

CAT = sample("cat")
EMBOSS = [[-2, -1, 0], [-1, 1, 1], [0, 1, 2]]
GRID = np.arange(30).reshape(5, 6) % 9


@pytest.fixture(scope="module")
def notebook(run_notebook, desk):
    notebook = run_notebook(
        "loupe",
        "import numpy as np\nfrom helpers.explorers import *\nphoto = KernelExplorer('cat', 'emboss')\nphoto",
        f"WindowExplorer(np.array({GRID.tolist()}), [[1, 0], [0, -2]])",
        "photo",
        desk=desk,
    )
    yield notebook
    notebook.close()


@pytest.fixture
def photo_explorer(notebook):
    notebook.page.mouse.move(2, 2)
    yield from all_well(notebook, notebook.page.locator(".explorer").nth(0))


@pytest.fixture
def grid_explorer(notebook):
    notebook.page.mouse.move(2, 2)
    yield from all_well(notebook, notebook.page.locator(".explorer").nth(1))


def loupe(explorer):
    return explorer.locator(".explorer-loupe")


def texts(explorer):
    """The weights in the loupe, then the value of the output."""
    return [text for text in loupe(explorer).locator(".loupe-text").all_text_contents() if text]


def must_magnify(explorer, cell):
    """Wait until the loupe shows the weights, the pixels and the output of this pixel."""
    _, terms = products(CAT[..., 0], EMBOSS, *cell)
    expect(loupe(explorer)).to_be_visible()
    weights = [f"{weight:g}" for weight in np.ravel(EMBOSS)]
    value = f"{round(float(terms.sum()), 2) + 0.0:.2f}".rstrip("0").rstrip(".")
    row, column = cell
    colors = photo(CAT)[row : row + 3, column : column + 3].reshape(-1, 3)
    shown = ["#{:02x}{:02x}{:02x}".format(*map(int, color)) for color in colors]
    squares = loupe(explorer).locator(".loupe-magnified").first.locator(".loupe-square")

    def seen():
        fills = squares.evaluate_all("(all) => all.map((each) => each.getAttribute('fill'))")
        return [texts(explorer), fills]

    assert until(explorer.page, lambda: seen() == [[*weights, value], shown]), seen()


def test_it_follows_the_pointer_over_the_output_and_goes_with_it(photo_explorer):
    view = Seen(photo_explorer, "output")
    for place in ((140, 200), (20, 440), (290, 10)):
        must_magnify(photo_explorer, view.point(*place))
    photo_explorer.page.mouse.move(2, 2)
    expect(loupe(photo_explorer)).to_be_hidden()


def test_it_follows_the_pointer_over_the_image(photo_explorer):
    """The window has its middle under the pointer."""
    row, column = Seen(photo_explorer, "image").point(100, 300)
    must_magnify(photo_explorer, (row - 1, column - 1))


def test_it_follows_the_keys_until_escape(photo_explorer):
    view = Seen(photo_explorer, "output")
    row, column = view.point(100, 120)
    view.overlay.focus()
    photo_explorer.page.keyboard.press("ArrowRight")
    photo_explorer.page.mouse.move(2, 2)
    photo_explorer.page.keyboard.press("Shift+ArrowDown")
    must_magnify(photo_explorer, (row + 10, column + 1))
    photo_explorer.page.keyboard.press("Escape")
    expect(loupe(photo_explorer)).to_be_hidden()


def test_it_never_covers_the_window_and_stays_beside_the_picture(photo_explorer):
    """Wherever the window is; nor does it take part in clicks."""
    view, image = Seen(photo_explorer, "output"), Seen(photo_explorer, "image")
    outline = loupe(photo_explorer).locator(".loupe-outline").first
    for row in (0, 150, 297):
        for column in (0, 220, 400, 446):
            cell = view.point(row, column)
            must_magnify(photo_explorer, cell)
            photo_explorer.page.wait_for_timeout(200)  # it glides to another side
            box, picture = outline.bounding_box(), image.overlay.bounding_box()
            scale = picture["width"] / 451
            x, y = (picture[n] + (at + 1.5) * scale for n, at in (("x", cell[1]), ("y", cell[0])))
            inside = 0 < x - box["x"] < box["width"] and 0 < y - box["y"] < box["height"]
            assert not inside
            assert box["x"] >= picture["x"] - 1 and box["y"] >= picture["y"] - 1
            assert box["x"] + box["width"] <= picture["x"] + picture["width"] + 3


def covered(explorer):
    """The share of the output that is covered by gray checks."""
    return np.mean(cover(explorer))


def cover(explorer):
    """Which pixels of the screen, over the output, are covered by gray checks."""
    overlay = Seen(explorer, "output")._read(".image-view-overlay").astype(int)
    gray = (overlay[..., 3] == 255) & (np.ptp(overlay[..., :3], axis=2) == 0)
    return gray & (overlay[..., 0] > 130) & (overlay[..., 0] < 160)


def test_the_sweep_paints_pauses_goes_on_and_ends(photo_explorer):
    page = photo_explorer.page
    press(photo_explorer, "sweep")
    assert until(page, lambda: 0.5 < covered(photo_explorer) < 0.97)
    expect(loupe(photo_explorer)).to_be_visible()
    press(photo_explorer, "pause")
    page.wait_for_timeout(300)
    paused = covered(photo_explorer)
    page.wait_for_timeout(500)
    assert covered(photo_explorer) == paused
    press(photo_explorer, "sweep")
    assert until(page, lambda: covered(photo_explorer) < paused - 0.2)
    assert until(page, lambda: covered(photo_explorer) == 0, seconds=20)
    expect(button(photo_explorer, "sweep")).to_be_visible()
    expect(loupe(photo_explorer)).to_be_hidden()
    Seen(photo_explorer, "output").must_show(photo(output(CAT, EMBOSS)))


def test_all_that_the_window_has_not_come_to_is_covered(photo_explorer):
    """Below what is painted of a column, and right of the window, down to the last row."""
    press(photo_explorer, "sweep")
    assert until(photo_explorer.page, lambda: covered(photo_explorer) < 0.95)
    for k in range(5):
        if k and covered(photo_explorer) < 0.2:
            break  # the page is busy: the sweep might end before the pause
        press(photo_explorer, "pause")
        hidden = settled(photo_explorer.page, lambda: cover(photo_explorer).tolist())
        changes = np.diff(np.array(hidden, int), axis=0)
        mark = np.abs(np.diff(changes.argmax(axis=0))).argmax()  # the window is at this column
        beside = np.delete(changes, range(max(mark - 12, 0), mark + 13), axis=1)
        assert (beside.max(axis=0) == 1).all() and (beside.min(axis=0) == 0).all()
        assert (beside.sum(axis=0) == 1).all()
        press(photo_explorer, "sweep")
        photo_explorer.page.wait_for_timeout(400)
    photo_explorer.get_by_label("show", exact=True).press("ArrowDown")
    photo_explorer.get_by_label("show", exact=True).select_option(label="as a photo")


def test_a_pause_keeps_the_paint_while_pixels_are_pointed_at(photo_explorer):
    """The sweep goes on where it was; a changed control shows the whole output."""
    page = photo_explorer.page
    press(photo_explorer, "sweep")
    assert until(page, lambda: covered(photo_explorer) < 0.8)
    press(photo_explorer, "pause")
    page.wait_for_timeout(300)
    paused = covered(photo_explorer)
    must_magnify(photo_explorer, Seen(photo_explorer, "output").point(20, 200))
    row, column = Seen(photo_explorer, "image").point(30, 100)
    must_magnify(photo_explorer, (row - 1, column - 1))
    assert abs(covered(photo_explorer) - paused) < 0.005  # but for the marks
    press(photo_explorer, "sweep")
    assert until(page, lambda: 0 < covered(photo_explorer) < paused - 0.05)
    press(photo_explorer, "pause")
    page.wait_for_timeout(300)
    assert covered(photo_explorer) > 0
    photo_explorer.get_by_label("show", exact=True).press("ArrowDown")
    assert until(page, lambda: covered(photo_explorer) == 0)
    expect(button(photo_explorer, "sweep")).to_be_visible()
    photo_explorer.get_by_label("show", exact=True).select_option(label="as a photo")


def test_pointing_or_a_control_ends_the_sweep(photo_explorer):
    page = photo_explorer.page
    for end in (
        lambda: Seen(photo_explorer, "output").point(140, 200),
        lambda: photo_explorer.get_by_label("show", exact=True).press("ArrowDown"),
    ):
        page.mouse.move(2, 2)
        press(photo_explorer, "sweep")
        assert until(page, lambda: covered(photo_explorer) > 0.9)
        end()
        assert until(page, lambda: covered(photo_explorer) == 0)
        expect(button(photo_explorer, "sweep")).to_be_visible()
    photo_explorer.get_by_label("show", exact=True).select_option(label="as a photo")


def test_with_reduced_motion_each_press_paints_one_band(photo_explorer):
    page = photo_explorer.page
    page.emulate_media(reduced_motion="reduce")
    before = 1.0
    for _ in range(4):
        press(photo_explorer, "sweep")
        assert until(page, lambda now=before: 0 < covered(photo_explorer) < now - 0.002)
        before = covered(photo_explorer)
        page.wait_for_timeout(200)
        assert covered(photo_explorer) == before
    photo_explorer.get_by_label("show", exact=True).press("ArrowDown")
    assert until(page, lambda: covered(photo_explorer) == 0)
    photo_explorer.get_by_label("show", exact=True).select_option(label="as a photo")
    page.emulate_media(reduced_motion="no-preference")


def test_the_weights_lie_in_the_cells_of_the_window(grid_explorer):
    """Each in its cell of the image, after the window has glided there."""
    view, image = Seen(grid_explorer, "output"), Seen(grid_explorer, "image")
    for row, column in ((0, 0), (2, 3), (3, 1)):
        view.point(row, column)
        image.must_mark(row, column, row + 2, column + 2)
        expect(loupe(grid_explorer)).to_be_visible()
        assert texts(grid_explorer)[:4] == ["1", "0", "0", "-2"]
        picture = image.overlay.bounding_box()
        cell = picture["width"] / 6

        def places(picture=picture, cell=cell):
            weights = loupe(grid_explorer).locator(".loupe-sheet > .loupe-text")
            boxes = [weights.nth(k).bounding_box() for k in range(4)]
            return [
                (int((box["y"] + box["height"] / 2 - picture["y"]) / cell),
                 int((box["x"] + box["width"] / 2 - picture["x"]) / cell))
                for box in boxes
            ]  # fmt: skip

        cells = [(row, column), (row, column + 1), (row + 1, column), (row + 1, column + 1)]
        assert until(grid_explorer.page, lambda cells=cells, places=places: places() == cells)


def test_a_window_glides_from_cell_to_cell(grid_explorer):
    """On the way it is in between; with reduced motion it is there at once."""
    page = grid_explorer.page
    record = """(explorer) => new Promise((done) => {
        const rect = explorer.querySelector(".loupe-sheet > .loupe-square");
        const seen = [];
        const start = performance.now();
        const look = () => {
            seen.push(Number(rect.getAttribute("x")));
            if (performance.now() - start < 600) requestAnimationFrame(look); else done([...new Set(seen)]);
        };
        look();
        [...explorer.querySelectorAll("button")].find((each) => each.textContent === "step").click();
    })"""
    Seen(grid_explorer, "output").point(0, 0)
    page.mouse.move(2, 2)
    page.emulate_media(reduced_motion="reduce")
    assert len(grid_explorer.evaluate(record)) == 2
    page.emulate_media(reduced_motion="no-preference")
    assert until(page, lambda: len(grid_explorer.evaluate(record)) > 2)  # a busy page skips frames


def test_of_two_views_one_sweeps(photo_explorer):
    """The second goes on where the first was, which then waits."""
    page, other = photo_explorer.page, photo_explorer.page.locator(".explorer").nth(2)
    press(photo_explorer, "sweep")
    assert until(page, lambda: 0 < covered(photo_explorer) < 0.97)
    press(other, "sweep")
    expect(button(photo_explorer, "sweep")).to_be_visible()
    expect(button(other, "pause")).to_be_visible()
    other.get_by_label("show", exact=True).press("ArrowDown")
    assert until(page, lambda: covered(photo_explorer) == 0)
    other.get_by_label("show", exact=True).select_option(label="as a photo")
