"""Own categories: a classifier for what somebody codes themselves, learnt from their codes on the reader's vectors."""

from .learning import Learned, TooFew, learn, look, suggest
from .model import CategoryModel, WrongModel, apply, load
from .units import Codes, Unit, find_units

__all__ = [
    "CategoryModel", "Codes", "Learned", "TooFew", "Unit", "WrongModel", "apply", "find_units", "learn", "load", "look",
    "suggest",
]  # fmt: skip
