"""NetworkBuilder: put layers together, and see what each returns, costs and sees."""

from collections.abc import Callable, Collection, Sequence

from helpers.explorers.base import Explorer
from helpers.explorers.models.builder import (
    INPUTS,
    MOST,
    SETTINGS,
    BuilderControls,
    BuilderView,
    LayerSpec,
    compute,
    nested_fields,
    picture_for,
    spec_of,
)
from helpers.explorers.models.memo import Memo
from helpers.explorers.models.picture import as_photo
from helpers.explorers.panels.chosen_controls import choose_controls
from helpers.explorers.panels.layer_rows import LayerRow, heading
from helpers.explorers.widgets.controls import Button, Choice, Toggle
from helpers.explorers.widgets.element import COVERING, Group, Message, Text, column, fold, row
from helpers.explorers.widgets.image_view import ImageView, mark
from helpers.explorers.widgets.table import Table
from helpers.geometry import check_position
from helpers.messages import describe
from helpers.network import Conv, Dense, Flatten, MaxPool, Network, ReLU
from helpers.network.code import LIBRARIES
from helpers.network.layer import Layer, Rect
from helpers.network.summary import LayerCost, times
from helpers.validation import as_choice, is_listed

SHOWN = ("input",)
SIDE = 180  # CSS pixels, of the picture
WIDTH = f"clamp(110px, 25cqi, {SIDE}px)"  # less on a narrow page, so that the text fits beside it
CODE = {"white-space": "pre-wrap", "font-family": "monospace", "font-size": "12px"}
LINES = 9  # of code, at most, besides one for each layer
LONGEST_TOTALS = (
    "Total: 50,000,000 parameters, 100,000,000,000 multiplications, 100 MB of outputs."
    " End with Flatten and Dense to train it."
)
LONGEST_FIELD = (
    "Layer 10, MeanPool: receptive field 100×100 pixels, rows 100 to 100, columns 100 to 100."
)
POINTING = "Click a number under “receptive field”, or point at the picture."


class NetworkBuilder(Explorer):
    """A list of layers to add, remove, move and change: shapes, costs, receptive fields, code.

    Parameters
    ----------
    layers : list of layers to begin with, each with one number for its size, stride and padding;
        convolution, ReLU and pooling, twice, then a dense layer of ten scores, if left out
    input : the image that the network takes: "digit, 28×28×1", or a photograph in color,
        "cat, 64×64×3", "cat, 128×128×3" or "cat, 224×224×3"
    controls : names of the controls that are shown at once; the others are behind "more controls".
        Out of "input".

    `layers` are new layers, such as `TrainingExplorer(layers=builder.layers)` takes; `network(seed)`
    is a Network of them; `costs` lists what each one costs, `code` is the network as code. `add`,
    `remove`, `move` and `choose` do what the buttons do.
    """

    def __init__(
        self, layers: Sequence[Layer] | None = None, input: str = "digit, 28×28×1",
        controls: Collection[str] | None = None,
    ):  # fmt: skip
        specs = _as_specs(layers)
        self.memo = Memo()
        self.input = Choice(
            "input", INPUTS, as_choice("input", input, INPUTS), "The image given to the network"
        )
        self.library = Toggle("code", LIBRARIES, LIBRARIES[0], "The library that the code is for")
        self.rows = [LayerRow(n, self.move, self.remove, self.choose) for n in range(MOST)]
        self.count, self.chosen = 0, 0
        self._fill(specs)
        maps = [n for n, spec in enumerate(specs) if spec.kind not in ("Flatten", "Dense")]
        self.chosen = maps[-1] if maps else 0
        self.picture = ImageView(title="receptive field", width=SIDE, interactive=True)
        self.field = Text(room_for=LONGEST_FIELD)
        self.totals = Text(style={"font-weight": "600"}, room_for=LONGEST_TOTALS)
        self.written = Text(style=CODE)
        changed = [control for each in self.rows for control in each.controls]
        head = ["output", "parameters", "multiplications", "memory", "receptive field"]
        self.table = Table(head=head)
        stills: list = [[self.picture, self.table], [self.field], [self.totals]]
        super().__init__(self._lay_out(controls), (self.input, self.library, *changed), stills)
        self.follow(self._mark, [self.picture], "cursor", "pinned")

    def _lay_out(self, chosen: Collection[str] | None) -> list:
        self.adders = {
            kind: Button(f"+ {kind}", f"Add a {kind} layer after the chosen one", self._adder(kind))
            for kind in SETTINGS
        }
        shown, folded = choose_controls({"input": self.input}, chosen, SHOWN)
        self.message = Message(style=COVERING)
        layers = Group("layers", (heading(), *(each.box for each in self.rows)), {})
        told = (*shown, self.field, Text(POINTING), fold(*folded))
        view = row(
            column(self.picture, flex=f"0 0 {WIDTH}"),
            column(*told, flex="1 1 150px", **{"--label": "auto"}),
        )
        listed = column(self.message, self.totals, layers, row(*self.adders.values(), gap="4px"))
        code = fold(column(self.library, self.written), label="the network as code")
        return [Group("builder", (view, listed), {}), code]

    def _adder(self, kind: str) -> Callable[[], None]:
        return lambda: self.add(kind)

    def read(self) -> BuilderControls:
        return BuilderControls(
            specs=self._specs(),
            image=self.memo("image", picture_for, self.input.value),
            chosen=self.chosen,
            library=self.library.value,
        )

    def compute(self, controls: BuilderControls) -> BuilderView:
        return compute(controls)

    def show(self, view: BuilderView) -> None:
        for place, each in enumerate(self.rows):
            if place >= self.count:
                each.hide()
                continue
            results = view.rows[place] if place < len(view.rows) else []
            error = view.error if place == len(view.rows) else ""
            ends = place == 0, place == self.count - 1
            each.show(results, error, place == self.chosen, *ends)
        for button in self.adders.values():
            button.disabled = self.count == MOST
        image = self.controls.image
        self.picture.show(self.memo("picture", as_photo, image), alt=self.input.value)
        if self.is_new("image"):
            self.picture.center()
        self.totals.value, self.written.value = view.totals, view.code
        self.table.rows = [
            [f"{place} {layer.name}", *texts]
            for place, (layer, texts) in enumerate(zip(view.layers, view.rows))
        ]
        self.written.room_for = "\n".join(["."] * (self.count + LINES))
        self._mark(self.picture)

    def _mark(self, picture: ImageView) -> None:
        """Draw the receptive fields around the pixel under the cursor: the chosen layer's is thick."""
        fields = self.fields
        picture.marks = [mark(*each, thin=each is not fields[-1]) for each in fields]
        line = "Choose a layer that fits, to see its receptive field."
        if self.chosen < len(self.costs):
            line = f"Layer {self.chosen}, {self.costs[self.chosen].name}: {_seen(fields)}"
        self.field.value = picture.reading = line

    @property
    def fields(self) -> list[Rect]:
        """The receptive fields around the cursor, of the layers up to the chosen one."""
        view, count = self.computed, self.chosen + 1
        if count > len(view.layers):
            return []
        return nested_fields(view.layers[:count], view.shapes, self.picture.cursor)

    def add(self, kind: str) -> None:
        """Add a layer of this kind after the chosen one, and choose it."""
        kind = as_choice("kind", kind, SETTINGS)
        if self.count == MOST:
            raise ValueError(f"a network here has at most {MOST} layers")
        specs = self._specs()
        self.chosen += 1
        specs.insert(self.chosen, LayerSpec(kind, SETTINGS[kind]))
        self._put(specs)

    def remove(self, place: int) -> None:
        """Remove a layer; one must be left."""
        place = check_position("place", place, self.count)
        if self.count == 1:
            raise ValueError("a network must have a layer; change this one instead")
        specs = self._specs()
        del specs[place]
        self.chosen -= self.chosen > min(place, len(specs) - 1)
        self._put(specs)

    def move(self, place: int, by: int) -> None:
        """Exchange a layer with the one `by` places after it, or before it if negative."""
        place = check_position("place", place, self.count)
        goal = check_position("place + by", place + by, self.count)
        specs = self._specs()
        specs[place], specs[goal] = specs[goal], specs[place]
        self.chosen = {place: goal, goal: place}.get(self.chosen, self.chosen)
        self._put(specs)

    def choose(self, place: int) -> None:
        """Show the receptive field of a layer."""
        self.chosen = check_position("place", place, self.count)
        self.refresh()

    def _specs(self) -> list[LayerSpec]:
        return [each.spec for each in self.rows[: self.count]]

    def _put(self, specs: list[LayerSpec]) -> None:
        """Show these layers."""
        with self.batch():
            self._fill(specs)
            self.refresh()

    def _fill(self, specs: list[LayerSpec]) -> None:
        self.count = len(specs)
        for each, spec in zip(self.rows, specs):
            each.spec = spec

    @property
    def layers(self) -> list[Layer]:
        """New layers, as the rows give them, whether they fit or not."""
        return [spec.layer() for spec in self._specs()]

    @property
    def input_shape(self) -> tuple[int, int, int]:
        """The (H, W, C) of the image that the network takes."""
        return self.computed.shapes[0]

    @property
    def costs(self) -> list[LayerCost]:
        """What each layer costs, up to the first that does not fit."""
        return self.computed.costs

    @property
    def code(self) -> str:
        """The layers that fit as code, for the chosen library."""
        return self.computed.code

    def network(self, seed: int = 0) -> Network:
        """Return a new network of the layers; a ValueError says which layer does not fit."""
        return Network(self.layers, self.input_shape, seed)

    def summary(self) -> str:
        error = self.computed.error
        return f"{self.field.value} {self.totals.value} {error}".rstrip()

    def describe(self) -> str:
        names = ", ".join(spec.kind for spec in self.controls.specs)
        return f"NetworkBuilder: {names}. {self.computed.totals}"


def _seen(fields: list[Rect]) -> str:
    """Say what the chosen layer's receptive field is."""
    if not fields:
        return "only padding here."
    top, left, rows, columns = fields[-1]
    return (
        f"receptive field {times((rows, columns))} pixels, rows {top} to {top + rows - 1},"
        f" columns {left} to {left + columns - 1}."
    )


def _as_specs(layers: Sequence[Layer] | None) -> list[LayerSpec]:
    if layers is None:
        layers = [
            Conv(8, 3), ReLU(), MaxPool(2), Conv(16, 3), ReLU(), MaxPool(2), Flatten(), Dense(10),
        ]  # fmt: skip
    if not is_listed(layers) or not 1 <= len(layers) <= MOST:
        raise ValueError(f"layers must be a list of 1 to {MOST} layers; got {describe(layers)}")
    return [spec_of(layer, place) for place, layer in enumerate(layers)]
