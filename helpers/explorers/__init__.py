"""Explorers: interactive controls and pictures. The library does all the arithmetic."""

from helpers.explorers.bank import BankExplorer
from helpers.explorers.builder import NetworkBuilder
from helpers.explorers.camera import CameraExplorer
from helpers.explorers.change import ChangeExplorer
from helpers.explorers.channels import ChannelExplorer
from helpers.explorers.classifier import ClassifierExplorer
from helpers.explorers.counter import ParameterCounter
from helpers.explorers.edges import EdgeExplorer
from helpers.explorers.filters import FilterExplorer
from helpers.explorers.inside import InsideExplorer
from helpers.explorers.kernel import KernelExplorer
from helpers.explorers.learner import KernelLearner
from helpers.explorers.nudge import NudgeExplorer
from helpers.explorers.pixel import PixelExplorer
from helpers.explorers.pooling import PoolingExplorer
from helpers.explorers.stripes import StripeExplorer
from helpers.explorers.trainer import TrainingExplorer
from helpers.explorers.units import UnitExplorer
from helpers.explorers.valley import ValleyExplorer
from helpers.explorers.window import WindowExplorer

__all__ = [
    "BankExplorer",
    "ChangeExplorer",
    "CameraExplorer",
    "ChannelExplorer",
    "ClassifierExplorer",
    "EdgeExplorer",
    "FilterExplorer",
    "InsideExplorer",
    "KernelExplorer",
    "KernelLearner",
    "NetworkBuilder",
    "NudgeExplorer",
    "ParameterCounter",
    "PixelExplorer",
    "PoolingExplorer",
    "StripeExplorer",
    "TrainingExplorer",
    "UnitExplorer",
    "ValleyExplorer",
    "WindowExplorer",
]
