"""A training pauses when nobody may see it: its page was closed, or opened again."""

import asyncio

import pytest
from explorers.looping import in_a_kernel, until

from helpers.explorers import KernelLearner


def hello(explorer, page):
    explorer._handle_custom_msg({"sequence": [page, 1], "hello": page}, [])


def leave(explorer, page):
    explorer._handle_custom_msg({"sequence": [page, 2], "leaving": page}, [])


@pytest.mark.parametrize("job, pauses", [
    (lambda ours: leave(ours, "first"), True),
    (lambda ours: hello(ours, "second"), True),
    (lambda ours: hello(ours, "first"), False),  # sent again by a page that was slow to start
    (lambda ours: leave(ours, "another"), False),
], ids=["closed", "opened again", "greeted again", "another closed"])  # fmt: skip
def test_a_training_and_its_page(job, pauses):
    """A line says why it pauses; start continues."""

    async def run():
        ours = KernelLearner("cat")
        hello(ours, "first")
        ours.runner.start()
        await until(lambda: ours.descent.count > 2)
        job(ours)
        assert ours.runner.running != pauses
        await asyncio.sleep(0.2)
        reason = "paused, since its page was closed or opened again; press start to continue"
        assert ours.problem == (f"{reason}." if pauses else "")
        count = ours.descent.count
        ours.runner.start()
        await until(lambda: ours.descent.count > count)
        assert ours.problem == ""
        ours.close()

    in_a_kernel(run)


def test_a_page_that_leaves_changes_nothing_else():
    """Without a training there is nothing to pause and nothing to say."""
    ours = KernelLearner("cat")
    hello(ours, "first")
    leave(ours, "first")
    assert ours.problem == "" and ours.runner.error == ""
