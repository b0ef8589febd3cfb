"""Judging an answer that is a function: run on cases, compared, and the likely slip named."""

import inspect
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from helpers.exercises.calls import run, watch
from helpers.exercises.number_answers import numbers
from helpers.exercises.slips import COMMON_SLIPS
from helpers.messages import describe

Outcome: TypeAlias = tuple[Any, str | None]  # what a call returned, and what went wrong
Tried: TypeAlias = tuple[tuple, Outcome, NDArray]  # a case, what came of it, and the right result


def is_function(
    reference: Callable,
    cases: list[tuple],
    mistakes: Sequence[tuple[Callable, str]] = (),
    library: Sequence[Callable] = (),
    tolerance: float = 1e-5,
) -> Callable[[Any], str | None]:
    """Return a judge of a function, which must agree with `reference` on every case.

    A case holds the arguments of one call. `mistakes` are pairs of a function with a likely mistake
    and the line that explains it. A function that calls one of `library` is not the learner's work.
    """
    trial = _Trial(reference, cases, mistakes, tolerance)

    def judge(answer: Any) -> str | None:
        if not callable(answer):
            return f"expected a function, by its name without parentheses; got {describe(answer)}"
        with watch(library) as called:
            outcomes = [trial.run(answer, case) for case in cases]
        problem = trial.problem(outcomes)
        if not problem and called:
            own = f"the course's own {called[0]}"
            return f"the result is right, but it comes from {own}; write the steps yourself"
        return problem

    return judge


@dataclass(frozen=True)
class _Trial:
    """The cases on which a function is tried, and the mistakes that are recognized."""

    reference: Callable
    cases: list[tuple]
    mistakes: Sequence[tuple[Callable, str]]
    tolerance: float

    @property
    def names(self) -> list[str]:
        """The parameters of the function."""
        return list(inspect.signature(self.reference).parameters)[: len(self.cases[0])]

    def run(self, function: Callable, case: tuple) -> Outcome:
        """Call a function on a case."""
        return run(function, dict(zip(self.names, case)))

    def problem(self, outcomes: list[Outcome]) -> str | None:
        """Return what is wrong, or None: the slip that explains it, or the first wrong result."""
        right = [np.asarray(self.reference(*case)) for case in self.cases]
        tried = zip(self.cases, outcomes, right)
        wrong = [each for each in tried if not self._agree(each[1], (each[2], None))]
        if not wrong:
            return None
        return self._mistake(outcomes) or self._common_slip(wrong) or self._difference(*wrong[0])

    def _agree(self, one: Outcome, other: Outcome) -> bool:
        """Whether two calls gave the same numbers, or both failed."""
        if one[1] or other[1]:
            return bool(one[1] and other[1])
        first, second = numbers(one[0]), numbers(other[0])
        if first is None or second is None or first.shape != second.shape:
            return False
        return np.allclose(first, second, self.tolerance, self.tolerance, equal_nan=True)

    def _mistake(self, outcomes: list[Outcome]) -> str | None:
        """The line of the mistake that gives the same in every case."""
        if all(problem for _, problem in outcomes):
            return None
        with np.errstate(all="ignore"):
            for mistake, line in self.mistakes:
                made = (self.run(mistake, case) for case in self.cases)
                if all(map(self._agree, made, outcomes)):
                    return line
        return None

    def _common_slip(self, wrong: list[Tried]) -> str | None:
        """The line of the slip that explains every wrong array."""
        if wrong[0][2].ndim == 0 or any(problem for _, (_, problem), _ in wrong):
            return None
        for change, line in COMMON_SLIPS:
            if all(self._agree(run(change, {"right": right}), came) for _, came, right in wrong):
                return line
        return None

    def _difference(self, case: tuple, outcome: Outcome, right: NDArray) -> str:
        """What is wrong in one case, in words."""
        given, problem = outcome
        if problem:  # a function that is not written yet fails whatever its arguments
            return problem if case is self.cases[0] else f"for {self._named(case)}, {problem}"
        must = f"for {self._named(case)}, the result must"
        array = numbers(given)
        came = given if isinstance(given, np.ndarray) else array  # a huge array is not read
        if right.ndim and came is not None and came.shape != right.shape:
            return f"{must} have shape {right.shape}; got {came.shape}"
        if array is None or array.ndim != right.ndim:
            kind = "an array of numbers" if right.ndim else "one number"
            return f"{must} be {kind}; got {describe(given)}"
        place = np.argwhere(~np.isclose(array, right, self.tolerance, self.tolerance))[0]
        where = f" at {tuple(place.tolist())}" if right.ndim else ""
        return f"{must} be {right[(*place,)]:g}{where}; got {array[(*place,)]:g}"

    def _named(self, case: tuple) -> str:
        """The arguments by name, arrays by their shapes, or by their numbers if they are few."""
        return ", ".join(
            f"{name} of shape {np.shape(each)}"
            if np.size(each) > 4
            else f"{name} = {np.asarray(each).tolist()}"
            for name, each in zip(self.names, case)
        )
