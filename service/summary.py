"""What stands out in a report? Three to five plain sentences, each with links to its evidence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from models.report import EntityFinding, Report, SourceSummary, Span, Term
from service.figures import percent
from service.findings import Findings
from service.texts import say

SENTENCES = 5
EVIDENCE = 3  # links a sentence
OFTEN = 3  # mentions from which silence is worth a word


@dataclass(frozen=True, slots=True)
class SummaryLink:
    """Some words of the article and the number of the note about them."""

    text: str
    note: int


@dataclass(frozen=True, slots=True)
class Statement:
    """A sentence: plain text and links, in order."""

    pieces: tuple[str | SummaryLink, ...]


def summarise(report: Report, findings: Findings) -> list[Statement]:
    """The most telling facts first; nothing is said that the report doesn't hold."""
    if report.article.language != "en" and not findings.notes:
        return []
    return [statement for statement, _ in zip(_statements(report, findings), range(SENTENCES), strict=False)]


def _statements(report: Report, findings: Findings) -> Iterator[Statement]:
    terms = [(at, term) for at, term in enumerate(report.vocabulary.terms) if term.shown]
    numbers = findings.numbers("term")
    names = {entity.id: entity.name for entity in report.entities}
    retold = [span for item in report.attribution.items for span in (item.content, *item.content_parts)]
    own = [(at, term) for at, term in terms if term.voice == "outlet" and not _is_inside(term, retold)]
    quoted = [(at, term) for at, term in terms if term.voice == "quoted"]

    first = _tell("own", len(own), _words(own, numbers))
    rates = report.vocabulary.rates
    if rates and rates.outlet.percentile is not None and own:
        rank = say("standout.rank.more", percentile=f"{rates.outlet.percentile:.0f}")
        first = Statement((*first.pieces, f" {rank}"))
    yield first
    for target, n in Counter(term.target for _, term in own if term.target in names).most_common(1):
        if n > 1:
            about = [(at, term) for at, term in own if term.target == target]
            yield _tell("target", n, _words(about, numbers), name=names[target or ""])
    yield _heard(report, findings)
    items = findings.numbers("attribution")
    doubting = [
        SummaryLink(item.cue.text, items[at])
        for at, item in enumerate(report.attribution.items)
        if item.cue and item.cue.stance == "doubting" and at in items
    ]
    if doubting:
        yield _tell("doubting", len(doubting), doubting)
    vague = findings.numbers("vague")
    if vague:
        markers = report.attribution.vague
        yield _tell("vague", len(markers), [SummaryLink(markers[int(at)].text, note) for at, note in vague.items()])
    for entity in silent(report)[:1]:
        if len(entity.mentions) >= OFTEN and entity.id in findings.numbers("entity"):
            place = SummaryLink(entity.mentions[0].text, findings.numbers("entity")[entity.id])
            yield _tell("silent", 1, [place], name=entity.name, mentions=len(entity.mentions))
    if quoted:
        yield _tell("quoted", len(quoted), _words(quoted, numbers))


def _is_inside(term: Term, spans: Sequence[Span]) -> bool:
    """Does it stand in what somebody is told to say? Whose word it is there, nobody can tell."""
    return any(span.start <= term.start < span.end for span in spans)


def silent(report: Report) -> list[EntityFinding]:
    """Who is spoken about, and neither heard nor asked? People and organizations, most mentioned first."""
    heard = {item.speaker for item in report.attribution.items} | {
        source.speaker for source in report.attribution.sources
    }
    heard |= {one.entity for one in report.attribution.no_reply}  # who was asked is told of apart
    spoken_about = [
        entity
        for entity in report.entities
        if entity.kind in ("person", "organization") and entity.id not in heard and len(entity.mentions) > 1
    ]
    return sorted(spoken_about, key=lambda entity: -len(entity.mentions))


def heard(report: Report) -> list[SourceSummary]:
    """Who is heard? Sources with the most words first."""
    return sorted(report.attribution.sources, key=lambda source: -source.words)


def _heard(report: Report, findings: Findings) -> Statement:
    sources = [source for source in heard(report) if source.source_type != "vague"]
    if not sources:
        return _tell("heard", 0, [])
    first, numbers = sources[0], findings.numbers("attribution")
    items = report.attribution.items
    evidence = [
        SummaryLink(cue.text if (cue := items[at].cue) else items[at].content.text[:40], numbers[at])
        for at in first.items
        if at in numbers
    ]
    return _tell("heard", len(sources), evidence, name=first.name, share=percent(first.share))


def _words(terms: Iterable[tuple[int, Term]], numbers: dict[int | str, int]) -> list[SummaryLink]:
    """One link for each different word, the surest first."""
    different: dict[str, SummaryLink] = {}
    for at, term in sorted(terms, key=lambda pair: -pair[1].strength):
        if at in numbers:
            different.setdefault(term.text.casefold(), SummaryLink(term.text, numbers[at]))
    return list(different.values())


def _tell(key: str, n: int, evidence: Sequence[SummaryLink], **facts: object) -> Statement:
    """Fill in a text of texts.toml and put links where its evidence goes."""
    form = {0: "none", 1: "one"}.get(n, "many")
    before, _, after = say(f"standout.{key}.{form}", n=n, evidence="\0", **facts).partition("\0")
    links: list[str | SummaryLink] = []
    for at, link in enumerate(evidence[:EVIDENCE]):
        links += [", ", link] if at else [link]
    return Statement(tuple(piece for piece in (before, *links, after) if piece))
