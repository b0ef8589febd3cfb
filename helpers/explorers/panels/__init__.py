"""Groups of outputs that several explorers show."""
