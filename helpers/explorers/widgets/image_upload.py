"""ImageUpload: a button that opens a picture file, and one for the camera."""

from collections.abc import Callable

from helpers.explorers.widgets.element import Element


class ImageUpload(Element):
    """The two buttons. The page shrinks a file that is too large for a message.

    `accept(name, content)` is called with the bytes of the file or camera picture, which are not
    checked; `reject(line)` is called with the reason if there are none.
    """

    kind = "upload"

    def __init__(self, accept: Callable[[str, bytes], None], reject: Callable[[str], None]):
        super().__init__()
        self._accept, self._reject = accept, reject

    def receive(self, content: dict, buffers: list) -> None:
        name = " ".join(str(content.get("name") or "").split())[-40:]
        index = content.get("buffer")
        if isinstance(index, int) and 0 <= index < len(buffers):
            self._accept(name or "your camera", bytes(buffers[index]))
        else:
            reason = " ".join(str(content.get("problem") or "no reason was given").split())[:120]
            self._reject(f"no picture from {name or 'the camera'}: {reason}")
