"""Pictures of one's own: a button that opens a file, and one for the camera; nothing is kept."""

from helpers.explorers.widgets.part import Part, texts


class OwnPicture(Part):
    """The two buttons. The page shrinks a file that is too large for a message.

    `take(name, content)` gets the bytes of a file or of a still, whatever they are; `complain(line)`
    hears why there are none.
    """

    _esm = texts("part.js", "image_upload.js")

    def __init__(self, take, complain):
        super().__init__()
        self._take, self._complain = take, complain
        self.on_msg(self._answer)

    def _answer(self, _, content, buffers):
        name = " ".join(str(content.get("name") or "").split())[-40:]
        if buffers:
            self._take(name or "your camera", bytes(buffers[0]))
        else:
            reason = " ".join(str(content.get("problem") or "no reason was given").split())[:120]
            self._complain(f"no picture from {name or 'the camera'}: {reason}")
