"""Run lessons as a browser's Python would: without threads, lzma, pooch and a new Pillow.

    python tests/lessons/as_in_a_browser.py notebooks/*.ipynb

A line for each lesson: its name, the number of code cells, the processor time of the slowest in
seconds, its number, and the error of a cell or of what it shows, if any. A last line says whether a training that
was started in the event loop has been paused by its button.
"""

import asyncio
import json
import os
import sys
import threading
import time
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
MISSING = "lzma", "_lzma", "pooch"


def become_a_browser():
    """Take from this process what a browser's Python does not have."""
    import matplotlib.pyplot  # noqa: F401  # it asks which system it is on when it is loaded
    from PIL import ImageCms, ImageDraw

    def start(thread):
        raise RuntimeError("can't start new thread")

    threading.Thread.start = start
    sys.modules.update(dict.fromkeys(MISSING))
    del ImageCms.Flags, ImageDraw.ImageDraw.circle  # that of Pyodide 0.27 is Pillow 10.2
    sys.platform = "emscripten"


def run_lesson(path):
    """Return the processor times of the code cells, and the first error or None.

    What fails while it is displayed ends no cell; its error is only printed.
    """
    from IPython.core.interactiveshell import InteractiveShell
    from traitlets.config import Config

    InteractiveShell.clear_instance()
    shell = InteractiveShell.instance(config=Config(HistoryManager={"enabled": False}))
    times, errors = [], []
    shell._showtraceback = lambda kind, error, lines: errors.append(f"{kind.__name__}: {error}")
    for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]:
        if cell["cell_type"] == "code" and not errors:
            before = time.process_time()
            with redirect_stdout(StringIO()):
                shell.run_cell("".join(cell["source"]))
            times.append(time.process_time() - before)
    return times, errors[0] if errors else None


async def press_start_and_pause():
    """Start a training in the event loop, and pause it by the same button."""
    from helpers.explorers import KernelLearner

    learner = KernelLearner("cat")
    button = learner.runner.toggle
    button.receive({"press": True}, [])
    while learner.runner.running and len(learner.history) < 5:
        await asyncio.sleep(0.01)
    button.receive({"press": True}, [])
    await learner.runner._task
    return len(learner.history) >= 5 and not learner.runner.running and not learner.runner.error


if __name__ == "__main__":
    os.environ["OPENBLAS_NUM_THREADS"] = "1"  # a browser has one, which waits for no other
    lessons = [Path(name).resolve() for name in sys.argv[1:]]
    sys.path.insert(0, str(ROOT))
    os.chdir(ROOT / "notebooks")
    become_a_browser()
    for lesson in lessons:
        times, error = run_lesson(lesson)
        slowest = max(range(len(times)), key=times.__getitem__)
        print(lesson.stem, len(times), round(times[slowest], 2), slowest, error or "", flush=True)
    print("started and paused:", asyncio.run(press_start_and_pause()))
