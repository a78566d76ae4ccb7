"""The mailbag: many articles handed in at once, opened one by one."""

from models.mailbag.letters import BagRefused, Letter

__all__ = ["BagRefused", "Letter"]
