"""What stands out in a comparison: at most five plain sentences, each with links to its words.

Only kinds that held in nine of ten when read by eye (docs/methodology.md): the tone around a name is none of them.
"""

from __future__ import annotations

import string
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, zip_longest

from models.comparison_report import Comparison
from models.comparison_report.sources import ComparedSource
from models.comparison_report.wording import LoadedWording
from models.report import Span
from service.figures import rate
from service.tables import FACELESS, name_columns, shared
from service.texts import TEXTS

_MOST = 5  # sentences
_WORDS = 15  # a source with fewer is hardly missed,
_QUOTED_WORDS = 5  # nor one of whom hardly a word is quoted
_WORDINGS = 3
_LABEL = 4  # words; a longer one is rather a clause
_CUT = 60  # characters of a quotation or a clause


@dataclass(frozen=True, slots=True)
class PassageLink:
    """Some words of one of the articles."""

    column: int
    span: Span
    text: str

    def __str__(self) -> str:
        return f"“{self.text}”"


Piece = str | PassageLink


@dataclass(frozen=True, slots=True)
class Contrast:
    """One thing that sets the articles apart: its sentence in pieces, and the section that shows it."""

    pieces: tuple[Piece, ...]
    section: str

    @property
    def text(self) -> str:
        """The sentence without its links."""
        return "".join(map(str, self.pieces))

    @property
    def links(self) -> list[tuple[int, Span]]:
        """The words that it leads to, each with its article's column."""
        return [(piece.column, piece.span) for piece in self.pieces if isinstance(piece, PassageLink)]


def find(comparison: Comparison) -> list[Contrast]:
    """What would an editor see first? What can't both be right, who did it, what outlets say themselves, who is heard.

    Of every kind its first sentence, before any has a second.
    """
    names = name_columns(comparison)
    if versions := _versions(comparison):
        return versions
    kinds = (
        ("contradictions", _contradictions(comparison, names)),
        ("acts", _acts(comparison, names)),
        ("naming", _labels(comparison, names)),
        ("loaded", _rates(comparison, names)),
        ("quotations", _verbs(comparison, names)),
        ("heard", _silenced(comparison, names)),
        ("heard", _only_voices(comparison, names)),
        ("same", _copies(comparison, names)),
    )
    rows = zip_longest(*([Contrast(pieces, section) for pieces in told] for section, told in kinds))
    return [contrast for row in rows for contrast in row if contrast][:_MOST]


def _tell(sentence: str, /, **facts: Piece | Sequence[Piece]) -> tuple[Piece, ...]:
    """A text of `compared` with its braces filled in, by words or by links."""
    pieces: list[Piece] = []
    for literal, field, _, _ in string.Formatter().parse(TEXTS["compared"][sentence]):
        fact = facts[field] if field else ""
        pieces += [literal, fact] if isinstance(fact, str | PassageLink) else [literal, *fact]
    return tuple(piece for piece in pieces if piece)


def _link(column: int, span: Span, text: str | None = None) -> PassageLink:
    return PassageLink(column, span, shorten(text or span.text))


def shorten(text: str) -> str:
    """Its first words."""
    return text if len(text) <= _CUT else text[:_CUT].rsplit(" ", 1)[0] + " …"


def _join(rows: Sequence[Sequence[Piece]], between: str) -> list[Piece]:
    return [piece for at, row in enumerate(rows) for piece in ((between, *row) if at else row)]


def _versions(comparison: Comparison) -> list[Contrast]:
    """Where there is nothing but versions of one article no outlet is set against another."""
    versions = comparison.event.versions if comparison.event else []
    if len(versions) < len(comparison.pairs):
        return []
    outlet = comparison.articles[0].outlet or ""
    return [Contrast(_tell("changed", outlet=outlet), "versions-1")]


def _contradictions(comparison: Comparison, names: Sequence[str]) -> Iterator[tuple[Piece, ...]]:
    for row in comparison.contradictions:
        sides = [
            [f"{name} ", *_join([[_link(at, span)] for span in cell.differing], ", ")]
            for at, (name, cell) in enumerate(zip(names, row.by_article, strict=True))
            if cell
        ]
        yield _tell("contradicted", sides=_join(sides, ", "))


def _acts(comparison: Comparison, names: Sequence[str]) -> Iterator[tuple[Piece, ...]]:
    """Deeds whose doer some articles name and others never do."""
    for act in comparison.acts:
        cells = [(at, cell) for at, cell in enumerate(act.by_article) if cell]
        named = [(at, cell) for at, cell in cells if cell.doer]
        silent = [(at, cell) for at, cell in cells if not cell.doer]
        if not named or not silent:
            continue
        tellings = [(at, next(one for one in cell.told if one.doer)) for at, cell in named]
        yield _tell(
            "doer",
            named=_join([[f"{names[at]} ", _link(at, one.span)] for at, one in tellings], ", "),
            silent=_join([[f"{names[at]} ", _link(at, cell.told[0].span)] for at, cell in silent], ", "),
        )


def _labels(comparison: Comparison, names: Sequence[str]) -> Iterator[tuple[Piece, ...]]:
    """Short ones, in which a loaded word of the outlet's own stands: two findings that say the same."""
    for entity in comparison.entities:
        for at, cell in enumerate(entity.by_article):
            own = {w.text.casefold() for w in comparison.vocabulary.by_article[at].wordings if w.voice == "outlet"}
            for label in cell.labels:
                short = len(label.text.split()) <= _LABEL
                if label.tone != "neutral" and short and any(word in label.text.casefold() for word in own):
                    yield _tell(
                        "label", outlet=names[at], name=entity.name, label=_link(at, label.spans[0], label.text)
                    )


def _rates(comparison: Comparison, names: Sequence[str]) -> Iterator[tuple[Piece, ...]]:
    """Of every outlet with more, against the one with least."""
    totals = [article.total["outlet"].per_1000 or 0.0 for article in comparison.vocabulary.by_article]
    told: set[int] = set()
    for pair in sorted(comparison.vocabulary.differences, key=lambda pair: -abs(pair.difference)):
        less, more = sorted((pair.a, pair.b), key=lambda at: totals[at])
        if pair.distinguishable and pair.voice == "outlet" and pair.category is None and more not in told:
            told.add(more)
            such = [[_link(more, wording.span, wording.text)] for wording in _own(comparison, more, less)][:_WORDINGS]
            yield _tell(
                "rate", more=names[more], less=names[less], high=rate(totals[more]), low=rate(totals[less]),
                such=_join(such, ", "),
            )  # fmt: skip


def _own(comparison: Comparison, more: int, less: int) -> list[LoadedWording]:
    """An outlet's own loaded words, those that the other article has as well, in any voice, behind the others."""
    others = {wording.text.casefold() for wording in comparison.vocabulary.by_article[less].wordings}
    own = [w for w in comparison.vocabulary.by_article[more].wordings if w.voice == "outlet"]
    return sorted(own, key=lambda wording: wording.text.casefold() in others)


def _verbs(comparison: Comparison, names: Sequence[str]) -> Iterator[tuple[Piece, ...]]:
    for quotation in comparison.quotations:
        if quotation.stances_differ:
            verbs: list[list[Piece]] = [
                [f"{name} ", _link(at, cell.cue)]
                for at, (name, cell) in enumerate(zip(names, quotation.by_article, strict=True))
                if cell and cell.cue
            ]
            yield _tell("verb", words=shorten(quotation.text), verbs=_join(verbs, ", "))


def _faces(comparison: Comparison) -> Iterator[ComparedSource]:
    """People and organizations with a full name that one article alone quotes by it, most words first."""
    for source in comparison.sources:
        named = source.kind in ("person", "organization") and source.source_type not in FACELESS
        if not named or " " not in source.name or source.heard_in > 1:
            continue
        cell = next(cell for cell in source.by_article if cell.spans)
        if cell.by_name and cell.words >= _WORDS and cell.quoted >= _QUOTED_WORDS:
            yield source


def _heard(source: ComparedSource) -> tuple[int, PassageLink]:
    """In which article a source is heard, and its words: the longest stretch given to it by name."""
    at = next(at for at, cell in enumerate(source.by_article) if cell.by_name)
    longest = max(source.by_article[at].by_name, key=lambda span: span.end - span.start)
    return at, _link(at, longest, " ".join(longest.text.split()).strip('“”" '))


def _silenced(comparison: Comparison, names: Sequence[str]) -> Iterator[tuple[Piece, ...]]:
    """People only: an organization that is not heard itself may be heard through whoever speaks for it."""
    for source in _faces(comparison):
        if source.kind != "person":
            continue
        others = [name for name, cell in zip(names, source.by_article, strict=True) if cell.mentions and not cell.spans]
        at, words = _heard(source)
        if others:
            yield _tell(
                "silenced", outlet=names[at], name=source.name, words=words, count=str(source.by_article[at].words),
                others=" and ".join(others), verb="names" if len(others) == 1 else "name",
                give="gives" if len(others) == 1 else "give",
            )  # fmt: skip


def _only_voices(comparison: Comparison, names: Sequence[str]) -> Iterator[tuple[Piece, ...]]:
    seen: set[int] = set()
    for source in _faces(comparison):
        at, words = _heard(source)
        if at not in seen and not any(cell.mentions for cell in source.by_article if not cell.spans):
            seen.add(at)  # the one with most words speaks for the others
            count = str(source.by_article[at].words)
            yield _tell("only_voice", outlet=names[at], name=source.name, words=words, count=count)


def _copies(comparison: Comparison, names: Sequence[str]) -> Iterator[tuple[Piece, ...]]:
    rows = sorted(
        (tuple(at for at, cell in enumerate(passage.by_article) if cell), number, passage)
        for number, passage in enumerate(shared(comparison, identical=True))
        if any(cell and cell.voice == "outlet" for cell in passage.by_article)
    )
    for columns, group in groupby(rows, key=lambda row: row[0]):
        found = [passage for _, _, passage in group]
        first = found[0].by_article[columns[0]]
        if len(found) > 1 and first:
            outlets = " and ".join(names[at] for at in columns)
            yield _tell("copied", outlets=outlets, count=str(len(found)), such=_link(columns[0], first.span))
