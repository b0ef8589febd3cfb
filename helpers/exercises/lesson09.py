"""The exercises of lesson 09: a receptive field, occlusion, and the most confident mistake."""

import numpy as np

from helpers.exercises import my_occlude
from helpers.exercises.exercise import Exercise, is_number

# 09-sure is about these: a row of probabilities for each of four digits, and their labels
SURE_CASES = np.zeros((4, 10))
SURE_CASES[0, [3, 5]] = 0.98, 0.02
SURE_CASES[1, [4, 7, 9]] = 0.43, 0.02, 0.55
SURE_CASES[2, [6, 5, 8]] = 0.15, 0.05, 0.80
SURE_CASES[3, [1, 7, 2]] = 0.40, 0.35, 0.25
SURE_LABELS = np.array([3, 7, 6, 1])

EXERCISES = {
    "09-field": Exercise(
        is_number(
            10,
            {3: "that is its receptive field in its own input, the maps before it",
             7: "that is for two convolutions alone; the pooling between them widens it",
             8: "after the pooling, neighbors are 2 rows apart: the second kernel adds 4, not 2",
             9: "the pooling window itself spans one row more: it adds 1",
             11: "a 5×5 kernel adds 5 − 1 rows, not 5",
             12: "the stride of 2 is that of the pooling; the first kernel adds 5 − 1 rows",
             14: "the first convolution comes before the pooling: its 4 rows are not doubled",
             15: "the windows overlap: their sizes are not multiplied",
             30: "the windows overlap: their sizes are not multiplied",
             5: "that is for an output of the first convolution; two layers follow",
             6: "that is for an output of the pooling; one convolution follows",
             2: "that is the pooling window alone; two convolutions are around it",
             16: "that is the number of filters in the last layer",
             100: "that is the number of pixels; count their rows"},
        ),
        right="Backward: 3 rows, 6 rows before the pooling, 10 rows of the image.",
        hint="Work backward. How many rows of the pooled maps does it use? How many rows were pooled into"
        " them? How many rows did the first kernel need for those?",
        solution="""# Backward: 3 rows of pooled maps come from 3 · 2 rows; a 5×5 kernel needs 4 rows more.
answer = 3 * 2 + (5 - 1)""",
    ),
    "09-my_occlude": Exercise(
        my_occlude.judge,
        right="Slide the square over a digit to see which parts of it the network needs.",
        hint="Copy the image first. Rows run from row to row + size. A slice may end past the last row,"
        " but neither its start nor its end may be below 0.",
        solution="""def my_occlude(image, row, column, size):
    covered = image.copy()  # the image itself must not change
    # a slice may end past the border, but below 0 it would count from the other end
    rows = slice(max(row, 0), max(row + size, 0))
    columns = slice(max(column, 0), max(column + size, 0))
    covered[rows, columns] = 0
    return covered""",
    ),
    "09-sure": Exercise(
        is_number(
            2,
            {0: "row 0 is the most confident, but it is right",
             1: "row 1 is wrong, but less confident: its largest probability is 0.55",
             3: "row 3 is right, and rows are counted from 0",
             6: "6 is the label of that row; count the row from 0",
             8: "8 is the digit predicted there; count the row from 0",
             0.8: "that is its probability; count the row from 0",
             0.98: "that is a probability, and of a digit that is right; answer with a row",
             0.55: "that is a probability, and not the largest of the mistakes; answer with a row",
             -2: "count the rows from 0, from the top"},
        ),
        right="A confident prediction can be wrong: 0.80 for a wrong digit.",
        hint="First: in which rows is the largest probability not at the index of the label? Among"
        " those: which row has the largest one?",
        solution="answer = 2  # rows 1 and 2 are wrong; 0.80 in row 2 is more than 0.55 in row 1",
    ),
}  # fmt: skip
