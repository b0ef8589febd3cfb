"""Invalid input: every public function names the parameter and what it got, in one line."""

import re

import numpy as np
import pytest
from refusals import is_one_line

from helpers import (
    box,
    convolve,
    edge_maps,
    explain_pixel,
    gaussian,
    output_size,
    pad,
    pool,
    windows,
)
from helpers.labels import as_labeled, as_labels
from helpers.messages import describe, name_of_function
from helpers.validation import (
    as_array,
    as_brightness,
    as_choice,
    as_finite,
    as_function,
    as_pair,
    as_whole,
)

GRAY, COLOR, LONG = np.ones((6, 7)), np.ones((6, 7, 3)), [np.eye(9)]  # LONG's repr has many lines
NAN = float("nan")

WHOLE = ["2", None, 1.5, 2.0, NAN, True, np.True_, -1, 1 + 1j, [], {}, np.ones(2), np.eye(9), LONG]
COUNT = [*WHOLE, 0]
PAIR = [
    *COUNT,
    (1,),
    (1, 2, 3),
    (1, -1),
    (0, 1),
    (1, "2"),
    (1, None),
    (2, 1.5),
    (True, 1),
    (1, (2, 3)),
    [[1, 2], [3]],
    ((1, 2), (3, 4), (5, 6)),
]
PADDING = [
    "full",
    "Same",
    b"same",
    "x" * 500,
    *WHOLE[1:],
    (1,),
    (1, 2, 3),
    (1, -1),
    (1, "same"),
    (1, (2, 3)),
    ((1, 2), (3,)),
    ((1, 2), 3),
    ((1, 2), (3, -4)),
    ((1, 2), (3, 4.5)),
    ((1, 2, 3), (4, 5, 6)),
    ((1, 1), (1, 1), (0, 0)),
]
GRID = [
    "cat.png",
    None,
    3,
    NAN,
    {},
    [],
    [[]],
    [1, 2, 3],
    np.ones((0, 3)),
    np.ones((3, 0)),
    np.ones((2, 2), complex),
    [[1, 2], [3]],
    [["a", "b"]],
    [[1, None]],
    [[2**70]],
    np.array([[1]], object),
    [np.ones((9, 9), complex)],
    np.array([["2020-01-01"]], "M8[D]"),
]
KERNEL = [*GRID, np.ones((3, 3, 1, 1, 1)), np.ones((7, 1)), np.ones((1, 8))]
NAMES = [
    "mirror",
    "",
    "ZERO",
    "MAX",
    "x" * 500,
    "a\nb",
    None,
    0,
    True,
    NAN,
    ["zero"],
    np.eye(9),
    LONG,
]
BIAS = ["1", None, 1j, [], [1, 2], [[1], [2, 3]], {}, np.ones((2, 2)), LONG]
FLAG = ["yes", None, 0, 1, 1.0, [True], np.eye(9), LONG]
POSITION = [*WHOLE, (0, 0), 99, 10**30]
SLIDE = {"stride": PAIR, "dilation": PAIR}
CONVOLVE = {
    **SLIDE,
    "image": GRID,
    "kernel": KERNEL,
    "bias": BIAS,
    "padding": PADDING,
    "border": NAMES,
    "flip": FLAG,
}

CALLS = [
    (
        output_size,
        {"size": 9, "kernel": 3},
        {"size": PAIR, "kernel": [*PAIR, 10, (1, 10)], "padding": PADDING, **SLIDE},
    ),
    (
        pad,
        {"image": GRAY, "padding": 1},
        {"image": GRID, "padding": [*PADDING, "same"], "border": NAMES},
    ),
    (windows, {"image": GRAY, "kernel": 3}, {"image": GRID, "kernel": [*PAIR, 7, (1, 8)], **SLIDE}),
    (convolve, {"image": GRAY, "kernel": GRAY[:3, :3]}, CONVOLVE),
    (
        convolve,
        {"image": COLOR, "kernel": COLOR[:3, :3]},
        {
            "image": [GRAY, COLOR[:, :, :2], COLOR[..., None, None]],
            "bias": [[1, 2, 3], [1]],
            "kernel": [np.ones((3, 3, 2)), np.ones((3, 3, 1, 4)), np.ones((3, 3, 3, 2, 2))],
        },
    ),
    (
        convolve,
        {"image": COLOR, "kernel": np.ones((3, 3, 3, 2))},
        {"image": [GRAY, COLOR[:, :, :2]], "bias": [[1], [1, 2, 3], [[1, 2]]]},
    ),
    (
        explain_pixel,
        {"image": GRAY, "kernel": GRAY[:3, :3], "row": 1, "column": 1},
        {**CONVOLVE, "row": [*POSITION, 4], "column": [*POSITION, 5]},
    ),
    (
        edge_maps,
        {"image": GRAY},
        {"image": [*GRID, np.ones((4, 4, 2)), np.ones((4, 4, 3, 2))], "family": NAMES},
    ),
    (
        pool,
        {"image": GRAY},
        {
            "image": GRID,
            "size": [*PAIR, 7, (1, 8)],
            "stride": [v for v in PAIR if v is not None],
            "mode": NAMES,
            "padding": [*PADDING, 2, (0, 2), ((0, 0), (0, 3))],
            "dilation": PAIR,
        },
    ),
    (
        pool,
        {"image": COLOR, "mode": "brightest"},
        {"image": [np.ones((4, 4, 2)), np.ones((4, 4, 3, 2))]},
    ),
    (box, {"size": 3}, {"size": PAIR}),
    (
        gaussian,
        {"size": 3, "sigma": 1},
        {
            "size": PAIR,
            "sigma": ["1", None, 0, -1, NAN, np.inf, True, np.True_, 1j, [1], {}, np.eye(9), LONG],
        },
    ),
]
REFUSED = [
    pytest.param(
        function, good, name, value, id=f"{function.__name__}-{name}-{describe(value)[:30]!r}"
    )
    for function, good, parameters in CALLS
    for name, values in parameters.items()
    for value in values
]


def tells(error, name):
    """Assert that a message is a single short line that names the parameter and what was given."""
    message = str(error.value)
    assert is_one_line(message, 250)
    assert re.search(rf"\b{name}\b", message)
    assert re.search("; got |rows differ in length|does not fit into", message)


@pytest.mark.parametrize(("function", "good", "name", "value"), REFUSED)
def test_invalid_input_is_refused_by_name(function, good, name, value):
    """An invalid value raises a ValueError or TypeError that names the parameter."""
    with pytest.raises((ValueError, TypeError)) as error:
        function(**{**good, name: value})
    tells(error, name)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: output_size(5, 6), "6 rows .* 5 rows with 0 \\+ 0 of padding"),
        (
            lambda: output_size((9, 5), 3, dilation=4, padding=((0, 0), (1, 2))),
            "9 columns .* 5 columns with 1 \\+ 2 of padding",
        ),
        (lambda: explain_pixel(GRAY, [[1]], 6, 0), "^row must be from 0 to 5; got 6$"),
        (lambda: explain_pixel(GRAY, [[1]], 0, 7), "^column must be from 0 to 6; got 7$"),
        (
            lambda: pool(GRAY, (2, 1.5)),
            r"^size\[1\] must be a whole number of at least 1; got 1.5$",
        ),
        (
            lambda: pad(GRAY, ((0, 0), (-1, 0))),
            r"^padding\[1\]\[0\] must be .* at least 0; got -1$",
        ),
        (
            lambda: convolve(COLOR, np.ones((1, 1, 3, 2)), bias=[1]),
            "^bias must be one number or 2, ",
        ),
        (lambda: convolve(GRAY, [[1]], bias=[1]), "^bias must be one number; got "),
        (lambda: gaussian(3, np.inf), "^sigma must be a finite number above 0; got inf$"),
    ],
)
def test_messages_give_the_numbers_that_matter(call, message):
    """The axis, the size, and the available room."""
    with pytest.raises((ValueError, TypeError), match=message):
        call()


@pytest.mark.parametrize(("function", "good"), [(function, good) for function, good, _ in CALLS])
def test_the_same_call_with_valid_input_passes(function, good):
    """So each error above is caused by the one invalid value."""
    function(**good)


@pytest.mark.parametrize("value", [2, np.int8(2), np.array(2), (2, 2), [2, 2], np.array([2, 2])])
def test_any_integer_is_accepted(value):
    """NumPy integers are numbers; lists, tuples and arrays of two are pairs."""
    assert as_pair("size", value, least=2) == (2, 2)
    assert all(type(number) is int for number in as_pair("size", value, least=2))


def test_limits_are_inclusive():
    """`least` itself is accepted, one less is not."""
    assert as_whole("row", 0, least=0) == 0
    with pytest.raises(ValueError, match=r"^row must be .* at least 0; got -1$"):
        as_whole("row", -1, least=0)


@pytest.mark.parametrize("value", [[[1, 2]], ((True, False),), np.ones((1, 2), np.float16)])
def test_any_array_of_real_numbers_is_accepted(value):
    """Lists, tuples, bools and any real type; an array is not copied."""
    array = as_array("image", value)
    assert array.shape == (1, 2)
    assert array is value or not isinstance(value, np.ndarray)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (3, "3"),
        ("cat", "'cat'"),
        (None, "None"),
        ((1, 2), "(1, 2)"),
        (np.ones((2, 3), np.uint8), "an array of shape (2, 3) and type uint8"),
    ],
)
def test_describe(value, expected):
    """A short value is shown as it is, an array by its shape and type."""
    assert describe(value) == expected


@pytest.mark.parametrize("value", ["x" * 999, list(range(999)), LONG, {"a": np.eye(9)}, "a\nb"])
def test_describe_is_one_short_line(value):
    """However long the value and however many lines in its repr."""
    assert "\n" not in describe(value)
    assert len(describe(value)) <= 80


def test_the_name_of_a_function_is_one_line():
    """Whatever its name holds; a name without a letter counts as none."""

    def function():
        pass

    for name, told in (("a\nb\r\n c", "a b c"), ("x" * 99, "x" * 60), (" \n", "function")):
        function.__name__ = name
        assert name_of_function(function) == told


def test_choices_are_listed():
    """The error for an unknown name lists the known ones."""
    with pytest.raises(ValueError, match="^border must be one of zero, edge; got 'mirror'$"):
        as_choice("border", "mirror", ("zero", "edge"))


def test_functions():
    """Any callable is accepted."""
    assert as_function("convolve", np.maximum) is np.maximum
    with pytest.raises(TypeError, match="^convolve must be a function; got 3$"):
        as_function("convolve", 3)


IMAGES, LABELS = np.ones((4, 6, 7)), np.arange(4)


@pytest.mark.parametrize("pair", [(IMAGES, LABELS), [IMAGES.tolist(), [3, 1, 2, 0]]])
def test_labeled_images(pair):
    """A pair of arrays of one length, also as lists."""
    images, labels = as_labeled("digits", pair)
    assert images.shape == (4, 6, 7) and labels.shape == (4,)
    np.testing.assert_array_equal(labels, pair[1])


@pytest.mark.parametrize("images", [IMAGES[..., None], IMAGES > 0, IMAGES.astype(np.uint8)])
def test_labeled_images_of_other_types(images):
    """An axis of one channel is dropped; any type with values from 0 to 1 is accepted."""
    found, labels = as_labeled("digits", (images, LABELS.astype(np.uint8)))
    np.testing.assert_array_equal(found, IMAGES)
    np.testing.assert_array_equal(labels, LABELS)


def test_labeled_images_in_color_of_any_number_of_classes():
    """As they are; labels up to one less than the classes."""
    images, labels = as_labeled("photos", (np.ones((4, 6, 7, 3)), LABELS + 8), classes=12)
    assert images.shape == (4, 6, 7, 3) and labels.max() == 11
    with pytest.raises(ValueError, match="must be from 0 to 10; got 8 to 11"):
        as_labeled("photos", (np.ones((4, 6, 7, 3)), LABELS + 8), classes=11)


@pytest.mark.parametrize("pair, line", [
    ((np.ones((4, 6, 7, 3)), LABELS[:3]), r"digits must be .*; got shapes \(4, 6, 7, 3\) and \(3,\)"),
    ((np.ones((4, 6, 7, 1, 1)), LABELS), r"digits must be .*; got shapes \(4, 6, 7, 1, 1\) and"),
    ((np.uint8(IMAGES) * 255, LABELS),
     r"digits\[0\], the images, must .* from 0 to 1; got 255 to 255: divide by 255"),
    ((-IMAGES, LABELS), r"digits\[0\], the images, must .* from 0 to 1; got -1 to -1"),
    ((IMAGES * np.nan, LABELS), r"digits\[0\], the images, must .* from 0 to 1; got NaN or infinity in 168 of 168 places, first at .*"),
    ((IMAGES, LABELS + 7), r"digits\[1\], the labels, must .* from 0 to 9; got 7 to 10"),
    ((IMAGES, LABELS - 1), r"digits\[1\], the labels, must .* from 0 to 9; got -1 to 2"),
    ((IMAGES, LABELS * 1.0), r"digits\[1\], the labels, must be whole .*; got .* float64: use .*int\)"),
    ((IMAGES, LABELS > 2), r"digits\[1\], the labels, must be whole .*; got .* bool: use .*int\)"),
    ((IMAGES, np.eye(4)), r"digits must be .*got shapes .*: use labels.argmax\(axis=1\)"),
    ((IMAGES, LABELS[:, None]), r"digits must be .*got shapes .*: use labels\[:, 0\]"),
])  # fmt: skip
def test_labeled_images_out_of_range(pair, line):
    """One line names which of the two, what was expected and what was given."""
    with pytest.raises(ValueError, match=f"^{line}$|^{line} "):
        as_labeled("digits", pair)


DIGIT = np.linspace(0, 1, 28 * 28).reshape(28, 28)


@pytest.mark.parametrize("image, line", [
    (np.uint8(DIGIT * 255), r"0 to 255: divide by 255"),
    (DIGIT * 255, r"0 to 255: divide by 255"),
    (np.uint16(DIGIT * 65535), r"0 to 65535: divide by 65535"),
    (np.uint16(DIGIT * 4095), r"0 to 4095: divide by 4095 if they have 12 bits, by 65535 if .* 16 bits"),
    (np.uint16(DIGIT * 16383), r"0 to 16383: divide by 16383 if they have 14 bits, by 65535 if .* 16 bits"),
    (DIGIT * 20_000, r"0 to 20000: divide by 65535 if they have 16 bits"),
    (np.uint16(DIGIT * 200), r"0 to 200: divide by 255 if they are bytes, by 65535 if they have 16 bits"),
    (DIGIT * 200, r"0 to 200: divide by 255 if they are bytes"),
    (np.uint8(DIGIT * 8), r"0 to 8: divide by 255"),
    (np.arange(9).reshape(3, 3), r"0 to 8: divide by the largest possible value, such as 255 for .*"),
    (DIGIT * 100, r"0 to 100: divide by the largest possible value, such as .* or 100 for percentages"),
    ((DIGIT - 0.1307) / 0.3081, r"-0.42\d* to 2.82\d*: if they were standardized, undo it: .*std \+ mean"),
    (DIGIT * 2 - 1, r"-1 to 1: if they were scaled to −1 … 1, undo it: \(values \+ 1\) / 2"),
    (np.where(DIGIT > 0.999, np.inf, DIGIT), r"NaN or infinity in 1 of 784 places, first at \[27, 27\]"),
    (np.where(DIGIT > 0.5, np.nan, DIGIT), r"NaN or infinity in 392 of 784 places, first at \[14, 0\]"),
    (DIGIT - np.inf, r"NaN or infinity in 784 of 784 places, first at \[0, 0\]"),
    (DIGIT * 1.5, r"0 to 1.5"), (DIGIT * 1e9, r"0 to 1e\+09"), (DIGIT * -255, r"-255 to -?0"),
    (DIGIT * 300 - 150, r"-150 to 150"),
])  # fmt: skip
def test_values_out_of_range_are_advised_by_what_came(image, line):
    """Bytes, 12 and 16 bits, standardized values; where it could be anything there is no advice."""
    with pytest.raises(ValueError, match=f"^image must hold values from 0 to 1; got {line}$"):
        as_brightness("image", image)


@pytest.mark.parametrize("value, line", [
    ([1.0, np.nan], r"finite numbers; got NaN or infinity in 1 of 2 places, first at \[1\]"),
    ([[1.0], [-np.inf]], r"finite numbers; got NaN or infinity in 1 of 2 places, first at \[1, 0\]"),
    ([1.0, 1e300], r"numbers up to 3.4e\+38; got 1 to 1e\+300"),
    ([-1e39, 1.0], r"numbers up to 3.4e\+38; got -1e\+39 to 1"),
])  # fmt: skip
def test_what_is_not_finite_is_refused(value, line):
    """In float32, in which networks compute; the error says where the first one is."""
    with pytest.raises(ValueError, match=f"^images must hold {line}$"):
        as_finite("images", np.array(value))


@pytest.mark.parametrize("value", [[3.4e38, -3.4e38, 0.0], [2**62], [True]])
def test_what_is_finite_is_returned(value):
    array = np.array(value)
    assert as_finite("images", array) is array


@pytest.mark.parametrize("labels, line", [
    (np.eye(4), r"labels must be 4 whole numbers, .*: use labels.argmax\(axis=1\)"),
    (LABELS[:, None], r"labels must be 4 whole numbers, .*: use labels\[:, 0\]"),
    (LABELS * 1.0, r"labels must be 4 whole numbers, .*: use labels.astype\(int\)"),
    (LABELS > 2, r"labels must be 4 whole numbers, .*: use labels.astype\(int\)"),
    (LABELS * 0.5, r"labels must be 4 whole numbers, .* float64"),
    (LABELS * np.nan, r"labels must be 4 whole numbers, .* float64"),
    (LABELS[:3], r"labels must be 4 whole numbers, .* int64"),
    (np.eye(3), r"labels must be 4 whole numbers, .* float64"),
    (["cat", "dog", "cat", "owl"], r"labels must hold real numbers; .*: number the classes from 0"),
    (None, "labels must hold real numbers; got None"),
    (LABELS + 1, r"labels must be from 0 to 3; got 1 to 4: subtract 1"),
    (LABELS + 2, r"labels must be from 0 to 3; got 2 to 5"),
    (LABELS - 1, r"labels must be from 0 to 3; got -1 to 2"),
])  # fmt: skip
def test_labels_in_another_form_are_refused_with_advice(labels, line):
    """One-hot, a column, floats, bools, text, counted from 1: one line says how to convert them."""
    with pytest.raises((ValueError, TypeError), match=f"^{line}$") as caught:
        as_labels("labels", labels, classes=4, count=4)
    assert "\n" not in str(caught.value) and len(str(caught.value)) < 200


@pytest.mark.parametrize("value", [
    None, 3, IMAGES, (), (IMAGES,), (IMAGES, LABELS, LABELS), (LABELS, IMAGES), (IMAGES, 3),
    (IMAGES, LABELS[:3]), (IMAGES, IMAGES), (IMAGES, "abcd"), (IMAGES, None), ([], []),
    (GRAY, LABELS), (IMAGES[:0], LABELS[:0]),
])  # fmt: skip
def test_invalid_labeled_images(value):
    """One short line that names the parameter."""
    with pytest.raises((ValueError, TypeError), match="^digits") as caught:
        as_labeled("digits", value)
    assert len(str(caught.value)) < 250 and "\n" not in str(caught.value)
