"""Pronouns: whom "he" or "she" means, where only one person of the article can be meant."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from math import inf

from .name_facts import Gender
from .name_lists import PRONOUNS
from .name_records import Record
from .story import CLOSERS, REACH, WINDOW, Story

_SUBJECTS = frozenset(("he", "she"))


def is_anybody(words: Sequence[str], at: int) -> bool:
    """[He] or [she] may, every driver and [his] or [her] car: is it whoever it may be? `words` in lower case."""
    for first in (at, at - 2):
        one, joint, other = (*words[max(first, 0) : first + 3], "", "", "")[:3]
        if joint == "or" and {PRONOUNS.get(one), PRONOUNS.get(other)} == {"female", "male"}:
            return True
    return False


class Pronouns:
    """Whom pronouns mean, asked from the article's first to its last."""

    def __init__(self, story: Story) -> None:
        self.story = story
        self.tokens, self.sentences, self.lists = story.tokens, story.sentences, story.lists
        self.mentioned = story.mentioned
        self.left_open: set[tuple[int, int, Gender]] = set()  # sentence, quotation: "he" may be two people there

    def meant(self, number: int, i: int, gender: Gender) -> Record | None:
        """Whom does the pronoun at token i mean?"""
        token = self.tokens[i]
        near = [one.text.casefold() for one in self.tokens[max(0, i - 2) : i + 3]]
        if is_anybody(near, min(i, 2)):
            return None
        quotation = self.story.quotation(token.start)
        if not quotation and (speaker := self._goes_on(number, i, gender)):
            return speaker
        people = self._people(number, quotation, gender)
        if len(people) == 1:
            return people[0]
        if quotation or (number, quotation, gender) in self.left_open:
            return None
        here = {id(r): r for s, _, r in self.mentioned[number][-WINDOW:] if r in people and not self.story.quotation(s)}
        if len(here) == 1:
            return next(iter(here.values()))
        if people and i == self.sentences[number].first and (subject := self._subject(number - 1, gender)):
            return subject
        if people and token.text.casefold() in _SUBJECTS:
            self.left_open.add((number, quotation, gender))
        return None

    def _goes_on(self, number: int, i: int, gender: Gender) -> Record | None:
        """ "…," he added: who opened the sentence before the quotation, or else spoke last, goes on speaking."""
        if i == 0 or i + 1 >= len(self.tokens) or self.tokens[i + 1].text not in self.lists.speech:
            return None
        if self.tokens[i - 1].text not in CLOSERS:
            return None
        where, speaker = self.story.last_speaker or (-1, None)
        quoted = bisect_right(self.story.closed, self.tokens[i].start) - 1
        opened = self.story.opened[quoted] if quoted >= 0 else self.tokens[i].start
        begins = bisect_right(self.story.starts, opened) - 1
        for told in (begins, begins - 1):
            if where < told and (subject := self._subject(told, gender, before=opened)):
                return subject
        fits = speaker is not None and number - where <= REACH and speaker.gender in (gender, "unknown")
        return speaker if fits else None

    def _people(self, number: int, quotation: int, gender: Gender) -> list[Record]:
        """Everybody of that gender who may be meant: in this sentence so far and the one before, in the same voice."""
        found: dict[int, Record] = {}
        for back in range(number, max(-1, number - REACH), -1):
            if back < number and self.sentences[back].part == "headline":
                break
            for start, _, record in self.mentioned[back][-WINDOW:]:
                fits = record.kind == "person" and record.gender in (gender, "unknown")
                if fits and self.story.quotation(start) == quotation:
                    found[id(record)] = record
            if found and back < number:
                break
        return list(found.values())

    def _subject(self, number: int, gender: Gender, before: float = inf) -> Record | None:
        """Who opens a sentence, behind no more than a phrase with its comma: a pronoun behind it means the same."""
        if (
            number < 0
            or self.sentences[number].part == "headline"
            or self.tokens[self.sentences[number].last - 1].is_word
        ):
            return None  # a line without an end is a heading or a link
        people = [(s, record) for s, _, record in self.mentioned[number] if record.kind == "person" and s < before]
        if not people or people[0][1].gender not in (gender, "unknown") or self.story.quotation(people[0][0]):
            return None
        start, record = people[0]
        first = bisect_left(self.tokens, start, key=lambda token: token.start)
        while first > self.sentences[number].first and self.tokens[first - 1].text[0].isupper():
            first -= 1
        opening = self.sentences[number].first
        return record if first <= opening + 2 or self.tokens[first - 1].text == "," else None
