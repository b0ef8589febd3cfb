"""Play random moves on every explorer, and check after each that all it shows is right.

A run is repeated by its seed. Explorers take turns; each is built anew, moved about and closed.
"""

import asyncio
import warnings

import numpy as np
from explorers.random_moves import moves
from explorers.random_moves.checks import LONGEST, Watch
from explorers.random_moves.explorers import ORACLES, plan
from explorers.random_moves.moves import called, pick
from refusals import is_one_line
from traitlets import TraitError

EACH = 20  # moves of an explorer
TOLD = 8  # last moves in the report of a fault
CLEAN = ValueError, TypeError, TraitError


class Fault(AssertionError):
    """Something shown is wrong; the text says what, after which moves."""


class Game:
    """One run. `heard()` returns, and forgets, what was printed or logged since the last call."""

    def __init__(self, seed, count, names=tuple(ORACLES), heard=lambda: ""):
        self.seed, self.count, self.names, self.heard = seed, count, names, heard
        self.rng = np.random.default_rng(seed)
        self.made, self.told = 0, []

    def play(self):
        """Make all moves; the first fault is raised."""
        turn = 0
        while self.made < self.count:
            self.told = []
            try:
                with warnings.catch_warnings(record=True) as self.warned:
                    warnings.simplefilter("always")
                    self._one_explorer(self.names[turn % len(self.names)])
            except Exception as error:
                raise Fault(self._report(error)) from error
            turn += 1

    def _report(self, error):
        what = str(error) if type(error) is AssertionError else f"{type(error).__name__}: {error}"
        last = "\n  ".join([self.told[0], *self.told[1:][-TOLD:]] if self.told else [])
        return (
            f"after {self.made} moves (repeat: --seed {self.seed} --moves {self.made}): "
            f"{what[:1500]}\n  {last}"
        )

    def _one_explorer(self, name):
        self.made += 1
        chosen = plan(self.rng, name)
        self.told.append(chosen.text)
        try:
            explorer = chosen.build()
        except CLEAN as error:
            assert not chosen.valid, f"refused: {error}"
            assert is_one_line(str(error), LONGEST), f"not one line: {error!r}"
            return
        assert chosen.valid, "what is no picture was accepted"
        self.explorer = explorer
        if hasattr(getattr(explorer, "picker", None), "longest"):
            explorer.picker.longest.value = int(pick(self.rng, [16, 16, 32]))
        self.watch = Watch(explorer, chosen.oracle(explorer, dict(chosen.files)), self._noise)
        self.page, self.oracle = self.watch.page, self.watch.oracle
        self.watch.check()
        for _ in range(min(EACH, self.count - self.made)):
            self.made += 1
            pick(self.rng, MOVES)(self)
            self.watch.check()
        self._close()

    def _close(self):
        explorer, controls = self.explorer, moves.controls(self.explorer)
        name = explorer.name_of(pick(self.rng, controls))
        explorer.close()
        explorer.close()
        message = {"events": [[name, {"value": 1}]], "hello": True, "sequence": 1}
        explorer._handle_custom_msg(message, [])  # a late one
        self.watch.quiet()

    def _noise(self):
        return self.heard() or [str(each.message) for each in self.warned]

    # moves

    def events(self):
        """A message of one to three events."""
        picked = [pick(self.rng, moves.controls(self.explorer))]
        if self.rng.random() < 0.2:
            picked += [pick(self.rng, moves.controls(self.explorer)) for _ in range(2)]
        self._say([(element, moves.event_for(self.rng, element)) for element in picked])

    def press(self):
        """A button."""
        buttons = [each for each in self.explorer.elements if each.kind == "button"]
        if buttons:
            self._say([(pick(self.rng, buttons), {"press": True})])

    def junk(self):
        """Events with wrong values, or a message that is none."""
        if self.rng.random() < 0.7:
            element = pick(self.rng, self.explorer.elements)
            self._say([(element, moves.junk_event(self.rng, element))])
        else:
            self._send(moves.junk_message(self.rng, self.explorer))

    def paint(self):
        """A stroke on a picture that can be painted."""
        views = [each for each in self.explorer.elements if getattr(each, "_paint", None)]
        if not views:
            return self.events()
        view = pick(self.rng, views)
        cells, begins = moves.stroke(self.rng, view.shape), bool(self.rng.random() < 0.7)
        rows, columns, _ = view.shape
        inside = [(i, j) for i, j in cells if 0 <= i < rows and 0 <= j < columns]
        self.oracle.paint(view, inside, begins)
        return self._say([(view, {"paint": cells, **({"begins": True} if begins else {})})])

    def upload(self):
        """A picture file, whole or damaged."""
        inputs = [each for each in self.explorer.elements if each.kind == "upload"]
        if not inputs:
            return self.events()
        name, content, image = moves.random_file(self.rng)
        before = self.page.states
        picker = self.explorer.picker
        self._say([(inputs[0], {"name": name, "buffer": 0})], [content])
        if image is None:
            assert self.explorer.problem, "no word about a damaged file"
            self.watch.nothing_changed(before)
        elif hasattr(picker, "name"):
            self.oracle.files[picker.name.value] = image
        return None

    def set_trait(self):
        """A trait in Python, with a valid or a wrong value."""
        element = pick(self.rng, moves.controls(self.explorer))
        trait, value = moves.settings(self.rng, element)
        if self.rng.random() < 0.4:
            value = pick(self.rng, moves.JUNK)
        text = f"python: {called(element)}.{trait} = {value!r:.60}"
        self._do(text, lambda: setattr(element, trait, value))

    def call(self):
        """A public method."""
        text, function = pick(self.rng, moves.calls(self.rng, self.explorer))
        self._do(f"python: {text}", function)

    def background(self):
        """Start in the background, send events meanwhile, pause."""
        if not getattr(self.explorer, "runner", None):
            return self.events()
        toggle = self.explorer.runner.toggle

        async def scene():
            self._say([(toggle, {"press": True})])
            for _ in range(self.rng.integers(1, 4)):
                await asyncio.sleep(0)
                self.events()
            self.explorer.runner.pause()
            await asyncio.sleep(0)
            await asyncio.sleep(0)

        asyncio.run(scene())
        return self.watch.start_anew()

    # how moves are made

    def _say(self, events, buffers=()):
        told = ", ".join(f"{called(element)} {event!r:.90}" for element, event in events)
        self.told.append(f"page: {told}")
        named = [[self.explorer.name_of(element), event] for element, event in events]
        self._send({"events": named}, buffers, told=True)

    def _send(self, content, buffers=(), told=False):
        if not told:
            self.told.append(f"page: {content!r:.90}")
        if isinstance(content, dict):
            number = pick(self.rng, [self.made, self.made, 1, 0, -5, "x", None, [1, [2]], {}])
            content = {**content, "sequence": number}
            if self.rng.random() < 0.1:
                del content["sequence"]
            if self.rng.random() < 0.1:
                content["hello"] = True
        problem = self.page.say(content, buffers)
        assert not problem, problem

    def _do(self, text, function):
        self.told.append(text)
        before = self.page.states
        try:
            function()
        except CLEAN as error:
            assert is_one_line(str(error), LONGEST), f"not one line: {error!r}"
            self.watch.nothing_changed(before)


MOVES = [
    Game.events, Game.events, Game.events, Game.events, Game.press, Game.junk, Game.paint,
    Game.upload, Game.set_trait, Game.set_trait, Game.call, Game.background,
]  # fmt: skip
