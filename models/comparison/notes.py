"""What a reader must know before reading a difference as bias."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from functools import partial
from itertools import combinations

from ..comparison_report.events import PairSimilarity, Version
from ..report import Note
from . import events
from .columns import Column, Word, share
from .settings import NOTES, SETTINGS

_OPINION = re.compile(
    r"^\s*(?:opinion|op-ed|editorial|commentary|column)\s*[:|—–-]|[|:—–-]\s*(?:opinion|op-ed)\s*$", re.I
)
_EVENT_NOTES = {
    "probably_same": "perhaps_different_events",
    "probably_different": "probably_different_events",
    "different": "different_events",
}
_FIRST_PERSON = frozenset(("my", "me", "mine", "we", "our", "us", "ours"))
_OPINION_ADDRESS = re.compile(r"/(?:opinions?|editorials?|commentary|commentisfree|op-ed)/", re.I)


def compare(columns: Sequence[Column], pairs: Sequence[PairSimilarity], versions: Sequence[Version]) -> list[Note]:
    """Length, dates, genre, language, copies and events that set the articles apart."""
    return [
        *_events(columns, pairs),
        *_framing(columns),
        *_versions(columns, versions),
        *_copies(columns, pairs, {(version.a, version.b) for version in versions}),
        *_lengths(columns),
        *_dates(columns),
        *_opinions(columns),
        *_genres(columns),
        *_commentaries(columns),
        *_limits(columns),
    ]


def _note(code: str, **facts: object) -> Note:
    return Note(code=code, message=NOTES[code].format(**facts))


def _titles(columns: Sequence[Column]) -> str:
    names = [column.name for column in columns]
    return " and ".join((", ".join(names[:-1]), names[-1])) if len(names) > 1 else names[0]


def _events(columns: Sequence[Column], pairs: Sequence[PairSimilarity]) -> Iterator[Note]:
    for pair in pairs:
        verdict = events.verdict(pair.same)
        if verdict != "same":
            titles = _titles([columns[pair.a], columns[pair.b]])
            yield _note(_EVENT_NOTES[verdict], titles=titles, likely=round(100 * pair.same))


def _framing(columns: Sequence[Column]) -> Iterator[Note]:
    """Reports of schema 1: nobody looked for framing in them, so that nothing is missing there."""
    if unread := [column for column in columns if column.report.framing is None]:
        yield _note("framing_unread", titles=_titles(unread))


def _versions(columns: Sequence[Column], versions: Sequence[Version]) -> Iterator[Note]:
    for version in versions:
        facts = {"outlet": columns[version.a].report.article.outlet, "a": version.a + 1, "b": version.b + 1}
        changes = len(version.altered), len(version.added), len(version.dropped)
        yield _note("versions", **facts, altered=changes[0], added=changes[1], dropped=changes[2])


def _copies(
    columns: Sequence[Column], pairs: Sequence[PairSimilarity], versions: set[tuple[int, int]]
) -> Iterator[Note]:
    for pair in pairs:
        if (pair.a, pair.b) in versions:
            continue
        a, b = columns[pair.a], columns[pair.b]
        if a.report.id == b.report.id:
            yield _note("same_report", titles=_titles([a, b]))
        elif a.report.article.sha256 == b.report.article.sha256:
            yield _note("same_text", titles=_titles([a, b]))
        elif pair.copied >= SETTINGS["copy"]["share"]:
            percent = round(100 * pair.copied)
            yield _note("copied", titles=_titles([a, b]), percent=percent, run=SETTINGS["copy"]["run"])


def _lengths(columns: Sequence[Column]) -> Iterator[Note]:
    short, *_, long = sorted(columns, key=lambda column: (column.report.article.words, column.index))
    words = short.report.article.words
    if words and long.report.article.words >= SETTINGS["notes"]["length_ratio"] * words:
        ratio = f"{long.report.article.words / words:.1f}"
        yield _note("different_lengths", long=long.name, short=short.name, ratio=ratio)


def _dates(columns: Sequence[Column]) -> Iterator[Note]:
    dated = [
        (date.fromisoformat(column.report.article.published[:10]), column.index, column)
        for column in columns
        if column.report.article.published
    ]
    if len(dated) > 1:
        (first, _, early), (last, _, late) = min(dated)[:3], max(dated)[:3]
        if (last - first).days >= SETTINGS["notes"]["days_apart"]:
            yield _note("different_dates", first=early.name, last=late.name, days=(last - first).days)


def _opinions(columns: Sequence[Column]) -> Iterator[Note]:
    marked = [
        column
        for column in columns
        if _OPINION.search(column.report.article.title or "")
        or _OPINION_ADDRESS.search(column.report.article.url or "")
    ]
    if marked and len(marked) < len(columns):
        for column in marked:
            yield _note("opinion", titles=column.name)


def _genres(columns: Sequence[Column]) -> Iterator[Note]:
    """Texts that read as opinion, reviews or satire beside others that don't, whatever their headline says."""
    read = {column.index: column.report.article for column in columns if column.report.article.genre}
    marked = {
        at: facts
        for at, facts in read.items()
        if facts.genre in SETTINGS["notes"]["taking_sides"]
        and (facts.genre_probability or 0.0) >= SETTINGS["notes"]["genre_sure"]
    }
    if len(marked) < len(columns):
        for at, facts in marked.items():
            likely = round(100 * (facts.genre_probability or 0.0))
            yield _note("genre", titles=columns[at].name, genre=facts.genre, likely=likely)


def _commentaries(columns: Sequence[Column]) -> Iterator[Note]:
    """Texts that speak for themselves, beside others that don't, where nobody judged their genre."""
    columns = [column for column in columns if column.report.article.genre is None]
    counts = {column.index: sum(map(partial(_speaks_for_itself, column), column.words)) for column in columns}
    marked = [column for column in columns if counts[column.index] >= SETTINGS["notes"]["first_person"]]
    if len(marked) < len(columns):
        for column in marked:
            yield _note("first_person", titles=column.name, count=counts[column.index])


def _speaks_for_itself(column: Column, word: Word) -> bool:
    written = column.text[word.start : word.end]
    return not word.quoted and (written == "I" or (word.form in _FIRST_PERSON and written != "US"))


def _limits(columns: Sequence[Column]) -> Iterator[Note]:
    for column in columns:
        for note in column.report.notes:
            if note.code in ("short_text", "not_english"):
                yield _note(note.code, titles=column.name)
    most = share(columns)
    if long := [column for column in columns if len(column.sentences) > most]:
        yield _note("long_text", titles=_titles(long), most=most)
    if any(a.report.provenance.engine != b.report.provenance.engine for a, b in combinations(columns, 2)):
        yield _note("different_engines")
