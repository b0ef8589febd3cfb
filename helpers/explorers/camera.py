"""The camera button: one still, taken when the learner asks for it; nothing is kept."""

from helpers.explorers.part import Part, texts


class Camera(Part):
    """A button; `taken(bytes)` is called with a still, `failed(line)` when there is none."""

    _esm = texts("part.js", "camera.js")

    def __init__(self, taken, failed):
        super().__init__()
        self.layout.width = "80px"
        self._taken, self._failed = taken, failed
        self.on_msg(self._answer)

    def _answer(self, _, content, buffers):
        if buffers:
            self._taken(bytes(buffers[0]))
        else:
            reason = " ".join(str(content.get("problem") or "no reason was given").split())[:120]
            self._failed(f"no picture from the camera: {reason}")
