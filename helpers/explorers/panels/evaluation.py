"""What a trained network gets wrong: the confusion matrix and its worst mistakes."""

from helpers.explorers.models.evaluation import Evaluation
from helpers.explorers.panels.feature_maps import Sheet
from helpers.explorers.widgets.element import Text, column, elements_in, row
from helpers.explorers.widgets.image_view import ImageView
from helpers.rendering import render

WIDE = {"width": 420, "style": {"flex": "1 1 320px", "max-width": "420px"}}


class Results:
    """Hidden until there is something to show; `matrix` holds the confusion matrix then."""

    def __init__(self) -> None:
        self.line, self.names = Text(), Text()
        self.screen = ImageView(
            title="confusion matrix: labels in rows, predictions in columns", **WIDE
        )
        self.mistakes = Sheet(title="worst mistakes (top losses)", **WIDE)
        self.box = column(self.line, row(self.screen, self.mistakes), self.names)
        self.show(None)

    def show(self, evaluation: Evaluation | None) -> None:
        """Show how predictions compare with labels, or nothing."""
        self.matrix = evaluation and evaluation.matrix
        for element in elements_in(self.box):
            element.hidden = evaluation is None
        if evaluation is None:
            return
        alt = (
            f"confusion matrix: {evaluation.matrix.tolist()}; with the classes above and beside it"
        )
        self.line.value, self.names.value = evaluation.line, evaluation.names
        self.screen.show(evaluation.view, evaluation.numbers, alt=alt)
        self.mistakes.hidden = self.names.hidden = not evaluation.names
        if evaluation.names:
            self.mistakes.show_maps(
                evaluation.mistakes,
                lambda values: render(values, "as a photo").without_scale(),
                4,
                alt=f"worst mistakes. {evaluation.names}",
            )
