"""StaticFigure: a Matplotlib figure that is shown as a small PNG with alternative text."""

from base64 import b64encode
from typing import Any

import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from helpers.encoding import encode_png


class StaticFigure(Figure):
    """A figure that displays as a small PNG with alternative text.

    `name` is shown where no picture can be; it contains no number that depends on the machine.
    """

    name = alt = ""

    def _repr_mimebundle_(self, **kwargs: Any) -> tuple[dict, dict]:
        canvas = FigureCanvasAgg(self)
        canvas.draw()
        png = encode_png(np.asarray(canvas.buffer_rgba())[..., :3], colors=256)
        return {"image/png": b64encode(png).decode(), "text/plain": self.name}, {
            "image/png": {"alt": self.alt}
        }
