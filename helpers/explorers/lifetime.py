"""Close explorers that can no longer be used, so that their memory is freed.

ipywidgets keeps every widget until it is closed, so each run of a cell would leave an explorer in
memory. Here an explorer is closed after a run if no cell displays it and no variable refers to it:

- A cell that runs again no longer displays its previous output.
- JupyterLab reports deleted cells with the next run. It also reports a cell that was cut and
  pasted; its explorer is on the page, and is kept.
- Clearing an output, reloading the page and moving a cell close nothing.
- A variable refers to an explorer directly, or through a container or an attribute. IPython's own
  names (`_`, `_12`, `Out`) do not count; a closed explorer is removed from them.
"""

import gc
import re
from collections import deque
from collections.abc import Iterable, Iterator
from types import FunctionType, MethodType, ModuleType
from typing import Any

from IPython import get_ipython
from ipywidgets import Widget

from helpers.browser import in_browser

_cells: dict[Any, set] = {}  # the ids of the cells that display each explorer
_OUTPUT_NAMES = re.compile(r"_{1,3}|_\d+")  # IPython's names for the last outputs
_OWN_NAMES = re.compile(r"_{1,3}|_i?\d+|_i{1,3}|_[iod]h|In|Out|exit|quit|get_ipython")
_PLAIN = frozenset({str, bytes, int, float, complex, bool, type(None)})


def remember(explorer: Any) -> None:
    """Record that the current cell displays this explorer; outside IPython do nothing."""
    shell = get_ipython()
    if shell is None:
        return
    shell.events.register("pre_run_cell", _before_run)  # IPython registers a function only once
    shell.events.register("post_run_cell", _after_run)
    cell, _ = _request(shell)
    _cells.setdefault(explorer, set()).add(cell)


def close(explorer: Any) -> None:
    """Close an explorer and its layout, and remove it from this module and IPython's history."""
    _cells.pop(explorer, None)
    for widget in (explorer, explorer.layout):
        Widget.close(widget)
    shell = get_ipython()
    if shell is not None:
        _forget_output(shell, explorer)


def _request(shell: Any) -> tuple:
    """Return the id of the current cell (None if the front end sends none) and the deleted ids."""
    kernel = getattr(shell, "kernel", None)
    channel = () if in_browser() else ("shell",)  # there is only one in a browser
    request = kernel.get_parent(*channel) if kernel else None
    metadata = (request or {}).get("metadata", {})
    return metadata.get("cellId"), metadata.get("deletedCells", ())


def _before_run(info: Any) -> None:
    cell, deleted = _request(get_ipython())
    for explorer, cells in list(_cells.items()):
        if cell is not None:
            cells.discard(cell)
        if not explorer.on_page:
            cells.difference_update(deleted)


def _after_run(result: Any) -> None:
    hidden = [explorer for explorer, cells in list(_cells.items()) if not cells]
    if not hidden:
        return
    variables = _variables(get_ipython())
    reachable = {id(thing) for thing in _reachable(variables)}
    unused = [explorer for explorer in hidden if id(explorer) not in reachable]
    for explorer in unused:
        explorer.close()
    if unused:
        del hidden, unused, explorer
        gc.collect()  # an explorer and its elements refer to each other


def _variables(shell: Any) -> list:
    """Return the values of the user's variables."""
    return [value for name, value in shell.user_ns.items() if not _OWN_NAMES.fullmatch(name)]


def _reachable(values: Iterable) -> Iterator:
    """Yield values and all they refer to: items of containers, children of widgets, attributes."""
    shell = get_ipython()  # it refers to everything
    seen = {id(shell), id(shell.user_ns), id(getattr(shell, "kernel", None))}
    waiting = list(values)
    while waiting:
        thing = waiting.pop()
        if type(thing) not in _PLAIN and id(thing) not in seen:
            seen.add(id(thing))
            yield thing
            waiting += _contents(thing)


def _contents(thing: Any) -> Iterable:
    if isinstance(thing, dict):
        return [*thing.keys(), *thing.values()]
    if isinstance(thing, (list, tuple, set, frozenset, deque)):
        return thing
    if isinstance(thing, Widget):
        return getattr(thing, "children", ())
    if isinstance(thing, MethodType):
        return (thing.__self__,)
    if isinstance(thing, (ModuleType, FunctionType, type)):
        return ()
    return getattr(thing, "__dict__", {}).values()


def _forget_output(shell: Any, explorer: Any) -> None:
    """Remove the outputs that refer to an explorer from IPython's history."""

    def refers(value: Any) -> bool:
        return any(thing is explorer for thing in _reachable([value]))

    outputs = shell.user_ns.get("Out", {})
    for number in [number for number, value in outputs.items() if refers(value)]:
        del outputs[number]
    for names in (shell.user_ns, shell.user_ns_hidden, vars(shell.displayhook)):
        for name in [name for name in names if _OUTPUT_NAMES.fullmatch(str(name))]:
            if refers(names[name]):
                if name.strip("_"):
                    del names[name]
                else:
                    names[name] = ""  # as in a new kernel; IPython needs the name
