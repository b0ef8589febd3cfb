"""What ChannelExplorer computes: three maps, their sum, and one output pixel in numbers."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from helpers.explanation import PixelExplanation, explain_pixel
from helpers.explorers.models.color_kernels import about_kernel, kernel_name
from helpers.explorers.models.memo import Memo
from helpers.explorers.models.picture import COLORS, CUT_NOTE, as_photo
from helpers.explorers.models.user_function import convolve_with
from helpers.precision import rounding_error, significant, value_range
from helpers.rendering import (
    View,
    equals,
    format_number,
    in_brackets,
    printed,
    render,
    scale_limit,
)

SAME_SCALE = "same scale as the maps"
LONGEST_SCALE_NOTE = f"{CUT_NOTE} of the maps"


@dataclass(frozen=True, eq=False)
class ChannelControls:
    """The values of the controls."""

    image: np.ndarray  # (H, W, 3)
    image_name: str
    kernel: np.ndarray  # (3, 3, 3), the last axis being the channel
    bias: float
    relu: bool
    convolve: Callable


@dataclass(frozen=True, eq=False)
class ChannelView:
    """What the explorer shows."""

    channels: tuple[np.ndarray, ...]  # three (H, W)
    maps: tuple[np.ndarray, ...]  # three (H − 2, W − 2)
    result: np.ndarray  # their sum, plus the bias
    feature_map: np.ndarray  # the result after ReLU
    error: float  # of the result, by rounding
    image_view: View  # the image
    channel_views: tuple[View, ...]
    map_views: tuple[View, ...]  # these and the next two are on one scale
    sum_view: View
    output_view: View  # the feature map
    note: str  # about the kernel
    caption: str

    @property
    def strongest(self) -> tuple[int, int]:
        """The (row, column) of the largest value of the feature map."""
        shown = significant(self.feature_map, self.error)
        row, column = np.unravel_index(shown.argmax(), shown.shape)
        return int(row), int(column)


@dataclass(frozen=True, eq=False)
class PixelView:
    """One pixel of the feature map; `given` holds the values of the function in use."""

    parts: tuple[PixelExplanation, ...]  # of the three channels
    given: tuple[float, ...]
    line: str  # the sum of the three


def compute(controls: ChannelControls, memo: Memo) -> ChannelView:
    """Return what ChannelExplorer shows; only a channel whose slice changed is convolved again."""
    image, kernel = controls.image, controls.kernel
    channels = memo("channels", _split, image)
    maps = tuple(
        memo(f"{name} map", convolve_with, controls.convolve, channel, kernel[..., k], {})
        for k, (name, channel) in enumerate(zip(COLORS, channels, strict=True))
    )
    total = maps[0] + maps[1] + maps[2]  # with the bias, convolve(image, kernel, bias), but faster
    result = total + controls.bias
    feature_map = np.maximum(result, 0) if controls.relu else result
    ranges = _each(memo, "range", value_range, channels)
    errors = [rounding_error(values, kernel[..., k]) for k, values in enumerate(ranges)]
    error = rounding_error(np.hstack(ranges), kernel, controls.bias)
    # without the bias, which would otherwise move the scale along, and leave the pictures as they are
    limit = max(*_each(memo, "limit", scale_limit, maps, errors), scale_limit(total, sum(errors)))
    sum_view = _on_scale_of_maps(result, "signed", error, limit)
    return ChannelView(
        channels=channels,
        maps=maps,
        result=result,
        feature_map=feature_map,
        error=error,
        image_view=memo("image", as_photo, image),
        channel_views=_each(memo, "channel", tinted, channels, range(3)),
        map_views=_each(memo, "map, signed", _signed, maps, errors, [limit] * 3),
        sum_view=sum_view,
        output_view=_on_scale_of_maps(result, "ReLU", error, limit) if controls.relu else sum_view,
        note=about_kernel(kernel),
        caption=_caption(controls),
    )


def _each(memo: Memo, what: str, function: Callable, *values: Sequence) -> tuple:
    return tuple(
        memo(f"{name} {what}", function, *arguments)
        for name, *arguments in zip(COLORS, *values, strict=True)
    )


def tinted(channel: np.ndarray, number: int) -> View:
    """Return a channel (H, W) in its color: 0 is black, 1 is pure red, green or blue.

    >>> tinted(np.array([[0, 1]]), 2).pixels.tolist()
    [[[0, 0, 0], [0, 0, 255]]]
    """
    palette = np.zeros((256, 3), np.uint8)
    palette[:, number] = np.arange(256)
    return as_photo(channel)._replace(palette=palette.tobytes())


def _signed(values: np.ndarray, error: float, limit: float) -> View:
    return render(values, "signed", limit=limit, error=error)


def _on_scale_of_maps(values: np.ndarray, view: str, error: float, limit: float) -> View:
    picture = render(values, view, limit=limit, error=error)
    return picture._replace(note=f"{picture.cut} of the maps" if picture.cut else SAME_SCALE)


def _split(image: np.ndarray) -> tuple[np.ndarray, ...]:
    """The three channels of a color image, each contiguous in memory, which is faster to convolve."""
    if image.ndim != 3:
        raise ValueError(
            f"image must be in color, (H, W, 3); got a gray image, {image.shape}: choose another image"
        )
    return tuple(np.ascontiguousarray(np.moveaxis(image, 2, 0)))


LONGEST_LINE = (
    "Row 400, column 400: red (-10.25) + green (-10.25) + blue (-10.25) + bias (-0.25) = -10.25."
    " ReLU gives 10.25."
)


def _caption(controls: ChannelControls) -> str:
    kernel = kernel_name(controls.kernel) or "your own"
    relu = "ReLU" if controls.relu else "no ReLU"
    return f"{controls.image_name} under {kernel}, bias {format_number(controls.bias)}, {relu}"


def explain(controls: ChannelControls, view: ChannelView, position: tuple[int, int]) -> PixelView:
    """Return the 27 products of one pixel of the feature map, and how its value is computed."""
    parts = tuple(
        explain_pixel(channel, controls.kernel[..., k], *position)
        for k, channel in enumerate(view.channels)
    )
    given = tuple(values[position] for values in view.maps)
    terms = [f"{name} {in_brackets(value)}" for name, value in zip(COLORS, given, strict=True)]
    total, added = view.result[position], map(printed, [*given, controls.bias])
    line = (
        f"Row {position[0]}, column {position[1]}: {' + '.join(terms)} + bias"
        f" {in_brackets(controls.bias)} {equals(added, total)} {format_number(total)}."
    )
    if controls.relu:
        line += f" ReLU gives {format_number(view.feature_map[position])}."
    return PixelView(parts, given, line)
