"""The static picture of an explorer: what a saved notebook shows without a kernel."""

import subprocess
import sys
from base64 import b64decode
from io import BytesIO
from pathlib import Path

import numpy as np
import pytest
from explorers.driving import image_views, picture, same
from PIL import Image, ImageFont

from helpers.explorers import EdgeExplorer, KernelExplorer, PixelExplorer, WindowExplorer
from helpers.explorers.panels.dot_product import DotProduct
from helpers.explorers.widgets.drawing import Drawing, line
from helpers.explorers.widgets.element import Text
from helpers.explorers.widgets.image_view import ImageView, mark
from helpers.explorers.widgets.still import GAP, MARK, PICTURE, WIDEST, page_of
from helpers.explorers.widgets.still_text import LINE, PAGE, draw_text, plain
from helpers.rendering import View

ROOT = Path(__file__).parents[2]
BUILD = {
    "kernel": lambda: KernelExplorer(picture(7, 11, 3), "outline", "signed"),
    "edge": lambda: EdgeExplorer(picture(9, 6)),
    "window": lambda: WindowExplorer(np.arange(20).reshape(4, 5), [[0, 1], [2, -3], [1, 0]]),
}
every = pytest.mark.parametrize("build", BUILD.values(), ids=BUILD)


def opened(data):
    """The pixels of a PNG, as Pillow reads them."""
    image = Image.open(BytesIO(data))
    assert image.format == "PNG"
    return np.asarray(image.convert("RGB"))


def still(explorer):
    bundle, _ = explorer._repr_mimebundle_()
    return b64decode(bundle["image/png"], validate=True)


@every
def test_the_bundle_holds_widget_picture_and_text(build):
    """A page with a kernel shows the widget; others show the picture, with its text."""
    explorer = build()
    bundle, metadata = explorer._repr_mimebundle_()
    view = bundle["application/vnd.jupyter.widget-view+json"]
    assert view["model_id"] == explorer.model_id
    alt = metadata["image/png"]["alt"]
    assert bundle["text/plain"] == explorer.describe() and alt == explorer.alt_text()
    assert alt.startswith(explorer.describe())
    assert "\n" not in alt and explorer.model_id not in alt
    pixels = opened(still(explorer))
    assert pixels.shape[0] > 200 and pixels.shape[1] > 200 and len(still(explorer)) < 60_000


@every
def test_the_same_state_gives_the_same_bytes(build):
    """Twice from one explorer, and from two explorers."""
    explorer = build()
    assert still(explorer) == still(explorer) == still(build())


def test_two_new_processes_give_the_same_bytes():
    """So a notebook that is rerun does not change."""
    code = """
from helpers.explorers import EdgeExplorer, KernelExplorer, WindowExplorer
for explorer in KernelExplorer(), EdgeExplorer("coins"), WindowExplorer([[1, 2, 3]], [[1, 2]]):
    bundle, _ = explorer._repr_mimebundle_()
    print(bundle["text/plain"], bundle["image/png"])
"""
    runs = [
        subprocess.Popen(
            [sys.executable, "-c", code], stdout=subprocess.PIPE, text=True,
            env={"PYTHONPATH": str(ROOT), "PYTHONHASHSEED": seed},
        )
        for seed in "12"
    ]  # fmt: skip
    first, second = (run.communicate(timeout=60)[0] for run in runs)
    assert first == second and len(first.splitlines()) == 3


def test_the_text_describes_the_picture():
    """The image, the kernel, the view, the position of the window."""
    assert BUILD["kernel"]().describe() == "KernelExplorer: your array under outline, shown signed"
    assert BUILD["edge"]().describe() == "EdgeExplorer: your array, Sobel kernels"
    assert BUILD["window"]().describe() == (
        "WindowExplorer: 4×5 image, 3×2 kernel, position 1 of 8, output 3"
    )


def test_the_picture_follows_the_state():
    """Another kernel gives another picture."""
    explorer = BUILD["kernel"]()
    before = still(explorer)
    explorer.preset.value = "emboss"
    assert still(explorer) != before


def show(pixels, numbers=None, note="", **traits):
    view = ImageView()
    pixels = np.asarray(pixels, np.uint8)
    view.show(View(pixels, (), (), note), numbers, **traits)
    return view


def test_cells_are_squares_of_their_color():
    """Two rows and three columns, each in its place below the title."""
    red, green, blue = 255 * np.eye(3, dtype=int)
    cells = np.array([[red, green, blue], [blue - blue, red + green, red + blue]])
    pixels = opened(page_of([[show(cells)]]))
    side = (pixels.shape[1] - 2 * GAP) / 3
    for row, column in np.ndindex(2, 3):
        top, left = GAP + LINE + int(row * side), GAP + int(column * side)
        block = pixels[top + 3 : int(top + side) - 3, left + 3 : int(left + side) - 3].astype(int)
        assert np.abs(block - cells[row, column]).max() <= 8
    same(pixels[:, :GAP], 255)


def test_marks_numbers_and_notes_are_drawn():
    """Each of them changes the picture; the mark has its color."""
    cells = np.full((4, 6), 200)
    plain = page_of([[show(cells)]])
    marked = page_of([[show(cells, marks=[mark(1, 2, 2, 2)])]])
    near = np.abs(opened(marked).astype(int) - MARK).max(axis=-1) <= 8
    rows, columns = np.nonzero(near)
    side = (opened(plain).shape[1] - 2 * GAP) / 6
    top, left = GAP + LINE + side, GAP + 2 * side
    corners = [rows.min() - top, rows.max() - top, columns.min() - left, columns.max() - left]
    np.testing.assert_allclose(corners, [0, 2 * side, 0, 2 * side], atol=2)
    others = [show(cells, cells), show(cells, note="seen"), show(cells, title="grid")]
    assert len({plain, marked, *(page_of([[view]]) for view in others)}) == 5


@pytest.mark.parametrize("number", [-0.000054, -10.25, 8])
def test_numbers_stay_inside_their_cells(number):
    """Nothing is drawn on the lines between the columns, however long a number is."""
    numbers = np.full((3, 3), number)
    pixels = opened(page_of([[show(np.full((3, 3), 200), numbers, write="{:.2g}".format)]]))
    side = (pixels.shape[1] - 2 * GAP) / 3
    lines = pixels[GAP + LINE + 1 : -GAP - 1, [GAP + round(side), GAP + round(2 * side)]]
    assert np.ptp(lines) == 0 and np.ptp(pixels) > 100


def test_rows_do_not_overlap():
    """The next row starts below the tallest view of the one before."""
    tall, flat = show(np.zeros((9, 3))), show(np.zeros((3, 9)))
    first = opened(page_of([[tall, flat]]))
    both = opened(page_of([[tall, flat], [show([[[255, 0, 0]]])]]))
    red = np.argwhere(np.abs(both.astype(int) - (255, 0, 0)).max(axis=-1) <= 8)
    assert red[0].tolist() == [len(first) + LINE + 1, GAP + 1]  # inside the border
    same(both[: len(first), : first.shape[1]], first)


@pytest.mark.parametrize(
    "shape", [(1, 1), (1, 400), (400, 1), (3, 700), (600, 500, 3), (12, 5), (18, 18)]
)
def test_any_shape(shape):
    """Very flat, very tall, one cell, larger than the page; small grids with numbers."""
    cells = np.zeros(shape)
    view = show(cells, cells if max(shape) <= 18 else None, title="t" * 60)
    pixels = opened(page_of([[view, view], [view]]))
    assert pixels.shape[1] < 900 and pixels.shape[0] < 2000


def test_thin_marks_differ_from_the_window():
    """They are thinner, as on the page."""
    cells = np.full((4, 6), 200)
    thin, window = (show(cells, marks=[mark(1, 2, thin=thin)]) for thin in (True, False))
    assert page_of([[thin]]) != page_of([[window]])


@every
def test_every_letter_can_be_drawn(build):
    """The font of the static picture has every character of the titles and texts, or replaces it."""
    font = ImageFont.load_default(12)
    missing = bytes(font.getmask("\U0010ffff"))
    texts = [element.value for element in build().elements if isinstance(element, Text)]
    titles = plain(
        "".join(["≈", *texts] + [view.title + view.note for view in image_views(build())])
    )
    assert not [letter for letter in titles if bytes(font.getmask(letter)) == missing]


def test_a_mark_may_extend_beyond_the_picture():
    """As the window does in padding."""
    marks = [mark(-1, -1, 3, 3), mark(3, 5, 9, 9), mark(-50, -50, 2, 2)]
    opened(page_of([[show(np.zeros((4, 6)), marks=marks)]]))


@pytest.mark.parametrize("text", ["√(v² + h²)", "-180° … 180°", "<img src=x>", "猫 🐈", "a\nb"])
def test_any_text(text):
    """Titles and notes may contain any characters."""
    opened(page_of([[show(np.zeros((4, 6)), title=text, note=text)]]))


def test_hidden_views_are_left_out():
    """A picture that is hidden on the page is not in the static picture."""
    cells = show(np.full((4, 6), 200))
    assert page_of([[cells, show(np.zeros((9, 9)), hidden=True)]]) == page_of([[cells]])


# --- Scales, texts and signs


def test_a_scale_is_a_bar_of_its_colors():
    """As wide as the picture, from end to end; its labels are below."""
    view = ImageView(width=PICTURE)
    view.show(
        View(np.full((9, 9), 255, np.uint8), ("#0000ff", "#ffffff", "#ff8000"), ("-3", "0", "3"))
    )
    pixels = opened(page_of([[view]])).astype(int)
    bar = pixels[GAP + LINE + PICTURE + 8, GAP : GAP + PICTURE]
    for place, color in ((3, (0, 0, 255)), (PICTURE // 2, (255, 255, 255)), (-4, (255, 128, 0))):
        assert np.abs(bar[place] - color).max() < 12
    below = pixels[GAP + LINE + PICTURE + 13 :]
    assert (below[:, GAP : GAP + 20] < 128).any() and (below[:, PICTURE:] < 128).any()


def test_a_text_is_in_the_picture():
    """Broken between words, as wide as a page at most; an empty one takes no room."""
    short, long = draw_text("0.5 = 0.5"), draw_text("0.25·(-10.25) + " * 40)
    assert short.width < 80 and PAGE - 120 < long.width <= PAGE
    assert long.height % short.height == 0 and long.height > 3 * short.height
    picture = show(np.zeros((9, 9)))
    assert page_of([[picture], [Text("")]]) == page_of([[picture]])
    assert (
        len(opened(page_of([[picture], [Text("sum")]])))
        == len(opened(page_of([[picture]]))) + LINE + GAP
    )


def test_the_product_has_its_signs_and_its_sum():
    """Patch × kernel = products side by side, the signs halfway up; the sum below."""
    explorer = BUILD["window"]()
    patch, times, kernel, equals, products = explorer.products.stills[0]
    assert [patch, kernel, products] == list(explorer.products.grids)
    assert (times.value, equals.value) == ("×", "=")
    assert [element.value for element in explorer.products.stills[1]] == [
        explorer.products.total.value
    ]
    pixels = opened(page_of(explorer.products.stills[:1])).min(axis=-1)
    left = GAP + patch.still().width + 5
    sign = np.argwhere(pixels[:, left : left + times.still().width + GAP] < 128)
    middle = GAP + patch.still().height / 2
    assert len(sign) and abs(sign[:, 0].mean() - middle) < 6
    assert isinstance(explorer.products, DotProduct)


def test_a_wide_row_is_broken():
    """So that it can be read on a page; the order stays."""
    views = [show(np.full((9, 9), 40 * k), width=PICTURE) for k in range(5)]
    pixels = opened(page_of([views]))
    assert pixels.shape[1] <= WIDEST + 2 * GAP
    same(pixels, opened(page_of([views[:3], views[3:]])))


@pytest.mark.parametrize("name", ["pixel", "edge"])
def test_the_reading_is_in_the_picture(name):
    """Another pixel gives another line of numbers."""
    explorer = PixelExplorer(picture(9, 9)) if name == "pixel" else BUILD[name]()
    assert [explorer.reading] in explorer.stills


def test_dashes_are_even_and_curves_smooth():
    """A dashed line is a third gap, wherever it begins; a slanted one has no steps."""
    flat = Drawing(340, 60, "")
    flat.draw([line([(0, 30), (330, 30)], "#000000", "6 3", thick=2)], "")
    dark = np.asarray(flat.still().convert("L"))[30, :330].astype(int)
    assert abs((255 - dark).mean() / 255 - 2 / 3) < 0.05
    starts = np.flatnonzero(np.diff((dark < 128).astype(int)) == 1)
    assert set(np.diff(starts)) == {9}
    slanted = Drawing(340, 60, "")
    slanted.draw([line([(0, 20), (330, 40)], "#000000", thick=2)], "")
    assert len(np.unique(np.asarray(slanted.still().convert("L"))[20:40])) > 3, "gray at its sides"
