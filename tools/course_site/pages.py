"""The pages of the site: the landing page, the lessons to read, the glossary, and what they share."""

import shutil
from html import escape
from pathlib import Path
from string import Template

from PIL import Image, ImageSequence

from helpers.glossary import TERMS
from helpers.lesson_map import card_picture
from helpers.overview import LESSONS
from tools.course_site.colab import colab_address, write_copies
from tools.course_site.lessons import Page, render_lesson, search_index, term_id

ROOT = Path(__file__).resolve().parents[2]
PARTS = Path(__file__).resolve().parent
FIRST = "00_start_here"
MOVING = ROOT / "images" / "readme" / "sweep.gif"
SWEEP = "A 3×3 window sweeps over a photograph of a cat; the embossed picture appears row by row"
WIDTH, QUALITY = 720, 50  # of the moving picture on the landing page


def links(repository: str | None, lesson: str) -> dict[str, str]:
    """Return where else a lesson can be run, by name; nothing without a repository.

    >>> list(links("owner/name", "00_start_here"))
    ['Colab', 'Binder', 'Codespaces']
    >>> links(None, "00_start_here")
    {}
    """
    if not repository:
        return {}
    return {
        "Colab": colab_address(repository, lesson),
        "Binder": f"https://mybinder.org/v2/gh/{repository}/HEAD?labpath=notebooks/{lesson}.ipynb",
        "Codespaces": f"https://codespaces.new/{repository}",
    }


def live_address(lesson: str) -> str:
    """Return the address of a lesson in JupyterLite, from the root of the site."""
    return f"live/lab/index.html?path=notebooks/{lesson}.ipynb"


def write_pages(site: Path, live: bool, repository: str | None) -> list[Page]:
    """Write all pages into `site`; with `live` they link to the lessons in JupyterLite."""
    (site / "lessons").mkdir(parents=True)
    (site / "pictures").mkdir(exist_ok=True)
    names = [lesson.file.removesuffix(".ipynb") for lesson in LESSONS]
    names = names if FIRST in names else [FIRST, *names]
    pages = [render_lesson(ROOT / "notebooks" / f"{name}.ipynb", site) for name in names]
    for number, page in enumerate(pages):
        text = _lesson_page(
            page, pages[number - 1 : number] + pages[number + 1 : number + 2], live, repository
        )
        (site / "lessons" / f"{page.name}.html").write_text(text, encoding="utf-8")
    _write_pictures(site)
    landing = _page("index", "", _landing(live, repository))
    (site / "index.html").write_text(landing, encoding="utf-8")
    words = _page("Glossary", "", _glossary(pages))
    (site / "glossary.html").write_text(words, encoding="utf-8")
    (site / "search.json").write_text(search_index(pages), encoding="utf-8")
    for name in ("style.css", "search.js", "icon.svg"):
        shutil.copyfile(PARTS / name, site / name)
    (site / ".nojekyll").touch()
    if repository:
        write_copies(site / "colab", repository)
    return pages


def _page(title: str, root: str, main: str) -> str:
    """Return a whole page; `root` leads from it to the root of the site, as "../" does."""
    full = "Convolution and pooling, hands-on"
    shell = Template((PARTS / "page.html").read_text(encoding="utf-8"))
    heading = full if title == "index" else f"{escape(title)} – {full}"
    return shell.substitute(title=heading, root=root, main=main)


def _lesson_page(page: Page, around: list[Page], live: bool, repository: str | None) -> str:
    contents = "".join(
        f'<li><a href="#{anchor}">{escape(heading)}</a></li>'
        for anchor, heading, _ in page.sections[1:]
    )
    run = (
        f'<a class="button" href="../{live_address(page.name)}">Run it in the browser</a>'
        if live
        else ""
    )
    near = "".join(f'<a href="{other.name}.html">{escape(other.title)}</a>' for other in around)
    return _page(page.title, "../", (
        f'<div class="run">{run}{_elsewhere(repository, page.name)}</div>'
        f'<details class="contents"><summary>On this page</summary><ol>{contents}</ol></details>'
        f'<article>{page.body}</article><nav class="near" aria-label="Previous and next lesson">{near}</nav>'
    ))  # fmt: skip


def _elsewhere(repository: str | None, lesson: str) -> str:
    places = links(repository, lesson)
    listed = ", ".join(f'<a href="{escape(to)}">{name}</a>' for name, to in places.items())
    return f'<span class="elsewhere">or in {listed}</span>' if listed else ""


def _landing(live: bool, repository: str | None) -> str:
    start = live_address(FIRST) if live else f"lessons/{FIRST}.html"
    cards = "".join(
        f'<li><a href="lessons/{name}.html"><img src="pictures/{name}.png" alt="" width="308" height="150" loading="lazy">'
        f"<b>{escape(lesson.name)}</b></a><p>{escape(lesson.question)}</p></li>"
        for lesson in LESSONS
        if (name := lesson.file.removesuffix(".ipynb"))
    )
    shell = Template((PARTS / "landing.html").read_text(encoding="utf-8"))
    return shell.substitute(
        start=start, verb="Start in the browser" if live else "Start reading", cards=cards,
        alt=SWEEP, elsewhere=_elsewhere(repository, FIRST), **_size(),
    )  # fmt: skip


def _glossary(pages: list[Page]) -> str:
    lessons = {page.name.partition("_")[0]: page for page in pages}
    listed = "".join(
        f'<dt id="{term_id(term)}">{escape(term.name)}</dt><dd>{escape(term.meaning)} '
        f'<a href="lessons/{lesson.name}.html">{escape(lesson.title)}</a></dd>'
        for term in TERMS
        if (lesson := lessons[term.lesson])
    )
    return f"<h1>Glossary</h1><dl>{listed}</dl>"


def _write_pictures(site: Path) -> None:
    """Write the cards, and the moving picture: its first frame, which loads at once, and the rest."""
    for lesson in LESSONS:
        card = card_picture(list(lesson.panels().values()))
        (site / "pictures" / f"{lesson.file.removesuffix('.ipynb')}.png").write_bytes(card)
    size, frames, times = tuple(_size().values()), [], []
    with Image.open(MOVING) as moving:
        for frame in ImageSequence.Iterator(moving):
            times.append(frame.info["duration"])
            frames.append(frame.convert("RGB").resize(size, Image.Resampling.LANCZOS))
    options = {"quality": QUALITY, "method": 4}
    frames[len(frames) // 2].save(site / "pictures" / "sweep-still.webp", **options)
    frames[0].save(
        site / "pictures" / "sweep.webp", save_all=True, append_images=frames[1:], duration=times,
        loop=0, **options,
    )  # fmt: skip


def _size() -> dict[str, int]:
    with Image.open(MOVING) as moving:
        return {"width": WIDTH, "height": round(WIDTH * moving.height / moving.width)}
