"""Decoding: from an open file to a picture in mode L, RGB or F, with limits that its header decides."""

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO

from PIL import Image, ImageOps, UnidentifiedImageError, features

from helpers.color_profiles import to_srgb
from helpers.deep_pixels import has_deep_alpha, scaled, with_raw_alpha

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
    with _problems_explained(file, name):
        given = isinstance(file, Image.Image)
        picture = file if isinstance(file, Image.Image) else Image.open(file, formats=FORMATS)
    _check_size(picture.size, name)
    with _problems_explained(file, name):
        if given:
            picture = picture.copy()
        elif least:
            picture.draft(None, (least, least))  # a JPEG file can be decoded smaller
        deep_alpha = has_deep_alpha(picture)
        picture.load()
        try:
            ImageOps.exif_transpose(picture, in_place=True)
        except MemoryError:
            raise
        except Exception:  # noqa: BLE001 - the picture can be shown even if its EXIF data is damaged
            pass
    if deep_alpha:
        picture = with_raw_alpha(picture)
    elif picture.mode[0] in "IF":
        picture = scaled(picture, name)
    with _problems_explained(file, name):
        small = _flatten(picture, _factor(picture.size, least))
        return small if small.mode == "F" else to_srgb(small, picture.info.get("icc_profile"))


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
        problem = f"source must fit into memory; {name} is too large for what is free"
    except Exception as error:  # noqa: BLE001 - Pillow raises nearly anything for damaged files
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


def _flatten(picture: Image.Image, factor: int) -> Image.Image:
    """Return a picture reduced by a factor, its transparent parts on white.

    Its mode is L, RGB, or F, CMYK or LAB as before.
    """
    clear = picture.has_transparency_data and picture.mode != "F"
    mode = picture.mode if picture.mode in ("F", "CMYK", "LAB") else "RGB"
    mode = "L" if picture.mode in ("1", "L", "LA") else mode
    if factor == 1 and picture.mode == mode and not clear:
        return picture
    columns, rows = picture.size
    result = Image.new(mode, (-(-columns // factor), -(-rows // factor)))
    height = max(1, BAND // columns // factor) * factor
    for top in range(0, rows, height):
        band = picture.crop((0, top, columns, min(top + height, rows)))
        band = _on_white(band, mode) if clear else band.convert(mode)
        result.paste(band.reduce(factor), (0, top // factor))
    return result


def _on_white(picture: Image.Image, mode: str) -> Image.Image:
    alpha = picture.convert("RGBA").getchannel("A")
    return Image.composite(picture.convert(mode), Image.new(mode, picture.size, "white"), alpha)
