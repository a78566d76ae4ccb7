"""Reports: read, listed, deleted, and downloaded for other tools."""

from __future__ import annotations

from typing import Any

from models.report import Report
from service.exports import EXPORTS, OFFSETS
from service.openapi.parts import REPORT_ID, RETRY, answer, ask, refuse
from service.schemas import Reports, Waiting

_EXPORT = {
    "name": "name",
    "in": "path",
    "required": True,
    "description": "What to download it as.",
    "schema": {"type": "string", "enum": list(EXPORTS)},
}
_EXPORTS = (
    "findings.csv: every finding as a row, with its words, offsets, rule, category, voice, target, speaker and "
    "strength; a cell that a spreadsheet would run as a formula begins with an apostrophe. "
    "annotations.jsonld: every finding as a W3C Web Annotation on its exact words. "
    "marks.jsonld: the notes of the report's page as Web Annotations, with the style of their marks. "
    "spacy.json: text, tokens, sentences, entities and groups of spans as spaCy's Doc.from_json reads them. "
    "brat.ann and brat.txt: every finding as brat standoff, and the text that it points into. "
    "cite.bib and cite.json: how the report is cited, as BibTeX and as CSL-JSON."
)

_FILES: dict[str, Any] = {kind.split(";")[0]: {"schema": {}} for kind, _ in EXPORTS.values()}

TAKES = ()
GIVES = (Report, Reports, Waiting)
PATHS = {
    "/api/v1/reports": {
        "get": {
            "operationId": "listReports",
            "summary": "List reports, newest first",
            "parameters": [
                ask("outlet", "Only this outlet, whatever its case."),
                ask("q", "Only with these words in title or outlet."),
                ask("cursor", "The `next` of an earlier answer."),
                ask("limit", "How many at most.", type="integer", minimum=1, maximum=100, default=20),
            ],
            "responses": {"200": answer("Summaries.", Reports), **refuse("bad_request", "store_unavailable")},
        }
    },
    "/api/v1/reports/{id}": {
        "parameters": [REPORT_ID],
        "get": {
            "operationId": "getReport",
            "summary": "Get a report",
            "parameters": [ask("offsets", "What offsets count.", enum=list(OFFSETS), default=OFFSETS[0])],
            "responses": {
                "200": answer("The report.", Report),
                "202": answer("It is on its way.", Waiting, RETRY),
                **refuse("bad_request", 404, "analysis_failed", "store_unavailable", "report_unreadable"),
            },
        },
        "delete": {
            "operationId": "deleteReport",
            "summary": "Delete a report and the article's text",
            "responses": {
                "204": answer("Nothing of it is left in the store."),
                **refuse(403, 404, "store_unavailable"),
            },
        },
    },
    "/api/v1/reports/{id}/{name}": {
        "parameters": [REPORT_ID, _EXPORT],
        "get": {
            "operationId": "exportReport",
            "summary": "Download a report for other tools",
            "description": _EXPORTS,
            "responses": {
                "200": {"description": "The file.", "content": _FILES},
                "202": answer("The report is on its way.", Waiting, RETRY),
                **refuse(404, "analysis_failed", "store_unavailable", "report_unreadable"),
            },
        },
    },
}
