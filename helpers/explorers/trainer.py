"""TrainingExplorer: train a small network, and watch its filters form."""

import html

import numpy as np

from helpers.explorers.base import row, text, write
from helpers.explorers.models.training_session import Session
from helpers.explorers.panels.evaluation import Results
from helpers.explorers.panels.filters import Formed
from helpers.explorers.widgets.chart import Bars, Chart
from helpers.explorers.widgets.image_view import ImageView
from helpers.explorers.widgets.number_grid import Number
from helpers.explorers.widgets.runner import Runner
from helpers.explorers.widgets.running import RunningExplorer
from helpers.network.datasets.digits import shared_digits
from helpers.rendering import render
from helpers.validation import as_labeled, as_pair, as_whole


def _digits(name, given, split):
    return as_labeled(name, shared_digits(split) if given is None else given)


class TrainingExplorer(RunningExplorer):
    """Convolution, ReLU, pooling, twice, and a dense layer, trained before your eyes.

    Parameters
    ----------
    training, test : pairs of images (N, 28, 28) in [0, 1] and labels (N,), 0 to 9; the handwritten
        digits if left out
    epochs, batch_size, learning_rate, seed : as for `train`
    filters : pair of ints, how many each convolution has

    `start`, `pause` and `run(steps)` of `runner` drive it; `network` is what is trained, `history`
    holds the curves, `step` the last step. Batch size and filters count from the next `restart()`.
    """

    def __init__(
        self, training=None, test=None, epochs=3, batch_size=64, learning_rate=3e-3,
        filters=(8, 16), seed=0,
    ):  # fmt: skip
        self.training = _digits("training", training, "train")
        self.test = _digits("test", test, "test")
        self.epochs, self.seed = as_whole("epochs", epochs, least=1), seed
        self._build_controls(batch_size, learning_rate, as_pair("filters", filters, least=1))
        self._build_screens()
        self.begin_again()
        settings = (self.rate, self.batch_size, *self.filters)
        stills = [
            [self.loss, self.accuracy],
            [self.image, self.bars, self.sheets[0]],
            self.sheets[1:],
        ]
        super().__init__(self._lay_out(), (self.runner, *settings, self.digit), stills)
        self.digit.observe(self.refresh, "value")
        self.rate.observe(self._change_rate, "value")

    def _build_controls(self, batch_size, learning_rate, filters):
        self._build_runner(
            Runner(self._learn, self.refresh, "Learn from one mini-batch"),
            "Forget all that was learned; takes the batch size and the filters set here",
        )
        self.rate = Number(
            "learning rate", learning_rate, min=0.0001, max=0.1, step=0.0001,
            help="How far each step goes; counts from the next step on",
        )  # fmt: skip
        self.batch_size = Number(
            "batch size", batch_size, min=1, max=512, step=1, help="Digits a step; after a restart"
        )
        self.filters = [
            Number(f"filters {k}", n, min=1, max=64, step=1, help="Maps it makes; after a restart")
            for k, n in enumerate(filters, start=1)
        ]
        self.digit = Number(
            "test digit", 0, min=0, max=len(self.test[1]) - 1, step=1, help="Which digit to look at"
        )
        for number in (self.rate, self.batch_size, *self.filters, self.digit):
            number.layout.width = "240px"

    def _build_screens(self):
        self.progress = text()
        self.loss = Chart("loss", low=0.1, high=1, by_factors=True)
        self.accuracy = Chart("accuracy", low=0.8, high=1, percent=True)
        self.image = ImageView(title="test digit", width=150, layout={"flex": "0 1 150px"})
        self.bars = Bars("what it answers", "0123456789")
        self._formed, self.results = Formed(), Results()
        self.sheets = self._formed.sheets

    def _lay_out(self):
        return [
            row(self.runner, self.restart_button, self.rate, align_items="center"),
            row(self.batch_size, *self.filters, align_items="center"),
            self.progress,
            row(self.loss, self.accuracy),
            self.digit,
            row(self.image, self.bars, self.sheets[0]),
            row(*self.sheets[1:3]),
            self.sheets[3],
            self.results,
        ]

    network = property(lambda self: self.session.network)
    history = property(lambda self: self.session.history)
    step = property(lambda self: self.session.step)

    def begin_again(self):
        """A network that has learned nothing yet."""
        filters = [number.number for number in self.filters]
        self.session = Session(
            self.training, self.test, filters, self.epochs, self.batch_size.number,
            self.rate.number, self.seed,
        )  # fmt: skip
        self.results.clear()

    def _change_rate(self, change):
        with self.runner.lock:
            self.session.set_rate(self.rate.number)

    def _learn(self):
        """One mini-batch; after the last, all test digits, some at a time."""
        if self.session.learn():
            return True
        chances = self.session.judge()
        if chances is not None:
            self.results.show(*self.test, chances)
        return not self.session.judged

    def update(self):
        image, label = (part[self.digit.number] for part in self.test)
        answers = self.network.layer_outputs(image[None])
        chances = self.network.predict(image[None])[0]
        if not np.isfinite(chances).all():
            raise ValueError(
                f"learning rate {self.rate.number:g} is too large: the weights ran beyond all"
                " numbers; lower it and restart"
            )
        seen = render(image, "as a photo").without_scale()
        # from here on nothing can fail: all that is shown changes together
        self._show_progress()
        self.loss.show(self.history["loss"])
        self.accuracy.show(self.history["accuracy"])
        self.image.show(seen, title=f"a {label}", alt=f"test digit, a {label}")
        self.bars.show(chances.tolist())
        self._formed.show(self.network, answers)

    def _show_progress(self):
        session, step = self.session, self.step
        self.caption = f"{self.network.parameter_count:,} parameters, {session.count:,} steps"
        if step is None:
            write(self.progress, f"{self.caption}: nothing learned yet.")
            return
        line = (
            f"epoch {step.epoch} of {self.epochs}, batch {step.batch} of {step.batches},"
            f" {session.seconds_left:.0f} s left; the curves test {len(session.sample[1]):,} of"
            f" {len(self.test[1]):,} digits"
        )
        self.progress.value = (
            f'<progress aria-label="training" value="{session.count}" max="{session.total}">'
            f"</progress> {html.escape(line)}"
        )

    def describe(self):
        return f"TrainingExplorer: {self.caption}"
