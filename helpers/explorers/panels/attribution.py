"""Why a network says what it says: three maps of what in the picture speaks for its answer."""

from functools import partial

from helpers.explorers.base import choice
from helpers.explorers.widgets.image_view import ImageView
from helpers.network import class_activation_map, occlusion_map, saliency
from helpers.rendering import render

MAPS = {  # a function of network, image and class; how its answer is drawn; what it says
    "occlusion": (
        partial(occlusion_map, stride=2),
        "as a photo",
        "probability of {} while a 5×5 patch is covered",
    ),
    "saliency": (saliency, "signed", "what a brighter pixel does to the score of {}"),
    "class activation": (class_activation_map, "signed", "what each place adds to the score of {}"),
}


class Why:
    """A choice of maps, and the screen that shows the one that is chosen."""

    def __init__(self):
        self.choice = choice("why", list(MAPS), "occlusion", "What to ask the network", "220px")
        self.screen = ImageView(width=320, layout={"max_width": "320px"})

    def show(self, network, image, label, caption):
        """Show what in the image speaks for a class."""
        function, view, says = MAPS[self.choice.value]
        values = function(network, image, label)
        title = says.format(label)
        self.screen.show(render(values, view), title=title, alt=f"{title}, for {caption}")
