"""For teachers: the progress of a class, from the files of its learners.

    python -m helpers.exercises.gather FOLDER

FOLDER holds a folder for each learner, with progress.json somewhere in it, or files that are named
after the learners, such as ada-progress.json.
"""

import sys
from pathlib import Path

from helpers.exercises.lessons import EXERCISES, LESSONS, lesson_of
from helpers.exercises.record import FILE, Record, load

NUMBERS = [lesson.__name__.partition("lesson")[2] for lesson in LESSONS]


def gather(folder: str | Path) -> str:
    """Return a table: a row for each learner, a column for each lesson with the exercises solved.

    A file that is not a progress file of this course is named below the table.

    Raises
    ------
    ValueError : if there is no such folder, or no file with "progress" in its name in it.
    """
    root = Path(folder)
    paths = [
        path
        for path in sorted(root.rglob("*progress*.json"))
        if not any(part.startswith(".") for part in path.relative_to(root).parts)  # checkpoints
    ]
    if not paths:
        raise ValueError(
            f"folder must hold files such as {FILE}; there are none in {str(folder)!r}"
        )
    rows, problems = [], []
    for path in paths:
        try:
            rows.append([_learner(path.relative_to(root)), *_counts(load(path))])
        except ValueError:
            problems.append(
                f"Not read: {path.relative_to(root)} is not a progress file of this course."
            )
    head = ["learner", *NUMBERS, "exercises", "predictions"]
    return "\n".join([*_aligned([head, *rows]), *problems])


def _learner(path: Path) -> str:
    """Name a learner after the folder of progress.json, or after a file with another name."""
    return path.parent.as_posix() if path.name == FILE else path.with_suffix("").as_posix()


def _counts(record: Record) -> list[str]:
    counts = []
    for number in NUMBERS:
        names = [name for name in EXERCISES if lesson_of(name) == number]
        counts.append(f"{sum(name in record.exercises for name in names)}/{len(names)}")
    solved = sum(name in record.exercises for name in EXERCISES)
    return [*counts, f"{solved}/{len(EXERCISES)}", str(len(record.predictions))]


def _aligned(rows: list[list[str]]) -> list[str]:
    widths = [max(map(len, column)) for column in zip(*rows)]
    return [
        "  ".join(text.ljust(width) for text, width in zip(row, widths)).rstrip() for row in rows
    ]


def main(arguments: list[str]) -> int:
    """Print the table; return the exit code."""
    if len(arguments) != 1:
        print("usage: python -m helpers.exercises.gather FOLDER", file=sys.stderr)
        return 2
    try:
        print(gather(arguments[0]))
    except ValueError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
