"""The parts of the front end that need no page, in a blank one: no Jupyter, no kernel, no network."""

import re
from importlib import import_module
from itertools import product

import numpy as np
import pytest

from helpers.colormaps import SIGNED_PALETTE, ink_on
from helpers.explorers.widgets.element import Element
from helpers.explorers.widgets.scripts import FOLDER, script, styles

ORIGIN = "http://front-end.test/"  # every request to it is served from the folder
SVG = "http://www.w3.org/2000/svg"
BOX = {"left": 10, "top": 20, "width": 60, "height": 20}  # 3 columns of 20, 2 rows of 10
same = np.testing.assert_array_equal


@pytest.fixture(scope="module")
def blank(browser):
    """A page that can import each module from its file, and the bundled script."""
    page = browser.new_page()
    page.route("**/*", serve)
    page.goto(ORIGIN)
    yield page
    page.close()


def serve(route):
    name = route.request.url.removeprefix(ORIGIN)
    if name == "joined.js":
        route.fulfill(body=script("explorer.js"), content_type="text/javascript")
    elif name.endswith(".js"):
        route.fulfill(path=FOLDER / name, content_type="text/javascript")
    else:
        route.fulfill(body="<!doctype html>", content_type="text/html")


@pytest.fixture
def call(blank):
    """Call a function that a module exports; its result must be JSON."""

    def call(module, name, *arguments):
        code = f"async (given) => (await import('/{module}')).{name}(...given)"
        return blank.evaluate(code, arguments)

    return call


@pytest.fixture
def run(blank):
    """Run a function(module, given) on a module."""

    def run(module, function, given=None):
        code = f"async (given) => ({function})(await import('/{module}'), given)"
        return blank.evaluate(code, given)

    return run


# ---------------------------------------------------------------- geometry.js


@pytest.mark.parametrize("row, column", list(product(range(2), range(3))))
def test_the_cell_under_a_point(call, row, column):
    """Anywhere in the cell, including its upper left corner."""
    for down, right in product((0, 0.5, 0.99), repeat=2):
        point = {"x": 10 + 20 * (column + right), "y": 20 + 10 * (row + down)}
        assert call("geometry.js", "cellAt", point, BOX, [2, 3]) == [row, column]


@pytest.mark.parametrize("x, y, cell", [
    (0, 25, [0, 0]), (999, 25, [0, 2]), (15, -5, [0, 0]), (15, 999, [1, 0]), (70, 40, [1, 2]),
])  # fmt: skip
def test_a_point_outside_belongs_to_the_nearest_cell(call, x, y, cell):
    assert call("geometry.js", "cellAt", {"x": x, "y": y}, BOX, [2, 3]) == cell


@pytest.mark.parametrize("start, end", [
    ([2, 3], [2, 9]), ([2, 9], [2, 3]), ([0, 4], [7, 4]), ([1, 1], [4, 4]), ([0, 0], [3, 11]),
    ([9, 2], [1, 5]), ([5, 5], [5, 5]), ([5, 5], [4, 6]),
])  # fmt: skip
def test_the_cells_between_two_cells_have_no_gap(call, start, end):
    """From the one after the start to the end, each next to the one before, close to the line."""
    cells = np.array([start, *call("geometry.js", "cellsBetween", start, end)])
    same(cells[-1], end)
    assert len(cells) == 1 + max(1, *abs(np.subtract(end, start)))
    assert abs(np.diff(cells, axis=0)).max() <= 1
    way = np.subtract(end, start)
    across = (cells - start) @ [-way[1], way[0]] / (np.hypot(*way) or 1)
    assert abs(across).max() <= 0.5 + 1e-9


@pytest.mark.parametrize("key, shift, cell", [
    ("ArrowUp", False, [11, 20]), ("ArrowDown", False, [13, 20]), ("ArrowLeft", False, [12, 19]),
    ("ArrowRight", False, [12, 21]), ("ArrowUp", True, [2, 20]), ("ArrowDown", True, [14, 20]),
    ("ArrowLeft", True, [12, 10]), ("ArrowRight", True, [12, 24]), ("Enter", False, None),
    ("a", False, None), ("Tab", True, None),
])  # fmt: skip
def test_arrow_keys_move_the_cursor_inside_the_picture(call, key, shift, cell):
    """By one cell or by ten, in a picture of 15 rows and 25 columns."""
    assert call("geometry.js", "cellAfterKey", key, shift, [12, 20], [15, 25]) == cell


def test_corners_stay_corners(call):
    for key in ("ArrowUp", "ArrowLeft"):
        assert call("geometry.js", "cellAfterKey", key, True, [0, 0], [2, 3]) == [0, 0]
    for key in ("ArrowDown", "ArrowRight"):
        assert call("geometry.js", "cellAfterKey", key, True, [1, 2], [2, 3]) == [1, 2]


@pytest.mark.parametrize("cell", [{"width": 1.13, "height": 1.127}, {"width": 0.7, "height": 0.3}, {"width": 3, "height": 2.5}])  # fmt: skip
def test_covers_side_by_side_have_no_seam(call, cell):
    """They end where the next one begins, on a whole pixel of the screen."""
    rows, columns = 298, 449

    def box(row, column, down, right):
        mark = {"row": row, "column": column, "rows": down, "columns": right}
        place = call("geometry.js", "coverBox", mark, cell)
        assert all(isinstance(side, int) for side in place.values())
        return place

    for top, bottom, column in [(0, 1, 5), (1, 26, 30), (26, 51, 448), (273, 298, 0)]:
        ahead = box(top, column, bottom - top, columns - column)
        below = box(bottom, 0, rows - bottom, columns)
        assert ahead["top"] + ahead["height"] == below["top"]
        assert ahead["left"] + ahead["width"] == below["width"] == round(columns * cell["width"])
        assert below["top"] + below["height"] == round(rows * cell["height"])


@pytest.mark.parametrize("milliseconds, step", [
    (0, 0), (44, 0), (45, 1), (100, 2), (4000, 88), (10934, 242), (10936, -1), (99999, -1),
])  # fmt: skip
def test_a_sweep_is_where_the_time_is(call, milliseconds, step):
    """However seldom the page looks; after its 243 steps it has ended."""
    assert call("sweep.js", "stepAfter", milliseconds, 243) == step


def test_the_place_of_a_mark(call):
    """Cells of 10 by 20 pixels; a mark may start outside the picture."""
    cell = {"width": 10, "height": 20}
    for row, column, rows, columns in [(1, 2, 3, 1), (0, 0, 1, 4), (-1, -2, 3, 5)]:
        mark = {"row": row, "column": column, "rows": rows, "columns": columns}
        assert call("geometry.js", "markBox", mark, cell) == {
            "left": 10 * column, "top": 20 * row, "width": 10 * columns, "height": 20 * rows
        }  # fmt: skip


def test_a_mark_around_a_small_cell_is_large_enough_to_see(call):
    """It is at least nine pixels wide, with the same center."""
    mark = {"row": 10, "column": 30, "rows": 1, "columns": 3}
    box = call("geometry.js", "markBox", mark, {"width": 0.5, "height": 6})
    assert box == {"left": 30.5 * 0.5 + 0.5 - 4.5, "top": 63 - 4.5, "width": 9, "height": 9}


def test_the_same_cell(call):
    assert call("geometry.js", "sameCell", [1, 2], [1, 2]) is True
    assert call("geometry.js", "sameCell", [1, 2], [2, 1]) is False


def test_the_displayed_size_is_rows_then_columns(call):
    """In device pixels, of which there may be more than CSS pixels; rounded up."""
    assert call("geometry.js", "pixelsSeen", 30.2, 10, 2) == [20, 61]
    assert call("geometry.js", "pixelsSeen", 30, 10.4, 1) == [11, 30]


# ---------------------------------------------------------------- bitmap.js

FILL = """({ fillPixels }, [source, palette, count]) => {
    const target = new Uint32Array(count);
    fillPixels(target, Uint8Array.from(source), Uint8Array.from(palette));
    return [...new Uint8Array(target.buffer)];
}"""


def test_grays_become_pixels(run):
    """Two rows of three: row by row, opaque."""
    grays = [0, 1, 127, 128, 254, 255]
    found = np.reshape(run("bitmap.js", FILL, [grays, [], 6]), (6, 4))
    same(found[:, :3], np.transpose([grays] * 3))
    same(found[:, 3], 255)


def test_colors_become_pixels(run):
    """In the order red, green, blue."""
    source = np.arange(18) * 14
    found = np.reshape(run("bitmap.js", FILL, [source.tolist(), [], 6]), (6, 4))
    same(found[:, :3], source.reshape(6, 3))
    same(found[:, 3], 255)


def test_palette_indices_become_colors(run):
    palette = np.random.default_rng(0).integers(0, 256, (256, 3))
    indices = [0, 3, 255, 128, 3, 17]
    found = np.reshape(run("bitmap.js", FILL, [indices, palette.ravel().tolist(), 6]), (6, 4))
    same(found[:, :3], palette[indices])


def test_bytes_of_a_part_of_a_buffer(run):
    """A message holds views into a larger buffer."""
    code = "({ bytesOf }) => [...bytesOf(new DataView(Uint8Array.from([9, 8, 7, 6]).buffer, 1, 2))]"
    assert run("bitmap.js", code) == [8, 7]


def test_which_colors_are_dark(call):
    """Numbers on them are white, on the page as in static pictures."""
    grays = [[gray] * 3 for gray in (0, 117, 118, 255)]
    for color in (*grays, *SIGNED_PALETTE[::16].tolist(), [255, 0, 0], [0, 255, 0], [0, 0, 255]):
        assert call("bitmap.js", "isDark", *color) is (ink_on(color) == "white"), color


# ---------------------------------------------------------------- connection.js

ADD = """({ addEvent }, news) => {
    const waiting = [];
    for (const [name, words] of news) addEvent(waiting, name, words);
    return waiting;
}"""
WAITING = {
    "moves of one control": (
        [["a", {"value": [1]}], ["a", {"value": [2]}]],
        [["a", {"value": [2]}]],
    ),
    "moves of two controls": (
        [["a", {"value": 1}], ["b", {"value": 2}], ["a", {"value": 3}]],
        [["b", {"value": 2}], ["a", {"value": 3}]],
    ),
    "two weights of one grid": (
        [["a", {"index": 0, "number": 1}], ["a", {"index": 1, "number": 2}],
         ["a", {"index": 1, "number": 3}]],
        [["a", {"index": 0, "number": 1}], ["a", {"index": 1, "number": 3}]],
    ),
    "what is typed": (
        [["a", {"index": 0, "text": "1"}], ["a", {"index": 0, "text": "2"}]],
        [["a", {"index": 0, "text": "1"}], ["a", {"index": 0, "text": "2"}]],
    ),
    "clicks": (
        [["a", {"press": True}], ["a", {"press": True}]],
        [["a", {"press": True}], ["a", {"press": True}]],
    ),
    "the cursor": (
        [["a", {"cursor": [1, 2], "pinned": True}], ["a", {"cursor": [3, 4], "pinned": False}]],
        [["a", {"cursor": [3, 4], "pinned": False}]],
    ),
    "another state": (
        [["a", {"cursor": [1, 2], "pinned": True}], ["a", {"seen": [3, 4]}]],
        [["a", {"cursor": [1, 2], "pinned": True}], ["a", {"seen": [3, 4]}]],
    ),
}  # fmt: skip


def test_a_link_runs_from_the_right_of_one_mark_to_the_left_of_another(call):
    """Places on the page, of marks in pictures with cells of 20 × 10 and of 2 × 2 CSS pixels."""
    one = {**BOX, "rows": 2, "columns": 3}
    start = call("geometry.js", "placeOf", one, {"row": 0, "column": 1, "rows": 2, "columns": 1})
    assert start == {"left": 30, "top": 20, "width": 20, "height": 20}
    other = {"left": 200, "top": 0, "width": 40, "height": 40, "rows": 20, "columns": 20}
    end = call("geometry.js", "placeOf", other, {"row": 5, "column": 4, "rows": 1, "columns": 1})
    assert end == {"left": 204.5, "top": 6.5, "width": 9, "height": 9}  # large enough to be seen
    corners = call("geometry.js", "linkCorners", start, end)
    assert corners == [[50, 20], [204.5, 6.5], [204.5, 15.5], [50, 40]]


def test_the_shapes_of_a_link(call):
    """A cone with two lines, each on an outline; or one faint line between the middles."""
    corners = [[0, 0], [10, 4], [10, 6], [0, 8]]
    shapes = call("links.js", "shapesOf", corners, False)
    assert [name for name, _ in shapes] == ["cone", "outline", "outline", "line", "line"]
    assert shapes[0][1] == corners and shapes[3][1] == [[0, 0], [10, 4]]
    assert call("links.js", "shapesOf", corners, True) == [["faint", [[0, 4], [10, 5]]]]


@pytest.mark.parametrize("news, waiting", WAITING.values(), ids=WAITING)
def test_changes_that_wait_for_python(run, news, waiting):
    """The newest state of each control, and every single event, in order."""
    assert run("connection.js", ADD, news) == waiting


def test_pieces_of_a_stroke_are_joined(run):
    """Also when the cursor moves in between: no cell is lost, and one piece and one cursor remain."""
    news = [
        ["pad", {"cursor": [0, 5], "pinned": False}],
        ["pad", {"paint": [[0, 5]], "begins": True}],
    ]
    for n in range(1, 6):
        news += [["pad", {"paint": [[n, 5], [n, 6]]}], ["pad", {"cursor": [n, 6], "pinned": False}]]
    cells = [[0, 5], *([n, column] for n in range(1, 6) for column in (5, 6))]
    assert run("connection.js", ADD, news) == [
        ["pad", {"paint": cells, "begins": True}], ["pad", {"cursor": [5, 6], "pinned": False}]
    ]  # fmt: skip


def test_two_strokes_are_not_joined(run):
    """A new stroke is not joined to the last one, nor to a stroke on another drawing."""
    pieces = [
        ["pad", {"paint": [[1, 2]], "begins": True}], ["pad", {"paint": [[1, 3]]}],
        ["pad", {"paint": [[7, 2]], "begins": True}], ["other", {"paint": [[9, 9]]}],
        ["pad", {"paint": [[7, 3]]}],
    ]  # fmt: skip
    assert run("connection.js", ADD, pieces) == [
        ["pad", {"paint": [[1, 2], [1, 3]], "begins": True}],
        ["pad", {"paint": [[7, 2], [7, 3]], "begins": True}],
        ["other", {"paint": [[9, 9]]}],
    ]


def test_messages_are_copied(run):
    """A control may go on changing the object that it sent."""
    code = """({ addEvent }) => {
        const waiting = [], words = { value: 1 };
        addEvent(waiting, "a", words);
        words.value = 2;
        return waiting;
    }"""
    assert run("connection.js", code) == [["a", {"value": 1}]]


# a message's number stands for the pair of page name and number
CONNECT = """({ connect }, steps) => {
    const sent = [], news = [];
    let page;
    let receive;
    function send({ sequence, ...content }) {
        [page] = sequence;
        sent.push({ ...content, sequence: sequence[1] });
    }
    const model = { send, on: (name, handler) => { receive = handler; } };
    const connection = connect(model, (names) => news.push(Object.keys(names)), () => {});
    const act = {
        hello: () => connection.hello(),
        send: ([name, event]) => connection.send(name, event),
        receive: ({ reply_to: number, ...content }) => receive({ ...content, reply_to: number && [page, number] }, []),
        elsewhere: (content) => receive({ ...content, reply_to: ["another page", 99] }, []),
    };
    return (async () => {
        for (const [kind, given] of steps) {
            act[kind](given);
            await Promise.resolve();
        }
        return { sent, news, states: connection.states, waiting: connection.isWaiting() };
    })();
}"""
EVERYTHING = [["hello", None], ["receive", {"changes": {"a": {"value": 0}}, "reply_to": 1}]]


def test_at_most_two_messages_are_in_flight(run):
    """Later changes are sent when the first reply arrives, and only the newest state."""
    moves = [["send", ["a", {"value": n}]] for n in range(1, 8)]
    found = run("connection.js", CONNECT, [*EVERYTHING, *moves])
    said = [content.get("events") for content in found["sent"]]
    assert said == [None, [["a", {"value": 1}]], [["a", {"value": 2}]]] and found["waiting"]
    found = run(
        "connection.js", CONNECT, [*EVERYTHING, *moves, ["receive", {"changes": {}, "reply_to": 2}]]
    )
    assert found["sent"][-1] == {"events": [["a", {"value": 7}]], "sequence": 4}


def test_a_reply_to_an_older_message_does_not_undo_a_newer_change(run):
    """Only that control is left alone; everything else in the reply is applied."""
    steps = [
        *EVERYTHING, ["send", ["a", {"value": 1}]], ["send", ["a", {"value": 2}]],
        ["receive", {"changes": {"a": {"value": 1}, "b": {"title": "one"}}, "reply_to": 2}],
    ]  # fmt: skip
    states = run("connection.js", CONNECT, steps)["states"]
    assert states == {"a": {"value": 0}, "b": {"title": "one"}}
    last = ["receive", {"changes": {"a": {"value": 3}}, "reply_to": 3}]
    found = run("connection.js", CONNECT, [*steps, last])
    assert found["states"]["a"] == {"value": 3} and not found["waiting"]


def test_a_reply_to_another_page_is_applied_but_is_no_reply(run):
    """Two pages may show one explorer; a page waits for the reply with its full state."""
    said = {"changes": {"a": {"value": 5}}}
    early = run("connection.js", CONNECT, [["hello", None], ["elsewhere", said]])
    assert early["states"] == {} and early["waiting"]
    steps = [*EVERYTHING, ["send", ["b", {"value": 1}]], ["elsewhere", said]]
    found = run("connection.js", CONNECT, steps)
    assert found["states"]["a"] == {"value": 5} and found["waiting"]


def test_changes_that_python_sends_unasked_are_applied(run):
    """Such as a change made in a cell of the notebook; but only after the full state."""
    change = ["receive", {"changes": {"a": {"value": 5}}, "reply_to": None}]
    assert run("connection.js", CONNECT, [change])["states"] == {}
    found = run("connection.js", CONNECT, [*EVERYTHING, change])
    assert found["states"] == {"a": {"value": 5}} and found["news"] == [["a"], ["a"]]


# ---------------------------------------------------------------- scrubbing.js


@pytest.mark.parametrize("value, step, text", [
    (0, 0.1, "0"), (2, 1, "2"), (1 / 9, 0.1, "0.1111"), (-1 / 9, 0.1, "-0.1111"), (0.5, 0.1, "0.5"),
    (0.00001, 0.1, "0"), (-0.00001, 0.1, "0"), (0.00123, 0.0001, "0.00123"), (512, 1, "512"),
    (12345, 1, "12345"), (-12345.678, 0.1, "-12346"), (1e15, 1, "1000000000000000"), (0.1 + 0.2, 0.1, "0.3"), (-10, 0.1, "-10"),
])  # fmt: skip
def test_numbers_are_shortened(call, value, step, text):
    assert call("scrubbing.js", "tidy", value, step) == text


@pytest.mark.parametrize(
    "value, text", [(0.1568, "0.16"), (-0.2263, "-0.23"), (0.5, "0.5"), (0.004, "0"), (-10, "-10")]
)
def test_numbers_in_narrow_cells_have_few_decimals(call, value, text):
    assert call("scrubbing.js", "tidy", value, 0.1, 2) == text


WEIGHT = {"min": -10, "max": 10, "step": 0.1}


@pytest.fixture
def drag(call):
    """The numbers that a weight, or a number in a cell of `width` pixels, has along a drag."""

    def drag(start, pixels, width=None, fine=False, **limits):
        limits = {**WEIGHT, **limits}
        cell = "scaleOfWeight", limits
        if width is not None:
            cell = "scaleOfNumber", limits, width
        scale = call("scrubbing.js", *cell)
        return [call("scrubbing.js", "dragged", start, way, scale, fine) for way in pixels]

    return drag


def test_a_weight_moves_a_step_a_pixel_and_rests_on_whole_numbers(drag):
    """Sixteen pixels from one whole number to the next: three on each side of both belong to them."""
    found = drag(0, range(-19, 20))
    steps = [n / 10 for n in range(1, 10)]
    right = [0, 0, 0, *steps, *[1] * 7]
    assert found == [*(-n for n in right[::-1]), 0, *right]


@pytest.mark.parametrize("start, end", [(5, 6), (0, -1), (-1, 1), (0.5, 1), (1 / 9, 0), (9.99, 10)])
def test_every_whole_number_is_wide(drag, start, end):
    """At least six pixels of the way give exactly the number, wherever the drag started."""
    way = round(16 * (end - start))
    assert drag(start, range(way - 40, way + 40)).count(end) >= 6


def test_a_drag_back_to_its_start_gives_the_number_before(drag):
    """Exactly, also a fraction that no step reaches; beyond its ends the range has no numbers."""
    assert drag(1 / 9, [0]) == [1 / 9]
    assert drag(9, [500, -500, 1, 0]) == [10, -10, 9, 9]


def test_a_fine_drag_is_ten_times_as_slow_and_has_no_magnet(drag):
    assert drag(1, range(-30, 31), fine=True) == [round(n / 100, 2) for n in range(70, 131)]


@pytest.mark.parametrize("limits, width", [
    ({"min": -5, "max": 5}, 140), ({"min": 1, "max": 8, "step": 1}, 140),
    ({"min": 0, "max": 1, "step": 0.05}, 90), ({"min": 0.1, "max": 30, "step": 0.1}, 300),
    ({"min": 1, "max": 144, "step": 1}, 300),
])  # fmt: skip
def test_a_short_range_is_as_wide_as_its_cell(drag, limits, width):
    """From the lowest to the highest and not before; every number on the way is a whole step."""
    low, high = limits["min"], limits["max"]
    found = drag(low, range(width + 1), width, **limits)
    assert found[0] == low and found[-1] == high
    assert found == sorted(found) and found[round(width * 0.9)] < high
    steps = np.array(found[1:]) / limits.get("step", 0.1)
    np.testing.assert_allclose(steps, steps.round(), atol=1e-6)


LONG = pytest.mark.parametrize("limits, start", [
    ({"min": 1, "max": 1024, "step": 1}, 64), ({"min": 0, "max": 9999, "step": 1}, 7000),
    ({"min": -99, "max": 99, "step": 1}, 9), ({"min": 0.0001, "max": 0.1, "step": 0.0001}, 0.01),
    ({"min": 0.1, "max": 30, "step": 0.1}, 15),
])  # fmt: skip


@LONG
@pytest.mark.parametrize("width", [60, 140])
def test_every_number_of_a_long_range_can_be_hit(drag, limits, start, width):
    """The first 24 pixels of a drag, either way, skip none: two pixels a whole number, one a decimal."""
    step = limits["step"]
    slow = 2 if step == 1 else 1
    ways = np.arange(-24, 25)
    found = (np.array(drag(start, ways.tolist(), width, **limits)) - start) / step
    np.testing.assert_allclose(found, ways / slow, atol=0.5001)
    assert set(found.round()) == set(range(-24 // slow, 24 // slow + 1))


@LONG
def test_a_long_range_is_crossed_in_one_drag(drag, limits, start):
    """Of 240 pixels, if not by fewer; never backwards, and beyond the ends it stays."""
    low, high, _ = limits.values()
    for ways, end in ((range(401), high), (range(0, -401, -1), low)):
        found = np.array(drag(start, ways, 60, **limits))
        moves = np.diff(found) * np.sign(end - start)
        assert found[0] == start and (moves > -1e-9).all() and (found[240:] == end).all()
    assert drag(low, [100], 60, **limits)[0] < low + 0.4 * (high - low)


def test_a_drag_back_over_a_long_range_gives_the_number_before(drag):
    limits = {"min": 1, "max": 1024, "step": 1}
    far, near, none = drag(64, [90, 2, 0], 60, **limits)
    assert far > near == 65 and none == 64


def test_a_number_of_few_steps_needs_no_long_way(drag):
    """A step is at most 24 pixels; one that cannot be changed stays."""
    assert drag(1, [24, 48, 400], 400, min=1, max=4, step=1) == [2, 3, 4]
    assert drag(1, [-100, 100], 400, min=1, max=1, step=1) == [1, 1]


@pytest.mark.parametrize("key, shift, value, number", [
    ("ArrowUp", False, 0.2, 0.3), ("ArrowRight", False, 0.1, 0.2), ("ArrowDown", False, 0.3, 0.2),
    ("ArrowLeft", False, 0, -0.1), ("ArrowUp", True, 0.2, 0.21), ("ArrowLeft", True, 0, -0.01),
    ("PageUp", False, 0.5, 1.5), ("PageDown", False, 0.5, -0.5), ("Home", False, 3, -10),
    ("End", False, 3, 10), ("ArrowUp", False, 9.95, 10), ("PageDown", False, -10, -10),
    ("Enter", False, 3, None), ("5", False, 3, None), ("Tab", True, 3, None),
])  # fmt: skip
def test_keys_step_a_number(call, key, shift, value, number):
    """Inside its range, without the digits of rounding errors."""
    assert call("scrubbing.js", "afterKey", key, shift, value, WEIGHT) == number


def test_keys_step_a_whole_number(call):
    limits = {"min": 1, "max": 8, "step": 1}
    for key, shift, number in (("ArrowUp", False, 4), ("ArrowUp", True, 4), ("PageUp", False, 8)):
        assert call("scrubbing.js", "afterKey", key, shift, 3, limits) == number


@pytest.mark.parametrize("value, low, high, bar", [
    (2, -5, 5, (0.5, 0.7, 0.7)), (-5, -5, 5, (0, 0.5, 0)), (0, -5, 5, (0.5, 0.5, 0.5)),
    (3, 1, 5, (0, 0.5, 0.5)), (1, 1, 1, (0, 0, 0)), (-8, -9, -5, (0.25, 1, 0.25)),
])  # fmt: skip
def test_the_bar_of_a_number_begins_at_zero(call, value, low, high, bar):
    """Or at the end of the range that is nearest to it."""
    found = call("scrubbing.js", "barOf", value, {"min": low, "max": high})
    assert (found["from"], found["to"], found["at"]) == pytest.approx(bar)


# ---------------------------------------------------------------- glide.js and loupe_geometry.js

PICTURE = {"left": 10, "top": 20, "width": 300, "height": 200, "columns": 30, "rows": 20}
SIZE = {"width": 60, "height": 60}


def test_numbers_glide_from_one_end_to_the_other(call):
    """Never backwards, nor beyond."""
    way = [call("glide.js", "between", [0, 8], [10, 8], share / 10) for share in range(-1, 12)]
    assert way[0] == way[1] == [0, 8] and way[-1] == way[-2] == [10, 8]
    assert all(one[0] < other[0] for one, other in zip(way[1:11], way[2:12], strict=True))


def test_the_box_of_some_cells(call):
    box = call("loupe_geometry.js", "cellsBox", PICTURE, 3, 5, 2, 4)
    assert box == {"left": 60, "top": 50, "width": 40, "height": 20}


def test_the_cells_that_a_dilated_window_reads(call):
    """Row by row; they may lie outside the picture."""
    boxes = call("loupe_geometry.js", "readCells", PICTURE, [-2, 4], [2, 3], 3)
    places = [(box["top"], box["left"]) for box in boxes]
    assert places == [(20 + 10 * row, 10 + 10 * column) for row in (-2, 1) for column in (4, 7, 10)]


def overlap(one, other):
    """Whether two boxes overlap."""
    return all(
        one[start] < other[start] + other[size] and other[start] < one[start] + one[size]
        for start, size in (("left", "width"), ("top", "height"))
    )


@pytest.mark.parametrize("last", [None, "right", "below", "above", "left"])
def test_the_loupe_never_covers_the_window_and_stays_in_the_picture(call, last):
    for row, column in product(range(0, 18, 3), range(0, 28, 3)):
        box = call("loupe_geometry.js", "cellsBox", PICTURE, row, column, 3, 3)
        place = call("loupe_geometry.js", "placeBeside", box, SIZE, PICTURE, last)
        assert not overlap(place, box)
        assert 10 <= place["left"] <= 250 and 20 <= place["top"] <= 160


def test_the_loupe_does_not_jump_to_and_fro(call):
    """It stays on its side until there is no room: over a border and back, it changes once."""
    sides, side = [], None
    for column in [*range(10, 24), *range(24, 10, -1), *range(10, 24)]:
        box = call("loupe_geometry.js", "cellsBox", PICTURE, 9, column, 3, 3)
        side = call("loupe_geometry.js", "placeBeside", box, SIZE, PICTURE, side)["side"]
        sides.append(side)
    assert sides[0] == "right" and len(set(sides)) == 2
    assert sum(one != other for one, other in zip(sides, sides[1:], strict=False)) == 1


def test_where_there_is_no_room_it_still_leaves_the_window_free(call):
    """In a picture that is hardly larger than the window."""
    box = call("loupe_geometry.js", "cellsBox", PICTURE, 1, 1, 18, 28)
    place = call("loupe_geometry.js", "placeBeside", box, SIZE, PICTURE, None)
    assert not overlap(place, box)


def test_lines_start_apart_in_the_order_of_the_cells(call):
    loupe = {"left": 100, "top": 50, "width": 60, "height": 40}
    points = call("loupe_geometry.js", "fan", loupe, [2, 3])
    assert {point["x"] for point in points} == {160}
    heights = [point["y"] for point in points]
    same(np.unique(heights), heights)
    assert heights[0] > 50 and heights[2] < 70 < heights[3] and heights[-1] < 90


def test_lines_are_wider_for_larger_products(call):
    """Whatever the sign, and thinner beside a small loupe."""
    widths = [call("loupe_geometry.js", "lineWidth", share, 28) for share in (0, 0.1, -0.5, 1)]
    assert widths == sorted(widths) and widths[0] > 0 and widths[-1] == 4
    assert call("loupe_geometry.js", "lineWidth", 1, 14) == 2


@pytest.mark.parametrize("letters", [1, 5])
@pytest.mark.parametrize("side", [22, 31, 37, 38, 44, 60])
def test_a_weight_leaves_the_number_of_its_cell_readable(call, side, letters):
    """The number is at most 15 pixels high, half of a small cell; a weight without room is a bar."""
    cell = {"left": 7, "top": 9, "width": side, "height": side}
    place = call("loupe_geometry.js", "cornerOf", cell, letters)
    assert place["top"] >= 9 + side / 2 + min(15, side / 2) / 2 - 0.5
    assert place["height"] == 4 if side < 38 else place["height"] >= 11


@pytest.mark.parametrize("side, letters", [(14, 2), (21, 4), (30, 1), (30, 5), (60, 5)])
def test_a_weight_lies_inside_its_cell(call, side, letters):
    """In the lower half."""
    cell = {"left": 7, "top": 9, "width": side, "height": side}
    place = call("loupe_geometry.js", "cornerOf", cell, letters)
    assert place["left"] >= 7 and place["left"] + place["width"] <= 7 + side
    assert 9 + side / 2 <= place["top"] and place["top"] + place["height"] <= 9 + side


def test_the_line_to_a_pixel_crosses_no_number(call):
    """It ends at the pixel's corner, on the edge between its row and the next one."""
    for row, column in product(range(PICTURE["rows"]), range(PICTURE["columns"])):
        pixel = call("loupe_geometry.js", "cellsBox", PICTURE, row, column)
        start, end = call("loupe_geometry.js", "lineTo", pixel, PICTURE)
        assert start["x"] == PICTURE["left"] and end["x"] == pixel["left"]
        assert start["y"] == end["y"] == pixel["top"] + pixel["height"]


def test_dots_on_a_dilated_window_do_not_touch(call):
    far, near = (
        call("loupe_geometry.js", "readCells", PICTURE, [0, 0], [3, 3], dilation)
        for dilation in (2, 0.3)
    )
    assert len(call("loupe_geometry.js", "dotsOn", far, 3)) == 9
    assert call("loupe_geometry.js", "dotsOn", near, 3) == []


# ---------------------------------------------------------------- the bundled script

DECLARED = re.compile(
    r"^(?:export default )?(?:async )?(?:function\*?|const|let|var|class) (\w+)", re.M
)


def test_the_bundled_script_is_one_module(blank):
    """It has no import, one export, and declares no name twice, so Chromium can load it."""
    text = script("explorer.js")
    names = DECLARED.findall(text)
    assert len(names) > 40
    assert sorted(name for name in {*names} if names.count(name) > 1) == []
    assert re.findall(r"^\s*(?:import\b|export (?!default).*)|\bimport\(", text, re.M) == []
    assert text.count("export default") == 1
    assert blank.evaluate("async () => typeof (await import('/joined.js')).default") == "function"


def test_every_script_is_in_the_bundle():
    """No script is unused."""
    text = script("explorer.js")
    for path in FOLDER.glob("*.js"):
        first, *_ = path.read_text(encoding="utf-8").splitlines()
        assert first.startswith("// ") and first in text, path.name


def test_no_script_contains_a_web_address():
    """Except the SVG namespace, which is never fetched."""
    for text in (script("explorer.js"), styles()):
        found = re.findall(r"""\b\w+://[^\s"'`)]*|["'`(]//[^\s"'`)]+""", text)
        assert {*found} <= {SVG}
    assert "url(" not in styles() and "@import" not in styles()


def elements(kind=Element):
    """Every subclass of an element class."""
    return {each for sub in kind.__subclasses__() for each in (sub, *elements(sub))}


def test_each_kind_is_in_python_and_in_javascript():
    """KINDS names the JavaScript counterpart of each element, and nothing else."""
    for path in FOLDER.glob("*.py"):
        if re.search(r"^    kind = ", path.read_text(encoding="utf-8"), re.M):
            import_module(f"helpers.explorers.widgets.{path.stem}")
    (body,) = re.findall(r"const KINDS = \{(.*?)\};", script("explorer.js"), re.S)
    twins = [entry.split(":")[0].strip() for entry in body.split(",") if entry.strip()]
    kinds = {each.kind for each in elements() if each.__module__.startswith("helpers.")} - {""}
    assert sorted(twins) == sorted(kinds)


# ---------------------------------------------------------------- curve.js


@pytest.mark.parametrize(
    "fraction, number", [(0.1, 2), (0.9, 12), (0.5, 7), (0, 2), (1, 12), (-3, 2)]
)
def test_the_number_under_the_pointer(call, fraction, number):
    """It runs along the axis, and ends with it."""
    assert call("curve.js", "numberOnAxis", fraction, [0.1, 0.9], [2, 12]) == pytest.approx(number)


# ---------------------------------------------------------------- tiles.js


@pytest.mark.parametrize("count, across", [(1, 1), (5, 8), (8, 8), (12, 4), (13, 4)])
def test_the_corners_of_tiles(call, count, across):
    """Tiles of 3 columns and 2 rows fill their picture, row by row, and do not overlap."""
    across = min(across, count)
    down = -(-count // across)
    corners = call("tiles.js", "tileCorners", count, across, 3 * across, 2 * down)
    expected = [(3 * right, 2 * row, 3, 2) for row in range(down) for right in range(across)]
    assert [tuple(corner) for corner in corners] == expected[:count]


# ---------------------------------------------------------------- filter_tiles.js


@pytest.mark.parametrize(("count", "across"), [(1, 1), (5, 8), (16, 8), (11, 4)])
def test_keys_move_between_tiles(call, count, across):
    """To the neighbor, the first or the last; at an end the tile stays; other keys are not ours."""
    for at in range(count):
        to = {"ArrowLeft": at - 1, "ArrowRight": at + 1, "ArrowUp": at - across,
              "ArrowDown": at + across, "Home": 0, "End": count - 1}  # fmt: skip
        for key, place in to.items():
            expected = place if 0 <= place < count else at
            assert call("filter_tiles.js", "tileAfterKey", key, at, count, across) == expected
        assert call("filter_tiles.js", "tileAfterKey", "a", at, count, across) is None


# ---------------------------------------------------------------- live_camera.js


@pytest.mark.parametrize("width, height, part", [
    (640, 480, [0, 0, 640, 480]), (320, 240, [0, 0, 320, 240]), (640, 240, [160, 0, 320, 240]),
    (240, 320, [0, 70, 240, 180]),
])  # fmt: skip
def test_of_a_video_the_largest_central_part_of_the_frames_shape_is_taken(
    call, width, height, part
):
    """Without distortion: as wide or as high as the video."""
    assert call("live_camera.js", "centralPart", width, height, [240, 320]) == part


def test_frames_are_sent_without_alpha(call):
    sent = call("live_camera.js", "withoutAlpha", [1, 2, 3, 255, 4, 5, 6, 255])
    assert list(sent.values() if isinstance(sent, dict) else sent) == [1, 2, 3, 4, 5, 6]


@pytest.mark.parametrize("count, time, text", [
    (36, 2000, "18 pictures a second"), (9, 500, "18 pictures a second"),
    (2, 2000, "1 picture a second"), (0, 2000, "less than 1 picture a second"),
])  # fmt: skip
def test_the_rate_is_that_of_the_time_in_which_pictures_were_counted(call, count, time, text):
    assert call("live_camera.js", "rateText", count, time) == text
