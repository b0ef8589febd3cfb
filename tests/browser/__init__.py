"""Tests that drive the explorers and the lessons in a real browser."""
