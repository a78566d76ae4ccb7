"""Items and sources of the report, made from drafts: exact spans, speakers, kinds, and who got how many words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Literal

from ...document.parts import Document, Entity, fold
from ...report import AttributionItem, Cue, NoReply, SourceSummary, Span, VerbUse
from . import cues, sources
from .grammar import Draft, Lines, Words
from .naming import Spoken
from .speakers import Mentions

NOBODY = "(nobody named)"
_NOTING = frozenset(("note", "explain"))  # of one's own deed neutral, of others' endorsing (codebook, section C)


def write(document: Document, lines: Lines, spoken: Spoken, strength: float, limit: float) -> AttributionItem:
    """The report's item: exact words, the cue's lemma and stance, what kind of source, how sure it is.

    It is shown from `limit` on; a cue that no list has proposes nothing that is shown.
    """
    draft = spoken.draft
    source = [_span(document, part) for part in draft.source]
    content = [_span(document, part) for part in draft.content]
    cue = None
    if draft.cue:
        first, last = draft.cue
        lemma, stance = cues.judge(lines.words, first, last)
        if lemma in _NOTING and stance == "endorsing" and _is_of_himself(lines, spoken):
            stance = "neutral"
        cue = Cue(**_span(document, draft.cue).model_dump(), lemma=lemma, stance=stance)
    return AttributionItem(
        strength=round(strength, 3),
        shown=strength >= limit and not (cue and cue.stance == "unclassified"),
        kind=_kind(lines, draft),
        source=source[0] if source else None,
        cue=cue,
        content=content[0],
        source_parts=source[1:],
        content_parts=content[1:],
        speaker=spoken.speaker.id if spoken.speaker else None,
        source_type=sources.classify(lines, draft.source[0] if draft.source else None, spoken.speaker),
    )


def _is_of_himself(lines: Lines, spoken: Spoken) -> bool:
    """Does the content begin with whoever says it: Lee noted that [she] had voted for it?"""
    places = (at for at in range(*spoken.draft.content[0]) if lines.tokens[at].is_word and lines.words[at] != "that")
    first = next(places, None)
    if first is None or spoken.speaker is None:
        return False
    start = lines.tokens[first].start
    own = any(one.start <= start < one.end for one in spoken.speaker.mentions)
    return lines.words[first] in sources.FIRST_PERSON or (own and lines.tokens[first].tag.startswith("PRP"))


def refuse(document: Document, lines: Lines, refused: Sequence[Spoken]) -> list[NoReply]:
    """Who gave no answer: the subject, or the only one whom the sentence asks: calls to Ann Lee were not returned."""
    mentions = Mentions(document)
    return [
        NoReply(
            **_span(document, one.draft.content[0]).model_dump(),
            entity=who.id if (who := one.speaker or _asked(document, lines, mentions, one.draft)) else None,
        )
        for one in refused
    ]


def _asked(document: Document, lines: Lines, mentions: Mentions, draft: Draft) -> Entity | None:
    sentence = document.sentences[lines.tokens[draft.content[0][0]].sentence]
    begin, end = sentence.start, sentence.end
    if draft.source:
        begin, end = lines.tokens[draft.source[0][0]].start, lines.tokens[draft.source[0][1] - 1].end
    named = {e.id: e for m, e in mentions.inside(begin, end) if e.kind != "place" and m.form != "pronoun"}
    return next(iter(named.values())) if len(named) == 1 else None


def _span(document: Document, part: Words) -> Span:
    start, end = document.tokens[part[0]].start, document.tokens[part[1] - 1].end
    return Span(start=start, end=end, text=document.text[start:end])


def _kind(lines: Lines, draft: Draft) -> Literal["direct", "indirect", "mixed"]:
    """Is the content quoted whole, in part or not at all, as seen from where the cue stands? "That" before it is no
    part."""
    outer = lines.quoted[draft.cue[0]] if draft.cue else -1
    quoted = plain = False
    for first, last in draft.content:
        for at in range(first, last):
            if lines.tokens[at].is_word and (at > first or lines.words[at] != "that"):
                inside = lines.quoted[at] not in (-1, outer)
                quoted, plain = quoted or inside, plain or not inside
        if quoted and plain:
            return "mixed"
    return "direct" if quoted else "indirect"


def summarize(
    document: Document, lines: Lines, spoken: Sequence[Spoken], items: Sequence[AttributionItem]
) -> tuple[list[SourceSummary], float]:
    """Who spoke how much, in what is shown? Also the share of the article's words that stand inside such contents."""
    total = document.words
    groups: dict[str, list[int]] = {}
    for at, (one, item) in enumerate(zip(spoken, items, strict=True)):
        if not item.shown:
            continue
        key = one.speaker.id if one.speaker else "" if item.source is None else fold(item.source.text)
        groups.setdefault(f"{item.source_type}:{key}" if not one.speaker else key, []).append(at)
    attributed: set[int] = set()
    earliest = min((item.content.start for item in items if item.shown), default=0)
    latest = max((_end(item) for item in items if item.shown), default=0)
    found: list[SourceSummary] = []
    for numbers in groups.values():
        inside = {
            at for k in numbers for first, last in spoken[k].draft.content for at in range(first, last)
            if lines.tokens[at].is_word
        }  # fmt: skip
        attributed |= inside
        first_item, speaker = items[numbers[0]], spoken[numbers[0]].speaker
        verbs = Counter((cue.lemma, cue.stance) for k in numbers if (cue := items[k].cue))
        found.append(
            SourceSummary(
                name=speaker.name
                if speaker
                else " ".join(first_item.source.text.split())
                if first_item.source
                else NOBODY,
                speaker=speaker.id if speaker else None,
                source_type=first_item.source_type,
                items=numbers,
                count=len(numbers),
                words=len(inside),
                share=min(1.0, len(inside) / total) if total else 0.0,
                verbs=[VerbUse(lemma=lemma, stance=stance, count=n) for (lemma, stance), n in verbs.most_common()],
                first=min(items[k].content.start for k in numbers),
                has_first_word=any(items[k].content.start == earliest for k in numbers),
                has_last_word=any(_end(items[k]) == latest for k in numbers),
            )
        )
    found.sort(key=lambda source: (-source.words, source.first))
    return found, min(1.0, len(attributed) / total) if total else 0.0


def _end(item: AttributionItem) -> int:
    return max(span.end for span in (item.content, *item.content_parts))
