"""ChannelExplorer: 27 weights, three maps, their sum, and the 27 products of one pixel."""

import re

import numpy as np
import pytest
from picture_bytes import file_bytes
from playwright.sync_api import expect
from scales import scale_end
from scipy import ndimage

from browser.conftest import shown
from browser.controls import (
    box,
    drag,
    dropdown,
    nothing_moves,
    number_in,
    pick,
    problem,
    set_numbers,
    set_ticks,
    swipe,
    type_into,
    upload,
)
from browser.expected import photo, sample
from browser.seen import Seen, settled, until

CHANNELS = ("red", "green", "blue")
CIRCLES = sample("circles", 64)
MIDDLE = "red weight in row 1, column 1"
channel = shown("channel")


def areas(red=1.0):
    """The initial kernel of the tests, with this weight in the center of its red slice."""
    kernel = np.zeros((3, 3, 3))
    kernel[1, 1] = red, -1, -1
    return kernel


@pytest.fixture
def circles(channel):
    """The explorer, with small circles and the kernel for red areas."""
    pick(channel, "longer side", "up to 64 pixels")
    pick(channel, "image", "circles")
    pick(channel, "kernel", "red areas")
    set_numbers(channel, {"bias": 0})
    set_ticks(channel, ReLU=True)
    must_sum(channel, areas())
    return channel


def maps(image, kernel):
    """The maps of the three channels, (H', W', 3); their sum is the feature map."""
    parts = [ndimage.correlate(image[..., k], kernel[..., k])[1:-1, 1:-1] for k in range(3)]
    return np.stack(parts, axis=-1)


def must_sum(part, kernel, image=CIRCLES, bias=0.0, rectified=True):
    """Wait for all pictures: channels, maps, sum, feature map."""
    parts = maps(image, kernel)
    total = parts.sum(axis=2) + bias
    limit = max(scale_end(values) for values in (*np.moveaxis(parts, 2, 0), total - bias))
    for k, name in enumerate(CHANNELS):
        tinted = np.zeros_like(image)
        tinted[..., k] = image[..., k]
        Seen(part, f"{name} channel").must_show(photo(tinted))
        Seen(part, f"{name} map").must_show_signed(parts[..., k], limit)
    Seen(part, "sum ").must_show_signed(total, limit)
    last = Seen(part, "feature map")
    if rectified:
        last.must_show(photo(np.clip(total / limit, 0, 1)))
    else:
        last.must_show_signed(total, limit)


def test_a_weight_can_be_dragged(circles):
    drag(box(circles, MIDDLE), 70)
    weight = settled(circles.page, lambda: number_in(box(circles, MIDDLE)))
    assert 3 < weight < 10
    must_sum(circles, areas(weight))


def test_a_weight_can_be_dragged_by_a_finger(circles):
    swipe(box(circles, MIDDLE), -70)
    assert until(circles.page, lambda: number_in(box(circles, MIDDLE)) < -1)
    must_sum(circles, areas(settled(circles.page, lambda: number_in(box(circles, MIDDLE)))))


def test_arrow_keys_move_a_weight(circles):
    box(circles, MIDDLE).focus()
    with nothing_moves(circles.page):
        for key in ("ArrowRight", "ArrowUp", "ArrowUp", "ArrowLeft"):
            circles.page.keyboard.press(key)
        must_sum(circles, areas(1.2))


def test_weights_can_be_typed_in_all_three_slices(circles):
    kernel = areas()
    for k, name in enumerate(CHANNELS):
        kernel[k, 2, k] = k + 0.5
        type_into(box(circles, f"{name} weight in row {k}, column 2"), str(k + 0.5))
    must_sum(circles, kernel)
    expect(dropdown(circles, "kernel")).to_have_value("your own")


def test_the_bias_is_added_to_the_sum_and_relu_zeroes_negative_values(circles):
    type_into(box(circles, "bias"), "-0.25")
    must_sum(circles, areas(), bias=-0.25)
    set_ticks(circles, ReLU=False)
    must_sum(circles, areas(), bias=-0.25, rectified=False)


def test_a_named_kernel_sets_all_three_slices(circles):
    pick(circles, "kernel", "edge of color")
    edge = np.array([[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]])
    must_sum(circles, np.stack([edge, -edge, np.zeros((3, 3))], axis=-1))


@pytest.mark.parametrize("way", [Seen.point, Seen.tap])
def test_a_pixel_is_explained_by_its_27_products(circles, way):
    type_into(box(circles, "bias"), "0.5")
    must_sum(circles, areas(), bias=0.5)
    view = Seen(circles, "feature map")
    row, column = way(view, 20, 20)
    patch = CIRCLES[row : row + 3, column : column + 3]
    terms = patch * areas()
    for k, name in enumerate(CHANNELS):
        Seen(circles, f"{name} patch").must_have_numbers(patch[..., k])
        Seen(circles, "products", k).must_have_numbers(terms[..., k])
        Seen(circles, f"{name} map").must_mark_about(row + 0.5, column + 0.5)
    line = circles.get_by_text(f"Row {row}, column {column}: red").inner_text()
    way(view, 20, 20)  # a second tap unpins it
    sums = [float(text) for text in re.findall(r"(?:red|green|blue) \(?(-?[\d.]+)", line)]
    assert sums == pytest.approx(terms.sum(axis=(0, 1)), abs=0.0051)
    total = float(re.search(r" [=≈] (-?[\d.]+)\. ", line)[1])
    assert total == pytest.approx(terms.sum() + 0.5, abs=0.0051)


def test_arrow_keys_move_the_cursor_over_the_feature_map(circles):
    view = Seen(circles, "feature map")
    row, column = view.point(30, 30)
    view.overlay.focus()
    with nothing_moves(circles.page):
        for key in ("ArrowUp", "ArrowRight", "Shift+ArrowLeft"):
            circles.page.keyboard.press(key)
        expect(circles.get_by_text(f"Row {row - 1}, column {column - 9}: red")).to_be_visible()
        circles.page.keyboard.press("Enter")  # unpins it


def test_a_color_upload_is_shown_and_a_gray_one_is_refused(circles):
    own = np.random.default_rng(3).integers(0, 256, (12, 17, 3), dtype=np.uint8)
    upload(circles, "mine.png", file_bytes(own))
    must_sum(circles, areas(), own / 255)
    upload(circles, "gray.png", file_bytes(own[..., 0]))
    expect(problem(circles)).to_contain_text("image must be in color")
    must_sum(circles, areas(), own / 255)
    pick(circles, "image", "circles")
    expect(problem(circles)).to_have_count(0)


BOX = ".image-view-box"


def middles(line):
    """The vertical middles of what is in a line: pictures, weights and signs."""
    parts = line.locator(f"{BOX}, .numbers-grid, .explorer-text .explorer-line")
    return [box["y"] + box["height"] / 2 for box in (part.bounding_box() for part in parts.all())]


@pytest.mark.parametrize("width, height", [(1440, 900), (1024, 768), (768, 1024)])
def test_lines_are_aligned_and_in_one_view(circles, width, height):
    """Channel × slice → map on one height; with the outputs they fit into the window of the notebook."""
    circles.page.set_viewport_size({"width": width, "height": height})
    lines = circles.locator(".explorer-aligned")
    for line in lines.all():
        found = settled(circles.page, lambda line=line: middles(line))
        assert len(found) == 5 and max(found) - min(found) <= 1
    for part in range(5):  # the columns, too
        boxes = [line.locator("> .explorer-part").nth(part).bounding_box() for line in lines.all()]
        assert max(box["x"] for box in boxes) - min(box["x"] for box in boxes) <= 1
    whole = circles.locator(".explorer-channels").bounding_box()
    window = circles.page.locator(".jp-WindowedPanel-outer").first.bounding_box()
    assert whole["height"] <= window["height"] - 72  # two rows of controls


def test_few_tab_stops_before_the_feature_map(channel):
    """27 weights, and few others; the other pictures can be pointed at."""
    more = channel.locator(".explorer-more").first
    if more.get_attribute("aria-expanded") == "true":
        more.click()
    stops = channel.evaluate("""(explorer) => {
        const all = [...explorer.querySelectorAll("input, select, button, [tabindex]")]
            .filter((part) => part.tabIndex >= 0 && part.checkVisibility() && !part.disabled);
        return all.findIndex((part) => part.ariaLabel?.startsWith("feature map"));
    }""")
    assert 27 < stops <= 34
