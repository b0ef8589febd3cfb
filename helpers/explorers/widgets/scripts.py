"""The JavaScript and CSS, each as one text: anywidget takes a single module, without imports."""

import re
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent
_IMPORT = re.compile(r'^import \{[^}]*\} from "\./(\w+\.js)";\n', re.M)


@cache
def script(name: str) -> str:
    """Return a module of this folder and all its imports as one module, each file once."""
    texts: dict[str, str] = {}

    def add(name: str) -> None:
        if name in texts:
            return
        text = (FOLDER / name).read_text(encoding="utf-8")
        texts[name] = ""  # added again after its imports
        for needed in _IMPORT.findall(text):
            add(needed)
        texts.pop(name)
        texts[name] = re.sub(r"^export (?!default)", "", _IMPORT.sub("", text), flags=re.M)

    add(name)
    return "\n".join(texts.values())


@cache
def styles() -> str:
    """Return every style sheet of this folder as one."""
    sheets = sorted(FOLDER.glob("*.css"))
    return "\n".join(sheet.read_text(encoding="utf-8") for sheet in sheets)
