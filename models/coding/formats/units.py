"""A tidy table for R, pandas and spreadsheets: a row for every unit, variable and coder.

Units are the article, for the codebook's questions, and its sentences, for its layers: there the value is the category
of the first mark that touches the sentence, or "none". Only what was coded to the end is told, so that a missing row is
a missing value.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from ...rows import defuse
from ..entries import Coding
from .project import Document, Project

COLUMNS = ("article", "unit", "start", "end", "variable", "coder", "value")
NONE = "none"


def write(project: Project) -> str:
    """The table as CSV with a byte order mark, which spreadsheets ask for."""
    table = io.StringIO()
    writer = csv.writer(table, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for document in project.documents:
        codings = [*document.codings.items(), *([("Parallax", document.tool)] if document.tool else [])]
        for coder, coding in codings:
            if coding.done or coding is document.tool:
                for row in _rows(project, document, coding):
                    writer.writerow([defuse(str(cell)) for cell in (document.id, *row[:4], coder, row[4])])
    return "\ufeff" + table.getvalue()


def _rows(project: Project, document: Document, coding: Coding) -> Iterator[tuple[str, int, int, str, str]]:
    for level in project.codebook.levels:
        if level.id in coding.levels:
            yield "article", 0, len(document.text), level.id, coding.levels[level.id]
    for layer in project.codebook.layers:
        marks = [mark for mark in coding.marks if mark.layer == layer.id]
        for at, (start, end) in enumerate(document.sentences, 1):
            touching = [mark.category for mark in marks if mark.start < end and start < mark.end]
            yield f"sentence {at}", start, end, layer.id, touching[0] if touching else NONE
