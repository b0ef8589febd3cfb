"""TrainingEffects: what training does, in curves and for one test image."""

from helpers.explorers.models.training import TrainingView
from helpers.explorers.widgets.chart import Bars, Chart
from helpers.explorers.widgets.element import Text, column, row
from helpers.explorers.widgets.image_view import ImageView


class TrainingEffects:
    """The curves of loss and accuracy, a test image, and the probabilities of its classes."""

    def __init__(self, classes: int):
        self.loss = Chart("loss", low=0.1, high=1, logarithmic=True)
        self.accuracy = Chart("accuracy", high=1, near=0.8, percent=True)
        self.image = ImageView(width=150, style={"flex": "1 1 70px", "max-width": "150px"})
        self.bars = Bars("probabilities", map(str, range(classes)))
        self.tested = Text()
        charts = column(
            row(self.loss), row(self.accuracy), self.tested, flex="1 1 240px", max_width="300px"
        )
        example = row(self.image, self.bars, flex="1 1 170px", max_width="300px")
        self.box = row(charts, example, flex="1 1 250px")

    def show(self, view: TrainingView, number: int) -> None:
        """Show the curves, and the test image of this number."""
        self.loss.show(view.curves["loss"])
        self.accuracy.show(view.curves["accuracy"])
        self.tested.value = view.tested
        name = f"label: {view.label}"
        self.image.show(view.image, title=name, alt=f"test image {number}, {name}")
        self.bars.show(view.probabilities)
