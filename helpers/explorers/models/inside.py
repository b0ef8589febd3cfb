"""What InsideExplorer computes: the output of every layer, the prediction and its attribution."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from helpers.blur_kernels import box
from helpers.explorers.models.attribution import NONE, attribute, laid_over
from helpers.explorers.models.digit_sources import StepView, step_views
from helpers.network import Conv, Flatten, MeanPool, Network
from helpers.network.layer import Layer
from helpers.network.model import as_network
from helpers.network.preprocessing import DigitStep
from helpers.precision import rounding_error
from helpers.rendering import View, render

MOST_BARS = 12  # up to so many classes, all probabilities are shown
LONGEST_NAME = 14  # characters of a class name beside its bar


@dataclass(frozen=True, eq=False)
class InsideControls:
    """The values of the controls."""

    network: Network
    class_names: list[str]
    image: np.ndarray  # (H, W) or (H, W, C)
    caption: str  # of the image
    attribution: str  # one of `attributions`
    steps: Sequence[DigitStep] = ()  # by which the image was made


@dataclass(frozen=True, eq=False)
class InsideView:
    """What the explorer shows."""

    layer_outputs: list[np.ndarray]  # of each layer: feature maps (H', W', F), after Flatten (D,)
    errors: list[float]  # of the layers of feature maps, by rounding
    probabilities: np.ndarray  # (K,)
    prediction: int
    predicted_name: str
    verdict: str
    image_view: View  # the image, under the colors of its attribution
    attribution: str  # the title of the colors, or nothing
    bars: list[tuple[str, float]]  # names and probabilities of the classes that are shown
    steps: list[StepView]


def compute(controls: InsideControls) -> InsideView:
    """Return what InsideExplorer shows.

    Nothing is cached, since the network may have been trained in between.
    """
    network, image = controls.network, controls.image
    blank = bool(controls.steps) and not image.any()
    probabilities = network.predict(image[None])[0]
    prediction = int(probabilities.argmax())
    name = controls.class_names[prediction]
    outputs = [output[..., 0] for output in network.layer_outputs(image[None])]
    maps = [output for output in outputs if output.ndim == 3]
    view, title = as_seen(image), ""
    if controls.attribution != NONE:
        values, title = attribute(controls.attribution, network, image, prediction, name)
        view = laid_over(view, values)
    return InsideView(
        layer_outputs=outputs,
        errors=_errors(network.layers[: len(maps)], [image.reshape(network.input_shape), *maps]),
        probabilities=probabilities,
        prediction=prediction,
        predicted_name=name,
        verdict=verdict(controls.caption, name, probabilities[prediction], blank),
        image_view=view,
        attribution=title,
        bars=bars(controls.class_names, probabilities),
        steps=step_views(controls.steps),
    )


def _errors(layers: list[Layer], inputs: list[np.ndarray]) -> list[float]:
    """Return how far rounding may have taken the feature maps of each layer, given its input."""
    errors, error = [], 0.0
    for layer, maps in zip(layers, inputs):
        if isinstance(layer, Conv):
            weights, bias = layer.parameters["weights"], layer.parameters["bias"]
            error = rounding_error(maps, weights, bias, inexact=error)
        elif isinstance(layer, MeanPool):
            error = rounding_error(maps, box(layer.size), inexact=error)
        errors.append(error)  # ReLU and MaxPool do not round
    return errors


def verdict(caption: str, name: str, probability: float, blank: bool = False) -> str:
    """Return the prediction in a sentence; a `blank` picture has none of the strokes looked for."""
    start = f"{caption}, no strokes found" if blank else caption
    return f"{start}: the network predicts {name}, probability {probability:.1%}."


def as_seen(image: np.ndarray) -> View:
    """Return an image (H, W) or (H, W, C) as a picture: three channels in color, others by their mean."""
    shown = image if image.shape[2:] in ((), (3,)) else image.mean(axis=2)
    return render(shown, "as a photo")._replace(note="")


def bars(names: list[str], probabilities: np.ndarray) -> list[tuple[str, float]]:
    """Return the probabilities of all classes, or if there are many, of the most probable ones."""
    return [(short_name(names[k]), float(probabilities[k])) for k in most_probable(probabilities)]


def most_probable(probabilities: np.ndarray) -> np.ndarray:
    """Return the numbers of all classes, or if there are many, of the most probable ones."""
    if len(probabilities) <= MOST_BARS:
        return np.arange(len(probabilities))
    return np.argsort(-probabilities, kind="stable")[: MOST_BARS - 2]


def short_name(name: str) -> str:
    """Return the name of a class, cut if it is too long to stand beside its bar."""
    return name if len(name) <= LONGEST_NAME else f"{name[: LONGEST_NAME - 1]}…"


def count_map_layers(network: Network) -> int:
    """Return how many layers come before the first Flatten; a network without any is a ValueError."""
    flat = [isinstance(layer, Flatten) for layer in as_network(network).layers]
    count = flat.index(True) if True in flat else 0
    if not count or len(network.shapes[-1]) != 1:
        names = ", ".join(layer.name for layer in network.layers)
        raise ValueError(
            f"network must be layers of feature maps, then Flatten, then scores; got {names}"
        )
    return count
