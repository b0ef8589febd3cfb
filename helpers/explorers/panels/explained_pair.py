"""ExplainedPair: an image and its output, and one output pixel under the loupe and in numbers."""

from helpers.explorers.models.kernel import PixelView
from helpers.explorers.models.picture import ANY_NOTE, longest_title
from helpers.explorers.panels.dot_product import DotProduct
from helpers.explorers.widgets.controls import Compare, Toggle
from helpers.explorers.widgets.element import Text, column, row
from helpers.explorers.widgets.image_view import POINTING, ImageView, mark
from helpers.explorers.widgets.loupe import Loupe, pixel_of
from helpers.explorers.widgets.sweep import Sweep
from helpers.rendering import View

SWEEP_HELP = (
    "Sweep the window over the image while the output fills in. It passes over every row of"
    " a small image; of a large one, it skips rows and paints several at once"
)


class ExplainedPair:
    """The pictures `input` and `output`, and what shows how an output pixel is computed.

    `box` holds the pictures, and below them the `sweep` and the `channel` whose numbers are shown;
    the `products` are laid out apart. The loupe is there until the learner turns to a picture
    (`untouched`), and from then on while a pixel is pointed at or pinned, and during a sweep.
    """

    def __init__(self) -> None:
        flexible = {"flex": "1 1 150px", "max-width": "512px"}
        room = {"title": longest_title("output")}
        self.input = ImageView(interactive=True, style=flexible, room_for=room)
        room = {**room, "note": ANY_NOTE}
        self.output = ImageView(interactive=True, style=flexible, room_for=room)
        self.loupe, self.sweep = Loupe(), Sweep(label="sweep", help=SWEEP_HELP)
        self.channel = Toggle(
            "channel", ["red", "green", "blue"], "red", "The channel whose numbers are shown",
            reserved=True,
        )  # fmt: skip
        self.products = DotProduct()
        self.products.patch.room_for = {"title": "green patch"}
        self.stills = [[self.input, self.output], *self.products.stills]
        self.untouched = True
        hint = Text(POINTING, style={"flex": "1 1 300px"})
        compare = Compare(self.input, self.output)
        self.box = column(
            row(self.input, self.output, self.loupe, flex_flow="row nowrap"),
            row(hint, compare, self.sweep, self.channel, align_items="center", gap="8px"),
        )

    def show(self, pixel: PixelView, dilation: int, output: View) -> None:
        """Show how the output pixel under the cursor is computed; `output` is the whole picture."""
        found, position = pixel.explanation, self.output.cursor
        place = found.top, found.left
        self.products.patch.title = f"{pixel.channel} patch".strip()
        self.products.show(found, pixel.given)
        self.input.marks = [mark(*place, *pixel.extent)]
        self.output.marks = [*self.sweep.covers(), mark(*position)]
        if self.untouched or self.sweep.position or self.output.pointed or self.output.pinned:
            made = pixel_of(output, position, pixel.given)
            self.loupe.show(found, pixel.patch, place, dilation, **made)
        else:
            self.loupe.hide()

    def take(self, view: ImageView) -> None:
        """Pin or release the other picture with the one that the learner uses now."""
        self.untouched = False
        if view is self.output:
            self.input.pinned = view.pinned
        else:  # which pixel is explained is a matter of the output's cursor
            self.output.pinned, self.output.pointed = view.pinned, view.pointed

    def follow_sweep(self) -> None:
        """Move the cursor to the current position of the sweep."""
        self.untouched = False
        for view in (self.input, self.output):
            view.pinned = view.pointed = False
        if self.sweep.position:
            self.output.cursor = self.sweep.position.row, self.sweep.position.column
