"""Framing: by which frames, devices, deeds and relations does this article tell its story, and in which order?"""

from __future__ import annotations

from collections.abc import Sequence

from ...document import Document
from ...report import Attribution, EntityFinding, Framing, Genre, Term
from . import acts, devices, hidden, order, stances

__all__ = ["analyze"]


def analyze(
    document: Document,
    terms: Sequence[Term],  # noqa: ARG001 (frames read them)
    said: Attribution,
    people: Sequence[EntityFinding],
    genre: Genre | None = None,
) -> Framing:
    """How is the story framed? `terms`, `said`, `people`: what the other analyzers found; `genre`: may be unknown."""
    done = acts.find(document)
    found = [*devices.find(document, said, people, genre), *hidden.hidden_agents(document, done)]
    return Framing(
        devices=sorted(found, key=lambda one: (one.start, one.end, one.kind)),
        acts=done,
        stances=stances.find(document),
        order=order.analyze(document, said),
    )
