"""Element: a part of an explorer's page. Each has a JavaScript counterpart that draws it."""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from functools import cache
from typing import Any, NamedTuple

from PIL import Image
from traitlets import Bool, Dict, HasTraits, TraitError, Unicode

from helpers.explorers.widgets.still_text import draw_text


class Blob(NamedTuple):
    """Bytes to be sent to the page, and data about them for JSON."""

    data: bytes
    about: dict


class Element(HasTraits):
    """A part of the page: a picture, a line of text, a control.

    Traits tagged `page=True` are sent to the page; those tagged `from_page=True` can be changed by
    it. `kind` is the name of the JavaScript function that draws the element, see explorer.js.
    `style` is CSS for its box, such as {"flex": "1 1 220px"}. If `reserved`, its place stays empty
    while it is hidden, so that nothing else moves.
    """

    kind = ""
    refers_to: Sequence["Element"] = ()  # other elements, whose names the page gets
    hidden = Bool(False).tag(page=True)
    reserved = Bool(False).tag(page=True)
    style = Dict().tag(page=True)

    def to_page(self, name: str) -> Any:
        """Return a trait as it is sent to the page: a JSON value, or a `Blob`."""
        return getattr(self, name)

    def receive(self, content: dict, buffers: list) -> None:
        """Apply a change sent by the page; invalid values and other traits are ignored."""
        for name in _traits(type(self), from_page=True):
            if name in content:
                with suppress(TraitError):
                    setattr(self, name, content[name])

    def traits_in(self, event: dict) -> list[str]:
        """Return the traits that an event is about: the other views of the element get them."""
        return [name for name in _traits(type(self), page=True, from_page=True) if name in event]

    def still(self) -> Image.Image | None:
        """Return a Pillow picture for pages without a kernel, or None if there is none."""
        return None


@cache
def _traits(kind: type[Element], **tags: bool) -> tuple[str, ...]:
    """Return the names of the traits with these tags; looking for them takes longer than a move."""
    return tuple(kind.class_trait_names(**tags))


class Group(NamedTuple):
    """Elements and groups in an arrangement ("row", "column", …), with CSS for their box."""

    direction: str
    children: tuple
    style: dict
    label: str = ""  # of the button of a fold


def row(*children: Any, **style: str) -> Group:
    """Put elements side by side; they wrap on a narrow page. `max_width` is max-width in CSS."""
    return Group("row", children, style)


def panel(*children: Any, **style: str) -> Group:
    """Put controls below each other with aligned labels, in as many columns as there is room for.

    The CSS variables --panel and --label are the least widths of a column and of a label.
    """
    return Group("panel", children, style)


def beside(panel: Any, pictures: Any, *below: Any, width: int = 236) -> Group:
    """Put a panel of controls to the left of pictures, and what is `below` the pictures under them.

    In a container of less than 560 CSS pixels, the pictures are first, then the panel, then what is
    below. `width` is that of the panel, at most 236 CSS pixels, or the pictures would be too small.
    """
    parts = [panel, pictures, column(*below)] if below else [panel, pictures]
    return Group("beside", tuple(parts), {"--panel": f"{width}px"})


def fold(*children: Any, label: str = "more controls") -> Group:
    """Hide elements behind a button with this label; without elements, nothing is drawn.

    Whether it is open is known to the page only: each view has its own state, and Python's is none
    of it.
    """
    return Group("fold", children, {}, label)


def column(*children: Any, **style: str) -> Group:
    """Put elements below each other."""
    return Group("column", children, style)


def elements_in(tree: Any) -> Iterator[Element]:
    """Yield every element of a tree of groups, from top to bottom; a composite has its tree in `box`."""
    if isinstance(tree, Element):
        yield tree
    else:
        for child in tree.children if isinstance(tree, Group) else [tree.box]:
            yield from elements_in(child)


def arrange(tree: Any, names: dict) -> Any:
    """Return a tree as it is sent to the page; `names` maps elements to their names."""
    if isinstance(tree, Element):
        others = [names[other] for other in tree.refers_to]
        return {"element": names[tree], "kind": tree.kind, "refers_to": others}
    if not isinstance(tree, Group):
        return arrange(tree.box, names)
    style = {name.replace("_", "-"): value for name, value in tree.style.items()}
    children = [arrange(child, names) for child in tree.children]
    return {"direction": tree.direction, "style": style, "label": tree.label, "children": children}


class Text(Element):
    """A line of text; HTML in it is shown as text.

    It takes the room that `room_for` would need, so that nothing moves when the text changes.
    """

    kind = "text"
    value = Unicode().tag(page=True)
    room_for = Unicode().tag(page=True)

    def __init__(self, value: str = "", **traits: Any):
        super().__init__(value=value, **traits)

    def still(self) -> Image.Image | None:
        size = self.style.get("font-size", "12px")
        return draw_text(self.value, int(size.removesuffix("px")))


class Status(Text):
    """A summary for screen readers, not visible: spoken half a second after its last change."""

    kind = "status"


# style of a `Message` that has no place of its own in a column: it covers the line below it
COVERING = {"height": "0", "margin": "0 0 -6px"}


class Message(Text):
    """The error line; it has a place of its own, so that nothing moves when it appears."""

    kind = "message"


class Progress(Text):
    """A progress bar, and a line beside it."""

    kind = "progress"
    share = Dict().tag(page=True)  # {"value": …, "max": …}, or empty for no bar
