"""What the explorers' tests share."""

import pytest

from helpers.explorers.base import Explorer
from helpers.explorers.widgets.page import Page


@pytest.fixture
def messages(monkeypatch):
    """Every message to the page from now on, to explorers whose page says hello first."""
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
    """What goes wrong while a message of the page is handled, ipywidgets only logs."""
    yield
    assert not [record.getMessage() for record in caplog.get_records("call")]
