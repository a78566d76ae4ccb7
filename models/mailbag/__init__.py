"""The mailbag: many articles handed in at once, opened one by one."""

from models.mailbag.letters import BodyRefused, Letter

__all__ = ["BodyRefused", "Letter"]
