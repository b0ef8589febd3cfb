"""PixelExplorer: reading, channels, the part near the pointer, painting, what is refused."""

from base64 import b64decode

import numpy as np
import pytest
from explorers import driving as page
from explorers.driving import picture, same
from explorers.test_painting import stroke

from helpers import box, convolve, load_image
from helpers.encoding import encode_png
from helpers.explorers import PixelExplorer
from helpers.explorers.models.pixel import PixelControls, compute, explain, painted

LUMA = np.array([0.299, 0.587, 0.114])
IMAGES = {
    "gray": picture(9, 14), "color": picture(11, 8, 3), "one pixel": picture(1, 1),
    "one color": picture(1, 1, 3), "flat": picture(3, 200), "tall": picture(200, 2, 3),
}  # fmt: skip
BYTES = np.arange(256, dtype=np.uint8).reshape(16, 16)
images = pytest.mark.parametrize("image", IMAGES.values(), ids=IMAGES)


def corners(image):
    """The four corners and a pixel inside; once each."""
    rows, columns = image.shape[:2]
    pairs = [(r, c) for r in (0, rows - 1) for c in (0, columns - 1)]
    return sorted({*pairs, (rows // 2, columns // 3)})


def point(explorer, row, column):
    page.move(explorer.image_view, cursor=[row, column], pinned=True)


@images
@pytest.mark.parametrize("times", [1, 255])
def test_reading_a_pixel(image, times):
    """Its row, its column, and its value or the three, in either unit."""
    explorer = PixelExplorer(image)
    explorer.unit.value = f"0 to {times}"
    names = ["red", "green", "blue"] if image.ndim == 3 else ["value"]
    for place in corners(image):
        point(explorer, *place)
        values = np.ravel(image[place])
        texts = [page.rounded(v) if times == 1 else str(int(v * 255 + 0.5)) for v in values]
        said = ", ".join(f"{name} {text}" for name, text in zip(names, texts, strict=True))
        start = f"Row {place[0]}, column {place[1]}: {said}. "
        assert page.told(explorer.reading).startswith(start)


@pytest.mark.parametrize("levels", [BYTES, (BYTES[:2] // 2 * 2) + 0.5], ids=["whole", "halves"])
def test_the_byte_that_is_told_is_the_one_on_the_screen(levels):
    """Also where a value lies between two levels; printed like that near the pointer."""
    explorer = PixelExplorer(np.float32(levels) / 255)
    explorer.unit.value = "0 to 255"
    for place in np.ndindex(levels.shape):
        point(explorer, *place)
        shown = explorer.image_view.picture[place]
        assert f"value {shown}." in page.told(explorer.reading)
        assert abs(shown - levels[place]) <= 0.5 and str(shown) in explorer.neighborhood.numbers


@images
def test_every_channel(image):
    """A gray picture has but one, and says so."""
    explorer, gray = PixelExplorer(image), image.ndim == 2
    for name, expected in {
        "red": image[..., :1], "green": image[..., 1:2], "blue": image[..., 2:],
        "gray (luma)": (image @ LUMA)[..., None] if not gray else None, "all channels": image,
    }.items():  # fmt: skip
        explorer.channel.value = name
        expected = image if gray or name == "all channels" else expected[..., 0]
        near = np.float64(explorer.image_view.picture) - page.as_photo(expected)
        assert np.abs(near).max() <= (name == "gray (luma)")
        shown = "gray" if gray else name
        assert explorer.image_view.title == f"{shown}: shape {expected.shape}"
        assert explorer.describe().endswith(f", {shown}") and explorer.channel.disabled == gray
        assert bool(explorer.neighborhood.numbers) == (expected.ndim == 2)


@images
def test_the_part_near_the_pointer(image):
    """Seven by seven pixels with the pointed one among them; less where there are not so many."""
    explorer = PixelExplorer(image)
    for row, column in corners(image):
        point(explorer, row, column)
        ((top, left, rows, columns),) = page.marks(explorer.image_view, thin=True)
        assert (rows, columns) == tuple(min(7, n) for n in image.shape[:2])
        assert page.marks(explorer.neighborhood) == [(row - top, column - left, 1, 1)]
        assert page.marks(explorer.image_view) == [(row, column, 1, 1)]
        ends = f"rows {top} to {top + rows - 1}, columns {left} to {left + columns - 1}"
        assert explorer.neighborhood.title == ends
        assert 0 <= row - top < rows and 0 <= column - left < columns
        part = image[top : top + rows, left : left + columns]
        same(explorer.neighborhood.picture, page.as_photo(part))
        if image.ndim == 2:
            assert explorer.neighborhood.numbers == [page.rounded(value) for value in part.ravel()]


@images
@pytest.mark.parametrize("channel", ["all channels", "blue", "gray (luma)"])
def test_a_stroke_sets_pixels(image, channel):
    """All channels of a color, the brightness of a gray; chosen anew, the array is clean."""
    explorer, before = PixelExplorer(image), image.copy()
    explorer.channel.value = channel
    explorer.brush.on.value = True
    color = np.array([0.25, 1, 0.5])
    for number, value in zip(explorer.brush.numbers, color, strict=True):
        page.type_into(number, str(value))
    places, calls = corners(image)[:3], page.counted(explorer)
    stroke(explorer.image_view, *places, image.shape[:2], (-1, 0))
    expected = image.copy()
    for place in places:
        expected[place] = color if image.ndim == 3 else color @ LUMA
    np.testing.assert_allclose(explorer.image, expected, atol=1e-6)
    if image.ndim == 3 and channel == "blue":
        same(explorer.image_view.picture, page.as_photo(expected[..., 2]))
    assert len(calls) == 1 and explorer.image_view.paints and explorer.problem == ""
    same(image, before)
    explorer.picker.name.value = "cat"
    explorer.picker.name.value = "your array"
    same(explorer.image, np.float32(image))


def test_two_strokes_in_one_message():
    """Neither is lost, although the picture is drawn once."""
    explorer = PixelExplorer(np.zeros((6, 7)))
    name = explorer.name_of(explorer.image_view)
    strokes = [[name, {"paint": [cell], "begins": True}] for cell in ([0, 0], [3, 4])]
    explorer._handle_custom_msg({"sequence": 1, "events": strokes}, [])
    assert np.argwhere(explorer.image).tolist() == [[0, 0], [3, 4]]


@pytest.mark.parametrize("name", ["cat", "coins"])
def test_paint_comes_off_with_another_choice(name):
    """Name, size, gray: the sample itself was never painted."""
    explorer = PixelExplorer(name)
    clean, picker = explorer.image.copy(), explorer.picker
    for control, there, back in (
        (picker.name, "stairs", name), (picker.longest, 64, 512), (picker.gray, True, False),
    ):  # fmt: skip
        stroke(explorer.image_view, (1, 2), (3, 4))
        assert not np.array_equal(explorer.image, clean)
        control.value = there
        control.value = back
        same(explorer.image, clean)
        same(explorer.image_view.picture, page.as_photo(clean))
    same(PixelExplorer(name).image, clean)


def test_a_smaller_picture_is_pointed_at_inside():
    """In its middle, with all that is told about it."""
    explorer = PixelExplorer("cat")
    point(explorer, 299, 400)
    page.upload(explorer.picker, "small.png", encode_png(BYTES[:3, :5]))
    assert explorer.image_view.cursor == (1, 2)
    assert page.told(explorer.reading).startswith("Row 1, column 2: value 0.07.")


@pytest.mark.parametrize("image", [
    None, "nosuch", b"hello", np.ones(5), np.ones((3, 3)) * 9, np.ones((4, 4, 2)), [[1, 2], [3]],
    np.full((3, 3), np.nan), np.ones((0, 3)), [["a"]],
], ids=lambda value: " ".join(str(value)[:15].split()))  # fmt: skip
def test_wrong_images(image):
    """One line that names the parameter."""
    with pytest.raises((ValueError, TypeError), match="^(image|source) must ") as caught:
        PixelExplorer(image)
    assert page.is_one_line(str(caught.value))


@pytest.mark.parametrize("text", ["", "abc", "1.5", "-1", "nan"])
def test_rubbish_in_the_brush(text):
    """One line, the old value stays; a wrong file is told beside it."""
    explorer = PixelExplorer(IMAGES["color"])
    before = page.seen(explorer)
    page.type_into(explorer.brush.numbers[1], text)
    page.upload(explorer.picker, "<b>.png", b"hello")
    assert page.is_one_line(explorer.problem) and "green must be" in explorer.problem
    assert "<b>.png" in explorer.problem and page.seen(explorer) == before


def test_one_change_is_one_message(messages):
    """Another channel: both pictures, once."""
    explorer = PixelExplorer(IMAGES["color"])
    messages.clear()
    page.say(explorer, explorer.channel, value=2)
    ((_, content, _),) = messages
    for view in (explorer.image_view, explorer.neighborhood):
        assert "pixels" in content["changes"][explorer.name_of(view)]


def test_pointing_is_one_message_without_the_picture(messages):
    """Only the few pixels around the pointer go to the page."""
    explorer = PixelExplorer(picture(40, 50))
    calls = page.counted(explorer)
    messages.clear()
    page.say(explorer, explorer.image_view, cursor=[3, 4], pinned=False)
    ((_, content, buffers),) = messages
    assert not calls and set(content["changes"][explorer.name_of(explorer.image_view)]) == {"marks"}
    assert [len(part) for part in buffers] == [7 * 7]


def test_compute_without_a_page():
    """Controls in, the channel and one pixel out."""
    image = IMAGES["color"]
    controls = PixelControls(
        image, painted(image, [(2, 3)], [1, 0, 1]), "mine", "green", "0 to 255"
    )
    view = compute(controls)
    assert view.title == "green: shape (11, 8)" and view.caption == "mine, green"
    found = explain(controls, view, (2, 3))
    assert found.values == "value 0" and (found.top, found.left) == (0, 0)
    assert found.numbers[2, 3] == 0 and found.part.data.shape == (7, 7)
    same(image, IMAGES["color"])


@images
def test_the_still_picture(image):
    """Where no kernel runs, a picture and its text."""
    bundle, metadata = PixelExplorer(image)._repr_mimebundle_()
    assert load_image(b64decode(bundle["image/png"])).size
    alt = "PixelExplorer: your array, " + ("all channels" if image.ndim == 3 else "gray")
    assert metadata["image/png"]["alt"] == alt


def test_a_sum_that_misses_1_by_a_last_digit_is_a_picture():
    """As a blur of white does; what is really too bright is refused."""
    white = convolve(np.ones((20, 20), np.float32), box(12))
    assert white.max() > 1
    ours = PixelExplorer(white)
    assert ours.image_view.picture.min() == 255 and ours.image.max() == 1
    assert list(ours.image_view.scale["labels"]) == ["0", "0.5", "1"]
    ours.unit.value = "0 to 255"
    assert list(ours.image_view.scale["labels"]) == ["0", "127.5", "255"]
    with pytest.raises(ValueError, match=r"from 0 to 1; got 1.5 to 1.5$"):
        PixelExplorer(white * 1.5)
