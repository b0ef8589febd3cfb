"""Explorer, the base class: a page of controls and pictures, updated by read → compute → show."""

import sys
from base64 import b64encode
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from helpers.explorers import lifetime
from helpers.explorers.models.user_function import one_line
from helpers.explorers.saved_picture import display_with_still
from helpers.explorers.widgets.element import Element, Message, Status, column
from helpers.explorers.widgets.page import Page
from helpers.explorers.widgets.runner import UNSEEN
from helpers.explorers.widgets.still import page_of


class Explorer(Page):
    """Controls, and pictures that are updated when a control changes.

    A subclass builds its elements, passes them to `__init__`, and defines four methods:

    - `read` returns the values of the controls as a frozen dataclass;
    - `compute` returns everything to show as another frozen dataclass; it may raise, and changes no
      element;
    - `show` puts the result on the page; it must not fail;
    - `describe` returns the current state in one sentence, shown where no picture can be.

    It may define `summary`, the result in one sentence, which screen readers speak once it has
    settled; it is `describe()` otherwise. It may also define `alt_text`, the text alternative of the
    static picture, which says what is to be seen in it; it is `describe()` otherwise.

    If `compute` fails, the error is shown in one line and the last valid picture stays.

    Parameters
    ----------
    tree : list of elements, composites and groups, from top to bottom; the error line is placed
        after the first, unless the subclass has made a `message` and placed it
    controls : elements and composites with a `value`; a change of a value causes an update
    stills : rows of elements, for the static picture
    lock : held during every update; messages from the page may arrive on another thread, and then
        wait
    """

    # the attribute that holds the user's function, and the library's function in its place
    user_function: tuple | None = None
    message: Any = None  # the error line
    runner: Any = None  # the `Runner` of an explorer that works in the background

    def __init__(self, tree: list, controls: Iterable[Any], stills: list, lock: Any = None):
        self.status = Status()
        if self.message is None:
            self.message = Message()
            tree = [tree[0], self.message, *tree[1:]]
        self.stills = stills
        self.controls: Any = None  # as last read
        self.computed: Any = None  # from `controls`
        self._before: Any = None  # the controls of the update before
        self._failure = ""
        self._busy = self._stale = False
        self._inputs = [control for control in controls if control.has_trait("error")]
        super().__init__(column(*tree, self.status), lock)
        for control in self._inputs:
            control.observe(self._show_problem, "error")
        self._start()
        for control in controls:
            control.observe(self.refresh, "value")

    def read(self) -> Any:
        """Return the values of the controls, as a frozen dataclass."""
        raise NotImplementedError

    def compute(self, controls: Any) -> Any:
        """Return everything to show for these values, as a frozen dataclass."""
        raise NotImplementedError

    def show(self, view: Any) -> None:
        """Put a result on the page."""
        raise NotImplementedError

    def describe(self) -> str:
        """Return the current state in one sentence."""
        raise NotImplementedError

    def summary(self) -> str:
        """Return the result in one sentence."""
        return self.describe()

    def alt_text(self) -> str:
        """Return what is to be seen in the static picture; called only when that is made."""
        return self.describe()

    def update(self) -> None:
        """Read the controls, compute, and show the result."""
        controls = self.read()
        view = self.compute(controls)
        self.commit(controls, view)
        self.show(view)
        self.status.value = self.summary()

    def commit(self, controls: Any, view: Any) -> None:
        """Store the values and the result of an update; nothing else does."""
        self._before, self.controls, self.computed = self.controls, controls, view

    def is_new(self, name: str) -> bool:
        """Whether this value of the controls is a different object than at the last update."""
        now = getattr(self.controls, name)
        return self._before is None or getattr(self._before, name) is not now

    def refresh(self, change: Any = None) -> None:
        """Update the page from the controls, or show why that failed."""
        with self.lock:
            if self._batches and not self._busy:
                self._stale = True  # one update for all changes, at the end of the batch
            else:
                self.attempt(self.update)

    def settle(self) -> None:
        """Run the update that a batch has put off."""
        if self._stale:
            self._stale = False
            self.attempt(self.update)

    def attempt(self, job: Callable[[], None]) -> None:
        """Run `update`, or a part of it; if it fails, show the error in one line."""
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
                self._show_problem()

    def report(self, error: Exception) -> None:
        """Show an error in one line."""
        self._failure = one_line(error)
        self._show_problem()

    def follow(self, handler: Callable, elements: Sequence[Element], *names: str) -> None:
        """Call `handler(element)` when the user changes one of these traits of an element.

        For changes that need no update, such as pointing. All that the handler changes is sent to
        the page in one message. Invalid input in such an element is shown as for any control.
        """

        def moved(change: Any) -> None:
            with self.lock:
                if not self._busy:
                    with self.batch(), self._working():
                        handler(change["owner"])
                        self.status.value = self.summary()

        for element in elements:
            element.observe(moved, list(names))
            if element.has_trait("error"):
                self._inputs.append(element)
                element.observe(self._show_problem, "error")

    @contextmanager
    def _working(self) -> Iterator[None]:
        """Mark changes as made by the explorer, not by the user."""
        self._busy = True
        try:
            yield
        finally:
            self._busy = False

    def _start(self) -> None:
        """Show the first picture: with the library's function if the user's function fails."""
        self.refresh()
        if not self._failure:
            return
        failure, (name, library) = self._failure, self.user_function or ("user_function", None)
        own = getattr(self, name)
        if own is not library:
            setattr(self, name, library)
            self.refresh()
            setattr(self, name, own)
        if self._failure:  # the library's function fails too: another argument is invalid
            self.close()
            raise ValueError(self._failure)
        self._failure = (
            f"{_sentence(failure)} Until it works, the output of the library's function is shown"
        )
        self._show_problem()

    @property
    def problem(self) -> str:
        """The current errors in one line; empty if there are none."""
        lines = dict.fromkeys([*(control.error for control in self._inputs), self._failure])
        return " ".join(_sentence(line) for line in lines if line)

    def _show_problem(self, change: Any = None) -> None:
        self.message.value = self.problem

    def still(self) -> bytes:
        """Return a picture of the current state as a PNG, for pages where no kernel runs."""
        with self.lock:
            return page_of(self.stills)

    def _ipython_display_(self) -> None:
        if self.comm is None:
            print(f"This {type(self).__name__} is closed. Run its cell again to create a new one.")
            return
        with self.lock:
            display_with_still(self, self.still(), self.describe(), self.alt_text())
        lifetime.remember(self)

    def _repr_mimebundle_(self, **kwargs: Any) -> tuple[dict, dict]:
        """Return all formats in one bundle, for callers that ask; IPython uses `_ipython_display_`."""
        with self.lock:
            bundle, _ = super()._repr_mimebundle_(**kwargs)  # type: ignore[misc]  # never None here
            picture = b64encode(self.still()).decode()
            formats = {"text/plain": self.describe(), "image/png": picture}
            return {**bundle, **formats}, {"image/png": {"alt": self.alt_text()}}

    def lose_sight(self) -> None:
        """Pause what nobody may see: a page opened later may have no button for it."""
        if self.runner is not None:
            self.runner.pause(UNSEEN)

    def close(self) -> None:
        """Remove the explorer from the page and free its memory; it cannot be displayed again."""
        if self.comm is not None and self.runner is not None:
            self.runner.pause()
        if self.comm is not None and not sys.is_finalizing():
            lifetime.close(self)


def _sentence(line: str) -> str:
    return line if line[-1] in ".?!" else f"{line}."
