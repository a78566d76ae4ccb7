"""The reader: one small neural encoder that goes over each passage once, for every analyzer.

`read(document)` adds a `Reading` to a document; `THRESHOLDS` holds, by head, the probability from which on a token
is best taken as part of one (chosen on articles that the reader was not trained on; see card.json).
"""

from .card import WrongWeights, read_card
from .reading import read

THRESHOLDS: dict[str, float] = read_card()["thresholds"]

__all__ = ["THRESHOLDS", "WrongWeights", "read", "read_card"]
