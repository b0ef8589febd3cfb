"""The arithmetic of pooling: each window folded into one number, in orders that are quick."""

from functools import reduce

import numpy as np

BAND = 65_536  # pixels worked on at a time: they and what is made of them stay in the cache


def reduce_windows(image, ufunc, size, stride, dilation):
    """Fold each window into one number with `ufunc`."""

    def join(first, later):
        own = first[0].base is None  # an array made here, and no view of the image
        return [ufunc(first[0], later[0], out=first[0] if own else None)]

    (result,) = fold([image], join, size, stride, dilation, twice=ufunc is not np.add)
    return result.copy(order="K") if size == (1, 1) else result  # nothing was joined


def in_bands(work, planes, size, stride, dilation):
    """Let `work` pool a band of rows at a time."""
    reach = dilation[0] * (size[0] - 1) + 1
    stops = (len(planes[0]) - reach) // stride[0] + 1
    height = max(1, BAND // (planes[0][0].size * stride[0]))
    result = None
    for top in range(0, stops, height):
        last = min(top + height, stops) - 1
        seen = slice(top * stride[0], last * stride[0] + reach)
        band = work([plane[seen] for plane in planes], size, stride, dilation)
        if result is None:
            result = np.empty_like(planes[-1], band.dtype, shape=(stops,) + band.shape[1:])
        result[top : last + 1] = band
    return result


def fold(planes, join, size, stride, dilation, twice=True):
    """Join the cells of each window, first along columns, then along rows.

    `planes` are arrays that go together; `join(first, later)` makes one such list of two. Where a
    cell may count twice and windows stop at every pixel, a window of 8 is two of 4 joined, which
    are two of 2: three steps instead of seven.
    """
    for axis in (1, 0):
        width = 1
        while twice and stride[axis] == 1 and 2 * width + 1 < size[axis]:
            starts = 0, width * dilation[axis]
            planes = reduce(join, zip(*(_seen_from(starts, plane, axis, 1) for plane in planes)))
            width *= 2
        last = size[axis] - width
        starts = [start * dilation[axis] for start in (*range(0, last, width), last)]
        seen = (_seen_from(starts, plane, axis, stride[axis]) for plane in planes)
        planes = reduce(join, zip(*seen))
    return planes


def _seen_from(starts, image, axis, stride):
    """For each start, the image without what lies before it, and only every `stride`-th line."""
    stops = (image.shape[axis] - starts[-1] - 1) // stride + 1
    for start in starts:
        cut = slice(start, start + (stops - 1) * stride + 1, stride)
        yield image[(slice(None),) * axis + (cut,)]


def first_brightest(planes, size, stride, dilation):
    """The pixel of each window where the light is largest: in the first such line, the first."""
    light, image = planes
    wide = reduce_windows(light, np.maximum, (1, size[1]), (1, stride[1]), dilation)
    most = reduce_windows(wide, np.maximum, (size[0], 1), (stride[0], 1), dilation)
    rows, columns = np.ogrid[: most.shape[0], : most.shape[1]]
    rows = rows * stride[0] + _before(most, wide, 0, size, stride, dilation)
    right = _before(wide, light, 1, size, stride, dilation)
    columns = columns * stride[1] + right.ravel().take(rows * right.shape[1] + columns)
    places = rows * light.shape[1] + columns
    return image.reshape((-1,) + image.shape[2:]).take(places, axis=0)


def _before(most, image, axis, size, stride, dilation):
    """Count how far before `most` is met for the first time along an axis, in pixels."""
    starts = range(0, size[axis] * dilation[axis], dilation[axis])
    less = np.ones(most.shape, bool)
    count = np.zeros(most.shape, np.min_scalar_type(size[axis]))
    for part in _seen_from(starts, image, axis, stride[axis]):
        less &= part < most
        count += less
    return count.astype(np.intp) * dilation[axis]
