"""Every explorer in one notebook, for the laws that hold for all of them."""

LIGHT = "css:light="  # looks for no shadow roots, which takes long in a page of this size
START = """
import numpy as np
from helpers.explorers import *
from helpers.network import DOODLE_NAMES, Network, load_digits, load_doodles
digits = [part[:60] for part in load_digits("test")]
grid = np.arange(36).reshape(6, 6) % 7
"""
EXPLORERS = {  # square pictures stay square, whatever the stride and the padding
    "kernel": "KernelExplorer('astronaut')",
    "window": "WindowExplorer(grid, [[1, 0], [0, -1]])",
    "pixel": "PixelExplorer('astronaut')",
    "pooling": "PoolingExplorer('astronaut')",
    "pooling grid": "PoolingExplorer(grid)",
    "channels": "ChannelExplorer('circles')",
    "bank": "BankExplorer('letters')",
    "edges": "EdgeExplorer('camera')",
    "learner": "KernelLearner('camera')",
    "valley": "ValleyExplorer('camera')",
    "inside": "InsideExplorer(Network.load('../images/digits/network.npz'))",
    "training": "TrainingExplorer(digits, digits, epochs=500)",
    "units": "UnitExplorer(Network.load('../images/digits/network.npz'), digits[0])",
    "stripes": "StripeExplorer('sharpen', 5, 30)",
    "camera": "CameraExplorer()",
    "classifier": "ClassifierExplorer((*load_doodles(), DOODLE_NAMES))",
    "counter": "ParameterCounter()",
    "builder": "NetworkBuilder()",
    "changes": "ChangeExplorer()",
    "filters": "FilterExplorer(Network.load('../images/digits/network.npz'))",
    "nudge": "NudgeExplorer(Network.load('../images/digits/network.npz'))",
}


def nth(page, name):
    """The part of the page that holds this explorer."""
    return page.locator(f"{LIGHT}.explorer").nth(list(EXPLORERS).index(name))
