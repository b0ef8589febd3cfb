"""Rendering: the meaning of the colors, clipping, invalid input."""

import numpy as np
import pytest
from hypothesis import given
from strategies import LAYOUTS, frozen, laws, seeds, whole

from helpers.colormaps import SIGNED_PALETTE, ink_on
from helpers.rendering import (
    VIEWS,
    equals,
    format_number,
    printed,
    render,
    render_weights,
    scale_limit,
)

BLUE, WHITE, ORANGE = (8, 48, 107), (247, 247, 247), (127, 39, 4)
same = np.testing.assert_array_equal


@pytest.mark.parametrize("values", [[[-2.0, 0, 2]], [[-1, 0, 1]], [[-1e30, 0, 1e30]]])
def test_signed_runs_from_blue_through_white_to_orange(values):
    """The lowest is blue, exactly zero is the middle color, the highest is orange."""
    assert render(np.array(values)).pixels.tolist() == [[list(BLUE), list(WHITE), list(ORANGE)]]


@pytest.mark.parametrize("values", [[0.0, 3], [0, 1, 3], [-3, 0], [-3, 0, 1], [0, 1e-4, -3]])
def test_signed_is_centered_whatever_the_values(values):
    """Zero has the middle color even where all others lie on one side of it."""
    view = render(np.array([values]))
    assert view.labels == ("-3", "0", "3")
    assert tuple(view.pixels[0, values.index(0)]) == WHITE


def test_signed_steps_are_even():
    """Half of the limit has the color halfway; opposite values have different colors."""
    pixels = render(np.array([[-2.0, -1, 1, 2]])).pixels[0].astype(int)
    assert np.abs(pixels[1] - (66, 146, 198)).max() <= 2
    assert np.abs(pixels[2] - (241, 138, 40)).max() <= 2


@laws
@given(seeds)
def test_signed_of_negated_values_mirrors_the_scale(seed):
    """Blue takes the place of orange, and nothing else changes."""
    values = whole((5, 7, 3), seed)
    up, down = (render(sign * values).pixels.astype(int) for sign in (1, -1))
    assert np.abs(up + down - 254).max() <= 1
    same(up[values == 0], 127)


def test_signed_color_notes_that_gray_is_zero():
    """Color arrays are drawn channel by channel: black, middle gray, white."""
    view = render(np.array([[[-4.0, 0, 4], [0, 2, -2]]]))
    assert view.pixels[0, 0].tolist() == [0, 127, 254]
    assert view.pixels.shape == (1, 2, 3) and "middle gray is 0" in view.note
    assert view.labels == ("-4", "0", "4") and len(view.colors) == 2


@pytest.mark.parametrize("view", ["absolute", "ReLU"])
def test_views_from_black(view):
    """Black is 0 and white the largest; negative values become positive, or 0."""
    got = render(np.array([[-4.0, -2, 0], [1, 2, 3]]), view)
    largest = {"absolute": 4, "ReLU": 3}[view]
    below = {"absolute": [255, 128, 0], "ReLU": [0, 0, 0]}[view]
    above = [int(255 * v / largest + 0.5) for v in (1, 2, 3)]
    assert got.pixels.tolist() == [below, above]
    assert got.labels == ("0", f"{largest / 2:g}", str(largest)) and got.note == got.cut == ""


def test_relu_of_negative_values_is_black():
    """The scale still runs to 1."""
    view = render(np.array([[-3.0, -1]]), "ReLU")
    assert not view.pixels.any() and view.labels == ("0", "0.5", "1")


def test_photo_counts_clipped_values():
    """One of eight below, two above; the others are rounded to bytes."""
    view = render(np.array([[-0.5, 0, 0.5, 1], [1.5, 2, 0.25, 0.75]]), "as a photo")
    assert view.pixels.tolist() == [[0, 0, 128, 255], [255, 255, 64, 191]]
    assert "from -0.50 to 2.00" in view.note
    assert "12.5% below 0" in view.note and "25.0% above 1" in view.note


@pytest.mark.parametrize("high", [1.0, 1 + 1e-6])
def test_photo_without_clipping_has_no_note(high):
    """From 0 to 1 all is shown; a rounding error of a sum of nine does not count."""
    assert "clipped" not in render(np.array([[0.0, high]]), "as a photo").note


def test_photo_does_not_count_rounding_errors():
    """The rounding error of a mean of white is not counted as clipped."""
    note = render(np.array([[-0.5, 1 + 1e-6, 1 + 1e-6, 1]]), "as a photo").note
    assert "25.0% below 0" in note and " 0.0% above 1" in note


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("shape", [(2, 5), (2, 5, 3)])
@pytest.mark.parametrize("dtype", ["float16", "float32", "float64", "int64", "uint8"])
def test_type_does_not_matter(view, shape, dtype):
    """The same numbers give the same picture, integers or floats."""
    values = np.abs(whole(shape, 5))
    expected, got = render(values, view), render(frozen(values.astype(dtype)), view)
    same(got.pixels, expected.pixels)
    assert got.pixels.dtype == np.uint8 and got[1:] == expected[1:]


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("view", VIEWS)
def test_memory_order_does_not_matter(view, layout):
    """Any memory layout gives the same picture; the values are not changed."""
    values = LAYOUTS[layout](whole((3, 5), 2))
    same(render(frozen(values), view).pixels, render(values.copy("C"), view).pixels)


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("value", [0.0, 1e-38, 1e-40, 1e-300, 1e38, 1e300])
def test_any_size_of_numbers(view, value):
    """Zero keeps its color and the largest has the full one, for tiny and for huge numbers."""
    pixels = render(np.array([[-value, 0, value]]), view).pixels
    zero, full = (WHITE, ORANGE) if view == "signed" else (0, 255)
    same(pixels[0, 1], zero)
    if value and view != "as a photo":
        same(pixels[0, 2], full)


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("value", [np.nan, np.inf, -np.inf])
def test_no_picture_without_finite_numbers(view, value):
    """NaN and infinities are refused by name."""
    with pytest.raises(ValueError, match="^values must be finite; got "):
        render(np.array([[0, value, 1]]), view)


@pytest.mark.parametrize("shape", [(2, 3, 2), (2, 3, 4), (2, 3, 1), (4,), (2, 3, 3, 1)])
def test_no_picture_of_another_shape(shape):
    """One number per pixel or three; a fourth channel is not treated as transparency."""
    with pytest.raises(ValueError, match=r"^values must be \(H, W\) or \(H, W, 3\)"):
        render(np.zeros(shape))


@pytest.mark.parametrize("view", ["Signed", "", None, 3, ["signed"]])
def test_unknown_view(view):
    """The message names the parameter and lists the choices."""
    with pytest.raises(ValueError, match="view must be one of as a photo, signed"):
        render(np.zeros((2, 3)), view)


@pytest.mark.parametrize(
    "number, text",
    [
        (0, "0"),
        (-0.0, "0"),
        (-0.001, "0"),
        (7, "7"),
        (-12.0, "-12"),
        (100, "100"),
        (0.5, "0.5"),
        (-0.126, "-0.13"),
        (1 / 3, "0.33"),
        (np.float32(0.1), "0.1"),
        (np.True_, "1"),
        (np.int64(10), "10"),
        (99.999, "100"),
        (-0.999, "-1"),
    ],
)
def test_format_number(number, text):
    """At most two decimals, no trailing zeros, no negative zero."""
    assert format_number(number) == text


def test_large_numbers_are_short():
    """At most 12 characters, however large."""
    assert len(format_number(1e300)) <= 12


def test_a_limit_is_the_end_of_the_scale():
    """Values beyond it have the color of the end, and are counted in the note."""
    view = render(np.array([[-9.0, -2, 0, 1, 2, 3, 500, 0]]), limit=2)
    pixels = [tuple(pixel) for pixel in view.pixels[0].tolist()]
    assert pixels[:3] == [BLUE, BLUE, WHITE] and pixels[4:7] == [ORANGE] * 3
    assert view.labels == ("-2", "0", "2") and view.note == "37.5% beyond the scale"
    inside = render(np.array([[-1.0, 0, 2]]), limit=4)
    assert inside.labels == ("-4", "0", "4") and inside.note == ""
    color = render(np.array([[[9.0, 0, -9], [1, 1, 1]]]), limit=3)
    assert color.pixels[0, 0].tolist() == [254, 127, 0] and "33.3% beyond" in color.note


@pytest.mark.parametrize(
    "view, pixels", [("absolute", [255, 255, 0, 128]), ("ReLU", [0, 255, 0, 128])]
)
def test_a_limit_ends_the_scales_from_black(view, pixels):
    """White is the limit, and what is beyond is white too."""
    got = render(np.array([[-9.0, 9, 0, 2]]), view, limit=4)
    assert got.pixels.tolist() == [pixels] and got.labels == ("0", "2", "4")
    share = {"absolute": "50.0%", "ReLU": "25.0%"}[view]
    assert got.note == got.cut == f"{share} beyond the scale"


# --- Sums in print


@pytest.mark.parametrize("terms, total, sign", [
    ([1.19, 0, 0, 0.87], 2.054, "≈"), ([1.19, 0, 0, 0.87], 2.06, "="), ([0.1] * 3, 0.3, "="),
    ([0.84 * 0.2] * 9, 1.512, "="), ([], 0, "="), ([-0.5, 0.5], -0.001, "="), ([0.33] * 3, 1, "≈"),
])  # fmt: skip
def test_a_sum_that_does_not_add_up_in_print(terms, total, sign):
    """The sign is that of what the learner can add up."""
    assert equals(terms, total) == sign
    assert printed(total) == float(format_number(total))


# --- Where a scale ends


def spread(size, seed=3):
    """Numbers of both signs, as of edges: many small, a few large, none 0."""
    return np.random.default_rng(seed).standard_cauchy(size)


@pytest.mark.parametrize("size", [601, 700, 4096, 12_345])
def test_a_scale_ends_where_one_percent_lies_beyond(size):
    """Not a value more, and not one that is cut off without need."""
    values = spread(size)
    limit = scale_limit(values)
    assert (np.abs(values) > limit).sum() == size // 100
    assert limit in np.abs(values)
    assert (
        limit == scale_limit(-values) == scale_limit(np.random.default_rng(0).permutation(values))
    )


@pytest.mark.parametrize("shape", [(1, 1), (5, 5), (20, 30), (10, 20, 3)])
def test_a_small_grid_is_all_within_its_scale(shape):
    """Its numbers are printed, and may be compared with the ends of the scale."""
    values = spread(shape)
    assert scale_limit(values) == np.abs(values).max()
    assert "beyond" not in render(values).note


def test_zeros_do_not_count():
    """A few lines on an empty page have the scale of a page full of them."""
    lines = spread(3000)
    page = np.zeros((300, 1000))
    page[7] = 0
    page[3:6] = lines.reshape(3, 1000)
    assert scale_limit(page) == scale_limit(lines)
    assert render(page).note == "scale ends at the 99th percentile, less than 0.1% beyond"


def test_a_lonely_pixel_is_not_cut_off():
    """One percent of the few values other than 0 is less than one of them."""
    page = np.zeros((50, 50))
    page[4, 5] = -7
    assert scale_limit(page) == 7 and render(page).labels == ("-7", "0", "7")
    assert render(page).note == ""


@pytest.mark.parametrize("view", ["signed", "absolute", "ReLU"])
def test_an_outlier_does_not_fade_the_others(view):
    """A thousandfold value is drawn like the end of the scale, and is counted."""
    values = np.tile([-1.0, 0.5, 1.0], (1000, 1))
    values[7, 2] = 1000
    got, alone = render(values, view), render(np.clip(values, -1, 1), view)
    same(got.pixels, alone.pixels)
    assert got.labels == alone.labels
    assert got.note == got.cut == "scale ends at the 99th percentile, less than 0.1% beyond"
    assert alone.note == ""


def test_colors_share_one_scale():
    """The percentile of all three channels together."""
    values = spread((30, 40, 3))
    end = np.sort(np.abs(values).ravel())[-1 - values.size // 100]
    assert render(values).labels == (f"{-end:.3g}", "0", f"{end:.3g}")
    assert render(values).note == (
        "each channel: middle gray is 0; scale ends at the 99th percentile, 1.0% beyond"
    )


@pytest.mark.parametrize("view", ["signed", "absolute", "ReLU"])
def test_rounding_errors_do_not_count(view):
    """A scale is that of the picture with zeros in their place."""
    exact = np.zeros((100, 100))
    exact[:5] = spread((5, 100))
    noisy = exact + 1e-9 * np.sign(spread(exact.shape))
    got = render(noisy, view, error=2e-9)
    assert got.labels == render(exact, view).labels and got.note == render(exact, view).note
    same(got.pixels, render(exact, view).pixels)


def test_nothing_but_rounding_errors():
    """White, on a scale from -1 to 1."""
    view = render(np.full((40, 40), 1e-9), error=2e-9)
    assert (view.pixels == WHITE).all() and view.labels == ("-1", "0", "1") and view.note == ""


@pytest.mark.parametrize("factor", [0.001, 1 / 9, 1])
def test_a_small_weight_has_one_color_in_every_kernel(factor):
    """The scale ends at 1, so half as large is half as strong; it does not stretch for small weights."""
    view = render_weights(factor * np.array([[-1, 0], [0.5, 1]]))
    same(view.pixels, render(factor * np.array([[-1, 0], [0.5, 1]]), limit=1).pixels)
    assert view.labels == ("-1", "0", "1") and view.note == ""


@pytest.mark.parametrize("kernel", [[[-10.0, 2]], [[0, 1.5]], np.array([[3]])])
def test_the_largest_weight_is_on_the_scale(kernel):
    """One beyond 1 has full color, and nothing is cut off."""
    view, largest = render_weights(kernel), np.abs(kernel).max()
    assert view.labels[2] == f"{largest:g}" and view.cut == ""
    assert tuple(view.pixels.reshape(-1, 3)[np.argmax(np.abs(kernel))]) in (BLUE, ORANGE)


@pytest.mark.parametrize("kernel", [[[1, np.nan]], [[np.inf]], [["a"]], [], [1, 2]], ids=str)
def test_weights_that_cannot_be_drawn(kernel):
    with pytest.raises((TypeError, ValueError), match="^(values|weights) must "):
        render_weights(kernel)


def test_text_on_every_color_of_the_scale_can_be_read():
    """With the contrast of 4.5 that the accessibility guidelines ask of small text."""
    shares = SIGNED_PALETTE[:255] / 255
    linear = np.where(shares <= 0.04045, shares / 12.92, ((shares + 0.055) / 1.055) ** 2.4)
    for color, luminance in zip(SIGNED_PALETTE, linear @ (0.2126, 0.7152, 0.0722)):
        text = 1 if ink_on(color) == "white" else 0
        lighter, darker = max(text, luminance) + 0.05, min(text, luminance) + 0.05
        assert lighter / darker >= 4.5


def test_zeros_are_white():
    """Whatever the limit."""
    for limit in (None, 0, 1):
        assert (render(np.zeros((2, 3)), limit=limit).pixels == WHITE).all()


def test_without_scale():
    """The same picture, without colors, labels and note."""
    view = render(np.array([[-2.0, 0, 3]]), "as a photo")
    alone = view.without_scale()
    same(alone.pixels, view.pixels)
    assert not (alone.colors or alone.labels or alone.note)
