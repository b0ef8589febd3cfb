"""What ValleyExplorer computes: the loss over two weights of a kernel, and a ball that rolls on it."""

from dataclasses import dataclass, replace

import numpy as np

from helpers.colormaps import BLUE_TO_ORANGE, blend, hex_colors
from helpers.convolution import convolve
from helpers.explorers.models.kernel_descent import Task, make_task
from helpers.explorers.models.memo import Memo
from helpers.explorers.models.picture import as_photo
from helpers.gradients import gradient_step, mean_squared_error
from helpers.kernels import KERNELS
from helpers.loss_surface import largest_rate, loss_of_offset, window_moments
from helpers.precision import rounding_error, significant
from helpers.rendering import View, format_number, render, render_weights, scale_limit

RADIUS, CELLS = 4.0, 321  # of the map: weights up to 4 from the target's, and its rows and columns
STEP = 2 * RADIUS / (CELLS - 1)  # from cell to cell
START = -3.0, 1.0  # where the ball begins, from the target: off the valley, and far up in it
CONTOURS = 12
KEPT = 300  # points of the path
COLORS = blend(BLUE_TO_ORANGE[2:], 255)  # a loss of 0 is white
CONTOUR = 150, 100, 60
PALETTE = np.rint(np.vstack([COLORS, CONTOUR])).astype(np.uint8).tobytes()
NOTE = "contours: equal steps of the square root of the loss; square: target"
Cell = tuple[int, int]


@dataclass(frozen=True, eq=False)
class Valley:
    """A ball on the loss over two weights: `cells` are their (row, column) in the kernel.

    The seven others have the values of the target. `offset` is the two weights minus the target's;
    `path` lists where the ball was since it was put down, in the same numbers, its own place last.
    """

    task: Task
    cells: tuple[Cell, Cell]  # of the weight across the map, and of the one up the map
    offset: tuple[float, float] = START
    path: tuple = (START,)
    count: int = 0  # steps since the ball was put down

    def on(self, picked: np.ndarray, name: str, cells: tuple[Cell, Cell]) -> "Valley":
        """Return this valley, or for another image, target or pair of weights a new one."""
        same_task = self.task.picked is picked and self.task.name == name
        if same_task and self.cells == cells:
            return self
        if cells[0] == cells[1]:
            raise ValueError("weight up and weight across must differ; got the same weight twice")
        return Valley(self.task if same_task else make_task(picked, name), cells)

    def put(self, across: float, up: float) -> "Valley":
        """Return the valley with the ball at another place."""
        return replace(self, offset=(across, up), path=((across, up),), count=0)

    @property
    def kernel(self) -> np.ndarray:
        """The kernel of the ball's place, (3, 3)."""
        kernel = KERNELS[self.task.name].astype(float)
        for cell, offset in zip(self.cells, self.offset, strict=True):
            kernel[cell] += offset
        return kernel

    def step(self, rate: float) -> "Valley":
        """Return the valley after a step of gradient descent; a ball that leaves it is an error."""
        kernel, task = self.kernel, self.task
        moved, _ = gradient_step(task.image, task.target, kernel, rate)
        across, up = self.cells
        offset = (
            self.offset[0] + float(moved[across] - kernel[across]),
            self.offset[1] + float(moved[up] - kernel[up]),
        )
        if not max(map(abs, offset)) <= RADIUS:
            raise ValueError(
                f"learning rate {rate:g}: the next step leaves the map;"
                " lower the rate, or put the ball elsewhere"
            )
        path = self.path
        if np.hypot(*np.subtract(offset, path[-1])) >= STEP:  # nothing is drawn of a shorter step
            path = (*path, offset)[-KEPT:]
        return replace(self, offset=offset, path=path, count=self.count + 1)


@dataclass(frozen=True, eq=False)
class ValleyControls:
    """The values of the controls, and the ball."""

    image: np.ndarray
    image_name: str
    target: str  # the name of the kernel that made the target
    cells: tuple[Cell, Cell]
    rate: float
    valley: Valley


@dataclass(frozen=True, eq=False)
class ValleyView:
    """What the explorer shows."""

    valley: Valley
    loss: float
    limit: float  # the rate above which the ball climbs
    bowl: View
    image_view: View
    maps: tuple[View, View]  # target and output, on one scale
    kernel_view: View
    axes: list[
        list[str]
    ]  # of the map: the ends, and in the middle the weight, rightward and upward
    line: str
    caption: str


def compute(controls: ValleyControls, memo: Memo) -> ValleyView:
    """Return what ValleyExplorer shows."""
    valley = controls.valley.on(controls.image, controls.target, controls.cells)
    task, kernel = valley.task, valley.kernel
    moments = memo("moments", moments_of, task.image, valley.cells)
    output = convolve(task.image, kernel)
    loss = mean_squared_error(output, task.target)
    error = rounding_error(task.picked, kernel) + rounding_error(task.picked, KERNELS[task.name])
    maps = [significant(values, error) for values in (task.target, output)]
    end = scale_limit(maps[0]) or scale_limit(maps[1])
    return ValleyView(
        valley=valley,
        loss=loss,
        limit=largest_rate(moments),
        bowl=memo("bowl", draw_bowl, moments),
        image_view=memo("image", as_photo, controls.image),
        maps=(render(maps[0], limit=end), render(maps[1], limit=end)),
        kernel_view=render_weights(kernel),
        axes=[_axis(cell, KERNELS[task.name][cell]) for cell in valley.cells],
        line=_line(valley.count, loss, controls.rate, moments),
        caption=f"{controls.image_name}, {controls.target.replace('_', ' ')}, step {valley.count}",
    )


def moments_of(image: np.ndarray, cells: tuple[Cell, Cell]) -> np.ndarray:
    """Return the rows and columns of the second moments, (2, 2), that belong to two weights."""
    places = [3 * row + column for row, column in cells]
    return window_moments(image)[np.ix_(places, places)]


def loss_map(moments: np.ndarray) -> np.ndarray:
    """Return the loss over the map, (CELLS, CELLS): the first weight grows to the right, the other up."""
    ticks = np.linspace(-RADIUS, RADIUS, CELLS)
    across, up = np.meshgrid(ticks, ticks[::-1])
    return np.maximum(loss_of_offset(moments, np.stack([across, up], axis=-1)), 0)


def draw_bowl(moments: np.ndarray) -> View:
    """Return the picture of the loss, with contours; its colors follow the square root."""
    loss = loss_map(moments)
    top = float(loss.max())
    height = np.sqrt(loss / (top or 1))
    band = np.floor(height * CONTOURS)
    edge = np.zeros(band.shape, bool)
    edge[:, 1:] |= band[:, 1:] != band[:, :-1]
    edge[1:] |= band[1:] != band[:-1]
    data = np.where(edge, 255, height * 254).astype(np.uint8)
    labels = "0", f"{top / 4:.3g}", f"{top:.3g}"
    return View(data, hex_colors(COLORS[::127]), labels, NOTE, palette=PALETTE)


def cell_of(offset: tuple[float, float]) -> tuple[float, float]:
    """Return the (row, column) of the map of a place, with fractions."""
    across, up = offset
    return (RADIUS - up) / STEP, (across + RADIUS) / STEP


def offset_of(cell: Cell) -> tuple[float, float]:
    """Return the place of a (row, column) of the map."""
    row, column = cell
    return column * STEP - RADIUS, RADIUS - row * STEP


def _axis(cell: Cell, target: float) -> list[str]:
    ends = (format_number(target + way * RADIUS) for way in (-1, 1))
    return [next(ends), f"weight {cell}", next(ends)]


def _line(count: int, loss: float, rate: float, moments: np.ndarray) -> str:
    """Return the step and its loss; the largest rate that comes down is told to who went beyond it."""
    flat, steep = (
        f"{factor:.2f}".replace("-", "−") for factor in 1 - 2 * rate * np.linalg.eigvalsh(moments)
    )
    limit = largest_rate(moments)
    above = f" A rate above {limit:.3g} climbs." if rate > limit else ""
    return (
        f"Step {count}: loss {loss:.3g}. Each step multiplies the weights' error by {steep} across the"
        f" valley and by {flat} along it.{above if np.isfinite(limit) else ' The map is flat.'}"
    )


LONGEST_LINE = _line(10_000, 1.234e-5, 30.0, np.diag([0.0123, 1.2345]))
