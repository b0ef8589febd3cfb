"""The elements of the page, each with its Python, JavaScript and CSS side by side."""
