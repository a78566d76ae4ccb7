"""A comparison for spreadsheets: one table a part, a row for what one article has there."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from models.comparison_report import Comparison
from models.comparison_report.rates import RateInterval
from models.report import Span, Voice
from models.rows import defuse

Cell = str | int | float | None
Table = tuple[Sequence[str], Callable[[Comparison], Iterator[Sequence[Cell]]]]


def write_csv(comparison: Comparison, name: str) -> str:
    """One part as CSV (RFC 4180), the report and the outlet first; cells that a spreadsheet would run are defused."""
    columns, rows = EXPORTS[name]
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(["report", "outlet", *columns])
    for at, *cells in rows(comparison):
        article = comparison.articles[int(at or 0)]
        writer.writerow(map(defuse, [article.id, article.outlet, *cells]))
    return out.getvalue()


def _place(span: Span | None) -> tuple[Cell, Cell, Cell]:
    return (span.text, span.start, span.end) if span else (None, None, None)


def _names(comparison: Comparison) -> Iterator[Sequence[Cell]]:
    for entity in comparison.entities:
        for at, cell in enumerate(entity.by_article):
            about = (at, entity.name, entity.kind, cell.mentions)
            for name in cell.names:
                count = sum(span.text == name for span in cell.spans)
                first = next((span for span in cell.spans if span.text == name), None)
                yield *about, "name", name, "", count, *_place(first)[1:]
            for label in cell.labels:
                yield *about, "label", label.text, label.tone, label.count, *_place(label.spans[0])[1:]
            if not cell.mentions:
                yield *about, "", "", "", 0, None, None


def _tones(comparison: Comparison) -> Iterator[Sequence[Cell]]:
    for entity in comparison.entities:
        for at, cell in enumerate(entity.by_article):
            for voice, tone in (("outlet", cell.outlet), ("quoted", cell.quoted)):
                yield at, entity.name, entity.kind, voice, tone.mentions, tone.polarity, tone.low, tone.high


def _sources(comparison: Comparison) -> Iterator[Sequence[Cell]]:
    for source in comparison.sources:
        for at, cell in enumerate(source.by_article):
            verbs = "; ".join(f"{cue.lemma} ({cue.stance}, {cue.count})" for cue in cell.cues)
            heard = "yes" if cell.spans else "no"
            yield (
                at,
                source.name,
                source.source_type,
                source.heard_in,
                heard,
                cell.words,
                cell.quoted,
                cell.share,
                verbs,
                cell.mentions,
            )


def _quotations(comparison: Comparison) -> Iterator[Sequence[Cell]]:
    for number, quotation in enumerate(comparison.quotations, 1):
        differ = "yes" if quotation.stances_differ else "no"
        for at, cell in enumerate(quotation.by_article):
            if cell:
                source, cue = (span.text if span else None for span in (cell.source, cell.cue))
                yield at, number, quotation.text, differ, source, cue, cell.stance, *_place(cell.span)


def _rates(comparison: Comparison) -> Iterator[Sequence[Cell]]:
    for at, article in enumerate(comparison.vocabulary.by_article):
        yield from _per_voice(at, article.words, article.total, article.by_category.items())


def _per_voice(
    at: int,
    words: Mapping[Voice, int],
    total: Mapping[Voice, RateInterval],
    parts: Iterable[tuple[str, Mapping[Voice, RateInterval]]],
) -> Iterator[Sequence[Cell]]:
    for name, voices in (("", total), *parts):
        for voice, rate in voices.items():
            counted = words["quoted" if voice == "quoted" else "outlet"]
            yield at, str(name), voice, counted, rate.count, rate.per_1000, rate.low, rate.high


def _passages(comparison: Comparison) -> Iterator[Sequence[Cell]]:
    for number, passage in enumerate(comparison.passages, 1):
        kind = "shared" if passage.only_in is None else "only here"
        for at, cell in enumerate(passage.by_article):
            if cell:
                differing = "; ".join(span.text for span in cell.differing)
                alone = ("; ".join(passage.names), "; ".join(passage.sources))
                same = "yes" if passage.identical else "no"
                opposed = "; ".join(passage.opposed)
                place = _place(cell.span)
                yield at, number, kind, passage.similarity, same, cell.voice, *place, differing, *alone, opposed


def _contradictions(comparison: Comparison) -> Iterator[Sequence[Cell]]:
    for number, row in enumerate(comparison.contradictions, 1):
        versions = "yes" if row.between_versions else "no"
        for at, cell in enumerate(row.by_article):
            if cell:
                differing = "; ".join(span.text for span in cell.differing)
                yield at, number, row.kind, versions, differing, cell.voice, cell.speaker, *_place(cell.span)


def _versions(comparison: Comparison) -> Iterator[Sequence[Cell]]:
    for number, version in enumerate(comparison.event.versions if comparison.event else (), 1):
        before = version.b if version.earlier == version.b else version.a
        after = version.a if before == version.b else version.b
        for change in version.altered:
            for at, span, words in ((before, change.before, change.removed), (after, change.after, change.inserted)):
                yield at, number, "altered", *_place(span), "; ".join(word.text for word in words)
        for at, kind, spans in ((before, "left out", version.dropped), (after, "added", version.added)):
            for span in spans:
                yield at, number, kind, *_place(span), ""


def _headlines(comparison: Comparison) -> Iterator[Sequence[Cell]]:
    for at, headline in enumerate(comparison.headlines):
        takes_up = "; ".join(span.text for span in headline.takes_up)
        text = headline.span.text if headline.span else None
        if not headline.leaves_out:
            yield at, text, headline.verdict, takes_up, None, None, None, None, None, None
        for left in headline.leaves_out:
            others = "; ".join(comparison.articles[one].name for one in left.articles)
            yield at, text, headline.verdict, takes_up, left.text, left.kind, others, *_place(left.told)


def _acts(comparison: Comparison) -> Iterator[Sequence[Cell]]:
    for number, act in enumerate(comparison.acts, 1):
        differ = "; ".join(act.differ)
        for at, cell in enumerate(act.by_article):
            for telling in cell.told if cell else ():
                yield (
                    at, number, act.deed, act.effect, differ, telling.form, telling.doer, telling.undergoer,
                    telling.verb.text, telling.voice, *_place(telling.span),
                )  # fmt: skip


def _frames(comparison: Comparison) -> Iterator[Sequence[Cell]]:
    for frame in comparison.frames:
        apart = "yes" if frame.distinguishable else "no"
        for at, cell in enumerate(frame.by_article):
            if cell is None:
                continue
            spans: list[Span | None] = [*cell.evidence] or [None]
            for span in spans:
                yield at, frame.name, cell.level, cell.probability, apart, *_place(span)


def _devices(comparison: Comparison) -> Iterator[Sequence[Cell]]:
    for at, article in enumerate(comparison.devices.by_article if comparison.devices else ()):
        for use in article.uses if article else ():
            yield at, use.kind, use.voice, use.about, use.note, *_place(use)


def _device_rates(comparison: Comparison) -> Iterator[Sequence[Cell]]:
    for at, article in enumerate(comparison.devices.by_article if comparison.devices else ()):
        if article is not None:
            yield from _per_voice(at, article.words, article.total, article.by_kind.items())


def _stances(comparison: Comparison) -> Iterator[Sequence[Cell]]:
    for stance in comparison.stances:
        opposed = "yes" if stance.opposed else "no"
        for at, cell in enumerate(stance.by_article):
            for told in cell.evidence if cell else ():
                yield at, stance.holder, stance.target, opposed, told.polarity, told.voice, *_place(told.span)


def _cast(comparison: Comparison) -> Iterator[Sequence[Cell]]:
    for at, article in enumerate(comparison.cast.by_article if comparison.cast else ()):
        if article is None:
            continue
        parts = [("role", str(role), share) for role, share in article.roles.items()]
        parts += [("side", side, share) for side, share in article.sides.items()]
        for kind, name, share in parts:
            yield at, kind, name, share.words, share.share, share.low, share.high, "; ".join(share.sources)


def _order(comparison: Comparison) -> Iterator[Sequence[Cell]]:
    for person in comparison.order:
        for at, cell in enumerate(person.by_article):
            if cell:
                headline = "yes" if cell.in_headline else "no"
                facts = (cell.rank, cell.mentioned, cell.speaks, headline, cell.answer)
                yield at, person.name, person.kind, *facts, *_place(cell.accused)


def _words(comparison: Comparison) -> Iterator[Sequence[Cell]]:
    for term in comparison.distinctive:
        for at, cell in enumerate(term.by_article):
            here = "yes" if at == term.article else "no"
            yield at, term.term, term.kind, here, cell.count, cell.z


# Each part by its file name: the columns after report and outlet, and its rows, each with its article's index first.
EXPORTS: dict[str, Table] = {
    "contradictions.csv": (
        ("contradiction", "kind", "between_versions", "differing", "voice", "speaker", "text", "start", "end"),
        _contradictions,
    ),
    "versions.csv": (("version", "change", "text", "start", "end", "differing"), _versions),
    "naming.csv": (("name", "kind", "mentions", "form", "text", "tone", "count", "start", "end"), _names),
    "tone.csv": (("name", "kind", "voice", "mentions", "polarity", "low", "high"), _tones),
    "sources.csv": (
        ("source", "source_type", "heard_in", "heard", "words", "quoted", "share", "verbs", "mentions"),
        _sources,
    ),
    "quotations.csv": (
        ("quotation", "words", "stances_differ", "source", "verb", "stance", "text", "start", "end"),
        _quotations,
    ),
    "rates.csv": (("category", "voice", "words", "count", "per_1000", "low", "high"), _rates),
    "passages.csv": (
        (
            "passage",
            "kind",
            "similarity",
            "identical",
            "voice",
            "text",
            "start",
            "end",
            "differing",
            "names",
            "sources",
            "opposed",
        ),
        _passages,
    ),
    "headlines.csv": (
        ("headline", "verdict", "takes_up", "leaves_out", "kind", "others", "told", "start", "end"),
        _headlines,
    ),
    "acts.csv": (
        (
            "act",
            "deed",
            "effect",
            "differ",
            "form",
            "doer",
            "undergoer",
            "verb",
            "voice",
            "text",
            "start",
            "end",
        ),
        _acts,
    ),
    "frames.csv": (("frame", "level", "probability", "distinguishable", "text", "start", "end"), _frames),
    "devices.csv": (("kind", "voice", "about", "note", "text", "start", "end"), _devices),
    "device-rates.csv": (("kind", "voice", "words", "count", "per_1000", "low", "high"), _device_rates),
    "stances.csv": (("holder", "target", "opposed", "polarity", "voice", "text", "start", "end"), _stances),
    "cast.csv": (("part", "name", "words", "share", "low", "high", "sources"), _cast),
    "order.csv": (
        ("name", "kind", "rank", "mentioned", "speaks", "in_headline", "answer", "accused", "start", "end"),
        _order,
    ),
    "words.csv": (("term", "kind", "distinctive_here", "count", "z"), _words),
}
