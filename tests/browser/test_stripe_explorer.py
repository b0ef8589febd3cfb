"""StripeExplorer: a drag along a curve moves the stripes, and the pictures follow."""

import numpy as np
import pytest
from scipy import signal

from browser.conftest import shown
from browser.controls import box
from browser.expected import photo
from browser.seen import Seen, until
from helpers import KERNELS

stripes = shown("stripes")


def image(period, angle):
    turn = np.radians(angle)
    rows, columns = np.indices((80, 80)) - 1
    along = (rows * np.sin(turn) + columns * np.cos(turn)) / period + 1 / 8
    return 0.5 + 0.5 * np.cos(2 * np.pi * along)


def must_show(part):
    """Wait for the stripes of the numbers in the panel, and for their output."""
    period, angle = (float(box(part, name).input_value()) for name in ("period", "angle"))
    right = image(period, angle)
    Seen(part, "stripes").must_show(photo(right))
    output = signal.correlate(right, KERNELS["sharpen"], "valid")
    Seen(part, "output").must_show(photo(output))


@pytest.mark.parametrize("chart, name, at", [(0, "period", 9.0), (1, "angle", 135)])
def test_a_drag_along_a_curve(stripes, chart, name, at):
    """The number, the pictures and the mark follow."""
    page = stripes.page
    must_show(stripes)
    curve = stripes.locator(".curve-active").nth(chart)
    curve.scroll_into_view_if_needed()
    place = curve.bounding_box()
    low, high = (2, 12) if name == "period" else (0, 180)
    start, end = (place["x"] + place["width"] * (32 + share * 272) / 320
                  for share in (0.5, (at - low) / (high - low)))  # fmt: skip

    def number():
        return float(box(stripes, name).input_value())

    page.mouse.move(start, place["y"] + place["height"] / 2)
    page.mouse.down()
    page.mouse.move(end, place["y"] + place["height"] / 2, steps=5)
    page.mouse.up()
    assert until(page, lambda: number() == pytest.approx(at, abs=0.01 * (high - low)))
    must_show(stripes)
    assert f"at {number():g}" in curve.get_attribute("aria-label")
