"""Color profiles: the numbers of a file become sRGB, whatever space they were written in."""

import numpy as np
import pytest
from picture_bytes import assert_same, file_bytes, flat, profile
from PIL import Image, ImageCms

from helpers import load_image
from helpers.decoding.decoder import FORMATS

# Red, green and blue in XYZ, adapted to D50; from the definitions of the spaces
SRGB = np.array(
    [[0.43607, 0.22249, 0.01392], [0.38515, 0.71687, 0.09708], [0.14307, 0.06061, 0.7141]]
)
SPACES = {  # primaries, gamma: Display P3 with a plain gamma, and ProPhoto
    "Display P3": ([[0.51512, 0.2412, -0.00105], [0.29198, 0.69225, 0.04189], [0.1571, 0.06657, 0.78407]], 2.2),
    "ProPhoto": ([[0.79767, 0.28804, 0.0], [0.13519, 0.71188, 0.0], [0.03134, 0.00009, 0.82491]], 1.8),
}  # fmt: skip
PHOTO = (load_image("astronaut", size=(96, 80)) * 255).round().astype(np.uint8)


def in_srgb(pixels, primaries, gamma):
    """The colors of bytes in a space, computed from the definition of sRGB in double precision."""
    linear = (pixels / 255) ** gamma @ np.array(primaries) @ np.linalg.inv(SRGB)
    linear = linear.clip(0, 1)
    return np.where(linear <= 0.0031308, 12.92 * linear, 1.055 * linear ** (1 / 2.4) - 0.055)


@pytest.mark.parametrize("kind", ["PNG", "TIFF"])
@pytest.mark.parametrize("name, most", [("Display P3", 0.0005), ("ProPhoto", 0.001)])
def test_a_photograph_becomes_srgb(name, most, kind):
    """To the byte nearest to what the definitions give, but for rounding; without, it is off tenfold."""
    primaries, gamma = SPACES[name]
    data = file_bytes(PHOTO, kind, icc_profile=profile(b"RGB ", primaries, gamma))
    expected = (in_srgb(PHOTO, primaries, gamma) * 255).round() / 255
    got = load_image(data)
    assert np.abs(got - expected).mean() <= most
    assert np.abs(PHOTO / 255 - expected).mean() > 10 * most
    assert np.abs(got - expected).max() <= 2.1 / 255 + 0.03 * (name == "ProPhoto")


@pytest.mark.parametrize("kind", [k for k in ("JPEG", "WEBP", "AVIF") if k in FORMATS])
def test_every_kind_of_file_is_converted(kind):
    """A pure Display P3 green is greener than sRGB can show: its red becomes 0."""
    primaries, gamma = SPACES["Display P3"]
    icc = profile(b"RGB ", primaries, gamma)
    data = file_bytes(Image.new("RGB", (32, 32), (60, 200, 60)), kind, quality=95, icc_profile=icc)
    expected = in_srgb(np.array([60, 200, 60]), primaries, gamma)
    assert_same(load_image(data), np.broadcast_to(expected, (32, 32, 3)), 0.02)


def test_white_and_transparent_parts_are_white():
    """The conversion does not tint the white that transparent parts are put on."""
    primaries, gamma = SPACES["ProPhoto"]
    picture = flat("RGBA", (255, 255, 255, 255))
    picture.putpixel((2, 1), (10, 20, 30, 0))
    data = file_bytes(picture, icc_profile=profile(b"RGB ", primaries, gamma))
    assert_same(load_image(data), np.ones((5, 7, 3)))


def test_a_gray_picture_stays_gray():
    """Its profile says how bright its numbers are: linear ones are brighter than they look."""
    ramp = np.arange(256, dtype=np.uint8).reshape(16, 16)
    got = load_image(file_bytes(ramp, icc_profile=profile(b"GRAY", gamma=1.0)))
    linear = ramp / 255
    expected = np.where(linear <= 0.0031308, 12.92 * linear, 1.055 * linear ** (1 / 2.4) - 0.055)
    assert_same(got, expected, 1.1 / 255)


def test_a_picture_in_srgb_keeps_every_byte():
    icc = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    assert_same(load_image(file_bytes(PHOTO, icc_profile=icc)), PHOTO / 255)


def test_lab_is_converted_without_a_profile():
    """A light gray of L* = 60 is about 145 of 255; a* and b* are 0."""
    picture = flat("LAB", (153, 128, 128))  # L* = 60 in bytes; 128 is 0
    assert_same(load_image(file_bytes(picture, "TIFF")), np.full((5, 7, 3), 145 / 255), 0.02)


GRAY_PROFILE = profile(b"GRAY", gamma=1.0)


@pytest.mark.parametrize(
    "icc",
    [b"", b"x", bytes(200), b"\xff" * 5000, profile()[:150], profile(), GRAY_PROFILE,
     profile(b"CMYK")],
)  # fmt: skip
@pytest.mark.parametrize("kind", ["PNG", "JPEG", "TIFF", "WEBP"])
def test_a_damaged_or_unfitting_profile_is_ignored(icc, kind):
    """The numbers are taken as sRGB, as without a profile."""
    picture = Image.fromarray(PHOTO)
    plain = load_image(file_bytes(picture, kind))
    assert_same(load_image(file_bytes(picture, kind, icc_profile=icc)), plain)


@pytest.mark.parametrize("kind", ["JPEG", "TIFF"])
def test_cmyk_with_a_damaged_profile_is_still_color(kind):
    data = file_bytes(flat("CMYK", (255, 0, 0, 0)), kind, icc_profile=b"nothing")
    assert_same(load_image(data), np.full((5, 7, 3), (0, 1, 1)), 0.02)


def test_without_littlecms_the_numbers_are_taken_as_srgb(monkeypatch):
    def missing(*arguments, **options):
        raise ImportError("no LittleCMS")

    monkeypatch.setattr(ImageCms, "ImageCmsProfile", missing)
    icc = profile(b"RGB ", *SPACES["ProPhoto"])
    assert_same(load_image(file_bytes(PHOTO, icc_profile=icc)), PHOTO / 255)


def test_a_pillow_image_is_not_changed():
    """Its colors are converted in a copy."""
    picture = Image.fromarray(PHOTO)
    picture.info["icc_profile"] = profile(b"RGB ", *SPACES["ProPhoto"])
    assert np.abs(load_image(picture) - PHOTO / 255).mean() > 0.01
    assert np.array_equal(np.asarray(picture), PHOTO)
