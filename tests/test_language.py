"""One vocabulary and American spelling, in lessons, library, pages and the names of tests.

Only words that have no other meaning here are held out: "stop", "answer" or "share" may be right.
"""

import json
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
LESSONS = sorted((ROOT / "notebooks").glob("*.ipynb"))
FOLDERS = ("helpers", "benchmarks", "tools", "images")
KINDS = (".py", ".js", ".css", ".md")
FILES = [
    *[path for path in sorted(ROOT.glob("*.md")) if path.name != "CHANGELOG.md"],
    *[path for each in FOLDERS for path in sorted((ROOT / each).rglob("*")) if path.suffix in KINDS],
]  # fmt: skip

OLD = {  # what is not written: what is
    r"rims?": "border",
    r"upright|level (?:edge|stroke|bar|line)s?": "vertical, horizontal",
    r"(?:by )?half a turn|turned by|turn(?:ed)? it round": "rotated by 180°",
    r"laid on|as (?:it|they) stands?": "applied without flipping",
    r"blames?|answers? for the answers?": "gradient",
    r"gradients? by (?:the|its)": "gradient with respect to",
    r"chances": "probabilities",
    r"(?<!complex )planes?": "channels",
    r"shares? kept": "fraction unchanged",
    r"(?:find|finds|found) back": "recover",
    r"partly connected": "locally connected",
    r"maps of maps": "feature maps of feature maps",
    r"confusions?(?! matri)": "confusion matrix",
    r"worst mistakes?": "top losses",
    r"(?<!mean )squared error": "mean squared error",
    r"deaf|borrowed|cells read": "resync_count, user_function, window_indices",
}
BRITISH = (  # and what begins so: coloured, greys, neighbourhood
    "colour grey centre centring neighbour behaviour favour flavour honour labour rumour vapour "
    "fibre litre metre kilometre millimetre theatre calibre catalogue analogue labelled labelling "
    "modelled modelling travelled travelling cancelled cancelling signalled levelled channelled "
    "totalled focussed defence offence licence judgement whilst amongst learnt spelt burnt artefact "
    "ageing sceptic skilful manoeuvre plough aluminium maths"
)
STEMS = (  # with -ise, -ised, -ising, -isation; -ize in American
    "organ recogn normal initial optim visual summar general minim maxim real emphas regular standard "
    "vector parametr discret quant special penal memor util categor apolog central local symbol "
    "character serial token binar equal final formal ideal individual random character synchron "
    "stabil custom digit linear item priorit raster factor"
)
SPELLING = rf"(?:{BRITISH.replace(' ', '|')})\w{{0,4}}|(?:{STEMS.replace(' ', '|')})is(?:e|es|ed|er|ers|ing|ations?)"
SPELLING += r"|analys(?:e|ed|es|ing)(?<!analyses)|paralys(?:e|ed|ing)"


def words(text):
    """Identifiers become words: cells_read, CellsRead and "cells read" are one."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])|[\s_]+", " ", text)


def violations(text):
    """What the text says, and what it should say."""
    plain = words(text)
    found = [
        f"{match[0]!r}, not {better!r}"
        for old, better in OLD.items()
        for match in re.finditer(rf"\b(?:{old})\b", plain, re.I)
    ]
    return found + [
        f"{match[0]!r} is British" for match in re.finditer(rf"\b(?:{SPELLING})\b", plain, re.I)
    ]


def texts_of(lesson):
    """The sources, the printed outputs and the alternative texts of a lesson."""
    for cell in json.loads(lesson.read_text(encoding="utf-8"))["cells"]:
        yield "".join(cell["source"])
        for output in cell.get("outputs", []):
            yield "".join(output.get("text", "")) + "".join(
                output.get("data", {}).get("text/plain", "")
            )
            yield from (
                each["alt"] for each in output.get("metadata", {}).values() if "alt" in each
            )


@pytest.mark.parametrize("path", LESSONS, ids=lambda path: path.stem)
def test_lesson(path):
    assert [each for text in texts_of(path) for each in violations(text)] == []


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_file(path):
    """Names, comments, docstrings, labels and messages. `CancelledError` is Python's own name."""
    text = path.read_text(encoding="utf-8").replace("CancelledError", "")
    assert violations(text) == []


def test_names_of_tests():
    files = sorted((ROOT / "tests").rglob("test_*.py"))
    names = [path.stem for path in files]
    names += [
        name for path in files for name in re.findall(r"def (test_\w+)", path.read_text("utf-8"))
    ]
    assert {name: violations(name) for name in names if violations(name)} == {}


@pytest.mark.parametrize(("text", "count"), [
    ("the rim of an edge", 1), ("share_kept", 1), ("upright strokes", 1), ("Colour, greys", 2),
    ("normalise the initialisation", 2), ("ConfusionPanel", 1), ("a confusion matrix", 0),
    ("mean_squared_error", 0), ("SquaredError", 1), ("otherwise the exercise is precise", 0),
    ("the mean of the squared errors", 0), ("the complex plane", 0), ("a programmer", 0), ("primary trim, analyses, realism", 0), ("neighbourhood, coloured, centred", 3),
])  # fmt: skip
def test_what_is_held_out(text, count):
    assert len(violations(text)) == count
