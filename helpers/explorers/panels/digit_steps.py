"""DigitSteps: how a drawing, a photograph or a letter became the network's input, step by step."""

from helpers.explorers.models.digit_sources import StepView, letter_name, letter_page, step_views
from helpers.explorers.widgets.element import Text, column, row
from helpers.explorers.widgets.image_view import ImageView
from helpers.network.preprocessing import STEPS, digit_steps

WIDTH = 118  # CSS pixels of a step
LONGEST_NOTE = "28×28 pixels, center of mass in the middle"
MADE = "How {} became the input of the network:"
GIVEN = (
    "Test images and noise are given to the network as they are. Drawings, pictures of your own and"
    " letters are prepared in these steps, here {}:"
)


class DigitSteps:
    """A row of small pictures, with the name of each step and a remark."""

    def __init__(self) -> None:
        self.heading = Text(room_for=GIVEN.format("your own picture"))
        self.views = [ImageView(width=WIDTH, room_for={"note": LONGEST_NOTE}) for _ in STEPS]
        steps = row(*self.views, align_items="flex-start")
        self.box = column(self.heading, steps, grid_column="1 / -1")  # as wide as a fold
        self.show(step_views(digit_steps(letter_page(0))), f"the letter {letter_name(0)}")
        self.show([], "")

    def show(self, steps: list[StepView], caption: str) -> None:
        """Show the steps of the input; without steps, the last ones stay, dimmed."""
        if steps:
            self.caption = caption
        self.heading.value = (MADE if steps else GIVEN).format(self.caption)
        for view in self.views:
            view.style = {"flex": f"0 1 {WIDTH}px", "opacity": "1" if steps else "0.6"}
        for view, (title, picture, note) in zip(self.views, steps):
            view.show(picture._replace(note=note), title=title, alt=f"{title}, {note}; {caption}")
