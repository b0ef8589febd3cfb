"""What the tests share: random geometries and arrays, memory layouts, and slow oracles.

Numbers are small integers, even in float arrays, so that every sum is exact in any order
and results are compared for equality, not closeness.
"""

from typing import NamedTuple

import numpy as np
from hypothesis import settings
from hypothesis import strategies as st
from scipy import ndimage, signal

laws = settings(max_examples=150, deadline=None, derandomize=True, database=None)
thorough = settings(laws, max_examples=500)

BORDERS = {"zero": "constant", "edge": "nearest", "reflect": "mirror", "wrap": "grid-wrap"}
seeds = st.integers(0, 2**16)


def whole(shape, seed, dtype=float):
    """Whole numbers from -9 to 9 (as `dtype` takes them) in an array of any shape."""
    return np.random.default_rng(seed).integers(-9, 10, shape).astype(dtype)


def _channels_first(array):
    if array.ndim < 3:
        return np.asfortranarray(array)
    return np.moveaxis(np.moveaxis(array, 2, 0).copy(), 0, 2)


def _strided(array):
    roomy = np.full((2 * array.shape[0], 3 * array.shape[1]) + array.shape[2:], 1, array.dtype)
    roomy[::2, 1::3] = array
    return roomy[::2, 1::3]


LAYOUTS = {
    "C order": lambda array: array.copy("C"),
    "Fortran order": np.asfortranarray,
    "channels first": _channels_first,
    "reversed view": lambda array: array[::-1, ::-1].copy()[::-1, ::-1],
    "strided view": _strided,
    "broadcast": lambda array: np.broadcast_to(array[:1], array.shape),
}


def frozen(array):
    """A read-only view: writing into an input raises an error."""
    view = array.view()
    view.setflags(write=False)
    return view


def two(value):
    return value if isinstance(value, tuple) else (value, value)


def one_or_two(least, most):
    return st.integers(least, most) | st.tuples(*[st.integers(least, most)] * 2)


class Geometry(NamedTuple):
    """Arguments as a caller writes them, and the pad width and output shape they lead to."""

    shape: tuple
    size: object  # of the window: int or pair
    stride: object
    padding: object
    dilation: object
    pad_width: tuple  # ((top, bottom), (left, right))
    output_shape: tuple


def _pad_width(padding, shape, extents, strides):
    if padding == "valid":
        return (0, 0), (0, 0)
    if padding == "same":  # by trial: the smallest padding with ceil(n / stride) positions
        totals = []
        for n, extent, step in zip(shape, extents, strides, strict=True):
            total = 0
            while len(range(0, n + total - extent + 1, step)) < np.ceil(n / step):
                total += 1
            totals.append(total)
        return tuple((total // 2, (total + 1) // 2) for total in totals)
    return tuple(two(sides) for sides in two(padding))


@st.composite
def geometries(draw):
    """Any window that fits: all forms of padding, strides above and below its size."""
    size, stride, dilation = (draw(one_or_two(1, most)) for most in (4, 4, 3))
    sides = st.tuples(st.integers(0, 3), st.integers(0, 3))
    padding = draw(one_or_two(0, 3) | st.tuples(sides, sides) | st.sampled_from(["valid", "same"]))
    extents = [d * (k - 1) + 1 for d, k in zip(two(dilation), two(size), strict=True)]
    least = (1, 1)
    if padding != "same":
        pad_width = _pad_width(padding, 0, 0, 0)
        least = [max(1, r - sum(w)) for r, w in zip(extents, pad_width, strict=True)]
    shape = tuple(n + draw(st.integers(0, 6)) for n in least)
    pad_width = _pad_width(padding, shape, extents, two(stride))
    output_shape = tuple(
        len(range(0, n + sum(w) - r + 1, s))
        for n, w, r, s in zip(shape, pad_width, extents, two(stride), strict=True)
    )
    return Geometry(shape, size, stride, padding, dilation, pad_width, output_shape)


class Case(NamedTuple):
    """A convolution: image, kernel, options as written, and the geometry behind them."""

    image: np.ndarray
    kernel: np.ndarray
    options: dict
    geometry: Geometry


@st.composite
def cases(draw):
    """Any convolution: gray, color, summed and banks, batches, types, layouts, borders."""
    geometry, seed = draw(geometries()), draw(seeds)
    channels, filters, batch = (draw(st.integers(1, 3)) for _ in range(3))
    over, spans = draw(
        st.sampled_from(
            [
                ((), ()),
                ((channels,), ()),
                ((channels, batch), ()),
                ((2, 1, 3), ()),
                ((channels,), (channels,)),
                ((channels, batch), (channels,)),
                ((channels,), (channels, filters)),
                ((channels, batch), (channels, filters)),
            ]
        )
    )
    dtype = draw(st.sampled_from(["float64", "float32", "float16", "int64", "uint8", "bool"]))
    layout = LAYOUTS[draw(st.sampled_from(sorted(LAYOUTS)))]
    image = layout(whole(geometry.shape + over, seed, dtype))
    kernel = layout(whole(two(geometry.size) + spans, seed + 1, draw(st.sampled_from("if"))))
    bias = draw(st.integers(-5, 5))
    if len(spans) == 2 and draw(st.booleans()):
        bias = whole(filters, seed + 2, int)
    options = {
        "bias": bias,
        "stride": geometry.stride,
        "padding": geometry.padding,
        "dilation": geometry.dilation,
        "border": draw(st.sampled_from(sorted(BORDERS))),
        "flip": draw(st.booleans()),
    }
    return Case(frozen(image), frozen(kernel), options, geometry)


def plain(image, kernel, bias, stride):
    """A case without padding."""
    geometry = Geometry(image.shape[:2], kernel.shape[:2], stride, 0, 1, ((0, 0), (0, 0)), None)
    return Case(image, kernel, {"bias": bias, "border": "zero", "flip": False}, geometry)


def _each_channel(function, image):
    channels = image.reshape(image.shape[:2] + (-1,))
    done = np.stack([function(channels[:, :, i]) for i in range(channels.shape[2])], axis=-1)
    return done.reshape(done.shape[:2] + image.shape[2:])


def scipy_pad(image, pad_width, border):
    """The image padded by `scipy.ndimage.map_coordinates`."""
    padded_shape = [n + sum(sides) for n, sides in zip(image.shape[:2], pad_width, strict=True)]
    places = np.indices(padded_shape) - np.reshape([before for before, _ in pad_width], (2, 1, 1))
    return _each_channel(
        lambda channel: ndimage.map_coordinates(channel, places, order=0, mode=BORDERS[border]),
        image,
    )


def by_scipy(case):
    """A case computed by `scipy.signal`, one channel and one filter at a time, in float64."""
    image, kernel, options, geometry = case
    stride, dilation = two(geometry.stride), two(geometry.dilation)
    image = scipy_pad(image.astype(float), geometry.pad_width, options["border"])
    extents = tuple(d * (k - 1) + 1 for d, k in zip(dilation, kernel.shape[:2], strict=True))
    dilated = np.zeros(extents + kernel.shape[2:])
    dilated[:: dilation[0], :: dilation[1]] = kernel
    slide = signal.convolve2d if options["flip"] else signal.correlate2d

    def one(channel, weights):
        return slide(channel, weights, "valid")[:: stride[0], :: stride[1]]

    if kernel.ndim == 2:
        return _each_channel(lambda channel: one(channel, dilated), image) + options["bias"]
    bank, batch = (a if a.ndim == 4 else a[..., None] for a in (dilated, image))
    maps = np.array(
        [
            [
                sum(one(batch[:, :, c, n], bank[:, :, c, f]) for c in range(bank.shape[2]))
                for n in range(batch.shape[3])
            ]
            for f in range(bank.shape[3])
        ]
    ).transpose(2, 3, 0, 1)
    maps = maps + np.reshape(options["bias"], (-1, 1))
    maps = maps if kernel.ndim == 4 else maps[:, :, 0]
    return maps if image.ndim == 4 else maps[..., 0]
