"""FileUpload: a button that opens one file, or several."""

from collections.abc import Callable

from traitlets import Bool, Unicode

from helpers.explorers.widgets.controls import Control


class FileUpload(Control):
    """A button that opens files of some types; the page shrinks pictures too large for a message.

    `accept(name, content)` is called with the bytes of each, which are not checked; `reject(line)` is
    called with the reason if there are none. It is called with "" when files are chosen: a reason
    from before is of no interest then.

    Parameters
    ----------
    types : str, as in HTML: "image/*" or ".zip"
    several : whether several files may be opened at once
    """

    kind = "fileUpload"
    types = Unicode().tag(page=True)
    several = Bool(False).tag(page=True)

    def __init__(
        self,
        label: str,
        help: str,
        accept: Callable[[str, bytes], None],
        reject: Callable[[str], None],
        types: str = "image/*",
        several: bool = False,
    ):
        super().__init__(label=label, help=help, types=types, several=several)
        self._accept, self._reject = accept, reject

    def receive(self, content: dict, buffers: list) -> None:
        name = " ".join(str(content.get("name") or "a file").split())[-40:]
        index = content.get("buffer")
        if not content.get("number"):  # the first of those chosen
            self._reject("")
        if isinstance(index, int) and 0 <= index < len(buffers):
            self._accept(name, bytes(buffers[index]))
        else:
            reason = " ".join(str(content.get("problem") or "no reason was given").split())[:120]
            self._reject(f"{name} cannot be opened: {reason}")
