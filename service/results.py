"""The results of a batch, line after line: never more than one report in memory."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict
from typing import Any

from pydantic import BaseModel, Field

from models import rows
from models.report import Report
from workers import store
from workers.store import LineError

Where = Callable[[str], str]


class Result(BaseModel):
    """What became of one line of a batch."""

    line: int = Field(ge=1, description="Line of the file, 1 is the first; in a zip, the place of the file.")
    id: str | None = Field(description="Id of its report; null while it waits for room, and where it was refused.")
    status: str = Field(description="waiting, queued, running, done, failed, refused or deleted.")
    errors: list[LineError] = Field(description="What was wrong with the line, field by field.")
    report: Report | None = Field(description="The report; null unless done.")


def read(identifier: str) -> Iterator[Result]:
    """Every line of the batch in order, with its report as far as there is one.

    Whatever is made of a report was read by somebody: one that is not to be retained is forgotten with that.
    """
    for row in store.batch_rows(identifier):
        if row.article is None:
            status = "waiting" if row.waits else "refused"
            yield Result(line=row.number, id=None, status=status, errors=list(row.errors), report=None)
            continue
        state = store.state(row.article)
        report = store.hand_over(row.article) if state and state.status == "done" else None
        yield Result(
            line=row.number,
            id=row.article,
            status=state.status if state else "deleted",
            errors=list(row.errors),
            report=report,
        )


def write_jsonl(identifier: str, where: Where) -> Iterator[str]:  # noqa: ARG001 - as the others
    """A line of JSON for every line of the batch."""
    for result in read(identifier):
        yield result.model_dump_json() + "\n"


# What results.csv says of an article: a column's name and where its value stands in the report.
_MEASURES: dict[str, Callable[[Report], Any]] = {
    "article": lambda report: report.article.id,
    "title": lambda report: report.article.title,
    "outlet": lambda report: report.article.outlet,
    "author": lambda report: report.article.author,
    "url": lambda report: report.article.url,
    "published": lambda report: report.article.published,
    "language": lambda report: report.article.language,
    "words": lambda report: report.article.words,
    "loaded_own": lambda report: sum(term.voice == "outlet" for term in report.vocabulary.shown),
    "loaded_own_per_1000": lambda report: _rate(report, "outlet", "per_1000"),
    "loaded_own_percentile": lambda report: _rate(report, "outlet", "percentile"),
    "loaded_quoted": lambda report: sum(term.voice == "quoted" for term in report.vocabulary.shown),
    "loaded_quoted_per_1000": lambda report: _rate(report, "quoted", "per_1000"),
    "sources": lambda report: len(report.attribution.sources),
    "statements": lambda report: len(report.attribution.items),
    "vague": lambda report: len(report.attribution.vague),
    "attributed_share": lambda report: report.attribution.attributed_share,
    "headline_polarity": lambda report: report.sentiment.headline and report.sentiment.headline.polarity,
    "body_polarity": lambda report: report.sentiment.body and report.sentiment.body.polarity,
    "notes": lambda report: " ".join(note.code for note in report.notes),
}


def _rate(report: Report, voice: str, measure: str) -> Any:
    rates = report.vocabulary.rates
    return getattr(getattr(rates, voice), measure) if rates else None


def write_csv(identifier: str, where: Where) -> Iterator[str]:
    """A row for every line of the batch: what became of it, where its report is, and its main measures."""
    yield _row(["line", "id", "status", "report", *_MEASURES, "error"])
    for result in read(identifier):
        measures = [measure(result.report) if result.report else None for measure in _MEASURES.values()]
        errors = "; ".join(f"{error.field}: {error.message}".removeprefix(": ") for error in result.errors)
        address = where(result.id) if result.report and result.id else None
        yield _row([result.line, result.id, result.status, address, *measures, errors])


def write_findings(identifier: str, where: Where) -> Iterator[str]:  # noqa: ARG001 - as the others
    """A row for every finding of every report, as findings.csv of a report has it."""
    yield _row(rows.COLUMNS)
    for result in read(identifier):
        if result.report:
            yield "".join(_row(asdict(found).values()) for found in rows.list_findings(result.report))


def _row(cells: Iterable[object]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerow([rows.defuse(cell) for cell in cells])
    return out.getvalue()


RESULTS: dict[str, tuple[str, Callable[[str, Where], Iterator[str]]]] = {
    "results.jsonl": ("application/jsonl", write_jsonl),
    "results.csv": ("text/csv; charset=utf-8", write_csv),
    "findings.csv": ("text/csv; charset=utf-8", write_findings),
}
