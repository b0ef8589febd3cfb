"""What a trained network gets wrong: the confusion matrix and its worst mistakes."""

import ipywidgets
import numpy as np

from helpers.explorers.base import row, text, write
from helpers.explorers.panels.feature_maps import Sheet
from helpers.explorers.widgets.image_view import ImageView
from helpers.network import confusion_matrix, top_losses
from helpers.rendering import render

MISTAKES = 12  # to show


class Results(ipywidgets.VBox):
    """Empty until `show` is called; `matrix` holds the confusion matrix then."""

    def __init__(self):
        self.line, self.names = text(), text()
        self.screen = ImageView(
            title="rows: what it is, columns: what the network says", width=420,
            layout={"flex": "1 1 320px", "max_width": "420px"},
        )  # fmt: skip
        self.mistakes = Sheet(
            title="worst mistakes", width=420, layout={"flex": "1 1 320px", "max_width": "420px"}
        )
        super().__init__()
        self.clear()

    def clear(self):
        """Show nothing."""
        self.matrix, self.children = None, ()

    def show(self, images, labels, chances):
        """Show how the answers `chances` (N, K) to images (N, H, W) compare with their labels."""
        said = chances.argmax(axis=1)
        self.matrix = confusion_matrix(labels, said, chances.shape[1])
        wrong = int((said != labels).sum())
        write(self.line, f"{wrong:,} of {len(labels):,} test digits wrong:"
              f" {1 - wrong / len(labels):.2%} right.")  # fmt: skip
        off = self.matrix * (1 - np.eye(len(self.matrix), dtype=int))
        view = render(np.sqrt(off), "ReLU").without_scale()  # few mistakes are to be seen as well
        note = "The right answers, on the diagonal, are left black. Brightness: the root of the mistakes."
        levels = np.pad(view.data, ((1, 0), (1, 0)), constant_values=255)
        names = np.arange(len(self.matrix))
        numbers = np.block([[np.array([[None]]), names], [names[:, None], self.matrix]])
        alt = f"confusion matrix: {self.matrix.tolist()}; with the digits above and beside it"
        self.screen.show(view._replace(data=levels, note=note), numbers, alt=alt)
        self.children = (self.line, self.screen)
        worst = top_losses(chances, labels, MISTAKES)
        if len(worst):
            self._show_mistakes(images[worst], labels[worst], chances[worst])

    def _show_mistakes(self, images, labels, chances):
        told = ", ".join(
            f"{label} taken for {shares.argmax()} ({shares.max():.0%})"
            for label, shares in zip(labels, chances, strict=True)
        )
        self.mistakes.show_maps(
            images.transpose(1, 2, 0),
            lambda values: render(values, "as a photo").without_scale(),
            4,
            alt=f"worst mistakes: {told}",
        )
        write(self.names, f"Row by row: {told}.")
        self.children = (self.line, row(self.screen, self.mistakes), self.names)
