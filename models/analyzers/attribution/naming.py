"""Naming: which entity of the document speaks each statement, through pronouns and chains of "he added"."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from ...document import antecedents
from ...document.parts import Document, Entity, fold
from . import sources
from .described import Descriptions
from .grammar import Draft, Lines
from .speakers import Mentions, last_named, name_source

_ANAPHOR = 3  # paragraphs back in which "he" may have spoken
_PERSONAL = frozenset(("he", "she", "his", "her", "him"))


@dataclass(frozen=True, slots=True)
class Spoken:
    """A draft with its speaker."""

    draft: Draft
    speaker: Entity | None


def name(document: Document, lines: Lines, drafts: Sequence[Draft], laid_out: Mapping[int, Entity]) -> list[Spoken]:
    """Who speaks each draft? Through pronouns and chains of "he added", from the entities of the document.

    `laid_out`: who speaks by a label or a signature, by the first token of the content.
    """
    mentions = Mentions(document)
    told = Descriptions(document, lines)
    scene = antecedents.Scene(document)
    drafts = [_look_behind_cue(lines, mentions, draft) for draft in drafts]
    speakers: list[Entity | None] = [None] * len(drafts)
    chain: list[tuple[int, Entity]] = []  # paragraph, who spoke there
    epithets: dict[str, Entity] = {}
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
        paragraph = document.sentences[lines.tokens[first].sentence].paragraph
        outside = draft.cue is None or lines.quoted[draft.cue[0]] < 0
        if sources.is_first_person(lines, (first, last)):
            continue
        speaker = name_source(lines, mentions, (first, last))
        if speaker and last - first == 1 and _is_either(document, speaker, lines.tokens[first].start):
            continue
        recent = [entity for at, entity in chain[-4:] if paragraph - at <= _ANAPHOR]
        if speaker is None and last - first == 1:
            speaker = _relate(lines, mentions, first, recent)
        if speaker is None:
            speaker = told.meant((first, last), recent)
        if speaker is None and (fits := told.fitting((first, last))):
            speaker = scene.body(first, fits, told=told.tells_kind((first, last)))
        if speaker is None and told.is_epithet((first, last)):
            word = lines.words[lines.syntax.head_of(first, last)]
            speaker = epithets.get(word) or scene.person(first)
            if speaker is not None:
                epithets[word] = speaker
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


def _relate(lines: Lines, mentions: Mentions, at: int, recent: Sequence[Entity]) -> Entity | None:
    """Whom a relative pronoun means; whom a personal one inside a quotation does, of those who spoke last: outside of
    quotations the document has told."""
    word, start = lines.words[at], lines.tokens[at].start
    if word in sources.RELATIVES:
        person = mentions.person_of(start, 4) if word == "who" else None
        return person or mentions.ending_before(start, 4)
    told = word in ("he", "she") and lines.quoted[at] < 0
    return last_named(recent, word) if word in _PERSONAL and not told else None


def _is_either(document: Document, speaker: Entity, offset: int) -> bool:
    """Does a bare surname in the headline fit two people of the article? The body tells first of whom it is."""
    sentence = document.sentences[0]
    if speaker.kind != "person" or sentence.part != "headline" or offset >= sentence.end:
        return False
    names = [fold(one.name).split() for one in document.entities if one.kind == "person"]
    surname = fold(speaker.name).split()[-1]
    return sum(len(name) > 1 and name[-1] == surname for name in names) > 1


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
