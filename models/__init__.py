"""Parallax's analysis: pure functions from an article's text to its framing report."""

__version__ = "1.0.0"
