"""Static figures: the right pixels, the scale, the text alternative."""

import base64
from io import BytesIO
from itertools import product

import numpy as np
import pytest
from PIL import Image

from helpers import KERNELS, convolve
from helpers.figures import show_bars, show_curves, show_images, show_with_imshow

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


@pytest.mark.parametrize(
    "view, labels", [("signed", ["-990", "0", "990"]), ("ReLU", ["0", "495", "990"])]
)
def test_a_scale_names_its_true_end(view, labels):
    """The 99th percentile of a large image, and the color of the end from there on."""
    image = np.arange(1, 1001.0).reshape(20, 50)
    figure = show_images([image], ["numbers"], view)
    (bar,) = [axes for axes in figure.axes if not axes.get_title()]
    assert [label.get_text() for label in bar.get_xticklabels()] == labels
    colors = panels(figure)[0].images[0].get_array()
    assert np.all(colors[-1, -11:] == colors[-1, -1]) and np.any(colors[-1, -20] != colors[-1, -1])


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


# --- What is cut off is told


def note_of(axes):
    """The line below the color scale of an image."""
    return " ".join(axes.get_xlabel().split())


def scales(figure):
    return [axes for axes in figure.axes if not axes.get_title()]


@pytest.mark.parametrize(
    "image, view, limit, note",
    [
        (np.arange(1000).reshape(20, 50) - 100, "as a photo", None,
         "clipped: 10.0% below 0, 89.8% above 1"),
        (np.linspace(-1, 1, 600).reshape(20, 30), "as a photo", None,
         "clipped: 49.8% below 0, 0.0% above 1"),
        (np.where(np.arange(2500).reshape(50, 50) == 7, -9, 0.5), "as a photo", None,
         "clipped: less than 0.1% below 0, 0.0% above 1"),
        (np.where(np.arange(2500).reshape(50, 50) == 7, 0.5, 9), "signed", 8,
         "over 99.9% beyond the scale"),
        (np.tile([0.0, 5], (20, 30)), "signed", 4, "50.0% beyond the scale"),
        (np.tile([0.0, 5], (20, 30)), "ReLU", 4, "50.0% beyond the scale"),
        (np.arange(1, 1001).reshape(20, 50), "signed", None,
         "scale ends at the 99th percentile, 1.0% beyond"),
        (-np.arange(1, 1001).reshape(20, 50), "absolute", None,
         "scale ends at the 99th percentile, 1.0% beyond"),
        (np.tile([0.0, 1], (20, 30)), "as a photo", None, ""),
        (np.tile([-9.0, 5], (20, 30)), "signed", None, ""),
    ],
)  # fmt: skip
def test_a_figure_tells_what_is_cut_off(image, view, limit, note):
    """Below the scale, and in the text alternative; nothing where all is shown."""
    figure = show_images([image, GRID * 0], ["numbers", "zeros"], view, limit=limit)
    assert [note_of(axes) for axes in scales(figure)] == [note, ""]
    told = f"numbers ({note})" if note else "numbers"
    assert figure.alt == f"Figure: {told}; zeros" and figure.name == "Figure: numbers; zeros"


def test_the_note_fits_below_its_image():
    """Also of eight in a row: no note reaches into the next one."""
    figure = show_images([np.full((28, 28), 7.0)] * 8, ["seven"] * 8)
    figure.draw_without_rendering()
    boxes = [axes.xaxis.label.get_window_extent() for axes in scales(figure)]
    assert all(left.x1 < right.x0 for left, right in zip(boxes, boxes[1:]))
    assert boxes[0].x0 >= 0 and boxes[0].y0 >= 0


def test_a_description_takes_the_place_of_the_titles():
    """What is cut off is still told; the name keeps the titles."""
    figure = show_images([GRID, GRID / 9], ["a", "b"], "as a photo", alt="two grids")
    assert (
        figure.alt
        == "Figure: two grids; a (clipped: 25.0% below 0, 33.3% above 1); b (clipped: 25.0% below 0, 0.0% above 1)"
    )
    assert figure.name == "Figure: a; b"
    assert show_images([GRID / 4 + 1], ["a"], "signed", alt="a grid").alt == "Figure: a grid"


def test_imshow_draws_as_it_does_without_us():
    """Gray arrays are stretched unless the options say otherwise; color arrays are not."""
    color = np.zeros((2, 3, 3)) + 0.2
    figure = show_with_imshow(
        [GRID, GRID, color], ["a", "b", "c"], [{}, {"vmin": 0, "vmax": 1}, {}], "three grids"
    )
    stretched, fixed, colored = [axes.images[0] for axes in figure.axes]
    assert stretched.get_clim() == (-3, 4) and stretched.get_cmap().name == "viridis"
    assert fixed.get_clim() == (0, 1) and np.array_equal(colored.get_array(), color)
    assert (figure.name, figure.alt) == ("Figure: a; b; c", "Figure: three grids")


def test_images_in_rows():
    """From left to right, then downward; places that are left over stay empty."""
    images = [np.full((2, 3), n) for n in range(5)]
    figure = show_with_imshow(images, list("abcde"), [{"vmin": 0, "vmax": 9}] * 5, "five", 3)
    figure.draw_without_rendering()
    boxes = [axes.get_position() for axes in figure.axes]
    assert [axes.images[0].get_array().max() for axes in figure.axes] == [*range(5)]
    assert boxes[0].x0 < boxes[1].x0 < boxes[2].x0 and boxes[3].x0 < boxes[4].x0
    assert boxes[0].y0 == pytest.approx(boxes[2].y0) and boxes[3].y1 < boxes[0].y0


@pytest.mark.parametrize("view", ["signed", "absolute", "ReLU"])
def test_what_may_be_rounding_is_drawn_as_0_and_told(view):
    """A horizontal edge filter on constant columns leaves nothing but rounding errors."""
    ramp = np.tile(np.linspace(0, 1, 60, dtype=np.float32), (60, 1))
    noise = convolve(ramp, KERNELS["sobel_horizontal"])
    figure = show_images([noise], ["e"], view)
    (axes,), (bar,) = panels(figure), scales(figure)
    assert (
        noise.any() and len(np.unique(axes.images[0].get_array().reshape(58 * 58, -1), axis=0)) == 1
    )
    told = f"drawn as 0: at most {abs(noise).max():.2g}, which may be rounding"
    assert note_of(bar) == told and figure.alt == f"Figure: e ({told})"


@pytest.mark.parametrize("image, limit", [
    (np.tile([-1e-4, 1e-4], (20, 30)), None), (np.tile([-1e-7, 1e-7], (20, 30)), 1e-7),
    (np.tile([-1, 1], (20, 30)), None),
])  # fmt: skip
def test_small_numbers_that_mean_something_are_drawn(image, limit):
    """Larger ones than rounding leaves, and any on a scale of the caller's."""
    figure = show_images([image], ["small"], "signed", limit=limit)
    (axes,), (bar,) = panels(figure), scales(figure)
    pixels = axes.images[0].get_array()
    assert pixels[0, 0, 2] > 100 > pixels[0, 0, 0] and pixels[0, 1, 0] > 100 > pixels[0, 1, 2]
    assert note_of(bar) == ""


@pytest.mark.parametrize("name, value", [
    ("white", 0), *product(("white", "limit"), (-1, "255", np.nan, np.inf, np.ones(2)))
])  # fmt: skip
def test_the_ends_of_a_scale_are_above_0(name, value):
    with pytest.raises(ValueError, match=f"^{name} must be a finite number above 0; got "):
        show_images([GRID], ["grid"], **{name: value})


def test_the_limit_of_zeros_may_be_0():
    """It comes from the images, as in np.abs(images).max()."""
    zeros = np.zeros((20, 30))
    (axes,) = panels(show_images([zeros], ["zeros"], "signed", limit=np.abs(zeros).max()))
    assert axes.images[0].get_array().min() == 247


@pytest.mark.parametrize("value", [np.nan, np.inf])
def test_an_image_that_is_not_finite_is_named(value):
    """Which one, how many numbers, and where the first is."""
    image = np.zeros((5, 7))
    image[2, 3:5] = value
    line = r"^images\[1\] must be finite; got NaN or infinity in 2 of 35 places, first at \[2, 3\]$"
    with pytest.raises(ValueError, match=line):
        show_images([GRID, image], ["a", "b"])


@pytest.mark.parametrize("channels", [(), (3,), (1,)])
def test_bytes_are_drawn_from_0_to_255(channels):
    """Nothing of a picture from Pillow is cut off, and its scale says what white is."""
    pixels = np.arange(40 * 30, dtype=np.uint16).reshape(40, 30) % 256
    pixels = np.broadcast_to(pixels[..., None], (40, 30, *(channels or (1,)))).astype(np.uint8)
    pixels = pixels if channels else pixels[..., 0]
    figure = show_images([pixels], ["bytes"])
    (axes,), (bar,) = panels(figure), scales(figure)
    shown = axes.images[0].get_array()
    np.testing.assert_array_equal(shown, pixels[..., 0] if channels == (1,) else pixels)
    assert [label.get_text() for label in bar.get_xticklabels()] == ["0", "127.5", "255"]
    assert note_of(bar) == ""


def test_a_mask_of_bytes_is_drawn_from_0_to_1():
    (axes,) = panels(show_images([np.eye(20, dtype=np.uint8)], ["mask"]))
    np.testing.assert_array_equal(axes.images[0].get_array(), np.eye(20) * 255)


def test_a_single_image_and_a_single_title_are_to_be_listed():
    """Each in one line that says so."""
    with pytest.raises(TypeError, match="titles must be a list of str, one per image; got 'a'"):
        show_images([GRID], "a")
    with pytest.raises(ValueError, match="put a single image into a list"):
        show_images(GRID, ["a"])
    with pytest.raises(ValueError, match=r"images\[1\] must be \(H, W\) or \(H, W, 3\)"):
        show_images([GRID, np.zeros((5, 7, 9))], ["a", "b"])


@pytest.mark.parametrize("fractions", [[0.5, 50], [-0.1, 0], [np.nan, 0]])
def test_bars_beyond_their_axis_are_refused(fractions):
    """Percentages would be drawn as full bars."""
    with pytest.raises(ValueError, match="fractions must be from 0 to 1"):
        show_bars(["a", "b"], fractions)


def test_curves_carry_their_names():
    """Each at its last point, in its own color; a curve of another length is refused by name."""
    figure = show_curves([1, 2], {"old": [0, 3], "new": [1, 1]}, "step", "loss", "one rises")
    (axes,) = figure.axes
    assert [line.get_ydata().tolist() for line in axes.lines] == [[0, 3], [1, 1]]
    assert [(text.get_text(), text.xy) for text in axes.texts] == [("old", (2, 3)), ("new", (2, 1))]
    assert [text.get_color() for text in axes.texts] == [line.get_color() for line in axes.lines]
    assert figure.alt == "Figure: one rises" and axes.get_xlabel() == "step"
    with pytest.raises(ValueError, match=r"^curves\['new'\] must have one number per x, 2; got 1$"):
        show_curves([1, 2], {"new": [1]}, "step", "loss", "")
