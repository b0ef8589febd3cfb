"""Pictures that follow from each other: in line, with signs and lines between them."""

from typing import Any

from helpers.explorers.widgets.element import Group, Message, Text, fold, row

_LINES = {  # the sides of a joining line that are drawn, in the order of CSS: top, right, bottom, left
    "left": ("1px 0 1px 1px", {"align-self": "stretch", "width": "8px"}),
    "right": ("1px 1px 1px 0", {"align-self": "stretch", "width": "8px"}),
    "below": ("0 1px 1px 1px", {"height": "8px"}),
}


def flow(shown: list, folded: list, message: Message, line: Text, *pictures: Any) -> Group:
    """Put controls and a line of text above pictures, or below them in a narrow container.

    The error line covers the line of text, and takes no room of its own.
    """
    controls = row(*shown, fold(*folded), align_items="center", gap="8px")
    return Group("flow", (controls, message, line, *pictures), {})


def aligned(*children: Any, columns: str, **style: str) -> Group:
    """Put pictures, numbers and signs in lines, with the middles of the pictures on one height.

    `columns` is `grid-template-columns` in CSS, the same for lines whose columns belong together.
    """
    return Group("aligned", children, {"grid_template_columns": columns, **style})


def sign(text: str, **traits: Any) -> Text:
    """Return a sign that stands between two pictures, such as × or →."""
    style = {"font-size": "18px", "white-space": "nowrap", "text-align": "center"}
    return Text(text, style=style, **traits)


def joining(side: str) -> Text:
    """Return a line that joins what it stands beside: "left" or "right" of a column, "below" a row."""
    width, size = _LINES[side]
    return Text(style={"border": "solid currentColor", "border-width": width, **size})
