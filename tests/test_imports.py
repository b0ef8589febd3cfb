"""What importing costs, and the direction of imports."""

import statistics
import subprocess
import sys
from graphlib import TopologicalSorter

import pytest
from import_rule import MODULES, ROOT, faults, imports


def run(code):
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return done.stdout.strip()


def test_import_brings_nothing_heavy():
    """`import helpers` loads neither matplotlib nor widgets nor scipy."""
    loaded = run("import sys, helpers; print(*sys.modules)").split()
    assert not {"matplotlib", "ipywidgets", "anywidget", "IPython", "scipy"} & set(loaded)


def test_import_is_quick():
    """`import helpers` adds at most 0.3 s to `import numpy`, in the median of five runs."""
    code = "import time, numpy; start = time.perf_counter(); import helpers; print(time.perf_counter() - start)"
    assert statistics.median(float(run(code)) for _ in range(5)) <= 0.3


@pytest.mark.parametrize("module", MODULES)
def test_imports_go_from_higher_to_lower_layers(module):
    """A module imports only from layers below, and other packages only where they are allowed."""
    source = MODULES[module].read_text(encoding="utf-8")
    assert faults(module, source) == []


def test_imports_have_no_cycle():
    graph = {
        module: set(imports(module, file.read_text(encoding="utf-8"))) & set(MODULES)
        for module, file in MODULES.items()
    }
    assert len(list(TopologicalSorter(graph).static_order())) == len(MODULES)


REFUSED = [
    # every form of import
    ("validation", "import helpers.kernels"),
    ("validation", "import os, helpers.kernels as k"),
    ("validation", "from helpers.kernels import KERNELS"),
    ("validation", "from helpers import kernels"),
    ("_fast.threads", "from helpers import kernels"),
    ("_fast.dispatch", "from helpers import convolution as c"),
    ("validation", "from . import kernels"),
    ("validation", "from .kernels import KERNELS"),
    ("_fast.threads", "from .. import convolution"),
    ("_fast.threads", "from ..convolution import convolve"),
    ("validation", "def f():\n    from helpers.kernels import KERNELS"),
    ("validation", "class A:\n    def f(self):\n        import helpers.kernels"),
    ("validation", "try:\n    import helpers.kernels\nexcept ImportError:\n    pass"),
    ("validation", "if TYPE_CHECKING:\n    from helpers.network import Network"),
    ("validation", "import importlib\nimportlib.import_module('helpers.kernels')"),
    ("validation", "from importlib import import_module\nimport_module('.kernels', 'helpers')"),
    ("validation", "from importlib import import_module as load\nload('helpers.kernels')"),
    ("validation", "import importlib as i\nload = i.import_module\nload('helpers.kernels')"),
    ("validation", "__import__('helpers.kernels')"),
    ("validation", "import builtins\nbuiltins.__import__('helpers', fromlist=['kernels'])"),
    ("validation", "exec('import helpers.kernels')"),
    # the overview of names is for lessons
    ("explorers.kernel", "from helpers import convolve"),
    ("explorers.kernel", "import helpers"),
    ("exercises.lesson02", "from helpers import *"),
    # every layer
    ("geometry", "from helpers.images import load_image"),
    ("kernels", "from helpers._fast.dispatch import slide_one"),
    ("_fast.dispatch", "from helpers.images import load_image"),
    ("images", "from helpers.convolution import convolve"),
    ("convolution", "from helpers.edges import edge_maps"),
    ("loops", "from helpers.rendering import render"),
    ("rendering", "from helpers.network import Network"),
    ("network.layers", "from helpers.figures import show_images"),
    ("network.datasets.digits", "from helpers.network.model import Network"),
    ("network.datasets.digits", "from helpers.network import Network"),
    ("network.datasets.digits", "from ..model import Network"),
    ("figures", "from helpers.overview import lesson_picture"),
    ("exercises.exercise", "from helpers.explorers import KernelExplorer"),
    ("explorers.models.user_function", "from helpers.explorers.widgets.chart import Chart"),
    ("explorers.models.user_function", "from helpers.explorers.base import Explorer"),
    ("explorers.models.user_function", "from ..panels import cell"),
    ("explorers.widgets.chart", "from helpers.explorers.panels.cell import Cell"),
    ("explorers.base", "from helpers.explorers.panels import cell"),
    ("explorers.base", "from helpers.explorers.kernel import KernelExplorer"),
    ("explorers.panels.cell", "from helpers.explorers.kernel import KernelExplorer"),
    ("explorers.panels.cell", "from helpers.explorers import KernelExplorer"),
    ("", "from helpers.rendering import render"),
    ("", "from .network import Network"),
    ("explorers.kernel", "from helpers.__main__ import main"),
    ("explorers.kernel", "from helpers.nowhere import anything"),
    # packages
    ("overview", "import ipywidgets"),
    ("explorers.models.user_function", "import ipywidgets as w"),
    ("explorers.models.user_function", "from ipywidgets import Button"),
    ("explorers.models.user_function", "import anywidget"),
    ("explorers.models.user_function", "from traitlets.traitlets import Int"),
    ("explorers.models.user_function", "def f():\n    import IPython.display"),
    ("network.model", "import anywidget"),
    ("explorers.kernel", "import matplotlib.pyplot as plt"),
    ("rendering", "from matplotlib import cm"),
    ("convolution", "import scipy.signal"),
    ("network.twins", "import torch"),
    ("images", "import pooch"),
]
ALLOWED = [
    ("convolution", "import os, numpy as np\nfrom helpers.padding import pad"),
    ("convolution", "from .padding import pad\nfrom . import validation"),
    ("network.model", "from .layers import Conv\nfrom ..padding import pad"),
    ("network", "from .datasets.digits import load_digits"),
    ("exercises", "from helpers.exercises import lesson00"),
    ("overview", "import matplotlib.pyplot as plt\nfrom helpers.network import Network"),
    (
        "explorers.widgets.chart",
        "import anywidget, traitlets\nfrom helpers.explorers import models",
    ),
    ("explorers.kernel", "from helpers.explorers.panels.cell import Cell"),
    ("", "from helpers.loops import convolve_loops"),
    ("", "from importlib.metadata import version"),
]


def named(short):
    return f"helpers.{short}".rstrip(".")


@pytest.mark.parametrize("module, source", REFUSED)
def test_the_rule_refuses(module, source):
    assert faults(named(module), source)


@pytest.mark.parametrize("module, source", ALLOWED)
def test_the_rule_allows(module, source):
    assert not faults(named(module), source)
