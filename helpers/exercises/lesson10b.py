"""The exercises of lesson 10b: filters of a color network, the gray of an apple."""

from helpers.exercises.exercise import Exercise, is_number

EXERCISES = {
    "10b-filters": Exercise(
        is_number(
            1792,
            {1728: "each filter has a bias as well",
             640: "that is for gray pictures; in color a filter has three slices",
             576: "that is for gray pictures, without biases",
             1920: "a filter has one bias, not one for each slice",
             192: "each of the 64 filters has three slices of 3×3 weights",
             28: "that is one filter; there are 64",
             27: "that is one filter without its bias; there are 64"},
        ),
        right="Three slices of nine weights and a bias, 64 times. Gray would need 640.",
        hint="Lesson 06: a filter has one slice for each channel of its input, and one bias.",
        solution="answer = 64 * (3 * 3 * 3 + 1)  # rows, columns and slices of a filter, and its bias",
    ),
    "10b-gray": Exercise(
        is_number(
            0.4533,
            {0.333: "weighted by 0.299, 0.587 and 0.114, not the mean of the three",
             1.0: "that is the sum; each channel has its weight",
             0.6: "that is the green channel; the others count as well",
             0.352: "that is the green part alone, 0.587 · 0.6",
             0.3: "that is the red channel; the others count as well"},
            tolerance=0.005,
        ),
        right="A red of (1, 0.2, 0.32) has 0.453 as well: in gray the two are the same.",
        hint="Lesson 01: gray = 0.299 · red + 0.587 · green + 0.114 · blue.",
        solution="answer = 0.299 * 0.3 + 0.587 * 0.6 + 0.114 * 0.1  # green counts most",
    ),
}  # fmt: skip
