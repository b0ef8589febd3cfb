"""ConvolutionOptions: controls for the options of `convolve`."""

from typing import Any

from helpers.explorers.models.size_formula import PLAIN_SIZES
from helpers.explorers.models.user_function import changed
from helpers.explorers.widgets.controls import Choice, Tick
from helpers.explorers.widgets.number_grid import Number
from helpers.padding import BORDERS

PLAIN = {**PLAIN_SIZES, "bias": 0, "border": "zero", "flip": False}


class ConvolutionOptions:
    """Controls for stride, dilation, padding, border and flip, and perhaps for a bias.

    Parameters
    ----------
    unit : str, what the image consists of, "Pixels" or "Cells"
    stride, dilation : int, the largest ones
    padding : Choice or Number
    bias : Number, or None for no bias

    `parts` are the controls by name; each is also an attribute.
    """

    def __init__(
        self,
        unit: str,
        stride: int,
        dilation: int,
        padding: Choice | Number,
        bias: Number | None = None,
    ):
        self.stride, self.dilation = (
            Number(name, 1, min=1, max=most, step=1, help=f"{unit} from one {what} to the next")
            for name, most, what in (
                ("stride", stride, "position"),
                ("dilation", dilation, "weight"),
            )
        )
        self.padding, self.bias = padding, bias
        self.border = Choice("border", BORDERS, "zero", f"The values of the added {unit.lower()}")
        self.flip = Tick("flip (mathematics)", False, "Rotate the kernel by 180° first")
        self.parts: dict[str, Any] = {} if bias is None else {"bias": bias}
        self.parts |= {
            "stride": self.stride, "dilation": self.dilation, "padding": padding,
            "border": self.border, "flip": self.flip,
        }  # fmt: skip

    @property
    def value(self) -> dict[str, Any]:
        """The options that differ from their defaults, by name; without padding, no border counts."""
        now = {
            name: part.number if isinstance(part, Number) else part.value
            for name, part in self.parts.items()
        }
        if not now["padding"]:
            now["border"] = PLAIN["border"]
        return changed(now, PLAIN)
