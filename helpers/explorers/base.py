"""What every explorer is: a page of controls and pictures, and the path read → compute → show."""

import sys
from base64 import b64encode
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from helpers.explorers import lifetime
from helpers.explorers.models.user_function import one_line
from helpers.explorers.saved_picture import display_with_still
from helpers.explorers.widgets.element import Element, Message, column
from helpers.explorers.widgets.page import Page
from helpers.explorers.widgets.still import page_of


class Explorer(Page):
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

    user_function: tuple | None = None  # the attribute for a learner's function, the library's own

    def __init__(self, tree: list, controls: Iterable[Any], stills: list, lock: Any = None):
        self.message = Message()
        self.stills = stills
        self.controls: Any = None  # what was read last
        self.computed: Any = None  # what follows from it
        self._before: Any = None  # what was read before that
        self._failure = ""
        self._busy = self._stale = False
        self._inputs = [control for control in controls if control.has_trait("error")]
        super().__init__(column(tree[0], self.message, *tree[1:]), lock)
        for control in self._inputs:
            control.observe(self._say_problem, "error")
        self._start()
        for control in controls:
            control.observe(self.refresh, "value")

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

    def refresh(self, change: Any = None) -> None:
        """Show what follows from the controls, or say why that cannot be done."""
        with self.lock:
            if self._batches and not self._busy:
                self._stale = True  # once for everything that changes now, at the end of it
            else:
                self.attempt(self.update)

    def settle(self) -> None:
        if self._stale:
            self._stale = False
            self.attempt(self.update)

    def attempt(self, job: Callable[[], None]) -> None:
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

    def follow(self, handler: Callable, elements: Sequence[Element], *names: str) -> None:
        """Call `handler(element)` when the learner changes one of these traits of an element.

        For what needs no update, such as pointing: it is put on the page in one message as well.
        What was typed wrongly into such an element is told as for any control.
        """

        def moved(change: Any) -> None:
            with self.lock:
                if not self._busy:
                    with self.batch(), self._working():
                        handler(change["owner"])

        for element in elements:
            element.observe(moved, list(names))
            if element.has_trait("error"):
                self._inputs.append(element)
                element.observe(self._say_problem, "error")

    @contextmanager
    def _working(self) -> Iterator[None]:
        """Meanwhile what changes was put in step by us, not moved by the learner."""
        self._busy = True
        try:
            yield
        finally:
            self._busy = False

    def _start(self) -> None:
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

    def _say_problem(self, change: Any = None) -> None:
        self.message.value = self.problem

    def still(self) -> bytes:
        """Return a picture of the present state for where no kernel runs, as a PNG."""
        with self.lock:
            return page_of(self.stills)

    def _ipython_display_(self) -> None:
        if self.comm is None:
            print(f"This {type(self).__name__} is closed. Run the cell that made it again.")
            return
        with self.lock:
            display_with_still(self, self.still(), self.describe())
        lifetime.remember(self)

    def _repr_mimebundle_(self, **kwargs: Any) -> tuple[dict, dict]:
        """All forms in one output, for those who ask for them; IPython takes `_ipython_display_`."""
        with self.lock:
            bundle, _ = super()._repr_mimebundle_(**kwargs)  # type: ignore[misc]  # never None here
            picture = b64encode(self.still()).decode()
            forms = {"text/plain": self.describe(), "image/png": picture}
            return {**bundle, **forms}, {"image/png": {"alt": self.describe()}}

    def close(self) -> None:
        """Take the explorer off the page and out of memory; it cannot be displayed any more."""
        if self.comm is not None and not sys.is_finalizing():
            lifetime.close(self)


def _sentence(line: str) -> str:
    return line if line[-1] in ".?!" else f"{line}."
