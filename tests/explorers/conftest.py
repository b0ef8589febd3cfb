"""What the explorers' tests share."""

import ipywidgets
import pytest


@pytest.fixture
def messages(monkeypatch):
    """Every message to the page from now on: the widget, and what it tells of its state."""
    sent = []

    def send(self, message, buffers=None):
        if message["method"] == "update":
            names = [path[0] for path in message["buffer_paths"]]
            sent.append((self, {**message["state"], **dict.fromkeys(names)}))

    monkeypatch.setattr(ipywidgets.Widget, "_send", send)
    return sent


@pytest.fixture(autouse=True)
def nothing_in_the_log(caplog):
    """What goes wrong while a message of the page is handled, ipywidgets only logs."""
    yield
    assert not [record.getMessage() for record in caplog.get_records("call")]
