"""A report for other tools: spreadsheets, annotation tools, spaCy, and languages that count offsets otherwise."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Callable, Iterator
from itertools import accumulate, chain, pairwise
from typing import Any, Literal

from models import rows
from models.report import Report
from models.rows import Row, list_findings
from service import citations, page_marks, picture, word_file

Offsets = Literal["codepoints", "utf16", "bytes"]
OFFSETS: tuple[Offsets, ...] = ("codepoints", "utf16", "bytes")


def write_annotations(report: Report, where: str) -> dict[str, Any]:
    """The findings as a page of W3C Web Annotations (2017), each on its exact words with some context.

    On the page at the article's own address words are found by the words around them; without an address they point
    into brat.txt, which is article.text, by code points too.
    """
    text, address = report.article.text, report.article.url
    made = {
        "created": report.provenance.analyzed_at,
        "generator": {"type": "Software", "name": f"Parallax {report.provenance.engine}"},
    }

    def select(found: Row) -> list[dict[str, Any]]:
        quote = {
            "type": "TextQuoteSelector",
            "exact": found.text,
            "prefix": text[max(0, found.start - 32) : found.start],
            "suffix": text[found.end : found.end + 32],
        }
        return [quote] if address else [quote, {"type": "TextPositionSelector", "start": found.start, "end": found.end}]

    page = f"{where}/annotations.jsonld"
    items = [
        {
            "id": f"{page}#{found.kind}-{found.item}-{found.start}",
            "type": "Annotation",
            **made,
            "motivation": "tagging" if found.kind in ("source", "cue", "content", "mention") else "assessing",
            "body": [{"type": "TextualBody", "purpose": "tagging", "value": tag} for tag in _tags(found)],
            "target": {"source": address or f"{where}/brat.txt", "selector": select(found)},
        }
        for found in list_findings(report)
        if found.kind != "sentence"
    ]
    return {"@context": "http://www.w3.org/ns/anno.jsonld", "id": page, "type": "AnnotationPage", "items": items}


def _tags(found: Row) -> list[str]:
    return [tag for tag in (found.kind, found.category, found.tone, found.voice) if tag]


def write_brat(report: Report) -> str:
    """The findings as brat standoff beside article.text: spans over line breaks in pieces, attributions joined."""
    text, lines, notes, relations, first = report.article.text, [], [], [], dict[tuple[str, str], str]()
    for number, found in enumerate((f for f in list_findings(report) if f.kind != "sentence"), 1):
        pieces = _cut_lines(found.text, found.start)
        where = ";".join(f"{start} {end}" for start, end in pieces)
        words = " ".join(text[start:end] for start, end in pieces)
        lines.append(f"T{number}\t{found.kind.capitalize()} {where}\t{words}")
        if tags := _tags(found)[1:]:
            notes.append(f"AnnotatorNotes T{number}\t{', '.join(tags)}")
        if found.kind in ("source", "cue", "content"):
            first.setdefault((found.item, found.kind), f"T{number}")
    for item in sorted({item for item, _ in first}, key=int):
        content = first[item, "content"]
        for kind in ("source", "cue"):
            if (item, kind) in first:
                relations.append(f"{kind.capitalize()}Of Arg1:{first[item, kind]} Arg2:{content}")
    lines += [f"R{number}\t{relation}" for number, relation in enumerate(relations, 1)]
    lines += [f"#{number}\t{note}" for number, note in enumerate(notes, 1)]
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
    "mentions": ("mention",),
    "devices": ("device",),
    "frames": ("frame",),
    "acts": ("act",),
}
_ENTITIES = {"person": "PERSON", "organization": "ORG", "place": "GPE", "other": "MISC"}
_WORD = re.compile(r"\w+(?:['’-]\w+)*|\s+|.", re.DOTALL)


def write_spacy(report: Report) -> dict[str, Any]:
    """The text with sentences, entities and named groups of spans as `Doc.to_json` writes them.

    `Doc(Vocab()).from_json(…)` reads it. Tokens are words and signs, cut wherever a span begins or ends; of mentions
    that overlap, `ents` holds the longest, the group `mentions` all of them. A span's `kb_id` is a term's rule, an
    entity's id, or the number of the attribution.
    """
    text = report.article.text
    groups: dict[str, list[dict[str, Any]]] = {group: [] for group in _GROUPS}
    for found in list_findings(report):
        for group, kinds in _GROUPS.items():
            if found.kind in kinds:
                label = {"attribution": found.kind, "labels": found.tone}.get(group, found.category)
                label = _ENTITIES[found.category] if group == "mentions" else label
                groups[group].append(
                    _bare(text, found.start, found.end)
                    | {"label": label, "kb_id": found.rule if group == "terms" else found.item}
                )
    sentences = [_bare(text, sentence.start, sentence.end) for sentence in report.sentences]
    ends = {place for span in (*sentences, *chain(*groups.values())) for place in (span["start"], span["end"])}
    return {
        "text": text,
        "ents": [
            {name: span[name] for name in ("start", "end", "label")} for span in _apart(groups["mentions"], len(text))
        ],
        "sents": sentences,
        "spans": groups,
        "tokens": [{"id": at, "start": start, "end": end} for at, (start, end) in enumerate(_cut_tokens(text, ends))],
    }


def _bare(text: str, start: int, end: int) -> dict[str, Any]:
    """A span without white space at its ends, where spaCy has no token to begin or end with."""
    words = text[start:end]
    start += len(words) - len(words.lstrip())
    return {"start": start, "end": start + len(words.strip())}


def _apart(spans: list[dict[str, Any]], length: int) -> list[dict[str, Any]]:
    """Of spans that overlap the longest, in the order of the text."""
    kept, taken = [], bytearray(length)
    for span in sorted(spans, key=lambda one: (one["start"] - one["end"], one["start"])):
        start, end = span["start"], span["end"]
        if not any(taken[start:end]):
            taken[start:end] = b"\x01" * (end - start)
            kept.append(span)
    return sorted(kept, key=lambda one: int(one["start"]))


def _cut_tokens(text: str, ends: set[int]) -> Iterator[tuple[int, int]]:
    """Words and signs; of white space one blank after a token belongs to it, the rest is a token of its own."""
    after_word = False
    for found in _WORD.finditer(text):
        start, end = found.span()
        if found.group().isspace():
            start += after_word and text[start] == " "
            if start < end:
                yield start, end
            after_word = False
            continue
        cuts = [start, *(at for at in range(start + 1, end) if at in ends), end]
        yield from pairwise(cuts)
        after_word = True


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


def _page(where: str) -> str:
    """The address of a report's page, from that of its JSON."""
    return where.replace("/api/v1/reports/", "/reports/")


# What a report can be downloaded as: content type, and how it is written from the report and its address.
EXPORTS: dict[str, tuple[str, Callable[[Report, str], str | bytes]]] = {
    "findings.csv": ("text/csv; charset=utf-8", lambda report, _: write_csv(report)),
    "annotations.jsonld": (
        'application/ld+json; profile="http://www.w3.org/ns/anno.jsonld"',
        lambda report, where: _dump(write_annotations(report, where)),
    ),
    "marks.jsonld": (
        'application/ld+json; profile="http://www.w3.org/ns/anno.jsonld"',
        lambda report, where: _dump(page_marks.write(report, where)),
    ),
    "findings.docx": (word_file.KIND, lambda report, _: word_file.write(report)),
    "summary.svg": ("image/svg+xml", lambda report, where: picture.write(report, _page(where))),
    "spacy.json": ("application/json", lambda report, _: _dump(write_spacy(report))),
    "brat.ann": ("text/plain; charset=utf-8", lambda report, _: write_brat(report)),
    "brat.txt": ("text/plain; charset=utf-8", lambda report, _: report.article.text),
    "cite.bib": (
        "application/x-bibtex; charset=utf-8",
        lambda report, where: citations.write_bibtex(report, _page(where)),
    ),
    "cite.json": (
        "application/vnd.citationstyles.csl+json",
        lambda report, where: citations.write_csl(report, _page(where)),
    ),
}
