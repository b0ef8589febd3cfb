"""PoolingExplorer with a learner's function, and with invalid input: one line, no change."""

import numpy as np
import pytest
from explorers import driving as page
from explorers.driving import picture, same
from refusals import is_one_line

from helpers import pool, pool_loops
from helpers.encoding import encode_png
from helpers.explorers import PoolingExplorer

GRAY, COLOR = picture(14, 17), picture(14, 17, 3)
GRID = np.arange(35).reshape(5, 7) % 9 - 2
TINY = encode_png(np.zeros((1, 9), np.uint8))


def shrink(image, size):
    """Not pooling, but the output has the right shape."""
    rows, columns = (n // size for n in image.shape[:2])
    return image[: rows * size : size, : columns * size : size]


def my_pool(picture, k, /):
    """A function whose arguments have other names."""
    return pool(picture, k)


@pytest.mark.parametrize("image", [GRAY, COLOR, GRID], ids=["gray", "color", "grid"])
@pytest.mark.parametrize(
    "function", [shrink, pool_loops, my_pool, lambda image, size: pool(image, size)]
)
def test_a_function_of_image_and_size_is_enough(image, function):
    """Its output is shown under its name; photographs start gray."""
    explorer = PoolingExplorer(image, pool=function)
    assert explorer.image.ndim == 2
    for size in (2, 3):
        explorer.size.number = size
        same(explorer.result, function(explorer.image, size))
        assert explorer.output.title.startswith(f"{function.__name__}, ")
        assert explorer.describe().startswith(f"PoolingExplorer: {function.__name__} of ")
    assert page.text_of(explorer.reading).startswith(f"{function.__name__} of 9 pixels") or (
        page.text_of(explorer.reading).startswith(f"{function.__name__} of {{")
    )


@pytest.mark.parametrize("name", [5, None, "", "x" * 999])
def test_an_object_with_any_name_can_pool(name):
    """Its type stands for a name that is no text; a long name is cut."""

    class Pooler:
        __name__ = name

        def __call__(self, image, size):
            return pool(image, size)

    explorer = PoolingExplorer(GRAY, pool=Pooler())
    expected = name[:60] if isinstance(name, str) and name else "Pooler"
    assert explorer.output.title.startswith(f"{expected}, ")


def test_a_function_gets_only_what_was_changed():
    """Stride, mode and dilation are passed by name; shifted pictures are compared with its own output."""
    calls = []

    def my_pool(image, size, **options):
        calls.append(options)
        return pool(image, size, **options)

    explorer = PoolingExplorer(GRAY, pool=my_pool)
    explorer.stride_is_size.value, explorer.right.number = False, 1
    assert calls == [{}] * len(calls)
    explorer.stride.number, explorer.dilation.number, explorer.mode.value = 1, 2, "mean"
    assert calls[-1] == {"stride": 1, "dilation": 2, "mode": "mean"}
    moved = np.roll(GRAY, 1, 1)
    np.testing.assert_allclose(explorer.result, pool(moved, 2, 1, "mean", dilation=2), rtol=1e-6)


def fails(error):
    def run(image, size):
        raise error

    return run


WRONG = {
    "raises": (fails(ValueError("so\nit <b>goes")), "so it <b>goes"),
    "is stopped": (fails(KeyboardInterrupt()), "interrupted"),
    "returns nothing": (lambda image, size: None, "is a return statement missing?"),
    "returns the image": (lambda image, size: image, "shape"),
    "returns a list": (lambda image, size: [[1], [2, 3]], "numbers"),
    "returns NaN": (lambda image, size: pool(image, size) * np.nan, "finite"),
    "takes no size": (lambda image: image, "takes"),
}  # fmt: skip


@pytest.mark.parametrize("bad, words", WRONG.values(), ids=WRONG)
@pytest.mark.parametrize("image", [GRAY, GRID], ids=["picture", "grid"])
def test_errors_are_reported_in_one_line(image, bad, words):
    """The last valid picture and its numbers stay; a correct function then replaces them."""
    now = []

    def my_pool(image, size, **options):
        return (now[-1] if now else pool)(image, size, **options)

    ours, twin = (PoolingExplorer(image, pool=my_pool) for _ in "ab")
    now.append(bad)
    ours.down.number = 1
    assert is_one_line(ours.problem) and words in ours.problem
    assert page.text_of(ours.message) == ours.problem
    ours.mode.value = "mean"
    ours.size.number = 3
    ours.picker.name.value = "coins"
    for explorer in (ours, twin):
        page.move(explorer.output, cursor=[1, 2], pinned=True)
    assert page.seen(ours) == page.seen(twin) and ours.unchanged is None
    now.clear()
    ours.true_size.value = True
    assert ours.problem == "" and page.seen(ours) != page.seen(twin)
    problem = PoolingExplorer(image, pool=bad).problem
    assert words in problem and "the output of the library's function" in problem


def test_an_output_outside_black_and_white_is_reported():
    """The note of a clipped picture says so."""
    explorer = PoolingExplorer(GRAY, pool=lambda image, size: pool(image, size) * 2 - 0.5)
    assert "clipped" in explorer.output.note


BAD = {
    "image": [None, "nosuch", b"hello", np.ones(5), np.ones((20, 20)) * 9, [[1, 2], [3]], [["a"]],
              np.full((3, 3), np.nan), np.ones((0, 3)), np.ones((4, 4, 2)), [[1j]]],
    "mode": [None, "nosuch", 1, ["max"]],
    "pool": [None, 3, "max", np.ones((2, 2))],
}  # fmt: skip


@pytest.mark.parametrize(
    "name, value", [(name, value) for name, values in BAD.items() for value in values],
    ids=lambda value: " ".join(str(value)[:15].split()),
)  # fmt: skip
def test_invalid_arguments(name, value):
    """One line that names the parameter and the known modes."""
    with pytest.raises((ValueError, TypeError), match=f"^({name}|source) must ") as caught:
        PoolingExplorer(**{"image": GRAY, name: value})
    assert is_one_line(str(caught.value))
    assert name != "mode" or "max, mean, min, mixed, brightest" in str(caught.value)


@pytest.mark.parametrize("change", [
    lambda ours: page.type_into(ours.size, "9"), lambda ours: page.type_into(ours.right, "x"),
    lambda ours: page.upload(ours.picker, "<b>.png", TINY),
    lambda ours: page.upload(ours.picker, "<b>.png", b"hello"),
], ids=["size", "shift", "tiny", "no picture"])  # fmt: skip
def test_an_invalid_entry_changes_nothing_but_the_message(change):
    """Not even the description; the next valid entry clears it."""
    explorer = PoolingExplorer(COLOR)
    before = page.seen(explorer)
    change(explorer)
    assert is_one_line(explorer.problem) and explorer.message.value == explorer.problem
    assert page.seen(explorer) == before
    explorer.picker.name.value = "coins"
    page.type_into(explorer.right, "1")
    page.type_into(explorer.size, "3")
    assert explorer.problem == "" and page.seen(explorer) != before
