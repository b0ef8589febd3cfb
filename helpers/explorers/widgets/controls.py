"""Controls: a dropdown, a checkbox, a row of toggle buttons, a button, and one to hold."""

from collections.abc import Callable
from typing import Any

from traitlets import Any as AnyTrait
from traitlets import Bool, List, TraitError, Unicode, validate

from helpers.explorers.widgets.element import Element
from helpers.messages import describe


class Control(Element):
    """A control with a label; `help` is its tooltip."""

    label = Unicode().tag(page=True)
    help = Unicode().tag(page=True)
    disabled = Bool(False).tag(page=True)


class Chosen(AnyTrait):
    """Any value but None, which traitlets would not check."""

    allow_none = False


class Choice(Control):
    """A dropdown; `options` are values, or (text, value) pairs.

    `value` is the chosen value, `index` its index and `text` its text.
    """

    kind = "choice"
    options: List = List().tag(page=True)
    value = Chosen().tag(page=True, from_page=True)

    def __init__(self, label: str, options: Any, value: Any, help: str = "", **traits: Any):
        super().__init__(label=label, options=list(options), value=value, help=help, **traits)

    @property
    def _pairs(self) -> list[tuple[str, Any]]:
        return [item if isinstance(item, tuple) else (item, item) for item in self.options]

    @property
    def index(self) -> int:
        """The index of the value among the options."""
        return [value for _, value in self._pairs].index(self.value)

    @index.setter
    def index(self, index: int) -> None:
        if not isinstance(index, int) or not 0 <= index < len(self.options):
            raise TraitError(
                f"index of {self.label} must be from 0 to {len(self.options) - 1};"
                f" got {describe(index)}"
            )
        self.value = self._pairs[index][1]

    @property
    def text(self) -> str:
        """The text of the value."""
        return self._pairs[self.index][0]

    @validate("value")
    def _valid(self, proposal: Any) -> Any:
        given, values = proposal["value"], [value for _, value in self._pairs]
        if given not in values:
            raise TraitError(f"{self.label} must be one of its options; got {describe(given)}")
        return values[values.index(given)]  # 1 for True, which functions refuse as a number

    def receive(self, content: dict, buffers: list) -> None:
        """The page sends the index of the option."""
        index = content.get("value")
        if isinstance(index, int) and 0 <= index < len(self.options):
            self.index = index

    def to_page(self, name: str) -> Any:
        if name == "options":
            return [text for text, _ in self._pairs]
        return self.index if name == "value" else super().to_page(name)


class Toggle(Choice):
    """A row of buttons, one of which is pressed."""

    kind = "toggle"


class Tick(Control):
    """A checkbox."""

    kind = "tick"
    value = Bool(False).tag(page=True, from_page=True)

    def __init__(self, label: str, value: bool, help: str = "", **traits: Any):
        super().__init__(label=label, value=value, help=help, **traits)


class Button(Control):
    """A button; `press()` is called when it is pressed on the page, or by `click()`."""

    kind = "button"
    primary = Bool(False).tag(page=True)

    def __init__(self, label: str, help: str, press: Callable[[], None], **traits: Any):
        super().__init__(label=label, help=help, **traits)
        self._press = press

    def click(self) -> None:
        """Press the button."""
        self._press()

    def receive(self, content: dict, buffers: list) -> None:
        if content.get("press") and not self.disabled:
            self._press()


class Compare(Element):
    """A button that shows the image in place of the output while it is held.

    The page does so by itself; nothing else changes.
    """

    kind = "compare"

    def __init__(self, image: Element, output: Element):
        super().__init__()
        self.refers_to = image, output
