"""Which controls of an explorer are shown at once, and which are folded away."""

from collections.abc import Collection, Mapping
from typing import Any

from helpers.messages import describe


def choose_controls(
    named: Mapping[str, Any], chosen: Collection[str] | None, default: Collection[str]
) -> tuple[list, list]:
    """Return the controls that are shown at once, and the others, which go into a `fold`.

    Parameters
    ----------
    named : the controls by name, in the order in which they are laid out
    chosen : the names given as `controls=`, in any order, or None for those in `default`

    Raises
    ------
    ValueError, which lists the names, if `chosen` is anything else.
    """
    if chosen is None:
        chosen = default
    listed = isinstance(chosen, Collection) and not isinstance(chosen, (str, bytes))
    for name in chosen if listed else [chosen]:
        if not listed or not isinstance(name, str) or name not in named:
            raise ValueError(
                f"controls must list names out of {', '.join(named)}; got {describe(name)}"
            )
    shown = [control for name, control in named.items() if name in chosen]
    return shown, [control for name, control in named.items() if name not in chosen]
