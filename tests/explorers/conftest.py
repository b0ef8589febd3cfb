"""Fixtures of the explorers' tests."""

import pytest

from helpers.explorers.base import Explorer
from helpers.explorers.widgets.page import Page


@pytest.fixture
def messages(monkeypatch):
    """Record every message to the page from now on; each explorer's page is greeted first."""
    sent = []
    build = Explorer.__init__

    def greeted(self, *arguments, **options):
        build(self, *arguments, **options)
        self._handle_custom_msg({"sequence": 1, "hello": True}, [])

    monkeypatch.setattr(Explorer, "__init__", greeted)
    monkeypatch.setattr(
        Page, "send", lambda self, content, buffers=None: sent.append((self, content, buffers))
    )
    return sent


@pytest.fixture(autouse=True)
def nothing_in_the_log(caplog):
    """ipywidgets only logs errors in handling a page's message, so the log must be empty."""
    yield
    assert not [record.getMessage() for record in caplog.get_records("call")]
