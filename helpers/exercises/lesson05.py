"""The exercises of lesson 05: sizes, windows that overlap, and a pooling function."""

from helpers.exercises import my_pool
from helpers.exercises.exercise import Exercise, is_shape

EXERCISES = {
    "05-size": Exercise(
        is_shape(
            (50, 37),
            {
                (50.0, 38.0): "the last column is left out: the division rounds down",
                (50.0, 37.5): "there is no half column: the division rounds down, with //",
                (37.0, 50.0): "rows come first",
                (37.5, 50.0): "rows come first, and the division rounds down",
                (38.0, 50.0): "rows come first, and the division rounds down",
                (99.0, 74.0): "windows are side by side: the stride is the size",
                (98.0, 73.0): "windows are side by side: the stride is the size",
                (49.0, 36.0): "the first window counts too",
                (50.0, 36.0): "36 windows of 2 use 72 columns; one more fits",
                (51.0, 38.0): "that is one too many: 51 windows of 2 need 102 rows",
                (100.0, 75.0): "that is the size before pooling",
                (25.0, 18.0): "each side is divided by 2, the size of the window, not by 4",
                (25.0, 18.75): "each side is divided by 2, the size of the window, not by 4",
                (200.0, 150.0): "pooling shrinks the image: divide, do not multiply",
            },
        ),
        right="⌊75 / 2⌋ is 37: the last column is never used.",
        hint="Windows of 2 are side by side. How many fit into 100, and into 75?",
        solution="""# Windows are side by side, so each takes 2 pixels; // leaves out the one that does not fit.
answer = (100 // 2, 75 // 2)""",
    ),
    "05-overlap": Exercise(
        is_shape(
            (27, 27),
            {
                (27.0, 28.0): "a window of 3 that starts at column 54 would need column 56",
                (27.0, 27.5): "the division rounds down, with //",
                (26.0, 26.5): "the division rounds down, and the first position counts too",
                (26.0, 26.0): "the first position counts too: + 1 at the end",
                (28.0, 28.0): "the last windows do not fit: the division rounds down",
                (27.5, 28.0): "a window of 3 loses two positions, before the stride is applied",
                (18.0, 18.0): "the windows overlap: they start every 2 pixels, not every 3",
                (19.0, 19.0): "the windows overlap: they start every 2 pixels, not every 3",
                (53.0, 54.0): "a stride of 2 skips every other position",
                (55.0, 56.0): "that is the size before pooling",
            },
        ),
        right="(55 − 3) // 2 + 1 is 27. Of 56 columns the last is never used.",
        hint="Windows start at 0, 2, 4, … and each needs 3 pixels. Lesson 04 has the formula.",
        solution="""# as for a kernel of 3 with stride 2: the last start that fits, in steps of 2, and the first one
answer = ((55 - 3) // 2 + 1, (56 - 3) // 2 + 1)""",
    ),
    "05-my_pool": Exercise(
        my_pool.judge,
        right="Your function pools. Pass it to an explorer.",
        hint="rows = image.shape[0] // size. The window of output (row, column) starts at"
        " (row * size, column * size); window.max(axis=(0, 1)) keeps the channels separate.",
        solution="""def my_pool(image, size):
    rows, columns = image.shape[0] // size, image.shape[1] // size  # only windows that fit
    result = np.zeros((rows, columns) + image.shape[2:])  # as many channels as the image
    for row in range(rows):
        for column in range(columns):
            top, left = row * size, column * size  # windows are side by side
            window = image[top:top + size, left:left + size]
            result[row, column] = window.max(axis=(0, 1))  # each channel on its own
    return result""",
    ),
}  # fmt: skip
