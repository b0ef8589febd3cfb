"""What an explorer's cell shows: live, loaded again, restarted, and opened without its kernel."""

import json
import urllib.request

import pytest
from playwright.sync_api import expect

from browser.jupyter import TOKEN, NotebookPage

CELLS = "from helpers.explorers import KernelExplorer", "KernelExplorer('coins')", "1 + 1"
NOT_FOUND = "Error displaying widget"
RESTARTED = ".explorer-lost"


@pytest.fixture(params=["lab", "notebooks"])
def lesson(request, run_notebook):
    """A notebook that was run, and live."""
    notebook = run_notebook(f"saved_{request.param}", *CELLS, app=request.param)
    notebook.app = request.param
    must_be_live(notebook.page)
    yield notebook
    notebook.page.close()
    shut_down(notebook)


def still(page):
    return page.locator(".jp-RenderedImage img")


def note(page):
    return page.locator(".explorer-still")


def must_be_live(page):
    """The explorer is drawn, and nothing of its still is seen."""
    expect(page.locator(".explorer-drawn").first).to_be_visible()
    expect(still(page)).to_be_hidden()
    expect(note(page)).to_be_hidden()


def must_be_still(page):
    """The picture and what is said of it are seen, and nothing of a widget."""
    expect(still(page)).to_be_visible()
    expect(note(page)).to_contain_text("KernelExplorer: coins under sharpen")
    expect(page.get_by_text(NOT_FOUND)).to_be_hidden()
    expect(page.locator(".explorer")).to_have_count(0)


def save(page):
    page.keyboard.press("Control+s")
    page.wait_for_selector(".jp-NotebookPanel:not(.jp-mod-dirty)")
    page.wait_for_timeout(500)


def shut_down(notebook):
    """Shut all kernels of this notebook down, as a night does."""
    with urllib.request.urlopen(f"{notebook.address}/api/sessions?token={TOKEN}") as answer:
        sessions = json.load(answer)
    for session in sessions:
        if session["path"] == notebook.path:
            url = f"{notebook.address}/api/sessions/{session['id']}?token={TOKEN}"
            urllib.request.urlopen(urllib.request.Request(url, method="DELETE")).close()


def reopened(context, notebook, path=None):
    """The saved notebook, or a copy of it, opened another day."""
    save(notebook.page)
    shut_down(notebook)
    again = NotebookPage(context, notebook.address, path or notebook.path, notebook.app)
    if path is None:  # "model not found" comes after two seconds
        again.page.get_by_text(NOT_FOUND).wait_for(state="attached")
    return again


def test_a_live_explorer_hides_its_still_after_a_reload_as_well(lesson):
    save(lesson.page)
    lesson.page.reload()
    lesson.wait_open()
    must_be_live(lesson.page)
    expect(lesson.page.locator(RESTARTED)).to_have_count(0)


def test_a_restarted_kernel_is_told_above_the_last_picture(lesson):
    lesson.page.get_by_role("menuitem", name="Kernel", exact=True).first.click()
    lesson.page.get_by_role("menuitem", name="Restart Kernel…").first.click()
    lesson.page.locator(".jp-Dialog-button.jp-mod-accept").last.click()
    explorer = lesson.page.locator(RESTARTED)
    expect(explorer).to_be_visible()
    told = explorer.evaluate("(el) => getComputedStyle(el, '::before').content")
    assert "Run the cell again" in told
    must_be_live(lesson.page)
    lesson.run_all()
    expect(explorer).to_have_count(0)
    must_be_live(lesson.page)


def test_a_saved_lesson_shows_the_picture_when_its_kernel_is_gone(lesson, context):
    again = reopened(context, lesson)
    must_be_still(again.page)
    assert "trusted" in again.page.locator(".jp-RenderedImage").get_attribute("class")
    again.run_all()
    must_be_live(again.page)
    again.page.close()


def test_a_lesson_from_elsewhere_shows_the_picture_too(lesson, context, folder):
    """It is not trusted, so JupyterLab drops the style of the note, and the widget."""
    save(lesson.page)
    saved = json.loads((folder / lesson.path).read_text())
    outputs = saved["cells"][1]["outputs"]
    assert list(outputs[0]["data"]) == ["image/png", "text/plain"]
    assert outputs[0]["metadata"]["image/png"]["alt"].startswith("KernelExplorer: coins")
    saved["cells"][1]["source"] = "# from another machine\n" + CELLS[1]
    copy = f"copied_{lesson.app}.ipynb"
    (folder / copy).write_text(json.dumps(saved))
    again = reopened(context, lesson, copy)
    again.page.wait_for_timeout(2500)  # when a widget would say that its model is not found
    must_be_still(again.page)
    assert "trusted" not in again.page.locator(".jp-RenderedImage").get_attribute("class")
    again.page.close()
