"""The lessons as pages to read: what nbconvert makes of them, with own headings, pictures and links."""

import json
import re
from base64 import b64decode
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import NamedTuple

import nbformat
from bs4 import BeautifulSoup
from nbconvert import HTMLExporter
from PIL import Image

from helpers.glossary import TERMS, Term

ROOT = Path(__file__).resolve().parents[2]
STILL = "explorer-still"  # the note above the still picture of an explorer; it repeats the alt text
DATA = "data:image/png;base64,"


class Page(NamedTuple):
    """A lesson to read: its name as a file, its title, the HTML of its cells, and its sections.

    A section is (id, heading, text); the search looks through them.
    """

    name: str
    title: str
    body: str
    sections: list[tuple[str, str, str]]


def render_lesson(path: Path, site: Path) -> Page:
    """Return a lesson as a page; its pictures become files in `site`/pictures."""
    notebook = nbformat.read(path, as_version=4)
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.outputs = [output for output in cell.outputs if not _is_note(output)]
    exporter = HTMLExporter(
        template_name="basic", exclude_input_prompt=True, exclude_output_prompt=True,
        exclude_anchor_links=True,
    )  # fmt: skip
    body = BeautifulSoup(exporter.from_notebook_node(notebook)[0], "html.parser")
    for cell in body.select(".cell"):
        del cell["id"]
    for picture in body.find_all("img"):
        move_picture(picture, site)
    for link in body.find_all("a", href=re.compile(r"\.ipynb(#|$)")):
        link["href"] = link["href"].replace(".ipynb", ".html")
    for table in body.find_all("table"):
        if "display:block" not in table.get("style", ""):  # the map's rows break as text does
            table.wrap(body.new_tag("div", attrs={"class": "wide", "tabindex": "0"}))
    for block in body.find_all("pre"):
        block["tabindex"] = "0"  # it may be wider than a phone
    sections = _sections(body)
    return Page(path.stem, sections[0][1], str(body), sections)


def _is_note(output: dict) -> bool:
    return STILL in "".join(output.get("data", {}).get("text/html", ""))


def move_picture(picture, site: Path) -> None:
    """Replace a picture inside a page by a file, and say how large it is, so that nothing jumps."""
    if not picture.get("src", "").startswith(DATA):
        return
    data = b64decode(picture["src"].removeprefix(DATA))
    name = f"pictures/{sha256(data).hexdigest()[:16]}.png"
    (site / name).parent.mkdir(parents=True, exist_ok=True)
    (site / name).write_bytes(data)
    width, height = Image.open(BytesIO(data)).size
    shown = int(picture.get("width", width))
    picture["src"] = f"../{name}"
    picture["width"], picture["height"] = shown, round(shown * height / width)
    picture["loading"] = "lazy"
    if "style" in picture.attrs:
        del picture["style"]


def _sections(body: BeautifulSoup) -> list[tuple[str, str, str]]:
    """Give every heading an id; return the sections, the words of code left out."""
    found: list[tuple[str, str, list[str]]] = []
    for part in body.find_all(["h1", "h2", "h3", "p", "li", "summary"]):
        text = " ".join(part.get_text(" ", strip=True).split())
        if part.name in ("h1", "h2", "h3"):
            part["id"] = _anchor(text)
            found.append((part["id"], text, []))
        elif found:
            found[-1][2].append(text)
    return [(anchor, heading, " ".join(texts)) for anchor, heading, texts in found]


def search_index(pages: list[Page]) -> str:
    """Return what search.js reads: [address, lesson, heading, text] of every section and term."""
    entries = [
        [f"lessons/{page.name}.html#{anchor}", page.title, heading, text]
        for page in pages
        for anchor, heading, text in page.sections
    ]
    for term in TERMS:
        entries.append([f"glossary.html#{term_id(term)}", "Glossary", term.name, term.meaning])
    return json.dumps(entries, ensure_ascii=False)


def term_id(term: Term) -> str:
    """Return the place of a term on the page of the glossary.

    >>> term_id(Term("gradient (of a loss)", "07", ""))
    'gradient-of-a-loss'
    """
    return _anchor(term.name)


def _anchor(heading: str) -> str:
    return re.sub(r"\W+", "-", heading.lower()).strip("-")
