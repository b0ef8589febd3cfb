"""Resident memory of the kernel after each lesson, in MB, and how many seconds the lesson takes.

    python benchmarks/memory.py                 all lessons
    python benchmarks/memory.py notebooks/08*   some of them

Linux only: the kernel reads its own /proc/self/status. The bound is 350 MB.
"""

import sys
import time
from pathlib import Path

import nbformat
from nbclient import NotebookClient

ROOT = Path(__file__).resolve().parent.parent
BOUND = 350
ASK = """print(*(line.split()[1] for line in open("/proc/self/status")
       if line.startswith(("VmHWM", "VmRSS"))))"""


def measure(path):
    """Run a lesson; return its kernel's peak and current memory in MB, and the seconds it took."""
    lesson = nbformat.read(path, as_version=4)
    lesson.cells.append(nbformat.v4.new_code_cell(ASK))
    began = time.perf_counter()
    NotebookClient(
        lesson, timeout=600, resources={"metadata": {"path": str(path.parent)}}
    ).execute()
    seconds = time.perf_counter() - began
    peak, now = (int(kilobytes) / 1024 for kilobytes in lesson.cells[-1].outputs[0].text.split())
    return peak, now, seconds


def main(names):
    paths = [Path(name).resolve() for name in names] or sorted((ROOT / "notebooks").glob("*.ipynb"))
    heaviest = 0.0
    print(f"{'lesson':34} {'now':>7} {'peak':>7} {'seconds':>8}")
    for path in paths:
        peak, now, seconds = measure(path)
        heaviest = max(heaviest, now)
        print(f"{path.stem:34} {now:7.0f} {peak:7.0f} {seconds:8.1f}", flush=True)
    print(
        f"heaviest: {heaviest:.0f} MB, bound {BOUND}: {'kept' if heaviest <= BOUND else 'exceeded'}"
    )


if __name__ == "__main__":
    main(sys.argv[1:])
