"""BankExplorer: both stacks against scipy, the slices of the chosen filter, what is refused."""

import numpy as np
import pytest
from explorers import driving as page
from explorers.driving import picture, same

from helpers.encoding import encode_png
from helpers.explorers.bank import FIRST, SECOND, BankExplorer

IMAGES = {"gray": picture(9, 13), "color": picture(9, 13, 3)}


def stacks(image):
    """Map by map, slice by slice."""
    deep = image if image.ndim == 3 else image[..., None]
    maps = [
        np.maximum(sum(page.answers(deep[..., c], kernel) for c in range(deep.shape[2])), 0)
        for kernel in FIRST.values()
    ]
    answers = [
        np.maximum(sum(page.answers(one, part) for one, part in zip(maps, parts, strict=True)), 0)
        for parts in SECOND.values()
    ]
    return np.stack(maps, -1), np.stack(answers, -1)


@pytest.mark.parametrize("image", IMAGES.values(), ids=IMAGES)
def test_both_stacks(image):
    """A filter of the second bank spans all four maps; the line says every shape."""
    explorer = BankExplorer(image)
    maps, answers = stacks(image)
    np.testing.assert_allclose(explorer.maps, maps, atol=1e-5)
    np.testing.assert_allclose(explorer.answers, answers, atol=1e-5)
    for screens, stack in ((explorer.map_screens, maps), (explorer.answer_screens, answers)):
        for k, screen in enumerate(screens):
            expected = stack[..., k] / (stack[..., k].max() or 1) * 255
            assert np.abs(screen.picture - expected).max() <= 1
    depth = 3 if image.ndim == 3 else 1
    told = page.told(explorer.shapes)
    for shape in ((9, 13, depth), (3, 3, depth, 4), (7, 11, 4), (3, 3, 4, 3), (5, 9, 3)):
        assert str(shape) in told


@pytest.mark.parametrize("choose", [
    lambda ours, k: setattr(ours.filter, "index", k),
    lambda ours, k: page.move(ours.answer_screens[k], cursor=[1, 1], pinned=False),
    lambda ours, k: page.move(ours.answer_screens[k], cursor=[0, 0], pinned=True),
], ids=["dropdown", "pointing", "a tap where it was pointed at"])  # fmt: skip
@pytest.mark.parametrize("k", range(3))
def test_the_chosen_filter(choose, k):
    """Its four slices are shown, its map is marked, and nothing is computed anew."""
    explorer = BankExplorer(IMAGES["gray"])
    explorer.filter.index = (k + 1) % 3
    calls = page.counted(explorer)
    choose(explorer, k)
    assert explorer.filter.index == k and not calls
    slices = zip(explorer.slices, FIRST, list(SECOND.values())[k], strict=True)
    for screen, name, weights in slices:
        assert screen.title == f"slice: {name}"
        assert screen.numbers == [page.rounded(number) for number in weights.ravel()]
    for other, screen in enumerate(explorer.answer_screens):
        assert page.marks(screen) == ([(0, 0, 5, 9)] if other == k else [])


def test_a_smaller_picture_keeps_the_chosen_filter():
    """What is pointed at moves along in every map, and chooses nothing."""
    explorer = BankExplorer("cat")
    for k in (2, 1):
        page.move(explorer.answer_screens[k], cursor=[20, 30], pinned=True)
    explorer.picker.longest.value = 32
    assert explorer.filter.index == 1


def test_strokes():
    """An upright dark stroke is found by its finder, and a level one is not."""
    image = np.ones((12, 16))
    image[:, 7:9] = 0
    for seen, name in ((image, "dark upright strokes"), (image.T, "dark level strokes")):
        answers = BankExplorer(seen).answers
        strength = dict(zip(SECOND, answers.max(axis=(0, 1)), strict=True))
        other = ({"dark upright strokes", "dark level strokes"} - {name}).pop()
        assert strength[name] > 0 and strength[other] == 0


@pytest.mark.parametrize(
    "content", [b"hello", encode_png(np.zeros((4, 9), np.uint8))], ids=["text", "small"]
)
def test_a_wrong_file(content):
    """One line; everything stays; the next good file clears it."""
    explorer = BankExplorer(IMAGES["gray"])
    before = page.seen(explorer)
    page.upload(explorer.picker, "mine.png", content)
    assert page.is_one_line(explorer.problem) and page.seen(explorer) == before
    page.upload(explorer.picker, "fine.png", encode_png(np.uint8(200 * IMAGES["color"])))
    assert explorer.problem == "" and explorer.answers.shape == (5, 9, 3)
    same(explorer.input.picture, np.uint8(200 * IMAGES["color"]))


@pytest.mark.parametrize(
    "image", [None, "nosuch", b"hello", picture(9, 13) * 9, np.ones(5), [[]], np.ones((4, 4))]
)
def test_wrong_arguments(image):
    """One line that names the parameter."""
    with pytest.raises((ValueError, TypeError), match="image|source|kernel") as caught:
        BankExplorer(image)
    assert page.is_one_line(str(caught.value))
