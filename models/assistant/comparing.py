"""What does a comparison say, in few words?"""

from __future__ import annotations

from collections.abc import Iterator

from pydantic import BaseModel, Field

from ..comparison_report import Comparison
from ..comparison_report.framing import DeviceDifference
from ..comparison_report.wording import RateDifference
from ..report import Span
from .findings import Words, quote


class Told(Words):
    """Words of one of the articles."""

    article: int = Field(description="Which article, an index into `articles`.")
    voice: str = Field(description="outlet: its own words; quoted: somebody else’s.")


class Row(BaseModel):
    """One thing that the articles tell differently."""

    what: str = Field(description="What differs.")
    words: list[Told] = Field(description="The words behind it.")


class Compared(BaseModel):
    """What the articles share and tell differently."""

    articles: list[str] = Field(description="The columns: outlet, headline and id of the report.")
    event: str = Field(description="Do they tell one event? Where they do not, read no difference as one of frame.")
    why: list[str] = Field(description="What speaks for and against one event.")
    contradictions: list[Row] = Field(description="What they can’t both be right about.")
    frames: list[Row] = Field(description="Frames that one is surely told in and another surely not.")
    deeds: list[Row] = Field(description="The same deed where they differ in who does it or in the form.")
    relations: list[Row] = Field(description="Who is for whom in one and against in another.")
    called: list[Row] = Field(description="What each outlet calls the same person or thing in its own voice.")
    heard: list[str] = Field(description="Who is heard in some of them and not in all.")
    rates: list[str] = Field(
        description="Loaded words per 1,000 words in the outlets’ own voices, with 95 % intervals."
    )
    differences: list[str] = Field(description="Rates that are apart beyond chance.")
    notes: list[str] = Field(description="What to know before reading a difference as bias.")


def tell(comparison: Comparison, most: int) -> Compared:
    """The comparison with at most so many rows of each kind."""
    names = [article.name or article.outlet or article.title or article.id for article in comparison.articles]
    event = comparison.event
    return Compared(
        articles=[f"{one.outlet or 'no outlet'}: {one.title or 'untitled'} ({one.id})" for one in comparison.articles],
        event=f"{event.verdict.replace('_', ' ')} ({event.same:.0%} likely one event)" if event else "not asked",
        why=event.why if event else [],
        contradictions=list(_contradictions(comparison))[:most],
        frames=list(_frames(comparison, names))[:most],
        deeds=list(_deeds(comparison, names))[:most],
        relations=list(_relations(comparison, names))[:most],
        called=list(_called(comparison, names))[:most],
        heard=list(_heard(comparison, names))[:most],
        rates=list(_rates(comparison, names)),
        differences=list(_differences(comparison, names))[:most],
        notes=[note.message for note in comparison.notes],
    )


def _contradictions(comparison: Comparison) -> Iterator[Row]:
    for clash in comparison.contradictions:
        told = [(at, claim) for at, claim in enumerate(clash.by_article) if claim]
        changed = ", changed between versions of one article" if clash.between_versions else ""
        differing = " / ".join(", ".join(words.text for words in claim.differing) for _, claim in told)
        words = [_quote(at, claim.voice, claim.span) for at, claim in told]
        yield Row(what=f"{clash.kind}: {differing}{changed}", words=words)


def _frames(comparison: Comparison, names: list[str]) -> Iterator[Row]:
    levels = ("absent", "present", "leads")
    for frame in comparison.frames:
        if frame.distinguishable:
            judged = [(at, one) for at, one in enumerate(frame.by_article) if one]
            told = "; ".join(f"{names[at]} {levels[one.level]} ({one.probability:.0%})" for at, one in judged)
            words = [_quote(at, "outlet", span) for at, one in judged for span in one.evidence[:1]]
            yield Row(what=f"{frame.name.replace('_', ' ')}: {told}", words=words)


def _deeds(comparison: Comparison, names: list[str]) -> Iterator[Row]:
    for act in comparison.acts:
        if act.differ:
            told = [(at, one) for at, one in enumerate(act.by_article) if one]
            doers = "; ".join(
                f"{names[at]} {one.doer or 'nobody'} ({one.told[0].form.replace('_', ' ')})" for at, one in told
            )
            words = [_quote(at, one.told[0].voice, one.told[0].span) for at, one in told]
            yield Row(what=f"{act.deed} {act.undergoer or ''}".strip() + f", by: {doers}", words=words)


def _relations(comparison: Comparison, names: list[str]) -> Iterator[Row]:
    sides = {-1: "against", 0: "both", 1: "for"}
    for stance in comparison.stances:
        if stance.opposed:
            told = [(at, one) for at, one in enumerate(stance.by_article) if one]
            by = "; ".join(f"{names[at]} {sides[one.polarity]}" for at, one in told)
            words = [_quote(at, one.evidence[0].voice, one.evidence[0].span) for at, one in told]
            yield Row(what=f"{stance.holder} and {stance.target}: {by}", words=words)


def _differences(comparison: Comparison, names: list[str]) -> Iterator[str]:
    """Loaded words first, then framing by sentences."""
    told: list[tuple[RateDifference | DeviceDifference, str]] = [
        (one, one.category or "all loaded words") for one in comparison.vocabulary.differences
    ]
    if comparison.devices:
        told += [(one, one.kind or "all framing by sentences") for one in comparison.devices.differences]
    for one, kind in told:
        if one.distinguishable:
            yield (
                f"{names[one.a]} against {names[one.b]}, {kind.replace('_', ' ')}, {one.voice} voice: "
                f"{one.difference:+.1f} per 1,000 words [{one.low:.1f}, {one.high:.1f}]"
            )


def _quote(article: int, voice: str, span: Span) -> Told:
    return Told(article=article, voice=voice, **quote(span))


def _called(comparison: Comparison, names: list[str]) -> Iterator[Row]:
    for entity in comparison.entities:
        used = [(at, label) for at, one in enumerate(entity.by_article) for label in one.labels]
        if used:
            told = "; ".join(f"{names[at]} “{label.text}” ({label.tone}, {label.count}×)" for at, label in used)
            words = [_quote(at, "outlet", span) for at, label in used for span in label.spans[:1]]
            yield Row(what=f"{entity.name}: {told}", words=words)


def _heard(comparison: Comparison, names: list[str]) -> Iterator[str]:
    for source in comparison.sources:
        if source.heard_in < len(names):
            parts = [
                f"{names[at]} {one.words} words" if one.spans else f"{names[at]} none, named {one.mentions}×"
                for at, one in enumerate(source.by_article)
            ]
            yield f"{source.name}: {'; '.join(parts)}"


def _rates(comparison: Comparison, names: list[str]) -> Iterator[str]:
    for name, article in zip(names, comparison.vocabulary.by_article, strict=True):
        rate = article.total["outlet"]
        if rate.per_1000 is None or rate.low is None or rate.high is None:
            yield f"{name}: {rate.count} found, too little text for a rate"
        else:
            yield f"{name}: {rate.per_1000:.1f} [{rate.low:.1f}, {rate.high:.1f}] ({rate.count} found)"
