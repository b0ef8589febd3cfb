"""KernelLearner: gradient descent finds the nine weights that made an edge map."""

import numpy as np

from helpers.convolution import convolve
from helpers.explorers.base import button, choice, column, row, text, tick, write
from helpers.explorers.models.kernel_descent import LIMIT, Descent, mse_gradient
from helpers.explorers.widgets.chart import Chart
from helpers.explorers.widgets.image_picker import ImagePicker
from helpers.explorers.widgets.image_view import ImageView
from helpers.explorers.widgets.number_grid import Number, Weights
from helpers.explorers.widgets.runner import Runner
from helpers.explorers.widgets.running import RunningExplorer
from helpers.gradients import mean_squared_error
from helpers.kernels import KERNELS
from helpers.rendering import render
from helpers.validation import as_choice, as_function, as_whole


class KernelLearner(RunningExplorer):
    """A picture, its edge map, and nine weights that learn to make the one from the other.

    Parameters
    ----------
    image : sample name, path, a file's bytes, or an (H, W) array in [0, 1]; its mean is taken off,
        as descent is slow on numbers that are all positive
    target : name in KERNELS, of the kernel that made the map
    rate : float, the learning rate
    gradient : function(image, kernel, target) that gives the (3, 3) gradient; your own will do
    seed : int, for the weights to start from

    `runner` starts, pauses and steps; `weights.kernel` is what was learned, `history` the losses as
    (step, loss) pairs, the present one last.
    """

    user_function = ("gradient", mse_gradient)

    def __init__(
        self, image="cat", target="sobel_vertical", rate=5.0, gradient=mse_gradient, seed=0
    ):
        self.gradient = as_function("gradient", gradient)
        self._rng = np.random.default_rng(as_whole("seed", seed, least=0))
        self.picker = ImagePicker(image, longest=64, gray=True)
        self.picker.gray.layout.display = "none"  # one kernel, one channel
        self._build_controls(as_choice("target", target, KERNELS), rate)
        self._build_screens()
        self.descent, self._learned_from = None, (None, None)
        screens = [self.image_screen, self.target_screen, self.answer_screen, self.error_screen]
        super().__init__(
            self._lay_out(),
            (self.picker, self.runner, self.rate, self.pace, self.weights),
            [screens, [self.move_screen, self.loss]],
        )
        for control in (self.picker, self.target, self.rate):
            control.observe(self.refresh, "value")
        self.weights.observe(self._take_over, "value")
        self.reveal.observe(self._show_right, "value")

    def _build_controls(self, target, rate):
        names = [(name.replace("_", " "), name) for name in KERNELS]
        self.target = choice("map made by", names, target, "The kernel to be found", "260px")
        self.rate = Number(
            "learning rate", rate, min=0.1, max=30, step=0.1, help="How far a step goes"
        )
        self.pace = Number("steps a second", 40, min=1, max=1000, step=1, help="How fast to watch")
        for number in (self.rate, self.pace):
            number.layout.width = "280px"
        runner = Runner(
            self._descend, self.refresh, "One step against the gradient", lambda: self.pace.number
        )
        self._build_runner(runner, "New weights at random, a new curve")
        self.spoil_button = button("spoil", "Disturb every weight at random, and go on", self.spoil)
        self._kernel = self._random_weights()  # shown in `weights` as often as a picture is
        self.weights = Weights(self._kernel, label="weights", min=-LIMIT, max=LIMIT)
        self.reveal = tick("show the weights that made the map", False, "The answer")
        self.line = text()

    def _build_screens(self):
        picture = {"width": 250, "layout": {"flex": "1 1 150px", "max_width": "250px"}}
        self.image_screen = ImageView(title="picture", **picture)
        self.target_screen = ImageView(title="its edge map, the target", **picture)
        self.answer_screen = ImageView(title="what the weights answer", **picture)
        self.error_screen = ImageView(title="error: answer − target", **picture)
        self.move_screen = ImageView(title="next move", width=180, layout={"width": "180px"})
        self.right_screen = ImageView(title="made the map", width=180, layout={"width": "180px"})
        self.loss = Chart("loss: mean squared error", low=1e-4, high=1, by_factors=True)

    def _lay_out(self):
        panel = column(self.weights, self.move_screen, flex="0 0 236px", width="236px")
        pictures = column(
            row(self.image_screen, self.target_screen),
            row(self.answer_screen, self.error_screen),
            flex="1 1 300px",
        )
        return [
            row(self.picker, self.target, align_items="center"),
            row(self.runner, self.restart_button, self.spoil_button, align_items="center"),
            row(self.rate, self.pace, align_items="center"),
            self.line,
            row(panel, pictures),
            row(self.loss, column(self.reveal, self.right_screen)),
        ]

    @property
    def history(self):
        """The curve: (step, loss) pairs, the present one last."""
        return self.descent.history

    def _random_weights(self):
        return self._rng.uniform(-1, 1, (3, 3)).round(2)

    def begin_again(self):
        """New weights, and a new curve."""
        self.descent.begin()
        self._kernel = self._random_weights()

    def spoil(self):
        """Disturb every weight by up to 1."""
        with self.lock:
            noise = self._rng.uniform(-1, 1, (3, 3))
            self.weights.kernel = np.clip(self._kernel + noise, -LIMIT, LIMIT)

    def _descend(self):
        self._kernel = self.descent.step(self.gradient, self._kernel, self.rate.number)

    def _take_over(self, change):
        """Go on from the weights that somebody moved; the page knows the others as last shown."""
        with self.lock:
            if not self.busy:
                old, new = (np.reshape(change[when], (3, 3)) for when in ("old", "new"))
                self._kernel = np.where(new != old, new, self._kernel)
                self.refresh()

    def _task(self, picked, name):
        """What is to be learned: the present task, or a new one after another picture or map."""
        if self._learned_from[0] is picked and self._learned_from[1] == name:
            return self.descent
        image = picked - picked.mean() if picked.ndim == 2 else picked
        return Descent(image, convolve(image, KERNELS[name]))

    def update(self):
        picked, name = self.picker.value, self.target.value
        task, kernel = self._task(picked, name), self._kernel
        answers = convolve(task.image, kernel)
        loss = mean_squared_error(answers, task.target)
        move = -self.rate.number * task.gradient(self.gradient, kernel)
        maps = (task.target, answers, answers - task.target)
        reach = max(float(np.abs(values).max()) for values in maps)
        views = [render(values, limit=reach) for values in maps]
        seen = render(picked, "as a photo").without_scale()
        moves = render(move)
        # from here on nothing can fail: all that is shown changes together
        self.descent, self._learned_from = task, (picked, name)
        task.note(loss)
        self.weights.kernel = kernel
        self.caption = f"{self.picker.name.value}, {name.replace('_', ' ')}, step {task.count}"
        self.image_screen.show(seen, alt=self.picker.name.value)
        screens = (self.target_screen, self.answer_screen, self.error_screen)
        for screen, view in zip(screens, views, strict=True):
            screen.show(view, alt=f"{screen.title}: {self.caption}")
        self.move_screen.show(moves, move, alt="next move, −rate · gradient", write="{:.2g}".format)
        self.loss.show({"loss": self.history})
        write(
            self.line,
            f"Step {task.count}: loss {loss:.3g}. The three maps share one scale: an error that is gone is white.",
        )
        self._show_right()

    def _show_right(self, change=None):
        right = KERNELS[self.target.value]
        view = render(right, "signed").without_scale()
        self.right_screen.show(view, right, alt=self.target.value.replace("_", " "))
        self.right_screen.layout.display = None if self.reveal.value else "none"

    def describe(self):
        return f"KernelLearner: {self.caption}"
