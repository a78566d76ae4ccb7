"""Items and sources of the report, made from drafts: exact spans, speakers, kinds, and who got how many words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Literal

from ...document.parts import Document, Entity, fold
from ...report import AttributionItem, Cue, NoReply, SourceSummary, Span, VerbUse
from . import cues, grammar, sources
from .grammar import Lines, Words
from .rules import Draft
from .speakers import Mentions, last_named, name_source, possible

_DEEPEST = 6  # contents inside each other; more is no speech, and would cost the square of the text
_ANAPHOR = 3  # paragraphs back in which "he" may have spoken
_NEAR = 400  # characters back in which "he" may have been named
NOBODY = "(nobody named)"


@dataclass(frozen=True, slots=True)
class Spoken:
    """A draft with its speaker."""

    draft: Draft
    speaker: Entity | None


def order(lines: Lines, drafts: Sequence[Draft]) -> list[Draft]:
    """Drafts with words for a content in text order, each once, none deeper than readers could follow."""
    said = {
        draft
        for draft in drafts
        if draft.content and all(any(t.is_word for t in lines.tokens[first:last]) for first, last in draft.content)
    }
    found = sorted(said, key=lambda d: (d.content[0], d.cue or (0, 0)))
    kept: list[Draft] = []
    open_ends: list[int] = []
    for draft in found:
        open_ends = [end for end in open_ends if end > draft.content[0][0]]
        if len(open_ends) < _DEEPEST:
            kept.append(draft)
            open_ends.append(max(last for _, last in draft.content))
    return kept


def separate(lines: Lines, drafts: Sequence[Draft]) -> list[Draft]:
    """A quotation that begins a sentence after the cue is an item of its own; one that goes on is a further part."""
    found: list[Draft] = []
    for draft in drafts:
        groups: list[list[Words]] = []
        for part in (piece for whole in draft.content for piece in _by_sentence(lines, whole)):
            if part[0] >= part[1]:  # marks without a word between them
                continue
            begins = part[0] == 0 or lines.tokens[part[0] - 1].sentence != lines.tokens[part[0]].sentence
            if groups and not begins:
                groups[-1].append(part)
            else:
                groups.append([part])
        found += [replace(draft, content=tuple(group)) for group in groups if _is_reached(lines, draft, group[0])]
    return found


def gather(document: Document, lines: Lines, drafts: Sequence[Draft]) -> list[Draft]:
    """One statement of all that one cue hands on within a paragraph: “A,” Lee said. “B.”

    What it hands on in another paragraph is a statement of its own.
    """
    found: dict[tuple[Words | None, tuple[Words, ...], int], list[Words]] = {}
    for draft in drafts:
        begin = draft.content[0][0]
        place = begin if draft.cue is None else document.sentences[lines.tokens[begin].sentence].paragraph
        found.setdefault((draft.cue, draft.source, place), []).extend(draft.content)
    return [Draft(cue, source, tuple(_join(parts))) for (cue, source, _), parts in found.items()]


def _join(parts: list[Words]) -> Iterator[Words]:
    """Parts in text order, none in another."""
    end = 0
    for first, last in sorted(parts, key=lambda part: (part[0], -part[1])):
        if last > end:
            yield max(first, end), last
            end = last


def _is_reached(lines: Lines, draft: Draft, part: Words) -> bool:
    """Does the cue reach this far? Into the sentences beside its own a cue reaches for quotations alone."""
    if draft.cue is None or lines.quoted[part[0]] >= 0 or lines.quoted[part[1] - 1] >= 0:
        return True
    cue, content = lines.tokens[draft.cue[0]].sentence, lines.tokens[part[0]].sentence
    return cue in (content, lines.tokens[part[1] - 1].sentence) or lines.words[draft.cue[1] - 1] == ":"


def _by_sentence(lines: Lines, part: Words) -> list[Words]:
    """A part cut where a sentence ends outside of quotations: nobody's sentence goes on in the next."""
    cuts = [
        at
        for at in range(part[0] + 1, part[1])
        if lines.tokens[at].sentence != lines.tokens[at - 1].sentence
        and (lines.quoted[at] < 0 or lines.quoted[at] != lines.quoted[at - 1])
    ]
    return [grammar.trim(lines, *piece) for piece in pairwise((part[0], *cuts, part[1]))] if cuts else [part]


def name_speakers(
    document: Document, lines: Lines, drafts: Sequence[Draft], laid_out: Mapping[int, Entity]
) -> list[Spoken]:
    """Who speaks each draft? Through pronouns and chains of "he added", from the entities of the document.

    `laid_out`: who speaks by a label or a signature, by the first token of the content.
    """
    mentions = Mentions(document)
    drafts = [_look_behind_cue(lines, mentions, draft) for draft in drafts]
    speakers: list[Entity | None] = [None] * len(drafts)
    chain: list[tuple[int, Entity]] = []  # paragraph, who spoke there
    by_quotation: dict[int, int] = {}
    places = sorted(range(len(drafts)), key=lambda k: drafts[k].source[0] if drafts[k].source else drafts[k].content[0])
    for k in places:
        draft = drafts[k]
        begin = draft.content[0][0]
        if begin in laid_out and (draft.cue is None or lines.quoted[draft.cue[0]] != lines.quoted[begin]):
            speakers[k] = laid_out[begin]
            by_quotation[lines.quoted[begin]] = k
            chain.append((document.sentences[lines.tokens[begin].sentence].paragraph, laid_out[begin]))
            continue
        if not draft.source:
            continue
        first, last = draft.source[0]
        word = lines.words[first]
        paragraph = document.sentences[lines.tokens[first].sentence].paragraph
        outside = draft.cue is None or lines.quoted[draft.cue[0]] < 0
        if sources.is_first_person(lines, (first, last)):
            continue
        speaker = name_source(lines, mentions, (first, last))
        if speaker is None and last - first == 1:
            start = lines.tokens[first].start
            if word in sources.RELATIVES:
                speaker = (word == "who" and mentions.person_of(start, 4)) or mentions.ending_before(start, 4)
            elif word in ("he", "she", "his", "her", "him"):
                recent = [entity for at, entity in chain[-4:] if paragraph - at <= _ANAPHOR]
                speaker = last_named(recent, word)
                if speaker is None:
                    near = mentions.ending_before(start, _NEAR)
                    speaker = near if near and possible(near, word) else None
            elif word == "it":
                bodies = [entity for at, entity in chain[-4:] if paragraph - at <= _ANAPHOR and entity.kind != "person"]
                speaker = bodies[-1] if bodies else mentions.body_before(start, _NEAR)
        speakers[k] = speaker
        if speaker is not None and outside:
            chain.append((paragraph, speaker))
        if outside:
            for begin, end in draft.content:
                for at in {lines.quoted[begin], lines.quoted[end - 1]} - {-1}:
                    by_quotation[at] = k
    for k in places:
        draft = drafts[k]
        if draft.source and sources.is_first_person(lines, draft.source[0]):
            outer = by_quotation.get(lines.quoted[draft.source[0][0]])
            speakers[k] = speakers[outer] if outer is not None and outer != k else None
    return [Spoken(draft, speaker) for draft, speaker in zip(drafts, speakers, strict=True)]


def _look_behind_cue(lines: Lines, mentions: Mentions, draft: Draft) -> Draft:
    """In "…, warned Ann Lee, the head of the traders, who has fought" the name behind the cue speaks, not "who"."""
    first, last = draft.source[0] if draft.source else (0, 0)
    if draft.cue is None or last - first != 1 or lines.words[first] not in sources.RELATIVES or draft.cue[1] >= first:
        return draft
    begin = lines.tokens[draft.cue[1]]
    for mention, _ in mentions.inside(begin.start, begin.end):
        words = [at for at in range(draft.cue[1], first) if lines.tokens[at].end <= mention.end]
        if words and mention.form == "name":
            return replace(draft, source=((words[0], words[-1] + 1),))
    return draft


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
    """Is the content quoted whole, in part or not at all, as seen from where the cue stands?"""
    outer = lines.quoted[draft.cue[0]] if draft.cue else -1
    quoted = plain = False
    for first, last in draft.content:
        for at in range(first, last):
            if lines.tokens[at].is_word:
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
