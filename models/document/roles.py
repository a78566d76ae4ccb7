"""Roles: whom "the president", "the company" or "Republican leaders" mean, where only one entity can be meant."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Container, Mapping, Sequence

from ..report import EntityKind
from .name_lists import fold
from .name_records import Record
from .parts import Mention, Sentence
from .story import REACH, WINDOW, Story

_APPOSED = frozenset((",", ".", ";", ":", "—", "–", ")"))  # what closes an apposition
_ANY = frozenset(("a", "any", "every", "each", "no", "another", "sitting"))
# (words between "the" and the role, words in the role), longest first
_SHAPES = ((0, 3), (0, 2), (1, 2), (0, 1), (1, 1))


class Roles:
    """Who bears which role, while the article is read from first to last sentence."""

    def __init__(self, story: Story) -> None:
        self.story = story
        self.tokens, self.sentences, self.lists = story.tokens, story.sentences, story.lists
        self.records, self.mentioned = story.records, story.mentioned
        self.holders: dict[str, list[Record]] = {}
        for record in self.records:
            for title in record.titles:
                for role in {title, self.lists.short_titles.get(title, title)}:
                    self.holders.setdefault(role, []).append(record)
        for role, bearers in self.lists.held.items():
            holders = self.holders.setdefault(role, [])
            holders += [r for r in self.records if _is_one_of(r, bearers) and all(r is not one for one in holders)]
            if not holders:
                del self.holders[role]
        self.nameless: dict[str, Record] = {}
        self.parties = {r.name: r for r in self.records if r.known and r.kind == "organization"}
        self.kinds = Counter(r.kind for r in self.records)

    def role(self, number: int, i: int, sentence: Sentence, named: Mapping[int, tuple[int, Record]]) -> int:
        """Resolve "the (adjective) role" at token i; how many tokens it spans, 0 when it is none."""
        for skip, size in _SHAPES:
            last = i + 1 + skip + size
            if last > sentence.last:
                continue
            phrase = " ".join(t.text.casefold() for t in self.tokens[i + 1 + skip : last])
            kind = self.lists.stand_ins.get(phrase)
            if kind is None or not self._stands_alone(last, sentence):
                continue
            if any(self.tokens[k].start in named for k in range(i + 1, last)):  # the Labour Party is a name
                continue
            if skip and not self._describes(i + 1):
                continue
            if skip and self.tokens[i + 1].text.casefold() in self.lists.others:
                continue  # the next president
            bearer = self._apposed(number, i, last, named) if kind == "person" else None
            if bearer is not None:
                holders = self.holders.setdefault(self.lists.short_titles.get(phrase, phrase), [])
                if all(bearer is not one for one in holders):
                    holders.append(bearer)
                return last - i
            if kind == "person" and not skip and self._is_any(number, i, phrase):
                return 0
            land = self.lists.demonyms.get(self.tokens[i + 1].text.casefold()) if skip else None
            record = self._holder(number, phrase, kind, plain=not skip, land=land, i=i)
            if record is None:
                return 0
            start, end = self.tokens[i].start, self.tokens[last - 1].end
            record.mentions.append(Mention(start, end, "role"))
            self.story.note(number, start, end, record, last)
            return last - i
        return 0

    def party(self, number: int, i: int, sentence: Sentence) -> None:
        """ "Republican leaders" and "the Republican party" mean the party."""
        token, end = self.tokens[i], self.tokens[i].end
        following = self.tokens[i + 1].text if i + 1 < sentence.last else ""
        written_out = following == "party" and token.text[0].isupper()
        if written_out:
            end = self.tokens[i + 1].end
        elif following.casefold() not in self.lists.members and following.casefold() not in self.lists.powers:
            return
        name = self.lists.party_adjectives[token.text.casefold()]
        record = self.parties.get(name)
        if record is None and f"{token.text.casefold()}s" in self.lists.parties:
            return  # Conservative senators, of whichever party
        if record is None:
            record = self.parties[name] = Record(name, "organization", known=True)
            self.records.append(record)
        record.mentions.append(Mention(token.start, end, "name" if written_out else "role"))
        self.story.note(number, token.start, end, record, i + 1)

    def _apposed(self, number: int, i: int, last: int, named: Mapping[int, tuple[int, Record]]) -> Record | None:
        """Who bears the role beside his name: Irene Castle, the mayor, left; the mayor, Irene Castle, left."""
        closed = last >= len(self.tokens) or self.tokens[last].text in _APPOSED
        if closed and i > 1 and self.tokens[i - 1].text == "," and self.mentioned[number]:
            _, end, record = self.mentioned[number][-1]
            if end == self.tokens[i - 2].end:
                return record if record.kind == "person" and record.forms else None
        if last + 1 < len(self.tokens) and self.tokens[last].text == ",":
            end, behind = named.get(self.tokens[last + 1].start, (0, None))
            stop = bisect_left(self.tokens, end, key=lambda t: t.start)
            closed = stop >= len(self.tokens) or self.tokens[stop].text in _APPOSED
            return behind if behind is not None and behind.kind == "person" and closed else None
        return None

    def _is_any(self, number: int, i: int, phrase: str) -> bool:
        """A president may do it; the president … : is it whoever holds the office, as the last word on it was?"""
        holders = {id(one) for one in self.holders.get(self.lists.short_titles.get(phrase, phrase), [])}
        near = self.mentioned[max(0, number - 1) : number + 1]
        since = max((end for told in near for _, end, one in told if id(one) in holders), default=0)
        size = phrase.count(" ") + 1
        first = self.sentences[max(0, number - 1)].first
        for k in range(first + 1, i - size + 1):
            said = " ".join(token.text.casefold() for token in self.tokens[k : k + size])
            any_one = said == phrase and self.tokens[k - 1].text.casefold() in _ANY
            if (any_one or said == f"{phrase}s") and self.tokens[k].start >= since:
                behind = self.tokens[k + size]
                return not (behind.text in ("who", "whose", "of") or behind.text[0].isupper())
        return False

    def _stands_alone(self, last: int, sentence: Sentence) -> bool:
        """No name and no further noun behind: "the president said", not "the president Obama", "the state house"."""
        if last >= sentence.last:
            return True
        after = self.tokens[last]
        return not (after.text[0].isupper() or after.tag.startswith("NN") or after.text in ("of", "who", "-"))

    def _describes(self, i: int) -> bool:
        token = self.tokens[i]
        return token.tag.startswith("JJ") or token.text.casefold() in self.lists.demonyms

    def _holder(
        self, number: int, phrase: str, kind: EntityKind, *, plain: bool, land: str | None, i: int
    ) -> Record | None:
        if kind == "person":
            role = self.lists.short_titles.get(phrase, phrase)
            holders = self.holders.get(role, [])
            if land is not None:  # the Syrian president: Assad, else whom the article calls president, and not Obama
                theirs = [r for r in holders if self._rules(r) == land]
                holders = theirs or [r for r in holders if role in r.titles and self._rules(r) is None]
            if len(holders) > 1:
                holders = self._lately(number, [r for r in holders[:WINDOW] if r.kind == "person"])
            if len(holders) == 1 and holders[0].kind == "person":
                return holders[0]
            if not holders and phrase in self.lists.single:
                return self._nameless(phrase, "person", i, plain=plain)
            return None
        if not self.kinds[kind] and plain:
            return self._nameless(phrase, kind, i, plain=True)
        if kind == "organization":
            fitting = self.lists.fitting.get(phrase, frozenset())
            return self._only(number, kind, phrase if phrase not in self.lists.any_organization else "", fitting)
        return self._only(number, kind, "", country=phrase in self.lists.country_roles)

    def _rules(self, record: Record) -> str | None:
        """The country whose office he is known to hold."""
        return next((land for pair, land in self.lists.rules.items() if _is_one_of(record, [pair])), None)

    def _lately(self, number: int, holders: list[Record]) -> list[Record]:
        wanted = {id(r) for r in holders}
        for back in range(number, max(-1, number - REACH), -1):
            inside = {id(r): r for _, _, r in self.mentioned[back][-WINDOW:] if id(r) in wanted}
            if inside:
                return list(inside.values())
        return holders

    def _nameless(self, role: str, kind: EntityKind, i: int, *, plain: bool) -> Record:
        """Somebody or something that the article never names: "the president", "the company"."""
        words = [self.tokens[i + 1].text] if not plain else []
        name = " ".join(("the", *words, role))
        record = self.nameless.get(name)
        if record is None:
            record = self.nameless[name] = Record(name, kind)
            self.records.append(record)
        return record

    def _only(
        self, number: int, kind: str, word: str, fitting: Container[str] = frozenset(), *, country: bool = False
    ) -> Record | None:
        """The one organization or place of the last two sentences that the role can mean."""
        found = {
            id(record): record
            for _, _, record in self.story.recent(number)
            if record.kind == kind
            and (not word or word in record.name.casefold())
            and (not fitting or any(fold(one) in fitting for one in record.name.split()))
            and (word or fitting or not any(fold(one) in self.lists.unfit for one in record.name.split()))
            and (kind != "place" or country == (record.name in self.lists.countries))
        }
        return next(iter(found.values())) if len(found) == 1 else None


def _is_one_of(record: Record, names: Sequence[tuple[str, str]]) -> bool:
    """Is it one of these people, by the last name alone or with the first?"""
    if record.kind != "person" or not record.keys:
        return False
    given, family = record.keys[0], record.keys[-1]
    return any(family == last and (len(record.keys) == 1 or given == first) for first, last in names)
