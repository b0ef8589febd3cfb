"""DescentPictures: what gradient descent on one kernel works on, what it gives, and its next step."""

from typing import Any

from helpers.explorers.models.learner import MOVE_NOTE, LearnerControls, LearnerView
from helpers.explorers.models.picture import CUT_NOTE
from helpers.explorers.panels.flow import aligned
from helpers.explorers.widgets.element import row
from helpers.explorers.widgets.image_view import ImageView

WIDTH = 270  # CSS pixels of a picture: two of them and all that is around them fit on a laptop


class DescentPictures:
    """The image, the target, the output of the weights and its error, two by two.

    `kernels` is a row of its own: the next step, and the target kernel if it is revealed. `weights`
    are drawn in the static picture only, since a grid of numbers shows them on the page.
    """

    def __init__(self) -> None:
        def map_view(title: str) -> ImageView:
            return ImageView(title=title, width=WIDTH, room_for={"note": short(CUT_NOTE)})

        def kernel_view(title: str, width: int, flex: str, **traits: Any) -> ImageView:
            return ImageView(title=title, width=width, style={"flex": flex}, **traits)

        self.image = ImageView(title="image", width=WIDTH)
        self.target = map_view("target")
        self.output = map_view("output")
        self.error = map_view("error: output − target")
        self.maps = self.target, self.output, self.error
        self.box = aligned(
            self.image,
            *self.maps,
            columns=f"repeat(2, minmax(0, {WIDTH}px))",
            justify_content="start",
        )
        room = {"note": MOVE_NOTE}
        self.move = kernel_view("next step", 134, "0 1 134px", room_for=room)
        self.right = kernel_view("target kernel", 74, "0 0 74px", reserved=True)
        self.kernels = row(self.move, self.right, flex_flow="row nowrap", gap="8px")
        self.weights = ImageView(title="weights")

    def show(self, controls: LearnerControls, view: LearnerView) -> None:
        """Show the state of gradient descent."""
        self.weights.show(view.weights_view, view.descent.kernel)
        self.image.show(view.image_view, alt=controls.image_name)
        for each, picture in zip(self.maps, view.maps, strict=True):
            note = short(picture.note)
            each.show(picture._replace(note=note), alt=f"{each.title}: {view.caption}")
        alt = f"next step, −learning rate · gradient; {MOVE_NOTE}"
        self.move.show(view.move_view, view.move, alt=alt, write="{:.2g}".format)
        self.right.show(view.right_view, view.right, alt=controls.target.replace("_", " "))
        self.right.hidden = not controls.reveal


def short(note: str) -> str:
    """Return a note that takes one line below a small picture.

    >>> short("clipped: less than 0.1% beyond")
    'clipped: < 0.1% beyond'
    """
    return note.replace("less than", "<")
