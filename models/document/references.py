"""Roles and pronouns: "the president", "he", where only one of the article's entities can be meant."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Container, Iterator, Mapping, Sequence
from math import inf

from ..report import EntityKind
from .name_links import Record
from .name_lists import Gender, fold, lists
from .parts import Mention, Quotation, Sentence, Token

_PRONOUNS: dict[str, Gender] = {
    **dict.fromkeys(("he", "him", "his", "himself"), "male"),
    **dict.fromkeys(("she", "her", "hers", "herself"), "female"),
}
_SUBJECTS = frozenset(("he", "she"))
_DETERMINERS = frozenset(("the", "this", "that"))
_CLOSERS = frozenset("”\"’'»")
_BEFORE_INVERTED = _CLOSERS | {",", "?", "!"}
_APPOSED = frozenset((",", ".", ";", ":", "—", "–", ")"))  # what closes an apposition
_WINDOW = 12  # mentions looked back on; in a longer list nobody stands out
_REACH = 3  # sentences back
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
    story = _Story(records, tokens, sentences, quotations)
    for at, sentence in enumerate(sentences):
        if sentence.part != "boilerplate":
            story.read(at, sentence)


def _gender(tokens: Sequence[Token], mentions: Sequence[Mention]) -> Gender | None:
    """What nearly all pronouns among some mentions say, two at least; None where they don't."""
    starts = [mention.start for mention in mentions if mention.form == "pronoun"]
    called = Counter(
        _PRONOUNS[tokens[bisect_left(tokens, start, key=lambda token: token.start)].text.casefold()] for start in starts
    )
    if not called:
        return None
    ((gender, most),) = called.most_common(1)
    return gender if most >= _TOLD and most >= _SURE * called.total() else None


class _Story:
    """The article from first to last sentence, with who has been mentioned where."""

    def __init__(
        self,
        records: list[Record],
        tokens: Sequence[Token],
        sentences: Sequence[Sentence],
        quotations: Sequence[Quotation],
    ) -> None:
        self.records = records
        self.tokens = tokens
        self.sentences = sentences
        self.lists = lists()
        spoken = [q for q in quotations if q.depth == 0 and q.kind == "speech"]
        self.opened, self.closed = [q.start for q in spoken], [q.end for q in spoken]
        self.starts = starts = [s.start for s in sentences]
        self.left_open: set[tuple[int, int, Gender]] = set()  # sentence, quotation: "he" may be two people there
        self.mentioned: list[list[tuple[int, int, Record]]] = [[] for _ in sentences]
        self.holders: dict[str, list[Record]] = {}
        for record in records:
            for mention in record.mentions:
                where = max(0, bisect_right(starts, mention.start) - 1)
                self.mentioned[where].append((mention.start, mention.end, record))
            for title in record.titles:
                for role in {title, self.lists.short_titles.get(title, title)}:
                    self.holders.setdefault(role, []).append(record)
        for role, bearers in self.lists.held.items():
            holders = self.holders.setdefault(role, [])
            holders += [r for r in records if _is_one_of(r, bearers) and all(r is not one for one in holders)]
            if not holders:
                del self.holders[role]
        for inside in self.mentioned:
            inside.sort(key=lambda m: m[0])
        self.last_speaker: tuple[int, Record] | None = None
        self.nameless: dict[str, Record] = {}
        self.parties = {r.name: r for r in records if r.known and r.kind == "organization"}
        self.kinds = Counter(r.kind for r in records)

    def read(self, at: int, sentence: Sentence) -> None:
        """Resolve one sentence, left to right."""
        named = {start: (end, record) for start, end, record in self.mentioned[at]}
        self.mentioned[at] = []
        i = sentence.first
        while i < sentence.last:
            token = self.tokens[i]
            if token.start in named:
                end, whom = named[token.start]
                while i < sentence.last and self.tokens[i].start < end:
                    i += 1
                self._note(at, token.start, end, whom, i)
                continue
            word = token.text.casefold()
            size = 1
            if word in _PRONOUNS:
                if record := self._meant(at, i, _PRONOUNS[word]):
                    record.mentions.append(Mention(token.start, token.end, "pronoun"))
                    self._note(at, token.start, token.end, record, i + 1)
            elif word in _DETERMINERS:
                size = self._role(at, i, sentence, named)
            elif word in self.lists.party_adjectives:
                self._party(at, i, sentence)
            i += max(size, 1)

    def _note(self, at: int, start: int, end: int, record: Record, after: int) -> None:
        self.mentioned[at].append((start, end, record))
        if record.kind != "person" or after >= len(self.tokens) or self._quotation(start):
            return
        if self.tokens[after].text in self.lists.speech or self._is_inverted(start):
            self.last_speaker = (at, record)

    def _is_inverted(self, start: int) -> bool:
        """“…,” said Moore; but not: the clerk said Moore left."""
        i = bisect_right(self.tokens, start - 1, key=lambda t: t.start) - 1
        return i > 0 and self.tokens[i].text in self.lists.speech and self.tokens[i - 1].text in _BEFORE_INVERTED

    def _quotation(self, offset: int) -> int:
        """Number of the quotation around this offset, counted from 1; 0 outside."""
        k = bisect_right(self.opened, offset) - 1
        return k + 1 if k >= 0 and offset < self.closed[k] else 0

    # -- pronouns ------------------------------------------------------------------------------------------------

    def _meant(self, at: int, i: int, gender: Gender) -> Record | None:
        token = self.tokens[i]
        quotation = self._quotation(token.start)
        if not quotation and (speaker := self._goes_on(at, i, gender)):
            return speaker
        people = self._people(at, quotation, gender)
        if len(people) == 1:
            return people[0]
        if quotation or (at, quotation, gender) in self.left_open:
            return None
        here = {id(r): r for s, _, r in self.mentioned[at][-_WINDOW:] if r in people and not self._quotation(s)}
        if len(here) == 1:
            return next(iter(here.values()))
        if people and i == self.sentences[at].first and (subject := self._subject(at - 1, gender)):
            return subject
        if people and token.text.casefold() in _SUBJECTS:
            self.left_open.add((at, quotation, gender))
        return None

    def _goes_on(self, at: int, i: int, gender: Gender) -> Record | None:
        """ "…," he added: who opened the sentence before the quotation, or else spoke last, goes on speaking."""
        if i == 0 or i + 1 >= len(self.tokens) or self.tokens[i + 1].text not in self.lists.speech:
            return None
        if self.tokens[i - 1].text not in _CLOSERS:
            return None
        where, speaker = self.last_speaker or (-1, None)
        quoted = bisect_right(self.closed, self.tokens[i].start) - 1
        opened = self.opened[quoted] if quoted >= 0 else self.tokens[i].start
        begins = bisect_right(self.starts, opened) - 1
        for told in (begins, begins - 1):
            if where < told and (subject := self._subject(told, gender, before=opened)):
                return subject
        fits = speaker is not None and at - where <= _REACH and speaker.gender in (gender, "unknown")
        return speaker if fits else None

    def _people(self, at: int, quotation: int, gender: Gender) -> list[Record]:
        """Everybody of that gender who may be meant: in this sentence so far and the one before, in the same voice."""
        found: dict[int, Record] = {}
        for back in range(at, max(-1, at - _REACH), -1):
            if back < at and self.sentences[back].part == "headline":
                break
            for start, _, record in self.mentioned[back][-_WINDOW:]:
                fits = record.kind == "person" and record.gender in (gender, "unknown")
                if fits and self._quotation(start) == quotation:
                    found[id(record)] = record
            if found and back < at:
                break
        return list(found.values())

    def _subject(self, at: int, gender: Gender, before: float = inf) -> Record | None:
        """Who opens a sentence, behind no more than a phrase with its comma: a pronoun behind it means the same."""
        if at < 0 or self.sentences[at].part == "headline" or self.tokens[self.sentences[at].last - 1].is_word:
            return None  # a line without an end is a heading or a link
        people = [(s, record) for s, _, record in self.mentioned[at] if record.kind == "person" and s < before]
        if not people or people[0][1].gender not in (gender, "unknown") or self._quotation(people[0][0]):
            return None
        start, record = people[0]
        first = bisect_left(self.tokens, start, key=lambda token: token.start)
        while first > self.sentences[at].first and self.tokens[first - 1].text[0].isupper():
            first -= 1
        opening = self.sentences[at].first
        return record if first <= opening + 2 or self.tokens[first - 1].text == "," else None

    # -- roles ---------------------------------------------------------------------------------------------------

    def _role(self, at: int, i: int, sentence: Sentence, named: Mapping[int, tuple[int, Record]]) -> int:
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
            bearer = self._apposed(at, i, last, named) if kind == "person" else None
            if bearer is not None:
                holders = self.holders.setdefault(self.lists.short_titles.get(phrase, phrase), [])
                if all(bearer is not one for one in holders):
                    holders.append(bearer)
                return last - i
            abroad = bool(skip) and self.tokens[i + 1].text.casefold() in self.lists.demonyms
            record = self._holder(at, phrase, kind, plain=not skip, abroad=abroad, i=i)
            if record is None:
                return 0
            start, end = self.tokens[i].start, self.tokens[last - 1].end
            record.mentions.append(Mention(start, end, "role"))
            self._note(at, start, end, record, last)
            return last - i
        return 0

    def _apposed(self, at: int, i: int, last: int, named: Mapping[int, tuple[int, Record]]) -> Record | None:
        """Who bears the role beside his name: Irene Castle, the mayor, left; the mayor, Irene Castle, left."""
        closed = last >= len(self.tokens) or self.tokens[last].text in _APPOSED
        if closed and i > 1 and self.tokens[i - 1].text == "," and self.mentioned[at]:
            _, end, record = self.mentioned[at][-1]
            if end == self.tokens[i - 2].end:
                return record if record.kind == "person" and record.forms else None
        if last + 1 < len(self.tokens) and self.tokens[last].text == ",":
            end, behind = named.get(self.tokens[last + 1].start, (0, None))
            stop = bisect_left(self.tokens, end, key=lambda t: t.start)
            closed = stop >= len(self.tokens) or self.tokens[stop].text in _APPOSED
            return behind if behind is not None and behind.kind == "person" and closed else None
        return None

    def _stands_alone(self, last: int, sentence: Sentence) -> bool:
        """No name and no further noun behind: "the president said", not "the president Obama", "the state house"."""
        if last >= sentence.last:
            return True
        after = self.tokens[last]
        return not (after.text[0].isupper() or after.tag.startswith("NN") or after.text in ("of", "who", "-"))

    def _describes(self, i: int) -> bool:
        token = self.tokens[i]
        return token.tag.startswith("JJ") or token.text.casefold() in self.lists.demonyms

    def _holder(self, at: int, phrase: str, kind: EntityKind, *, plain: bool, abroad: bool, i: int) -> Record | None:
        if kind == "person":
            role = self.lists.short_titles.get(phrase, phrase)
            holders = self.holders.get(role, [])
            if abroad:  # the Syrian president is whom the article calls president
                holders = [r for r in holders if role in r.titles]
            if len(holders) > 1:
                holders = self._lately(at, [r for r in holders[:_WINDOW] if r.kind == "person"])
            if len(holders) == 1 and holders[0].kind == "person":
                return holders[0]
            if not holders and phrase in self.lists.single:
                return self._nameless(phrase, "person", i, plain=plain)
            return None
        if not self.kinds[kind] and plain:
            return self._nameless(phrase, kind, i, plain=True)
        if kind == "organization":
            fitting = self.lists.fitting.get(phrase, frozenset())
            return self._only(at, kind, phrase if phrase not in self.lists.any_organization else "", fitting)
        return self._only(at, kind, "", country=phrase in self.lists.country_roles)

    def _lately(self, at: int, holders: list[Record]) -> list[Record]:
        wanted = {id(r) for r in holders}
        for back in range(at, max(-1, at - _REACH), -1):
            inside = {id(r): r for _, _, r in self.mentioned[back][-_WINDOW:] if id(r) in wanted}
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

    def _party(self, at: int, i: int, sentence: Sentence) -> None:
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
        if record is None:
            record = self.parties[name] = Record(name, "organization", known=True)
            self.records.append(record)
        record.mentions.append(Mention(token.start, end, "name" if written_out else "role"))
        self._note(at, token.start, end, record, i + 1)

    def _only(
        self, at: int, kind: str, word: str, fitting: Container[str] = frozenset(), *, country: bool = False
    ) -> Record | None:
        """The one organization or place of the last two sentences that the role can mean."""
        found = {
            id(record): record
            for _, _, record in self._recent(at)
            if record.kind == kind
            and (not word or word in record.name.casefold())
            and (not fitting or any(fold(one) in fitting for one in record.name.split()))
            and (word or fitting or not any(fold(one) in self.lists.unfit for one in record.name.split()))
            and (kind != "place" or country == (record.name in self.lists.countries))
        }
        return next(iter(found.values())) if len(found) == 1 else None

    def _recent(self, at: int) -> Iterator[tuple[int, int, Record]]:
        yield from self.mentioned[at][-_WINDOW:]
        if at and self.sentences[at - 1].part != "headline":
            yield from self.mentioned[at - 1][-_WINDOW:]


def _is_one_of(record: Record, names: Sequence[tuple[str, str]]) -> bool:
    """Is it one of these people, by the last name alone or with the first?"""
    if record.kind != "person" or not record.keys:
        return False
    given, family = record.keys[0], record.keys[-1]
    return any(family == last and (len(record.keys) == 1 or given == first) for first, last in names)


# (words between "the" and the role, words in the role), longest first
_SHAPES = ((0, 3), (0, 2), (1, 2), (0, 1), (1, 1))
