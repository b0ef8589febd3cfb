"""Schedules: how the learning rate changes while a network learns.

A schedule is a function of the share of the training that is done, from 0 up to 1. It returns the
factor by which the rate is multiplied.
"""

from math import cos, pi

from helpers.validation import as_number

WARM_UP = 0.2  # the share of the training in which the rate rises


def one_cycle(progress):
    """Rise to the full rate, then fall to almost nothing, along half a cosine.

    First gradients are wild, so the first steps are short; at the end short steps let the weights
    settle, and between them the rate may be higher than one that has to serve all the time.

    Source: L. Smith and N. Topin, Super-convergence, 2018.

    >>> [round(one_cycle(progress), 2) for progress in (0, 0.1, 0.2, 0.6, 1)]
    [0.0, 0.5, 1.0, 0.5, 0.0]
    """
    if not 0 <= as_number("progress", progress) <= 1:
        raise ValueError(f"progress must be from 0 to 1; got {progress}")
    if progress < WARM_UP:
        return progress / WARM_UP
    return (1 + cos(pi * (progress - WARM_UP) / (1 - WARM_UP))) / 2
