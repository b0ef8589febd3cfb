"""Pictures of one's own: a button that opens a file, and one for the camera; nothing is kept."""

from collections.abc import Callable
from typing import Any

from helpers.explorers.widgets.element import Element


class ImageUpload(Element):
    """The two buttons. The page shrinks a file that is too large for a message.

    `take(name, content)` gets the bytes of a file or of a camera's picture, whatever they are;
    `complain(line)` hears why there are none.
    """

    kind = "upload"

    def __init__(
        self, take: Callable[[str, bytes], None], complain: Callable[[str], None], **traits: Any
    ):
        super().__init__(**traits)
        self._take, self._complain = take, complain

    def receive(self, content: dict, buffers: list) -> None:
        name = " ".join(str(content.get("name") or "").split())[-40:]
        index = content.get("buffer")
        if isinstance(index, int) and 0 <= index < len(buffers):
            self._take(name or "your camera", bytes(buffers[index]))
        else:
            reason = " ".join(str(content.get("problem") or "no reason was given").split())[:120]
            self._complain(f"no picture from {name or 'the camera'}: {reason}")
