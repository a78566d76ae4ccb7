"""What does a comparison say, in few words?"""

from __future__ import annotations

from collections.abc import Iterator

from pydantic import BaseModel, Field

from ..comparison_report import Comparison
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
        called=list(_called(comparison, names))[:most],
        heard=list(_heard(comparison, names))[:most],
        rates=list(_rates(comparison, names)),
        differences=[
            f"{names[one.a]} against {names[one.b]}, {one.category or 'all loaded words'}, {one.voice} voice: "
            f"{one.difference:+.1f} per 1,000 words [{one.low:.1f}, {one.high:.1f}]"
            for one in comparison.vocabulary.differences
            if one.distinguishable
        ][:most],
        notes=[note.message for note in comparison.notes],
    )


def _contradictions(comparison: Comparison) -> Iterator[Row]:
    for clash in comparison.contradictions:
        told = [(at, claim) for at, claim in enumerate(clash.by_article) if claim]
        changed = ", changed between versions of one article" if clash.between_versions else ""
        differing = " / ".join(", ".join(words.text for words in claim.differing) for _, claim in told)
        words = [Told(article=at, voice=claim.voice, **quote(claim.span)) for at, claim in told]
        yield Row(what=f"{clash.kind}: {differing}{changed}", words=words)


def _called(comparison: Comparison, names: list[str]) -> Iterator[Row]:
    for entity in comparison.entities:
        used = [(at, label) for at, one in enumerate(entity.by_article) for label in one.labels]
        if used:
            told = "; ".join(f"{names[at]} “{label.text}” ({label.tone}, {label.count}×)" for at, label in used)
            words = [Told(article=at, voice="outlet", **quote(span)) for at, label in used for span in label.spans[:1]]
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
