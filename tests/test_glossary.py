"""The glossary: every term once, in one sentence, and in the text of the lesson that is named."""

import json
import re
from pathlib import Path

import pytest

from helpers.glossary import TERMS, Glossary, glossary

NOTEBOOKS = Path(__file__).resolve().parent.parent / "notebooks"


def text_of(lesson):
    (path,) = NOTEBOOKS.glob(f"{lesson}_*.ipynb")
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    return "\n".join("".join(cell["source"]) for cell in cells if cell["cell_type"] == "markdown")


@pytest.mark.parametrize("term", TERMS, ids=lambda term: term.name)
def test_term_is_in_the_text_of_its_lesson(term):
    assert re.search(rf"\b{term.word}s?\b", text_of(term.lesson), re.I)


def test_terms_are_sorted_sentences():
    names = [term.name for term in TERMS]
    assert names == sorted(set(names), key=str.lower)
    assert all(re.fullmatch(r"[A-Z].{20,160}\.", term.meaning) for term in TERMS)


def test_it_is_shown_with_links():
    """The same words in HTML and in text; every link leads to a notebook."""
    html, text = glossary()._repr_html_(), repr(Glossary())
    assert len(text.splitlines()) == len(TERMS) == html.count("<a ")
    assert all((NOTEBOOKS / file).exists() for file in re.findall('href="([^"]+)"', html))
    assert "stride (04): The number of pixels" in text and "<b>stride</b>" in html
