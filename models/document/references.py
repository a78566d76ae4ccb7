"""Mentions without a name: roles and pronouns, where only one of the article's entities can be meant."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence

from .name_facts import Gender
from .name_lists import PRONOUNS
from .name_records import Record
from .parts import Mention, Quotation, Sentence, Token
from .pronouns import Pronouns
from .roles import Roles
from .story import Story

_DETERMINERS = frozenset(("the", "this", "that"))
_TOLD, _SURE = 2, 0.75  # pronouns that tell a gender: how many at least, and which share of all


def add(
    records: list[Record], tokens: Sequence[Token], sentences: Sequence[Sentence], quotations: Sequence[Quotation]
) -> None:
    """Give records the mentions that name them by role or pronoun.

    Whom no title and no first name tells apart is what the article's own pronouns say: then all is read once more.
    """
    named = [(record, len(record.mentions)) for record in records]
    _read(records, tokens, sentences, quotations)
    told = [
        (record, gender)
        for record, names in named
        if record.gender == "unknown" and (gender := _gender(tokens, record.mentions[names:]))
    ]
    if not told:
        return
    del records[len(named) :]
    for record, names in named:
        del record.mentions[names:]
    for record, gender in told:
        record.gender = gender
    _read(records, tokens, sentences, quotations)


def _read(
    records: list[Record], tokens: Sequence[Token], sentences: Sequence[Sentence], quotations: Sequence[Quotation]
) -> None:
    story = Story(records, tokens, sentences, quotations)
    pronouns, roles = Pronouns(story), Roles(story)
    for number, sentence in enumerate(sentences):
        if sentence.part != "boilerplate":
            _read_sentence(story, pronouns, roles, number)


def _read_sentence(story: Story, pronouns: Pronouns, roles: Roles, number: int) -> None:
    """Resolve one sentence, left to right."""
    sentence = story.sentences[number]
    named = {start: (end, record) for start, end, record in story.mentioned[number]}
    story.mentioned[number] = []
    i = sentence.first
    while i < sentence.last:
        token = story.tokens[i]
        if token.start in named:
            end, whom = named[token.start]
            while i < sentence.last and story.tokens[i].start < end:
                i += 1
            story.note(number, token.start, end, whom, i)
            continue
        word = token.text.casefold()
        size = 1
        if word in PRONOUNS:
            if record := pronouns.meant(number, i, PRONOUNS[word]):
                record.mentions.append(Mention(token.start, token.end, "pronoun"))
                story.note(number, token.start, token.end, record, i + 1)
        elif word in _DETERMINERS:
            size = roles.role(number, i, sentence, named)
        elif word in story.lists.party_adjectives:
            roles.party(number, i, sentence)
        i += max(size, 1)


def _gender(tokens: Sequence[Token], mentions: Sequence[Mention]) -> Gender | None:
    """What nearly all pronouns among some mentions say, two at least; None where they don't."""
    starts = [mention.start for mention in mentions if mention.form == "pronoun"]
    called = Counter(
        PRONOUNS[tokens[bisect_left(tokens, start, key=lambda token: token.start)].text.casefold()] for start in starts
    )
    if not called:
        return None
    ((gender, most),) = called.most_common(1)
    return gender if most >= _TOLD and most >= _SURE * called.total() else None
