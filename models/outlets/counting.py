"""Counting one report for its outlet."""

from __future__ import annotations

import hashlib
import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator

from ..comparison.columns import Column
from ..report import AttributionItem, Category, DeviceKind, Framing, Report, SourceType, Stance, Voice
from . import gender
from .records import Counts, Heard, Voiced, find_address

_MOST_SPEAKERS = 50  # of one article, those with most words


def count(column: Column) -> Counts | None:
    """How many words, loaded words, verbs and sources does this report have? None where it has no rates (too short)."""
    report = column.report
    if report.vocabulary.rates is None:
        return None
    words: Counter[Voice] = Counter({"outlet": 0, "quoted": 0})
    words.update("quoted" if word.quoted else "outlet" for word in column.words)
    terms: dict[Category, dict[Voice, int]] = {}
    for term in report.vocabulary.shown:
        terms.setdefault(term.category, {"outlet": 0, "quoted": 0})[term.voice] += 1
    verbs: dict[Stance, Counter[str]] = {}
    for item in report.attribution.items:
        if item.cue:
            verbs.setdefault(item.cue.stance, Counter())[item.cue.lemma] += 1
    sources: dict[SourceType, Heard] = {}
    speakers: Counter[str] = Counter()
    for source in report.attribution.sources:
        before = sources.get(source.source_type, Heard(articles=1, statements=0, words=0))
        sources[source.source_type] = Heard(
            articles=1, statements=before.statements + source.count, words=before.words + source.words
        )
        if source.speaker is not None:
            speakers[source.name] += source.words
    article, framing = report.article, report.framing
    day = re.match(r"\d{4}-\d{2}-\d{2}", article.published or "")
    return Counts(
        published=day[0] if day else None,
        text=sign(column),
        address=address_of(report),
        genre=article.genre,
        frames=[frame.name for frame in framing.frames if frame.level] if framing and framing.frames else None,
        devices=_count_devices(framing) if framing else None,
        voiced=list(_listen(column)),
        words=dict(words),
        terms=terms,
        verbs=verbs,
        sources=sources,
        speakers=dict(speakers.most_common(_MOST_SPEAKERS)),
    )


def address_of(report: Report) -> str:
    """Where the article stands, as `find_address` files it; empty for a text that was not found at an address."""
    origin = report.provenance.origin
    if origin is None or origin.kind == "file":
        return ""
    return find_address(origin.fetched or report.article.url)


def sign(column: Column, *, headline: bool = False) -> str:
    """A hash of the text's words; without its headline a text is known again under another one."""
    first = 0 if headline else column.report.article.title_end
    body = " ".join(word.form for word in column.words if word.start >= first)
    return hashlib.sha256(body.encode()).hexdigest()[:16]


def _count_devices(framing: Framing) -> dict[DeviceKind, int]:
    return dict(Counter(device.kind for device in framing.devices if device.shown and device.voice == "outlet"))


def _listen(column: Column) -> Iterator[Voiced]:
    """Each source with its part, the words that it gets, and where it comes in."""
    found = column.report.attribution
    parts = {(member.name, member.speaker): member for member in found.cast}
    people = {entity.id for entity in column.report.entities if entity.kind == "person"}
    starts = [word.start for word in column.words]
    for source in found.sources[:_MOST_SPEAKERS]:
        part = parts.get((source.name, source.speaker))
        yield Voiced(
            name=source.name,
            source_type=source.source_type,
            person=source.speaker in people,
            role=part.role if part else None,
            side=part.side if part else None,
            gender=gender.read(column.report, source.speaker),
            statements=source.count,
            words=source.words,
            quoted=min(source.words, sum(_count_quoted(column, found.items[at]) for at in source.items)),
            first=round(bisect_left(starts, source.first) / max(1, len(starts)), 3),
        )


def _count_quoted(column: Column, item: AttributionItem) -> int:
    pieces = [item.content, *item.content_parts]
    return sum(word.quoted for piece in pieces for word in column.words_in(piece.start, piece.end))
