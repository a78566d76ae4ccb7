"""A report for other tools: spreadsheets, annotation tools, spaCy, and languages that count offsets otherwise."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from itertools import accumulate
from typing import Any, Literal

from models import rows
from models.report import Report
from models.rows import Row, list_findings

Offsets = Literal["codepoints", "utf16", "bytes"]
OFFSETS: tuple[Offsets, ...] = ("codepoints", "utf16", "bytes")

SCHEMA_DIALECT = "https://json-schema.org/draft/2020-12/schema"


def write_annotations(report: Report, where: str) -> dict[str, Any]:
    """The findings as a page of W3C Web Annotations (2017), each on its exact words with some context."""
    text, source = report.article.text, report.article.url or where
    items = [
        {
            "id": f"{where}#{found.kind}-{found.item}-{found.start}",
            "type": "Annotation",
            "motivation": "tagging" if found.kind in ("source", "cue", "content", "mention") else "assessing",
            "body": [{"type": "TextualBody", "purpose": "tagging", "value": tag} for tag in _tags(found)],
            "target": {
                "source": source,
                "selector": [
                    {
                        "type": "TextQuoteSelector",
                        "exact": found.text,
                        "prefix": text[max(0, found.start - 32) : found.start],
                        "suffix": text[found.end : found.end + 32],
                    },
                    {"type": "TextPositionSelector", "start": found.start, "end": found.end},
                ],
            },
        }
        for found in list_findings(report)
        if found.kind != "sentence"
    ]
    return {
        "@context": "http://www.w3.org/ns/anno.jsonld",
        "id": where,
        "type": "AnnotationPage",
        "items": items,
    }


def _tags(found: Row) -> list[str]:
    return [tag for tag in (found.kind, found.category, found.tone, found.voice) if tag]


def write_brat(report: Report) -> str:
    """The findings as brat standoff beside article.text: spans over line breaks in pieces, attributions joined."""
    lines, relations, first = [], [], dict[tuple[str, str], str]()
    for number, found in enumerate((f for f in list_findings(report) if f.kind != "sentence"), 1):
        pieces = _cut_lines(found.text, found.start)
        where = ";".join(f"{start} {end}" for start, end in pieces)
        lines.append(f"T{number}\t{found.kind.capitalize()} {where}\t{' '.join(found.text.split())}")
        if found.kind in ("source", "cue", "content"):
            first.setdefault((found.item, found.kind), f"T{number}")
    for item in sorted({item for item, _ in first}, key=int):
        content = first[item, "content"]
        for kind in ("source", "cue"):
            if (item, kind) in first:
                relations.append(f"{kind.capitalize()}Of Arg1:{first[item, kind]} Arg2:{content}")
    lines += [f"R{number}\t{relation}" for number, relation in enumerate(relations, 1)]
    return "".join(f"{line}\n" for line in lines)


def _cut_lines(text: str, at: int) -> list[tuple[int, int]]:
    """The stretches of a span between its line breaks, white space at their ends left out."""
    pieces = []
    for line in text.splitlines(keepends=True):
        bare = line.strip()
        if bare:
            start = at + line.index(bare)
            pieces.append((start, start + len(bare)))
        at += len(line)
    return pieces


_GROUPS: dict[str, tuple[str, ...]] = {  # named groups of spans: kinds of findings in each
    "terms": ("term",),
    "attribution": ("source", "cue", "content"),
    "labels": ("label",),
    "vague": ("vague",),
}


def write_spacy(report: Report) -> dict[str, Any]:
    """The text with sentences, entities and named groups of spans by character, as `Doc.char_span` takes them."""
    kinds = {"person": "PERSON", "organization": "ORG", "place": "GPE", "other": "MISC"}
    groups: dict[str, list[dict[str, Any]]] = {group: [] for group in _GROUPS}
    for found in list_findings(report):
        for group, kinds_of in _GROUPS.items():
            if found.kind in kinds_of:
                label = {"attribution": found.kind, "labels": found.tone}.get(group, found.category)
                groups[group].append({"start": found.start, "end": found.end, "label": label, "id": found.item})
    return {
        "text": report.article.text,
        "sents": [{"start": sentence.start, "end": sentence.end} for sentence in report.sentences],
        "ents": [
            {"start": mention.start, "end": mention.end, "label": kinds[entity.kind], "kb_id": entity.id}
            for entity in report.entities
            for mention in entity.mentions
        ],
        "spans": groups,
    }


def count_in(report: Report, offsets: Offsets) -> dict[str, Any]:
    """The report as JSON with every offset in code points, UTF-16 units (JavaScript, Java) or bytes of UTF-8."""
    body = report.model_dump(mode="json")
    if offsets != "codepoints":
        width: Callable[[str], int] = _utf16_units if offsets == "utf16" else _utf8_bytes
        places = [0, *accumulate(map(width, report.article.text))]
        _move(body, places)
        body["article"]["title_end"] = places[report.article.title_end]
        for source, summary in zip(report.attribution.sources, body["attribution"]["sources"], strict=True):
            summary["first"] = places[source.first]
    return body


def _utf16_units(character: str) -> int:
    return 2 if ord(character) > 0xFFFF else 1


def _utf8_bytes(character: str) -> int:
    return len(character.encode())


def _move(value: Any, places: list[int]) -> None:
    """Every start and end in a tree of JSON, wherever it stands."""
    if isinstance(value, dict):
        if "start" in value and "end" in value:
            value["start"], value["end"] = places[value["start"]], places[value["end"]]
        for inner in value.values():
            _move(inner, places)
    elif isinstance(value, list):
        for inner in value:
            _move(inner, places)


def _dump(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def write_csv(report: Report) -> str:
    """The findings as CSV, under a line with the columns' names."""
    out = io.StringIO()
    rows.write_header(out)
    rows.write(report, out)
    return out.getvalue()


# What a report can be downloaded as: content type, and how it is written from the report and its address.
EXPORTS: dict[str, tuple[str, Callable[[Report, str], str]]] = {
    "findings.csv": ("text/csv; charset=utf-8", lambda report, _: write_csv(report)),
    "annotations.jsonld": (
        'application/ld+json; profile="http://www.w3.org/ns/anno.jsonld"',
        lambda report, where: _dump(write_annotations(report, where)),
    ),
    "spacy.json": ("application/json", lambda report, _: _dump(write_spacy(report))),
    "brat.ann": ("text/plain; charset=utf-8", lambda report, _: write_brat(report)),
    "brat.txt": ("text/plain; charset=utf-8", lambda report, _: report.article.text),
}
