"""Driving explorers without a page: what the page sends and shows, and slow oracles."""

import numpy as np
from scipy import signal
from strategies import scipy_pad

from helpers.explorers.widgets.drawing import Drawing
from helpers.explorers.widgets.element import Text
from helpers.explorers.widgets.image_view import ImageView
from helpers.explorers.widgets.table import Table

BORDERS = ("zero", "edge", "reflect", "wrap")
same = np.testing.assert_array_equal


def picture(rows, columns, *channels, seed=0):
    """An image of eighths, so that sums with whole weights are exact in any order."""
    return np.random.default_rng(seed).integers(0, 9, (rows, columns, *channels)) / 8


def type_into(control, text, index=0):
    """Send what the page sends when a text is typed into a box."""
    control.receive({"index": index, "text": text}, [])


def move(element, **state):
    """Send what the page sends when the user changes an element."""
    element.receive(state, [])


def send(explorer, element, **state):
    """Send it as a message to the explorer, through the whole message handler."""
    name = explorer.name_of(element)
    explorer._handle_custom_msg({"sequence": 1, "events": [[name, state]]}, [])


def upload(picker, name, content):
    """Upload a file as the page sends it."""
    picker.upload.receive({"name": name, "buffer": 0}, [memoryview(content)])


def image_views(explorer):
    """Every image view of an explorer."""
    return [part for part in explorer.elements if isinstance(part, ImageView)]


def text_of(part):
    """The text of a line."""
    return part.value


def seen(explorer):
    """Everything an explorer shows except its message: pictures, texts, and its description."""
    shown = [explorer.describe(), explorer.alt_text()]
    for part in explorer.elements:
        if isinstance(part, ImageView):
            names = ["pixels", "shape", "numbers", "marks", "scale", "title", "note", "alt"]
            shown.append([getattr(part, name) for name in names])
        elif isinstance(part, Text) and part is not explorer.message:
            shown.append(part.value)
        elif isinstance(part, (Drawing, Table)):
            shown.append([part.to_page(name) for name in part.trait_names(page=True)])
    return shown


def size_of(array):
    """The size in a title."""
    counts = zip(array.shape[:2], ("row", "column"), strict=True)
    return ", ".join(f"{count} {name}{'' if count == 1 else 's'}" for count, name in counts)


def counted(explorer):
    """Count the explorer's updates from now on; the returned list grows by one per update."""
    calls, update = [], explorer.update

    def counting():
        calls.append(1)
        update()

    explorer.update = counting
    return calls


def frame(sizes, kernel, stride, padding):
    """Padding before and after, for rows and for columns; "same" gives ⌈n / stride⌉ positions."""
    if padding != "same":
        return [(padding, padding)] * 2
    pairs = zip(sizes, kernel, strict=True)
    spare = [max((-(-n // stride) - 1) * stride + k - n, 0) for n, k in pairs]
    return [(total // 2, total - total // 2) for total in spare]


def expected_output(
    image, kernel, stride=1, padding=0, dilation=1, border="zero", flip=False, bias=0
):
    """The convolution, by scipy."""
    kernel = np.asarray(kernel, float)
    if np.ndim(image) == 3:
        rest = (stride, padding, dilation, border, flip, bias)
        return np.stack(
            [expected_output(channel, kernel, *rest) for channel in np.moveaxis(image, 2, 0)], -1
        )
    spread = np.zeros([dilation * (n - 1) + 1 for n in kernel.shape])
    spread[::dilation, ::dilation] = kernel
    padded = scipy_pad(np.asarray(image), frame(image.shape, spread.shape, stride, padding), border)
    slide = signal.convolve2d if flip else signal.correlate2d
    return slide(padded, spread, "valid")[::stride, ::stride] + bias


def as_photo(values):
    """Bytes of a photo, rounded half up and clipped to black and white."""
    return np.floor(np.clip(values, 0, 1) * 255 + 0.5).astype(np.uint8)


def rounded(number):
    """A number with at most two decimals, no trailing zeros, no negative zero."""
    return f"{round(float(number), 2) + 0.0:.2f}".rstrip("0").rstrip(".")


def marks(view, thin=False):
    """The thick or the thin marks on an image view: (row, column, rows, columns) of each."""
    found = [mark for mark in view.marks if mark.get("thin", False) == thin]
    return [(mark["row"], mark["column"], mark["rows"], mark["columns"]) for mark in found]
