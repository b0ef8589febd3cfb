"""Sample images, every kind of image file, and errors."""

import warnings
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from picture_bytes import assert_same, file_bytes, flat, png
from PIL import Image
from refusals import refusal

from helpers.encoding import encode_png, to_bytes
from helpers.images import LUMA, load_image, load_within, to_gray
from helpers.picture_files import sample_names

# 5 rows and 7 columns, all values different, so that a rotation or a transposition shows.
GRAY = (np.arange(35, dtype=np.uint8) * 7).reshape(5, 7)
COLOR = np.stack([GRAY, 255 - GRAY, GRAY // 2], axis=2)
FORMATS = ["JPEG", "PNG", "GIF", "BMP", "TIFF", "WEBP"]


# --- Samples


def test_there_are_at_least_eight_samples_in_alphabetical_order():
    assert len(sample_names()) >= 8
    assert sample_names() == sorted(sample_names())


@pytest.mark.parametrize("name", sample_names())
def test_every_sample_is_float32_in_0_to_1_and_at_most_512_a_side(name):
    image = load_image(name)
    assert image.dtype == np.float32
    assert image.ndim == 2 or image.shape[2:] == (3,)
    assert max(image.shape[:2]) <= 512
    assert 0 <= image.min() < image.max() <= 1


@pytest.mark.parametrize("name", sample_names())
def test_load_gray_equals_to_gray_of_load(name):
    np.testing.assert_array_equal(load_image(name, gray=True), to_gray(load_image(name)))


# --- Where a picture comes from


def test_a_path_and_bytes_of_all_kinds_give_the_same_picture(tmp_path):
    path = tmp_path / "picture.png"
    data = file_bytes(COLOR)
    path.write_bytes(data)
    for source in (path, str(path), data, bytearray(data), memoryview(data)):
        assert_same(load_image(source), COLOR / 255)


def test_a_sample_name_comes_before_a_file_of_that_name(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("cat").write_bytes(file_bytes(GRAY))
    assert load_image("cat").ndim == 3
    assert_same(load_image(Path("cat")), GRAY / 255)


def test_a_sample_name_with_its_ending_is_a_path(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert "'cat.png'" in refusal(load_image, "cat.png")
    Path("cat.png").write_bytes(file_bytes(GRAY))
    assert_same(load_image("cat.png"), GRAY / 255)


def test_the_array_belongs_to_the_caller():
    data = file_bytes(GRAY)
    load_image(data)[:] = 0
    assert_same(load_image(data), GRAY / 255)


# --- Kinds of files


@pytest.mark.parametrize("kind", ["PNG", "BMP", "TIFF"])
def test_gray_and_color_files_keep_every_value(kind):
    assert_same(load_image(file_bytes(GRAY, kind)), GRAY / 255)
    assert_same(load_image(file_bytes(COLOR, kind)), COLOR / 255)


def test_webp_without_loss_keeps_every_value():
    assert_same(load_image(file_bytes(COLOR, "WEBP", lossless=True)), COLOR / 255)


def test_jpeg_keeps_gray_and_approximates_colors():
    assert_same(load_image(file_bytes(GRAY, "JPEG", quality=100)), GRAY / 255, 0.02)
    red = load_image(file_bytes(flat("RGB", (200, 20, 40)), "JPEG", quality=95))
    assert_same(red, np.full((5, 7, 3), (200, 20, 40)) / 255, 0.02)


@pytest.mark.parametrize("kind", ["PNG", "BMP", "TIFF"])
def test_one_bit_is_black_and_white(kind):
    bits = GRAY > 100
    assert_same(load_image(file_bytes(Image.fromarray(bits), kind)), bits.astype(float))


@pytest.mark.parametrize("kind", ["PNG", "GIF", "TIFF"])
def test_a_palette_gives_its_colors(kind):
    picture = Image.fromarray(GRAY // 7 % 2).copy()
    picture.putpalette([255, 0, 0, 0, 0, 255])
    expected = np.where((GRAY // 7 % 2)[..., None], (0, 0, 1), (1, 0, 0))
    assert_same(load_image(file_bytes(picture, kind)), expected)


@pytest.mark.parametrize("kind", ["PNG", "GIF"])
def test_the_transparent_color_of_a_palette_is_white(kind):
    picture = Image.fromarray(GRAY // 7 % 2).copy()
    picture.putpalette([255, 0, 0, 0, 0, 255])
    expected = np.where((GRAY // 7 % 2)[..., None], (1, 1, 1), (1, 0, 0))
    assert_same(load_image(file_bytes(picture, kind, transparency=1)), expected)


def test_a_palette_may_be_partly_transparent():
    picture = flat("P", 0)
    picture.putpalette([255, 0, 0])
    half = load_image(file_bytes(picture, transparency=bytes([51])))
    assert_same(half, np.full((5, 7, 3), (1, 0.8, 0.8)), 1 / 255)


@pytest.mark.parametrize("kind", ["PNG", "TIFF", "WEBP"])
def test_transparency_is_composited_on_white(kind):
    pixels = np.dstack([COLOR, np.full((5, 7), 255, np.uint8)])
    pixels[1, 2] = (0, 0, 0, 0)
    pixels[3, 4] = (0, 0, 255, 51)
    options = {"lossless": True} if kind == "WEBP" else {}
    expected = COLOR / 255
    expected[1, 2] = (1, 1, 1)
    expected[3, 4] = (0.8, 0.8, 1)
    assert_same(load_image(file_bytes(pixels, kind, **options)), expected, 1 / 255)


def test_gray_with_transparency_stays_gray():
    picture = Image.fromarray(GRAY)
    picture.putalpha(flat("L", 51))
    expected = 0.2 * GRAY / 255 + 0.8
    assert_same(load_image(file_bytes(picture)), expected, 1 / 255)


def test_one_transparent_value_is_white_in_gray_color_and_16_bits():
    gray = np.where(GRAY == 21, 255, GRAY)
    color = np.where(GRAY[..., None] == 21, 255, COLOR)
    assert_same(load_image(file_bytes(GRAY, transparency=21)), gray / 255)
    key = tuple(COLOR[0, 3].tolist())
    assert_same(load_image(file_bytes(COLOR, transparency=key)), color / 255)
    deep = GRAY.astype(np.uint16) * 257
    assert_same(load_image(file_bytes(deep, transparency=21 * 257)), gray / 255)


@pytest.mark.parametrize("kind", ["TIFF", "JPEG"])
def test_cmyk_is_converted(kind):
    cyan = load_image(file_bytes(flat("CMYK", (255, 0, 0, 0)), kind))
    assert_same(cyan, np.full((5, 7, 3), (0, 1, 1)), 0.02)
    black = load_image(file_bytes(flat("CMYK", (0, 0, 0, 255)), kind))
    assert_same(black, np.zeros((5, 7, 3)), 0.02)


def test_ycbcr_is_read_as_color():
    picture = flat("RGB", (200, 20, 40)).convert("YCbCr")
    expected = np.full((5, 7, 3), (200, 20, 40)) / 255
    # Compressed, because older versions of Pillow cannot read the uncompressed files they write.
    assert_same(load_image(file_bytes(picture, "TIFF", compression="jpeg")), expected, 0.02)


@pytest.mark.parametrize(
    ("kind", "number"), [("PNG", "<u2"), ("TIFF", "<u2"), ("TIFF", ">u2"), ("TIFF", "<i4")]
)
def test_16_bit_gray_is_divided_by_65535(kind, number):
    deep = (np.arange(35) * 1927).reshape(5, 7).astype(number)
    deep[0, 1] = 1  # a step much smaller than 8 bits can represent
    deep[4, 6] = 65535
    assert_same(load_image(file_bytes(deep, kind)), deep / 65535, 1e-7)


def test_float_files_keep_their_values():
    values = (GRAY / 238).astype(np.float32)
    np.testing.assert_array_equal(load_image(file_bytes(values, "TIFF")), values)


@pytest.mark.parametrize("value", [-0.001, 1.001, np.nan, np.inf])
def test_float_files_outside_0_to_1_are_refused(value):
    values = np.zeros((5, 7), np.float32)
    values[1, 2] = value
    assert "from 0 to 1;" in refusal(load_image, file_bytes(values, "TIFF"))


@pytest.mark.parametrize("value", [-1, 65536])
def test_whole_numbers_outside_16_bits_are_refused(value):
    values = np.zeros((5, 7), np.int32)
    values[1, 2] = value
    message = refusal(load_image, file_bytes(values, "TIFF"))
    assert "from 0 to 65535;" in message
    assert str(value) in message


@pytest.mark.parametrize("kind", ["GIF", "PNG", "WEBP", "TIFF"])
def test_an_animation_gives_its_first_frame(kind):
    frames = [flat("RGB", "red"), flat("RGB", "lime"), flat("RGB", "blue")]
    options = {"lossless": True} if kind == "WEBP" else {}
    data = file_bytes(frames[0], kind, save_all=True, append_images=frames[1:], **options)
    assert_same(load_image(data), np.full((5, 7, 3), (1, 0, 0)))


# --- EXIF orientation

STORED_AS = {  # orientation: how the picture is stored in the file
    1: lambda a: a,
    2: lambda a: a[:, ::-1],
    3: lambda a: a[::-1, ::-1],
    4: lambda a: a[::-1],
    5: lambda a: a.swapaxes(0, 1),
    6: lambda a: np.rot90(a),
    7: lambda a: a[::-1, ::-1].swapaxes(0, 1),
    8: lambda a: np.rot90(a, -1),
}


@pytest.mark.parametrize("orientation", STORED_AS)
@pytest.mark.parametrize("kind", ["PNG", "TIFF", "WEBP"])
def test_the_picture_is_rotated_as_exif_says(orientation, kind):
    exif = Image.Exif()
    exif[0x0112] = orientation
    options = {"lossless": True} if kind == "WEBP" else {}
    stored = np.ascontiguousarray(STORED_AS[orientation](COLOR))
    data = file_bytes(stored, kind, exif=exif, **options)
    assert_same(load_image(data), COLOR / 255)


@pytest.mark.parametrize("orientation", STORED_AS)
def test_other_depths_are_rotated_too(orientation):
    exif = Image.Exif()
    exif[0x0112] = orientation
    for expected, scale in ((GRAY, 255), (GRAY.astype(np.uint16) * 257, 65535), (GRAY > 99, 1)):
        stored = np.ascontiguousarray(STORED_AS[orientation](expected))
        assert_same(load_image(file_bytes(stored, exif=exif)), expected / scale)


def test_a_jpeg_is_rotated_before_it_is_cropped():
    exif = Image.Exif()
    exif[0x0112] = 6
    lying = np.zeros((40, 80), np.uint8)
    lying[:, :40] = 255
    data = file_bytes(lying, "JPEG", exif=exif)
    image = load_image(data, size=(20, 10))
    assert image.shape == (20, 10)
    assert image[:8].min() > 0.9
    assert image[12:].max() < 0.1
    assert load_within(data, 20).shape == (20, 10)


@pytest.mark.parametrize("notes", [b"broken", b"Exif\0\0II*\0\xff\xff\xff\xff", b"Exif\0\0MM\0*"])
@pytest.mark.parametrize("kind", ["PNG", "WEBP", "JPEG"])
def test_damaged_exif_data_is_ignored(notes, kind):
    assert load_image(file_bytes(COLOR, kind, exif=notes)).shape == (5, 7, 3)


# --- Sizes


@pytest.mark.parametrize(
    "size", [4, (4, 4), [4, 4], np.int64(4), (np.int32(4), 4), np.array([4, 4])]
)
def test_size_is_a_square_or_a_pair(size):
    assert load_image(file_bytes(COLOR), size=size).shape == (4, 4, 3)


def test_size_is_rows_then_columns():
    assert load_image(file_bytes(COLOR), size=(3, 6)).shape == (3, 6, 3)
    assert load_image(file_bytes(GRAY), size=(6, 3)).shape == (6, 3)


def test_the_original_size_changes_nothing():
    assert_same(load_image(file_bytes(COLOR), size=(5, 7)), COLOR / 255)


def test_size_keeps_the_center_and_the_proportions():
    wide = np.zeros((60, 180), np.uint8)
    wide[20:40, 80:100] = 255  # a square in the middle, a third of the height
    expected = np.zeros((30, 30), bool)
    expected[10:20, 10:20] = True
    for picture in (wide, wide.T):
        image = load_image(file_bytes(np.ascontiguousarray(picture)), size=30)
        np.testing.assert_array_equal(image > 0.5, expected)


def test_a_flat_picture_stays_flat_at_any_size():
    for size in (3, (40, 2), (1, 1), (2, 300)):
        image = load_image(file_bytes(flat("RGB", (255, 51, 0))), size=size)
        np.testing.assert_allclose(image, np.broadcast_to((1, 0.2, 0), image.shape), atol=1e-6)


def test_sharp_edges_do_not_overshoot():
    edge = np.zeros((8, 12), np.float32)
    edge[:, 6:] = 1
    image = load_image(file_bytes(edge, "TIFF"), size=(16, 24))
    assert image.min() == 0
    assert image.max() == 1


@pytest.mark.parametrize(
    "size",
    [
        0,
        -3,
        True,
        2.0,
        20_001,
        "4",
        (3, 4, 5),
        (3,),
        (),
        (3, 0),
        (True, 3),
        (3.0, 4),
        (4, 20_001),
        "ab",
        {3, 4},
        float("nan"),
    ],
)
def test_an_invalid_size_is_refused(size):
    """The line quotes the size, or the side that is wrong."""
    message = refusal(load_image, "cat", size=size, error=(ValueError, TypeError))
    sides = {f"size[{k}]": side for k, side in enumerate(size if isinstance(size, tuple) else ())}
    name, _, rest = message.partition(" must be ")
    assert f"; got {({'size': size} | sides)[name]!r}" in rest


def test_load_within_shrinks_to_the_longest_side_and_keeps_proportions():
    data = file_bytes(flat("RGB", "red").resize((80, 40)))
    assert_same(load_within(data, 20), np.full((10, 20, 3), (1, 0, 0)))
    assert load_within(data, 20, gray=True).shape == (10, 20)


def test_load_within_never_enlarges():
    for longest in (7, 8, 20_000):
        assert_same(load_within(file_bytes(COLOR), longest), COLOR / 255)


def test_load_within_keeps_at_least_one_pixel_of_a_thin_line():
    assert load_within(file_bytes(flat("L", 9).resize((1, 300))), 30).shape == (30, 1)


@pytest.mark.parametrize("longest", [0, -1, True, 2.0, "9", None, (9, 9), 20_001])
def test_an_invalid_longest_is_refused(longest):
    assert refusal(load_within, "cat", longest, error=(ValueError, TypeError)).startswith(
        "longest must be"
    )


@pytest.mark.parametrize("gray", [0, 1, None, "yes", (64, 64)])
def test_gray_must_be_true_or_false(gray):
    assert refusal(load_image, "cat", gray, error=TypeError).startswith("gray must be")
    assert refusal(load_within, "cat", 9, gray, error=TypeError).startswith("gray must be")


# --- Errors


@pytest.mark.parametrize("source", [None, 3, 0.5, ["cat"], COLOR])
def test_a_source_of_another_type_is_refused(source):
    assert refusal(load_image, source, error=TypeError).startswith("source must be")


def test_an_unknown_name_lists_the_samples():
    message = refusal(load_image, "unicorn")
    assert "'unicorn'" in message
    assert all(name in message for name in sample_names())


@pytest.mark.parametrize("source", ["", "a\0b", "two\nlines", "long" * 9999])
def test_text_that_is_not_a_path_is_refused_in_one_short_line(source):
    assert len(refusal(load_image, source)) < 500


def test_a_missing_file_a_folder_and_an_empty_file_are_refused_by_name(tmp_path):
    (tmp_path / "empty.png").touch()
    (tmp_path / "album").mkdir()
    assert "missing.png" in refusal(load_image, tmp_path / "missing.png")
    assert "empty.png' is empty" in refusal(load_image, str(tmp_path / "empty.png"))
    assert "album' cannot be read: it is a folder" in refusal(load_image, tmp_path / "album")


def test_empty_bytes_are_refused():
    assert "is empty" in refusal(load_image, b"")


def test_a_file_of_another_kind_is_refused(tmp_path):
    (tmp_path / "notes.png").write_text("a shopping list")
    message = refusal(load_image, tmp_path / "notes.png")
    assert "notes.png" in message
    assert all(kind in message for kind in FORMATS)
    assert "none of these" in refusal(load_image, file_bytes(flat("RGB", "red"), "EPS"))


@pytest.mark.parametrize("kind", FORMATS)
def test_a_truncated_file_is_refused(kind):
    data = file_bytes(np.random.default_rng(0).integers(0, 256, (40, 50, 3), np.uint8), kind)
    for part in (0.02, 0.5, 0.9):
        refusal(load_image, data[: int(len(data) * part)])


def tiny_file_of(columns, rows):
    """The start of a valid PNG file that declares columns × rows pixels."""
    return png(columns, rows, 8, 0, [bytes(9)])


@pytest.mark.parametrize("side", [10_000, 60_000])
def test_a_tiny_file_that_declares_a_huge_picture_is_refused(side):
    limit = Image.MAX_IMAGE_PIXELS
    assert f"at most {limit:,} pixels" in refusal(load_image, tiny_file_of(side, side))
    assert limit == Image.MAX_IMAGE_PIXELS


@pytest.mark.parametrize(("limit", "allowed"), [(10, False), (34, False), (35, True), (None, True)])
def test_the_limit_is_the_one_of_pillow_warnings(monkeypatch, limit, allowed):
    monkeypatch.setattr(Image, "MAX_IMAGE_PIXELS", limit)
    if allowed:
        assert load_image(file_bytes(GRAY)).shape == (5, 7)
    else:
        assert f"at most {limit} pixels" in refusal(load_image, file_bytes(GRAY))


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "GIF", "BMP", "WEBP"])
@settings(derandomize=True, deadline=None, max_examples=40)
@given(changes=st.lists(st.tuples(st.integers(0, 200), st.integers(0, 255)), min_size=1))
def test_a_damaged_file_gives_a_picture_or_an_error(kind, changes):
    data = bytearray(file_bytes(COLOR, kind))
    for place, value in changes:
        data[place % len(data)] = value
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Image, "MAX_IMAGE_PIXELS", 10_000)
        try:
            image = load_image(data)
        except ValueError as error:
            assert str(error).startswith("source must")
        else:
            assert 0 <= image.min() <= image.max() <= 1


# --- Gray


def test_gray_is_the_sum_weighted_by_luma():
    image = np.array([[[1, 0, 0], [0, 1, 0], [0, 0, 1], [1, 1, 1], [0, 0, 0]]], np.float32)
    assert LUMA == (0.299, 0.587, 0.114)
    assert_same(to_gray(image), [[0.299, 0.587, 0.114, 1, 0]])


@pytest.mark.parametrize("number", ["float16", "float32", "float64"])
def test_floats_keep_their_precision(number):
    gray = to_gray((COLOR / 255).astype(number))
    assert gray.dtype == number
    assert gray.shape == (5, 7)


@pytest.mark.parametrize("number", ["uint8", "int16", "int64"])
def test_whole_numbers_become_float64_on_their_own_scale(number):
    gray = to_gray(COLOR.astype(number))
    assert gray.dtype == np.float64
    np.testing.assert_allclose(gray, 0.299 * GRAY + 0.587 * (255 - GRAY) + 0.114 * (GRAY // 2))


def test_a_gray_image_is_returned_unchanged():
    for image in (GRAY, GRAY / 255, GRAY[:, :3]):
        np.testing.assert_array_equal(to_gray(image), image)
        assert to_gray(image).dtype == image.dtype


@settings(derandomize=True, deadline=None)
@given(arrays(np.float32, (2, 3, 3), elements=st.floats(0, 1, width=32)))
def test_gray_lies_between_the_darkest_and_the_brightest_channel(image):
    gray = to_gray(image)
    assert gray.min() >= 0
    assert gray.max() <= 1
    assert np.all(gray >= image.min(axis=2) - 1e-6)
    assert np.all(gray <= image.max(axis=2) + 1e-6)


def test_gray_of_a_rotated_or_sliced_image():
    image = (COLOR / 255).astype(np.float32)
    for turn in STORED_AS.values():
        np.testing.assert_allclose(to_gray(turn(image)), turn(to_gray(image)), atol=1e-6)


@pytest.mark.parametrize(
    "image",
    [
        np.zeros(3),
        np.zeros((5, 7, 4)),
        np.zeros((3, 5, 7)),
        np.zeros((5, 7, 3, 2)),
        np.zeros((5, 7, 3), bool),
        np.zeros((5, 7, 3), complex),
        np.full((5, 7, 3), "x"),
        None,
        7,
    ],
)
def test_to_gray_refuses_other_shapes(image):
    assert refusal(to_gray, image, error=(ValueError, TypeError)).startswith("image must h")


# --- Bytes


@pytest.mark.parametrize("number", ["float16", "float32", "float64"])
def test_every_byte_comes_back_exactly(number):
    image = (np.arange(256) / 255).astype(number).reshape(8, 32)
    np.testing.assert_array_equal(to_bytes(image), np.arange(256).reshape(8, 32))


def test_values_outside_are_clipped_and_nan_is_black():
    image = np.array([[-0.5, -np.inf, np.nan], [1.5, np.inf, 1]], np.float32)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert to_bytes(image).tolist() == [[0, 0, 0], [255, 255, 255]]


@settings(derandomize=True, deadline=None)
@given(arrays(np.float32, (2, 3), elements=st.floats(0, 1, width=32)))
def test_the_nearest_byte_is_taken(image):
    assert np.all(abs(to_bytes(image) - image.astype(float) * 255) <= 0.5001)


@pytest.mark.parametrize("shape", [(5,), (5, 7), (5, 7, 3), (5, 7, 2, 4), (0, 7)])
def test_bytes_keep_the_shape(shape):
    pixels = to_bytes(np.ones(shape, np.float32))
    assert pixels.shape == shape
    assert pixels.dtype == np.uint8


@pytest.mark.parametrize("image", [GRAY, GRAY > 9, GRAY.astype(int), np.array(0.5), "x", None])
def test_only_floats_become_bytes(image):
    assert refusal(to_bytes, image).startswith("image must be an array of floats")


# --- PNG


@pytest.mark.parametrize(
    "pixels",
    [
        GRAY,
        COLOR,
        GRAY.T,
        COLOR[:, ::-2],
        COLOR[..., 1],
        np.asfortranarray(COLOR),
        GRAY[:1, :1],
    ],
)
def test_a_png_is_read_back_unchanged(pixels):
    assert_same(load_image(encode_png(pixels)), pixels / 255)


@pytest.mark.parametrize("name", sample_names())
def test_a_sample_is_unchanged_by_bytes_and_png(name):
    image = load_image(name)
    np.testing.assert_array_equal(load_image(encode_png(to_bytes(image))), image)


@pytest.mark.parametrize(
    "pixels",
    [
        GRAY / 255,
        GRAY.astype(int),
        GRAY > 9,
        GRAY[0],
        GRAY[:0],
        COLOR[:, :0],
        COLOR[..., :2],
        np.zeros((5, 7, 4), np.uint8),
        np.zeros((1, 5, 7, 3), np.uint8),
        None,
    ],
)
def test_only_uint8_images_become_png(pixels):
    assert refusal(encode_png, pixels).startswith("pixels must be uint8")


def test_inputs_are_never_changed():
    image = (COLOR / 200).astype(np.float32)
    pixels, before = COLOR.copy(), image.copy()
    to_gray(image)
    to_bytes(image)
    encode_png(pixels)
    np.testing.assert_array_equal(image, before)
    np.testing.assert_array_equal(pixels, COLOR)
