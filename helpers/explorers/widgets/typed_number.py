"""Numbers as people type them, and as a page sends them."""

from typing import Any

from traitlets import Float, TraitError

from helpers.messages import describe


class AnyFloat(Float):
    """A float; an int that is too large for one is a TraitError, too."""

    def validate(self, owner: Any, value: Any) -> float:
        try:
            return super().validate(owner, value)
        except OverflowError:
            raise TraitError(f"a number is too large; got {describe(value)}") from None


def number_from(text: str) -> float:
    """Return the number that a text says: a decimal with point or comma, or a fraction; NaN if none.

    >>> [number_from(text) for text in ("-1,5", "\u22122", "1/4", "two", "1/0")]
    [-1.5, -2.0, 0.25, nan, nan]
    """
    parts = text.replace(",", ".").replace("−", "-").split("/")
    try:
        if len(parts) == 2:
            return float(parts[0]) / float(parts[1])
        return float(text if len(parts) > 2 else parts[0])
    except (ValueError, ZeroDivisionError):
        return float("nan")
