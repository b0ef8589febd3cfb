"""Files of pictures, made byte by byte where Pillow cannot write them."""

import struct
import zlib
from io import BytesIO

import numpy as np
from PIL import Image


def file_bytes(picture, kind="PNG", **options):
    """The bytes of an image file; `picture` is a Pillow image or an array."""
    if isinstance(picture, np.ndarray):
        picture = Image.fromarray(picture)
    file = BytesIO()
    picture.save(file, kind, **options)
    return file.getvalue()


def flat(mode, color):
    return Image.new(mode, (7, 5), color)


def assert_same(image, expected, tolerance=1e-6):
    expected = np.asarray(expected)
    assert image.dtype == np.float32
    assert image.shape == expected.shape
    np.testing.assert_allclose(image, expected, atol=tolerance, rtol=0)


def chunk(name, content):
    """A chunk of a PNG file."""
    body = name + content
    return struct.pack(">I", len(content)) + body + struct.pack(">I", zlib.crc32(body))


def png(columns, rows, bits, kind, lines, *chunks):
    """A PNG file of lines of bytes, of one of PNG's kinds: 0 gray, 2 color, 4 gray and alpha, 6 all."""
    header = chunk(b"IHDR", struct.pack(">IIBBBBB", columns, rows, bits, kind, 0, 0, 0))
    body = zlib.compressobj()
    data = b"".join(body.compress(b"\0" + line) for line in lines) + body.flush()
    parts = (header, *chunks, chunk(b"IDAT", data), chunk(b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


def tiff(columns, rows, bits, data, **tags):
    """A gray TIFF file of one strip; `tags` may replace its tags, as tag_262=(3, 1, 0)."""
    entries = {
        256: (4, 1, columns), 257: (4, 1, rows), 258: (3, 1, bits), 259: (3, 1, 1), 262: (3, 1, 1),
        273: (4, 1, 8), 277: (3, 1, 1), 278: (4, 1, rows), 279: (4, 1, len(data)),
    }  # fmt: skip
    entries |= {int(name[4:]): entry for name, entry in tags.items()}
    listed = b"".join(struct.pack("<HHII", tag, *entries[tag]) for tag in sorted(entries))
    start = b"II*\0" + struct.pack("<I", 8 + len(data))
    return start + data + struct.pack("<H", len(entries)) + listed + bytes(4)


def in_12_bits(pixels):
    """Rows of an even number of pixels from 0 to 4095, two of them in three bytes."""
    first, second = pixels[:, ::2].ravel(), pixels[:, 1::2].ravel()
    parts = [first >> 4, (first & 15) << 4 | second >> 8, second & 255]
    return np.stack(parts, axis=1).astype(np.uint8).tobytes()


def profile(space=b"RGB ", primaries=(), gamma=2.2):
    """An ICC profile of version 2: gray, or of three primaries in XYZ under D50 (the white of ICC)."""
    curve = b"curv" + bytes(4) + struct.pack(">IH", 1, round(gamma * 256)) + bytes(2)
    xyz = b"XYZ " + bytes(4)
    content = {
        b"desc": b"desc" + bytes(4) + struct.pack(">I", 5) + b"Test\0" + bytes(78),
        b"wtpt": xyz + _fixed((0.9642, 1.0, 0.8249)),
    }
    if space == b"GRAY":
        content[b"kTRC"] = curve
    for name, primary in zip((b"r", b"g", b"b"), primaries):
        content |= {name + b"XYZ": xyz + _fixed(primary), name + b"TRC": curve}
    table, data = struct.pack(">I", len(content)), b""
    start = 128 + 4 + 12 * len(content)
    for name, value in content.items():
        table += name + struct.pack(">II", start + len(data), len(value))
        data += value + bytes(-len(value) % 4)
    size = struct.pack(">I", start + len(data))
    header = size + bytes(4) + b"\x02\x20\0\0mntr" + space + b"XYZ " + bytes(12) + b"acsp"
    header = header.ljust(68, b"\0") + _fixed((0.9642, 1.0, 0.8249))
    return header.ljust(128, b"\0") + table + data


def _fixed(numbers):
    return struct.pack(">3i", *(round(number * 65536) for number in numbers))
