"""The controls of an explorer on a page, found as a screen reader would find them.

`page` may also be a part of a page that holds several explorers.
"""

from contextlib import contextmanager

from browser.seen import box_in_view

LIE = """() => {
    const cells = [...document.querySelectorAll(".jp-Notebook .jp-Cell")];
    const active = cells.findIndex((cell) => cell.classList.contains("jp-mod-active"));
    const scrolled = [...document.querySelectorAll("*")].map((part) => part.scrollTop);
    return [cells.length, active, scrolled.filter((top) => top > 0)];
}"""

UNFOLD = """(buttons) => {
    const closed = (each) => each.ariaExpanded === "false" && each.checkVisibility();
    while (buttons.some(closed)) buttons.find(closed).click();
}"""


def dropdown(page, label):
    return page.get_by_label(label, exact=True)


def pick(page, label, option):
    dropdown(page, label).select_option(label=option)


def box(page, name="weight in row 1, column 1"):
    """The cell of a number: to type in, to drag, to step."""
    return page.get_by_label(name, exact=True)


def type_into(field, text):
    field.fill(text)
    field.press("Enter")


def unfold(part):
    """Open all that is folded and not in a fold itself, in one explorer or in a page of them."""
    part.locator(".explorer-more").evaluate_all(UNFOLD)


def set_numbers(part, numbers):
    """Type these numbers, by name, into the boxes that hold another number."""
    for name, number in numbers.items():
        if box(part, name).input_value() != str(number):
            type_into(box(part, name), str(number))


def set_ticks(part, **on):
    """Check or uncheck boxes; `_` stands for a space."""
    for label, value in on.items():
        part.get_by_label(label.replace("_", " "), exact=True).set_checked(value)


def grip(field):
    """The middle of a number's cell, x and y, once it is in view."""
    place = box_in_view(field)
    return place["x"] + place["width"] / 2, place["y"] + place["height"] / 2


@contextmanager
def held(field, *pixels):
    """Press the mouse in the middle of a number's cell, and drag it right by these pixels, one after another."""
    (x, y), mouse = grip(field), field.page.mouse
    mouse.move(x, y)
    mouse.down()
    for way in pixels:
        mouse.move(x + way, y, steps=10)
    yield
    mouse.up()


def drag(field, *pixels):
    """Drag a number with the mouse by these pixels to the right of its middle, one after another."""
    with held(field, *pixels):
        pass


def swipe(field, right, down=0):
    """Drag a number with a finger by so many pixels."""
    x, y = grip(field)
    session = field.page.context.new_cdp_session(field.page)

    def touch(kind, *places):
        points = [{"x": left, "y": top} for left, top in places]
        session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    touch("touchStart", (x, y))
    for step in range(1, 11):
        touch("touchMove", (x + right * step / 10, y + down * step / 10))
    touch("touchEnd")
    session.detach()


def tap(field):
    """Touch a number's cell."""
    field.page.touchscreen.tap(*grip(field))


def number_in(field):
    """The number that a cell shows."""
    return float(field.input_value())


def button(part, name):
    return part.get_by_role("button", name=name, exact=True)


def press(part, name):
    button(part, name).click()


def run_cell(page, number):
    """Run one cell of the notebook without waiting for it."""
    page.locator(".jp-Notebook .jp-CodeCell .jp-InputPrompt").nth(number).click()
    page.locator("[data-command='notebook:run-cell-and-select-next']").first.click()


def upload(page, name, content):
    with getattr(page, "page", page).expect_file_chooser() as chooser:
        page.get_by_role("button", name="your picture").click()
    chooser.value.set_files({"name": name, "mimeType": "image/png", "buffer": content})


def problem(page):
    """The error message of the explorer."""
    return page.locator(".explorer-problem")


@contextmanager
def saves(page):
    """Assert that keys pressed in the block save the notebook."""
    with page.expect_response(
        lambda response: response.request.method == "PUT" and "/api/contents/" in response.url
    ):
        yield


@contextmanager
def nothing_moves(page):
    """Assert that keys pressed in the block do not scroll, nor add, remove or leave a cell."""
    before = page.evaluate(LIE)
    yield
    page.wait_for_timeout(100)  # long enough for a Jupyter command to take effect
    assert page.evaluate(LIE) == before
