"""StripeExplorer: its curves against the exact gain, what it says is seen, the user's function, refusals."""

import numpy as np
import pytest
from explorers import driving as page
from refusals import is_one_line

from helpers import KERNELS, box, convolve, convolve_loops, pool
from helpers.explorers import StripeExplorer
from helpers.explorers.models.contrast_curves import fine_angles, fine_periods
from helpers.explorers.widgets.curve import Curve, nice_top
from helpers.stripes import gain, seen_at_step

NUMBERS = "period", "angle", "stride", "size", "shift"


def explorer_with(kernel="box_blur", **controls):
    """An explorer whose controls are set one after the other."""
    explorer = StripeExplorer(kernel)
    for name, value in controls.items():
        setattr(getattr(explorer, name), "number" if name in NUMBERS else "value", value)
    assert explorer.problem == ""
    return explorer


def curves(explorer):
    return explorer.computed.over_period, explorer.computed.over_angle


@pytest.mark.parametrize(
    "kernel", [*KERNELS, np.random.default_rng(0).normal(size=(3, 3)).round(1)]
)
def test_the_curves_are_the_gain(kernel):
    """All that is measured agrees with the exact formula, but for stripes cut off at the border."""
    explorer = explorer_with(kernel, period=5.3, angle=35)
    weights = explorer.weights.kernel
    over_period, over_angle = curves(explorer)
    exact = [[gain(weights, period, 35) for period in over_period.places],
             [gain(weights, 5.3, angle) for angle in over_angle.places]]  # fmt: skip
    for curve, right in zip((over_period, over_angle), exact):
        np.testing.assert_allclose(curve.after, right, rtol=0.06, atol=0.03 * max(right))
    assert explorer.contrast == pytest.approx(gain(weights, 5.3, 35), rel=0.03, abs=1e-3)


@pytest.mark.parametrize("kernel, period, angle, contrast", [
    ("identity", 3, 20, 1), ("box_blur", 3, 0, 0), ("box_blur", 2, 0, 1 / 3),
    ("gaussian_blur", 2, 90, 0), ("sobel_vertical", 7, 90, 0), ("vertical_line", 2, 0, 12),
])  # fmt: skip
def test_contrasts_by_hand(kernel, period, angle, contrast):
    assert explorer_with(kernel, period=period, angle=angle).contrast == pytest.approx(
        contrast, abs=1e-4
    )


@pytest.mark.parametrize("wave", ["sine", "square"])
@pytest.mark.parametrize("pooling", ["none", "mean", "max"])
def test_every_point_is_what_the_explorer_shows_there(wave, pooling):
    """The curves are measured on the pictures that are shown when the controls go there."""
    explorer = explorer_with("sharpen", period=4.4, angle=20, wave=wave, stride=2, pooling=pooling)
    over_period, over_angle = curves(explorer)
    for control, curve, at in (
        (explorer.period, over_period, (2, 3, 4.4, 9.8)),
        (explorer.angle, over_angle, (0, 20, 90, 135)),
    ):
        before = control.number
        for place in at:
            control.number = place
            index = int(np.argmin(np.abs(np.subtract(curve.places, place))))
            assert explorer.contrast == pytest.approx(curve.after[index], abs=1e-4)
        control.number = before


def test_a_stride_leaves_the_curves_as_they_are():
    """Every second pixel has the contrast of all pixels, though the stripes look different."""
    one, two = (explorer_with("emboss", period=5.3, angle=35, stride=stride) for stride in (1, 2))
    for all_pixels, every_second in zip(curves(one), curves(two)):
        np.testing.assert_allclose(every_second.after, all_pixels.after, rtol=0.1)


def test_pooling_beside_no_pooling():
    """The second curve is the one without pooling; windows of 2×2 are a box blur if they take the mean."""
    plain = explorer_with("identity", angle=10)
    pooled = explorer_with("identity", angle=10, pooling="mean")
    np.testing.assert_allclose(pooled.computed.over_period.before, plain.computed.over_period.after)
    assert plain.computed.over_period.before == []
    exact = [gain(box(2), period, 10) for period in pooled.computed.over_period.places]
    np.testing.assert_allclose(pooled.computed.over_period.after, exact, atol=0.04)


def test_the_line_says_how_strong_the_stripes_are_and_what_is_cut_off():
    """Sharpened, dark and bright columns of period 2 are −2 and 3 at most."""
    line = explorer_with("identity", period=8).line.value
    assert line.startswith("Contrast: 1, the same as that of the stripes. They keep")
    line = explorer_with("sharpen", period=2).line.value
    assert line.endswith(" (clipped: 50.0% below 0, 50.0% above 1)")


def test_at_period_3_the_maximum_depends_on_where_stripes_lie_and_the_mean_does_not():
    contrasts = {}
    for pooling in ("mean", "max"):
        explorer = explorer_with("identity", period=3, pooling=pooling)
        contrasts[pooling] = []
        for shift in (0, 0.3, 0.45):
            explorer.shift.number = shift
            contrasts[pooling].append(explorer.contrast)
    assert np.ptp(contrasts["mean"]) < 0.03 and np.ptp(contrasts["max"]) > 0.8


@pytest.mark.parametrize("period, angle, stride, words", [
    (3, 0, 2, "At a step of 2, they look like period 6, angle 0°."),
    (3, 0, 4, "At a step of 4, they look like period 12, angle 0°."),
    (5, 0, 4, "At a step of 4, they look like period 20, angle 0°."),
    (3, 30, 2, "At a step of 2, they look like period 3.72, angle 141.7°."),
    (3, 0, 3, "No stripes are visible."),
    (8, 0, 4, "They keep their period and angle."),
])  # fmt: skip
def test_what_it_says_is_seen(period, angle, stride, words):
    explorer = explorer_with("identity", period=period, angle=angle, stride=stride)
    assert explorer.line.value.endswith(words)
    assert explorer.seen == seen_at_step(period, angle, stride)


@pytest.mark.parametrize("period, angle", [(2.3, 0), (2.3, 15), (5, 20), (9, 70)])
def test_what_the_maximum_shows(period, angle):
    """Also where it is an overtone: the strongest peak of the spectrum."""
    explorer = explorer_with("identity", period=period, angle=angle, pooling="max")
    output = explorer.result - explorer.result.mean()
    output *= np.outer(*(np.hanning(n) for n in output.shape))
    size = 512
    spectrum = np.abs(np.fft.fft2(output, (size, size)))
    peak = np.array(np.unravel_index(spectrum.argmax(), spectrum.shape))
    across = np.hypot(*np.minimum(peak, size - peak)) / size
    assert 2 / explorer.seen.period == pytest.approx(across, abs=0.01)


def test_zones_begin_where_another_period_is_seen():
    explorer = explorer_with("identity", period=5, angle=25, stride=3)
    for zones, at in (
        (fine_periods(explorer.controls), lambda place: (place, 25)),
        (fine_angles(explorer.controls), lambda place: (5, place)),
    ):
        assert zones
        for border in {end for zone in zones for end in zone} - {0.0, 2.0, 12.0, 180.0}:
            sides = [seen_at_step(*at(border + way), 3) for way in (-0.01, 0.01)]
            kept = [seen_at_step(*at(border + way), 1) for way in (-0.01, 0.01)]
            assert (sides[0] == kept[0]) != (sides[1] == kept[1])


def test_a_user_function_is_measured():
    """A wrong one has other curves than the right one."""
    right, wrong = StripeExplorer(convolve=convolve_loops), StripeExplorer(convolve=shifted_weights)
    for curve in curves(right):
        exact = [gain(box(3), *(at if curve is curves(right)[0] else at[::-1]))
                 for at in zip(curve.places, [0 if curve is curves(right)[0] else 6] * 99)]  # fmt: skip
        np.testing.assert_allclose(curve.after, exact, atol=0.06)
    assert abs(np.subtract(curves(wrong)[0].after, curves(right)[0].after)).max() > 0.2
    assert wrong.contrast == pytest.approx(
        wrong.result.std() / wrong.computed.image[1:-1, 1:-1].std()
    )


def shifted_weights(image, kernel, stride=1):
    """It forgets the last column of weights."""
    return convolve(image, kernel * [1, 1, 0], stride=stride)


def test_a_drag_along_a_curve_moves_the_control():
    explorer = StripeExplorer()
    page.send(explorer, explorer.over_period, value=3.04)
    page.send(explorer, explorer.over_angle, value=44.7)
    assert (explorer.period.number, explorer.angle.number) == (3.0, 45)
    assert explorer.contrast == pytest.approx(gain(box(3), 3, 45), abs=0.01)
    for junk in (float("nan"), float("inf"), -1, 13, "x", None, 10**400):
        page.send(explorer, explorer.over_period, value=junk)
        assert explorer.period.number == 3.0 and explorer.problem == ""


def test_the_mark_lies_on_the_curve():
    explorer = explorer_with("sobel_vertical", period=4, angle=30)
    for chart in (explorer.over_period, explorer.over_angle):
        (curve, *_) = [each for each in chart.shapes if each.get("thick") == 2]
        mark = chart.shapes[-1]["place"]
        middle = mark[0] + mark[2] / 2, mark[1] + mark[3] / 2
        assert min(np.hypot(*np.subtract(middle, point)) for point in curve["points"]) < 1e-6
        assert "at 4" in chart.alt or "at 30°" in chart.alt


def test_an_axis_ends_at_a_round_number():
    """Both curves have the same; a value a little above 1 does not double the axis."""
    assert [nice_top([value]) for value in (0, 0.9, 1.04, 1.1, 4, 8, 90)] == [
        1,
        1,
        1,
        2,
        5,
        10,
        100,
    ]
    chart = Curve("a", (0, 10))
    chart.show({"b": [(0, 0.0), (10, 2.0)]}, top=2, at=(5, 1.0), zones=[], zone_name="")
    start, end = [each for each in chart.shapes if each.get("thick") == 2][0]["points"]
    assert start[1] > end[1] and chart.edges[0] * 320 == start[0] and chart.edges[1] * 320 == end[0]


@pytest.mark.parametrize(
    "kernel, view", [("box_blur", "0.5"), ("sobel_vertical", "0"), ("laplacian", "0")]
)
def test_the_scale_depends_on_the_weights_alone(kernel, view):
    labels, explorer = set(), StripeExplorer(kernel)
    for period in (2, 3, 11):
        explorer.period.number = period
        labels.add(tuple(explorer.output.scale["labels"]))
    assert len(labels) == 1 and labels.pop()[1] == view


@pytest.mark.parametrize("arguments, words", [
    ({"period": 1.5}, "period must be a number from 2 to 12"),
    ({"period": "3"}, "period must be a number"),
    ({"angle": 200}, "angle must be a whole number from 0 to 180"),
    ({"kernel": "blur"}, "kernel must be one of"),
    ({"convolve": 3}, "convolve must be a function"),
    ({"controls": ["image"]}, "controls must list names out of weights, kernel, random, period"),
])  # fmt: skip
def test_refusals(arguments, words):
    with pytest.raises((ValueError, TypeError)) as caught:
        StripeExplorer(**arguments)
    assert str(caught.value).startswith(words) and is_one_line(str(caught.value))


def test_the_pool_is_the_library_s():
    explorer = explorer_with("sharpen", period=5, stride=2, pooling="max", size=3)
    expected = pool(convolve(explorer.computed.image, KERNELS["sharpen"], stride=2), 3)
    np.testing.assert_allclose(explorer.result, expected)
    assert explorer.describe() == (
        "StripeExplorer: sine stripes, period 5, angle 0°, under sharpen, stride 2, max pooling 3"
    )
