"""An explorer whose work goes on in the background, such as a training."""

from helpers.explorers.base import Explorer, button


class RunningExplorer(Explorer):
    """An explorer with a `runner`, and a button to begin again.

    A subclass builds its controls with `_build_runner`, and defines `begin_again`. What the page
    asks for while the work goes on waits for the step at hand: the runner's lock is the explorer's.
    """

    def __init__(self, parts, inputs, screens):
        super().__init__(parts, inputs, screens, self.runner.lock)

    def _build_runner(self, runner, restart_help):
        self.runner = runner
        self.restart_button = button("restart", restart_help, self.restart)

    def restart(self):
        """Pause, and begin again."""
        self.runner.pause()
        with self.lock:
            self.runner.error = ""
            self.begin_again()
            self.refresh()
