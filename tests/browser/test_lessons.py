"""Every lesson opens and runs to its end in JupyterLab, and its explorers are drawn."""

import re
import shutil
from contextlib import contextmanager

import pytest
from axe_playwright_python.sync_playwright import Axe

from browser.jupyter import ROOT, NotebookPage

LESSONS = sorted((ROOT / "notebooks").glob("*.ipynb"))
FAILED = "[data-mime-type='application/vnd.jupyter.stderr'], .jp-RenderedText.jp-mod-error"
# Python shows a note with each explorer; on a busy machine the explorer is drawn after the kernel is idle
ALL_DRAWN = """() => {
    const [notes, drawn] = ["still", "drawn"].map((name) => document.querySelectorAll(`.explorer-${name}`).length);
    return notes > 0 && drawn === notes;
}"""
PAINTED = """(canvas) => {
    const { width, height } = canvas;
    const { data } = canvas.getContext("2d").getImageData(0, 0, width, height);
    return width > 1 && height > 1 && data.every((value, i) => i % 4 !== 3 || value === 255);
}"""


@pytest.fixture(scope="module", params=LESSONS, ids=lambda path: path.stem)
def notebook(request, address, folder, context, desk):
    shutil.copy(request.param, folder)
    notebook = NotebookPage(context, address, request.param.name, desk=desk)
    notebook.run_all(seconds=300)  # lesson 08 trains
    notebook.page.wait_for_function(ALL_DRAWN, polling=50)
    yield notebook
    notebook.close()


def test_a_lesson_runs_to_its_end_and_its_explorers_are_drawn(page):
    assert page.locator(FAILED).all_inner_texts() == []
    empty = page.locator(".jp-CodeCell .jp-InputArea-prompt", has_text="[ ]")
    assert empty.count() == 0
    outputs = page.locator(".jp-OutputArea-output", has=page.locator(".explorer"))
    for output in outputs.all():
        output.locator("select, input").filter(visible=True).first.wait_for()
        shown = [
            each for each in output.locator("canvas.image-view-pixels").all() if each.is_visible()
        ]
        assert all(canvas.evaluate(PAINTED) for canvas in shown)


@contextmanager
def theme(page, name):
    """Use this JupyterLab theme in the block; the server would keep it for the next page."""
    before = page.evaluate("document.body.dataset.jpThemeName")
    choose_theme(page, name)
    try:
        yield
    finally:
        choose_theme(page, before)


def choose_theme(page, name):
    page.get_by_role("menuitem", name="Settings", exact=True).first.click()
    for label in ("Theme", name):
        page.locator(".lm-Menu-itemLabel", has_text=re.compile(f"^{label}$")).click()
    page.wait_for_function("name => document.body.dataset.jpThemeName === name", arg=name)


def violations(page, **options):
    """What axe-core finds about the explorers on the page, without what it passes."""
    options |= {"resultTypes": ["violations"]}
    return Axe().run(page, context=".explorer", options=options).response["violations"]


def serious_findings(page, **options):
    """The serious findings of axe-core about the explorers on the page."""
    serious = [
        each for each in violations(page, **options) if each["impact"] in ("serious", "critical")
    ]
    return [(each["id"], each["nodes"][0]["html"][:200]) for each in serious]


def test_explorers_are_accessible(page):
    """Every control has a name and every picture an alternative text; axe-core finds nothing serious."""
    assert page.locator(".explorer").count() > 0
    assert serious_findings(page) == []


def test_explorers_are_readable_in_the_dark_theme(page):
    """Text has enough contrast with its background."""
    with theme(page, "JupyterLab Dark"):
        assert page.evaluate("document.body.dataset.jpThemeLight") == "false"
        assert serious_findings(page, runOnly=["color-contrast"]) == []
