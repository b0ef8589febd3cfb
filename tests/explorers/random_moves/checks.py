"""What must hold after each move: all that an explorer shows is right, and its page has it."""

import re

import numpy as np
from explorers.random_moves.expecting import Refused
from explorers.random_moves.moves import called
from explorers.random_moves.page import SimulatedPage
from refusals import is_one_line

LONGEST = 999  # characters of a message: two errors may be joined, and quote what came


class Watch:
    """An explorer with its page and its oracle; `noise()` returns what was printed, logged or warned."""

    def __init__(self, explorer, oracle, noise):
        self.explorer, self.oracle, self.noise = explorer, oracle, noise
        self.page, self.refused = SimulatedPage(explorer), False
        self.right = self._first_arrays()

    def _first_arrays(self):
        """While the user's function has not worked yet, those of the library's function."""
        oracle, function = self.oracle, self.oracle.function
        try:
            return oracle.arrays()
        except Refused:
            own, (_, library) = getattr(self.explorer, function), self.explorer.user_function
            setattr(self.explorer, function, library)
            arrays = oracle.arrays()
            setattr(self.explorer, function, own)
            return arrays

    def check(self):
        """Fail if anything is wrong."""
        self.quiet()
        self._arrays_are_right()
        for fact in self._facts():
            assert fact.holds(), (
                f"{fact.name}: {_short(fact.shown)} in place of {_short(fact.right)}"
            )
        for view in self.explorer.elements:
            if view.kind == "image":
                _is_whole(view)
        self._message_is_right()
        second = self.page.second()
        changed = _differences(self.page.states, second)
        assert not changed, f"not sent to the page: {self._named(changed)}"
        self.page.states = second
        self.quiet()

    def _message_is_right(self):
        """One line; empty unless the controls, a file or the runner give a reason."""
        explorer, line = self.explorer, self.explorer.message.value
        assert line == explorer.problem, f"message {line!r}"
        assert not line or is_one_line(line, LONGEST), f"not one line: {line!r}"
        sources = [*explorer.elements, getattr(explorer, "picker", None)]
        reason = self.refused or getattr(explorer, "runner", None)
        reason = reason or any(getattr(each, "error", "") for each in sources)
        assert reason or not line, f"without a reason: {line!r}"

    def _facts(self):
        return self.oracle.facts() if self.oracle.state is not None else ()

    def _arrays_are_right(self):
        self.refused = False
        try:
            self.right = self.oracle.arrays()
        except Refused:
            self.refused = True
            assert self.explorer.problem, "refused without a word"
        shown = self.oracle.shown()
        assert shown.keys() == self.right.keys(), f"{[*shown]} in place of {[*self.right]}"
        for name, right in self.right.items():
            right = np.asarray(right)
            assert np.shape(shown[name]) == np.shape(right), (
                f"{name}: shape {np.shape(shown[name])} in place of {np.shape(right)}"
            )
            scale = max(1.0, np.abs(right).max(initial=0))
            close = np.isclose(shown[name], right, 1e-4, 2e-5 * scale)
            wrong = np.argwhere(~close)
            assert not len(wrong), (
                f"{name}: wrong in {len(wrong)} of {close.size}, at {wrong[0].tolist()}:"
                f" {np.asarray(shown[name])[tuple(wrong[0])]} in place of {right[tuple(wrong[0])]}"
            )

    def quiet(self):
        """Fail if anything was printed, logged or warned."""
        noise = self.noise()
        assert not noise, f"logged, printed or warned: {noise}"

    def start_anew(self):
        """Take what is shown as right where it cannot be computed, after pictures nobody looked at."""
        try:
            self.oracle.arrays()
        except Refused:
            self.right, self.oracle.state = self.oracle.shown(), None

    def nothing_changed(self, before):
        """Nothing of what is shown has changed, but for the message."""
        second = self.page.second()
        message = self.explorer.name_of(self.explorer.message)
        changed = [key for key in _differences(before, second) if key[0] != message]
        assert not changed, f"refused, yet changed: {self._named(changed)}"

    def _named(self, changed):
        elements = {self.explorer.name_of(each): each for each in self.explorer.elements}
        return [f"{called(elements[name])}.{trait}" for name, trait in changed][:6]


def _differences(first, second):
    names = [(name, trait) for name, traits in second.items() for trait in traits]
    return [at for at in names if first.get(at[0], {}).get(at[1], None) != second[at[0]][at[1]]]


def _is_whole(view):
    """Pixels, numbers, cursor, and the size in the title fit one another."""
    rows, columns, channels = view.shape
    assert len(view.pixels) == rows * columns * channels, f"pixels of {view.title}"
    assert len(view.numbers) in (0, rows * columns), f"numbers of {view.title}"
    assert 0 <= view.cursor[0] < rows and 0 <= view.cursor[1] < columns, f"cursor of {view.title}"
    for text in (view.title, view.alt):
        found = re.search(r"(\d+) rows?, (\d+) columns?$", text)
        if found and not view.title.startswith("image,"):
            assert [int(n) for n in found.groups()] == [rows, columns], f"size in {text!r}"


def _short(value):
    return f"{value!r:.300}"
