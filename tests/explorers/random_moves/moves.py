"""Random moves: messages of a page, valid and malformed, and calls in Python."""

import numpy as np
from explorers.random_moves.explorers import picture
from picture_bytes import file_bytes

from helpers.explorers.widgets.element import Element

HUGE = 10**400
TEXTS = (
    "1", "2", "3", "-1", "0", "0.5", "-0,5", "1/3", "−2", " 3 ", "1e1", "", "abc", "nan", "inf", "1/0",
    "1e999", "9" * 400, "1_0", "0x10", "½", "٣", "1/2/3", "/", "--1", "<b>", "a\nb", "\0", "x" * 999,
)  # fmt: skip
JUNK = (
    None, True, False, 0, -1, 1, 3, 1.5, 99, -(2**70), HUGE, float("nan"), float("inf"), 1e308, "",
    "x", "1", "value", [], [1], [1, 2], [0, 0, 0], [[1, 2], [3]], [None, None], ["a", "b"], {},
    {"a": [1]}, [1e308] * 9, [float("nan")] * 9, [[0, 0], [1e300, 2]], [[]], "é" * 99,
)  # fmt: skip
KEYS = (
    "value", "index", "text", "number", "cursor", "pinned", "seen", "paint", "begins", "press",
    "name", "buffer", "problem", "pixels", "options", "alt", "hidden", "error",
)  # fmt: skip


def pick(rng, things):
    return things[rng.integers(len(things))]


def random_file(rng):
    """A name, the bytes of a small file, and its image; None if the file is damaged."""
    pixels = np.uint8(255 * picture(rng)[:16, :16])  # no list offers a smaller size
    name = pick(rng, ["a.png", "b.png", "cat", "your array", "", "x" * 99, "two\nlines", "<b>.png"])
    content = file_bytes(pixels)
    if rng.random() < 0.4:
        broken = [b"", b"x", content[:40], content[:-20][::-1], b"\x89PNG\r\n\x1a\n" * 9, b"GIF89a"]
        return name, pick(rng, broken), None
    return name, content, (pixels / np.float32(255)).astype(np.float32)


def number(rng):
    least = rng.choice([-12, 0, 0])
    return round(rng.uniform(least, 12), 1) if rng.random() < 0.5 else int(rng.integers(-12, 13))


def cell(rng, shape):
    """A cell in a picture, or in one of ten cases near it."""
    apart = 3 if rng.random() < 0.1 else 0
    return [int(rng.integers(-apart, n + apart)) for n in shape[:2]]


def stroke(rng, shape):
    return [cell(rng, shape) for _ in range(rng.integers(1, 6))]


def event_for(rng, element):
    """What the page sends when the user changes an element; {} for one that cannot be changed."""
    if element.kind == "numbers":
        event = {"index": int(rng.integers(len(element.value)))}
        if rng.random() < 0.5:
            return {**event, "text": pick(rng, TEXTS)}
        # most numbers within the limits
        span = rng.uniform(element.min, element.max)
        return {**event, "number": round(span / element.step) * element.step}
    if element.kind in ("choice", "toggle"):
        many = rng.random() < 0.02 or element.label != "longer side"  # large pictures take long
        return {"value": int(rng.integers(len(element.options) if many else 2))}
    if element.kind == "tick":
        return {"value": bool(rng.random() < 0.5)}
    if element.kind == "button":
        return {"press": True}
    if element.kind == "filterTiles":
        on = rng.random(element.count) < 0.7
        return pick(rng, [{"value": on.tolist()}, {"chosen": int(rng.integers(element.count))}])
    if element.kind == "image" and element.interactive:
        if rng.random() < 0.1:
            return {"seen": [int(n) for n in rng.integers(1, 30, 2)]}
        return {"cursor": cell(rng, element.shape), "pinned": bool(rng.random() < 0.5)}
    return {}


def junk_event(rng, element):
    """An event with missing, unknown or wrong values."""
    event = event_for(rng, element) if rng.random() < 0.5 else {}
    for _ in range(rng.integers(1, 4)):
        event[pick(rng, KEYS)] = pick(rng, JUNK)
    return event


def junk_message(rng, explorer):
    """A message that no page of ours sends."""
    name = explorer.name_of(pick(rng, explorer.elements))
    event = {"value": 1}
    return pick(rng, [
        {}, [], None, "hello", 5, {"events": None}, {"events": 5}, {"events": "ab"}, {"events": {}},
        {"events": [name]}, {"events": [[name]]}, {"events": [[name, event, event]]},
        {"events": [[name, None]]}, {"events": [[name, [event]]]}, {"events": [["no such", event]]},
        {"events": [[[], event]]}, {"events": [[{}, event], [name, {}]]}, {"events": [[None, event]]},
        {"events": [[7, event]]}, {"events": [None, [name, {}]]}, {"hello": "yes"}, {"hello": False},
        {"hello": True, "events": 3}, {"event": []}, {"changes": {name: event}}, {"reply_to": 1},
    ])  # fmt: skip


def controls(explorer):
    """The elements that a user can change."""
    return [
        each
        for each in explorer.elements
        if not each.hidden and (each.kind in CHANGED or (each.kind == "image" and each.interactive))
    ]


CHANGED = {"numbers", "choice", "toggle", "tick", "filterTiles"}


def settings(rng, element):
    """The (trait, value) pairs that Python may set, valid ones."""
    event = event_for(rng, element)
    if element.kind == "numbers":
        if element.has_trait("value") and len(element.value) == 1:
            return "number", event.get("number", number(rng))
        return "kernel", rng.uniform(-3, 3, element.shape).round(1)
    if element.kind in ("choice", "toggle"):
        return pick(rng, [("index", event["value"]), ("value", element._pairs[event["value"]][1])])
    if element.kind == "image" and "cursor" in event:
        return "cursor", tuple(event["cursor"])
    return next(iter(event.items()), ("pinned", True))


def calls(rng, explorer):
    """The (description, function) of public methods, with valid or with wrong arguments."""
    named = [
        ("refresh()", explorer.refresh),
        ("still()", explorer.still),
        ("describe()", explorer.describe),
        ("alt_text()", explorer.alt_text),
    ]
    if getattr(explorer, "runner", None):
        steps = pick(rng, [0, 1, 2, 3, -1, 1.5, "2", None, True])
        named += [
            (f"runner.run({steps!r})", lambda: explorer.runner.run(steps)),
            ("runner.restart()", explorer.runner.restart),
            ("runner.pause()", explorer.runner.pause),
        ]
    if hasattr(explorer, "spoil"):
        named.append(("spoil()", explorer.spoil))
    if hasattr(explorer, "pad"):
        points = pick(rng, [stroke(rng, (112, 112)), *JUNK])
        named += [
            (f"pad.draw({points!r:.60})", lambda: explorer.pad.draw(points)),
            ("pad.undo()", explorer.pad.undo),
            ("pad.clear()", explorer.pad.clear),
        ]
    if hasattr(explorer, "adders"):
        kind, (place, by) = pick(rng, [*explorer.adders, 3]), rng.integers(-1, 9, 2).tolist()
        named += [
            (f"add({kind!r})", lambda: explorer.add(kind)),
            (f"remove({place})", lambda: explorer.remove(place)),
            (f"move({place}, {by})", lambda: explorer.move(place, by)),
            (f"choose({place})", lambda: explorer.choose(place)),
        ]
    views = [each for each in explorer.elements if each.kind == "image" and each.interactive]
    named += [("center()", view.center) for view in views[:1]]
    return named


def called(element: Element):
    """A short name of an element."""
    name = getattr(element, "label", "") or getattr(element, "title", "")
    return f"{element.kind} {name[:20]!r}"
