"""The exercises of lesson 08b: multiplications, a receptive field, padding, and a small network."""

from typing import Any

from helpers.exercises.exercise import Exercise, is_number
from helpers.network import Network
from helpers.network.files import LAYERS
from helpers.network.layer import Layer

MOST, CLASSES = 1000, 10  # parameters, scores


def _is_small_network(answer: Any) -> str | None:
    """Say what is wrong with a list of layers that must be a small network with a convolution."""
    if not isinstance(answer, (list, tuple)) or not answer:
        return "expected a list of layers, such as [Conv(8, 3), ReLU()]"
    if not all(isinstance(each, Layer) and each.name in LAYERS for each in answer):
        return "every entry of the list must be a layer, such as ReLU(), with its parentheses"
    try:  # new layers, since those of the answer may have been used
        network = Network([type(each)(*each.settings) for each in answer], (28, 28, 1))
    except ValueError as error:
        return str(error)
    if network.shapes[-1] != (CLASSES,):
        return f"it must end with {CLASSES} scores; it ends with {network.shapes[-1]}"
    if not any(each.name == "Conv" for each in network.layers):
        return "there is no Conv in it"
    if network.parameter_count > MOST:
        return (
            f"it has {network.parameter_count:,} parameters; most are in Dense if its input has many numbers"
            " it"
        )
    return None


EXERCISES = {
    "08b-multiplications": Exercise(
        is_number(
            225_792,
            {903_168: "with stride 2 there are 14·14 positions, not 28·28",
             1168: "those are the parameters; each weight is used at each position",
             228_928: "a bias is added, not multiplied",
             1152: "those are the weights; each is used at each position",
             14_112: "that is one filter; there are 16",
             28_224: "a filter has a slice for each of the 8 maps",
             3136: "those are the numbers of the output; each is a sum of 9·8 products",
             194_688: "with padding 1 there are 14 positions in a row, not 13"},
        ),
        right="14·14 positions, and 3·3·8·16 weights at each.",
        hint="How many positions does the window have? At each, every weight is used once.",
        solution="""# Stride 2 over 28 + 2 padded pixels: 14 positions each way. Each weight is used at each.
answer = 14 * 14 * (3 * 3 * 8 * 16)""",
    ),
    "08b-field": Exercise(
        is_number(
            10,
            {12: "pooling by 2 adds one pixel, not two: its window covers two neighbors",
             8: "after pooling, one step in the maps is two pixels",
             9: "after pooling, one step in the maps is two pixels",
             7: "that is without pooling",
             6: "that is before the last convolution",
             5: "that is after two convolutions",
             3: "that is after the first convolution",
             14: "only what comes after the pooling has a step of two pixels",
             18: "windows overlap: three of them do not cover three times 6 rows"},
        ),
        right="3, then 5, then 6, then two more steps of 2 pixels: 10.",
        hint="A 3×3 window adds two steps to the receptive field. How many pixels is a step?",
        solution="""# 3, then 2 more is 5, pooling adds 1: 6. A step is now 2 pixels, and the last window adds 2 steps.
answer = 6 + 2 * 2""",
    ),
    "08b-padding": Exercise(
        is_number(
            2,
            {0: "without padding 4 rows are lost: 24 are left",
             1: "with 1 on each side 26 rows are left",
             4: "4 is what a 5×5 kernel loses in all; half of it belongs on each side",
             3: "with 3 on each side there are 30 rows",
             5: "that is the size of the kernel; it loses one less",
             2.5: "padding is a whole number of pixels"},
        ),
        right="A kernel of k loses k − 1 rows; half of them on each side.",
        hint="How many rows does a 5×5 kernel lose? They come from two sides.",
        solution="answer = (5 - 1) // 2  # it loses 4 rows; 2 on each side bring them back",
    ),
    "08b-layers": Exercise(
        _is_small_network,
        right="Small maps before Flatten keep the dense layer small.",
        hint="Ten scores from n numbers cost 10·n + 10 parameters. How small must the maps be?",
        solution="""# Stride and pooling leave 4·4·4 = 64 numbers: 650 parameters in Dense, and 40 in Conv.
answer = [Conv(4, 3, stride=2), ReLU(), MaxPool(3), Flatten(), Dense(10)]""",
    ),
}  # fmt: skip
