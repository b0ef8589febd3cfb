"""Page: one widget with many elements, which sends all changes in one message."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import anywidget
from traitlets import Dict

from helpers.explorers.widgets.element import Blob, Element, arrange, elements_in
from helpers.explorers.widgets.scripts import script, styles


class Page(anywidget.AnyWidget):
    """Elements in an arrangement, and their messages to and from the JavaScript side.

    The JavaScript side sends "hello" and receives the state of all elements. From then on it
    receives changes, and exactly one reply to each of its messages. When its page is closed, it
    sends "leaving". See connection.js.

    Parameters
    ----------
    tree : group of elements, groups and composites
    lock : held during every change; messages may arrive on another thread, and then wait
    """

    _esm = script("explorer.js")
    _css = styles()
    arrangement = Dict().tag(sync=True)

    def __init__(self, tree: Any, lock: Any = None):
        self.lock = lock or threading.RLock()
        self._elements = {str(n): element for n, element in enumerate(elements_in(tree))}
        self._names = {element: name for name, element in self._elements.items()}
        self._connected = False  # whether a page has asked for the state
        self._page: Any = None  # the one opened last, until it is closed
        self._batches = 0  # number of nested batches
        self._changed: dict[str, dict[str, bool]] = {}  # traits to send, by element
        self._sequence: Any = None  # of the message to reply to
        super().__init__(arrangement=arrange(tree, self._names), _view_count=0)
        for element in self._names:
            element.observe(self._note_change, element.trait_names(page=True))
        self.on_msg(self._receive)

    @property
    def elements(self) -> list[Element]:
        """All elements, from top to bottom."""
        return list(self._elements.values())

    def name_of(self, element: Element) -> str:
        """Return the name of an element in messages."""
        return self._names[element]

    @property
    def on_page(self) -> bool:
        """Whether the widget is displayed on a page."""
        return bool(self._view_count)

    def get_state(self, key: Any = None, drop_defaults: bool = False) -> dict:
        """Return the state as ipywidgets does; a page that asks for all of it has no views yet."""
        state = super().get_state(key, drop_defaults)
        return {**state, "_view_count": 0} if key is None else state

    @contextmanager
    def batch(self) -> Iterator[None]:
        """Send all changes made in this context in one message."""
        with self.lock:
            self._batches += 1
            try:
                yield
                if self._batches == 1:
                    self.settle()
            finally:
                self._batches -= 1
                if not self._batches:
                    self._send_changes()

    def settle(self) -> None:
        """Called at the end of a batch, before its changes are sent."""

    def _note_change(self, change: Any) -> None:
        with self.batch():
            self._changed.setdefault(self._names[change["owner"]], {})[change["name"]] = True

    def _receive(self, _: Any, content: Any, buffers: list) -> None:
        """Apply the events of a message, and reply with one message, even if it is malformed."""
        content = content if isinstance(content, dict) else {}
        with self.lock:
            sequence = content.get("sequence")
            self._sequence = 0 if sequence is None else sequence
            with self.batch():
                for name, event in _events_of(content):
                    try:
                        self._apply(name, event, buffers)
                    except Exception as error:
                        self.report(error)
                if content.get("hello"):
                    self._greet(content["hello"])
                if self._page and content.get("leaving") == self._page:
                    self._page = None
                    self.lose_sight()

    def _greet(self, page: Any) -> None:
        """Send everything to a page. If it is a new one, the notebook of the last may be closed."""
        self._connected = True
        for name, element in self._elements.items():
            self._changed[name] = dict.fromkeys(element.trait_names(page=True), True)
        if self._page not in (None, page):
            self.lose_sight()
        self._page = page

    def lose_sight(self) -> None:
        """Called when the page was closed, or another one was opened."""

    def report(self, error: Exception) -> None:
        """Show an error that an element raised; the events after it are applied all the same."""
        raise error

    def _apply(self, name: str, event: dict, buffers: list) -> None:
        """Pass an event to its element, and its new state to every view of the element."""
        element = self._elements.get(name)
        if element is None:
            return
        element.receive(event, buffers)
        for trait in element.traits_in(event):
            self._changed.setdefault(name, {})[trait] = True

    def _send_changes(self) -> None:
        """Send all changes in one message."""
        changed, sequence = self._changed, self._sequence
        self._changed, self._sequence = {}, None
        if not self._connected:
            return
        changes: dict[str, dict] = {}
        buffers: list[bytes] = []
        for name, traits in changed.items():
            for trait in traits:
                value = self._elements[name].to_page(trait)
                if isinstance(value, Blob):
                    buffers.append(value.data)
                    value = {"buffer": len(buffers) - 1, **value.about}
                changes.setdefault(name, {})[trait] = value
        if changes or sequence is not None:
            self.send({"changes": changes, "reply_to": sequence}, buffers)


def _events_of(content: dict) -> Iterator[tuple[str, dict]]:
    """Yield the (name of an element, event) pairs of a message; anything else in it is ignored."""
    events = content.get("events")
    for pair in events if isinstance(events, (list, tuple)) else ():
        if isinstance(pair, (list, tuple)) and len(pair) == 2:
            name, event = pair
            if isinstance(name, str) and isinstance(event, dict):
                yield name, event
