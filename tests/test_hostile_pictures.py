"""Small files that declare much: each is refused, or loaded, with little time and memory.

Each is read in a process of its own, which reports its peak of memory and its processor time.
"""

import json
import struct
import subprocess
import sys
import zlib

import numpy as np
import pytest
from import_rule import ROOT
from picture_bytes import chunk, file_bytes, png, tiff

MUCH = 100_000_000  # bytes in a text that takes 100 kB in the file


def strips(count):
    """A TIFF file of so many strips, each of one row."""
    tags = {"tag_273": (4, count, 8), "tag_278": (4, 1, 1), "tag_279": (4, count, 8)}
    return tiff(100, count, 8, bytes(4 * count), **tags)


def gif(columns, rows):
    """A GIF file of one pixel on a canvas of that size."""
    screen = struct.pack("<HHBBB", columns, rows, 0x80, 0, 0) + bytes(6)
    return b"GIF89a" + screen + b"," + struct.pack("<HHHHB", 0, 0, 1, 1, 0) + b"\2\2\x44\1\0;"


def webp(columns, rows):
    """The start of an animated WebP file with a canvas of that size."""
    sides = b"".join(struct.pack("<I", side - 1)[:3] for side in (columns, rows))
    body = b"WEBPVP8X" + struct.pack("<I", 10) + b"\2\0\0\0" + sides
    body += b"ANMF" + struct.pack("<I", 20) + bytes(20)
    return b"RIFF" + struct.pack("<I", len(body)) + body


def with_chunk(name, content):
    return png(100, 100, 8, 2, [bytes(300)] * 100, chunk(name, content))


def packed(start):
    return start + zlib.compress(bytes(MUCH))


REFUSED = {
    "too many pixels": (lambda: png(9500, 9500, 8, 0, [bytes(9500)] * 9500), "too large"),
    "a huge canvas": (lambda: gif(65535, 65535), "too large"),
    "a huge animation": (lambda: webp(16384, 16384), "source must"),  # differs by version
    "a huge JPEG 2000": (
        lambda: file_bytes(np.zeros((8, 8), np.uint8), "JPEG2000").replace(
            struct.pack(">II", 8, 8), struct.pack(">II", 60000, 60000)
        ),
        "too large",
    ),
    "two million strips": (lambda: strips(2_000_000), "damaged"),
    "a list of bits": (lambda: tiff(9, 9, 8, bytes(8 * 10**7), tag_258=(4, 2 * 10**7, 8)), "damaged"),
    "a packed text": (lambda: with_chunk(b"zTXt", packed(b"k\0\0")), "damaged"),
    "a packed international text": (lambda: with_chunk(b"iTXt", packed(b"k\0\1\0\0\0")), "damaged"),
    "a packed color profile": (lambda: with_chunk(b"iCCP", packed(b"k\0\0")), "damaged"),
    "nothing in 100 MB": (lambda: bytes(MUCH), "none of these"),
}  # fmt: skip
ACCEPTED = {  # with the memory that decoding needs at most, in MB, beside the array
    "88 million pixels with alpha": (lambda: png(9400, 9400, 8, 6, [bytes(37600)] * 9400), 450),
    "88 million pixels of 16 bits": (lambda: png(9400, 9400, 16, 0, [bytes(18800)] * 9400), 450),
    "48 million pixels": (lambda: png(8000, 6000, 8, 2, [bytes(24000)] * 6000), 250),
    "a JPEG of 48 million pixels": (
        lambda: file_bytes(np.zeros((6000, 8000), np.uint8), "JPEG"), 60),
    "a JPEG of 12 million pixels": (
        lambda: file_bytes(np.zeros((3000, 4000, 3), np.uint8), "JPEG"), 60),
}  # fmt: skip

MEASURE = """
import json, resource, sys, time
from helpers.images import load_within
load_within("cat", 64)
peak = lambda: resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024  # of this process, on Linux
before, start, found = peak(), time.process_time(), {}
try:
    found["shape"] = load_within(sys.argv[1], 512).shape
except ValueError as error:
    found["error"] = str(error)
found |= {"memory": peak() - before, "time": time.process_time() - start}
print(json.dumps(found))
"""

only_linux = pytest.mark.skipif(sys.platform != "linux", reason="the peak is in other units")


def measured(data, folder):
    path = folder / "picture"
    path.write_bytes(data)
    command = [sys.executable, "-c", MEASURE, str(path)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=100)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@only_linux
@pytest.mark.parametrize("name", REFUSED)
def test_what_is_refused_costs_little(name, tmp_path):
    """At most 200 MB and a second of the processor, and the reason is the true one."""
    make, reason = REFUSED[name]
    found = measured(make(), tmp_path)
    assert reason in found["error"]
    assert found["memory"] <= 200 and found["time"] <= 1


@only_linux
@pytest.mark.parametrize("name", ACCEPTED)
def test_what_is_accepted_is_decoded_economically(name, tmp_path):
    """A shown picture needs the memory of one decoded copy, a JPEG that of a small one."""
    make, most = ACCEPTED[name]
    found = measured(make(), tmp_path)
    assert max(found["shape"]) == 512 and found["memory"] <= most


@only_linux
def test_a_giant_canvas_of_one_pixel_is_loaded(tmp_path):
    assert measured(gif(9000, 9000), tmp_path)["memory"] <= 200
