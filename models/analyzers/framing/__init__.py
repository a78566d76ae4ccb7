"""Framing: by which frames, devices, deeds and relations does this article tell its story, and in which order?"""

from __future__ import annotations

from collections.abc import Sequence

from ...document import Document
from ...report import Attribution, EntityFinding, Framing, Term

__all__ = ["analyze"]


def analyze(  # its parts ask for all of these
    document: Document,  # noqa: ARG001
    terms: Sequence[Term],  # noqa: ARG001
    said: Attribution,  # noqa: ARG001
    people: Sequence[EntityFinding],  # noqa: ARG001
) -> Framing:
    """How is the story framed? `terms`, `said` and `people` are what the other analyzers found in this document."""
    return Framing()
