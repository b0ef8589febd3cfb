"""A function that the learner wrote: its errors are reported in one line on the page."""

import pytest
from playwright.sync_api import expect

from browser.controls import box, problem, type_into
from browser.expected import IDENTITY, gray, output, photo, sample
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
def notebook(run_notebook, desk):
    notebook = run_notebook("own", SOURCE.strip(), desk=desk)
    yield notebook
    notebook.close()


def must_show(page, center):
    kernel = [[center * weight for weight in row] for row in IDENTITY]
    Seen(page, "output").must_show(photo(output(cat(), kernel)))


def test_the_picture_is_the_output_of_the_function(page):
    must_show(page, 1)


def test_an_error_is_shown_in_one_line_until_the_function_works_again(page):
    type_into(box(page), "6")
    expect(problem(page)).to_contain_text(
        "my_convolve failed in line 3 of the function: IndexError: index 10000"
    )
    assert "\n" not in problem(page).inner_text()
    must_show(page, 1)
    type_into(box(page), "2")
    must_show(page, 2)
    expect(problem(page)).to_have_count(0)


def test_a_function_that_fails_at_first_is_reported_without_a_traceback(run_notebook):
    notebook = run_notebook("never", SOURCE.strip(), NEVER_RIGHT.strip())
    expect(problem(notebook.page)).to_contain_text(
        "never_right failed in line 2 of the function: IndexError"
    )
    expect(notebook.page.locator("[data-mime-type*=stderr]")).to_have_count(0)
    assert notebook.problems == []
    notebook.close()
