"""The computations of the explorers, without widgets."""
