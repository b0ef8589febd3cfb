"""Decoding: from an open file to a picture in mode L, RGB or F, with limits that its header decides."""

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from operator import methodcaller
from typing import IO

from PIL import Image, ImageOps, UnidentifiedImageError, features

from helpers.decoding.color_profiles import to_srgb
from helpers.decoding.deep_pixels import Scale, from_raw_alpha, keeps_deep_alpha, scale_of
from helpers.decoding.tiff_header import has_excessive_lists

BAND = 1_000_000  # pixels converted at a time, so that no second copy of a large picture is needed
SMALL = 4_000_000  # pixels; larger pictures may be reduced before they are resampled
HEIC = (b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1")


def _supported(feature: str) -> bool:
    return feature in {*features.modules, *features.codecs} and bool(features.check(feature))


# A list of our own: some of Pillow's other formats start programs or hold further files.
FORMATS = ("JPEG", "PNG", "GIF", "BMP", "TIFF", "WEBP") + tuple(
    name
    for name, feature in {"AVIF": "avif", "JPEG2000": "jpg_2000"}.items()
    if _supported(feature)
)


def decode(file: IO[bytes] | Image.Image, name: str, least: int | None) -> Image.Image:
    """Return the picture in an open file, or a copy of a Pillow image, as `read_picture` does."""
    picture, deep_alpha = _load(file, name, least)
    mode, convert = _conversion(picture, name, deep_alpha)
    with _problems_explained(file, name):
        result = _in_bands(picture, mode, convert, _factor(picture.size, least))
        return result if mode == "F" else to_srgb(result, picture.info.get("icc_profile"))


def _load(file: IO[bytes] | Image.Image, name: str, least: int | None) -> tuple[Image.Image, bool]:
    """Return the picture, rotated, in any mode, and whether it holds raw gray and alpha."""
    given = isinstance(file, Image.Image)
    with _problems_explained(file, name):
        picture = file if isinstance(file, Image.Image) else _open(file)
    _check_size(picture.size, name)
    with _problems_explained(file, name):
        if given:
            picture = picture.copy()
        elif least:
            picture.draft(None, (least, least))  # a JPEG file can be decoded smaller
        deep_alpha = keeps_deep_alpha(picture)
        picture.load()
        try:
            ImageOps.exif_transpose(picture, in_place=True)
        except MemoryError:
            raise
        except Exception:  # the picture can be shown even if its EXIF data is damaged
            pass
        return picture, deep_alpha


def _open(file: IO[bytes]) -> Image.Image:
    if has_excessive_lists(file):
        raise ValueError("lists of millions of numbers")
    return Image.open(file, formats=FORMATS)


def _check_size(size: tuple[int, int], name: str) -> None:
    limit, pixels = Image.MAX_IMAGE_PIXELS, size[0] * size[1]
    if limit is not None and pixels > limit:
        raise ValueError(_too_many(name))
    if not pixels:
        raise ValueError(f"source must be a picture; {name} has no pixels")


def _too_many(name: str) -> str:
    return f"source must have at most {Image.MAX_IMAGE_PIXELS:,} pixels; {name} is too large"


@contextmanager
def _problems_explained(file: IO[bytes] | Image.Image, name: str) -> Iterator[None]:
    """Turn what Pillow raises into one line, and say nothing of its warnings."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
        return
    except UnidentifiedImageError:
        problem = f"source must {_unidentified(file, name)}"
    except Image.DecompressionBombError:
        problem = _too_many(name)
    except MemoryError:
        problem = f"source must fit into memory; {name} is too large for the free memory"
    except Exception as error:  # Pillow raises nearly anything for damaged files
        cut = "truncated" in str(error).lower()
        why = "cut short: copy it again" if cut else "damaged, cut short or of an unsupported kind"
        problem = f"source must be a complete picture; {name} is {why}"
    raise ValueError(problem) from None


def _unidentified(file: IO[bytes] | Image.Image, name: str) -> str:
    """Return what a file that Pillow cannot open should be, and what it is."""
    start = b""
    if not isinstance(file, Image.Image):
        file.seek(0)
        start = file.read(16)
    if start[4:8] == b"ftyp" and start[8:12] in HEIC:
        return f"be a {', '.join(FORMATS)} picture; {name} is a HEIC photograph: export it as JPEG"
    accepting = (Image.OPEN[format][1] for format in FORMATS if format in Image.OPEN)
    if any(accept and accept(start) for accept in accepting):
        return f"be a complete picture; {name} starts like one, but is cut short or damaged"
    return f"be a {', '.join(FORMATS)} picture; {name} is none of these"


def _factor(size: tuple[int, int], least: int | None) -> int:
    """Return by how much a picture may be reduced before it is resampled."""
    if not least or size[0] * size[1] <= SMALL:
        return 1
    return max(1, min(size) // least)


def _conversion(picture: Image.Image, name: str, deep_alpha: bool) -> tuple[str, Scale]:
    """Return the mode that a picture is to have, and the function that converts a part of it."""
    if deep_alpha:
        return "F", from_raw_alpha
    if picture.mode[0] in "IF":
        return "F", scale_of(picture, name, _bands(picture))
    mode = picture.mode if picture.mode in ("CMYK", "LAB") else "RGB"
    mode = "L" if picture.mode in ("1", "L", "LA") else mode
    if picture.has_transparency_data:
        return mode, partial(_on_white, mode=mode)
    return mode, methodcaller("convert", mode)


def _on_white(picture: Image.Image, mode: str) -> Image.Image:
    alpha = picture.convert("RGBA").getchannel("A")
    return Image.composite(picture.convert(mode), Image.new(mode, picture.size, "white"), alpha)


def _in_bands(picture: Image.Image, mode: str, convert: Scale, factor: int) -> Image.Image:
    """Return a picture converted and reduced part by part."""
    result = Image.new(mode, [-(-side // factor) for side in picture.size])
    top = 0
    for band in _bands(picture, factor):
        small = convert(band).reduce(factor)
        result.paste(small, (0, top))
        top += small.height
    return result


def _bands(picture: Image.Image, factor: int = 1) -> Iterator[Image.Image]:
    """Yield parts of a picture from top to bottom, of a multiple of `factor` rows each."""
    columns, rows = picture.size
    height = max(1, BAND // columns // factor) * factor
    for top in range(0, rows, height):
        yield picture.crop((0, top, columns, min(top + height, rows)))
