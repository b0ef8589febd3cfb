"""`progress`: a table of what is done, lesson by lesson."""

from html import escape
from typing import NamedTuple

from helpers.exercises.lessons import EXERCISES, LESSONS, lesson_of
from helpers.exercises.record import FILE, Record, everything

DONE, OPEN = "✓", "○"


class Row(NamedTuple):
    """What is done of one lesson, in words."""

    lesson: str
    exercises: str  # "✓ size, ○ same"
    predictions: str  # "width: 24"


class Progress:
    """A table of exercises and predictions, one row a lesson; `caption` sums it up in a line."""

    def __init__(self, record: Record, problem: str | None = None):
        solved = [name for name in EXERCISES if name in record.exercises]
        said = len(record.predictions)
        self.caption = (
            f"{DONE} {len(solved)} of {len(EXERCISES)} exercises solved, "
            f"{said} prediction{'' if said == 1 else 's'} made. "
            + (f"Kept for this session only: {problem}." if problem else f"Saved in {FILE}.")
        )
        self.rows = [_row(lesson.__name__.partition("lesson")[2], record) for lesson in LESSONS]

    def __repr__(self) -> str:
        rows = [Row("lesson", "exercises", "predictions"), *self.rows]
        wide = max(len(row.exercises) for row in rows)
        lines = [
            f"{row.lesson:6}  {row.exercises:{wide}}  {row.predictions}".rstrip() for row in rows
        ]
        return "\n".join([*lines, self.caption])

    def _repr_html_(self) -> str:
        """Write a table without colors of its own, so that a dark page shows it as well."""
        cell = '<td style="text-align:left">'
        head = "".join(f'<th style="text-align:left">{name.title()}</th>' for name in Row._fields)
        rows = [
            f"<tr>{''.join(cell + escape(text) + '</td>' for text in row)}</tr>"
            for row in self.rows
        ]
        caption = f'<caption style="text-align:left">{escape(self.caption)}</caption>'
        return (
            f"<table>{caption}<thead><tr>{head}</tr></thead><tbody>{''.join(rows)}</tbody></table>"
        )


def progress() -> Progress:
    """Return a table of the exercises solved and the predictions made, in this session and before."""
    return Progress(*everything())


def _row(lesson: str, record: Record) -> Row:
    exercises = [
        f"{DONE if name in record.exercises else OPEN} {name.partition('-')[2]}"
        for name in EXERCISES
        if lesson_of(name) == lesson
    ]
    predictions = [
        f"{name.partition('-')[2]}: {said}"
        for name, said in record.predictions.items()
        if lesson_of(name) == lesson
    ]
    return Row(lesson, ", ".join(exercises), ", ".join(predictions))
