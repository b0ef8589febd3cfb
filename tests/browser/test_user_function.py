"""A function that the learner wrote: its mistakes are told in one line, in the page."""

import pytest
from playwright.sync_api import expect

from browser.controls import box, problem, type_into
from browser.expected import IDENTITY, answer, gray, photo, sample
from browser.seen import Seen

SOURCE = """
from helpers import convolve
from helpers.explorers import KernelExplorer

def my_convolve(image, kernel):
    if kernel[1, 1] > 5:
        return image[10_000]
    return convolve(image, kernel)

KernelExplorer("cat", "identity", convolve=my_convolve)
"""
NEVER_RIGHT = """
def never_right(image, kernel):
    return image[10_000]

KernelExplorer("cat", "identity", convolve=never_right)
"""


def cat():
    return gray(sample("cat", 64))


@pytest.fixture(scope="module")
def notebook(run_notebook):
    notebook = run_notebook("own", SOURCE.strip())
    yield notebook
    notebook.page.close()


def must_show(page, center):
    kernel = [[center * weight for weight in row] for row in IDENTITY]
    Seen(page, "output").must_show(photo(answer(cat(), kernel)))


def test_the_picture_is_made_by_the_function(page):
    must_show(page, 1)


def test_a_function_that_fails_is_named_in_one_line_until_it_works_again(page):
    type_into(box(page), "6")
    expect(problem(page)).to_contain_text(
        "my_convolve failed in line 3 of the function: IndexError: index 10000"
    )
    assert "\n" not in problem(page).inner_text()
    must_show(page, 1)
    type_into(box(page), "2")
    must_show(page, 2)
    expect(problem(page)).to_have_count(0)


def test_a_function_that_fails_from_the_start_is_told_without_a_traceback(run_notebook):
    notebook = run_notebook("never", SOURCE.strip(), NEVER_RIGHT.strip())
    expect(problem(notebook.page)).to_contain_text(
        "never_right failed in line 2 of the function: IndexError"
    )
    expect(notebook.page.locator("[data-mime-type*=stderr]")).to_have_count(0)
    assert notebook.problems == []
    notebook.page.close()
