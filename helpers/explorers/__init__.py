"""Explorers: controls to move, pictures that follow, all arithmetic done by the library."""

from helpers.explorers.bank import BankExplorer
from helpers.explorers.channels import ChannelExplorer
from helpers.explorers.counter import ParameterCounter
from helpers.explorers.edges import EdgeExplorer
from helpers.explorers.kernel import KernelExplorer
from helpers.explorers.pixel import PixelExplorer
from helpers.explorers.pooling import PoolingExplorer
from helpers.explorers.window import WindowExplorer

__all__ = [
    "BankExplorer",
    "ChannelExplorer",
    "EdgeExplorer",
    "KernelExplorer",
    "ParameterCounter",
    "PixelExplorer",
    "PoolingExplorer",
    "WindowExplorer",
]
