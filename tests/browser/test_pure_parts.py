"""The parts of the front end that need no page, in a blank one: no Jupyter, no kernel, no network."""

import re
from importlib import import_module
from itertools import product

import numpy as np
import pytest

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
    """Numbers on them are white; the threshold is that of the static figure."""
    for color, dark in (
        ([120, 120, 120], True), ([121, 121, 121], False), ([255, 0, 0], True),
        ([0, 255, 0], False), ([0, 0, 255], True),
    ):  # fmt: skip
        assert call("bitmap.js", "isDark", *color) is dark


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
    """A cone with two lines, each on a rim; or one faint line between the middles."""
    corners = [[0, 0], [10, 4], [10, 6], [0, 8]]
    shapes = call("links.js", "shapesOf", corners, False)
    assert [name for name, _ in shapes] == ["cone", "rim", "rim", "line", "line"]
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


# ---------------------------------------------------------------- number_grid.js


@pytest.mark.parametrize("value, step, text", [
    (0, 0.1, "0"), (2, 1, "2"), (1 / 9, 0.1, "0.1111"), (-1 / 9, 0.1, "-0.1111"), (0.5, 0.1, "0.5"),
    (0.00001, 0.1, "0"), (-0.00001, 0.1, "0"), (0.00123, 0.0001, "0.00123"), (512, 1, "512"),
    (12345, 1, "12345"), (-12345.678, 0.1, "-12346"), (1e15, 1, "1000000000000000"), (0.1 + 0.2, 0.1, "0.3"), (-10, 0.1, "-10"),
])  # fmt: skip
def test_numbers_are_shortened(call, value, step, text):
    assert call("number_grid.js", "tidy", value, step) == text


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
