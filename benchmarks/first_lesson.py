"""Lesson 00 in a page that is open already: its first cell is run, and one of its weights moved."""

from browser.jupyter import IDLE

PATIENCE = 300_000  # milliseconds until the lesson is live
ERROR = "[data-mime-type$=error], [data-mime-type$=stderr]"  # of a cell, or of what it shows
BEGUN = f"""() => document.querySelector(".jp-CodeCell .jp-InputArea-prompt")?.textContent.includes("*")
    || document.querySelector(".explorer, {ERROR}") !== null"""
PRESSES, WARM_UP = 30, 3
# the milliseconds from a key to the first frame in which the output's middle row differs
WATCH = """() => {
    const canvas = document.querySelectorAll(".explorer .image-view-pixels")[1];
    const row = () => canvas.getContext("2d")
        .getImageData(0, canvas.height >> 1, canvas.width, 1).data.join();
    document.addEventListener("keydown", () => {
        const [began, before] = [performance.now(), row()];
        window.took = null;
        const look = () => {
            if (row() === before) requestAnimationFrame(look);
            else window.took = performance.now() - began;
        };
        requestAnimationFrame(look);
    }, true);
}"""


def run_first_cell(page):
    """Run the first code cell of the lesson; return when its explorer has drawn."""
    page.wait_for_selector(IDLE, timeout=PATIENCE)
    page.wait_for_selector("#jupyterlab-splash", state="detached")  # it would catch the click
    while not page.evaluate(BEGUN):  # a kernel that starts takes the focus, and the key is lost
        page.locator(".jp-CodeCell .cm-content").first.click()
        page.keyboard.press("Control+Enter")
        page.wait_for_timeout(2000)
    page.locator(f".explorer .image-view-pixels, {ERROR}").first.wait_for(timeout=PATIENCE)
    for text in page.locator(ERROR).all_inner_texts():
        raise SystemExit(f"lesson 00 does not run:\n{text}")


def move_a_weight(page, presses=PRESSES):
    """Press arrow keys on a weight; return the milliseconds until the output changed."""
    page.evaluate(WATCH)
    page.locator("[role=spinbutton][aria-label='weight in row 1, column 1']").first.focus()
    times = []
    for press in range(WARM_UP + presses):
        page.keyboard.press("ArrowUp" if press % 2 else "ArrowDown")
        page.wait_for_function("() => window.took !== null", timeout=PATIENCE)
        times.append(page.evaluate("window.took"))
        page.wait_for_timeout(60)
    return times[WARM_UP:]
