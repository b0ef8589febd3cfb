"""Nothing on the page moves when a control is used, unless a picture truly changes its size."""

from functools import partial

import pytest

from browser.controls import unfold
from browser.every_explorer import EXPLORERS, LIGHT, START
from browser.seen import ANSWERED

TOPS = """(explorers) => explorers.flatMap((explorer) => {
    const top = explorer.getBoundingClientRect().top;
    const parts = [...explorer.querySelectorAll(".explorer-part")].map((part) => {
        const box = part.getBoundingClientRect();
        const seen = box.height && getComputedStyle(part).visibility !== "hidden";
        return seen ? box.top - top : null;
    });
    return [...parts, explorer.getBoundingClientRect().height];
})"""
# the shifts of anything in an explorer; those right after an input are reported as well
WATCH = """() => {
    window.shifts = [];
    const name = ({ node }) => node.className || node.parentElement?.className || node.nodeName;
    const inside = ({ node }) => (node?.closest ? node : node?.parentElement)?.closest(".explorer");
    new PerformanceObserver((list) => {
        for (const { value, sources } of list.getEntries()) {
            const parts = sources.filter(inside).map(name);
            if (parts.length) window.shifts.push([value, parts.join(", ")]);
        }
    }).observe({ type: "layout-shift" });
}"""
TAKE = "() => window.shifts.splice(0)"
TWICE = """
from IPython.display import display
from ipywidgets import Box, Layout

def show(explorer):
    display(explorer, Box([explorer], layout=Layout(width="336px")))
"""
# these change the size or the number of the pictures
OTHER_PICTURES = (
    "image",
    "longer side",
    "true size",
    "frames",
    "show filters 2",
    "filters 1",
    "filters 2",
    "convolution",
    "ReLU",
)
# a list of layers gets longer or shorter
OTHER_HEIGHT = "[title^='Add a'], [title^='Remove layer']"


@pytest.fixture(scope="module")
def notebook(run_notebook, desk):
    cells = [f"show({code})" for code in EXPLORERS.values()]
    notebook = run_notebook("steady", START.strip() + TWICE, *cells, desk=desk)
    unfold(notebook.page)
    notebook.page.evaluate(WATCH)
    yield notebook
    notebook.close()


@pytest.mark.parametrize("name", EXPLORERS)
def test_nothing_moves(notebook, page, name):
    """Each dropdown, checkbox, toggle, number and button, one after the other; an error line, too."""
    page.set_viewport_size({"width": 1440, "height": 900})
    page.mouse.move(2, 2)
    cell = page.locator(f"{LIGHT}.jp-CodeCell").nth(1 + [*EXPLORERS].index(name))
    wide, narrow = (cell.locator(".explorer").nth(k) for k in range(2))
    for explorer in narrow, wide:
        explorer.scroll_into_view_if_needed()
    assert narrow.bounding_box()["width"] < 400 < 900 < wide.bounding_box()["width"]

    def tops():
        page.evaluate(ANSWERED)
        return cell.locator(".explorer").evaluate_all(TOPS)

    before = tops()
    page.evaluate(TAKE)
    for label, move in moves(wide):
        move()
        must_stay(before, tops(), label)
        must_not_shift(page, label)
    page.wait_for_timeout(400)
    must_stay(before, tops(), "a late reply")
    must_not_shift(page, "a late reply")


def must_not_shift(page, label):
    """The layout shift that the browser has measured since the last call is 0.00."""
    shifts = page.evaluate(TAKE)
    assert round(sum(value for value, _ in shifts), 2) == 0, (label, shifts)


def must_stay(before, after, label):
    moved = [
        (number, old, new)
        for number, (old, new) in enumerate(zip(before, after, strict=True))
        if None not in (old, new) and abs(old - new) > 1
    ]
    assert not moved, (label, moved)


def moves(explorer):
    """Yield the label and a function that uses it, for each control that can be used at the time."""
    for select in usable(explorer, "select"):
        label = select.evaluate("(list) => list.labels[0].textContent")
        if label not in OTHER_PICTURES:
            for k in {0, select.locator("option").count() - 1}:
                yield f"{label}, option {k}", partial(select.select_option, index=k)
    for box in usable(explorer, "input[type=checkbox]"):
        label = box.evaluate("(box) => box.labels[0].textContent")
        if label not in OTHER_PICTURES:
            yield label, box.click
            yield label, box.click
    for text in usable(explorer, ".numbers-text"):
        label = text.get_attribute("aria-label")
        limits = [text.get_attribute(f"aria-value{end}") for end in ("min", "max")]
        if label in OTHER_PICTURES:
            continue
        if " in row" not in label or "row 1, column 1" in label:
            for entry in (*limits, "abc"):
                yield f"{label} {entry}", partial(enter, text, entry)
    for button in usable(
        explorer, f"button:not(.explorer-more, {OTHER_HEIGHT}, [title*='file'], [title*='camera'])"
    ):
        yield button.inner_text(), button.click


def usable(explorer, selector):
    for found in explorer.locator(selector).all():
        if found.is_visible() and found.is_enabled():
            yield found


def enter(field, text):
    field.fill(text)
    field.press("Enter")
