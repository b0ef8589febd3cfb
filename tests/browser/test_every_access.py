"""Every explorer with a keyboard alone, with a screen reader, in the dark and in forced colors."""

import re
from contextlib import nullcontext

import pytest

from browser.controls import unfold
from browser.every_explorer import EXPLORERS, START, nth
from browser.seen import ANSWERED, Seen, settled, until
from browser.test_lessons import theme, violations

RULES = {"rules": {"target-size": {"enabled": True}}}  # 24 pixels; not among axe's defaults
FOCUSED = "() => document.activeElement"
STOP = """(part) => {
    const style = getComputedStyle(part), box = part.getBoundingClientRect();
    return {
        kind: part.getAttribute("role") || part.type || part.tagName.toLowerCase(),
        ring: `${style.outlineStyle} ${style.outlineWidth}`,
        area: box.width * box.height,
        label: part.getAttribute("aria-label"),
        value: part.getAttribute("aria-valuetext") ?? part.value ?? "",
        on: part.checked ?? null,
    };
}"""
# the other weights of a grid, which work as the first
ALIKE = [f"{color}weight in row {row}, column {column}" for color in ("", "red ", "green ", "blue ")
         for row in range(3) for column in range(3) if row or column]  # fmt: skip
TABBABLE = "input, select, button, [tabindex='0']"
COUNT_ENABLED = """(parts) => parts.filter((part) => !part.disabled && part.tabIndex >= 0).length"""
COUNT = """(explorer) => {
    explorer.spoken = 0;
    // without the error line, which is spoken at once: a window of 7, then of 8, does not fit a 6×6 grid
    const region = ":is([role=status], [role=alert], [role=log], [aria-live]):not(.explorer-message *)";
    explorer.counter = new MutationObserver((changes) => {
        if (changes.some(({ target }) => (target.parentElement ?? target).closest(region) || target.closest?.(region))) {
            explorer.spoken += 1;
        }
    });
    explorer.counter.observe(explorer, { subtree: true, childList: true, characterData: true });
}"""
STOP_COUNTING = """(explorer) => {
    explorer.counter.disconnect();
    return explorer.spoken;
}"""
STEPS = {"spinbutton": ("ArrowUp", "ArrowDown"), "slider": ("ArrowRight", "ArrowLeft")}
EFFECTS = {  # a control that is moved by ArrowUp, and the picture or the part that changes
    "kernel": ("weight in row 2, column 2", "output"),
    "window": ("weight in row 1, column 0", "output"),
    "pooling": ("size", "max"),
    "pooling grid": ("size", "max"),
    "channels": ("red weight in row 2, column 2", "feature map"),
    "inside": ("number", "input"),
    "counter": ("filters", None),
}


@pytest.fixture(scope="module")
def notebook(run_notebook, desk):
    notebook = run_notebook("every_access", START.strip(), *EXPLORERS.values(), desk=desk)
    yield notebook
    notebook.close()


def findings(page):
    found = violations(page, **RULES)
    return [(each["id"], [node["html"][:160] for node in each["nodes"]]) for each in found]


@pytest.mark.parametrize("name", ["JupyterLab Light", "JupyterLab Dark", "forced colors"])
def test_axe_finds_nothing(page, name):
    """All rules of axe-core, best practices and the size of targets included."""
    unfold(page)
    forced = name == "forced colors"
    if forced:
        page.emulate_media(forced_colors="active")
    with nullcontext() if forced else theme(page, name):
        assert findings(page) == []
    page.emulate_media(forced_colors="none")


@pytest.mark.parametrize("name", EXPLORERS)
def test_the_tree_of_accessibility_names_everything(page, name):
    """Each control and picture has a role and a name, and no two of a role share a name."""
    tree = nth(page, name).aria_snapshot()
    found = re.findall(r"^\s*- (spinbutton|slider|combobox|checkbox|img|button)(.*)$", tree, re.M)
    assert found
    names = [(role, re.match(r' "(.+?)"', rest)) for role, rest in found]
    assert [role for role, name in names if name is None] == []
    pressed = [(role, name[1]) for role, name in names if role != "button"]
    assert sorted(set(pressed)) == sorted(pressed)


@pytest.mark.parametrize("name", EXPLORERS)
def test_every_control_by_keyboard(page, name):
    """Tab stops at each with a visible ring; its keys change it and change it back; Tab leaves."""
    explorer = nth(page, name)
    tabbable = explorer.locator(TABBABLE).filter(visible=True)
    tabbable.first.scroll_into_view_if_needed()
    tabbable.first.focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Shift+Tab")  # focused by a key, which shows the ring
    stops = 0
    while explorer.evaluate("(part) => part.contains(document.activeElement)"):
        must_work(page)
        stops += 1
        assert stops < 200, "Tab does not leave the explorer"
        page.keyboard.press("Tab")
    assert settled(page, lambda: tabbable.evaluate_all(COUNT_ENABLED)) == stops


def must_work(page):
    """Use the focused part by keys, there and back."""
    focused = page.evaluate_handle(FOCUSED).as_element()
    stop = focused.evaluate(STOP)
    assert stop["ring"] == "solid 2px", stop
    assert stop["area"] >= 100, stop
    if stop["kind"] in STEPS and stop["label"] not in ALIKE:
        there, back = STEPS[stop["kind"]]
        if stop["value"] in highest(focused):
            there, back = back, there
        page.keyboard.press(there)
        assert until(page, lambda: focused.evaluate(STOP)["value"] != stop["value"]), stop
        page.keyboard.press(back)
        assert until(page, lambda: focused.evaluate(STOP)["value"] == stop["value"]), stop
    elif stop["kind"] == "checkbox":
        for now in (not stop["on"], stop["on"]):
            page.keyboard.press("Space")
            assert focused.evaluate(STOP)["on"] == now
    page.evaluate(ANSWERED)  # what it enables is disabled again


def highest(focused):
    """The text of the largest value, at which ArrowUp does nothing."""
    return [focused.get_attribute("aria-valuemax")]


@pytest.mark.parametrize("name", EFFECTS)
def test_a_key_changes_the_result(page, name):
    label, title = EFFECTS[name]
    explorer = nth(page, name)
    control = explorer.get_by_label(label, exact=True)
    control.scroll_into_view_if_needed()

    def result():
        if title is None:
            return explorer.locator("table").inner_text()
        return Seen(explorer, title).figure.locator("canvas").first.evaluate("c => c.toDataURL()")

    before = settled(page, result)
    control.focus()
    page.keyboard.press("ArrowUp")
    assert until(page, lambda: result() != before)
    page.keyboard.press("ArrowDown")
    assert until(page, lambda: result() == before)


@pytest.mark.parametrize("kind", STEPS)
def test_one_announcement_for_fifteen_keys(page, kind):
    """In every explorer, on the first number, and on the first picture with a cursor."""
    page.wait_for_timeout(700)  # what was spoken before
    there, _ = STEPS[kind]
    counted = []
    for name in EXPLORERS:
        explorer = nth(page, name)
        part = explorer.locator(f"[role={kind}]:not([disabled])").filter(visible=True)
        if part.count():
            part.first.focus()
            explorer.evaluate(COUNT)
            for _ in range(15):
                page.keyboard.press(there)
                page.wait_for_timeout(25)
            counted.append(name)
    page.wait_for_timeout(1500)
    spoken = {name: nth(page, name).evaluate(STOP_COUNTING) for name in counted}
    assert max(spoken.values()) <= 1, spoken
    assert spoken["kernel"] == (kind == "spinbutton")  # where the cursor is, its picture says


def test_the_result_is_spoken(page):
    """Half a second after the last change, and not before."""
    explorer = nth(page, "kernel")
    explorer.scroll_into_view_if_needed()  # JupyterLab leaves out what is far from view
    spoken = explorer.locator("[role=status]").last
    page.wait_for_timeout(1500)  # what was changed before is spoken
    before = spoken.text_content()
    explorer.locator("[role=spinbutton]").first.focus()
    page.keyboard.press("ArrowUp")
    page.wait_for_timeout(200)
    assert spoken.text_content() == before
    assert until(page, lambda: spoken.text_content() != before)
    assert "output" in spoken.text_content()


def test_a_picture_says_where_its_cursor_is_and_escape_releases_it(page):
    picture = Seen(nth(page, "kernel"), "output").overlay
    before = picture.get_attribute("aria-valuetext")
    picture.focus()
    page.keyboard.press("ArrowRight")
    assert until(page, lambda: picture.get_attribute("aria-valuetext") != before)
    text = picture.get_attribute("aria-valuetext")
    assert re.match(r"row \d+, column \d+: red -?[\d.]+, green -?[\d.]+, blue -?[\d.]+$", text), (
        text
    )
    box = picture.bounding_box()
    page.mouse.move(box["x"] + 20, box["y"] + 20)  # the pixel moved by keys is pinned
    page.wait_for_timeout(300)
    assert picture.get_attribute("aria-valuetext") == text
    page.keyboard.press("Escape")
    page.mouse.move(box["x"] + 30, box["y"] + 30)
    assert until(page, lambda: picture.get_attribute("aria-valuetext") != text)
