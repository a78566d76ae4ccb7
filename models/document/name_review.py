"""Names once the reader has seen them in their sentences: what is none goes, what was cut is made whole.

The rules of `name_spans` see capitals and lists. The reader sees grammar: is a word a name there, and which words
hang together as one. What the lists know stays as it is.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from ..report import EntityKind
from .name_doubts import SITE, is_doubtful
from .name_kinds import is_model
from .name_lists import fold, fold_name, is_common, lists
from .parts import Document, Entity, Mention, Probabilities

_SURE = 0.6  # mean probability over an entity's names from which on the reader decides its kind, and below which …
_NOTHING = 0.05  # … it is none
_FAINT = 0.15  # below: a word that is no proper noun, either, names nothing
_LIKELY = 0.35  # of a person, from which on what the rules know nothing of is one, where each other kind is …
_LEAST = 0.1  # … below this
_BODY = 0.4  # of a body, from which on what the rules know nothing of may be one, and below which a place
_ACTS = frozenset(("operation", "project", "task"))  # what begins the name of a deed
_HEADED = 0.3  # what only a headline names must be as sure as that
_CHAIN = ("flat", "compound")  # how words of one name hang together
_OFTEN = 3  # times in capitals inside sentences that make a name of any word
_LONGEST = 8  # words of a name that is made whole


class Review:
    """One document's names, looked at again."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.syntax = document.reading.syntax
        reading = document.reading
        self.heads: dict[EntityKind, Probabilities] = {
            "person": reading.person,
            "organization": reading.organization,
            "place": reading.place,
        }
        self.lists = lists()
        self.taken = {at for e in document.entities for m in e.mentions for at in document.tokens_in(m.start, m.end)}

    def entities(self) -> tuple[Entity, ...]:
        """The entities as they are now, in order of first mention, with ids anew."""
        found: dict[tuple[str, EntityKind], Entity] = {}
        for entity in map(self._clean, self._join(self.document.entities)):
            if entity is None:
                continue
            whole = self._whole(entity)
            key = fold_name(whole.name).replace("-", " "), whole.kind  # African-Americans, African Americans
            if key in found:
                merged = {(m.start, m.end): m for m in (*found[key].mentions, *whole.mentions)}
                found[key] = replace(found[key], mentions=tuple(merged[place] for place in sorted(merged)))
            else:
                found[key] = whole
        ordered = sorted(found.values(), key=lambda entity: entity.mentions[0].start)
        return tuple(replace(entity, id=f"e{n}") for n, entity in enumerate(ordered, 1))

    # -- names side by side ------------------------------------------------------------------------------------------

    def _join(self, entities: Sequence[Entity]) -> list[Entity]:
        """Two names in a row that are one: [Planned Parenthood] [Federation of America], Harrow Motors [HRWM]."""
        mentions = [list(entity.mentions) for entity in entities]
        tokens = self.document.tokens_in
        places = sorted((m.start, m.end, n) for n, e in enumerate(entities) for m in e.mentions if m.form == "name")
        for (start, end, one), (begin, stop, other) in pairwise(places):
            if begin - end != 1 or one == other or self.document.text[end] != " ":
                continue
            first, second = entities[one], entities[other]
            behind = Mention(begin, stop, "name")
            if behind not in mentions[other] or Mention(start, end, "name") not in mentions[one]:
                continue
            if self._is_ticker(first, self.document.text[begin:stop]):
                mentions[other].remove(behind)
                mentions[one].append(behind)
            elif self._goes_on(first, second, self.document.text[start:end], (tokens(start, end), tokens(begin, stop))):
                mentions[other].remove(behind)
                mentions[one][mentions[one].index(Mention(start, end, "name"))] = Mention(start, stop, "name")
        return [
            replace(entity, mentions=tuple(sorted(held, key=lambda m: m.start)))
            for entity, held in zip(entities, mentions, strict=True)
            if held
        ]

    def _is_ticker(self, first: Entity, text: str) -> bool:
        short = text.isupper() and text.isalpha() and 2 < len(text) < 6
        return short and first.kind in ("organization", "other") and text.casefold() not in self.lists.known

    def _goes_on(self, first: Entity, second: Entity, text: str, spans: tuple[range, range]) -> bool:
        """University of Harrow | Bay; a known body | Federation of Harrow; Al Jazeera | America."""
        if first.kind != "organization":
            return False
        if text.startswith("University of ") and second.kind != "organization":
            return " " not in second.name
        if second.kind == "place":  # Al Jazeera America
            a, b = (self.syntax.head_of(span.start, span.stop) for span in spans)
            syntax = self.syntax
            chained = (syntax.heads[b] == a and syntax.relations[b] in _CHAIN) or (
                syntax.heads[a] == b and syntax.relations[a] in _CHAIN
            )
            return chained and second.name in self.lists.countries
        opening = fold(second.name.split()[0])
        known = fold_name(first.name) in self.lists.known
        return known and second.kind == "organization" and " of " in second.name and opening in self.lists.of_heads

    # -- what is no name ---------------------------------------------------------------------------------------------

    def _clean(self, entity: Entity) -> Entity | None:
        """The entity without mentions that are pieces of addresses; None when it is no name at all."""
        mentions = tuple(m for m in entity.mentions if m.form != "name" or not self._is_address(m))
        if not mentions or (len(mentions) < len(entity.mentions) and all(m.form == "pronoun" for m in mentions)):
            return None
        entity = replace(entity, mentions=mentions)
        named = list(self._named(entity))
        if not named or fold_name(entity.name) in self.lists.known:
            return entity
        if self._is_party_word(entity.name) or self._is_tag(entity):
            return None
        means = self._means(named)
        kind = max(means, key=lambda kind: means[kind])
        if self._is_nothing(named, means[kind]):
            return None
        entity = replace(entity, kind=self._kind(entity, named, means))
        return None if is_doubtful(self.document, entity, named, means) else entity

    def _is_party_word(self, name: str) -> bool:
        """Is it only an adjective beside a chamber: the [Senate Democratic] aide, a [Texas Republican] candidate?"""
        words = [fold(word) for word in name.split()]
        party = [word for word in words if word in self.lists.party_adjectives]
        others = [word for word in words if word not in party]
        return bool(party) and all(word in self.lists.known or word in self.lists.demonyms for word in others)

    def _is_tag(self, entity: Entity) -> bool:
        """Is it only ever a hashtag: #BoycottHarrow?"""
        named = [m.start for m in entity.mentions if m.form == "name"]
        return all(self.document.text[start - 1 : start] == "#" for start in named)

    def _is_address(self, mention: Mention) -> bool:
        """Does it stand in a handle or a link: @danareed, t.co/LQlHVr?"""
        text = self.document.text
        first = mention.start
        while first and not text[first - 1].isspace():
            first -= 1
        before = text[first : mention.start].casefold()
        handle = before.endswith("@") or (not before and text[:first].endswith("@ "))
        return handle or "://" in before or ".com/" in before or "t.co/" in before

    def _named(self, entity: Entity) -> Iterator[range]:
        for mention in entity.mentions:
            if mention.form == "name" and (tokens := self.document.tokens_in(mention.start, mention.end)):
                yield tokens

    def _means(self, named: Sequence[range]) -> dict[EntityKind, float]:
        return {
            kind: sum(float(values[tokens.start : tokens.stop].mean()) for tokens in named) / len(named)
            for kind, values in self.heads.items()
        }

    def _is_nothing(self, named: Sequence[range], best: float) -> bool:
        """Is it a word that only its place or a title's capitals made a name?"""
        if any(tokens.start in self.document.reading.masked for tokens in named):
            return False  # the reader saw the mask of a name
        told = [t for t in named if self._sentence_part(t) != "headline"]
        if not told:
            return best < _HEADED
        if len(told) >= _OFTEN and all(self._is_capital(tokens.start) for tokens in told):
            return False
        proper = any(self.syntax.upos[at] == "PROPN" for tokens in told for at in tokens)
        single = all(len(tokens) == 1 and not self._is_coined(tokens.start) for tokens in named)
        if proper:
            return single and best < _NOTHING and all(self._is_word(tokens.start) for tokens in named)
        return best < (_FAINT if single else _NOTHING)

    def _sentence_part(self, tokens: range) -> str:
        return self.document.sentences[self.document.tokens[tokens.start].sentence].part

    def _is_capital(self, at: int) -> bool:
        """Has it a capital that its place does not ask for?"""
        first = self.document.sentences[self.document.tokens[at].sentence].first
        return at > first and self.document.tokens[at - 1].text[0].isalnum()

    def _is_coined(self, at: int) -> bool:
        """AT&T, BuzzFeed: is it written as no word is?"""
        text = self.document.tokens[at].text
        return "&" in text or (any(c.isupper() for c in text[1:]) and any(c.islower() for c in text[1:]))

    def _is_word(self, at: int) -> bool:
        return is_common(self.document.folded[at], self.lists)

    # -- its kind ----------------------------------------------------------------------------------------------------

    def _kind(self, entity: Entity, named: Sequence[range], means: dict[EntityKind, float]) -> EntityKind:
        """An organization stays one: there the rules are right more often (read by eye on 41 news articles)."""
        best = max(means, key=lambda kind: means[kind])
        final = fold(entity.name.rsplit(maxsplit=1)[-1])
        if entity.kind == "person" and final in self.lists.notable:
            return "person"
        if means[best] < _NOTHING:
            return "other"
        words = entity.name.split()
        law = final in self.lists.laws or any(word in ("v.", "vs.") for word in words)
        if entity.kind == "other" and (law or any(map(is_model, words))):
            return "other"
        if fold(entity.name.split()[0]) in self.lists.tellers:
            return entity.kind
        if entity.kind == "place" and final in self.lists.place_heads:
            return "place"
        if entity.kind == "other" and self._is_somebody(entity, means):
            return "person"
        if entity.kind == "other" and best == "organization" and _BODY <= means[best] < _SURE:
            return "organization" if all(self._is_named(tokens) for tokens in named) else "other"
        if entity.kind == "organization" and best == "place" and means[best] >= _SURE and means["organization"] < _BODY:
            return "organization" if final in self.lists.org_heads or final in self.lists.known else "place"
        masked = any(tokens.start in self.document.reading.masked for tokens in named)
        if entity.kind == "person" and not masked and means["person"] < _FAINT:
            return best if means[best] >= _HEADED else "other"
        return best if means[best] >= _SURE and entity.kind != "organization" else entity.kind

    def _is_named(self, tokens: range) -> bool:
        """Proper names alone, told of by themselves: "said YouGov", and no thing, no crowd, no "Keystone pipeline"?"""
        words, syntax = [self.document.folded[at] for at in tokens], self.syntax
        thing = words[-1] in self.lists.other_heads or words[-1] in self.lists.crowds or words[0] in _ACTS
        if thing or self._sentence_part(tokens) == "headline":
            return False
        head = syntax.head_of(tokens.start, tokens.stop)
        proper = syntax.upos[tokens[-1]] == "PROPN"
        proper = proper and all(syntax.upos[at] in ("PROPN", "ADJ", "PUNCT") for at in tokens)
        return proper and not (syntax.relations[head] in ("compound", "amod") and syntax.heads[head] >= tokens.stop)

    def _is_somebody(self, entity: Entity, means: dict[EntityKind, float]) -> bool:
        """A person to the reader and nothing else, and no case at law?"""
        case = any(fold(word) in ("v", "vs") for word in entity.name.split())
        others = (mean for kind, mean in means.items() if kind != "person")
        return not case and means["person"] >= _LIKELY and max(others) < _LEAST

    # -- what was cut ------------------------------------------------------------------------------------------------

    def _whole(self, entity: Entity) -> Entity:
        """The entity with every name as long as the chain of words that its sentence makes of it."""
        if entity.kind == "person" or fold_name(entity.name) in self.lists.known:
            return entity
        mentions = tuple(self._extend(m) if m.form == "name" else m for m in entity.mentions)
        if mentions == entity.mentions:
            return entity
        names = [self.document.text[m.start : m.end] for m in mentions if m.form == "name"]
        longest = max(names, key=lambda name: len(name.split()))
        sites = [told for told in names if SITE.search(told)]
        longer = longest if len(longest.split()) > len(entity.name.split()) else entity.name
        name = " ".join((sites[0] if len(sites) * 2 > len(names) else longer).split())
        site = entity.kind in ("place", "other") and bool(sites)
        return replace(entity, name=name, kind="organization" if site else entity.kind, mentions=mentions)

    def _extend(self, mention: Mention) -> Mention:
        inside = self.document.tokens_in(mention.start, mention.end)
        if not inside:
            return mention
        first, last = inside.start, inside.stop
        sentence = self.document.sentences[self.document.tokens[first].sentence]
        while first > sentence.first and last - first < _LONGEST and self._belongs(first - 1, first, last):
            first -= 1
        while last < sentence.last and last - first < _LONGEST and self._belongs(last, first, last):
            last += 1
        tokens = self.document.tokens
        if domain := SITE.match(self.document.text, tokens[last - 1].end):
            return replace(mention, start=min(mention.start, tokens[first].start), end=domain.end())
        if (first, last) == (inside.start, inside.stop):
            return mention
        start = min(mention.start, tokens[first].start)
        end = max(mention.end, tokens[last - 1].end)
        return replace(mention, start=start, end=end)

    def _belongs(self, at: int, first: int, last: int) -> bool:
        """Is the capitalised word at `at` one more of the name in tokens [first, last)?"""
        token, syntax = self.document.tokens[at], self.syntax
        if at in self.taken or not token.text[0].isupper() or syntax.upos[at] not in ("PROPN", "NOUN", "ADJ"):
            return False
        key = fold(token.text)
        following = self.document.folded[at + 1] if at + 1 < len(self.document.tokens) else ""
        told = f"{key} {following}" in self.lists.titles  # … School of Business | Associate Professor
        told = told or key in self.lists.titles or key in self.lists.calendar or key in self.lists.demonyms
        if told or key in self.lists.party_adjectives or key in self.lists.small or key in self.lists.aside:
            return False
        hung = syntax.relations[at] in _CHAIN or (
            at < first and syntax.relations[at] == "amod" and self._is_capital(at)
        )
        below = first <= syntax.heads[at] < last and hung
        head = syntax.head_of(first, last)
        return below or (at == last and syntax.heads[head] == at and syntax.relations[head] in _CHAIN)
