"""The still picture of an explorer: what a saved lesson shows where no kernel runs."""

import html

from IPython.display import display
from ipywidgets import Widget

WIDGET_VIEW = "application/vnd.jupyter.widget-view+json"
# JupyterLab and Notebook 7 put each output into a block of its own, one after the other. While the
# live explorer is on the page, picture and note are hidden; while it is not, the empty place of the
# widget is, which would say "model not found".
STYLE = """
.jp-OutputArea-child:has(+ * > * > .explorer-still):has(+ * + * .explorer-drawn),
.jp-OutputArea-child:has(> * > .explorer-still):has(+ * .explorer-drawn),
.jp-OutputArea-child:has(> * > .explorer-still) + * > .jp-OutputArea-output:not(:has(*))
{ display: none; }
"""


def display_with_still(widget: Widget, still: bytes, description: str) -> None:
    """Display a widget below a still picture of it, which is seen only where the widget is not.

    There are three outputs, since JupyterLab shows one form of each: the picture, a note that
    describes it, and the widget. The note brings the style that hides both while the widget is
    drawn, which explorer.js says by a class; when the widget is lost, both are seen again. In a
    notebook that is not trusted JupyterLab drops the style and the widget.

    Parameters
    ----------
    widget : what is live
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
