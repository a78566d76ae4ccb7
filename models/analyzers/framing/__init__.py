"""Framing: by which frames, devices, deeds and relations does this article tell its story, and in which order?"""

from __future__ import annotations

from collections.abc import Sequence

from ...document import Document
from ...report import Attribution, EntityFinding, Framing, Genre
from . import acts, devices, frames, hidden, order, stances

__all__ = ["analyze"]


def analyze(
    document: Document, said: Attribution, people: Sequence[EntityFinding], genre: Genre | None = None
) -> Framing:
    """How is the story framed? `said` and `people` are what the other analyzers found; the genre may be unknown."""
    done = acts.find(document)
    found = [*devices.find(document, said, people, genre), *hidden.hidden_agents(document, done)]
    return Framing(
        frames=frames.find(document),
        devices=sorted(found, key=lambda one: (one.start, one.end, one.kind)),
        acts=done,
        stances=stances.find(document),
        order=order.analyze(document, said),
    )
