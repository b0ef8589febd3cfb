"""Static figures of numbers: bars and curves."""

from collections.abc import Mapping, Sequence

from helpers.messages import describe
from helpers.static_figure import StaticFigure


def show_bars(names: Sequence[str], fractions: Sequence[float]) -> StaticFigure:
    """Draw fractions as bars, each with its name and its percentage.

    Parameters
    ----------
    names : list of str
    fractions : list of floats from 0 to 1, one per name

    Returns
    -------
    StaticFigure

    Raises
    ------
    ValueError : if there is not one fraction per name, or one is not from 0 to 1.
    """
    if len(names) != len(fractions) or not len(names):
        raise ValueError(
            "names and fractions must have the same length, at least 1;"
            f" got {len(names)} and {len(fractions)}"
        )
    if not all(0 <= fraction <= 1 for fraction in fractions):
        raise ValueError(f"fractions must be from 0 to 1; got {describe(list(fractions))}")
    figure = StaticFigure(figsize=(6.4, 0.4 * len(names) + 0.3), dpi=80, layout="constrained")
    axes = figure.subplots()
    bars = axes.barh(names, fractions, color="#0072b2")
    axes.bar_label(bars, [f"{fraction:.1%}" for fraction in fractions], padding=4)
    axes.invert_yaxis()
    axes.set(xlim=(0, 1.12), xticks=[])
    axes.spines[["top", "right", "bottom"]].set_visible(False)
    figure.name = f"Figure: {', '.join(names)}"
    labels = [f"{name}: {fraction:.1%}" for name, fraction in zip(names, fractions)]
    figure.alt = f"Figure: bars; {'; '.join(labels)}"
    return figure


def show_curves(
    x: Sequence[float], curves: Mapping[str, Sequence[float]], xlabel: str, ylabel: str, alt: str
) -> StaticFigure:
    """Draw curves over the same numbers, each with its name at its last point.

    Parameters
    ----------
    x : list of float
    curves : dict of lists of float, one number per x; the keys are their names
    xlabel, ylabel : str
    alt : str, what there is to see, for those who cannot see it

    Returns
    -------
    StaticFigure

    Raises
    ------
    ValueError : if a curve has not one number per x.
    """
    figure = StaticFigure(figsize=(6.4, 2.8), dpi=80, layout="constrained")
    axes = figure.subplots()
    for name, y in curves.items():
        if len(y) != len(x):
            raise ValueError(f"curves[{name!r}] must have one number per x, {len(x)}; got {len(y)}")
        (line,) = axes.plot(x, y)
        axes.annotate(
            name, (x[-1], y[-1]), (6, 0), textcoords="offset points",
            color=line.get_color(), va="center",
        )  # fmt: skip
    axes.set(xlabel=xlabel, ylabel=ylabel)
    axes.spines[["top", "right"]].set_visible(False)
    figure.name, figure.alt = f"Figure: {', '.join(curves)}", f"Figure: {alt}"
    return figure
