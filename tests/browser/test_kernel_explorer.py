"""KernelExplorer in JupyterLab and in Notebook 7: every control, by mouse and by keyboard."""

import re
from contextlib import contextmanager
from io import BytesIO

import numpy as np
import pytest
from browser.expected import IDENTITY, SHARPEN, SOBEL, answer, photo, products, sample
from browser.seen import Seen, until
from PIL import Image
from playwright.sync_api import expect

CAT = sample("cat")
OWN = np.random.default_rng(0).integers(0, 256, (24, 40, 3), dtype=np.uint8)
START = "from helpers.explorers import KernelExplorer\nKernelExplorer('cat')"


@pytest.fixture(scope="module", params=["lab", "notebooks"])
def notebook(request, run_notebook, context):
    notebook = run_notebook(context, f"kernel_{request.param}", START, "1 + 1", app=request.param)
    yield notebook
    notebook.page.close()


def seen_answer(page):
    return Seen(page, "answer")


def pick(page, label, option):
    page.get_by_label(label, exact=True).select_option(label=option)


def box(page, name="weight in row 1, column 1"):
    return page.get_by_label(name, exact=True)


def slider(page, name="weight in row 1, column 1"):
    return page.get_by_label(f"{name}, slider", exact=True)


def type_into(field, text):
    field.fill(text)
    field.press("Enter")


def centre_at(weight):
    return [[0, 0, 0], [0, weight, 0], [0, 0, 0]]


def upload(page, name, content):
    with page.expect_file_chooser() as chooser:
        page.get_by_role("button", name="your picture").click()
    file = {"name": name, "mimeType": "image/png", "buffer": content}
    chooser.value.set_files(file)


def png(pixels):
    file = BytesIO()
    Image.fromarray(pixels).save(file, "PNG")
    return file.getvalue()


def lie_of(page):
    """The cells, which of them is active, and how far the notebook is scrolled."""
    return page.evaluate("""() => {
        const cells = [...document.querySelectorAll(".jp-Notebook .jp-Cell")];
        const scrolled = [...document.querySelectorAll("*")].map((part) => part.scrollTop);
        const active = cells.findIndex((cell) => cell.classList.contains("jp-mod-active"));
        return [cells.length, active, scrolled.filter((top) => top > 0)];
    }""")


@contextmanager
def nothing_moves(page):
    """Keys pressed inside must not scroll, add, remove or leave a cell."""
    before = lie_of(page)
    yield
    page.wait_for_timeout(100)  # a command of Jupyter's would come about by now
    assert lie_of(page) == before


def problem(page):
    return page.locator(".explorer-problem")


def test_image_and_answer_are_those_of_the_named_kernel(page):
    Seen(page, "image").must_show(photo(CAT))
    seen_answer(page).must_show(photo(answer(CAT, SHARPEN)))


@pytest.mark.parametrize(
    "name, weights",
    [
        ("emboss", [[-2, -1, 0], [-1, 1, 1], [0, 1, 2]]),
        ("box blur", np.full((3, 3), 1 / 9)),
        ("identity", IDENTITY),
    ],
)
def test_a_preset_sets_all_weights(page, name, weights):
    pick(page, "kernel", name)
    seen_answer(page).must_show(photo(answer(CAT, weights)))


def test_a_slider_dragged_by_the_mouse_moves_the_picture(page):
    pick(page, "kernel", "identity")
    place = slider(page).bounding_box()
    x, y = place["x"] + place["width"] * 0.55, place["y"] + place["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x - place["width"] / 4, y, steps=10)
    page.mouse.up()
    weight = float(slider(page).input_value())
    assert -7 < weight < -2
    expect(box(page)).to_have_value(f"{weight:g}")
    seen_answer(page).must_show(photo(answer(CAT, centre_at(weight))))


def test_arrow_keys_move_a_slider_and_nothing_else(page):
    pick(page, "kernel", "identity")
    expect(slider(page)).to_have_value("1")
    slider(page).focus()
    with nothing_moves(page):
        for key in ("ArrowRight", "ArrowUp", "ArrowRight", "ArrowLeft", "d", "d"):
            page.keyboard.press(key)
        seen_answer(page).must_show(photo(answer(CAT, centre_at(1.2))))
        expect(box(page)).to_have_value("1.2")


@pytest.mark.parametrize("text, weight", [("2", 2), ("1/9", 1 / 9), ("-1,5", -1.5), ("−0.25", -0.25)])
def test_a_typed_number_becomes_the_weight(page, text, weight):
    pick(page, "kernel", "identity")
    type_into(box(page), text)
    seen_answer(page).must_show(photo(answer(CAT, centre_at(weight))))
    expect(problem(page)).to_have_count(0)


def test_keys_in_a_number_box_are_no_commands_to_jupyter(page):
    box(page).click()
    with nothing_moves(page):
        for key in ("d", "d", "x", "a", "b", "ArrowDown", "ArrowUp", "ArrowLeft", "0", "0"):
            page.keyboard.press(key)
    type_into(box(page), "1")


def test_rubbish_in_a_number_box_is_named_and_changes_nothing(page):
    pick(page, "kernel", "identity")
    seen_answer(page).must_show(photo(answer(CAT, IDENTITY)))
    for text in ("two", "11", "1/0", ""):
        type_into(box(page), text)
        wrong = f"weight in row 1, column 1 must be a number from -10 to 10; got '{text}'"
        expect(problem(page)).to_have_text(wrong)
    seen_answer(page).must_show(photo(answer(CAT, IDENTITY)))
    type_into(box(page), "3")
    expect(problem(page)).to_have_count(0)
    seen_answer(page).must_show(photo(answer(CAT, centre_at(3))))


def test_arrow_keys_choose_in_a_dropdown(page):
    pick(page, "kernel", "identity")
    page.get_by_label("kernel", exact=True).focus()
    with nothing_moves(page):
        page.keyboard.press("ArrowDown")
        seen_answer(page).must_show(photo(answer(CAT, np.full((3, 3), 1 / 9))))


def test_letters_choose_in_a_dropdown_and_are_no_commands_to_jupyter(page):
    choice = page.get_by_label("kernel", exact=True)
    choice.focus()
    with nothing_moves(page):
        page.keyboard.press("d")
        page.keyboard.press("d")
    assert choice.evaluate("(list) => list.selectedOptions[0].text").startswith("diagonal")


def test_a_pointed_pixel_is_explained_by_its_nine_products(page):
    pick(page, "kernel", "sobel vertical")
    seen_answer(page).must_show(photo(answer(CAT, SOBEL)))
    cell = seen_answer(page).point(120, 300)
    must_explain(page, cell, channel=0)
    for channel, name in enumerate(["red", "green", "blue"]):
        page.get_by_role("button", name=name, exact=True).click()
        must_explain(page, cell, channel)
    page.get_by_role("button", name="red", exact=True).click()


def must_explain(page, cell, channel=0):
    """The numbers on the page are those of this pixel, and its window is marked in the image."""
    patch, terms = products(CAT[..., channel], SOBEL, *cell)
    Seen(page, "patch").must_say(patch)
    Seen(page, "kernel").must_say(SOBEL)
    Seen(page, "products").must_say(terms)
    line = page.locator(".explorer-text", has_text=re.compile(r" = -?[\d.]+"))
    assert float(line.inner_text().rpartition("= ")[2]) == pytest.approx(terms.sum(), abs=0.0051)
    top, left, bottom, right = Seen(page, "image").marked
    middle = (top + bottom) / 2, (left + right) / 2
    assert middle == pytest.approx((cell[0] + 1.5, cell[1] + 1.5), abs=1.5)


def test_arrow_keys_move_the_pointed_pixel_and_nothing_else(page):
    pick(page, "kernel", "sobel vertical")
    screen = seen_answer(page)
    row, column = screen.point(50, 60)
    screen.overlay.focus()
    with nothing_moves(page):
        for key in ("ArrowRight", "ArrowDown", "ArrowDown", "Shift+ArrowRight", "ArrowLeft"):
            page.keyboard.press(key)
        must_explain(page, (row + 2, column + 10))
        page.keyboard.press("d")
        page.keyboard.press("d")
    page.keyboard.press("Enter")  # let it go


def test_a_click_holds_the_pixel_until_the_next(page):
    pick(page, "kernel", "sobel vertical")
    screen = seen_answer(page)
    x, y, held = screen.place_of(200, 100)
    page.mouse.click(x, y)
    screen.point(40, 400)
    must_explain(page, held)
    page.mouse.click(x, y)
    must_explain(page, screen.point(40, 400))


def test_an_uploaded_picture_is_shown_and_a_broken_file_changes_nothing(page):
    pick(page, "kernel", "sharpen")
    upload(page, "mine.png", png(OWN))
    Seen(page, "image").must_show(OWN)
    seen_answer(page).must_show(photo(answer(OWN / 255, SHARPEN)))
    upload(page, "notes.png", b"no picture at all")
    expect(problem(page)).to_contain_text("notes.png: ")
    assert "\n" not in problem(page).inner_text()
    Seen(page, "image").must_show(OWN)
    pick(page, "image", "cat")
    expect(problem(page)).to_have_count(0)
    Seen(page, "image").must_show(photo(CAT))


def test_the_same_file_can_be_uploaded_again(page):
    for _ in range(2):
        pick(page, "image", "cat")
        Seen(page, "image").must_show(photo(CAT))
        upload(page, "again.png", png(OWN[:, :16]))
        Seen(page, "image").must_show(OWN[:, :16])
    pick(page, "image", "cat")
    assert until(page, lambda: Seen(page, "image").picture.shape == CAT.shape)
