"""Framing: by which frames, devices, deeds and relations does this article tell its story, and in which order?"""

from __future__ import annotations

from collections.abc import Sequence

from ...document import Document
from ...report import Attribution, EntityFinding, Framing, Term
from . import devices

__all__ = ["analyze"]


def analyze(
    document: Document,
    terms: Sequence[Term],  # noqa: ARG001  # for the parts to come
    said: Attribution,
    people: Sequence[EntityFinding],
) -> Framing:
    """How is the story framed? `terms`, `said` and `people` are what the other analyzers found in this document."""
    return Framing(devices=devices.find(document, said, people))
