"""Many articles handed in at once, opened one by one."""

from .records import BodyRefused, Record

__all__ = ["BodyRefused", "Record"]
