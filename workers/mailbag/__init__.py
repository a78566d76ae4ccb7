"""The mailbag: one file with many articles, opened line by line. Runs in a worker, under its limits."""

from workers.mailbag.lines import BodyRefused, Line
from workers.mailbag.opening import open_bag

__all__ = ["BodyRefused", "Line", "open_bag"]
