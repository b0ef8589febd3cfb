"""InsideExplorer: a drawn digit is recognized, and each cell of a map has its receptive field."""

import re

import numpy as np
import pytest
from playwright.sync_api import expect

from browser.conftest import shown
from browser.controls import box, button, nothing_moves, pick, press, set_ticks, type_into
from browser.expected import photo, unseen_digit
from browser.seen import Seen, settled, until

ONE = (20, 58), (56, 56), (92, 54)
SEVEN = (24, 34), (24, 78), (92, 48)
SMALL = 0.6  # cells; they are of three or four pixels, and the line of a mark has its width, too
PAPER = np.zeros((112, 112), np.uint8)
inside = shown("inside")


@pytest.fixture
def part(inside):
    """The initial state: an empty drawing, pen width 10, the first test image; all controls shown.

    The page is wide, so that the cells of the maps are large enough to measure.
    """
    before = inside.page.viewport_size
    inside.page.set_viewport_size({"width": 1440, "height": 1000})
    more = button(inside, "more controls")
    if more.get_attribute("aria-expanded") == "false":
        more.click()
    pick(inside, "image", "test image")
    while not_blank(inside):
        press(inside, "clear")
        Seen(inside, "draw here").must_show(PAPER)
    pick(inside, "image", "test image")
    yield inside
    inside.page.set_viewport_size(before)


def not_blank(part):
    return Seen(part, "draw here").picture.any()


def must_read(part, digit):
    """Wait until this digit is predicted for the drawing with a probability above one half."""
    verdict = part.get_by_text(f"your drawing: the network predicts {digit}, ")
    expect(verdict).to_be_visible()

    def sure():
        return float(re.search(r", probability ([\d.]+)%", verdict.inner_text())[1])

    def highest():  # the bars are updated after the prediction
        bars = part.locator("svg[aria-label^='probabilities']").get_attribute("aria-label")
        found = re.findall(r"(\d) ([\d.]+)%", bars)
        return max(found, key=lambda pair: float(pair[1]))[0]

    assert until(part.page, lambda: sure() > 50 and highest() == str(digit))


def drawn(paper):
    """The drawing, once its last stroke has arrived: the digit may be predicted earlier."""
    settled(paper.page, lambda: paper.picture.tobytes())
    return paper.picture


def middle(part):
    """The center of the white pixels in the network's input: row, column."""
    white = Seen(part, r"input\s28×28").picture[..., 0].astype(float)
    return [(np.arange(28) * white.sum(axis=axis)).sum() / white.sum() for axis in (1, 0)]


def test_a_drawn_digit_is_recognized_undone_and_cleared(part):
    paper = Seen(part, "draw here")
    paper.stroke(*ONE)
    must_read(part, 1)
    one = drawn(paper)
    assert (one[56, 56] == 255).all() and not one[:, :40].any()
    paper.stroke((20, 58), (24, 30))
    paper.stroke((60, 30), (60, 80))
    drawn(paper)
    press(part, "undo")
    press(part, "undo")
    paper.must_show(one)
    must_read(part, 1)
    press(part, "clear")
    paper.must_show(PAPER)
    paper.stroke(*SEVEN)
    must_read(part, 7)


DRAG = """(overlay, strokes) => {
    const box = overlay.getBoundingClientRect();
    const at = ([row, column]) => ({
        clientX: box.left + (column + 0.5) / 112 * box.width,
        clientY: box.top + (row + 0.5) / 112 * box.height,
        bubbles: true, pointerId: 1, buttons: 1,
    });
    for (const cells of strokes) {
        overlay.dispatchEvent(new PointerEvent("pointerdown", at(cells[0])));
        for (const cell of cells) overlay.dispatchEvent(new PointerEvent("pointermove", at(cell)));
    }
}"""


def test_a_quick_stroke_loses_no_cell_and_two_strokes_are_not_joined(part):
    """Five hundred pointer moves while Python is busy with the first one."""
    paper = Seen(part, "draw here")
    one = [[round(30 + 20 * np.sin(n / 9)), 10 + n // 4] for n in range(360)]
    two = [[90, 99 - n // 2] for n in range(140)]
    paper.overlay.scroll_into_view_if_needed()
    paper.overlay.evaluate(DRAG, [one, two])
    must = np.array(one + two)
    assert until(part.page, lambda: (paper.picture[must[:, 0], must[:, 1]] == 255).all())
    assert not drawn(paper)[60:80].any()
    press(part, "undo")
    assert until(part.page, lambda: not paper.picture[60:].any())
    must = np.array(one)
    assert (paper.picture[must[:, 0], must[:, 1]] == 255).all()


def test_a_finger_draws(part):
    Seen(part, "draw here").finger((20, 56), (40, 56), (60, 56), (92, 56))
    must_read(part, 1)


def test_keys_draw(part):
    paper = Seen(part, "draw here")
    paper.point(30, 55)
    paper.overlay.focus()
    with nothing_moves(part.page):
        for key in ("ArrowRight", "Enter", "Shift+ArrowDown", "Enter"):
            part.page.keyboard.press(key)
        assert until(part.page, lambda: (paper.picture[[30, 40], 56] == 255).all())
    assert not drawn(paper)[:, :48].any()


def test_a_drawing_off_center_is_centered_if_the_box_is_checked(part):
    paper = Seen(part, "draw here")
    paper.stroke((12, 12), (48, 12))
    expect(part.get_by_text("your drawing: the network predicts")).to_be_visible()
    centered = part.get_by_label("centered", exact=True)
    expect(centered).to_be_checked()
    assert until(part.page, lambda: np.allclose(middle(part), (14, 14), atol=1))
    set_ticks(part, centered=False)
    assert until(part.page, lambda: np.allclose(middle(part), (7, 2.6), atol=1)), middle(part)
    set_ticks(part, centered=True)
    assert until(part.page, lambda: np.allclose(middle(part), (14, 14), atol=1))


def test_pointing_at_a_cell_marks_its_receptive_field(part):
    type_into(box(part, "number"), "5")
    image, label = unseen_digit(5)
    seen = Seen(part, r"input\s28×28")
    seen.must_show(photo(image))
    expect(
        part.get_by_text(f"test image 5, labeled {label}: the network predicts {label}")
    ).to_be_visible()
    first, second = Seen(part, "0: Conv"), Seen(part, "3: Conv")
    first.point(13, 27 + 12)  # row 13, column 12 of map 1
    seen.must_mark(13, 12, 16, 15, SMALL)
    expect(part.get_by_text("Layer 0, Conv, map 1, row 13, column 12")).to_be_visible()
    Seen(part, "patch").must_have_numbers(image[13:16, 12:15])
    second.point(5 * 12 + 4, 5)  # row 4, column 5 of map 10, of 2 in a row
    seen.must_mark(8, 10, 16, 18, SMALL)
    words = "Its receptive field is rows 8 to 15, columns 10 to 17 of the image"
    expect(part.get_by_text(re.compile(f"map 10, row 4, column 5 = .* {words}"))).to_be_visible()


def test_a_click_pins_a_cell_and_arrow_keys_move_it(part):
    pooled = Seen(part, "2: MaxPool")
    pooled.point(3, 3)
    part.page.mouse.down()
    part.page.mouse.up()
    pooled.point(8, 8)
    expect(part.get_by_text("Layer 2, MaxPool, map 0, row 3, column 3")).to_be_visible()
    with nothing_moves(part.page):
        part.page.keyboard.press("ArrowRight")
        expect(part.get_by_text("map 0, row 3, column 4")).to_be_visible()
    Seen(part, r"input\s28×28").must_mark(6, 8, 10, 12, SMALL)
    part.page.keyboard.press("Enter")


@pytest.mark.parametrize(
    "why, title",
    [
        ("saliency", "gradient of the score of 7 with respect to each pixel"),
        ("class activation", "contribution of each position to the score of 7"),
        ("occlusion", "drop of the score of 7 while a 5×5 patch is covered"),
    ],
)
def test_an_attribution_map_is_laid_over_the_digit(part, why, title):
    Seen(part, "draw here").stroke(*SEVEN)
    must_read(part, 7)
    pick(part, "attribution", why)
    expect(part.get_by_text(title)).to_be_visible()
    digit = Seen(part, r"input\s28×28")
    assert until(part.page, lambda: np.ptp(digit.picture.astype(int), axis=2).max() > 60)
    assert digit.picture.mean(axis=2).max() > 90  # the strokes are still seen
    pick(part, "attribution", "none")
    assert until(part.page, lambda: not np.ptp(digit.picture.astype(int), axis=2).any())


SIZES = """(explorer) => {
    const views = [...explorer.querySelectorAll(".explorer-pipeline .image-view")];
    const shown = views.filter((view) => view.getBoundingClientRect().width);
    return shown.map((view) => [
        view.querySelector(".image-view-box").getBoundingClientRect().width, Number(view.dataset.columns),
    ]);
}"""


@pytest.mark.parametrize("width", [1440, 1280, 1024, 768])
def test_all_stages_have_cells_of_one_size(part, width):
    """So the maps are seen to shrink from 28 to 5; on a wide page all is seen at once."""
    part.page.set_viewport_size({"width": width, "height": 900})
    cells = settled(part.page, lambda: [w / columns for w, columns in part.evaluate(SIZES)])
    assert len(cells) == 5 and np.ptp(cells) < 0.02 * cells[0] and cells[0] > 1.9
    if width == 1440:
        press(part, "more controls")
        assert part.bounding_box()["height"] <= 800
        room = part.locator(".explorer-pipeline-room")
        assert room.evaluate("(room) => room.scrollWidth <= room.clientWidth")


ENDS = """(explorer) => {
    const origin = explorer.querySelector(".explorer-links").getBoundingClientRect();
    const cones = [...explorer.querySelectorAll(".explorer-links-cone")].map((cone) => [...cone.points].map(({ x, y }) => [x, y]));
    const boxes = [...explorer.querySelectorAll(".explorer-pipeline .image-view-box")].map((box) => {
        const { left, top, width, height } = box.getBoundingClientRect();
        return [left - origin.left, top - origin.top, width, height];
    });
    return [cones, boxes.filter(([, , width]) => width)];
}"""


def test_the_lines_end_at_the_marks(part):
    """From row 4, column 5 of map 3 of the last pooling back through every stage to the image."""
    pooled = Seen(part, "5: MaxPool")
    pooled.point(1 * 6 + 4, 1 * 6 + 2)  # row 4, column 2 of map 3, of 2 in a row
    expect(part.get_by_text("Layer 5, MaxPool, map 3, row 4, column 2 =")).to_be_visible()
    cones, boxes = settled(part.page, lambda: part.evaluate(ENDS))
    assert len(cones) == 4 and len(boxes) == 5
    fields = {0: (16, 8, 10, 10), 4: (10, 8, 1, 1)}  # of the image, and of the last sheet
    for place, corners, number in ((0, [0, 3], 0), (3, [1, 2], 4)):
        left, top, width, height = boxes[number]
        cell = width / (28, 0, 0, 0, 11)[number]
        row, column, rows, columns = fields[number]
        high = max(rows * cell, 9)
        middle = top + (row + rows / 2) * cell
        x = (
            left
            + (column + columns / 2) * cell
            + (1 if number == 0 else -1) * max(columns * cell, 9) / 2
        )
        for corner, y in zip(corners, (middle - high / 2, middle + high / 2)):
            assert np.allclose(cones[place][corner], (x, y), atol=1)
    for number, cone in enumerate(cones):
        for (x, y), (left, top, width, height) in zip(
            cone, [boxes[number], *[boxes[number + 1]] * 2, boxes[number]]
        ):
            assert left - 5 <= x <= left + width + 5 and top - 5 <= y <= top + height + 5


@pytest.mark.parametrize("kind, name", [("letter", "the letter B"), ("noise", "noise 1")])
def test_images_that_are_not_digits(part, kind, name):
    type_into(box(part, "number"), "1")
    pick(part, "image", kind)
    expect(part.get_by_text(re.compile(f"^{name}: the network predicts \\d, "))).to_be_visible()


def test_the_steps_of_a_drawing_are_shown_and_nothing_moves(part):
    """Each has its name; the last one is the input."""
    paper = Seen(part, "draw here")
    paper.point(40, 56)
    paper.overlay.focus()
    with nothing_moves(part.page):
        part.page.keyboard.press("Enter")
        expect(
            part.get_by_text("How your drawing became the input of the network:")
        ).to_be_visible()
    shown, digit = Seen(part, r"input\s28×28"), Seen(part, "6: digit")
    assert until(part.page, lambda: (digit.picture == shown.picture).all())
    for name in ("1: shrunk", "2: paper", "3: ink", "4: threshold", "5: strokes"):
        assert Seen(part, name).picture.shape[:2] == (112, 112)
