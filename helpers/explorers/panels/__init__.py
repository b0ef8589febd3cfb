"""Groups of elements, used by the explorers."""
