"""TextEntry: a line of text that is typed, such as a name."""

from collections.abc import Callable

from traitlets import Unicode

from helpers.explorers.widgets.controls import Control


class TextEntry(Control):
    """A box for a text; `value` is the last valid one, `error` why the box holds another.

    `problem(text)` returns why a text is not valid, or nothing.
    """

    kind = "textEntry"
    value = Unicode().tag(page=True, from_page=True)
    error = Unicode()

    def __init__(self, label: str, value: str, help: str, problem: Callable[[str], str]):
        super().__init__(label=label, value=value, help=help)
        self._problem = problem

    def receive(self, content: dict, buffers: list) -> None:
        text = content.get("value")
        if isinstance(text, str):
            text = text.strip()
            self.error = self._problem(text)
            if not self.error:
                self.value = text
