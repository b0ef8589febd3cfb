"""Roles, states and forced colors: what a screen reader and a high-contrast theme get."""

import pytest

from browser.controls import unfold
from browser.seen import Seen

COLOR = "(part, name) => getComputedStyle(part)[name]"


@pytest.fixture(scope="module")
def notebook(run_notebook, desk):
    source = "from helpers.explorers import KernelExplorer\nKernelExplorer('cat')"
    notebook = run_notebook("access", source, desk=desk)
    unfold(notebook.page)
    yield notebook
    notebook.close()


@pytest.fixture
def forced(page):
    """The page in a theme of forced colors."""
    page.emulate_media(forced_colors="active")
    yield page
    page.emulate_media(forced_colors="none")


def test_every_control_has_a_role_a_name_and_a_state(page):
    explorer = page.locator(".explorer")
    tree = explorer.aria_snapshot()
    for line in (
        '- combobox "kernel"', '- checkbox "gray"', '- button "random"', '- spinbutton "bias"',
        '- group "channel"', '- button "red" [pressed]',
        '- button "green"',
    ):  # fmt: skip
        assert line in tree, line
    assert '"green" [pressed]' not in tree
    page.get_by_role("button", name="green", exact=True).click()
    assert '- button "green" [pressed]' in explorer.aria_snapshot()
    page.get_by_label("gray", exact=True).check()
    assert '- checkbox "gray" [checked]' in explorer.aria_snapshot()
    page.wait_for_timeout(300)
    assert '- group "channel"' not in explorer.aria_snapshot()  # nothing to choose in gray
    page.get_by_label("gray", exact=True).uncheck()


def test_scales_keep_their_colors(forced):
    bar = Seen(forced, "output").figure.locator(".image-view-bar")
    assert "linear-gradient" in bar.evaluate(COLOR, "backgroundImage")
    assert bar.evaluate(COLOR, "forcedColorAdjust") == "none"


def test_buttons_and_dropdowns_have_an_edge(forced):
    background = forced.locator(".explorer").evaluate(
        "(part) => getComputedStyle(part.ownerDocument.body).backgroundColor"
    )
    for part in forced.locator(".explorer-press, .explorer-select").all():
        assert part.evaluate(COLOR, "borderStyle") == "solid"
        assert part.evaluate(COLOR, "borderColor") not in (background, "rgba(0, 0, 0, 0)")


def test_the_pressed_button_of_a_toggle_is_outlined(forced):
    pressed, other = (
        forced.locator(f".explorer-toggle [aria-pressed={state}]").first
        for state in ("true", "false")
    )
    assert pressed.evaluate(COLOR, "outlineStyle") == "solid"
    assert other.evaluate(COLOR, "outlineStyle") == "none"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_weight_keeps_its_color_and_its_number_can_be_read_on_it(forced, scheme):
    """Both colors are its own; a number without a color of its own has those of the theme."""
    forced.emulate_media(forced_colors="active", color_scheme=scheme)
    cell, bias = (
        forced.locator(".numbers-cell", has=forced.get_by_label(name, exact=True))
        for name in ("weight in row 1, column 1", "bias")
    )
    assert cell.evaluate(COLOR, "forcedColorAdjust") == "none"
    assert cell.evaluate(COLOR, "backgroundColor") == "rgb(127, 39, 4)"
    number = cell.locator("input")
    assert number.evaluate(COLOR, "color") == "rgb(255, 255, 255)"
    assert bias.evaluate(COLOR, "forcedColorAdjust") == "auto"
    bar = bias.locator(".numbers-bar")  # a gradient would be left out if it were forced
    assert bar.evaluate(COLOR, "forcedColorAdjust") == "none"
    forced.emulate_media(color_scheme="light")
