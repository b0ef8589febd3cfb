"""The course live: JupyterLite with the lessons, and a Pyodide that has just what they need."""

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

from tools.course_site.lock import CORE, KERNEL, LOCK, needed, read_lock

ROOT = Path(__file__).resolve().parents[2]
LIBRARY = "convolution-course"
# of the library's dependencies, those that its first explorer needs; they come with the kernel
AT_ONCE = "numpy", "pillow", "threadpoolctl", "anywidget"
LATER = ("matplotlib",)  # a fifth of all bytes; no explorer needs it
DRAWS = re.compile(r"^(?:from|import) helpers\.(?:\w*figures|overview|lesson_map)\b", re.M)
DRAW = "import matplotlib  # the browser loads it before it runs this cell"
EXTENSION = "@jupyterlite/pyodide-kernel-extension"
# nothing to save to, no news to fetch, no other languages
OFF = ["@jupyterlab/apputils-extension:announcements", "@jupyterlab/extensionmanager-extension"]
OLD_FONTS = re.compile(r"fa-.*\.(?:eot|svg|ttf|woff)")  # for browsers that could not run Python
HOST = re.compile(r"https://([\w.-]+)")


def build_live(pyodide: Path, target: Path, scratch: Path) -> None:
    """Write JupyterLite into `target`; `scratch` is an empty folder for what is made on the way."""
    source, extension = scratch / "lite", _extension()
    lock = read_lock(pyodide)
    wheels = [*_downloaded(scratch / "wheels"), *_kernel_wheels(extension), _library(scratch)]
    wanted = [*KERNEL, LIBRARY, *LATER]
    files = needed(lock, pyodide, wheels, wanted)
    there = source / "static" / "pyodide"
    there.mkdir(parents=True)
    for path, name in {**files, **{pyodide / name: name for name in CORE}}.items():
        shutil.copyfile(path, there / name)
    (there / LOCK).write_text(json.dumps(lock), encoding="utf-8")
    _write_settings(source)
    _lay_out_lessons(source / "files")
    command = ["jupyter", "lite", "build", "--lite-dir", source, "--output-dir", target]
    options = ["--apps", "lab", "--no-sourcemaps", "--no-libarchive"]
    subprocess.run([sys.executable, "-m", *map(str, command), *options], cwd=source, check=True)
    for path in (target / "build").iterdir():
        if OLD_FONTS.fullmatch(path.name):
            path.unlink()
    _take_out(target, extension)
    page = target / "lab" / "index.html"
    # until it reads its settings, it would ask for another icon
    icon = '<head><link rel="icon" href="../../icon.svg">'
    page.write_text(page.read_text(encoding="utf-8").replace("<head>", icon, 1), encoding="utf-8")


def _extension() -> Path:
    return Path(sys.prefix) / "share" / "jupyter" / "labextensions" / EXTENSION


def _downloaded(folder: Path) -> list[Path]:
    """Fetch the wheels of tools/site-wheels.txt that no distribution of Pyodide has."""
    listed = ROOT / "tools" / "site-wheels.txt"
    subprocess.run(
        [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--only-binary=:all:",
         "--platform=any", "--dest", str(folder), "-r", str(listed)],
        check=True,
    )  # fmt: skip
    return sorted(folder.glob("*.whl"))


def _kernel_wheels(extension: Path) -> list[Path]:
    """The kernel's own wheels, which JupyterLite brings; of two versions the newer one."""
    newest = {path.name.partition("-")[0]: path for path in sorted(extension.rglob("*.whl"))}
    return list(newest.values())


def _library(scratch: Path) -> Path:
    """Pack helpers/ into a wheel: from files beside the lessons its import would take half a minute."""
    wheel = scratch / f"{LIBRARY.replace('-', '_')}-0-py3-none-any.whl"
    about = f"{LIBRARY.replace('-', '_')}-0.dist-info"
    needs = "".join(f"Requires-Dist: {name}\n" for name in AT_ONCE)
    with ZipFile(wheel, "w", ZIP_DEFLATED) as archive:
        for path in sorted((ROOT / "helpers").rglob("*.*")):
            if path.suffix in (".py", ".js", ".css"):
                archive.write(path, path.relative_to(ROOT))
        metadata = f"Metadata-Version: 2.1\nName: {LIBRARY}\nVersion: 0\n{needs}"
        archive.writestr(f"{about}/METADATA", metadata)
        archive.writestr(
            f"{about}/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
        )
        archive.writestr(f"{about}/RECORD", "")
    return wheel


def _write_settings(source: Path) -> None:
    kernel = {
        "disablePyPIFallback": True,
        "loadPyodideOptions": {"packages": [*KERNEL, LIBRARY]},
    }
    config = {
        "disabledExtensions": OFF,
        "faviconUrl": "./../icon.svg",  # from the root of JupyterLite
        "litePluginSettings": {f"{EXTENSION}:kernel": kernel},
    }
    config = {"jupyter-lite-schema-version": 0, "jupyter-config-data": config}
    (source / "jupyter-lite.json").write_text(json.dumps(config), encoding="utf-8")


def _lay_out_lessons(folder: Path) -> None:
    """Lay lessons and pictures beside each other; the browser fetches each when it is opened."""
    (folder / "notebooks").mkdir(parents=True)
    for path in sorted((ROOT / "notebooks").glob("*.ipynb")):
        lesson = json.loads(path.read_text(encoding="utf-8"))
        load_when_needed(lesson["cells"])
        text = json.dumps(lesson, ensure_ascii=False)
        (folder / "notebooks" / path.name).write_text(text, encoding="utf-8")
    left_out = shutil.ignore_patterns("readme", "*.md")
    shutil.copytree(ROOT / "images", folder / "images", ignore=left_out)


def load_when_needed(cells: list[dict]) -> None:
    """Let the first cell that draws figures import what draws them: the kernel loads that then."""
    for cell in cells:
        source = "".join(cell["source"])
        if cell["cell_type"] == "code" and DRAWS.search(source):
            cell["source"] = f"{DRAW}\n{source}"
            return


def _take_out(site: Path, extension: Path) -> None:
    """Take out addresses of registries, where JupyterLite would look for what is missing here."""
    schema = (extension / "static" / "schema" / "kernel.v0.schema.json").read_text(encoding="utf-8")
    properties = json.loads(schema)["properties"]
    texts = properties["pyodideUrl"]["default"], properties["disablePyPIFallback"]["description"]
    hosts = {host for text in texts for host in HOST.findall(text)}
    pattern = re.compile("https://(?:" + "|".join(map(re.escape, hosts)) + ")")
    for path in site.rglob("*"):
        if path.suffix in (".js", ".json", ".html"):
            text = path.read_text(encoding="utf-8")
            if pattern.search(text):
                path.write_text(pattern.sub(".", text), encoding="utf-8")
