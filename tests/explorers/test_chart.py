"""Charts and bars: the shapes that the page draws, their numbers, and the static picture."""

import itertools
import json
import math
from functools import partial

import numpy as np
import pytest
from PIL import ImageColor, ImageFont

from helpers.explorers.widgets.chart import (
    BARS_WIDTH,
    BOTTOM,
    COLORS,
    DASHES,
    LEFT,
    LEGEND,
    RIGHT,
    SHEET,
    TOP,
    Bars,
    Chart,
    round_ticks,
)
from helpers.explorers.widgets.drawing import dashed

WIDTH, HEIGHT = SHEET
CURVE = [(1, 0.5), (50, 0.02), (100, 0.001)]


def drawn(drawing, kind):
    """The shapes of one kind, as the page gets them in JSON."""
    shapes = json.loads(json.dumps(drawing.to_page("shapes")))
    return [shape for shape in shapes if shape["kind"] == kind]


def curves(chart):
    """The (x, y) points of each curve, by color, without the legend and the grid."""
    found = {}
    for shape in drawn(chart, "line"):
        points = shape["points"]
        if shape["color"] in COLORS and points[0][1] != LEGEND - 4:
            found[shape["color"]] = points
    return found


def texts(drawing):
    return [shape["text"] for shape in drawn(drawing, "words")]


def height_of(value, low, high, logarithmic, sheet=HEIGHT):
    """The expected y coordinate of a value."""
    if logarithmic:
        low, value, high = math.log10(low), math.log10(value), math.log10(high)
    return sheet - BOTTOM - (value - low) / (high - low) * (sheet - TOP - BOTTOM)


def test_points_are_at_their_values():
    """Equal steps are equally far apart; so are equal factors, or equal differences."""
    for logarithmic, low in ((True, 1e-4), (False, 0.0)):
        chart = Chart("loss", low=low, high=1, logarithmic=logarithmic)
        chart.show({"loss": CURVE})
        (points,) = curves(chart).values()
        for (x, y), (step, value) in zip(points, CURVE, strict=True):
            assert x == pytest.approx(LEFT + step / 100 * (WIDTH - LEFT - RIGHT), abs=0.1)
            assert y == pytest.approx(height_of(value, low, 1, logarithmic), abs=0.1)


def test_the_axis_grows_with_the_values():
    """A loss outside the initial range is still in the picture."""
    chart = Chart("loss", low=0.1, high=1, logarithmic=True)
    chart.show({"loss": [(0, 300.0), (1, 1e-7)]})
    (points,) = curves(chart).values()
    ticks = [float(text) for text in texts(chart)[1:] if text[0].isdigit() and text != "0"]
    assert min(ticks) <= 1e-7 and max(ticks) >= 300
    assert all(TOP <= y <= HEIGHT - BOTTOM for _, y in points) and points[0][1] < points[1][1]


@pytest.mark.parametrize("loss", [0.0, 1e-300, 1e-13])
def test_a_loss_of_zero(loss):
    """It is drawn on the lower edge, as it has no logarithm."""
    chart = Chart("loss", low=1e-4, high=1, logarithmic=True)
    chart.show({"loss": [(0, 0.1), (1, loss)]})
    assert curves(chart)[COLORS[0]][1][1] == HEIGHT - BOTTOM


def test_below_the_axis():
    """A value below the axis is drawn on its edge, which is labeled so; the legend has the true number."""
    chart = Chart("accuracy", low=0.8, high=1, percent=True)
    chart.show({"test": [(1, 0.123), (2, 0.9)]})
    assert curves(chart)[COLORS[0]][0][1] == HEIGHT - BOTTOM and "≤ 80%" in texts(chart)
    chart.show({"test": [(1, 0.81), (2, 0.9)]})
    assert "≤ 80%" not in texts(chart) and "80%" in texts(chart)


@pytest.mark.parametrize("training, test, low", [
    ([0.1, 0.3, 0.5], [0.1, 0.4, 0.6], "0%"),
    ([0.1, 0.9, 0.95], [0.1, 0.79, 0.9], "0%"),  # one curve is still below, in its second half
    ([0.1, 0.85, 0.95], [0.1, 0.81, 0.9], "≤ 80%"),
    ([0.85, 0.9, 0.95], [0.81, 0.9, 0.9], "80%"),
    ([0.1, 0.9, 0.7], [0.1, 0.9, 0.9], "0%"),  # it has fallen again
    ([], [], "0%"),
])  # fmt: skip
def test_the_axis_begins_near_the_curves_once_they_stay_there(training, test, low):
    """A rise from chance is seen as it happens, and small differences near 100% afterwards."""
    chart = Chart("accuracy", near=0.8, percent=True)
    steps = 10, 50, 100
    chart.show({"training": [*zip(steps, training)], "test": [*zip(steps, test)]})
    assert low in texts(chart) and "100%" in texts(chart)
    first = 0.0 if low == "0%" else 0.8
    for color, values in zip(COLORS, (training, test)):
        for (_, y), value in zip(curves(chart).get(color, []), values):
            assert y == pytest.approx(height_of(max(value, first), first, 1, False), abs=0.1)


@pytest.mark.parametrize("high", [1.0, 5.0, 1e3, 1e9])
@pytest.mark.parametrize("low", [1e-12, 1e-7, 1e-4, 0.1])
def test_few_ticks_that_reach_both_ends(low, high):
    """Whole powers of ten, evenly spaced, at most seven."""
    chart = Chart("loss", low=0.1, high=1, logarithmic=True)
    ticks = chart._ticks([low, high], chart.low)
    powers = np.log10(ticks)
    np.testing.assert_allclose(powers, powers.round(), atol=1e-9)
    assert 2 <= len(ticks) <= 7 and len({*np.diff(powers).round(6)}) == 1
    assert ticks[0] <= low * 1.001 and ticks[-1] >= high * 0.999


@pytest.mark.parametrize("low", [-7.3, -0.959, 0.0, 0.8])
@pytest.mark.parametrize("high", [0.95, 1.0, 21.25, 3e4])
def test_ticks_of_an_axis_are_round(low, high):
    """Multiples of a step that begins with 1, 2.5 or 5, at most seven, with little beyond the ends."""
    ticks = round_ticks(low, high)
    step = ticks[1] - ticks[0]
    assert f"{step:.1e}"[:3] in ("1.0", "2.5", "5.0")
    np.testing.assert_allclose(np.divide(ticks, step), np.round(np.divide(ticks, step)), atol=1e-6)
    np.testing.assert_allclose(np.diff(ticks), step)
    assert len(ticks) <= 7 and ticks[0] <= low < ticks[1] and ticks[-2] < high <= ticks[-1]


@pytest.mark.parametrize("given", [{}, {"loss": []}, {"loss": [(0, 0.3)]}, {"a": [], "b": CURVE}])
def test_no_curve_yet(given):
    """With no points or a single one: a frame without a line."""
    chart = Chart("loss", low=0.1, high=1, logarithmic=True)
    chart.show(given)
    assert len(curves(chart)) == sum(len(curve) > 1 for curve in given.values())
    chart.still()


def test_curves_can_be_distinguished_without_color():
    """Each has its own dash pattern, the same in the legend."""
    chart = Chart("accuracy", high=1, percent=True)
    chart.show({"one": CURVE, "two": CURVE, "three": CURVE})
    dashes = {}
    for shape in drawn(chart, "line"):
        if shape["color"] in COLORS:
            dashes.setdefault(shape["color"], []).append(shape["dash"])
    assert dashes == {color: [dash] * 2 for color, dash in zip(COLORS, DASHES, strict=True)}
    assert len({*DASHES}) == 3


@pytest.mark.parametrize("names", [("training", "test"), ("loss",)])
def test_the_legend_fits_on_the_sheet(names):
    """Below the title, also with the longest numbers; its texts do not overlap."""
    chart = Chart("loss: mean squared error", low=1e-4, high=1, logarithmic=True)
    chart.show({name: [(1, 0.5), (2, 0.000123)] for name in names})
    shown = [shape for shape in drawn(chart, "words") if shape["at"][1] == LEGEND]
    assert [shape["text"].split()[0] for shape in shown] == [*names]
    font = ImageFont.load_default(12)
    ends = [shape["at"][0] + font.getlength(shape["text"]) for shape in shown]
    starts = [shape["at"][0] - 25 for shape in shown]
    assert all(end < start for end, start in zip([0, *ends], [1, *starts[1:], WIDTH]))


def test_dashes_are_kept_in_the_static_picture():
    """Along a level curve, the ink of the second one is interrupted, that of the first is not."""
    chart = Chart("accuracy", high=1, percent=True)
    level = [(0, 0.55), (100, 0.55)]
    for number, gaps in ((0, False), (1, True)):
        chart.show({name: level if k == number else [] for k, name in enumerate("ab")})
        (points,) = curves(chart).values()
        height = round(points[0][1])
        strip = np.asarray(chart.still())[height - 2 : height + 3, LEFT + 3 : WIDTH - RIGHT - 3]
        ink = (strip == ImageColor.getrgb(COLORS[number])).all(axis=2).any(axis=0)
        assert ink.any() and ink.all() != gaps


def test_the_alternative_text():
    """It has the last numbers, whatever characters the names contain."""
    chart = Chart('loss "<b>" & more', low=0.1, high=1, logarithmic=True)
    chart.show({"<i>training": CURVE})
    assert chart.to_page("alt") == 'loss "<b>" & more, up to step 100: <i>training 0.001'
    bars = Bars("how sure", "ab")
    bars.show([0.25, 0.75])
    assert bars.to_page("alt") == "how sure: a 25.0%, b 75.0%"


def test_bars():
    """Lengths are proportional to the values; the longest has another color and bold words."""
    shares = [0.1, 0.0, 0.6, 0.3]
    bars = Bars("how sure", ["0", "1", "2", "3"])
    bars.show(shares)
    found = drawn(bars, "rectangle")
    widths = [shape["place"][2] for shape in found]
    np.testing.assert_allclose(np.array(widths) / sum(widths), shares, atol=1e-3)
    assert [shape["color"] == COLORS[1] for shape in found] == [False, False, True, False]
    bold = [shape["text"] for shape in drawn(bars, "words") if shape["bold"]]
    assert bold == ["how sure", "2", "60.0%"]
    full = Bars("how sure", ["0"])
    full.show([1.0])
    (bar,) = drawn(full, "rectangle")
    left, _, width, _ = bar["place"]
    assert left + width < BARS_WIDTH - 50  # leaves room for the number
    with pytest.raises(ValueError):
        bars.show([1.0])


def test_many_bars():
    """The twenty largest, in the order of their names; the drawing keeps its size."""
    bars = Bars("how sure", map(str, range(300)))
    shares = np.full(300, 0.4 / 280)
    shares[5:25] = 0.03
    height = bars.sheet[1]
    bars.show(shares.tolist())
    names = [shape["text"] for shape in drawn(bars, "words") if shape["anchor"] == "end"][::2]
    assert names == [str(name) for name in range(5, 25)]
    assert bars.title == "how sure, the 20 largest" and bars.sheet[1] == height == 22 + 18 * 20


def test_the_static_picture_has_the_same_curve():
    """Pillow's picture has the curve's color at the points of the SVG."""
    chart = Chart("loss", low=1e-4, high=1, logarithmic=True)
    chart.show({"loss": CURVE})
    still = np.asarray(chart.still())
    for x, y in curves(chart)[COLORS[0]][1:-1]:
        near = still[round(y) - 2 : round(y) + 3, round(x) - 2 : round(x) + 3].reshape(-1, 3)
        assert ImageColor.getrgb(COLORS[0]) in [tuple(map(int, pixel)) for pixel in near]
    assert still.shape == (HEIGHT, WIDTH, 3)


@pytest.mark.parametrize("dash", [*DASHES, "6 3 2 3"])
@pytest.mark.parametrize("points", [
    [(0, 0), (50, 0)], [(0, 0), (30, 40)], [(0, 0), (1, 0), (1, 2), (40, 2)], [(3, 3)], [(5, 5)] * 3,
])  # fmt: skip
def test_dashes_of_the_static_picture(points, dash):
    """Sampled in small steps, a point is on a piece exactly where the dash pattern has ink."""
    pieces = dashed(points, dash)
    lengths = np.cumsum([0, *map(float, dash.split())]) if dash else np.array([0, math.inf])
    walked = 0.0
    for start, end in itertools.pairwise(points):
        length = math.dist(start, end)
        for at in np.arange(0.25, length, 0.5):
            place = np.add(start, np.subtract(end, start) * at / length)
            into = walked + at if not dash else (walked + at) % lengths[-1]
            if np.abs(lengths - into).min() > 0.01:
                wanted = (np.searchsorted(lengths, into) - 1) % 2 == 0
                assert wanted == any(map(partial(_is_on, place), pieces))
        walked += length
    assert pieces[0][0] == points[0]


def _is_on(place, piece):
    """Whether a point is on a line through points."""
    return any(
        abs(math.dist(start, place) + math.dist(place, end) - math.dist(start, end)) < 1e-9
        for start, end in itertools.pairwise(piece)
    )
