"""What a training forms: the filters of both convolutions, and the maps they make of one digit."""

from helpers.explorers.panels.feature_maps import Sheet
from helpers.rendering import render

SHEETS = (  # title, least and largest width, how it is drawn
    ("filters 1", 200, 250, "signed"),
    ("maps 1", 320, 420, "ReLU"),
    ("maps 2", 320, 420, "ReLU"),
    ("filters 2: each column is one filter, each row a map that it reads", 320, 800, "signed"),
)


class Formed:
    """Four sheets: the first filters, their maps, the maps of the second, and its filters."""

    def __init__(self):
        self.sheets = [
            Sheet(title=title, width=most, layout={"flex": f"1 1 {least}px", "max_width": f"{most}px"})
            for title, least, most, _ in SHEETS
        ]  # fmt: skip

    def show(self, network, answers):
        """Show the filters of a network, and its layers' answers to one image."""
        first, second = (network.layers[k].parameters["weights"] for k in (0, 3))
        stacks = (first[:, :, 0], answers[1][..., 0], answers[4][..., 0], second.reshape(3, 3, -1))
        across = (*(-(-stack.shape[2] // 2) for stack in stacks[:3]), second.shape[3])
        for sheet, stack, (*_, view), beside in zip(
            self.sheets, stacks, SHEETS, across, strict=True
        ):
            sheet.show_maps(
                stack, lambda values, view=view: render(values, view), beside,
                alt=f"{sheet.title}, {stack.shape[2]} of {stack.shape[0]}×{stack.shape[1]}",
            )  # fmt: skip
