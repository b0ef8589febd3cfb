"""TrainingExplorer: start, pause, change settings, interrupt, and run the cell again."""

import itertools
import re

import numpy as np
import pytest
from playwright.sync_api import expect

from browser.conftest import LEARNING, SET_UP, shown
from browser.controls import box, button, press, problem, run_cell, set_numbers, type_into
from browser.expected import photo, unseen_digit
from browser.seen import Seen, settled, until

CELL = 1 + list(LEARNING).index("training")  # cells of the notebook
FIRST = 1 + len(LEARNING)
RATE = FIRST + 1
PLACES = """(tiles) => tiles.map((tile) => {
    const { left, right, top } = tile.getBoundingClientRect();
    return [left, right, top];
})"""
training = shown("training")


@pytest.fixture
def part(training):
    """An untrained network with the initial settings."""
    set_numbers(training, {"learning rate": 0.003, "test image": 0, "filters 1": 8})
    must_begin(training)
    yield training
    if button(training, "pause").count():
        press(training, "pause")


def must_begin(part):
    press(part, "restart")
    expect(part.get_by_text("parameters, not trained yet")).to_be_visible()


def count(part):
    """How many steps are done, as the progress bar shows."""
    bar = part.get_by_role("progressbar", name="progress")
    return int(bar.get_attribute("value")) if bar.count() else 0


def must_learn(part):
    """Wait until more steps are done and the pictures of the first filters have changed."""
    steps, filters = count(part), Seen(part, "filters 1").picture
    assert until(part.page, lambda: count(part) > steps)
    assert until(part.page, lambda: (Seen(part, "filters 1").picture != filters).any())


def must_stand_still(part):
    """Wait until nothing changes any more; return that state."""
    expect(button(part, "start")).to_be_visible()
    return settled(part.page, lambda: state(part))


def state(part):
    charts = [chart.get_attribute("aria-label") for chart in part.locator("svg").all()]
    pictures = [Seen(part, title).picture.tobytes() for title in ("filters 1", "feature maps 2")]
    return count(part), charts, pictures


def test_training_starts_pauses_resumes_and_restarts(part):
    begun = must_stand_still(part)
    press(part, "start")
    must_learn(part)
    press(part, "pause")
    assert must_stand_still(part) != begun
    press(part, "start")
    must_learn(part)
    must_begin(part)
    assert must_stand_still(part) == begun


def test_a_step_is_one_mini_batch(part):
    for steps in (1, 2):
        press(part, "step")
        expect(part.get_by_text(f"epoch 1 of 50, batch {steps} of 79")).to_be_visible()
    must_stand_still(part)


def test_the_learning_rate_can_be_typed_while_it_trains(part):
    press(part, "start")
    must_learn(part)
    type_into(box(part, "learning rate"), "0.0007")
    must_learn(part)
    run_cell(part.page, RATE)
    expect(part.page.get_by_text("rate 0.0007")).to_be_visible()
    must_learn(part)


def test_another_image_can_be_chosen_while_it_trains(part):
    press(part, "start")
    must_learn(part)
    for number in (3, 4):  # the odd digits are the test set
        image, label = unseen_digit(2 * number + 1)
        type_into(box(part, "test image"), str(number))
        Seen(part, f"label: {label}").must_show(photo(image))
    must_learn(part)


def test_a_new_number_of_filters_takes_effect_at_a_restart(part):
    press(part, "step")
    expect(part.get_by_text("batch 1 of 79")).to_be_visible()
    before = must_stand_still(part)
    type_into(box(part, "filters 1"), "4")
    assert must_stand_still(part) == before
    must_begin(part)
    assert until(part.page, lambda: Seen(part, "filters 1").picture.shape == (3, 12, 3))


def columns(part, title):
    """The left and the right end of each tile of the first row of a picture."""
    places = Seen(part, title).figure.locator(".tiles-pixels").evaluate_all(PLACES)
    return [(left, right) for left, right, top in places if top == places[0][2]]


@pytest.mark.parametrize("width", [1440, 1024, 768])
@pytest.mark.parametrize("filters", [8, 5])
def test_each_filter_stands_above_its_map(part, width, filters):
    """Column k of the filters is column k of the maps, within a pixel; 2 pixels lie between two."""
    part.page.set_viewport_size({"width": width, "height": 900})
    set_numbers(part, {"filters 1": filters})
    must_begin(part)
    above, below = settled(
        part.page, lambda: [columns(part, "filters 1"), columns(part, "feature maps 1")]
    )
    assert len(above) == len(below) == filters
    np.testing.assert_allclose(above, below, atol=1)
    gaps = [right - left for (_, left), (right, _) in itertools.pairwise(below)]
    np.testing.assert_allclose(gaps, 2, atol=0.1)
    for title in ("start", r"\+ change"):  # smaller, in the middle of the same column
        np.testing.assert_allclose(
            np.mean(columns(part, title), axis=1), np.mean(below, axis=1), atol=1
        )


@pytest.mark.parametrize("width, height", [(1440, 900), (1024, 768)])
def test_curves_filters_and_maps_are_in_one_view(part, width, height):
    """From the row of buttons down, in the space that JupyterLab gives to a notebook."""
    part.page.set_viewport_size({"width": width, "height": height})
    titles = "start", "filters 1", "feature maps 1", "feature maps 2", "label"
    shown = [*(Seen(part, title).figure for title in titles), *part.locator("svg").all()]
    shown.append(button(part, "start"))
    places = settled(part.page, lambda: [each.bounding_box() for each in shown])
    top = min(place["y"] for place in places)
    bottom = max(place["y"] + place["height"] for place in places)
    assert bottom - top < part.page.locator(".jp-Notebook").first.bounding_box()["height"]


def test_the_second_filters_are_folded_away(part):
    second = part.locator(".tiles", has=part.page.get_by_text(re.compile("^filters 2:")))
    tick = part.get_by_label("show filters 2", exact=True)
    more = part.locator(".explorer-more")
    if more.get_attribute("aria-expanded") == "true":
        more.click()
    expect(tick).to_be_hidden()
    more.click()
    tick.check()
    expect(second.locator(".tiles-tile")).to_have_count(128)
    tick.uncheck()
    expect(second).to_be_hidden()


def test_digits_are_learned_and_the_curves_show_it(part):
    press(part, "start")
    accuracy = part.locator("svg[aria-label^=accuracy]")

    def tested():
        found = re.search(r"test ([\d.]+)%", accuracy.get_attribute("aria-label"))
        return found and float(found[1])

    assert until(part.page, lambda: (tested() or 0) > 80)
    press(part, "pause")
    must_stand_still(part)


def test_an_interrupt_pauses_the_training(part):
    press(part, "start")
    must_learn(part)
    for name in ("Kernel", "Interrupt Kernel"):
        part.page.get_by_role("menuitem", name=re.compile(f"^{name}")).first.click()
    expect(problem(part)).to_have_text("paused by an interrupt; press start to continue.")
    must_stand_still(part)
    press(part, "start")
    must_learn(part)
    expect(problem(part)).to_have_count(0)


def test_running_its_cell_again_stops_it_and_one_trains_at_a_time(part):
    first = part.page.locator(".jp-CodeCell").nth(FIRST)
    press(part, "start")
    must_learn(part)
    expect(button(first, "pause")).to_be_visible()
    run_cell(part.page, CELL)
    expect(button(first, "start")).to_be_visible()
    expect(part.get_by_text("parameters, not trained yet")).to_be_visible()
    press(part, "start")
    must_learn(part)
    press(first, "start")
    must_stand_still(part)
    press(first, "pause")
    expect(button(first, "start")).to_be_visible()


def test_the_end_of_the_training_moves_nothing_above(run_notebook, desk):
    """The confusion matrix and the labeled mistakes appear below; in the captions are the labels."""
    source = "small = [part[:400] for part in digits]\nours = TrainingExplorer(small, small, epochs=1)\nours"
    captions = "print(*ours.results.mistakes.captions, sep='; ')"
    notebook = run_notebook("training_end", SET_UP.strip(), source, captions, desk=desk)
    part = notebook.page.locator(".explorer")
    above = part.locator(".explorer-part:not(.explorer-status):visible")
    before = settled(notebook.page, lambda: [each.bounding_box() for each in above.all()])
    press(part, "start")
    expect(part.get_by_text("test images wrong")).to_be_visible()
    after = settled(notebook.page, lambda: [each.bounding_box() for each in above.all()])
    assert after[: len(before)] == before and len(after) > len(before)
    shown = part.locator(".tiles-caption:visible").all_inner_texts()
    assert len(shown) == 12 and all(re.fullmatch(r"\d → \d", text) for text in shown)
    run_cell(notebook.page, 2)
    expect(notebook.page.get_by_text("; ".join(shown))).to_be_visible()
    assert notebook.problems == []
    notebook.close()


COLORS = """(chart) => [...chart.querySelectorAll("polyline")].map((line) => getComputedStyle(line).stroke)"""


def test_curves_have_the_colors_of_the_system_where_it_sets_them(part):
    """Two colors and gray lines; black, and told apart by dashes, where the colors are forced."""
    press(part, "step")
    press(part, "step")
    chart = part.locator("svg").first
    assert until(part.page, lambda: "step 2:" in chart.get_attribute("aria-label"))
    assert len({*chart.evaluate(COLORS)}) == 3
    part.page.emulate_media(forced_colors="active")
    forced = settled(part.page, lambda: chart.evaluate(COLORS))
    part.page.emulate_media(forced_colors="none")
    dashes = chart.locator("polyline").evaluate_all(
        "(all) => all.map((each) => each.getAttribute('stroke-dasharray'))"
    )
    assert len({*forced}) == 2 and len({*dashes}) == 2
