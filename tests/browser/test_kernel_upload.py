"""KernelExplorer in JupyterLab and in Notebook 7: an uploaded picture."""

import numpy as np
from picture_bytes import file_bytes
from playwright.sync_api import expect

from browser.controls import pick, problem, upload
from browser.expected import SHARPEN, output, photo, sample
from browser.seen import Seen, until

OWN = np.random.default_rng(0).integers(0, 256, (24, 40, 3), dtype=np.uint8)


def test_an_uploaded_picture_is_shown_and_filtered(explorer):
    upload(explorer, "mine.png", file_bytes(OWN))
    Seen(explorer, "image").must_show(OWN)
    pick(explorer, "kernel", "sharpen")
    Seen(explorer, "output").must_show(photo(output(OWN / 255, SHARPEN)))


def test_a_file_that_is_not_an_image_is_named_in_one_line_and_the_last_picture_stays(explorer):
    upload(explorer, "small.png", file_bytes(OWN[:9]))
    Seen(explorer, "image").must_show(OWN[:9])
    upload(explorer, "notes.png", b"no picture at all")
    expect(problem(explorer)).to_contain_text("notes.png: ")
    assert "\n" not in problem(explorer).inner_text()
    Seen(explorer, "image").must_show(OWN[:9])
    pick(explorer, "image", "cat")
    expect(problem(explorer)).to_have_count(0)


def test_the_same_file_can_be_uploaded_again(explorer):
    for _ in range(2):
        pick(explorer, "image", "cat")
        Seen(explorer, "image").must_show(photo(sample("cat")))
        upload(explorer, "again.png", file_bytes(OWN[:, :16]))
        Seen(explorer, "image").must_show(OWN[:, :16])


def test_a_file_too_large_for_a_message_is_shrunk_in_the_page(explorer):
    """9 megabytes, red beside blue: Jupyter would close the connection without an error."""
    halves = np.zeros((1500, 2000, 3), np.uint8)
    halves[:, :1000, 0] = halves[:, 1000:, 2] = 200
    upload(explorer, "large.bmp", file_bytes(halves, "BMP"))
    view = Seen(explorer, "image, 384 rows, 512 columns")
    expect(view.figure).to_be_visible()

    def halves_seen():
        columns = view.picture.shape[1]
        left, right = (
            view.picture[:, : columns * 48 // 100],
            view.picture[:, columns * 52 // 100 :],
        )
        return (left == [200, 0, 0]).all() and (right == [0, 0, 200]).all()

    assert until(explorer, halves_seen)


def test_a_large_file_that_is_not_an_image_is_reported_in_one_line(explorer):
    upload(explorer, "film.png", bytes(9_000_000))
    expect(problem(explorer)).to_contain_text("no picture from film.png: the file has 9 MB")
    pick(explorer, "kernel", "sharpen")
    expect(problem(explorer)).to_be_visible()
    pick(explorer, "image", "coins")
    expect(problem(explorer)).to_have_count(0)
