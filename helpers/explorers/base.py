"""What every explorer is: controls, screens, one message line, and a picture for where no kernel runs."""

import html
import threading
from base64 import b64encode
from contextlib import ExitStack, contextmanager
from itertools import chain

import ipywidgets

from helpers.explorers.widgets.snapshot import snapshot


class Explorer(ipywidgets.VBox):
    """Controls and screens that are kept in step.

    A subclass builds its parts, hands them to `__init__` (the message line comes after the first),
    and defines `update` (read the controls, compute everything, then show it) and `describe` (the
    present state in one sentence, which is the text alternative of the still picture). If `update`
    fails, what is wrong is said in one line and the last good picture stays. `lock` is held during
    every update: the page's messages may come on another thread, and then wait.
    """

    user_function = (
        None  # name of the attribute that may hold a learner's function, and the library's
    )

    def __init__(self, parts, inputs, screens, lock=None):
        self.lock = lock or threading.RLock()
        self.message = ipywidgets.HTML()
        self._inputs = inputs  # controls that can refuse an entry and say why in `error`
        self._screens = screens  # rows of screens, for the still picture
        self._failure = ""
        self._busy = False
        for control in inputs:
            control.observe(self._say, "error")
        super().__init__(
            [parts[0], self.message, *parts[1:]], layout={"width": "100%", "padding": "4px 2px"}
        )
        self.add_class("explorer")
        self._start()

    def _start(self):
        """Show the first picture: the library's, as long as the learner's function makes none."""
        self.refresh()
        if not self._failure:
            return
        failure, (name, library) = self._failure, self.user_function or ("user_function", None)
        own = getattr(self, name)
        if own is not library:
            setattr(self, name, library)
            self.refresh()
            setattr(self, name, own)
        if self._failure:  # the library's function fails too: other arguments are wrong
            raise ValueError(self._failure)
        self._failure = f"{_sentence(failure)} Until it works you see the course's own answer"
        self._say()

    def refresh(self, change=None):
        """Show the present state of the controls, or say why that cannot be done."""
        self.attempt(self.update)

    def attempt(self, job):
        """Do a part of `update` alone; if it fails, what is wrong is said in one line."""
        with self.lock:
            if self._busy:
                return
            with self.keeping_step():
                try:
                    job()
                except (Exception, KeyboardInterrupt) as error:
                    self._failure = one_line(error)
                else:
                    self._failure = ""
            self._say()

    @property
    def busy(self):
        """Whether what changes now is put in step by us; another thread waits, and finds False."""
        with self.lock:
            return self._busy

    @contextmanager
    def keeping_step(self):
        """Meanwhile `busy`: what changes now was put in step by us, not moved by the learner."""
        with self.lock, ExitStack() as held:
            self._busy = True
            held.callback(setattr, self, "_busy", False)
            for screen in reversed([*chain.from_iterable(self._screens)]):
                held.enter_context(screen.hold_sync())
            yield

    @property
    def problem(self):
        """What is wrong just now, in one line; empty when nothing is."""
        said = dict.fromkeys([*(control.error for control in self._inputs), self._failure])
        return " ".join(_sentence(line) for line in said if line)

    def _say(self, change=None):
        text = html.escape(self.problem)
        self.message.value = (
            f'<div class="explorer-problem" role="alert">{text}</div>' if text else ""
        )

    def _repr_mimebundle_(self, **kwargs):
        with self.lock:
            bundle = super()._repr_mimebundle_(**kwargs)
            bundle["text/plain"] = self.describe()
            bundle["image/png"] = b64encode(snapshot(self._screens)).decode()
            return bundle, {"image/png": {"alt": self.describe()}}


def one_line(error):
    """An exception as one line for a person."""
    if isinstance(error, KeyboardInterrupt):
        return "stopped before it was done; the last picture stays"
    return " ".join(str(error).split())[:250] or type(error).__name__


def _sentence(line):
    return line if line[-1] in ".?!" else f"{line}."


def row(*children, **layout):
    """Parts beside each other, wrapped where the page is narrow."""
    layout = {
        "flex_flow": "row wrap",
        "align_items": "flex-start",
        "grid_gap": "8px 16px",
        **layout,
    }
    return ipywidgets.Box(children, layout=layout)


def column(*children, **layout):
    """Parts below each other."""
    return ipywidgets.VBox(children, layout={"grid_gap": "6px", **layout})


def choice(label, options, value, help, width="200px"):
    """A dropdown with its label and help text."""
    return ipywidgets.Dropdown(
        description=_with_help(label, help),
        options=options,
        value=value,
        description_allow_html=True,
        style={"description_width": "auto"},
        layout={"width": width},
    )


def button(name, help, press=None, width="80px", **traits):
    """A button with its help text; `press()` is called when it is pressed."""
    made = ipywidgets.Button(description=name, tooltip=help, layout={"width": width}, **traits)
    if press is not None:
        made.on_click(lambda _: press())
    return made


def text(line=""):
    """A line of plain text as a part of an explorer; see `write`."""
    part = ipywidgets.HTML()
    write(part, line)
    return part


def write(part, line):
    """Change a `text` part; whatever it holds, it is shown as text."""
    part.value = f'<div class="explorer-text" aria-live="polite">{html.escape(line)}</div>'


def tick(label, value, help):
    """A checkbox with its label and help text."""
    return ipywidgets.Checkbox(
        description=_with_help(label, help),
        value=value,
        description_allow_html=True,
        indent=False,
        layout={"width": "auto"},
    )


def _with_help(label, help):
    """A label that tells more when it is pointed at; ipywidgets forgets a labeled control's tooltip."""
    return f'<span title="{html.escape(help)}">{html.escape(label)}</span>'
