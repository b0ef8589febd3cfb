"""Elements: what an explorer's page is made of. Each has a JavaScript twin that draws it."""

from collections.abc import Iterator
from contextlib import suppress
from typing import Any, NamedTuple

from PIL import Image
from traitlets import Bool, Dict, HasTraits, TraitError, Unicode


class Blob(NamedTuple):
    """Bytes on their way to the page, and what JSON says about them."""

    data: bytes
    about: dict


class Element(HasTraits):
    """One thing on the page: a picture, a line of text, a control.

    Traits tagged `page=True` are what its twin sees; those tagged `said=True` are what the page may
    change. `kind` names the twin, see explorer.js. `style` is CSS for its box, such as
    {"flex": "1 1 220px"}.
    """

    kind = ""
    hidden = Bool(False).tag(page=True)
    style = Dict().tag(page=True)

    def to_page(self, name: str) -> Any:
        """Return a trait as the page gets it: what JSON can hold, or a `Blob`."""
        return getattr(self, name)

    def receive(self, content: dict, buffers: list) -> None:
        """Take over what the page says; what it may not say, or says wrongly, changes nothing."""
        for name in self.trait_names(said=True):
            if name in content:
                with suppress(TraitError):
                    setattr(self, name, content[name])

    def still(self) -> Image.Image | None:
        """Return a Pillow picture for where no kernel runs, or None if there is nothing to see."""
        return None


class Group(NamedTuple):
    """Elements and groups in a row or in a column, with CSS for their box."""

    direction: str
    children: tuple
    style: dict


def row(*children: Any, **style: str) -> Group:
    """Put things side by side; they wrap where the page is narrow. `max_width` is CSS's max-width."""
    return Group("row", children, style)


def beside(panel: Any, pictures: Any) -> Group:
    """Put a panel of controls to the left of pictures; where the page is narrow, below them."""
    return row(panel, pictures, flex_flow="row wrap-reverse", align_items="flex-end")


def column(*children: Any, **style: str) -> Group:
    """Put things below each other."""
    return Group("column", children, style)


def elements_in(tree: Any) -> Iterator[Element]:
    """Yield every element of a tree of groups, from the top down; a composite has its tree in `box`."""
    if isinstance(tree, Element):
        yield tree
    else:
        for child in tree.children if isinstance(tree, Group) else [tree.box]:
            yield from elements_in(child)


def arrange(tree: Any, names: dict) -> Any:
    """Return a tree as the page gets it; `names` maps elements to their names."""
    if isinstance(tree, Element):
        return {"element": names[tree], "kind": tree.kind}
    if not isinstance(tree, Group):
        return arrange(tree.box, names)
    style = {name.replace("_", "-"): value for name, value in tree.style.items()}
    children = [arrange(child, names) for child in tree.children]
    return {"direction": tree.direction, "style": style, "children": children}


class Text(Element):
    """A line of text; whatever it holds, it is shown as text."""

    kind = "text"
    value = Unicode().tag(page=True)

    def __init__(self, value: str = "", **traits: Any):
        super().__init__(value=value, **traits)


class Message(Text):
    """The line that says what is wrong; its room is kept, so that nothing moves for it."""

    kind = "message"


class Progress(Text):
    """A bar that fills, and a line beside it."""

    kind = "progress"
    share = Dict().tag(page=True)  # {"value": …, "max": …}, or nothing for no bar
