"""What the explorers' tests share."""

import ipywidgets
import pytest


@pytest.fixture
def messages(monkeypatch):
    """Every message to the page from now on, as (widget, state); a custom one has no state."""
    sent = []

    def send(self, message, buffers=None):
        if message["method"] != "echo_update":
            names = [path[0] for path in message.get("buffer_paths", ())]
            sent.append((self, {**message.get("state", {}), **dict.fromkeys(names)}))

    monkeypatch.setattr(ipywidgets.Widget, "_send", send)
    return sent
