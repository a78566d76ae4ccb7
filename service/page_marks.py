"""The marks of a report for a page that is not ours: each note as a Web Annotation, with the style of its marks."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from models.report import AttributionItem, Device, EntityFinding, Report, SentenceFinding, Term, VagueMarker
from service import findings, summary
from service.findings import Note
from service.texts import TEXTS

_AROUND = 48  # characters before and after a quotation, by which it is found again


def write(report: Report, where: str) -> dict[str, Any]:
    """Every note that the report's page draws by default, as a page of W3C Web Annotations (2017).

    A target's `styleClass` is the note's layer and the style of the mark; its first selector quotes the words. `where`
    is the address of the report's JSON. `partOf.label` says what the page says at a glance, a sentence a line.
    """
    found = findings.find(report)
    names = {entity.id: entity.name for entity in report.entities}
    text, page = report.article.text, f"{where}/marks.jsonld"
    items = []
    for note in (note for note in found.shown if note.sure):
        targets = [
            {
                "source": report.article.url or f"{where}/brat.txt",
                "styleClass": f"{note.layer} {mark.style}".strip(),
                "selector": [
                    {
                        "type": "TextQuoteSelector",
                        "exact": text[mark.start : mark.end],
                        "prefix": text[max(0, mark.start - _AROUND) : mark.start],
                        "suffix": text[mark.end : mark.end + _AROUND],
                    },
                    {"type": "TextPositionSelector", "start": mark.start, "end": mark.end},
                ],
            }
            for mark in note.marks
        ]
        lines = [{"type": "TextualBody", "format": "text/plain", "value": line} for line in tell(note, names)]
        items.append(
            {
                "id": f"{page}#{note.name}",
                "type": "Annotation",
                "motivation": "assessing",
                "body": lines,
                "target": targets,
            }
        )
    told = summary.summarise(report, found)
    glance = [f"{TEXTS['glance']['label'][one.about]}: {one.text}" for one in told]
    whole = {"id": f"{where}/marks", "type": "AnnotationCollection", "label": glance}
    about = {"@context": "http://www.w3.org/ns/anno.jsonld", "id": page, "type": "AnnotationPage", "partOf": whole}
    return about | {"items": items}


def tell(note: Note, names: dict[str, str]) -> Iterator[str]:
    """What the note says, in plain lines (partials/note.html sets the same with more beside it)."""
    match note.subject:
        case Term() as term:
            about = f" · about {names[term.target]}" if term.target in names else ""
            yield f"{term.text}: {TEXTS['category'][term.category]}, {term.tone}{about}"
            yield f"{TEXTS['voice'][term.voice]} · {_grade(term.strength)}"
            if term.alternatives:
                yield f"plain: {', '.join(term.alternatives)}"
            if term.note:
                yield f"why: {findings.reason(term)}"
        case Device() as device:
            about = f" · about {names[device.about]}" if device.about in names else ""
            yield f"{TEXTS['device'][device.kind]['name']}{about}"
            yield f"{TEXTS['device'][device.kind]['means']} {device.note}".strip()
            if device.strength is not None:
                yield f"{TEXTS['voice'][device.voice]} · {_grade(device.strength)}"
        case AttributionItem() as said:
            who = names.get(said.speaker or "") or (said.source.text if said.source else "nobody named")
            cue = f" “{said.cue.text}”, {TEXTS['stance'][said.cue.stance]}" if said.cue else ""
            yield f"{who}{cue}: {TEXTS['kind'][said.kind]}"
            yield f"source: {TEXTS['source_type'][said.source_type]}"
        case VagueMarker() as vague:
            yield f"{vague.text}: {TEXTS['vague_kind'][vague.kind]}"
        case EntityFinding() as entity:
            count = len(entity.mentions)
            yield f"{entity.name}: {entity.kind}, {count} {'mention' if count == 1 else 'mentions'}"
            if entity.labels:
                yield f"called {', '.join(f'“{label.text}”' for label in entity.labels)}"
            if entity.shown_portrayal is not None:
                rests = f"over {entity.portrayal_mentions} mentions"
                yield f"tone in the outlet’s own voice: {entity.shown_portrayal:+.2f} of −1 to +1, {rests}"
        case SentenceFinding() as sentence:
            yield f"Experts would call this sentence biased with a probability of {sentence.bias or 0:.0%}."


def _grade(strength: float) -> str:
    return f"{TEXTS['strength'][findings.grade(strength)]} ({100 * strength:.0f} of 100)"
