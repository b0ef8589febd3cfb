"""The controls of an explorer on a page, found as a screen reader would find them.

A `page` may be a part of one too, where it holds several explorers.
"""

from contextlib import contextmanager
from io import BytesIO

from PIL import Image

LIE = """() => {
    const cells = [...document.querySelectorAll(".jp-Notebook .jp-Cell")];
    const active = cells.findIndex((cell) => cell.classList.contains("jp-mod-active"));
    const scrolled = [...document.querySelectorAll("*")].map((part) => part.scrollTop);
    return [cells.length, active, scrolled.filter((top) => top > 0)];
}"""


def dropdown(page, label):
    return page.get_by_label(label, exact=True)


def pick(page, label, option):
    dropdown(page, label).select_option(label=option)


def box(page, name="weight in row 1, column 1"):
    """Where a number is typed."""
    return page.get_by_label(name, exact=True)


def slider(page, name="weight in row 1, column 1"):
    """Where the same number is dragged."""
    return page.get_by_label(f"{name}, slider", exact=True)


def type_into(field, text):
    field.fill(text)
    field.press("Enter")


def set_numbers(part, numbers):
    """Type these numbers, by name, where something else stands."""
    for name, number in numbers.items():
        if box(part, name).input_value() != str(number):
            type_into(box(part, name), str(number))


def set_ticks(part, **on):
    """Tick or untick boxes; `_` stands for a space."""
    for label, value in on.items():
        part.get_by_label(label.replace("_", " "), exact=True).set_checked(value)


def drag(slider, start, end):
    """Drag with the mouse; `start` and `end` are shares of the slider's width."""
    slider.scroll_into_view_if_needed()
    place, mouse = slider.bounding_box(), slider.page.mouse
    y = place["y"] + place["height"] / 2
    mouse.move(place["x"] + start * place["width"], y)
    mouse.down()
    mouse.move(place["x"] + end * place["width"], y, steps=10)
    mouse.up()


def tap(slider, share):
    """Touch a slider at a share of its width."""
    slider.scroll_into_view_if_needed()
    place = slider.bounding_box()
    x, y = place["x"] + share * place["width"], place["y"] + place["height"] / 2
    slider.page.touchscreen.tap(x, y)


def button(part, name):
    return part.get_by_role("button", name=name, exact=True)


def press(part, name):
    button(part, name).click()


def run_cell(page, number):
    """Run one cell of the notebook, and do not wait for it."""
    page.locator(".jp-Notebook .jp-CodeCell .jp-InputPrompt").nth(number).click()
    page.locator("[data-command='notebook:run-cell-and-select-next']").first.click()


def upload(page, name, content):
    with getattr(page, "page", page).expect_file_chooser() as chooser:
        page.get_by_role("button", name="your picture").click()
    chooser.value.set_files({"name": name, "mimeType": "image/png", "buffer": content})


def encoded(pixels, kind):
    """The bytes of a picture file."""
    file = BytesIO()
    Image.fromarray(pixels).save(file, kind)
    return file.getvalue()


def png(pixels):
    return encoded(pixels, "PNG")


def problem(page):
    """The line that says what is wrong."""
    return page.locator(".explorer-problem")


@contextmanager
def nothing_moves(page):
    """Keys pressed inside must not scroll, add, remove or leave a cell."""
    before = page.evaluate(LIE)
    yield
    page.wait_for_timeout(100)  # by now a command of Jupyter's would have come about
    assert page.evaluate(LIE) == before
