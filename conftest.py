"""Settings for all tests, those in notebooks and in docstrings too."""

import os

import pytest

# Before NumPy is loaded, and for the kernels as well: with two tests at a time, threads that wait
# for each other's matrix products would keep both cores busy.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")


# files of browser tests that share no notebook with the others, and take long
ALONE = (
    "test_every_access",
    "test_steady_page",
    "test_first_minute",
    "test_layout",
    "test_loupe",
    "test_lessons",
    "test_saved_lesson",
    "test_lifetime",
    "test_slow_page",
    "test_slow_function",
)


def pytest_addoption(parser):
    """Options of the test of random moves on the explorers."""
    parser.addoption("--moves", type=int, default=1000, help="number of random moves")
    parser.addoption("--seed", type=int, default=0, help="seed of the random moves")


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config, log):
    """With `pytest -n 2` a file stays together, and so do the tests that share a browser.

    Those are all files of tests/browser but the ones in `ALONE`. Files are handed out in the order of
    `testpaths`, the long ones first, so that both cores are busy to the end.
    """
    from xdist.scheduler import LoadFileScheduling

    config.option.loadscopereorder = False

    class TwoBrowsers(LoadFileScheduling):
        def _split_scope(self, nodeid):
            browser, file = "tests/browser", super()._split_scope(nodeid)
            shared = nodeid.startswith(browser) and not any(name in nodeid for name in ALONE)
            return browser if shared else file

    return TwoBrowsers(config, log)
