"""The checkers accept every right answer, refuse every wrong one, never raise, change nothing."""

from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest

from helpers import KERNELS, convolve, convolve_loops, edge_maps, output_size, pool, to_gray
from helpers.exercises import EXERCISES, check, hint, solution

WORKED = {"np": np, "convolve": convolve, "edge_maps": edge_maps}


def run_solution(name):
    """What a learner has after running the solution."""
    names = dict(WORKED)
    exec(EXERCISES[name].solution, names)
    new = [value for key, value in names.items() if key not in {*WORKED, "__builtins__"}]
    assert len(new) == 1
    return new[0]


def sliding_windows(image, kernel):
    """A right answer in another style: every window at once."""
    windows = np.lib.stride_tricks.sliding_window_view(image, kernel.shape)
    return np.einsum("rcij,ij->rc", windows, kernel)


def nested_lists(image, kernel):
    """A right answer in another style: plain Python, lists in and out."""
    kh, kw = len(kernel), len(kernel[0])
    return [
        [sum(image[r + i][c + j] * kernel[i][j] for i in range(kh) for j in range(kw))
         for c in range(len(image[0]) - kw + 1)]
        for r in range(len(image) - kh + 1)
    ]  # fmt: skip


def slow_magnitude(image):
    down = convolve(image, [[-1, -2, -1], [0, 0, 0], [1, 2, 1]], padding=1, border="edge")
    across = convolve(image, [[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]], padding=1, border="edge")
    return (down**2 + across**2) ** 0.5


RIGHT = [
    ("00-unchanged", "identity"),
    ("00-unchanged", " Identity "),
    ("01-shape", (200, 300, 3)),
    ("01-shape", np.zeros((200, 300, 3)).shape),
    ("01-crop", lambda image, t, x, h, w: image[t : t + h][:, x : x + w]),
    ("01-gray", to_gray),
    ("01-gray", lambda image: image @ np.array([0.299, 0.587, 0.114])),
    ("04-size", (16, 16)),
    ("04-same", 3.0),
    ("04-unread", 1),
    ("04-my_size", output_size),
    ("04-my_size", lambda n, k, s, p, d: len(range(0, n + 2 * p - d * (k - 1), s))),
    ("05-size", [50, 37]),
    ("05-left", 1 / 9),
    ("05-my_pool", pool),
    ("05-my_pool", lambda image, size: pool(image, size).tolist()),
    ("02-size", (198, 298)),
    ("02-size", [198, 298]),
    ("02-size", np.array([198, 298])),
    ("02-size", np.zeros((198, 298)).shape),
    ("02-pixel", 8),
    ("02-pixel", np.float32(8)),
    ("02-my_convolve", convolve),
    ("02-my_convolve", convolve_loops),
    ("02-my_convolve", sliding_windows),
    ("02-my_convolve", nested_lists),
    ("02-up", np.array([[0, 0, 0], [0, 0, 0], [0, 1, 0]])),
    ("05-left", 0.11),
    ("05-left", 0.1111),
    ("05-left", Fraction(1, 9)),
    ("05-left", Decimal("0.1111")),
    ("03-flat", 0.5),
    ("03-flat", 1 / 2),
    ("03-horizontal", KERNELS["sobel_horizontal"]),
    ("03-horizontal", KERNELS["scharr_horizontal"]),
    ("03-horizontal", [[0, -1, 0], [0, 0, 0], [0, 1, 0]]),
    ("03-horizontal", [[0, 0, 0], [0, -0.5, 0], [0, 0.5, 0]]),
    ("03-stroke", KERNELS["vertical_line"]),
    ("03-stroke", [[0, 0, 0], [-1, 2, -1], [0, 0, 0]]),
    ("03-stroke", [[-1.5, 2, -0.5]] * 3),
    ("03-magnitude", slow_magnitude),
    ("03-magnitude", lambda image: edge_maps(image).magnitude),
]

WRONG = [
    ("00-unchanged", "box blur", "changes the picture"),
    ("00-unchanged", "nothing", "no kernel"),
    ("00-unchanged", 5, "in quotes"),
    ("01-shape", (300, 200, 3), "rows come first"),
    ("01-shape", (3, 200, 300), "channels come last"),
    ("01-shape", (200, 300), "3 whole numbers"),
    ("01-crop", lambda image, t, x, h, w: image[x : x + w, t : t + h], "swapped"),
    ("01-crop", lambda image, t, x, h, w: image[t : t + h + 1, x : x + w + 1], "too many"),
    ("01-crop", lambda image, t, x, h, w: image[t:h, x:w], "not after a length"),
    ("01-crop", lambda image, t, x, h, w: image[: h + 1], "shape"),
    ("01-gray", lambda image: image.mean(axis=2), "the eye weighs"),
    ("01-gray", lambda image: image @ np.array([0.114, 0.587, 0.299]), "red and blue"),
    ("01-gray", lambda image: image, "shape"),
    ("04-size", (15, 15), "first position"),
    ("04-size", (14, 14), "both sides"),
    ("04-same", 6, "both sides"),
    ("04-unread", 0, "would need"),
    ("04-my_size", lambda n, k, s, p, d: (n + p - d * (k - 1) - 1) // s + 1, "both sides"),
    ("04-my_size", lambda n, k, s, p, d: -(-(n + 2 * p - d * (k - 1) - 1) // s) + 1, "rounds down"),
    ("04-my_size", lambda n, k, s, p, d: (n + 2 * p - d * (k - 1) - 1) // s, "first position"),
    ("04-my_size", lambda n, k, s, p, d: (n + 2 * p - k) // s + 1, "dilation"),
    ("04-my_size", lambda n, k, s, p, d: (n + 2 * p - d * k) // s + 1, "not dilation·k"),
    ("04-my_size", lambda n, k, s, p, d: n, "must be"),
    ("05-size", (50, 38), "no partner"),
    ("05-size", (37, 50), "rows come first"),
    ("05-left", 8 / 9, "gone"),
    ("05-left", 0.89, "gone"),
    ("05-left", 0.33, "both shrink"),
    ("05-left", 0.12, "is not it"),
    ("05-my_pool", lambda image, size: np.maximum(pool(image, size), 0), "start from"),
    ("05-my_pool", lambda image, size: pool(image, size, mode="mean"), "mean"),
    ("05-my_pool", lambda image, size: pool(image, size, stride=1), "overlap"),
    ("05-my_pool", lambda image, size: pool(image, 2), "shape"),
    ("02-size", (298, 198), "rows come first"),
    ("02-size", (199, 299), "loses two"),
    ("02-size", (200, 300), "border"),
    ("02-size", (197, 297), "first position"),
    ("02-size", 198, "2 whole numbers"),
    ("02-size", "198, 298", "2 whole numbers"),
    ("02-size", (198.5, 298), "is not it"),
    ("02-pixel", -8, "without flipping"),
    ("02-pixel", 30, "negative"),
    ("02-pixel", 8.5, "8.5 is not it"),
    ("02-pixel", np.nan, "nan is not it"),
    ("02-pixel", [8], "one number"),
    ("02-my_convolve", convolve(np.ones((3, 3)), np.ones((3, 3))), "expected a function"),
    ("02-my_convolve", lambda i, k: convolve(i, k, flip=True), "rotated by 180°"),
    ("02-my_convolve", lambda i, k: convolve(i, k.T), "kernel are swapped"),
    ("02-my_convolve", lambda i, k: convolve(i, k).T, "result are swapped"),
    ("02-my_convolve", lambda i, k: convolve(i, k)[:-1, :-1], "last row and column"),
    ("02-my_convolve", lambda i, k: convolve(i, k) / k.size, "averaged"),
    ("02-my_convolve", lambda i, k: convolve(i, k) + 1, "must be"),
    ("02-my_convolve", lambda i, k: np.zeros_like(convolve(i, k)), "must be"),
    ("02-my_convolve", lambda i, k: convolve(i, k, padding="same"), "shape"),
    ("02-my_convolve", lambda i, k: convolve(i, np.ones(k.shape)), "must be"),
    ("02-my_convolve", lambda i, k: 1 / 0, "ZeroDivisionError"),
    ("02-my_convolve", lambda i, k: exit(), "SystemExit"),
    ("02-my_convolve", lambda i: i, "TypeError"),
    ("02-my_convolve", lambda i, k: None, "nothing yet"),
    ("02-my_convolve", lambda i, k: "text", "array of numbers"),
    ("02-up", [[0, 1, 0], [0, 0, 0], [0, 0, 0]], "down"),
    ("02-up", [[0, 0, 0], [0, 0, 1], [0, 0, 0]], "left"),
    ("02-up", [[0, 0, 0], [1, 0, 0], [0, 0, 0]], "right"),
    ("02-up", [[0, 0, 0], [0, 1, 0], [0, 0, 0]], "nowhere"),
    ("02-up", [[1, 0, 0], [0, 0, 0], [0, 0, 0]], "down and to the right"),
    ("02-up", [[0, 0, 0], [0, 0, 0], [0, 0, 1]], "up and to the left"),
    ("02-up", [[0, 0, 0], [0, 0, 0], [0, 2, 0]], "more than shift"),
    ("02-up", [0, 1, 0], "3×3"),
    ("03-flat", 2.5, "negative"),
    ("03-flat", 0, "cancel"),
    ("03-horizontal", KERNELS["sobel_vertical"], "vertical edge"),
    ("03-horizontal", [[1, 1, 1], [-2, -2, -2], [1, 1, 1]], "positive in one row and negative"),
    ("03-horizontal", -KERNELS["sobel_horizontal"], "negative"),
    ("03-horizontal", [[1, 1, 1], [0, 0, 0], [1, 1, 1]], "add up to 6"),
    ("03-horizontal", np.zeros((3, 3)), "does not respond"),
    ("03-horizontal", KERNELS["laplacian"], "vertical edge"),
    ("03-horizontal", np.full((3, 3), np.nan), "finite"),
    ("03-stroke", KERNELS["horizontal_line"], "stroke"),
    ("03-stroke", KERNELS["outline"], "horizontal stroke"),
    ("03-stroke", -KERNELS["vertical_line"], "on the stroke"),
    ("03-stroke", KERNELS["sobel_vertical"], "on the stroke"),
    ("03-stroke", [[-1, 1, 0]] * 3, "an edge gives as much"),
    ("03-stroke", [[-5, 3, 2]] * 3, "an edge gives as much"),
    ("03-stroke", [[0, 1, -1]] * 3, "an edge gives as much"),
    ("03-stroke", np.ones((3, 3)), "add up to 9"),
    ("03-magnitude", lambda i: np.abs(edge_maps(i).vertical) + np.abs(edge_maps(i).horizontal), "root"),
    ("03-magnitude", lambda i: edge_maps(i).vertical, "alone"),
    ("03-magnitude", lambda i: edge_maps(i).magnitude ** 2, "must be"),
    ("03-magnitude", lambda i: edge_maps(i).magnitude[1:-1, 1:-1], "shape"),
]  # fmt: skip


@pytest.mark.parametrize("name", EXERCISES)
def test_solution_is_accepted(name):
    """What unfolds as the solution is right, and the answer says one fact more."""
    assert check(name, run_solution(name)) == f"Right. {EXERCISES[name].right}"


@pytest.mark.parametrize("name, answer", RIGHT)
def test_every_right_answer_is_accepted(name, answer):
    """A right answer in another form, type or style is right too."""
    assert check(name, answer).startswith("Right.")


@pytest.mark.parametrize("name, answer, reason", WRONG)
def test_wrong_answer_is_refused_with_its_reason(name, answer, reason):
    """A wrong answer is never right, and one line says why."""
    line = check(name, answer)
    assert line.startswith("Not yet:") and reason in line and "\n" not in line


class Breaks:
    """An answer that breaks whatever touches it."""

    def __array__(self, *args, **kwargs):
        raise RuntimeError("touched")

    __eq__ = __bool__ = __len__ = __repr__ = __iter__ = __float__ = __array__


ODD = [Breaks(), object(), {}, set(), "", [], [[1], [1, 2]], 1j, np.array(["a"]), float("inf"),
       10**400, lambda: None, print, type, [[Breaks()]], b"\x00", np.zeros((0, 3)), True]  # fmt: skip


@pytest.mark.parametrize("name", EXERCISES)
@pytest.mark.parametrize("answer", ODD, ids=lambda answer: type(answer).__name__)
def test_no_answer_makes_it_raise(name, answer):
    """Whatever is handed in, the verdict is one line, and never "Right"."""
    line = check(name, answer)
    assert line.startswith(("Not yet:", "Not done yet:")) and "\n" not in line


@pytest.mark.parametrize("name", EXERCISES)
def test_dots_are_not_done_yet(name):
    """The three dots of an untouched exercise are no mistake."""
    assert check(name, ...) == check(name) == check(name, None)
    assert check(name).startswith("Not done yet")


def test_checking_changes_nothing():
    """The answer, the random state and the exercise are the same afterwards."""
    kernel = np.array([[0, 0, 0], [0, 0, 0], [0, 1, 0]])
    state, before = np.random.get_state()[1].copy(), kernel.copy()

    def spoiler(image, weights):
        right = convolve(image, weights)
        image[:], weights[:] = 0, 0
        return right

    for _ in range(2):
        assert check("02-up", kernel).startswith("Right")
        assert check("02-my_convolve", spoiler).startswith("Right")
    assert np.array_equal(kernel, before) and np.array_equal(np.random.get_state()[1], state)


@pytest.mark.parametrize("ask", [check, hint, solution])
@pytest.mark.parametrize("name", ["02-sise", None, 5, ["02-size"]])
def test_unknown_exercise_is_named(ask, name):
    """A name that is none is told with the list of those that are."""
    assert "There is no exercise" in ask(name) and "02-size" in ask(name)


@pytest.mark.parametrize("name", EXERCISES)
def test_hint_and_solution_fold(name):
    """Both are folded away in the page, and a hint does not hold the solution."""
    for fold in (hint(name), solution(name)):
        assert fold._repr_html_().startswith("<details><summary>")
    assert EXERCISES[name].solution not in hint(name)
