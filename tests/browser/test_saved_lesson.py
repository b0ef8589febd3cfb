"""The output of an explorer's cell: live, after a reload, after a restart, and without a kernel."""

import json

import pytest
from playwright.sync_api import expect

from browser.jupyter import NotebookPage, shut_down

CELLS = "from helpers.explorers import KernelExplorer", "KernelExplorer('coins')", "1 + 1"
NOT_FOUND = "Error displaying widget"
RESTARTED = ".explorer-lost"


@pytest.fixture(scope="module", params=["lab", "notebooks"])
def lesson(request, run_notebook):
    """A notebook that has been run, with a live explorer; the tests close and open it in their order."""
    notebook = run_notebook(f"saved_{request.param}", *CELLS, app=request.param)
    notebook.app = request.param
    must_be_live(notebook.page)
    yield notebook
    notebook.page.close()
    shut_down(notebook.address, notebook.path)


def still(page):
    return page.locator(".jp-RenderedImage img")


def note(page):
    return page.locator(".explorer-still")


def must_be_live(page):
    """Wait until the explorer is drawn and its static picture is hidden."""
    expect(page.locator(".explorer-drawn").first).to_be_visible()
    expect(still(page)).to_be_hidden()
    expect(note(page)).to_be_hidden()


def must_be_still(page):
    """Wait until the static picture and its note are visible, without a widget."""
    expect(still(page)).to_be_visible()
    expect(note(page)).to_contain_text("KernelExplorer: coins under sharpen")
    expect(page.get_by_text(NOT_FOUND)).to_be_hidden()
    expect(page.locator(".explorer")).to_have_count(0)


def save(page):
    page.keyboard.press("Control+s")
    page.wait_for_selector(".jp-NotebookPanel:not(.jp-mod-dirty)")
    page.wait_for_timeout(500)


def reopened(context, notebook, path=None):
    """The saved notebook, or a copy of it, opened later."""
    save(notebook.page)
    shut_down(notebook.address, notebook.path)
    again = NotebookPage(context, notebook.address, path or notebook.path, notebook.app)
    if path is None:  # "model not found" appears after two seconds
        again.page.get_by_text(NOT_FOUND).wait_for(state="attached")
    return again


def test_a_live_explorer_hides_its_static_picture_after_a_reload_too(lesson):
    save(lesson.page)
    lesson.page.reload()
    lesson.wait_open()
    must_be_live(lesson.page)
    expect(lesson.page.locator(RESTARTED)).to_have_count(0)


def test_a_note_above_the_last_picture_says_that_the_kernel_was_restarted(lesson):
    lesson.page.get_by_role("menuitem", name="Kernel", exact=True).first.click()
    lesson.page.get_by_role("menuitem", name="Restart Kernel…").first.click()
    lesson.page.locator(".jp-Dialog-button.jp-mod-accept").last.click()
    explorer = lesson.page.locator(RESTARTED)
    expect(explorer).to_be_visible()
    line = lesson.page.get_by_role("status").filter(has_text="Run the cell again")
    expect(line).to_have_text("The kernel was restarted. Run the cell again to use the explorer.")
    assert lesson.page.get_by_label("bias", exact=True).evaluate(
        "(box) => !!box.closest('[inert]')"
    )
    must_be_live(lesson.page)
    lesson.run_all()
    expect(explorer).to_have_count(0)
    must_be_live(lesson.page)


def test_a_saved_lesson_shows_the_static_picture_without_its_kernel(lesson, context):
    again = reopened(context, lesson)
    must_be_still(again.page)
    assert "trusted" in again.page.locator(".jp-RenderedImage").get_attribute("class")
    again.run_all()
    must_be_live(again.page)
    again.page.close()


def test_an_untrusted_lesson_shows_the_static_picture_too(lesson, context, folder):
    """JupyterLab drops the note's style and the widget of an untrusted notebook."""
    save(lesson.page)
    saved = json.loads((folder / lesson.path).read_text())
    outputs = saved["cells"][1]["outputs"]
    assert list(outputs[1]["data"]) == ["image/png", "text/plain"]
    assert outputs[1]["metadata"]["image/png"]["alt"].startswith("KernelExplorer: coins")
    saved["cells"][1]["source"] = "# from another machine\n" + CELLS[1]
    copy = f"copied_{lesson.app}.ipynb"
    (folder / copy).write_text(json.dumps(saved))
    again = reopened(context, lesson, copy)
    again.page.wait_for_timeout(2500)  # by now a widget would report that its model is not found
    must_be_still(again.page)
    assert "trusted" not in again.page.locator(".jp-RenderedImage").get_attribute("class")
    again.page.close()
