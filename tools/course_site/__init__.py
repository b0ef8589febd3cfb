"""The parts of the course's site; `tools/build_site.py` puts them together."""
