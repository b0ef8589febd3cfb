"""WindowExplorer: stop by stop to the answers, by hand, by scipy, and beyond the ends."""

from itertools import product

import numpy as np
import pytest
from explorers import driving as page
from explorers.driving import same

from helpers.explorers import WindowExplorer
from helpers.explorers.window import UNKNOWN

IMAGE = np.arange(30).reshape(5, 6) % 9 - 2
SHAPES = [(1, 1), (2, 3), (3, 2), (1, 4), (5, 5)]


def kernel_of(shape):
    return np.arange(np.prod(shape)).reshape(shape) % 5 - 2


def explorer_of(shape=(2, 3), image=IMAGE):
    return WindowExplorer(image, kernel_of(shape))


def test_the_walk():
    """Back and step go one stop, and stay at the ends; all controls keep in step."""
    explorer = explorer_of()
    size = 4 * 4
    assert explorer.stop.max == size
    explorer.back.click()
    assert explorer.stop.number == 1
    for stop in [*range(2, size + 1), size, size]:
        explorer.forth.click()
        assert explorer.stop.number == stop and explorer.position == divmod(stop - 1, 4)
        assert explorer.output.cursor == explorer.position
    explorer.back.click()
    assert explorer.stop.number == size - 1


@pytest.mark.parametrize("go", [
    lambda ours: page.type_into(ours.stop, "7"), lambda ours: page.move(ours.stop, value=[7]),
    lambda ours: setattr(ours.stop, "number", 7),
    lambda ours: page.move(ours.output, cursor=[1, 2], pinned=True),
], ids=["typed", "dragged", "set", "cursor"])  # fmt: skip
def test_every_way_to_a_stop(go):
    """The seventh stop is row 1, column 2; one update takes it there."""
    explorer = explorer_of()
    calls = page.counted(explorer)
    go(explorer)
    assert explorer.stop.number == 7 and explorer.output.cursor == explorer.position == (1, 2)
    assert len(calls) <= 1


@pytest.mark.parametrize("border", page.BORDERS)
@pytest.mark.parametrize("shape", SHAPES)
def test_all_answers_equal_scipy(shape, border):
    """Stride, padding, dilation and flip in every combination that fits."""
    explorer = explorer_of(shape)
    explorer.border.value = border
    for padding, stride, dilation, flip in product((0, 1, 3), (1, 2, 4), (1, 3), (False, True)):
        explorer.padding.number, explorer.stride.number = padding, stride
        explorer.dilation.number, explorer.flip.value = dilation, flip
        reach = [dilation * (k - 1) + 1 for k in shape]
        fits = all(r <= n + 2 * padding for r, n in zip(reach, IMAGE.shape, strict=True))
        assert page.is_one_line(explorer.problem) != fits
        if fits:
            options = stride, padding, dilation, border, flip
            same(explorer.result, page.answers(IMAGE, kernel_of(shape), *options))
            check_formula(explorer, shape, stride, padding, dilation)


def check_formula(explorer, shape, stride, padding, dilation):
    """The line holds the right numbers in the right places, and they add up."""
    line = page.told(explorer.formula)
    for axis, name in enumerate(("rows", "columns")):
        wanted = (
            f"{name}: ⌊({IMAGE.shape[axis]} + 2·{padding} − {dilation}·({shape[axis]} − 1) − 1)"
            f" / {stride}⌋ + 1 = {explorer.result.shape[axis]}"
        )
        assert wanted in line
        size = IMAGE.shape[axis] + 2 * padding - dilation * (shape[axis] - 1) - 1
        assert size // stride + 1 == explorer.result.shape[axis]


def test_answers_come_about_stop_by_stop():
    """What lies beyond the present stop has no number and no color of its own."""
    explorer = explorer_of()
    expected = page.answers(IMAGE, kernel_of((2, 3))).ravel()
    for stop in (1, 6, 16, 3):
        explorer.stop.number = stop
        texts = [page.rounded(answer) for answer in expected[:stop]]
        assert explorer.output.numbers == texts + [""] * (16 - stop)
        pixels = explorer.output.picture.reshape(16, 3)
        same(pixels[stop:], np.tile(UNKNOWN, (16 - stop, 1)))
        assert not (pixels[:stop] == UNKNOWN).all(axis=1).any()


def test_no_answer_is_sent_too_early(messages):
    """Not even for a moment: it could be seen to flash."""
    explorer = explorer_of()
    messages.clear()
    explorer.forth.click()
    sent = [state["numbers"] for widget, state in messages
            if widget is explorer.output and "numbers" in state]  # fmt: skip
    assert sent and all(numbers[2:] == [""] * 14 for numbers in sent)


def test_the_sum_at_each_stop():
    """Patch × kernel = products, and their sum is the newest answer."""
    explorer, kernel = explorer_of((3, 2)), kernel_of((3, 2))
    for stop in range(1, explorer.result.size + 1):
        explorer.stop.number = stop
        row, column = divmod(stop - 1, 5)
        patch = IMAGE[row : row + 3, column : column + 2]
        grids = explorer.products
        assert grids.patch.numbers == [str(number) for number in patch.ravel()]
        assert grids.kernel.numbers == [str(number) for number in kernel.ravel()]
        assert grids.products.numbers == [str(number) for number in (patch * kernel).ravel()]
        assert page.told(grids.total).endswith(f" = {(patch * kernel).sum()}")
        assert explorer.output.numbers[stop - 1] == str((patch * kernel).sum())


@pytest.mark.parametrize("change", [
    lambda ours: setattr(ours.stride, "number", 3),
    lambda ours: setattr(ours.dilation, "number", 2),
], ids=["stride", "dilation"])  # fmt: skip
def test_fewer_answers_keep_the_walk_inside(change):
    """The window goes to the last stop that is left, in one update."""
    explorer = explorer_of((3, 3))
    explorer.stop.number = explorer.result.size
    calls = page.counted(explorer)
    change(explorer)
    size = explorer.result.size
    assert explorer.stop.number == size and explorer.stop.max == size
    assert "" not in explorer.output.numbers and len(calls) == 1


def test_more_answers_keep_the_stop():
    """The numbers beyond it are hidden."""
    explorer = explorer_of((3, 3))
    explorer.stop.number = 12
    explorer.padding.number = 2
    assert explorer.stop.number == 12 and explorer.stop.max == 56
    assert explorer.output.numbers[12:] == [""] * 44


def test_one_weight_one_update(messages):
    """Typed or dragged; each screen is sent at most once."""
    explorer = explorer_of()
    calls = page.counted(explorer)
    messages.clear()
    page.type_into(explorer.weights, "4")
    senders = [widget for widget, state in messages if "pixels" in state]
    assert len(calls) == 1 and len(senders) == len(set(senders)) and explorer.input not in senders
