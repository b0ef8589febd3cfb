"""The header of a TIFF file: how long its lists are, asked before Pillow reads them."""

from struct import Struct, error
from typing import IO

MOST_ENTRIES = 1_000  # tags; a file has some dozens
MOST_IN_TAG = 100_000  # numbers: a large picture has some thousands of strips or tiles
BLOCKS = (1, 2, 6, 7)  # types of tags whose bytes are not unpacked, such as a color profile

CLASSIC = "I", "H", "HHI4x"  # formats of an offset, a number of entries, and an entry
BIG = "4xQ", "Q", "HHQ8x"
KINDS = {
    b"II*\0": ("<", *CLASSIC), b"MM\0*": (">", *CLASSIC),
    b"II+\0": ("<", *BIG), b"MM\0+": (">", *BIG),
}  # fmt: skip


def has_excessive_lists(file: IO[bytes]) -> bool:
    """Whether a file is a TIFF file whose header declares lists that no picture needs.

    A list of 20 million strips takes Pillow minutes and gigabytes.

    Source: TIFF, Revision 6.0, section 2; Adobe, BigTIFF Design.
    """
    file.seek(0)
    kind = KINDS.get(file.read(4))
    if kind is None:
        return False
    offset, number, entry = (Struct(kind[0] + form) for form in kind[1:])
    try:
        file.seek(*offset.unpack(file.read(offset.size)))
        (count,) = number.unpack(file.read(number.size))
        if count > MOST_ENTRIES:
            return True
        entries = entry.iter_unpack(file.read(count * entry.size))
        return any(form not in BLOCKS and length > MOST_IN_TAG for _, form, length in entries)
    except (error, OverflowError, OSError, ValueError):
        return False  # cut short: Pillow says so
