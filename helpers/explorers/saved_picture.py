"""The static picture of an explorer, which a saved notebook shows where no kernel runs."""

import html
from base64 import b64encode

from IPython.display import display
from ipywidgets import Widget

WIDGET_VIEW = "application/vnd.jupyter.widget-view+json"
# The start of the alternative text of a picture in the text cell below, which a lesson may have in
# place of the static picture: Jupyter clears the outputs of a cell when it runs, and what is below
# would move up and then down again. The picture in the text cell stays until the widget is drawn.
STAND_IN = "Still picture"
# JupyterLab and Notebook 7 put each output into a block of its own, one after the other. While the
# widget is on the page, it hides the note, the picture and a stand-in, and turns this style off, see
# widgets/still_behind.js. While it is not, its block is hidden, which would show "model not found".
# Above a stand-in the outputs take no room until it is drawn.
NOTE = ".jp-OutputArea-child:has(> * > .explorer-still)"
ABOVE = f'.jp-Cell:has(+ * img[alt^="{STAND_IN}"])'
STYLE = f"""
{NOTE} + * + * > .jp-OutputArea-output:not(:has(*)),
{ABOVE} {NOTE}, {ABOVE} {NOTE} + * {{ display: none; }}
{ABOVE}:has(.explorer-still):not(:has(.explorer-part, .jupyter-widgets-error-widget))
> .jp-Cell-outputWrapper
{{ height: 0; margin: 0; overflow: hidden; }}
"""


def display_with_still(widget: Widget, still: bytes, description: str, alt: str) -> None:
    """Display a widget below a static picture of it, which is visible only without the widget.

    There are three outputs, since JupyterLab shows one format of each: a note, the picture that it
    names, and the widget, which hides the other two while it is drawn. The note contains the style
    for the time before and after. It comes first, so that neither is ever seen while the widget is on
    its way to a page where the text cell below has a picture of it. In a notebook that is not
    trusted, JupyterLab drops the style and the widget.

    Parameters
    ----------
    widget : the explorer
    still : bytes of a PNG
    description : str, shown above the picture, and where no picture can be
    alt : str, the text alternative of the picture
    """
    display({"text/html": _note(description)}, raw=True)
    # as ipykernel would write it; the kernel of a browser's Python leaves bytes as they are
    picture = {"image/png": b64encode(still).decode(), "text/plain": description}
    display(picture, metadata={"image/png": {"alt": alt}}, raw=True)
    display({WIDGET_VIEW: widget.get_view_spec()}, raw=True)


def _note(description: str) -> str:
    return (
        f'<div class="explorer-still">{html.escape(description)}<br>'
        "<em>Still picture. Run the cell to use the explorer.</em></div>"
        f"<style>{STYLE}</style>"
    )
