"""The parts of the page: each one with its Python, JavaScript and CSS side by side."""
