"""The map of the lessons: a card each, in pages that keep styles and in pages that drop them."""

import re
from base64 import b64decode
from html.parser import HTMLParser

import numpy as np

from helpers import load_image
from helpers.lesson_map import SIDE, card_picture, lesson_map
from helpers.overview import LESSONS

HTML = lesson_map().html()


def cards():
    return re.findall(r"<td.*?</td>", HTML)


def test_every_lesson_has_a_card():
    """Picture, number and title, question, and a link from picture and title to the notebook."""
    assert len(cards()) == len(LESSONS)
    for card, lesson in zip(cards(), LESSONS):
        assert re.findall(r'href="([^"]+)"', card) == 2 * [lesson.file]
        text = re.sub("<[^>]+>", " ", card)
        assert f"{lesson.number} {lesson.title}" in text and lesson.question in text
        assert re.search(r'alt="[^"]+, [^"]+"', card)


def test_all_pictures_have_one_size():
    pictures = [load_image(encoded(card)) for card in cards()]
    assert len({picture.shape for picture in pictures}) == 1


def encoded(card):
    return b64decode(re.search(r"base64,([^\"]+)", card)[1])


def test_without_styles_it_is_a_table_of_three_columns():
    """Every row has three cells, the last one at most, and all elements are closed."""
    *rows, last = [row.count("<td") for row in re.findall("<tr.*?</tr>", HTML)]
    assert set(rows) == {3} and 1 <= last <= 3
    open_tags = []

    class Balance(HTMLParser):
        def handle_starttag(self, tag, attrs):
            if tag not in ("img", "br"):
                open_tags.append(tag)

        def handle_endtag(self, tag):
            assert open_tags.pop() == tag

    Balance().feed(HTML)
    assert open_tags == []


def test_text_for_pages_without_html():
    text = lesson_map()._repr_mimebundle_()["text/plain"]
    assert "01 Images are numbers; 02 Convolution by hand" in text


def test_a_card_shows_the_middle_of_its_first_two_panels():
    """Left a wide image cut to a square, right numbers printed on a dark cell and on a bright one."""
    wide = np.zeros((20, 40), np.float32)
    wide[:, 10:30] = 1
    tiny = np.array([[0.0, 1.0], [0.5, 0.5]])
    png = card_picture([(wide, "as a photo"), (tiny, "as a photo"), (tiny, "signed")])
    card = load_image(png, gray=True)
    assert card.shape[0] == SIDE and card.shape[1] > 2 * SIDE
    assert (card[:, :SIDE] > 0.99).all()
    dark, bright = card[: SIDE // 2, -SIDE : -SIDE // 2], card[: SIDE // 2, -SIDE // 2 :]
    assert dark.max() > 0.5 > bright.min() and np.median(dark) < np.median(bright)
