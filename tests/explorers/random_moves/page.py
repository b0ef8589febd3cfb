"""A page without a browser: it sends messages as the JavaScript does, and keeps what it receives."""

import json
from contextlib import suppress


class SimulatedPage:
    """The states of all elements, by name and trait, as a page has them.

    A message goes the way of a browser's message. What the explorer sends must be valid JSON, with
    one reply to each message.
    """

    def __init__(self, explorer):
        self.explorer, self.states, self.replies = explorer, {}, []
        explorer.send = self._receive
        self.say({"hello": True, "sequence": ["first page", 1]})

    def _receive(self, content, buffers=()):
        content = json.loads(json.dumps(content, allow_nan=False))
        self.replies.append(content["reply_to"])
        for name, traits in content["changes"].items():
            for trait, value in traits.items():
                if isinstance(value, dict) and "buffer" in value:
                    value = {**value, "buffer": bytes(buffers[value["buffer"]])}
                self.states.setdefault(name, {})[trait] = value

    def say(self, content, buffers=()):
        """Send a message, and return what was wrong with the replies, or an empty text."""
        self.replies = []
        content = json.loads(json.dumps(content))  # as Jupyter receives it
        self._expect(content)
        message = {"data": {"method": "custom", "content": content}}
        views = [memoryview(buffer) for buffer in buffers]
        self.explorer._handle_msg({"content": message, "buffers": views})
        expected = content.get("sequence") if isinstance(content, dict) else None
        expected = 0 if expected is None else expected
        if repr(self.replies) != repr([expected]):
            return f"replies {self.replies} in place of one to {expected!r}"
        return ""

    def _expect(self, content):
        """Show what the user has changed at once, as a page does, before Python has agreed."""
        elements = {self.explorer.name_of(each): each for each in self.explorer.elements}
        with suppress(TypeError, ValueError, AttributeError, KeyError):
            for name, event in content["events"]:
                element, state = elements.get(name), self.states.get(name)
                if element is not None and isinstance(event, dict):
                    shown = element.trait_names(page=True, from_page=True)
                    state.update({trait: event[trait] for trait in shown if trait in event})

    def second(self):
        """Return the states that a second page receives when it says hello."""
        first, self.states = self.states, {}
        problem = self.say({"hello": True, "sequence": ["second page", 1]})
        second, self.states = self.states, first
        assert not problem, problem
        return second
