"""Ten fruits in four styles: plain on white first, then variants by the seed, in color or gray."""

import numpy as np
import pytest
from PIL import Image
from refusals import refusal

from helpers import to_gray
from helpers.network import FRUIT_NAMES, FRUIT_STYLES, load_fruits
from helpers.picture_files import FOLDER


@pytest.fixture(scope="module")
def variants():
    """(styles, fruits, variants, 32, 32, 3)."""
    images, _ = load_fruits(variants=8, seed=3)
    return images.reshape(4, 10, 8, 32, 32, 3)


def test_shapes_labels_and_order():
    """Styles, then fruits, then variants; every fruit as often as every other."""
    images, labels = load_fruits(["twemoji", "noto"], variants=4, size=20)
    assert images.shape == (80, 20, 20, 3) and images.dtype == np.float32
    assert images.min() >= 0 and images.max() <= 1
    assert labels.dtype == int and labels.tolist() == 2 * [n for n in range(10) for _ in range(4)]
    noto, _ = load_fruits("noto", variants=4, size=20)
    np.testing.assert_array_equal(images[40::4], noto[::4])
    assert len(set(FRUIT_NAMES)) == 10 and len(set(FRUIT_STYLES)) == 4


@pytest.mark.parametrize("style", FRUIT_STYLES)
def test_the_first_picture_is_the_pictogram_on_white(style):
    """As Pillow lays it on white, at its full size."""
    images, _ = load_fruits(style, variants=1, size=96)
    with Image.open(FOLDER / "fruits" / f"{style}.png") as sheet:
        assert sheet.size == (960, 96) and sheet.mode == "RGBA"
        white = Image.new("RGBA", sheet.size, "white")
        right = np.asarray(Image.alpha_composite(white, sheet))[..., :3] / 255
    np.testing.assert_allclose(np.hstack(images), right, atol=1 / 255)


@pytest.mark.parametrize("style", FRUIT_STYLES)
def test_a_fruit_has_its_color_in_every_style(style):
    """Red ones are more red than green, green ones the reverse, yellow ones lack blue."""
    images, _ = load_fruits(style, variants=1)
    ink = dict(zip(FRUIT_NAMES, (1 - images).mean(axis=(1, 2)), strict=True))  # red, green, blue
    for name in ("red apple", "strawberry", "cherries"):
        assert ink[name][0] < ink[name][1]
    for name in ("green apple", "pear"):
        assert ink[name][1] < ink[name][0]
    for name in ("lemon", "banana", "tangerine"):
        assert ink[name][2] > ink[name][:2].max()


def test_gray_pictures_are_those_in_color(variants):
    gray, labels = load_fruits(variants=8, gray=True, seed=3)
    assert gray.shape == (320, 32, 32) and gray.dtype == np.float32
    right = [to_gray(image) for image in variants.reshape(-1, 32, 32, 3)]
    np.testing.assert_allclose(gray, right, atol=1e-6)


def test_variants_are_those_of_the_seed(variants):
    """The plain pictograms are the same with every seed, and all else differs."""
    again, other = (
        load_fruits(variants=8, seed=seed)[0].reshape(variants.shape) for seed in (3, 4)
    )
    np.testing.assert_array_equal(again, variants)
    same = (other == variants).all(axis=(3, 4, 5))
    assert same[:, :, 0].all() and not same[:, :, 1:].any()
    flat = variants.reshape(320, -1)
    assert len(np.unique(flat, axis=0)) == 320


def test_variants_have_one_light_background_each(variants):
    """The color that is most frequent along the border; every background is another."""
    found = set()
    for image in variants[:, :, 1:].reshape(-1, 32, 32, 3):
        border = np.concatenate([image[0], image[-1], image[:, 0], image[:, -1]])
        colors, counts = np.unique(border, axis=0, return_counts=True)
        color = colors[counts.argmax()]
        assert counts.max() > 20 and color.min() >= 0.5
        found.add(tuple(color))
    assert len(found) == 280


def test_fruits_are_moved_and_resized(variants):
    """Cherries cover fewer pixels than their pictogram, at other places, in all variants together."""
    cherries = variants[FRUIT_STYLES.index("twemoji"), FRUIT_NAMES.index("cherries")]
    covered = abs(cherries - cherries[:, :1, :1]).max(axis=3) > 0.1
    sizes = covered.sum(axis=(1, 2))
    assert sizes[1:].mean() < 0.85 * sizes[0]
    middles = [np.argwhere(mask).mean(axis=0) for mask in covered]
    assert np.ptp(middles, axis=0).min() > 2


@pytest.mark.parametrize(
    ("options", "line"),
    [
        ({"styles": "Noto"}, "styles must be one of fluent, noto, openmoji, twemoji; got 'Noto'"),
        ({"styles": ["noto", 3]}, "each of styles must be one of fluent"),
        ({"styles": []}, "styles must be at least one, each once; got []"),
        ({"styles": ("noto", "noto")}, "styles must be at least one, each once; got"),
        ({"styles": None}, "styles must be one of"),
        ({"variants": 0}, "variants must be"),
        ({"variants": 1001}, "variants must be"),
        ({"size": 7}, "size must be"),
        ({"size": 97}, "size must be"),
        ({"seed": -1}, "seed must be"),
    ],
)
def test_a_bad_argument_is_named(options, line):
    assert refusal(load_fruits, **options).startswith(line)


@pytest.mark.parametrize("options", [{"gray": "yes"}, {"variants": 1.5}, {"size": "32"}])
def test_a_bad_type_is_named(options):
    (name,) = options
    assert refusal(load_fruits, error=(TypeError, ValueError), **options).startswith(f"{name} must")
