"""Answers to the exercises of lesson 06."""

from functools import partial

import numpy as np

from exercises.answers import Answer
from exercises.edits import edited
from helpers import convolve, convolve_loops, to_gray
from helpers.network import Conv, Network


def window_by_window(image, kernel):
    """Another style: every window at once."""
    view = np.lib.stride_tricks.sliding_window_view(image, kernel.shape[:2], axis=(0, 1))
    return np.einsum("rcnij,ijn->rc", view, kernel)


def weight_by_weight(image, kernel):
    """Another style: the image is shifted once for each weight."""
    rows, columns = image.shape[0] - len(kernel) + 1, image.shape[1] - len(kernel[0]) + 1
    return sum(
        weight * image[i : i + rows, j : j + columns, k]
        for (i, j, k), weight in np.ndenumerate(kernel)
    )


def channel_by_channel(image, kernel):
    return sum(convolve(image[..., k], kernel[..., k]) for k in range(image.shape[2]))


def nested_lists(image, kernel):
    """Another style: plain Python, lists in and out."""
    image, kernel = image.tolist(), kernel.tolist()
    kh, kw, channels = len(kernel), len(kernel[0]), len(kernel[0][0])
    return [
        [sum(image[r + i][c + j][k] * kernel[i][j][k]
             for i in range(kh) for j in range(kw) for k in range(channels))
         for c in range(len(image[0]) - kw + 1)]
        for r in range(len(image) - kh + 1)
    ]  # fmt: skip


def conv_layer(image, kernel):
    network = Network([Conv(1, kernel.shape[:2])], image.shape)
    network.layers[0].parameters["weights"][...] = kernel[..., None]
    return network.layers[0].forward(image[..., None])[:, :, 0, 0]


def slip(*changes):
    return edited("06-my_convolve_color", *changes)


def on(change):
    """The right result, changed."""
    return lambda image, kernel: change(window_by_window(image, kernel))


def with_kernel(change):
    return lambda image, kernel: window_by_window(image, change(kernel))


def alone(image, kernel):
    """Each channel's own sum, (H', W', C)."""
    channels = range(image.shape[2])
    one = [window_by_window(image[..., [k]], kernel[..., [k]]) for k in channels]
    return np.stack(one, axis=-1)


def slices(red, green, blue):
    """A kernel of shape (3, 3, 3) from its slices, or from one number for the middle of each."""
    middle = np.zeros((3, 3))
    middle[1, 1] = 1
    return np.stack(
        [each * middle if np.isscalar(each) else each for each in (red, green, blue)], -1
    )


ONES = np.ones((3, 3))
UPPER = np.array([[1, 1, 1], [0, 0, 0], [0, 0, 0]]) / 3
SOBEL = np.array([[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]])
SUM, WINDOW = "(window * kernel).sum()", "image[row:row + kh, column:column + kw]"

ANSWERS = [
    Answer("06-shape", "a shape", (12, 12, 4), True),
    Answer("06-shape", "a list", [12, 12, 4], True),
    Answer("06-shape", "the shape of an array", np.zeros((12, 12, 4)).shape, True),
    Answer("06-shape", "filters multiplied", (12, 12, 8 * 4), False, "makes one"),
    Answer("06-shape", "with the channels", (12, 12, 3 * 8 * 4), False, "makes one"),
    Answer("06-shape", "filters added", (12, 12, 8 + 4), False, "used up"),
    Answer("06-shape", "added with the channels", (12, 12, 3 + 8 + 4), False, "used up"),
    Answer("06-shape", "the first layer's maps", (12, 12, 8), False, "first layer"),
    Answer("06-shape", "the picture's channels", (12, 12, 3), False, "channels of the picture"),
    Answer("06-shape", "maps first", (4, 12, 12), False, "maps come last"),
    Answer("06-shape", "pooling forgotten", (26, 26, 4), False, "pooling is missing"),
    Answer("06-shape", "the last kernel forgotten", (14, 14, 4), False, "lose rows"),
    Answer("06-shape", "the last layer forgotten", (14, 14, 8), False, "one layer follows"),
    Answer("06-shape", "after the first layer", (28, 28, 8), False, "pooling and 4 filters"),
    Answer("06-shape", "with padding", (16, 16, 4), False, "without padding"),
    Answer("06-shape", "k lost", (10, 10, 4), False, "not k"),
    Answer("06-shape", "pooled at the end", (13, 13, 4), False, "28 rows"),
    Answer("06-shape", "pooled twice", (6, 6, 4), False, "one pooling"),
    Answer("06-shape", "rows and columns alone", (12, 12), False, "3 whole numbers"),
    Answer("06-shape", "one number", 4, False, "3 whole numbers"),
    Answer("06-shape", "in quotes", "(12, 12, 4)", False, "leave out the quotes"),
    Answer("06-parameters", "a number", 2416, True),
    Answer("06-parameters", "step by step", 5 * 5 * 6 * 16 + 16, True),
    Answer("06-parameters", "forgot the biases", 2400, False, "has a bias too"),
    Answer("06-parameters", "one bias in all", 2401, False, "bias of its own"),
    Answer("06-parameters", "forgot the maps", 5 * 5 * 16 + 16, False, "spans all 6"),
    Answer("06-parameters", "forgot the maps and the biases", 5 * 5 * 16, False, "spans all 6"),
    Answer("06-parameters", "a bias per slice", (5 * 5 + 1) * 6 * 16, False, "not one per slice"),
    Answer("06-parameters", "a bias per map that goes in", 2400 + 6, False, "there are 16"),
    Answer("06-parameters", "biases for both", 2400 + 6 + 16, False, "go in have none"),
    Answer("06-parameters", "one filter", 5 * 5 * 6 + 1, False, "there are 16"),
    Answer("06-parameters", "one filter without bias", 5 * 5 * 6, False, "without its bias"),
    Answer("06-parameters", "one filter, all biases", 5 * 5 * 6 + 16, False, "16 filters"),
    Answer("06-parameters", "5 instead of 25", 5 * 6 * 16 + 16, False, "25 weights, not 5"),
    Answer("06-parameters", "5 instead of 25, no biases", 5 * 6 * 16, False, "and each filter has a"),
    Answer("06-parameters", "5 + 5 instead of 25", 10 * 6 * 16 + 16, False, "not 5 + 5"),
    Answer("06-parameters", "slices", 6 * 16, False, "slices"),
    Answer("06-parameters", "slices and biases", 6 * 16 + 16, False, "slices and biases"),
    Answer("06-parameters", "one too many", 2417, False, "2417 is not it: it is one too large"),
    Answer("06-my_convolve_color", "every window at once", window_by_window, True),
    Answer("06-my_convolve_color", "weight by weight", weight_by_weight, True),
    Answer("06-my_convolve_color", "lists", nested_lists, True),
    Answer("06-my_convolve_color", "channels of the loop added",
           lambda i, k: alone(i, k).sum(axis=-1), True),
    Answer("06-my_convolve_color", "single precision",
           lambda i, k: window_by_window(i.astype("f4"), k.astype("f4")), True),
    Answer("06-my_convolve_color", "the library's convolve", convolve, False, "convolve"),
    Answer("06-my_convolve_color", "the library's loops", convolve_loops, False, "convolve_loops"),
    Answer("06-my_convolve_color", "a wrapper of convolve", lambda i, k: convolve(i, k), False,
           "convolve"),
    Answer("06-my_convolve_color", "a part of convolve", partial(convolve, stride=1), False,
           "convolve"),
    Answer("06-my_convolve_color", "a layer", conv_layer, False, "course's own Conv.forward"),
    Answer("06-my_convolve_color", "convolve for each channel", channel_by_channel, False,
           "convolve"),
    Answer("06-my_convolve_color", "a number", 23, False, "expected a function"),
    Answer("06-my_convolve_color", "channels averaged",
           lambda i, k: window_by_window(i, k) / i.shape[2], False, "averaged"),
    Answer("06-my_convolve_color", "mean for sum", slip((".sum()", ".mean()")), False, "averaged"),
    Answer("06-my_convolve_color", "max for sum", slip((".sum()", ".max()")), False, "must be"),
    Answer("06-my_convolve_color", "no kernel", slip((SUM, "window.sum()")), False,
           "without the kernel"),
    Answer("06-my_convolve_color", "+ for *", slip(("window * kernel", "window + kernel")), False,
           "are added; multiply"),
    Answer("06-my_convolve_color", "@ for *", slip(("window * kernel", "window @ kernel")), False,
           "@ multiplies matrices"),
    Answer("06-my_convolve_color", "np.abs of the result", on(np.abs), False, "minus signs"),
    Answer("06-my_convolve_color", "ReLU", on(lambda result: np.maximum(result, 0)), False, "ReLU"),
    Answer("06-my_convolve_color", "absolute values of channels",
           lambda i, k: np.abs(alone(i, k)).sum(-1), False, "absolute values of the channels"),
    Answer("06-my_convolve_color", "ReLU of each channel",
           lambda i, k: np.maximum(alone(i, k), 0).sum(-1), False, "before the sum"),
    Answer("06-my_convolve_color", "the largest channel", lambda i, k: alone(i, k).max(-1), False,
           "only the largest channel"),
    Answer("06-my_convolve_color", "forgot the channel sum", alone, False, "still separate"),
    Answer("06-my_convolve_color", "sum over rows and columns alone",
           slip((SUM, "(window * kernel).sum(axis=(0, 1))"),
                ("(rows, columns))", "(rows, columns) + image.shape[2:])")), False, "still separate"),
    Answer("06-my_convolve_color", "the first channel alone",
           lambda i, k: window_by_window(i[..., :1], k[..., :1]), False, "first channel"),
    Answer("06-my_convolve_color", "= for += in a loop over channels",
           lambda i, k: alone(i, k)[..., -1], False, "last channel"),
    Answer("06-my_convolve_color", "three channels always",
           lambda i, k: window_by_window(i[..., :3], k[..., :3]), False, "first three channels"),
    Answer("06-my_convolve_color", "range(3)",
           lambda i, k: sum(alone(i, k)[..., c] for c in range(3)), False, "first three channels"),
    Answer("06-my_convolve_color", "one slice for all channels",
           lambda i, k: window_by_window(i, np.repeat(k[..., :1], k.shape[2], 2)), False,
           "slice of its own"),
    Answer("06-my_convolve_color", "channels added first",
           lambda i, k: window_by_window(i.sum(2, keepdims=True), k.sum(2, keepdims=True)), False,
           "summed first"),
    Answer("06-my_convolve_color", "gray first",
           lambda i, k: convolve(to_gray(i), k.sum(axis=2)), False,
           "gray first"),
    Answer("06-my_convolve_color", "a kernel of one slice", lambda i, k: convolve(i, k[..., 0]), False,
           "shape"),
    Answer("06-my_convolve_color", "flipped", with_kernel(lambda k: k[::-1, ::-1]), False,
           "rotated by 180°"),
    Answer("06-my_convolve_color", "flip=True", lambda i, k: convolve(i, k, flip=True), False,
           "rotated by 180°"),
    Answer("06-my_convolve_color", "flipped three times", with_kernel(lambda k: k[::-1, ::-1, ::-1]),
           False, "all three axes"),
    Answer("06-my_convolve_color", "flipped upside down", with_kernel(lambda k: k[::-1]), False,
           "rows are in reverse"),
    Answer("06-my_convolve_color", "mirrored", with_kernel(lambda k: k[:, ::-1]), False,
           "columns are in reverse"),
    Answer("06-my_convolve_color", "slices in reverse", with_kernel(lambda k: k[..., ::-1]), False,
           "wrong order"),
    Answer("06-my_convolve_color", "kernel transposed", with_kernel(lambda k: k.swapaxes(0, 1)),
           False, "kernel are swapped"),
    Answer("06-my_convolve_color", "result transposed", on(np.transpose), False, "result are swapped"),
    Answer("06-my_convolve_color", "off by one",
           slip(("- kh + 1", "- kh"), ("- kw + 1", "- kw")), False, "last row and column"),
    Answer("06-my_convolve_color", "off by one row", slip(("- kh + 1", "- kh")), False, "last row of"),
    Answer("06-my_convolve_color", "off by one column", slip(("- kw + 1", "- kw")), False,
           "last column of"),
    Answer("06-my_convolve_color", "from 1", on(lambda result: result[1:, 1:]), False,
           "first row and column"),
    Answer("06-my_convolve_color", "a third axis", on(lambda result: result[..., None]), False,
           "no channels"),
    Answer("06-my_convolve_color", "padded", lambda i, k: convolve(i, k, padding="same"), False,
           "no padding"),
    Answer("06-my_convolve_color", "integer result", slip(("columns))", "columns), int)")), False,
           "fractions are dropped"),
    Answer("06-my_convolve_color", "square kernels only", slip(("+ kw", "+ kh")), False,
           "could not be broadcast"),
    Answer("06-my_convolve_color", "rows for columns in the window",
           slip((WINDOW, "image[column:column + kh, row:row + kw]")), False, "could not be broadcast"),
    Answer("06-my_convolve_color", "three dimensions of a gray kernel", slip(("kh, kw, _", "kh, kw")),
           False, "too many values"),
    Answer("06-my_convolve_color", "added 1", on(lambda result: result + 1), False, "must be"),
    Answer("06-my_convolve_color", "an index too far", lambda i, k: i[7], False, "IndexError"),
    Answer("06-my_convolve_color", "return in the loop", slip(("    return", "            return")), False,
           "only the first number"),
    Answer("06-my_convolve_color", "no return", slip(("return result", "print(end='')")), False,
           "return"),
    Answer("06-blue", "the middle weights", slices(-1, -1, 1), True),
    Answer("06-blue", "means", slices(-ONES / 18, -ONES / 18, ONES / 9), True),
    Answer("06-blue", "as a list", slices(-1, -UPPER, ONES / 9 + SOBEL).tolist(), True),
    Answer("06-blue", "single precision", slices(-ONES, -ONES, 2 * ONES).astype(np.float32), True),
    Answer("06-blue", "half of red and green each", slices(-0.5, -0.5, 1), True),
    Answer("06-blue", "the order blue, green, red", slices(1, -1, -1), False, "this finds red"),
    Answer("06-blue", "blue in the middle", slices(-1, 1, -1), False, "this finds green"),
    Answer("06-blue", "blue alone", slices(0, 0, 1), False, "white area gives 1"),
    Answer("06-blue", "white left", slices(-0.25, -0.25, 1), False, "white area"),
    Answer("06-blue", "green left", slices(-1, 0, 1), False, "green area"),
    Answer("06-blue", "red left", slices(0, -1, 1), False, "red area"),
    Answer("06-blue", "weights above 0 for green", slices(-1.3, 0.1, 0.3), False,
           "pure green area gives 0.1"),
    Answer("06-blue", "weights above 0 for red", slices(0.1, -1.3, 0.55), False,
           "red area gives 0.1"),
    Answer("06-blue", "green tinged with blue", slices(-0.8, -0.2, 1), False, "green area"),
    Answer("06-blue", "channels first", np.moveaxis(slices(-1, -1, 1), 2, 0), False, "come last"),
    Answer("06-blue", "zeros", np.zeros((3, 3, 3)), False, "above 0"),
    Answer("06-blue", "signs reversed", slices(1, 1, -1), False, "signs are reversed"),
    Answer("06-blue", "an edge in the blue slice", slices(0, 0, SOBEL), False, "above 0"),
    Answer("06-blue", "one slice", ONES, False, "one slice of 3×3"),
    Answer("06-blue", "a number per channel", [-1, -1, 1], False, "three numbers"),
    Answer("06-blue", "not a number", np.full((3, 3, 3), np.nan), False, "finite number"),
]  # fmt: skip
