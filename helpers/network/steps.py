"""The steps of a training, and the iterator that takes them."""

from collections.abc import Generator, Iterator
from dataclasses import dataclass

from helpers.network.optimizers import Optimizer


@dataclass(frozen=True)
class Step:
    """The state of a training after a mini-batch.

    `loss` and `accuracy` are means over the epoch so far, `batch_loss` and `batch_accuracy` those
    of this mini-batch. Set `optimizer.learning_rate` to change the learning rate from the next step
    on; a schedule goes on multiplying it.
    """

    epoch: int  # from 1
    batch: int  # from 1
    batches: int  # in an epoch
    loss: float
    accuracy: float
    batch_loss: float
    batch_accuracy: float
    optimizer: Optimizer


class Training(Iterator[Step]):
    """What `train` returns: an iterator that trains on one mini-batch for each step asked of it.

    A training that has failed says so again when it is asked for another step.
    """

    def __init__(self, steps: Generator[Step, None, None]):
        self._steps = steps
        self._error: Exception | None = None

    def __next__(self) -> Step:
        if self._error is not None:
            raise self._error
        try:
            return next(self._steps)
        except StopIteration:
            raise
        except Exception as error:
            self._error = error
            raise

    def __repr__(self) -> str:
        return "train(...) trains while you loop over it: for step in train(...): print(step.loss)"

    def close(self) -> None:
        """End the training here; the weights stay as they are."""
        self._steps.close()
