"""KernelLearner: gradient descent from random weights to Sobel: disturbed, diverging, paused."""

import re

import numpy as np
import pytest
from playwright.sync_api import expect

from browser.conftest import shown
from browser.controls import (
    box,
    button,
    drag,
    pick,
    press,
    problem,
    set_numbers,
    set_ticks,
    type_into,
    unfold,
)
from browser.expected import SOBEL, gray, output, sample
from browser.seen import Seen, settled, until

CAT = gray(sample("cat", 64))
PLACES = [f"weight in row {row}, column {column}" for row in range(3) for column in range(3)]
NEEDED = "button, input, select, label, svg, .image-view-box, .image-view-title, .numbers-label"
learner = shown("kernel learner")


@pytest.fixture
def part(learner):
    """The initial state: paused at random weights, with the initial learning rate and pace."""
    unfold(learner)
    set_numbers(learner, {"learning rate": 5, "steps per second": 40})
    press(learner, "restart")
    expect(learner.get_by_text("Step 0: loss")).to_be_visible()
    settled(learner.page, lambda: (weights(learner), Seen(learner, "next step").numbers))
    yield learner
    if button(learner, "pause").count():
        press(learner, "pause")


def progress(part):
    """The step and its loss."""
    line = part.get_by_text(re.compile(r"Step \d+: loss")).inner_text()
    step, loss = re.match(r"Step (\d+): loss (.+)\. The", line).groups()
    return int(step), float(loss)


def weights(part):
    return [float(box(part, place).input_value()) for place in PLACES]


def must_arrive(part):
    """Wait until the nine weights are Sobel's and their output is the target."""
    type_into(box(part, "steps per second"), "1000")
    near = until(part.page, lambda: np.allclose(weights(part), np.ravel(SOBEL), atol=0.03))
    assert near, weights(part)
    for title in ("target$", "output"):
        Seen(part, title).must_show_signed(output(CAT, SOBEL))


def test_gradient_descent_finds_sobel_and_can_be_paused_and_disturbed(part):
    begun = weights(part)
    assert np.abs(np.subtract(begun, np.ravel(SOBEL))).max() > 0.2
    press(part, "start")
    must_arrive(part)
    press(part, "pause")
    expect(button(part, "start")).to_be_visible()
    before = settled(part.page, lambda: (progress(part), weights(part)))
    press(part, "add noise")
    assert until(part.page, lambda: progress(part)[1] > 100 * before[0][1])
    press(part, "start")
    must_arrive(part)


def test_a_weight_dragged_while_it_learns_is_learned_again(part):
    press(part, "start")
    must_arrive(part)
    type_into(box(part, "steps per second"), "1")
    before = progress(part)[1]
    drag(box(part, PLACES[4]), 80)
    assert until(part.page, lambda: progress(part)[1] > 100 * before)
    expect(button(part, "pause")).to_be_visible()
    must_arrive(part)


def test_a_single_step_is_the_one_that_was_shown_as_next(part):
    move, before = Seen(part, "next step").numbers, weights(part)
    press(part, "step")
    assert until(part.page, lambda: progress(part)[0] == 1)
    after = settled(part.page, lambda: weights(part))
    np.testing.assert_allclose(np.subtract(after, before), move, atol=0.011)


def test_a_learning_rate_too_large_is_reported_in_one_line(part):
    set_numbers(part, {"learning rate": 30, "steps per second": 1000})
    press(part, "start")
    expect(problem(part)).to_contain_text("learning rate 30 is too large: a weight went beyond ±12")
    expect(problem(part)).to_contain_text("lower the rate and restart")
    assert "\n" not in problem(part).inner_text()
    expect(button(part, "start")).to_be_visible()
    type_into(box(part, "learning rate"), "5")
    press(part, "restart")
    expect(problem(part)).to_have_count(0)
    press(part, "start")
    must_arrive(part)


@pytest.mark.parametrize("width, height", [(1440, 900), (1024, 768), (768, 1024)])
def test_the_reason_why_it_stopped_is_in_view_and_covers_the_step_line_only(part, width, height):
    """Just below the controls; the titles and the controls stay free."""
    part.page.set_viewport_size({"width": width, "height": height})
    press(part, "more controls")
    set_numbers(part, {"learning rate": 14})
    press(part, "start")
    expect(problem(part)).to_be_visible()
    start = button(part, "start")
    expect(start).to_be_visible()
    start.scroll_into_view_if_needed()
    others = part.locator(f":is({NEEDED}):visible")
    reason, *free = settled(
        part.page, lambda: [each.bounding_box() for each in (problem(part), *others.all())]
    )
    expect(problem(part)).to_be_in_viewport(ratio=1)
    assert len(free) > 20 and reason["y"] - start.bounding_box()["y"] < 160
    assert not [place for place in free if overlap(reason, place)]
    unfold(part)


def overlap(one, other):
    """Whether two places of the page have more than a pixel in common, down and across."""
    return all(
        min(one[at] + one[size], other[at] + other[size]) - max(one[at], other[at]) > 1
        for at, size in (("x", "width"), ("y", "height"))
    )


def test_the_target_kernel_can_be_shown(part):
    target = part.locator(".image-view", has=part.page.get_by_text("target kernel", exact=True))
    expect(target).to_be_hidden()
    set_ticks(part, show_the_target_kernel=True)
    Seen(part, "target kernel").must_have_numbers(SOBEL)
    set_ticks(part, show_the_target_kernel=False)
    expect(target).to_be_hidden()


@pytest.mark.parametrize("width, height, most", [(1440, 900, 760), (1024, 768, 660)])
def test_weights_outputs_and_loss_are_in_one_view(part, width, height, most):
    """From the row of buttons down, for a square picture, with the target kernel shown, in a notebook."""
    part.page.set_viewport_size({"width": width, "height": height})
    set_ticks(part, show_the_target_kernel=True)
    pick(part, "image", "camera")
    press(part, "more controls")
    names = "image", "target$", "output", "error", "next step", "target kernel"
    views = [Seen(part, name) for name in names]
    shown = [*(view.figure for view in views), part.locator("svg"), button(part, "start")]
    shown += [box(part, place) for place in PLACES]
    places = settled(part.page, lambda: [each.bounding_box() for each in shown])
    room = part.page.locator(".jp-Notebook").first.bounding_box()["height"]
    pictures = [view.overlay.bounding_box() for view in views[:4]]
    unfold(part)
    set_ticks(part, show_the_target_kernel=False)
    pick(part, "image", "cat")
    top = min(place["y"] for place in places)
    bottom = max(place["y"] + place["height"] for place in places)
    assert bottom - top < min(most, room)
    for one, other in (pictures[:2], pictures[2:]):  # side by side, tops and bottoms on one height
        assert one["x"] + one["width"] <= other["x"]
        assert (one["y"], one["height"]) == pytest.approx((other["y"], other["height"]), abs=0.6)
