"""What stands out in a comparison: a few plain sentences, each linked to the rows that show it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, islice

from models.comparison_report import ComparedEntity, ComparedSource, Comparison, LoadedWording
from service.figures import rate, signed
from service.tables import FACELESS, name_columns, shared
from service.texts import say

_EACH = 3  # sentences of one kind
_WORDS = 15  # a source with fewer is hardly missed,
_QUOTED_WORDS = 5  # nor one of whom hardly a word is quoted
_MENTIONS = 5  # fewer make no tone to speak of
_WORDINGS = 3
_QUOTED = 60  # characters of a quotation


@dataclass(frozen=True, slots=True)
class Contrast:
    """One thing that sets the articles apart, and the section that shows it."""

    text: str
    section: str


def find(comparison: Comparison) -> list[Contrast]:
    """What would an editor see first? What outlets say themselves, whom they let speak, then tone."""
    names = name_columns(comparison)
    if versions := _versions(comparison):
        return versions
    found: list[Contrast] = []
    for section, sentences in (
        ("contradictions", _contradictions(comparison, names)),
        ("naming", _labels(comparison, names)),
        ("loaded", _rates(comparison, names)),
        ("quotations", _verbs(comparison, names)),
        ("heard", _silenced(comparison, names)),
        ("heard", _only_voices(comparison, names)),
        ("tone", _tones(comparison, names)),  # what is right least often comes late
        ("same", _copies(comparison, names)),
    ):
        found += [Contrast(text, section) for text in islice(sentences, _EACH)]
    return found


def _versions(comparison: Comparison) -> list[Contrast]:
    """Where there is nothing but versions of one article no outlet is set against another."""
    versions = comparison.event.versions if comparison.event else []
    if len(versions) < len(comparison.pairs):
        return []
    outlet = comparison.articles[0].outlet or ""
    return [Contrast(say("compared.changed", outlet=outlet), "versions-1")]


def _contradictions(comparison: Comparison, names: Sequence[str]) -> Iterator[str]:
    for row in comparison.contradictions:
        sides = (
            f"{name} “{', '.join(span.text for span in cell.differing)}”"
            for name, cell in zip(names, row.by_article, strict=True)
            if cell
        )
        yield say("compared.contradicted", sides=", ".join(sides))


def _labels(comparison: Comparison, names: Sequence[str]) -> Iterator[str]:
    for entity in comparison.entities:
        for name, cell in zip(names, entity.by_article, strict=True):
            for label in cell.labels:
                if label.tone != "neutral":
                    yield say("compared.label", outlet=name, name=entity.name, label=label.text)


def _rates(comparison: Comparison, names: Sequence[str]) -> Iterator[str]:
    totals = [article.total["outlet"].per_1000 or 0.0 for article in comparison.vocabulary.by_article]
    for pair in comparison.vocabulary.differences:
        if pair.distinguishable and pair.voice == "outlet" and pair.category is None:
            less, more = sorted((pair.a, pair.b), key=lambda at: totals[at])
            such = [f"“{wording.text}”" for wording in _own(comparison, more, less)][:_WORDINGS]
            yield say(
                "compared.rate", more=names[more], less=names[less], high=rate(totals[more]), low=rate(totals[less]),
                such=", ".join(such),
            )  # fmt: skip


def _own(comparison: Comparison, more: int, less: int) -> list[LoadedWording]:
    """An outlet's own loaded words, those that the other article has as well, in any voice, behind the others."""
    others = {wording.text.casefold() for wording in comparison.vocabulary.by_article[less].wordings}
    own = [w for w in comparison.vocabulary.by_article[more].wordings if w.voice == "outlet"]
    return sorted(own, key=lambda wording: wording.text.casefold() in others)


def _tones(comparison: Comparison, names: Sequence[str]) -> Iterator[str]:
    for entity in comparison.entities:
        if entity.kind not in ("person", "organization"):
            continue
        widest = max(
            (
                d
                for d in entity.tone_differences
                if d.distinguishable
                and d.voice == "outlet"
                and min(entity.by_article[at].outlet.mentions for at in (d.a, d.b)) >= _MENTIONS
            ),
            key=lambda d: abs(d.difference),
            default=None,
        )
        if widest:
            harsher, kinder = (widest.a, widest.b) if widest.difference < 0 else (widest.b, widest.a)
            if not _is_borne_out(entity, harsher, kinder):
                continue
            low, high = (entity.by_article[at].outlet for at in (harsher, kinder))
            yield say(
                "compared.tone", harsher=names[harsher], kinder=names[kinder], name=entity.name,
                low=signed(low.polarity or 0), few=low.mentions, high=signed(high.polarity or 0), many=high.mentions,
            )  # fmt: skip


def _is_borne_out(entity: ComparedEntity, harsher: int, kinder: int) -> bool:
    """Do the words that the outlets call somebody say the same as the tone around the name?

    The tone alone is often what happens around somebody, and no feeling of the outlet.
    """
    unkind = any(label.tone == "negative" for label in entity.by_article[harsher].labels)
    return unkind or any(label.tone == "positive" for label in entity.by_article[kinder].labels)


def _verbs(comparison: Comparison, names: Sequence[str]) -> Iterator[str]:
    for quotation in comparison.quotations:
        if quotation.stances_differ:
            verbs = ", ".join(
                f"{name} “{cell.cue.text}”"
                for name, cell in zip(names, quotation.by_article, strict=True)
                if cell and cell.cue
            )
            yield say("compared.verb", words=_shorten(quotation.text), verbs=verbs)


def _shorten(text: str) -> str:
    return text if len(text) <= _QUOTED else text[:_QUOTED].rsplit(" ", 1)[0] + " …"


def _faces(comparison: Comparison) -> Iterator[ComparedSource]:
    """People and organizations that one article alone quotes, most words first."""
    for source in comparison.sources:
        words, quoted = (max(counts) for counts in zip(*((c.words, c.quoted) for c in source.by_article), strict=True))
        named = source.kind in ("person", "organization") and source.source_type not in FACELESS
        if named and source.heard_in == 1 and words >= _WORDS and quoted >= _QUOTED_WORDS:
            yield source


def _silenced(comparison: Comparison, names: Sequence[str]) -> Iterator[str]:
    """People only: an organization that is not heard itself may be heard through whoever speaks for it."""
    for source in _faces(comparison):
        if source.kind != "person":
            continue
        cells = list(zip(names, source.by_article, strict=True))
        others = [name for name, cell in cells if cell.mentions and not cell.spans]
        outlet, words = next((name, cell.words) for name, cell in cells if cell.spans)
        if others:
            yield say(
                "compared.silenced", outlet=outlet, name=source.name, words=words, others=" and ".join(others),
                verb="names" if len(others) == 1 else "name", give="gives" if len(others) == 1 else "give",
            )  # fmt: skip


def _only_voices(comparison: Comparison, names: Sequence[str]) -> Iterator[str]:
    seen: set[str] = set()
    for source in _faces(comparison):
        outlet, words = next(
            (name, cell.words) for name, cell in zip(names, source.by_article, strict=True) if cell.spans
        )
        if outlet not in seen and not any(cell.mentions for cell in source.by_article if not cell.spans):
            seen.add(outlet)  # the one with most words speaks for the others
            yield say("compared.only_voice", outlet=outlet, name=source.name, words=words)


def _copies(comparison: Comparison, names: Sequence[str]) -> Iterator[str]:
    places = sorted(
        tuple(at for at, cell in enumerate(passage.by_article) if cell)
        for passage in shared(comparison, identical=True)
        if any(cell and cell.voice == "outlet" for cell in passage.by_article)
    )
    for columns, found in groupby(places):
        count = len(list(found))
        if count > 1:
            yield say("compared.copied", outlets=" and ".join(names[at] for at in columns), count=count)
