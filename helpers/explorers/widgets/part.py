"""What our own parts of the page share: one text of JavaScript each, and messages that arrive."""

from pathlib import Path

import anywidget
from traitlets import Int, observe

_HERE = Path(__file__).parent


def texts(*names):
    """The files of this folder as one text."""
    return "\n".join((_HERE / name).read_text(encoding="utf-8") for name in names)


class Part(anywidget.AnyWidget):
    """A widget whose front end is `part.js` and its own."""

    resync_count = Int(0).tag(sync=True)  # how often its page has missed what was said; see part.js

    @observe("resync_count")
    def _say_again(self, change):
        self.send_state()
