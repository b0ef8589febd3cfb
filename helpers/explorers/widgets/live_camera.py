"""LiveCamera: a button that starts and stops the learner's camera, and its newest frame."""

from typing import Any

import numpy as np
from traitlets import Any as AnyTrait
from traitlets import Int, Tuple, Unicode

from helpers.explorers.widgets.element import Element


class LiveCamera(Element):
    """The camera of the page; `value` is its newest frame, (H, W, 3) uint8, or None.

    It is turned on by the button on the page alone, and by one view at a time: `owner` is the name
    of its stream, empty while the camera is off. `size` is the (rows, columns) of the frames that
    the page sends next. `answered` holds the stream and the number of the last frame that was
    shown: the page waits for it before it sends more. `error` says why the camera did not start.
    """

    kind = "camera"
    owner = Unicode().tag(page=True, from_page=True)
    size = Tuple(Int(), Int(), default_value=(240, 320)).tag(page=True)
    answered = Tuple(Unicode(), Int(), default_value=("", 0)).tag(page=True)
    value = AnyTrait()
    error = Unicode()

    def stop(self) -> None:
        """Turn the camera off."""
        self.owner = ""

    def receive(self, content: dict, buffers: list) -> None:
        super().receive(content, buffers)
        if "problem" in content:
            reason = " ".join(str(content["problem"] or "no reason was given").split())[:120]
            self.error = f"no pictures from the camera: {reason}"
        elif self.owner and content.get("owner"):
            self.error = ""
        if (
            self.owner
            and content.get("from") == self.owner
            and isinstance(content.get("frame"), int)
        ):
            frame = _frame_of(content, buffers)
            if frame is not None:
                self.value = frame
            self.answered = self.owner, content["frame"]


def _frame_of(content: dict, buffers: list) -> Any:
    """Return the pixels sent by the page, or None if their number is not as it says."""
    numbers = [content.get(name) for name in ("rows", "columns", "buffer")]
    rows, columns, index = (n if isinstance(n, int) else -1 for n in numbers)
    data = bytes(buffers[index]) if 0 <= index < len(buffers) else b""
    if min(rows, columns) < 1 or len(data) != rows * columns * 3:
        return None
    return np.frombuffer(data, np.uint8).reshape(rows, columns, 3)
