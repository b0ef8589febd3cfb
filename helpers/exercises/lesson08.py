"""The exercises of lesson 08: shapes, steps, and softmax."""

from helpers.exercises import my_softmax
from helpers.exercises.exercise import Exercise, is_number, is_shape

EXERCISES = {
    "08-shape": Exercise(
        is_shape(
            (5, 5),
            {(28.0, 28.0): "that is the size of the picture; every layer makes it smaller",
             (24.0, 24.0): "that is after the first convolution; three layers follow",
             (12.0, 12.0): "that is after the first pooling; two layers follow",
             (7.0, 7.0): "the convolutions lose rows and columns too: k − 1 of each",
             (6.0, 6.0): "each convolution loses k − 1 rows and columns: 4, then 2",
             (5.5, 5.5): "each convolution loses k − 1 rows and columns: 4, then 2",
             (6.5, 6.5): "each convolution loses k − 1 rows and columns: 4, then 2",
             (4.5, 4.5): "a window of k loses k − 1 rows, not k: a 3×3 kernel loses 2",
             (4.25, 4.25): "a window of k loses k − 1 rows, not k",
             (4.0, 4.0): "a window of k loses k − 1 rows, not k",
             (10.0, 10.0): "the second pooling is missing",
             (11.0, 11.0): "the first pooling is missing",
             (22.0, 22.0): "each pooling halves rows and columns"},
        ),
        right="28 → 24 → 12 → 10 → 5.",
        hint="Go layer by layer: a convolution loses k − 1 rows, 2×2 pooling halves them.",
        solution="""# Layer by layer: the kernels lose 5 − 1 and 3 − 1 rows, and each pooling halves them.
answer = (((28 - 4) // 2 - 2) // 2, ((28 - 4) // 2 - 2) // 2)""",
    ),
    "08-steps": Exercise(
        is_number(
            391,
            {390: "the 80 digits that are left over make a smaller mini-batch",
             390.625: "a mini-batch that is not full is a step too",
             390.6: "a mini-batch that is not full is a step too",
             392: "390 mini-batches are full, and the rest fits into one more",
             50_000: "one step per mini-batch, not one per digit",
             128: "that is the number of digits in a step",
             80: "those are the digits in the last step",
             1: "each step uses one mini-batch, and an epoch is one pass through all digits",
             469: "that is for 60,000 digits; here are 50,000",
             468.75: "that is for 60,000 digits; here are 50,000",
             782: "that is for 64 digits a mini-batch; here are 128",
             6_400_000: "divide by the size of a mini-batch; do not multiply"},
        ),
        right="390 full mini-batches and one of 80.",
        hint="How many mini-batches of 128 fit into 50,000? What happens to the rest?",
        solution="answer = -(-50_000 // 128)  # rounded up: what is left over makes a smaller mini-batch",
    ),
    "08-my_softmax": Exercise(
        my_softmax.judge,
        right="Only differences between scores count, so subtracting the largest changes nothing.",
        hint="First subtract scores.max(). Then divide the np.exp of each score by the sum of all.",
        solution="""def my_softmax(scores):
    powers = np.exp(scores - scores.max())  # at most 1: exp(1000) is too large for a float
    return powers / powers.sum()  # so that they add up to 1""",
    ),
}  # fmt: skip
