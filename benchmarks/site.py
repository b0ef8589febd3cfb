"""How soon the site shows a picture, and its first lesson a live one; also its smoke test.

    pip install -r tests/requirements.txt
    python benchmarks/site.py site

Serves the folder on this machine, compressed as web servers do, and opens it in headless Chromium with
an empty cache: the landing page, then lesson 00, whose first cell is run and one weight moved. Exits
with an error where something asks another machine, fails, or takes more than it may.
"""

import argparse
import gzip
import sys
import threading
import time
from contextlib import contextmanager
from functools import cache, partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from statistics import median, quantiles

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests"))
from browser.jupyter import chromium
from first_lesson import move_a_weight, run_first_cell

LESSON = "live/lab/index.html?path=notebooks/00_start_here.ipynb"
COMPRESSED = {".html", ".css", ".js", ".json", ".ipynb", ".svg", ".wasm"}
MOST = {"the site, MB": 80, "landing page's first picture, s": 1, "transferred, MB": 25}
DRAWN = """() => [...document.querySelectorAll(".hero img")].every((each) => each.naturalWidth)"""


class Server(SimpleHTTPRequestHandler):
    """Serves a folder, and counts the bytes."""

    protocol_version = "HTTP/1.1"
    extensions_map = {**SimpleHTTPRequestHandler.extensions_map, ".wasm": "application/wasm"}
    sent: list[int] = []
    missing: list[str] = []

    def do_GET(self):
        path = Path(self.translate_path(self.path))
        path = path / "index.html" if path.is_dir() else path
        if not path.is_file():
            self.missing.append(self.path)
            self.send_error(404)
            return
        data = _read(path)
        self.sent.append(len(data))
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(path))
        self.send_header("Content-Length", str(len(data)))
        if path.suffix in COMPRESSED:
            self.send_header("Content-Encoding", "gzip")
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_):
        pass


@cache
def _read(path):
    data = path.read_bytes()
    return gzip.compress(data, 6) if path.suffix in COMPRESSED else data


@contextmanager
def served(folder):
    """Serve a folder; yield its address."""
    handler = partial(Server, directory=str(folder))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()


def measure(folder):
    """Return the figures by name, and what went wrong."""
    files = [path for path in folder.rglob("*") if path.is_file()]
    figures = {"the site, MB": sum(path.stat().st_size for path in files) / 1e6}
    wrong = []
    with served(folder) as address, chromium((1440, 900)) as context:
        context.on("request", lambda request: _note_foreign(request.url, address, wrong))
        context.on("weberror", lambda error: wrong.append(str(error.error)))
        page = context.new_page()
        page.on("console", lambda message: _note_error(message, wrong))
        began = time.monotonic()
        page.goto(f"{address}/index.html")
        page.wait_for_function(DRAWN)
        figures["landing page's first picture, s"] = time.monotonic() - began
        Server.sent.clear()
        began = time.monotonic()
        page.goto(f"{address}/{LESSON}")
        run_first_cell(page)
        figures["lesson 00 live, s"] = time.monotonic() - began
        figures["transferred, MB"] = sum(Server.sent) / 1e6
        times = move_a_weight(page)
        figures["weight to picture, ms, median"] = median(times)
        figures["weight to picture, ms, 90 %"] = quantiles(times, n=10)[-1]
    return figures, wrong + [f"{path} is missing" for path in Server.missing]


def _note_foreign(url, address, wrong):
    # JupyterLab asks for the pictures inside a text cell before it has looked there
    if not url.startswith((address, "data:", "blob:", "attachment:")):
        wrong.append(f"asks elsewhere: {url}")


def _note_error(message, wrong):
    if message.type == "error" and not message.location["url"].startswith("attachment:"):
        wrong.append(f"{message.text[:300]} {message.location['url'][:100]}")


def main():
    """Print the figures; return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("folder", type=Path)
    figures, wrong = measure(parser.parse_args().folder)
    for name, value in figures.items():
        print(f"{name}: {value:.1f}" if value < 100 else f"{name}: {value:.0f}")
    wrong += [f"{name}: more than {most}" for name, most in MOST.items() if figures[name] > most]
    for line in dict.fromkeys(wrong):
        print("wrong:", line)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
