"""Evaluation of a trained network: the confusion matrix and the top losses."""

from helpers.explorers.models.evaluation import Evaluation
from helpers.explorers.widgets.element import Text, column, elements_in, row
from helpers.explorers.widgets.image_view import ImageView
from helpers.explorers.widgets.tiles import Tiles, one_below_another
from helpers.rendering import render

ACROSS = 4  # mistakes in a row
WIDE = {"width": 420, "style": {"flex": "1 1 320px", "max-width": "420px"}}


class Results:
    """The confusion matrix and the top losses; hidden until the training ends.

    `matrix` is the confusion matrix, or None while hidden.
    """

    def __init__(self) -> None:
        self.line = Text()
        self.matrix_view = ImageView(
            title="confusion matrix: labels in rows, predictions in columns", **WIDE
        )
        self.mistakes = Tiles(title="top losses: label → prediction", **WIDE)
        self.box = column(self.line, row(self.matrix_view, self.mistakes))
        self.show(None)

    def show(self, evaluation: Evaluation | None) -> None:
        """Show an evaluation; hide everything if it is None."""
        self.matrix = evaluation and evaluation.matrix
        for element in elements_in(self.box):
            element.hidden = evaluation is None
        if evaluation is None:
            return
        alt = f"confusion matrix: {evaluation.matrix.tolist()}; with the classes above and to the left"
        self.line.value = evaluation.line
        self.matrix_view.show(evaluation.view, evaluation.numbers, alt=alt)
        self.mistakes.hidden = not evaluation.pairs
        if evaluation.pairs:
            self._show_mistakes(evaluation)

    def _show_mistakes(self, evaluation: Evaluation) -> None:
        pairs = zip(evaluation.pairs, evaluation.sure, strict=True)
        alt = ", ".join(f"{pair} ({sure:.0%})" for pair, sure in pairs)
        view = render(one_below_another(evaluation.mistakes), "as a photo").without_scale()
        self.mistakes.show_maps(
            evaluation.mistakes, view, ACROSS,
            captions=evaluation.pairs, alt=f"{self.mistakes.title}: {alt}",
        )  # fmt: skip
