"""Every finding of a report as a row: what a table of them holds."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, fields
from typing import IO, Any, Literal

from .report import AttributionItem, Framing, Party, Report, Span

# A spreadsheet runs a cell that begins with one of these as a formula (OWASP, CSV injection); the wide ones in Japan.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


@dataclass(frozen=True, slots=True)
class Row:
    """One finding, flat."""

    report: str
    article: str
    outlet: str
    kind: Literal[
        "term", "source", "cue", "content", "vague", "mention", "label", "sentence", "device", "frame", "act",
        "unheard", "no_reply",
    ]  # fmt: skip
    item: str  # which attribution, entity or sentence of the report it belongs to
    text: str
    start: int
    end: int
    rule: str = ""
    category: str = ""
    tone: str = ""
    voice: str = ""
    target: str = ""
    speaker: str = ""
    strength: float | None = None
    shown: str = "yes"  # or "no": less sure, in no rate and no comparison


COLUMNS = tuple(field.name for field in fields(Row))


def list_findings(report: Report) -> Iterator[Row]:
    """Every finding of a report, one row each, kind after kind."""
    names = {entity.id: entity.name for entity in report.entities}
    about = (report.id, str(report.article.id or report.article.title or ""), report.article.outlet or "")

    def row(kind: Any, item: object, span: Span, **more: Any) -> Row:
        return Row(*about, kind, str(item), span.text, span.start, span.end, **more)

    for at, term in enumerate(report.vocabulary.terms):
        yield row(
            "term", at, term, rule=term.rule, category=term.category, tone=term.tone, voice=term.voice,
            target=names.get(term.target or "", ""), strength=term.strength, shown=_say(term.shown),
        )  # fmt: skip
    for at, said in enumerate(report.attribution.items):
        speaker = names.get(said.speaker or "", "")
        for kind, spans in _parts(said).items():
            stance = said.cue.stance if said.cue and kind == "cue" else ""
            for span in spans:
                yield row(
                    kind, at, span, rule=said.kind, category=said.source_type, tone=stance, speaker=speaker,
                    strength=said.strength, shown=_say(said.shown),
                )  # fmt: skip
    for at, marker in enumerate(report.attribution.vague):
        yield row("vague", at, marker, category=marker.kind)
    for entity in report.entities:
        for mention in entity.mentions:
            tone = {-1: "negative", 0: "neutral", 1: "positive"}[mention.polarity]
            yield row(
                "mention", entity.id, mention, category=entity.kind, tone=tone, voice=mention.voice,
                target=entity.name, strength=mention.sure,
            )  # fmt: skip
        for label in entity.labels:
            yield row(
                "label", entity.id, label, category=entity.kind, tone=label.tone, target=entity.name,
                strength=label.strength, shown=_say(label.shown),
            )  # fmt: skip
    for at, sentence in enumerate(report.sentences):
        text = report.article.text[sentence.start : sentence.end]
        span = Span(start=sentence.start, end=sentence.end, text=text)
        yield row("sentence", at, span, category=sentence.part, strength=sentence.bias, shown=_say(sentence.shown))
    for at, one in enumerate(report.attribution.unheard):
        yield row("unheard", at, one.evidence, category=one.why, target=names.get(one.entity, ""))
    for at, refusal in enumerate(report.attribution.no_reply):
        yield row("no_reply", at, refusal, target=names.get(refusal.entity or "", ""))
    if report.framing:
        yield from _list_framing(report.framing, names, row)


def _list_framing(framing: Framing, names: dict[str, str], row: Callable[..., Row]) -> Iterator[Row]:
    def name(party: Party | None) -> str:
        return (names.get(party.entity or "") or party.span.text) if party else ""

    for at, device in enumerate(framing.devices):
        yield row(
            "device", at, device, rule=device.rule, category=device.kind, voice=device.voice,
            target=names.get(device.about or "", ""), strength=device.strength, shown=_say(device.shown),
        )  # fmt: skip
    for at, frame in enumerate(framing.frames):
        for span in frame.evidence:
            level = "leads" if frame.level == 2 else "present"
            yield row("frame", at, span, rule=level, category=frame.name, strength=frame.probability)
    for at, act in enumerate(framing.acts):
        yield row(
            "act", at, act, rule=act.form, category=act.effect, voice=act.voice, target=name(act.undergoer),
            speaker=name(act.doer),
        )  # fmt: skip


def _say(shown: bool) -> str:
    return "yes" if shown else "no"


def _parts(said: AttributionItem) -> dict[str, list[Span]]:
    """An attribution's spans by their part, those in several pieces included."""
    return {
        "source": [span for span in (said.source, *said.source_parts) if span],
        "cue": [span for span in (said.cue, *said.cue_parts) if span],
        "content": [said.content, *said.content_parts],
    }


def write_header(table: IO[str]) -> None:
    """The first line of a CSV of findings."""
    csv.writer(table, lineterminator="\r\n").writerow(COLUMNS)


def write(report: Report, table: IO[str]) -> None:
    """Its findings as lines of CSV (RFC 4180), cells that a spreadsheet would run defused with an apostrophe."""
    writer = csv.writer(table, lineterminator="\r\n")
    writer.writerows([defuse(value) for value in asdict(found).values()] for found in list_findings(report))


def defuse(value: object) -> object:
    """The value as a spreadsheet may hold it: never a formula."""
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value
