"""Framing: by which frames, devices, deeds and relations does this article tell its story, and in which order?"""

from __future__ import annotations

from collections.abc import Sequence

from ...document import Document
from ...report import Attribution, EntityFinding, Framing, Term
from . import acts, devices, frames, hidden, order, stances

__all__ = ["analyze"]


def analyze(
    document: Document,
    terms: Sequence[Term],  # noqa: ARG001 (devices will leave them)
    said: Attribution,
    people: Sequence[EntityFinding],
) -> Framing:
    """How is the story framed? `terms`, `said` and `people` are what the other analyzers found in this document."""
    done = acts.find(document)
    found = [*devices.find(document, said, people), *hidden.hidden_agents(document, done)]
    return Framing(
        frames=frames.find(document),
        devices=sorted(found, key=lambda one: (one.start, one.end, one.kind)),
        acts=done,
        stances=stances.find(document),
        order=order.analyze(document, said),
    )
