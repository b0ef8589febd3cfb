"""PixelExplorer: reading, channels, the neighborhood of the cursor, painting, invalid input."""

from base64 import b64decode

import numpy as np
import pytest
from explorers import driving as page
from explorers.driving import picture, same
from explorers.test_painting import stroke
from refusals import is_one_line

from helpers import box, convolve, load_image
from helpers.encoding import encode_png
from helpers.explorers import PixelExplorer
from helpers.explorers.models.pixel import PixelControls, compute, explain, painted, with_paint

LUMA = np.array([0.299, 0.587, 0.114])
IMAGES = {
    "gray": picture(9, 14), "color": picture(11, 8, 3), "one pixel": picture(1, 1),
    "one color": picture(1, 1, 3), "flat": picture(3, 200), "tall": picture(200, 2, 3),
}  # fmt: skip
BYTES = np.arange(256, dtype=np.uint8).reshape(16, 16)
images = pytest.mark.parametrize("image", IMAGES.values(), ids=IMAGES)


def corners(image):
    """The four corners and a pixel inside, each once."""
    rows, columns = image.shape[:2]
    pairs = [(r, c) for r in (0, rows - 1) for c in (0, columns - 1)]
    return sorted({*pairs, (rows // 2, columns // 3)})


def point(explorer, row, column):
    page.move(explorer.image_view, cursor=[row, column], pinned=True)


@images
@pytest.mark.parametrize("times", [1, 255])
def test_reading_a_pixel(image, times):
    """Its row, its column, and its one value or three, in either unit."""
    explorer = PixelExplorer(image)
    explorer.unit.value = f"0 to {times}"
    names = ["red", "green", "blue"] if image.ndim == 3 else ["value"]
    for place in corners(image):
        point(explorer, *place)
        values = np.ravel(image[place])
        texts = [page.rounded(v) if times == 1 else str(int(v * 255 + 0.5)) for v in values]
        values = ", ".join(f"{name} {text}" for name, text in zip(names, texts, strict=True))
        start = f"Row {place[0]}, column {place[1]}: {values}. "
        assert page.text_of(explorer.reading).startswith(start)


@pytest.mark.parametrize("values", [BYTES, (BYTES[:2] // 2 * 2) + 0.5], ids=["whole", "halves"])
def test_the_byte_in_the_text_is_the_byte_in_the_picture(values):
    """Also where a value is between two bytes; the neighborhood shows the same number."""
    explorer = PixelExplorer(np.float32(values) / 255)
    explorer.unit.value = "0 to 255"
    for place in np.ndindex(values.shape):
        point(explorer, *place)
        shown = explorer.image_view.picture[place]
        assert f"value {shown}." in page.text_of(explorer.reading)
        assert abs(shown - values[place]) <= 0.5 and str(shown) in explorer.neighborhood.numbers


@images
def test_every_channel(image):
    """A gray picture has only one, and the title shows it."""
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
        assert f", {shown}; row " in explorer.describe() and explorer.channel.disabled == gray
        lines = {text.count("\n") + 1 for text in explorer.neighborhood.numbers}
        assert lines == {1 if expected.ndim == 2 else 3}


@images
def test_the_neighborhood_of_the_cursor(image):
    """Seven by seven pixels that contain the cursor; fewer in a smaller picture."""
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
        pixels = part.reshape(-1, 1 if image.ndim == 2 else 3)
        texts = ["\n".join(map(page.rounded, pixel)) for pixel in pixels]
        assert explorer.neighborhood.numbers == texts
        listed = ", ".join(texts).replace("\n", " ")
        assert explorer.neighborhood.alt.endswith(f": {listed}")


@images
@pytest.mark.parametrize("channel", ["all channels", "blue", "gray (luma)"])
def test_a_stroke_sets_pixels(image, channel):
    """All channels of a color image, the value of a gray one; choosing the array again removes the paint."""
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
def test_another_choice_removes_the_paint(name):
    """Name or size: the sample itself is never painted."""
    explorer = PixelExplorer(name)
    clean, picker = explorer.image.copy(), explorer.picker
    for control, there, back in ((picker.name, "stairs", name), (picker.longest, 64, 512)):
        stroke(explorer.image_view, (1, 2), (3, 4))
        assert not np.array_equal(explorer.image, clean)
        control.value = there
        control.value = back
        same(explorer.image, clean)
        same(explorer.image_view.picture, page.as_photo(clean))
    same(PixelExplorer(name).image, clean)


@pytest.mark.parametrize("name", ["cat", "coins"])
def test_paint_is_kept_in_gray_and_back_in_color(name):
    """In gray it has the luma of its color, also what is painted in gray; nothing is lost."""
    explorer = PixelExplorer(name)
    clean, color = explorer.image.copy(), [0.25, 1, 0.5]
    for number, value in zip(explorer.brush.numbers, color, strict=True):
        number.number = value
    point(explorer, 5, 6)
    stroke(explorer.image_view, (1, 2), (3, 4))
    explorer.picker.gray.value = True
    stroke(explorer.image_view, (5, 6))
    gray = clean if clean.ndim == 2 else clean @ LUMA
    places = tuple(zip((1, 2), (3, 4), (5, 6), strict=True))
    gray = gray.copy()
    gray[places] = color @ LUMA
    np.testing.assert_allclose(explorer.image, gray, atol=1e-6)
    assert explorer.image_view.cursor == (5, 6)  # the same picture: the cursor stays
    assert page.text_of(explorer.reading).startswith("Row 5, column 6: value 0.72.")
    explorer.picker.gray.value = False
    expected = clean.copy()
    expected[places] = color if clean.ndim == 3 else color @ LUMA
    np.testing.assert_allclose(explorer.image, expected, atol=1e-6)


def test_the_cursor_is_inside_a_smaller_picture():
    """In its middle row, with its values."""
    explorer = PixelExplorer("cat")
    point(explorer, 299, 400)
    page.upload(explorer.picker, "small.png", encode_png(BYTES[:3, :5]))
    assert explorer.image_view.cursor == (1, 1)
    assert page.text_of(explorer.reading).startswith("Row 1, column 1: value 0.07.")


@pytest.mark.parametrize("color", [False, True])
def test_it_starts_where_the_values_vary(color):
    """In the middle half; not where they vary more at the edge, nor where all are alike."""
    image = np.full((40, 60), 0.5)
    image[:7, :4], image[19:23, 31:36] = 1, 0
    explorer = PixelExplorer(np.stack([image] * 3, axis=-1) if color else image)
    row, column = explorer.image_view.cursor
    assert 18 <= row <= 23 and 30 <= column <= 36 and not explorer.image_view.pinned
    near = image[row - 3 : row + 4, column - 3 : column + 4]
    assert (near == 0).sum() >= 16


@images
def test_it_starts_inside_any_picture(image):
    """Also in one that is smaller than the enlarged part."""
    row, column = PixelExplorer(image).image_view.cursor
    rows, columns = image.shape[:2]
    assert rows // 4 <= row < rows and columns // 4 <= column < columns


@pytest.mark.parametrize("image", [
    None, "nosuch", b"hello", np.ones(5), np.ones((3, 3)) * 9, np.ones((4, 4, 2)), [[1, 2], [3]],
    np.full((3, 3), np.nan), np.ones((0, 3)), [["a"]],
], ids=lambda value: " ".join(str(value)[:15].split()))  # fmt: skip
def test_invalid_images(image):
    """One line that names the parameter."""
    with pytest.raises((ValueError, TypeError), match="^(image|source) must ") as caught:
        PixelExplorer(image)
    assert is_one_line(str(caught.value))


@pytest.mark.parametrize("text", ["", "abc", "1.5", "-1", "nan"])
def test_an_invalid_brush_value(text):
    """One line, the old value stays; an invalid file is reported beside it."""
    explorer = PixelExplorer(IMAGES["color"])
    before = page.seen(explorer)
    page.type_into(explorer.brush.numbers[1], text)
    page.upload(explorer.picker, "<b>.png", b"hello")
    assert is_one_line(explorer.problem) and "brush green must be" in explorer.problem
    assert "<b>.png" in explorer.problem and page.seen(explorer) == before


def test_one_change_is_one_message(messages):
    """Another channel sends both pictures, once."""
    explorer = PixelExplorer(IMAGES["color"])
    messages.clear()
    page.send(explorer, explorer.channel, value=2)
    ((_, content, _),) = messages
    for view in (explorer.image_view, explorer.neighborhood):
        assert "pixels" in content["changes"][explorer.name_of(view)]


def test_pointing_is_one_message_without_the_picture(messages):
    """Only the few pixels around the cursor are sent."""
    explorer = PixelExplorer(picture(40, 50))
    calls = page.counted(explorer)
    messages.clear()
    page.send(explorer, explorer.image_view, cursor=[3, 4], pinned=False)
    ((_, content, buffers),) = messages
    changed = set(content["changes"][explorer.name_of(explorer.image_view)])
    assert not calls and changed == {"cursor", "pinned", "marks", "reading"}
    assert [len(part) for part in buffers] == [7 * 7]


def test_compute_without_a_page():
    """Controls in, the channel and one pixel out."""
    image = IMAGES["color"]
    paint = painted(None, image, [(2, 3)], [1, 0, 1])
    controls = PixelControls(None, with_paint(image, paint), "mine", "green", "0 to 255")
    view = compute(controls)
    assert view.title == "green: shape (11, 8)" and view.caption == "mine, green"
    found = explain(controls, view, (2, 3))
    assert found.values == "value 0" and (found.top, found.left) == (0, 0)
    assert found.numbers[2, 3] == 0 and found.part.data.shape == (7, 7)
    same(image, IMAGES["color"])


@images
def test_the_static_picture(image):
    """Without a kernel, a picture and its text are shown."""
    bundle, metadata = PixelExplorer(image)._repr_mimebundle_()
    assert load_image(b64decode(bundle["image/png"])).size
    alt = "PixelExplorer: your array, " + ("all channels" if image.ndim == 3 else "gray")
    told = metadata["image/png"]["alt"]
    assert told.startswith(f"{alt}; row ") and told.count("red") == image.ndim - 2


def test_the_text_names_the_pixel_under_the_cursor():
    explorer = PixelExplorer(np.arange(100).reshape(10, 10) / 100)
    explorer.image_view.cursor = (4, 2)
    assert explorer.describe() == "PixelExplorer: your array, gray; row 4, column 2: value 0.42"


def test_values_that_exceed_1_by_rounding_are_accepted():
    """As after a blur of white; values clearly above 1 are refused."""
    white = convolve(np.ones((20, 20), np.float32), box(12))
    assert white.max() > 1
    ours = PixelExplorer(white)
    assert ours.image_view.picture.min() == 255 and ours.image.max() == 1
    assert list(ours.image_view.scale["labels"]) == ["0", "0.5", "1"]
    ours.unit.value = "0 to 255"
    assert list(ours.image_view.scale["labels"]) == ["0", "127.5", "255"]
    with pytest.raises(ValueError, match=r"from 0 to 1; got 1.5 to 1.5$"):
        PixelExplorer(white * 1.5)


def test_the_value_is_there_for_screen_readers():
    """That of the pixel under the cursor, in the unit that is shown."""
    explorer = PixelExplorer(np.full((5, 6), 0.5))
    assert explorer.image_view.reading == "value 0.5"
    explorer.unit.value = "0 to 255"
    assert explorer.image_view.reading == "value 128"
    assert explorer.summary() == "your array, gray: shape (5, 6)"
