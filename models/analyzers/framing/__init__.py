"""Framing: by which frames, devices, deeds and relations does this article tell its story, and in which order?"""

from __future__ import annotations

from collections.abc import Sequence

from ...document import Document
from ...report import Attribution, EntityFinding, Framing, Term
from . import acts, hidden, order

__all__ = ["analyze"]


def analyze(
    document: Document,
    terms: Sequence[Term],  # noqa: ARG001 (devices read it)
    said: Attribution,
    people: Sequence[EntityFinding],  # noqa: ARG001 (frames read it)
) -> Framing:
    """How is the story framed? `terms`, `said` and `people` are what the other analyzers found in this document."""
    done = acts.find(document)
    return Framing(devices=hidden.hidden_agents(document, done), acts=done, order=order.analyze(document, said))
