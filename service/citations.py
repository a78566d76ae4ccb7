"""How is a report cited? With all that decided its figures: engine, lexicons, models, the day, the very text."""

from __future__ import annotations

import json
import re
from datetime import datetime
from typing import Any

from models.report import Report

AUTHOR = "The Parallax maintainers"
# What TeX takes for more than itself.
_TEX = {"\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}"} | {
    sign: f"\\{sign}" for sign in "&%$#_{}"
}


def cite(report: Report, where: str) -> str:
    """The citation in a sentence; `where` is the address of the report's page."""
    made = _made(report)
    return f"{AUTHOR}. {_title(report)}. Parallax {report.provenance.engine}, {made.day} {made:%B %Y}. {where}"


def list_versions(report: Report) -> list[tuple[str, str]]:
    """What made the report, and of which text: a name and a version each."""
    made = report.provenance
    return [
        ("engine", made.engine),
        *((f"lexicon {name}", version) for name, version in made.lexicons.items()),
        *((f"model {name}", version) for name, version in made.models.items()),
        ("text, SHA-256", report.article.sha256),
    ]


def write_bibtex(report: Report, where: str) -> str:
    """An entry for BibTeX and biber; ORCID takes it too (Add works, BibTeX)."""
    made = _made(report)
    fields = {
        "author": f"{{{AUTHOR}}}",
        "title": f"{{{_escape(_title(report))}}}",
        "year": str(made.year),
        "month": f"{made.month}",
        "howpublished": rf"\url{{{where}}}",
        "url": where,
        "note": _escape("; ".join(f"{name} {version}" for name, version in list_versions(report))),
    }
    lines = "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items())
    return f"@misc{{parallax-{report.id[:12]},\n{lines}}}\n"


def write_csl(report: Report, where: str) -> str:
    """The same as CSL-JSON, for Zotero, pandoc and others."""
    made = _made(report)
    item: dict[str, Any] = {
        "id": f"parallax-{report.id[:12]}",
        "type": "report",
        "title": _title(report),
        "author": [{"literal": AUTHOR}],
        "issued": {"date-parts": [[made.year, made.month, made.day]]},
        "genre": "Framing report",
        "version": report.provenance.engine,
        "URL": where,
        "note": "; ".join(f"{name} {version}" for name, version in list_versions(report)),
    }
    return json.dumps([item], ensure_ascii=False, indent=1)


def _title(report: Report) -> str:
    article = report.article
    whence = ", ".join(part for part in (article.outlet, (article.published or "")[:10]) if part)
    title = " ".join(article.called.split())
    return f"Framing report on “{title}”" + (f" ({whence})" if whence else "")


def _made(report: Report) -> datetime:
    return datetime.fromisoformat(report.provenance.analyzed_at)


def _escape(text: str) -> str:
    return re.sub(r"[\\~^&%$#_{}]", lambda found: _TEX[found[0]], text)
