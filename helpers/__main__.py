"""Open the course: copy the lessons into a folder and start JupyterLab there.

python -m helpers                        into ./convolution-course
python -m helpers lessons --copy-only    copy them and stop
python -m helpers lessons --no-browser   other options are passed on to JupyterLab
"""

import sys
from argparse import ArgumentParser
from pathlib import Path

from helpers.picture_files import course_folder

MISSING = 'JupyterLab is not installed. To install it: pip install "convolution-course[course]"'


def copy_lessons(folder: Path) -> tuple[list[str], list[str]]:
    """Copy the lessons into `folder`; return the names copied and the names already there.

    A file that is already there is the learner's own, and is left unchanged.
    """
    folder.mkdir(parents=True, exist_ok=True)
    copied, kept = [], []
    for lesson in sorted(course_folder("notebooks").glob("*.ipynb")):
        try:
            with open(folder / lesson.name, "xb") as file:
                file.write(lesson.read_bytes())
            copied.append(lesson.name)
        except FileExistsError:
            kept.append(lesson.name)
    return copied, kept


def main(arguments: list[str] | None = None) -> int:
    """Run the command; return its exit code."""
    parser = ArgumentParser(
        "python -m helpers",
        description="Copy the lessons into a folder and open them in JupyterLab.",
        epilog="Other options, written --name=value, are passed on to JupyterLab.",
        allow_abbrev=False,
    )
    parser.add_argument("folder", nargs="?", type=Path, default=Path("convolution-course"))
    parser.add_argument("--copy-only", action="store_true", help="copy the lessons, open nothing")
    options, others = parser.parse_known_args(arguments)
    try:
        copied, kept = copy_lessons(options.folder)
    except OSError as error:
        print(f"Cannot copy the lessons to {options.folder}: {error.strerror}", file=sys.stderr)
        return 1
    lessons = "lesson" if len(copied) == 1 else "lessons"
    print(f"{len(copied)} {lessons} copied to {options.folder}", flush=True)
    if kept:
        print(f"{len(kept)} already there, left unchanged: {', '.join(kept)}", flush=True)
    return 0 if options.copy_only else _open(options.folder / min(copied + kept), others)


def _open(lesson: Path, options: list[str]) -> int:
    try:
        from jupyterlab.labapp import main as open_lab
    except ModuleNotFoundError:
        print(MISSING, file=sys.stderr)
        return 1
    return open_lab([str(lesson), *options]) or 0


if __name__ == "__main__":
    sys.exit(main())
