"""Whether Python runs inside a web browser, where it has no threads and computes more slowly."""

import sys


def in_browser() -> bool:
    """Whether this Python runs inside a web browser, as it does in JupyterLite.

    It computes some ten times more slowly there, so lessons that train use fewer digits.

    >>> in_browser()
    False
    """
    return sys.platform == "emscripten"
