"""The site's pages: nothing from elsewhere, no dead link, for every reader and on every screen."""

import re
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer

import pytest
from axe_playwright_python.sync_playwright import Axe

from browser.jupyter import ROOT
from tools.course_site.pages import links, live_address, write_pages

LESSONS = sorted(path.stem for path in (ROOT / "notebooks").glob("*.ipynb"))
SEEN = ["index", "glossary", "lessons/00_start_here", "lessons/03_kernels_and_edges"]
PHONE = {"width": 360, "height": 740}
OUTSIDE = re.compile(r"""(?:src|srcset|action)="?(?:https?:)?//|url\((?!["']?data:)|@import""")


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """The whole site without JupyterLite, with links to it and to a repository."""
    folder = tmp_path_factory.mktemp("site")
    write_pages(folder, live=True, repository="owner/name")
    return folder


@pytest.fixture(scope="module")
def address(site):
    """The site, served."""

    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, *_):
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=site)) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()


@pytest.fixture(scope="module", params=["light", "dark"])
def reader(request, browser):
    """A page on a phone, with all that it asked for, and its errors."""
    page = browser.new_page(viewport=PHONE, color_scheme=request.param)
    page.asked, page.errors = [], []
    page.on("request", lambda request: page.asked.append(request.url))
    page.on("pageerror", lambda error: page.errors.append(str(error)))
    yield page
    page.close()


def test_every_lesson_has_its_page(site):
    assert sorted(path.stem for path in (site / "lessons").iterdir()) == LESSONS


def test_links_lead_somewhere(site):
    """To a file of the site, and to a place in it; those into JupyterLite to its lessons."""
    pages = {path: path.read_text(encoding="utf-8") for path in site.rglob("*.html")}
    for path, text in pages.items():
        assert not OUTSIDE.search(text), path
        for target in re.findall(r'(?:href|src|srcset)="([^"]+)"', text):
            if target.startswith(("https:", "data:")):
                continue
            name, _, place = target.partition("#")
            if "live/" in name:
                assert name.removeprefix("../") in map(live_address, LESSONS)
            else:
                there = (path.parent / name).resolve() if name else path
                assert there.exists(), (path.name, target)
                assert not place or f'id="{place}"' in pages[there], (path.name, target)


def test_a_repository_brings_links_and_nothing_else_does(site):
    for lesson in LESSONS:
        text = (site / "lessons" / f"{lesson}.html").read_text(encoding="utf-8")
        assert all(address in text for address in links("owner/name", lesson).values())
        assert (site / "colab" / f"{lesson}.ipynb").exists()
    assert links(None, "00_start_here") == links("", "00_start_here") == {}


@pytest.mark.parametrize("name", SEEN)
def test_a_page_on_a_phone(reader, address, name):
    """Axe finds nothing, nothing is wider than the screen, and nothing comes from elsewhere."""
    reader.goto(f"{address}/{name}.html")
    assert reader.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    found = Axe().run(reader).response["violations"]
    assert not found, [(each["id"], each["nodes"][0]["html"][:200]) for each in found]
    assert all(url.startswith((address, "data:")) for url in reader.asked)
    assert not reader.errors


def test_search_finds_terms_and_sections(reader, address):
    """From any page; what begins with the words, headings first."""
    reader.goto(f"{address}/lessons/00_start_here.html")
    reader.get_by_label("Search").fill("softm")
    first = reader.locator("#found a").first
    first.wait_for()
    assert first.get_attribute("href").endswith("glossary.html#softmax")
    assert "lessons/08_a_small_cnn.html" in reader.locator("#found").inner_html()
    reader.get_by_label("Search").fill("no such word anywhere")
    reader.get_by_text("nothing found").wait_for(state="attached")
    assert not reader.locator("#found").is_visible()
