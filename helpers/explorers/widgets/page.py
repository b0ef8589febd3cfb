"""Page: one widget that draws many elements, and sends all that changes in one message."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import anywidget
from traitlets import Dict

from helpers.explorers.widgets.element import Blob, Element, arrange, elements_in
from helpers.explorers.widgets.scripts import script, styles


class Page(anywidget.AnyWidget):
    """Elements in an arrangement, and the messages between them and their JavaScript twins.

    A page says hello and hears everything; from then on it hears what changed, and each message of
    its own is answered by exactly one. See connection.js for the other end.

    Parameters
    ----------
    tree : group of elements, groups and composites
    lock : held while anything changes; messages may come on another thread, and then wait
    """

    _esm = script("explorer.js")
    _css = styles()
    arrangement = Dict().tag(sync=True)

    def __init__(self, tree: Any, lock: Any = None):
        self.lock = lock or threading.RLock()
        self._elements = {str(n): element for n, element in enumerate(elements_in(tree))}
        self._names = {element: name for name, element in self._elements.items()}
        self._greeted = False  # whether anybody listens
        self._batches = 0  # that are open, one inside the other
        self._changed: dict[str, dict[str, bool]] = {}  # traits to be told, by element
        self._said: dict[tuple[str, str], Any] = {}  # what the page says of itself, just now
        self._sequence = None  # of the message that is to be answered
        super().__init__(arrangement=arrange(tree, self._names), _view_count=0)
        for element in self._names:
            element.observe(self._note_change, element.trait_names(page=True))
        self.on_msg(self._receive)

    @property
    def elements(self) -> list[Element]:
        """Everything on the page, from the top down."""
        return list(self._elements.values())

    def name_of(self, element: Element) -> str:
        """Return what an element is called in messages."""
        return self._names[element]

    @property
    def on_page(self) -> bool:
        """Whether a page shows it."""
        return bool(self._view_count)

    def get_state(self, key: Any = None, drop_defaults: bool = False) -> dict:
        """As ipywidgets has it; a page that asks for everything has drawn nothing yet."""
        state = super().get_state(key, drop_defaults)
        return {**state, "_view_count": 0} if key is None else state

    @contextmanager
    def batch(self) -> Iterator[None]:
        """Everything that changes meanwhile goes to the page in one message."""
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
        """Do what the changes of a batch ask for, before the page is told."""

    def _note_change(self, change: Any) -> None:
        with self.batch():
            self._changed.setdefault(self._names[change["owner"]], {})[change["name"]] = True

    def _receive(self, _: Any, content: dict, buffers: list) -> None:
        """Take over what the page says, and answer with one message."""
        with self.lock:
            self._sequence = content.get("sequence", 0)
            with self.batch():
                for name, words in content.get("said", ()):
                    self._hear(name, words, buffers)
                if content.get("hello"):
                    self._greeted = True
                    for name, element in self._elements.items():
                        self._changed[name] = dict.fromkeys(element.trait_names(page=True), True)

    def _hear(self, name: str, words: Any, buffers: list) -> None:
        """Let an element know; what it did not take over as it was said is told to the page again."""
        element = self._elements.get(name)
        if element is None or not isinstance(words, dict):
            return
        element.receive(words, buffers)
        for trait in element.trait_names(said=True):
            if trait in words:
                self._said[name, trait] = words[trait]
                self._changed.setdefault(name, {})[trait] = True

    def _send_changes(self) -> None:
        """Tell the page what changed and what it does not know already."""
        changed, said, sequence = self._changed, self._said, self._sequence
        self._changed, self._said, self._sequence = {}, {}, None
        if not self._greeted:
            return
        changes: dict[str, dict] = {}
        buffers: list[bytes] = []
        for name, traits in changed.items():
            for trait in traits:
                value = self._elements[name].to_page(trait)
                if isinstance(value, Blob):
                    buffers.append(value.data)
                    value = {"buffer": len(buffers) - 1, **value.about}
                elif (name, trait) in said and said[name, trait] == _as_json(value):
                    continue
                changes.setdefault(name, {})[trait] = value
        if changes or sequence is not None:
            self.send({"changes": changes, "answers": sequence}, buffers)


def _as_json(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value
