"""Build the course's site: a landing page, every lesson to read, and the course live in the browser.

    pip install -r tools/site-requirements.txt   # in an environment of its own
    python tools/build_site.py --pyodide DIR     # into site/; DIR is an unpacked release of Pyodide

Without --pyodide there is nothing live, only pages to read. With --repository OWNER/NAME, or in a
workflow of GitHub, the pages link to Colab, Binder and Codespaces, and site/colab has the lessons for
Colab. Serve the folder from any web server: python -m http.server -d site
"""

import os
import shutil
import sys
from argparse import ArgumentParser
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
from tools.course_site.live import build_live  # noqa: E402
from tools.course_site.lock import Refusal  # noqa: E402
from tools.course_site.pages import write_pages  # noqa: E402


def build(site: Path, pyodide: Path | None, repository: str | None) -> None:
    """Write the whole site into a folder; what was in it is replaced once all of it is made."""
    with TemporaryDirectory() as scratch:
        made = Path(scratch) / "site"
        if pyodide is not None:  # first, since it may be refused
            build_live(pyodide.resolve(), made / "live", Path(scratch))
        write_pages(made, pyodide is not None, repository)
        shutil.rmtree(site, ignore_errors=True)
        shutil.move(made, site)


def main(arguments: list[str] | None = None) -> int:
    """Run the command; return its exit code."""
    parser = ArgumentParser(description=__doc__.partition("\n")[0], allow_abbrev=False)
    parser.add_argument("--pyodide", type=Path, metavar="DIR")
    parser.add_argument(
        "--repository", metavar="OWNER/NAME", default=os.environ.get("GITHUB_REPOSITORY")
    )
    parser.add_argument("--output", type=Path, metavar="DIR", default=ROOT / "site")
    options = parser.parse_args(arguments)
    try:
        build(options.output, options.pyodide, options.repository)
    except Refusal as refusal:
        print(refusal, file=sys.stderr)
        return 1
    files = [path for path in options.output.rglob("*") if path.is_file()]
    print(f"{options.output}: {sum(path.stat().st_size for path in files) / 1e6:.1f} MB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
