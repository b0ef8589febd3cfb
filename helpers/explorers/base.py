"""What every explorer is: one widget that draws all its parts, and the path read → compute → show."""

import threading
from base64 import b64encode
from collections.abc import Callable
from contextlib import contextmanager
from typing import Any

import anywidget
from traitlets import Dict

from helpers.explorers.widgets.element import (
    Blob,
    Element,
    Problem,
    arrange,
    column,
    elements_in,
)
from helpers.explorers.widgets.scripts import script, styles
from helpers.explorers.widgets.still import page_of


class Explorer(anywidget.AnyWidget):
    """Controls and pictures that are kept in step.

    A subclass builds its elements, hands them to `__init__`, and defines `read` (what the controls
    say, as a frozen dataclass), `compute` (everything that follows, as another one; it may raise,
    and touches no element), `show` (put the result on the page; it cannot fail) and `describe` (the
    present state in one sentence, which is the text alternative of the still picture). If `compute`
    fails, one line says what is wrong and the last good picture stays.

    Parameters
    ----------
    tree : list of elements, composites and groups, from the top down; the line that says what is
        wrong comes after the first
    controls : elements and composites whose `value` is read; a change of it is an update
    stills : rows of elements, for the still picture
    lock : held during every update; the page's messages may come on another thread, and then wait
    """

    _esm = script("explorer.js")
    _css = styles()
    arrangement = Dict().tag(sync=True)

    user_function: tuple | None = None  # the attribute for a learner's function, the library's own

    def __init__(self, tree, controls, stills, lock=None):
        self.lock = lock or threading.RLock()
        self.message = Problem()
        self.stills = stills
        self._before = self.controls = self.computed = (
            None  # what was last shown: what was read, what follows from it
        )
        self._failure = ""
        self._busy = self._stale = False
        self._greeted = False  # whether a page listens; the first thing that it hears is everything
        self._batches, self._changed, self._said, self._sequence = 0, {}, {}, None
        tree = column(tree[0], self.message, *tree[1:])
        self._elements = {str(n): element for n, element in enumerate(elements_in(tree))}
        self._names = {element: name for name, element in self._elements.items()}
        self._inputs = [control for control in controls if control.has_trait("error")]
        super().__init__(arrangement=arrange(tree, self._names))
        for element in self._names:
            element.observe(self._note_change, element.trait_names(page=True))
        for control in self._inputs:
            control.observe(self._say_problem, "error")
        self.on_msg(self._receive)
        self._start()
        for control in controls:
            control.observe(self.refresh, "value")

    @property
    def elements(self) -> list[Element]:
        """Everything on the page, from the top down."""
        return list(self._elements.values())

    def name_of(self, element: Element) -> str:
        """Return what an element is called in messages."""
        return self._names[element]

    def read(self) -> Any:
        """Return what the controls say, as a frozen dataclass."""
        raise NotImplementedError

    def compute(self, controls: Any) -> Any:
        """Return everything that follows from what was read, as a frozen dataclass."""
        raise NotImplementedError

    def show(self, view: Any) -> None:
        """Put a result on the page."""
        raise NotImplementedError

    def describe(self) -> str:
        """Return the present state in one sentence."""
        raise NotImplementedError

    def update(self) -> None:
        """Read the controls, compute, and show the result."""
        controls = self.read()
        view = self.compute(controls)
        self.commit(controls, view)
        self.show(view)

    def commit(self, controls: Any, view: Any) -> None:
        """Remember what is shown from now on; nothing else does."""
        self._before, self.controls, self.computed = self.controls, controls, view

    def is_new(self, name: str) -> bool:
        """Whether what was read under this name is another object than at the last update."""
        now = getattr(self.controls, name)
        return self._before is None or getattr(self._before, name) is not now

    def follow(self, handler: Callable, elements: list[Element], *names: str) -> None:
        """Call `handler(element)` when the learner changes one of these traits of an element.

        For what needs no update, such as pointing: it is put on the page in one message as well.
        What was typed wrongly into such an element is told as for any control.
        """

        def moved(change):
            with self.lock:
                if not self._busy:
                    with self.batch(), self._working():
                        handler(change["owner"])

        for element in elements:
            element.observe(moved, list(names))
            if element.has_trait("error"):
                self._inputs.append(element)
                element.observe(self._say_problem, "error")

    def refresh(self, change: Any = None) -> None:
        """Show what follows from the controls, or say why that cannot be done."""
        with self.lock:
            if self._batches and not self._busy:
                self._stale = True  # once for everything that changes now, at the end of it
            else:
                self.attempt(self.update)

    def attempt(self, job) -> None:
        """Do `update`, or a part of it; if it fails, one line says what is wrong."""
        with self.lock:
            if self._busy:
                return
            with self.batch(), self._working():
                try:
                    job()
                except (Exception, KeyboardInterrupt) as error:
                    self._failure = one_line(error)
                else:
                    self._failure = ""
                self._say_problem()

    @contextmanager
    def _working(self):
        """Meanwhile what changes was put in step by us, not moved by the learner."""
        self._busy = True
        try:
            yield
        finally:
            self._busy = False

    @contextmanager
    def batch(self):
        """Everything that changes meanwhile is one update, and one message to the page."""
        with self.lock:
            self._batches += 1
            try:
                yield
                if self._batches == 1 and self._stale:
                    self._stale = False
                    self.attempt(self.update)
            finally:
                self._batches -= 1
                if not self._batches:
                    self._send_changes()

    def _start(self):
        """Show the first picture: the library's, as long as the learner's function makes none."""
        self.refresh()
        if not self._failure:
            return
        failure, (name, library) = self._failure, self.user_function or ("user_function", None)
        own = getattr(self, name)
        if own is not library:
            setattr(self, name, library)
            self.refresh()
            setattr(self, name, own)
        if self._failure:  # the library's function fails too: other arguments are wrong
            raise ValueError(self._failure)
        self._failure = f"{_sentence(failure)} Until it works you see the library's own output"
        self._say_problem()

    @property
    def problem(self) -> str:
        """What is wrong just now, in one line; empty when nothing is."""
        said = dict.fromkeys([*(control.error for control in self._inputs), self._failure])
        return " ".join(_sentence(line) for line in said if line)

    def _say_problem(self, change=None):
        self.message.value = self.problem

    def _note_change(self, change):
        with self.batch():
            self._changed.setdefault(self._names[change["owner"]], {})[change["name"]] = True

    def _receive(self, _, content, buffers):
        """Take over what the page says, and answer with one message."""
        with self.lock:
            self._sequence = content.get("sequence", 0)
            with self.batch():
                for name, words in content.get("said", ()):
                    self._hear(name, words, buffers)
                if content.get("hello"):
                    self._greeted = True
                    for name, element in self._elements.items():
                        self._changed[name] = dict.fromkeys(element.trait_names(page=True))

    def _hear(self, name, words, buffers):
        """Let an element know; what it did not take over as it was said is told to the page again."""
        element = self._elements.get(name)
        if element is None or not isinstance(words, dict):
            return
        element.receive(words, buffers)
        for trait in element.trait_names(said=True):
            if trait in words:
                self._said[name, trait] = words[trait]
                self._changed.setdefault(name, {})[trait] = True

    def _send_changes(self):
        """Tell the page what changed and what it does not know already, in one message."""
        changed, said, sequence = self._changed, self._said, self._sequence
        self._changed, self._said, self._sequence = {}, {}, None
        changes, buffers = {}, []
        for name, traits in changed.items():
            for trait in traits:
                value = self._elements[name].to_page(trait)
                if isinstance(value, Blob):
                    buffers.append(value.data)
                    value = {"buffer": len(buffers) - 1, **value.about}
                elif (name, trait) in said and said[name, trait] == _as_json(value):
                    continue
                changes.setdefault(name, {})[trait] = value
        if self._greeted and (changes or sequence is not None):
            self.send({"changes": changes, "answers": sequence}, buffers)

    def _repr_mimebundle_(self, **kwargs):
        with self.lock:
            bundle, _ = super()._repr_mimebundle_(**kwargs)
            bundle["text/plain"] = self.describe()
            bundle["image/png"] = b64encode(page_of(self.stills)).decode()
            return bundle, {"image/png": {"alt": self.describe()}}


def one_line(error: BaseException) -> str:
    """Return an exception as one line for a person."""
    if isinstance(error, KeyboardInterrupt):
        return "stopped before it was done; the last picture stays"
    return " ".join(str(error).split())[:250] or type(error).__name__


def _as_json(value):
    return list(value) if isinstance(value, tuple) else value


def _sentence(line):
    return line if line[-1] in ".?!" else f"{line}."
