"""What a learner has done: exercises solved and predictions made, in a small file beside the notebooks.

Each notebook has a kernel of its own, and all of them write to one file: it is read before each
change, and nothing that it holds is dropped.
"""

import json
import os
from dataclasses import dataclass, field
from pathlib import Path

FILE = "progress.json"  # in the folder that the kernel runs in: that of the notebook
FORMAT = "convolution-course progress 1"
MOST_BYTES = 1_000_000


@dataclass
class Record:
    """The names of the exercises solved, and what was predicted, by name."""

    exercises: list[str] = field(default_factory=list)
    predictions: dict[str, str] = field(default_factory=dict)

    def __or__(self, other: "Record") -> "Record":
        """Return both together, in alphabetical order; of two predictions the other's counts."""
        predictions = self.predictions | other.predictions
        return Record(
            sorted({*self.exercises, *other.exercises}), dict(sorted(predictions.items()))
        )


_session = Record()
_told: set[str] = set()  # the problems that were mentioned


def note(done: Record) -> str:
    """Add what was done to the file; return a remark on a problem with it, once a session, or ""."""
    global _session
    _session |= done
    problem = save(Path(FILE), _session)
    if problem is None or problem in _told:
        return ""
    _told.add(problem)
    return f" (Progress is kept for this session only: {problem}.)"


def everything() -> tuple[Record, str | None]:
    """Return what was done in this session and before, and the problem with the file, if any."""
    problem = save(Path(FILE), _session)
    if problem is not None:
        return _session, problem
    return load(Path(FILE)) | _session, None


def save(path: Path, done: Record) -> str | None:
    """Add to the file what it does not hold yet; return what prevents it, in words, or None."""
    try:
        before = load(path)
        after = before | done
        if after != before:
            _write(path, {"format": FORMAT, **vars(after)})
    except ValueError as error:
        return str(error)
    except OSError as error:
        return f"{FILE} cannot be written here ({error.strerror or type(error).__name__})"
    return None


def load(path: Path) -> Record:
    """Read a file of this kind; one that is not there is an empty record.

    Raises
    ------
    ValueError : if it is something else, which is then left as it is.
    """
    if not path.exists():
        return Record()
    try:
        if path.stat().st_size > MOST_BYTES:
            raise ValueError("too large")
        stored = json.loads(path.read_text(encoding="utf-8"))
        if stored["format"] != FORMAT:
            raise ValueError("another format")
        exercises, predictions = stored["exercises"], dict(stored["predictions"])
        texts = [*exercises, *predictions, *predictions.values()]
        if not isinstance(exercises, list) or not all(isinstance(each, str) for each in texts):
            raise ValueError("other types")
    except OSError as error:
        raise ValueError(f"{FILE} cannot be read ({error.strerror})") from None
    except (ValueError, TypeError, LookupError, RecursionError):
        raise ValueError(
            f"{FILE} is not a progress file of this course; it is left unchanged"
        ) from None
    return Record(exercises, predictions)


def _write(path: Path, contents: dict) -> None:
    """Write a file that is complete at any moment: whatever stops us leaves the one before."""
    unfinished = path.with_name(f"{path.name}.{os.getpid()}.part")
    try:
        unfinished.write_text(json.dumps(contents, indent=1) + "\n", encoding="utf-8")
        unfinished.replace(path.resolve())
    finally:
        unfinished.unlink(missing_ok=True)
