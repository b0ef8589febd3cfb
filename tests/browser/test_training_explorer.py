"""TrainingExplorer: start, pause, change settings, interrupt, and run the cell again."""

import re

import pytest
from playwright.sync_api import expect

from browser.conftest import shown
from browser.controls import box, button, press, problem, run_cell, set_numbers, type_into
from browser.expected import photo, unseen_digit
from browser.seen import Seen, settled, until

CELL, FIRST, RATE = 2, 4, 5  # cells of the notebook
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
    expect(part.get_by_text("not trained yet")).to_be_visible()


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
    assert until(part.page, lambda: Seen(part, "filters 1").picture.shape == (3, 15, 3))


def test_digits_are_learned_and_the_curves_show_it(part):
    press(part, "start")
    accuracy = part.locator("svg[aria-label^=accuracy]")

    def tested():
        found = re.search(r"test ([\d.]+) %", accuracy.get_attribute("aria-label"))
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
    expect(part.get_by_text("not trained yet")).to_be_visible()
    press(part, "start")
    must_learn(part)
    press(first, "start")
    must_stand_still(part)
    press(first, "pause")
    expect(button(first, "start")).to_be_visible()
