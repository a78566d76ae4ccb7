"""Antecedents: whom "he", "it" or "the company" mean, by the trees of the sentences before; nobody where it is open.

Everybody of the last sentences who may be meant, whom the article never names too ("an executive"), is weighed by
place, grammar and who spoke last; the weights are learnt (`research/training/antecedents.py`). A pronoun gets whoever
is likely enough, or nobody: better no speaker than a wrong one.
"""

from __future__ import annotations

import json
import math
from bisect import bisect_left, bisect_right, insort
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from .name_lists import PRONOUNS, lists
from .parts import Document, Entity, Mention
from .pronouns import is_anybody
from .story import CLOSERS
from .syntax import OBJECTS, ROOT, SUBJECTS
from .word_classes import CLASSES

PATH = Path(__file__).parents[1] / "classifiers" / "antecedents.json"
_SUBJECT = frozenset(("he", "she"))
_REACH = 4  # sentences back
_PHRASE = 4  # words of "the British newspaper"
_MANY = 12  # candidates; in a longer list nobody stands out
_WITHIN = frozenset(("appos", "flat", "conj"))  # as what a name hangs in a longer noun phrase
_ACTING = frozenset(("subject", "lower subject"))
_PERSONS = CLASSES["persons"] | CLASSES["somebody"]
_THINGS = CLASSES["bodies"] | CLASSES["things"]

Features = Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Weights:
    """What each feature weighs, and how likely somebody must be to be meant."""

    weights: dict[str, float]
    limit: float


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Where somebody stands in the text: tokens [first, last), the word that the others hang from, and who it is.

    `who`: the entity's index, below 0 for somebody whom the article never names.
    """

    first: int
    last: int
    head: int
    who: int
    form: str
    voice: int  # number of the quotation around it, 0 outside


@cache
def load() -> Weights:
    """Read the weights; once a process."""
    raw = json.loads(PATH.read_text(encoding="utf-8"))
    return Weights(raw["weights"], raw["limit"])


def settle(document: Document) -> tuple[Entity, ...]:
    """The entities, with each "he" and "she" outside of quotations that is a subject joined to whom it means, or to
    nobody."""
    scene, model = Scene(document, anew=True), load()
    for at in scene.pronouns:
        scene.join(at, None if is_anybody(document.folded, at) else choose(scene.people(at), model))
    return scene.entities()


def choose(found: Sequence[tuple[int, Features]], model: Weights) -> int | None:
    """Which candidate is meant; None where nobody named is likely enough."""
    shares = weigh([features for _, features in found], model.weights)
    best = max(range(len(found)), key=shares.__getitem__, default=None)
    return found[best][0] if best is not None and shares[best] >= model.limit and found[best][0] >= 0 else None


def weigh(rows: Sequence[Features], weights: Mapping[str, float]) -> list[float]:
    """How likely is each of these candidates beside the others? The shares add up to 1."""
    if not rows:
        return []
    sums = [sum(weights.get(name, 0.0) * value for name, value in row.items()) for row in rows]
    top = max(sums)
    powers = [math.exp(one - top) for one in sums]
    return [one / sum(powers) for one in powers]


def _is_ahead(features: Features) -> bool:
    return not features.keys().isdisjoint(("subject before", "governs")) or {"as obj", "away 1"} <= features.keys()


class Scene:
    """One document's people and bodies by their places; `anew`: while its pronouns are joined, from first to last."""

    def __init__(self, document: Document, *, anew: bool = False) -> None:
        self.document, self.syntax = document, document.reading.syntax
        spoken = [q for q in document.quotations if q.depth == 0 and q.kind == "speech"]
        self._opened, self._closed = [q.start for q in spoken], [q.end for q in spoken]
        self.pronouns = (
            [at for at, word in enumerate(document.folded) if word in _SUBJECT and self._is_open(at)] if anew else []
        )
        self._rank = self._count()
        self._left = {document.tokens[at].start for at in self.pronouns}
        self.unnamed: list[str] = []  # the nouns of whom the article never names
        self.places = sorted([*self._named(), *self._unnamed()])
        self._joined: dict[int, list[Mention]] = {}

    def join(self, at: int, who: int | None) -> None:
        """From now on the pronoun at this token means the entity of this index, or somebody whom we don't know: so do
        the next ones, then."""
        if who is None:
            who = self._nobody(self.document.folded[at])
        else:
            token = self.document.tokens[at]
            self._joined.setdefault(who, []).append(Mention(token.start, token.end, "pronoun"))
        insort(self.places, Place(at, at + 1, at, who, "pronoun", 0))

    def name(self, who: int) -> str:
        """What the article calls this candidate."""
        return self.document.entities[who].name if who >= 0 else self.unnamed[-1 - who]

    def entities(self) -> tuple[Entity, ...]:
        """The entities with the pronouns that were joined."""
        found = []
        for who, entity in enumerate(self.document.entities):
            kept = [m for m in entity.mentions if m.form != "pronoun" or m.start not in self._left]
            kept += self._joined.get(who, ())
            if kept:
                found.append(replace(entity, mentions=tuple(sorted(kept, key=lambda m: m.start))))
        return tuple(found)

    def people(self, at: int) -> list[tuple[int, Features]]:
        """Who may be meant by the "he" or "she" at this token, and what speaks for each."""
        gender = PRONOUNS[self.document.folded[at]]

        def fits(who: int) -> bool:
            if who < 0:
                return self.unnamed[-1 - who] in _PERSONS or self.unnamed[-1 - who] == self.document.folded[at]
            entity = self.document.entities[who]
            return entity.kind == "person" and entity.gender in (gender, "unknown")

        return self.candidates(at, fits)

    def person(self, at: int) -> Entity | None:
        """The person meant by "the pontiff" at this token; None where nobody named is likely enough."""
        who = choose(self.candidates(at, lambda who: who < 0 or self.document.entities[who].kind == "person"), load())
        return self.document.entities[who] if who is not None else None

    def body(self, at: int, fits: Callable[[Entity], bool], *, told: bool = False) -> Entity | None:
        """The body meant by "it" or "the company" from this token on, of those that fit; None where none is likely
        enough and was the subject or object before. `told`: the noun tells what it is, as "the newspaper" does: the
        only one that fits is meant.
        """
        phrase = self.document.folded[at : at + _PHRASE]

        def may(who: int) -> bool:
            if who < 0:
                noun = self.unnamed[-1 - who]
                return noun in _THINGS and noun not in phrase  # the group, and again the group, names nobody
            return fits(self.document.entities[who])

        found = self.candidates(at, may)
        if told and len(found) == 1 and found[0][0] >= 0:
            return self.document.entities[found[0][0]]
        who = choose(found, load())
        ahead = any(one == who and _is_ahead(features) for one, features in found)
        return self.document.entities[who] if who is not None and ahead else None

    def candidates(self, at: int, fits: Callable[[int], bool]) -> list[tuple[int, Features]]:
        """Who of those that fit may be meant at this token, and what speaks for each."""
        document = self.document
        here = document.tokens[at].sentence
        oldest = bisect_left(self._rank, self._rank[here] - _REACH)
        while oldest < here and document.sentences[oldest].part == "headline":
            oldest += 1
        lowest = bisect_left(self.places, document.sentences[oldest].first, key=lambda place: place.first)
        near: dict[int, list[Place]] = {}
        for place in self.places[lowest : bisect_left(self.places, at, key=lambda place: place.first)]:
            if fits(place.who):
                near.setdefault(place.who, []).append(place)
        last = sorted(near, key=lambda who: max((not p.voice, p.first) for p in near[who]), reverse=True)[:_MANY]
        told = self._last_told(at)
        return [(who, self._features(at, who, near[who], rank, told)) for rank, who in enumerate(last)]

    # -- who stands where --------------------------------------------------------------------------------------------

    def _named(self) -> Iterator[Place]:
        for who, entity in enumerate(self.document.entities):
            for mention in entity.mentions:
                tokens = self.document.tokens_in(mention.start, mention.end)
                joined = mention.form == "pronoun" and mention.start in self._left
                if tokens and not joined:
                    yield self._place(tokens.start, tokens.stop, who, mention.form)

    def _unnamed(self) -> Iterator[Place]:
        """An executive said, a survey says: what the article never names, as subjects."""
        taken = {
            at for e in self.document.entities for m in e.mentions for at in self.document.tokens_in(m.start, m.end)
        }
        for at, relation in enumerate(self.syntax.relations):
            word = self.document.folded[at]
            if relation in SUBJECTS and word in _PERSONS | _THINGS and not taken.intersection(self.syntax.subtree(at)):
                yield self._place(at, at + 1, self._nobody(word), "role")

    def _nobody(self, word: str) -> int:
        """The index of whoever is only called so."""
        if word not in self.unnamed:
            self.unnamed.append(word)
        return -1 - self.unnamed.index(word)

    def _count(self) -> list[int]:
        """The number of each sentence among those that do not stand in quotations as a whole."""
        count, found = 0, []
        for sentence in self.document.sentences:
            inside = self._quotation(sentence.start)
            count += not inside or self._quotation(self.document.tokens[sentence.last - 1].start) != inside
            found.append(count)
        return found

    def _place(self, first: int, last: int, who: int, form: str) -> Place:
        head = self.syntax.head_of(first, last)
        return Place(first, last, head, who, form, self._quotation(self.document.tokens[first].start))

    def _quotation(self, offset: int) -> int:
        k = bisect_right(self._opened, offset) - 1
        return k + 1 if k >= 0 and offset < self._closed[k] else 0

    def _is_open(self, at: int) -> bool:
        token = self.document.tokens[at]
        return not self._quotation(token.start) and self.document.sentences[token.sentence].part != "boilerplate"

    # -- what speaks for whom ----------------------------------------------------------------------------------------

    def _last_told(self, at: int) -> int | None:
        """Who was the subject of the last verb of speech before this token."""
        end = bisect_left(self.places, at, key=lambda place: place.first)
        for place in reversed(self.places[max(0, end - 3 * _MANY) : end]):
            if place.voice or self._as(place) not in _ACTING:
                continue
            verb = self.syntax.heads[self._top(place)]
            if self.document.folded[verb] in lists().speech and self.document.tokens[verb].tag != "VB":
                return place.who
        return None

    def _features(self, at: int, who: int, places: Sequence[Place], rank: int, told: int | None) -> Features:
        found = {"often": math.log(len(places))}
        if who < 0:
            found["unnamed"] = 1.0
        elif self.document.entities[who].gender != "unknown":
            found["gender"] = 1.0
        same = [place for place in places if not place.voice]
        if not same:
            return found | {"quoted only": 1.0}
        last = same[-1]
        away = self._away(last, at)
        found |= {
            f"away {away}": 1.0,
            f"rank {min(rank, 3)}": 1.0,
            f"as {self._as(last)}": 1.0,
            f"form {last.form}": 1.0,
        }
        if self._paragraph(last.first) == self._paragraph(at):
            found["paragraph"] = 1.0
        subject = any(self._as(place) == "subject" for place in same if self._away(place, at) == 1)
        beside = [place for place in same if not self._away(place, at)]
        found |= dict.fromkeys(["governs"] if any(self._governs(place, at) for place in beside) else [], 1.0)
        found |= {f"hangs as {self._as(place)}": 1.0 for place in beside if self._hangs(place, at)}
        marks = [name for name, holds in (("told last", told == who), ("subject before", subject)) if holds]
        found |= dict.fromkeys(marks, 1.0)
        if at > 0 and self.document.tokens[at - 1].text in CLOSERS:
            found |= {f"{name}, behind a quotation": 1.0 for name in marks}
        return found

    def _away(self, place: Place, at: int) -> int:
        """How many sentences back: 0 in the same."""
        tokens = self.document.tokens
        return min(self._rank[tokens[at].sentence] - self._rank[tokens[place.first].sentence], _REACH)

    def _paragraph(self, at: int) -> int:
        return self.document.sentences[self.document.tokens[at].sentence].paragraph

    def _as(self, place: Place) -> str:
        """What it is in its clause, or the owner of its subject: [Ann Lee]'s letter says."""
        head = self._top(place)
        if place.last < len(self.document.tokens) and self.document.tokens[place.last].tag == "POS":
            return "owner" if self.syntax.relations[self.syntax.heads[head]] in SUBJECTS else "possessor"
        relation = self.syntax.relations[head]
        if relation in SUBJECTS:
            verb = self.syntax.heads[head]
            above = self.syntax.relations[verb] if verb != ROOT else "root"
            return "subject" if above in ("root", "conj", "parataxis", "") else "lower subject"
        return relation if relation in ("obj", "iobj", "obl", "obl:agent", "nmod") else "other"

    def _top(self, place: Place) -> int:
        """The word by which it hangs from its clause: a [friend], Ann Lee, came."""
        head = place.head
        while self.syntax.relations[head] in _WITHIN:
            head = self.syntax.heads[head]
        return head

    def _governs(self, place: Place, at: int) -> bool:
        """Is it the subject of a clause that the pronoun's hangs from: [Lee] left when he was asked?"""
        verb = self.syntax.heads[self._top(place)]
        return self._as(place) in _ACTING and verb != ROOT and verb in self.syntax.ancestors(at)

    def _hangs(self, place: Place, at: int) -> bool:
        """Does its clause hang from the pronoun's: when [Lee] was asked, when I asked [Lee], he left?"""
        verb = self.syntax.heads[self._top(place)]
        if self._as(place) not in _ACTING | OBJECTS or verb == ROOT:
            return False
        return self.syntax.heads[at] in self.syntax.ancestors(verb)
