"""A tidy table for R, pandas and spreadsheets: a row for every unit, variable and coder.

Units are the article, for the codebook's questions, and its sentences, for its layers: there the value is the category
of the first mark that touches the sentence, or "none". Only what was coded to the end is told, so that a missing row is
a missing value.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator

from ...rows import defuse
from ..entries import Coding
from .project import Document, Project

COLUMNS = ("article", "unit", "start", "end", "variable", "coder", "value")
NONE = "none"


def write(project: Project) -> str:
    """The table as CSV with a byte order mark, which spreadsheets ask for."""
    return _write([COLUMNS, *((*row[:5], *row[5]) for row in _tell(project))])


def write_texts(project: Project) -> str:
    """Every article and every sentence once, with its text and a column for what each coder says by each variable.

    Its first columns are those by which R knows texts (doc_id and text: the Text Interchange Formats of rOpenSci).
    """
    told: dict[tuple[str, str], dict[str, str]] = {}
    for article, unit, _, _, variable, (coder, value) in _tell(project):
        told.setdefault((article, unit), {})[f"{variable}.{coder}"] = value
    names = list(dict.fromkeys(name for said in told.values() for name in said))
    rows: list[list[object]] = [["doc_id", "text", "article", "unit", *names]]
    for document in project.documents:
        units = [(document.id, "article", 0, len(document.text))]
        units += [(f"{document.id}.{at}", f"sentence {at}", *place) for at, place in enumerate(document.sentences, 1)]
        for name, unit, start, end in units:
            said = told.get((document.id, unit), {})
            kind = unit.partition(" ")[0]
            rows.append([name, document.text[start:end], document.id, kind, *(said.get(one, "") for one in names)])
    return _write(rows)


def _write(rows: Iterable[Iterable[object]]) -> str:
    table = io.StringIO()
    writer = csv.writer(table, lineterminator="\r\n")
    writer.writerows([defuse(str(cell)) for cell in row] for row in rows)
    return "\ufeff" + table.getvalue()


def _tell(project: Project) -> Iterator[tuple[str, str, int, int, str, tuple[str, str]]]:
    """What coders who are done, and Parallax, say: article, unit, start, end, variable, and who what."""
    for document in project.documents:
        for coder, coding in document.voices:
            if coding.done or coding is document.tool:
                for unit, start, end, variable, value in _rows(project, document, coding):
                    yield document.id, unit, start, end, variable, (coder, value)


def _rows(project: Project, document: Document, coding: Coding) -> Iterator[tuple[str, int, int, str, str]]:
    for level in project.codebook.levels:
        if level.id in coding.levels:
            yield "article", 0, len(document.text), level.id, coding.levels[level.id]
    for layer in project.codebook.layers:
        marks = [mark for mark in coding.marks if mark.layer == layer.id]
        for at, (start, end) in enumerate(document.sentences, 1):
            touching = [mark.category for mark in marks if mark.start < end and start < mark.end]
            yield f"sentence {at}", start, end, layer.id, touching[0] if touching else NONE
