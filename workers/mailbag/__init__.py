"""The mailbag: one file with many articles, opened line by line. Runs in a worker, under its limits."""

from models.mailbag import BodyRefused
from workers.mailbag.lines import Line
from workers.mailbag.opening import open_bag

__all__ = ["BodyRefused", "Line", "open_bag"]
