"""Save the lessons for a commit: restart, run from top to bottom, and clean.

    python tools/save_notebooks.py                 all lessons
    python tools/save_notebooks.py notebooks/02*   some of them

Two runs give the same bytes: nothing that differs from run to run is kept. Widget views are
removed, as their kernel no longer exists; the static picture of each explorer stays. Where the text
below shows `attachment:explorer.png`, the picture moves there: outputs vanish when their cell runs.
"""

import sys
from itertools import pairwise
from pathlib import Path

import nbformat
from nbclient import NotebookClient

ROOT = Path(__file__).resolve().parent.parent
STAND_IN = "explorer.png"
UNCHECKED = ["nbval-ignore-output"]  # the outputs of such a cell are not kept
WIDGET_VIEW = "application/vnd.jupyter.widget-view+json"
METADATA = {
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}


def save(path):
    """Run one notebook and write it back; an error in a cell leaves the file unchanged."""
    notebook = nbformat.read(path, as_version=4)
    NotebookClient(
        notebook, timeout=600, store_widget_state=False, record_timing=False, coalesce_streams=True,
        resources={"metadata": {"path": str(path.parent)}},
    ).execute()  # fmt: skip
    notebook.metadata = METADATA
    notebook.nbformat_minor = 5
    for number, cell in enumerate(notebook.cells):
        cell.id = f"cell-{number:02d}"
        cell.metadata = {}
        cell.source = cell.source.rstrip()
        if cell.cell_type == "code":
            cell.outputs = [output for output in cell.outputs if not _is_widget(output)]
    for cell, below in pairwise(notebook.cells):
        if f"(attachment:{STAND_IN})" in below.source:
            _move_picture(cell, below)
    nbformat.validate(notebook)
    path.write_text(nbformat.writes(notebook) + "\n", encoding="utf-8", newline="\n")


def _move_picture(cell, below):
    """Attach the picture of an explorer to the text cell below, and drop the outputs."""
    picture = next(each.data["image/png"] for each in cell.outputs if "image/png" in each.data)
    below.attachments = {STAND_IN: {"image/png": picture}}
    cell.outputs = []
    cell.metadata = {"tags": UNCHECKED}


def _is_widget(output):
    return WIDGET_VIEW in output.get("data", {})


def main(names):
    paths = [Path(name).resolve() for name in names] or sorted((ROOT / "notebooks").glob("*.ipynb"))
    for path in paths:
        save(path)
        print(f"{path.name}: {path.stat().st_size // 1024} KB")


if __name__ == "__main__":
    main(sys.argv[1:])
