"""NetworkBuilder in a browser: numbers follow a drag, rows come and go, a field follows the pointer."""

from playwright.sync_api import expect

from browser.conftest import shown
from browser.controls import box, drag, dropdown, number_in, press, problem, type_into
from browser.seen import Seen, until

builder = shown("builder")


def row(part, place):
    """What a row says, with its buttons."""
    found = part.locator(".explorer-layer").nth(place + 1)  # after the names of the columns
    return found.inner_text().split("\n")


def test_a_drag_changes_the_row(builder):
    """The output shape that is shown is the one of the number that is shown."""
    size = box(builder, "size of layer 0")
    drag(size, 25)
    assert until(builder.page, lambda: number_in(size) > 3)
    rows = 29 - int(number_in(size))
    assert until(builder.page, lambda: f"{rows}×{rows}×8" in row(builder, 0))
    type_into(size, "3")
    assert until(builder.page, lambda: "26×26×8" in row(builder, 0))


def test_rows_come_and_go(builder):
    """A layer that does not fit says so in its row; it is removed again by its button."""
    builder.get_by_title("Show the receptive field of layer 7 in the picture").click()
    press(builder, "+ Conv")
    layer = dropdown(builder, "layer 8")
    expect(layer).to_be_visible()
    expect(
        builder.get_by_text("it takes maps (rows, columns, channels)", exact=True)
    ).to_be_visible()
    expect(problem(builder)).to_have_count(0)
    builder.get_by_title("Remove layer 8").click()
    expect(layer).to_be_hidden()


def test_the_field_follows_the_pointer(builder):
    """It is drawn where the line under the picture says."""
    builder.get_by_title("Show the receptive field of layer 5 in the picture").click()
    line = builder.get_by_text("Layer 5, MaxPool: receptive field 10×10 pixels")
    picture = Seen(builder, "receptive field").overlay
    place = picture.bounding_box()
    builder.page.mouse.move(place["x"] + 3, place["y"] + 3)
    expect(line).to_contain_text("rows 0 to 9, columns 0 to 9")
    builder.page.mouse.move(place["x"] + place["width"] - 3, place["y"] + 3)
    expect(line).to_contain_text("rows 0 to 9, columns 16 to 25")
