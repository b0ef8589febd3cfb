"""The sweep: its way over pictures of any size, and KernelExplorer while it is under way."""

import numpy as np
import pytest
from explorers import driving as page
from explorers.driving import picture

from helpers.explorers import KernelExplorer
from helpers.explorers.models.sweep import band_end, sweep_over

SIZES = [
    (1, 1),
    (1, 700),
    (700, 1),
    (2, 3),
    (12, 15),
    (13, 15),
    (20, 300),
    (62, 62),
    (298, 449),
    (510, 510),
]


def painted(position, rows, columns):
    """Which pixels are painted at a position."""
    done = np.zeros((rows, columns), bool)
    done[: position.top] = True
    done[position.top : position.bottom, : position.column + 1] = True
    return done


@pytest.mark.parametrize("rows, columns", SIZES)
def test_a_sweep_paints_everything_once_and_shows_where_the_window_is(rows, columns):
    """What is painted only grows, up to the window, and is everything in the end."""
    positions = sweep_over(rows, columns)
    before = np.zeros((rows, columns), bool)
    for position in positions:
        now = painted(position, rows, columns)
        assert not (before & ~now).any()
        assert now[position.row, position.column] and position.top <= position.row < position.bottom
        before = now
    assert before.all()


@pytest.mark.parametrize("rows, columns", SIZES)
def test_a_sweep_takes_twelve_seconds_at_most(rows, columns):
    """At 45 milliseconds a step; ten or more for photographs, of which the first two are slow."""
    positions = sweep_over(rows, columns)
    assert 0.045 * len(positions) < 12
    if rows * columns > 9000:
        assert 0.045 * len(positions) > 10
        assert (
            1.5
            < 0.045 * sum(position.row == 0 and position.column < 16 for position in positions)
            < 2.5
        )


@pytest.mark.parametrize("rows, columns", [size for size in SIZES if size[1] > 16])
def test_it_begins_with_every_single_position(rows, columns):
    columns_seen = list(dict.fromkeys(position.column for position in sweep_over(rows, columns)))
    assert columns_seen[:16] == list(range(16))


@pytest.mark.parametrize("rows, columns", SIZES)
def test_band_by_band(rows, columns):
    """Each end is the last step of its band; the last band ends the sweep."""
    positions, step, ends = sweep_over(rows, columns), -1, []
    while (step := band_end(positions, step)) != -1:
        ends.append(step)
        assert (
            positions[step].column == columns - 1
            and positions[step + 1].top == positions[step].bottom
        )
    assert len(ends) == len({position.top for position in positions}) - 1


@pytest.fixture
def explorer():
    return KernelExplorer(picture(30, 40))


def covered(explorer):
    """Which pixels of the output are covered."""
    cover = np.zeros(explorer.result.shape[:2], bool)
    for mark in explorer.output.marks:
        if mark.get("cover"):
            bottom, right = mark["row"] + mark["rows"], mark["column"] + mark["columns"]
            cover[mark["row"] : bottom, mark["column"] : right] = True
    return cover


def test_the_window_the_loupe_and_the_covers_follow_the_steps(explorer):
    page.move(explorer.sweep, begins=True, step=0)
    positions = sweep_over(28, 38)
    assert explorer.sweep.steps == len(positions)
    for step in (0, 1, 47, 48, 150, len(positions) - 1):
        page.move(explorer.sweep, step=step)
        position = positions[step]
        assert explorer.output.cursor == position[:2]
        assert explorer.loupe.window["cell"] == [*position[:2]]
        np.testing.assert_array_equal(covered(explorer), ~painted(position, 28, 38))
    page.move(explorer.sweep, step=-1)
    assert not covered(explorer).any() and explorer.loupe.window == {}


def test_a_changed_control_ends_it(explorer):
    """And late steps of the page do not start it again."""
    page.move(explorer.sweep, begins=True, step=0)
    explorer.stride.number = 2
    page.move(explorer.sweep, step=7)
    assert explorer.sweep.step == -1 and not covered(explorer).any()
    assert explorer.sweep.steps == len(sweep_over(*explorer.result.shape))


def test_a_pixel_pointed_at_in_a_pause_is_explained_and_the_paint_stays(explorer):
    """The next step goes on from where the window was."""
    positions = sweep_over(28, 38)
    page.move(explorer.sweep, begins=True, step=0)
    page.move(explorer.sweep, step=150)
    for view, cell in (explorer.output, [0, 3]), (explorer.input, [1, 9]):
        page.move(view, cursor=cell, pinned=True)
        assert explorer.loupe.window["cell"] == [0, 3 if view is explorer.output else 8]
        np.testing.assert_array_equal(covered(explorer), ~painted(positions[150], 28, 38))
    page.move(explorer.sweep, step=151)
    assert explorer.output.cursor == positions[151][:2] and not explorer.output.pinned
    np.testing.assert_array_equal(covered(explorer), ~painted(positions[151], 28, 38))


def test_it_releases_a_pinned_pixel(explorer):
    for view in (explorer.input, explorer.output):
        page.move(view, cursor=[4, 5], pinned=True)
        page.move(explorer.sweep, begins=True, step=0)
        assert not (explorer.input.pinned or explorer.output.pinned)
        page.move(explorer.sweep, step=-1)


def test_it_ends_with_its_page(explorer):
    explorer._handle_custom_msg({"sequence": 1, "hello": "one"}, [])
    page.move(explorer.sweep, begins=True, step=0)
    explorer._handle_custom_msg({"sequence": 2, "leaving": "one"}, [])
    assert explorer.sweep.step == -1 and not covered(explorer).any()


@pytest.mark.parametrize("step", [10**9, -5, "3", None, 1.5, [1]])
def test_a_step_that_does_not_exist_ends_it(explorer, step):
    page.move(explorer.sweep, begins=True, step=0)
    page.move(explorer.sweep, step=step)
    assert explorer.sweep.step == -1 and not covered(explorer).any()


def test_each_request_shows_one_more_band(explorer):
    """Where the learner prefers reduced motion."""
    bottoms = [28 - covered(explorer).all(axis=1).sum()]
    for _ in range(13):
        page.move(explorer.sweep, band=True)
        bottoms.append(28 - covered(explorer).all(axis=1).sum())
    assert bottoms[1] == 1 and np.all(np.diff(bottoms[1:]) > 0) and bottoms[-1] == 28
    assert explorer.sweep.step == -1
