"""Findings said by hand, set into a report: where words stand, whose they are, and what is told of them."""

from __future__ import annotations

from typing import Any

from models.report import Framing, Party, Report, Span


def find(report: Report, words: str) -> dict[str, Any]:
    start = report.article.text.index(words)
    return {"start": start, "end": start + len(words), "text": words}


def with_framing(report: Report, **parts: Any) -> Report:
    """The report with this said of its framing, and nothing else."""
    return report.model_copy(update={"framing": Framing(**parts)})


def entity(report: Report, name: str) -> str | None:
    return next((entity.id for entity in report.entities if name in {m.text for m in entity.mentions}), None)


def party(report: Report, words: str | None) -> Party | None:
    return Party(entity=entity(report, words), span=Span(**find(report, words))) if words else None


def with_attribution(report: Report, **parts: Any) -> Report:
    return report.model_copy(update={"attribution": report.attribution.model_copy(update=parts)})
