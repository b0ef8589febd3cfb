"""FilterExplorer in a browser: switches, the chosen tile, keys, a drag of a weight."""

from playwright.sync_api import expect

from browser.conftest import shown
from browser.controls import box, drag, press

filters = shown("filters")


def switch(part, number):
    return part.get_by_label(f"filter {number}", exact=True).filter(visible=True)


def test_a_switch_is_about_its_filter(filters):
    """What is still right follows; the switch that was clicked is the chosen tile."""
    line = filters.get_by_text("Right: ").first
    expect(line).to_contain_text("986 of 1,000")
    switch(filters, 5).click()
    expect(line).to_contain_text("986 → 941")
    expect(filters.get_by_text("filter 5, bias")).to_be_visible()
    press(filters, "only filter 5")
    expect(switch(filters, 5)).to_be_checked()
    expect(switch(filters, 4)).not_to_be_checked()
    press(filters, "all on")
    expect(line).to_contain_text("986 of 1,000")


def test_a_click_on_a_picture_chooses_it(filters):
    """It switches nothing."""
    switch(filters, 2).locator("xpath=../../canvas").click()
    expect(filters.get_by_text("filter 2, bias")).to_be_visible()
    expect(switch(filters, 2)).to_be_checked()


def test_keys_choose_and_switch(filters):
    """The arrow keys move between tiles, of which one is a tab stop; the space key switches."""
    switch(filters, 2).focus()
    filters.page.keyboard.press("ArrowRight")
    expect(filters.get_by_text("filter 3, bias")).to_be_visible()
    filters.page.keyboard.press("Space")
    expect(filters.get_by_text("Right: ").first).to_contain_text("986 → 955")
    tabbable = filters.locator(".filter-tiles-switch[tabindex='0']").filter(visible=True)
    expect(tabbable).to_have_count(1)
    press(filters, "all on")


def test_a_drag_of_a_weight(filters):
    """Accuracy follows; the button restores the weights."""
    line = filters.get_by_text("Right: ").first
    drag(box(filters, "weight in row 1, column 1").filter(visible=True), 60)
    expect(line).to_contain_text("986 →")
    press(filters, "restore")
    expect(line).to_contain_text("986 of 1,000")
