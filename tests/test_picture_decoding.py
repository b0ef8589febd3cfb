"""Kinds of files: many bits, AVIF and JPEG 2000, foreign ones; large pictures with little memory."""

import struct
import warnings
from io import BytesIO

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from picture_bytes import (
    assert_same,
    chunk,
    file_bytes,
    flat,
    in_12_bits,
    png,
    profile,
    tiff,
)
from PIL import Image, features
from refusals import refusal

from helpers import load_image
from helpers.decoding.decoder import BAND, FORMATS, SMALL
from helpers.images import load_within

DEEP = (np.arange(48) * 87).reshape(6, 8)  # 0 to 4089, in 12 bits
DEEP[5, 7] = 4095
COLOR = np.random.default_rng(1).integers(0, 256, (9, 12, 3), np.uint8)


# --- Many bits


def test_12_bits_are_divided_by_4095():
    assert_same(load_image(tiff(8, 6, 12, in_12_bits(DEEP))), DEEP / 4095)


@pytest.mark.parametrize(
    "bits, kind", [(1, "|u1"), (2, "|u1"), (4, "|u1"), (8, "|u1"), (16, "<u2")]
)
@pytest.mark.parametrize("inverted", [False, True])
def test_gray_of_any_depth_runs_from_0_to_1(bits, kind, inverted):
    """Also where the file says that 0 is white."""
    steps = np.arange(64).reshape(8, 8) % 2**bits * (257 if bits == 16 else 1)
    steps[7, 7] = 2**bits - 1
    digits = steps.astype(">u2" if bits == 16 else "u1")
    rows = np.unpackbits(digits.view("u1").reshape(8, -1, 1), axis=2)
    data = np.packbits(rows[..., -min(bits, 8) :].reshape(8, -1), axis=1).tobytes()
    if bits == 16:
        data = steps.astype("<u2").tobytes()
    expected = steps / (2**bits - 1)
    tags = {"tag_262": (3, 1, 0)} if inverted else {}
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert_same(
            load_image(tiff(8, 8, bits, data, **tags)), 1 - expected if inverted else expected
        )


def test_signed_16_bits_are_divided_by_32767():
    values = (np.arange(35) * 963).reshape(5, 7)
    data = tiff(7, 5, 16, values.astype("<i2").tobytes(), tag_339=(3, 1, 2))
    assert_same(load_image(data), values / 32767)


@pytest.mark.parametrize("brightest", [16383, 4095, 1023, 5])
def test_16_bits_that_look_dark_are_told(brightest):
    """Nothing in the file says that its numbers have 12 or 14 bits, so the learner is told."""
    values = np.linspace(0, brightest, 35).round().astype(np.uint16).reshape(5, 7)
    with pytest.warns(UserWarning, match=f"brightest pixel is {brightest} of 65535") as told:
        image = load_image(file_bytes(values, "TIFF"))
    assert_same(image, values / 65535)
    assert len(told) == 1 and "\n" not in str(told[0].message)


@pytest.mark.parametrize("brightest", [0, 16384, 65535])
def test_a_dark_or_black_picture_is_no_reason_to_speak(brightest):
    values = np.full((5, 7), brightest, np.uint16)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        load_image(file_bytes(values))


def test_16_bit_gray_with_alpha_keeps_every_bit():
    """It stays gray, on white, in steps much smaller than 8 bits can represent."""
    gray = (np.arange(35) * 1801 + 1).reshape(5, 7)
    alpha = np.full((5, 7), 65535)
    alpha[1, 2], alpha[3, 4] = 0, 13107
    lines = np.stack([gray, alpha], axis=2).astype(">u2")
    share = alpha / 65535
    expected = 1 - share * (1 - gray / 65535)
    assert_same(load_image(png(7, 5, 16, 4, [line.tobytes() for line in lines])), expected)


def test_16_bit_gray_with_alpha_is_rotated_and_shrunk():
    lines = np.full((40, 80, 2), 65535, ">u2")
    lines[:, :40, 0] = 0
    exif = Image.Exif()
    exif[0x0112] = 6
    data = png(
        80, 40, 16, 4, [line.tobytes() for line in lines], chunk(b"eXIf", exif.tobytes()[6:])
    )
    image = load_image(data, size=(20, 10))
    assert image[:8].max() < 0.01 and image[12:].min() > 0.99


@pytest.mark.parametrize("kind, channels", [(2, 3), (6, 4)])
def test_16_bit_colors_are_reduced_to_8(kind, channels):
    """Pillow has no other; what is lost is less than a step of 8 bits."""
    colors = np.random.default_rng(0).integers(0, 65536, (5, 7, channels))
    colors[..., 3:] = 65535
    lines = [line.tobytes() for line in colors.astype(">u2")]
    assert_same(load_image(png(7, 5, 16, kind, lines)), colors[..., :3] / 65535, 1 / 255)


def test_float_files_just_outside_by_rounding_are_clipped():
    values = np.full((5, 7), 1 + 1e-6, np.float32)
    assert_same(load_image(file_bytes(values, "TIFF")), np.ones((5, 7)), 0)


def test_float_files_of_another_scale_are_told_how_to_change_them():
    """A file cannot be divided; its array can, and what is advised works."""
    data = file_bytes(np.linspace(0, 255, 35, dtype=np.float32).reshape(5, 7), "TIFF")
    line = r"^source, the data given, must hold values from 0 to 1; got 0 to 255: divide by 255; to"
    with pytest.raises(ValueError, match=f"{line} change .* np.asarray.* 8 bits$") as caught:
        load_image(data)
    assert "\n" not in str(caught.value) and len(str(caught.value)) < 250
    assert np.asarray(Image.open(BytesIO(data))).max() == 255


# --- Formats


def test_avif_and_jpeg_2000_are_read_where_pillow_can():
    """Both without loss, or nearly."""
    colors = np.kron(np.arange(12).reshape(2, 2, 3) * 20, np.ones((16, 16, 1))).astype(np.uint8)
    assert ("AVIF" in FORMATS) == ("avif" in features.modules and features.check("avif"))
    assert ("JPEG2000" in FORMATS) == features.check("jpg_2000")
    if "AVIF" in FORMATS:
        data = file_bytes(colors, "AVIF", quality=100, subsampling="4:4:4")
        assert_same(load_image(data), colors / 255, 0.02)
    if "JPEG2000" in FORMATS:
        assert_same(load_image(file_bytes(colors, "JPEG2000")), colors / 255)
        assert_same(load_image(file_bytes(colors[..., 0], "JPEG2000")), colors[..., 0] / 255)


@pytest.mark.parametrize("brand", [b"heic", b"heix", b"mif1"])
def test_heic_is_to_be_exported(brand):
    data = struct.pack(">I", 24) + b"ftyp" + brand + bytes(4) + brand + b"miaf" + bytes(500)
    assert "HEIC photograph: export it as JPEG" in refusal(load_image, data)


@pytest.mark.parametrize("kind", ["EPS", "ICO", "ICNS", "PPM", "TGA", "PCX", "DDS", "SGI"])
def test_other_formats_of_pillow_are_refused(kind):
    """Our list is short: some of Pillow's formats start programs or hold other files."""
    assert "none of these" in refusal(
        load_image, file_bytes(flat("RGB", "red").resize((32, 32)), kind)
    )


@pytest.mark.parametrize("kind", FORMATS)
def test_what_is_cut_short_is_said_to_be(kind):
    """Not that it is no picture."""
    colors = np.random.default_rng(0).integers(0, 256, (40, 50, 3), np.uint8)
    data = file_bytes(colors, kind)
    for part in (0.05, 0.5, 0.9):
        assert "cut short" in refusal(load_image, data[: int(len(data) * part)])


# --- Large pictures


def test_a_large_jpeg_is_decoded_smaller():
    """What is seen is the same as after decoding all of it."""
    waves = np.sin(np.arange(2400) / 90) * np.cos(np.arange(1800) / 70)[:, None]
    data = file_bytes(np.uint8(waves * 100 + 120), "JPEG", quality=95)
    full = Image.open(BytesIO(data))
    for size in ((90, 120), (60, 60), (200, 120)):
        shown = load_image(data, size=size)
        whole = load_image(full, size=size)  # a Pillow image is decoded in full
        assert np.abs(shown - whole).max() < 0.03
    assert load_within(data, 100).shape == (75, 100)


def test_a_large_jpeg_is_rotated_after_it_is_decoded_smaller():
    exif = Image.Exif()
    exif[0x0112] = 6
    lying = np.zeros((900, 1800), np.uint8)
    lying[:, :900] = 255
    image = load_image(file_bytes(lying, "JPEG", exif=exif), size=(40, 20))
    assert image.shape == (40, 20) and image[:19].min() > 0.95 and image[21:].max() < 0.05


@pytest.mark.parametrize("mode", ["L", "RGB", "RGBA", "LA", "F", "I;16", "CMYK"])
def test_a_picture_of_many_bands_is_the_same_as_one_of_one(mode, monkeypatch):
    """Whatever its mode, with and without reduction."""
    ramp = np.linspace(0, 255, 90 * 70).reshape(90, 70)
    if mode in ("F", "I;16"):
        picture = Image.fromarray(
            (ramp / 255).astype("f4") if mode == "F" else np.uint16(ramp * 257)
        )
    else:
        picture = Image.merge(
            "RGBA", [Image.fromarray(np.uint8(r)) for r in (ramp, ramp[::-1], 255 - ramp, ramp)]
        ).convert(mode)
    whole = load_image(picture), load_within(picture, 20)
    monkeypatch.setattr("helpers.decoding.decoder.BAND", 500)
    monkeypatch.setattr("helpers.images.BAND", 500)
    np.testing.assert_array_equal(load_image(picture), whole[0])
    np.testing.assert_array_equal(load_within(picture, 20), whole[1])
    monkeypatch.setattr("helpers.decoding.decoder.SMALL", 0)  # reduced by 2 first
    shrunk = load_within(picture, 20)
    assert shrunk.shape == whole[1].shape and np.abs(shrunk - whole[1]).max() < 0.05


@settings(derandomize=True, deadline=None, max_examples=30)
@given(columns=st.integers(1, 90), rows=st.integers(1, 90), longest=st.integers(1, 40))
def test_reduction_keeps_the_shape(columns, rows, longest):
    """And the color of a flat picture, at every size."""
    picture = Image.new("RGB", (columns, rows), (255, 51, 0))
    expected = load_within(picture, longest)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("helpers.decoding.decoder.SMALL", 0)
        patch.setattr("helpers.decoding.decoder.BAND", 100)
        assert_same(load_within(picture, longest), expected, 1e-6)


def test_the_numbers_of_this_file_make_bands_and_reductions():
    """A picture of 12 megapixels is converted in parts, a sample at once."""
    assert 512 * 512 < BAND < SMALL < 12_000_000


# --- Damage


@pytest.mark.parametrize("kind", [kind for kind in ("TIFF", "AVIF", "JPEG2000") if kind in FORMATS])
@settings(derandomize=True, deadline=None, max_examples=40)
@given(changes=st.lists(st.tuples(st.integers(0, 400), st.integers(0, 255)), min_size=1))
def test_a_damaged_file_gives_a_picture_or_an_error(kind, changes):
    """In one line, with values from 0 to 1, and without a warning of Pillow's."""
    data = bytearray(file_bytes(COLOR, kind))
    for place, value in changes:
        data[place % len(data)] = value
    with pytest.MonkeyPatch.context() as patch, warnings.catch_warnings():
        warnings.simplefilter("error")
        warnings.filterwarnings("ignore", ".* looks dark")
        patch.setattr(Image, "MAX_IMAGE_PIXELS", 10_000)
        try:
            image = load_image(data)
        except ValueError as error:
            assert str(error).startswith("source") and "\n" not in str(error)
        else:
            assert 0 <= image.min() <= image.max() <= 1


@settings(derandomize=True, deadline=None, max_examples=60)
@given(changes=st.lists(st.tuples(st.integers(0, 400), st.integers(0, 255)), min_size=1))
def test_a_damaged_profile_gives_a_picture(changes):
    """Of the same shape, whatever the profile says."""
    icc = bytearray(profile(b"RGB ", [[0.4, 0.2, 0], [0.4, 0.7, 0.1], [0.1, 0.1, 0.7]]))
    for place, value in changes:
        icc[place % len(icc)] = value
    image = load_image(file_bytes(COLOR, icc_profile=bytes(icc)))
    assert image.shape == COLOR.shape and 0 <= image.min() <= image.max() <= 1
