"""Evaluation of a trained network: the confusion matrix and the top losses."""

from helpers.explorers.models.evaluation import Evaluation
from helpers.explorers.panels.feature_maps import Sheet
from helpers.explorers.widgets.element import Text, column, elements_in, row
from helpers.explorers.widgets.image_view import ImageView
from helpers.rendering import render

WIDE = {"width": 420, "style": {"flex": "1 1 320px", "max-width": "420px"}}


class Results:
    """The confusion matrix and the top losses; hidden until the training ends.

    `matrix` is the confusion matrix, or None while hidden.
    """

    def __init__(self) -> None:
        self.line, self.names = Text(), Text()
        self.matrix_view = ImageView(
            title="confusion matrix: labels in rows, predictions in columns", **WIDE
        )
        self.mistakes = Sheet(title="top losses", **WIDE)
        self.box = column(self.line, row(self.matrix_view, self.mistakes), self.names)
        self.show(None)

    def show(self, evaluation: Evaluation | None) -> None:
        """Show an evaluation; hide everything if it is None."""
        self.matrix = evaluation and evaluation.matrix
        for element in elements_in(self.box):
            element.hidden = evaluation is None
        if evaluation is None:
            return
        alt = f"confusion matrix: {evaluation.matrix.tolist()}; with the classes above and to the left"
        self.line.value, self.names.value = evaluation.line, evaluation.names
        self.matrix_view.show(evaluation.view, evaluation.numbers, alt=alt)
        self.mistakes.hidden = self.names.hidden = not evaluation.names
        if evaluation.names:
            self.mistakes.show_maps(
                evaluation.mistakes,
                lambda values: render(values, "as a photo").without_scale(),
                4,
                alt=f"top losses. {evaluation.names}",
            )
