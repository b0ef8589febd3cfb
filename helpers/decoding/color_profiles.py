"""Color profiles: what the numbers of a picture mean as colors, and how they become sRGB."""

from io import BytesIO
from typing import Any

from PIL import Image, ImageCms


def to_srgb(picture: Image.Image, profile: bytes | None) -> Image.Image:
    """Return a picture in sRGB, in mode L or RGB, converted as its ICC profile says.

    Without a profile, the numbers are taken as sRGB. So are those whose profile is damaged or made
    for another kind of picture, as browsers do, and all of them where Pillow lacks LittleCMS. The
    picture passed may be changed.
    """
    if profile or picture.mode == "LAB":
        try:
            return _converted(picture, profile or b"")
        except MemoryError:
            raise
        except Exception:  # LittleCMS has many ways to refuse a profile
            pass
    return picture if picture.mode == "L" else picture.convert("RGB")


def _converted(picture: Image.Image, profile: bytes) -> Image.Image:
    lab = picture.mode == "LAB"  # its numbers need no profile
    own = ImageCms.createProfile("LAB") if lab else ImageCms.ImageCmsProfile(BytesIO(profile))
    if "sRGB" in ImageCms.getProfileDescription(own) and picture.mode in ("L", "RGB"):
        return picture  # a conversion to itself could round
    if picture.mode == "L":
        return picture.point(_as_srgb(_RAMP, own, _EXACT).convert("L").tobytes())
    return _as_srgb(picture, own)


_RAMP = Image.frombytes("L", (256, 1), bytes(range(256)))  # every gray there is
# ImageCms.Flags.NOOPTIMIZE, a name that the Pillow of a browser's Python is too old to have
_EXACT = 0x0100


def _as_srgb(picture: Image.Image, own: Any, flags: Any = 0) -> Image.Image:
    srgb, in_place = ImageCms.createProfile("sRGB"), picture.mode == "RGB"
    done = ImageCms.profileToProfile(
        picture, own, srgb, outputMode="RGB", inPlace=in_place, flags=flags
    )
    return done or picture
