"""The exercises of lesson 05: sizes, the fraction that is kept, and a pooling function."""

from helpers.exercises import my_pool
from helpers.exercises.exercise import Exercise, is_number, is_shape

EXERCISES = {
    "05-size": Exercise(
        is_shape(
            (50, 37),
            {
                (50.0, 38.0): "the last column has no partner: the division rounds down",
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
    "05-left": Exercise(
        is_number(
            1 / 9,
            {
                1 / 3: "rows and columns both shrink",
                2 / 3: "rows and columns both shrink, and this is the fraction that is gone",
                8 / 9: "that is the fraction that is gone",
                1 / 4: "that is for windows of 2×2",
                1 / 6: "a window of 3×3 has 3 · 3 pixels, not 3 + 3",
                2 / 5: "that is the example of how to write a fraction",
                9.0: "that is the number of pixels in a window; one of them is kept",
                3.0: "that is the side of a window; a fraction of the pixels is at most 1",
                0.1: "that is one of ten pixels; count those of a 3×3 window",
                0.0: "it is not 0: // rounds down, so divide with one slash",
                11.0: "that is in percent; a fraction is a hundredth of that",
                11.1: "that is in percent; a fraction is a hundredth of that",
                11.11: "that is in percent; a fraction is a hundredth of that",
                100 / 9: "that is in percent; a fraction is a hundredth of that",
                89.0: "that is in percent, and the fraction that is gone",
                88.9: "that is in percent, and the fraction that is gone",
                800 / 9: "that is in percent, and the fraction that is gone",
            },
            tolerance=0.0012,
        ),
        right="One number in nine is kept; eight ninths are gone.",
        hint="One number is kept from each window. How many pixels are in a window of 3×3?",
        solution="answer = 1 / 9  # one number is kept from each window of 3 · 3 pixels",
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
