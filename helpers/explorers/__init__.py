"""Explorers: controls to move, pictures that follow, all arithmetic done by the library."""

from importlib import import_module

_WHERE = {
    "BankExplorer": "bank",
    "ChannelExplorer": "channels",
    "EdgeExplorer": "edges",
    "InsideExplorer": "inside",
    "KernelExplorer": "kernel",
    "KernelLearner": "learner",
    "ParameterCounter": "counter",
    "PixelExplorer": "pixel",
    "PoolingExplorer": "pooling",
    "TrainingExplorer": "trainer",
    "WindowExplorer": "window",
}

__all__ = list(_WHERE)


def __getattr__(name):
    if name in _WHERE:
        return getattr(import_module(f"helpers.explorers.{_WHERE[name]}"), name)
    raise AttributeError(name)
