"""The static picture of an explorer, which a saved notebook shows where no kernel runs."""

import html

from IPython.display import display
from ipywidgets import Widget

WIDGET_VIEW = "application/vnd.jupyter.widget-view+json"
# JupyterLab and Notebook 7 put each output into a block of its own, one after the other. While the
# widget is on the page, the picture and the note are hidden. While it is not, its block is hidden,
# which would show "model not found".
STYLE = """
.jp-OutputArea-child:has(+ * > * > .explorer-still):has(+ * + * .explorer-drawn),
.jp-OutputArea-child:has(> * > .explorer-still):has(+ * .explorer-drawn),
.jp-OutputArea-child:has(> * > .explorer-still) + * > .jp-OutputArea-output:not(:has(*))
{ display: none; }
"""


def display_with_still(widget: Widget, still: bytes, description: str) -> None:
    """Display a widget below a static picture of it, which is visible only without the widget.

    There are three outputs, since JupyterLab shows one format of each: the picture, a note that
    describes it, and the widget. The note contains the style that hides picture and note while the
    widget is drawn, which explorer.js marks by a class; without the widget both are visible again.
    In a notebook that is not trusted, JupyterLab drops the style and the widget.

    Parameters
    ----------
    widget : the explorer
    still : bytes of a PNG
    description : str, the text alternative
    """
    picture = {"image/png": still, "text/plain": description}
    display(picture, metadata={"image/png": {"alt": description}}, raw=True)
    display({"text/html": _note(description)}, raw=True)
    display({WIDGET_VIEW: widget.get_view_spec()}, raw=True)


def _note(description: str) -> str:
    return (
        f'<div class="explorer-still">{html.escape(description)}<br>'
        "<em>Still picture. Run the cell to use the explorer.</em></div>"
        f"<style>{STYLE}</style>"
    )
