"""The lessons for Google Colab: copies whose first cell fetches the course and what it needs.

Colab opens a notebook of a repository without the files around it. A workflow puts the copies on a
branch of their own, BRANCH, since Colab reads no websites.
"""

import json
import re
from pathlib import Path
from string import Template

from packaging.requirements import Requirement

ROOT = Path(__file__).resolve().parents[2]
BRANCH = "colab"
HERE = "/content/course"  # where Colab keeps what a notebook fetches
# Colab's own page and kernel stand on its own versions of these
LEFT = "jupyter", "jupyterlab", "ipywidgets"
FIRST_CELL = Template("""\
# Run this first. It fetches the course and what it needs, and lets Colab show the explorers.
import os, subprocess, sys

if not os.path.isdir("$here"):
    subprocess.run(["git", "clone", "--quiet", "--depth=1", "$address", "$here"], check=True)
needs = $needs
subprocess.run([sys.executable, "-m", "pip", "install", "--quiet", *needs], check=True)
os.chdir("$here/notebooks")

from google.colab import output

output.enable_custom_widget_manager()""")


def first_cell(address: str, here: str = HERE) -> str:
    """Return the code that fetches the course from `address`, and goes to its lessons."""
    return FIRST_CELL.substitute(address=address, here=here, needs=needs())


def needs() -> list[str]:
    """Return the requirements of the lessons, less what Colab has in versions of its own."""
    lines = (ROOT / "requirements.txt").read_text(encoding="utf-8").splitlines()
    wanted = [line.partition("#")[0].strip() for line in lines]
    return [line for line in wanted if Requirement(line).name not in LEFT]


def colab_address(repository: str, lesson: str) -> str:
    """Return where a lesson opens in Colab.

    >>> colab_address("owner/name", "05_pooling")
    'https://colab.research.google.com/github/owner/name/blob/colab/05_pooling.ipynb'
    """
    place = f"github/{repository}/blob/{BRANCH}/{lesson}.ipynb"
    return f"https://colab.research.google.com/{place}"


def write_copies(folder: Path, repository: str) -> None:
    """Write the copies; their links lead from one to the other in Colab."""
    folder.mkdir(parents=True)
    for path in sorted((ROOT / "notebooks").glob("*.ipynb")):
        lesson = json.loads(path.read_text(encoding="utf-8"))
        for cell in lesson["cells"]:
            if cell["cell_type"] == "markdown":
                cell["source"] = link_to_colab("".join(cell["source"]), repository)
        source = first_cell(f"https://github.com/{repository}")
        lesson["cells"].insert(0, {
            "cell_type": "code", "execution_count": None, "id": "colab", "metadata": {},
            "outputs": [], "source": source,
        })  # fmt: skip
        text = json.dumps(lesson, ensure_ascii=False, indent=1)
        (folder / path.name).write_text(text + "\n", encoding="utf-8")


def link_to_colab(text: str, repository: str) -> str:
    """Let links to other lessons open their copies.

    >>> link_to_colab("[05](05_pooling.ipynb#size), [a](https://b.org)", "owner/name")
    '[05](https://colab.research.google.com/github/owner/name/blob/colab/05_pooling.ipynb), [a](https://b.org)'
    """
    return re.sub(
        r"\]\((\w+)\.ipynb(?:#[^)]*)?\)",
        lambda link: f"]({colab_address(repository, link[1])})",
        text,
    )
