"""Static figures: the right pixels, the scale, the text alternative."""

import base64
from io import BytesIO

import numpy as np
import pytest
from PIL import Image

from helpers.figures import show_images

GRID = np.array([[0.0, 1, 2, 3], [-3, -2, -1, 0], [4, 4, 0.5, 0]])


def panels(figure):
    """The axes with images, without the color scales."""
    return [axes for axes in figure.axes if axes.get_title()]


def test_a_narrow_image_has_room_for_its_title():
    """Whatever its height."""
    bundle, _ = show_images([np.zeros((1000, 1))], ["a column"])._repr_mimebundle_()
    assert bundle["image/png"]


def test_small_grid_prints_its_numbers():
    """Every cell of a small grid shows its number."""
    (axes,) = panels(show_images([GRID], ["grid"], "signed"))
    printed = {
        (text.get_position()[1], text.get_position()[0]): text.get_text() for text in axes.texts
    }
    assert printed[1, 0] == "-3" and printed[2, 2] == "0.5" and printed[0, 0] == "0"
    assert len(printed) == GRID.size


def test_numbers_too_long_for_their_cells_are_left_out():
    """All or none: eight small grids in a row have no room for -0.33, but enough for 7."""
    for number, printed in ((-1 / 3, 0), (7, 9)):
        figure = show_images([np.full((3, 3), number)] * 8, ["grid"] * 8, "signed")
        assert [len(axes.texts) for axes in panels(figure)] == [printed] * 8


def test_large_image_prints_none():
    """A photograph is drawn without numbers."""
    (axes,) = panels(show_images([np.zeros((20, 30))], ["photo"]))
    assert not axes.texts


@pytest.mark.parametrize(
    "view, white, labels",
    [
        ("as a photo", 255, ["0", "127.5", "255"]),
        ("signed", 1, ["-4", "0", "4"]),
        ("ReLU", 1, ["0", "2", "4"]),
    ],
)
def test_scale_is_shown(view, white, labels):
    """Each picture has its color scale below."""
    figure = show_images([GRID], ["grid"], view, white)
    (bar,) = [axes for axes in figure.axes if not axes.get_title()]
    assert [label.get_text() for label in bar.get_xticklabels()] == labels


def test_one_limit_makes_signed_images_comparable():
    """Half the limit has half the color on the same scale; a photo keeps its own scale."""
    grids = [np.full((20, 30), number) for number in (4.0, 2.0, 1.0)]
    figure = show_images(grids, ["a", "b", "c"], ["signed", "signed", "as a photo"], limit=4)
    strong, weak, photo = (axes.images[0].get_array()[0, 0] for axes in panels(figure))
    assert tuple(strong) == (127, 39, 4) and tuple(weak) == (240, 137, 40) and photo == 255
    bars = [axes for axes in figure.axes if not axes.get_title()]
    ends = [[label.get_text() for label in bar.get_xticklabels()][::2] for bar in bars]
    assert ends == [["-4", "4"], ["-4", "4"], ["0", "1"]]


def test_views_are_drawn_one_by_one():
    """Each image has its own view: zero is white when signed and black as a photo."""
    zeros = np.zeros((20, 30))
    photo, signed = panels(show_images([zeros, zeros], ["a", "b"], ["as a photo", "signed"]))
    assert photo.images[0].get_array().max() == 0
    assert signed.images[0].get_array().min() == 247


def test_figure_shows_itself_as_png_with_alt():
    """A cell gets a PNG with its titles as text, and the same bytes each time."""
    figure = show_images([GRID, GRID.T], ["one", "two"], "signed")
    bundle, metadata = figure._repr_mimebundle_()
    assert bundle["text/plain"] == metadata["image/png"]["alt"] == "Figure: one; two"
    picture = Image.open(BytesIO(base64.b64decode(bundle["image/png"])))
    assert picture.width > picture.height > 100
    assert show_images([GRID, GRID.T], ["one", "two"], "signed")._repr_mimebundle_()[0] == bundle


@pytest.mark.parametrize(
    "images, titles, views",
    [([], [], "signed"), ([GRID], [], "signed"), ([GRID], ["a"], ["signed", "signed"])],
)
def test_unequal_lists_are_refused(images, titles, views):
    """One title and one view per image, otherwise one line of error."""
    with pytest.raises(ValueError, match="must have the same length"):
        show_images(images, titles, views)


def test_unknown_view_is_refused():
    """An unknown view is refused with the list of views."""
    with pytest.raises(ValueError, match="as a photo, signed, absolute, ReLU"):
        show_images([GRID], ["a"], "gray")
