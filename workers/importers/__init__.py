"""One file with many articles, opened line by line. Runs in a worker, under its limits."""

from models.importers import BodyRefused
from workers.importers.lines import Line
from workers.importers.opening import open_file

__all__ = ["BodyRefused", "Line", "open_file"]
