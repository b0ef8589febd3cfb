"""The rule of which module of the library may import which, for the tests that enforce it."""

import ast
import sys
from importlib.util import resolve_name
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

# From the bottom up. A package named with a dot has its own layer; a module that is not named
# belongs to its package. Modules of one layer may import each other, but not in a cycle.
LAYERS = (
    ["messages", "browser"],
    ["validation", "_fast.threads"],
    ["padding", "user_function", "labels"],
    ["geometry", "sliding_windows"],
    ["decoding", "picture_arrays"],
    ["kernels", "blur_kernels", "stripes", "picture_files", "encoding"],
    ["_fast"],
    ["images"],
    ["convolution", "pooling", "precision"],
    ["edges", "explanation", "gradients", "loss_surface", "parameters", "loops", "pooling_effects"],
    ["colormaps"],
    ["rendering"],
    ["direction"],
    ["network.datasets"],
    ["network"],
    ["static_figure"],
    ["chart_figures"],
    ["figures"],
    ["filter_figures"],
    ["overview", "exercises"],
    ["lesson_map", "glossary"],
    ["explorers.models"],
    ["explorers.widgets"],
    ["explorers.base", "explorers.lifetime", "explorers.saved_picture"],
    ["explorers.panels"],
    ["explorers"],
    ["__main__"],
)
LIGHT = "loops"  # `import helpers` loads this layer and those below it
EVERYWHERE = {"numpy", "PIL", "threadpoolctl", *sys.stdlib_module_names}
ALLOWED_IN = {  # other packages, and the only packages of the library that may import them
    "matplotlib": {"static_figure", "figures", "filter_figures", "overview"},
    "ipywidgets": {"explorers.lifetime", "explorers.saved_picture"},
    "anywidget": {"explorers.widgets"},
    "traitlets": {"explorers.widgets", "explorers.panels"},
    "IPython": {"explorers.lifetime", "explorers.saved_picture"},
    "pooch": {"network.datasets"},
    "requests": {"network.datasets"},
    "jupyterlab": {"__main__"},
}
BY_NAME = {"import_module", "__import__", "exec", "eval"}


def modules() -> dict[str, Path]:
    """Every module of the library and its file; a package has the name of its folder."""
    files = sorted((ROOT / "helpers").rglob("*.py"))
    parts = [file.relative_to(ROOT).with_suffix("").parts for file in files]
    return {".".join(part).removesuffix(".__init__"): file for part, file in zip(parts, files)}


MODULES = modules()


def imports(module: str, source: str) -> list[str]:
    """The modules that `source` imports as the module of that name, anywhere in its code."""
    is_package = module in MODULES and MODULES[module].name == "__init__.py"
    package = module if is_package else module.rpartition(".")[0]
    found = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            found += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            base = resolve_name("." * node.level + (node.module or ""), package)
            parts = [f"{base}.{alias.name}" for alias in node.names]
            found += [part if part in MODULES else base for part in parts]
    return found


def faults(module: str, source: str) -> list[str]:
    """The imports that the rule forbids, one line each."""
    found = [_fault(module, name) for name in imports(module, source)]
    for node in ast.walk(ast.parse(source)):
        named = {getattr(node, part, None) for part in ("id", "attr", "name")}
        found += [f"{name} hides what is imported" for name in named & BY_NAME]
    return [fault for fault in found if fault]


def _fault(module, name):
    top = name.partition(".")[0]
    if top != "helpers":
        allowed = top in EVERYWHERE or package_of(module) in ALLOWED_IN.get(top, ())
        return None if allowed else f"{top} does not belong in {package_of(module) or module}"
    if name == "helpers":
        return "a name of `helpers` is imported from the module that defines it"
    if package_of(name) is None:
        return f"{name} has no layer"
    own = LIGHT if module == "helpers" else package_of(module)
    return f"{name} lies above {module}" if _layer(package_of(name)) > _layer(own) else None


def package_of(module: str) -> str | None:
    """The package of LAYERS that contains the module; None if there is none, as for `helpers` itself."""
    name = module.removeprefix("helpers.")
    while name and not any(name in layer for layer in LAYERS):
        name = name.rpartition(".")[0]
    return name or None


def _layer(name):
    return next((n for n, layer in enumerate(LAYERS) if name in layer), -1)
