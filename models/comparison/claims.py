"""What a sentence claims, word by word: told as so or negated, supposed or not, by whom, of whom."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

from ..classifiers import background
from ..stems import stem
from . import numerals, quantities, wording
from .columns import Column, Word
from .naming import Figure, is_pronoun, key, titles
from .quantities import Quantity
from .settings import SETTINGS
from .wording import Outcome

_REACH = 9  # words after a negator
_SUPPOSED = 6  # words before, in one clause
_AROUND = 5  # words on each side that tell what a word is said of
_CLAUSE = 2  # telling words; a clause with fewer says too little
_OBJECTS = frozenset(("the", "a", "an", "this", "that", "these", "those", "his", "her", "their", "your", "our", "my"))
_PAUSES = frozenset(",;:—–().!?")


@dataclass(frozen=True, slots=True)
class Claim:
    """One word or phrase with two sides: which side the sentence takes."""

    about: str  # what it is a side of
    side: int  # 1 or -1, negations counted in
    first: int  # index of its first word
    last: int  # one past that of its last
    outcome: Outcome | None
    turned: bool  # it is the opposite by its prefix: "unsafe"
    negators: tuple[int, ...]  # indices into Reading.negations
    mood: str | None  # the word under which it is only wished or supposed

    @property
    def bare(self) -> int:
        """The side that the word itself takes, before anything negates it."""
        return -self.side if len(self.negators) % 2 else self.side


@dataclass(frozen=True, slots=True)
class Negation:
    """A negator, and the words that it reaches."""

    first: int
    last: int
    reach: tuple[int, ...]  # telling words, in order


@dataclass(eq=False)
class Reading:
    """One sentence, read for what it claims."""

    column: Column
    sentence: int
    words: Sequence[Word]
    stems: list[str]
    telling: set[int]  # indices of the words that are more than grammar
    clauses: list[int]  # of each word
    numbers: list[Quantity]
    negations: list[Negation]
    claims: dict[str, list[Claim]]
    owners: Mapping[int, str] = field(default_factory=dict)  # start of a word: whom it names

    @property
    def figures(self) -> set[str]:
        """Who is named in it."""
        return {self.owners[word.start] for word in self.words if word.start in self.owners}

    def subject(self, at: int) -> str | None:
        """Who is named last before a word?"""
        found = [self.owners[word.start] for word in self.words[:at] if word.start in self.owners]
        return found[-1] if found else None

    def speaks_of_somebody(self, before: int) -> bool:
        """Does it begin with a "he" or "she" that nobody could resolve?"""
        opening = self.words[:1] if before else ()
        return any(is_pronoun(word.form) and word.start not in self.owners for word in opening)

    def commands(self, at: int) -> bool:
        """Does a word open its sentence as a bare verb, as in "See below"? It then tells nothing that was so."""
        return (
            at == 0 and self.words[0].form == self.stems[0] and len(self.words) > 1 and self.words[1].form in _OBJECTS
        )

    def named(self, after: int) -> set[str]:
        """Who is named from a word on?"""
        return {self.owners[word.start] for word in self.words[after:] if word.start in self.owners}

    def around(self, first: int, last: int) -> set[str]:
        """The telling stems near some words, and whom they name."""
        near = range(max(0, first - _AROUND), min(len(self.words), last + _AROUND))
        return {self.term(at) for at in near if at in self.telling and not first <= at < last}

    def clause(self, first: int, last: int) -> dict[str, float]:
        """What the clause around some words is about, each term weighted; the whole sentence where it is short."""
        inside = [at for at in self.telling if self.clauses[at] == self.clauses[first] and not first <= at < last]
        if len(inside) < _CLAUSE:
            inside = [at for at in self.telling if not first <= at < last]
        return {self.term(at): self.weight(at) for at in inside}

    def weight(self, at: int) -> float:
        """How telling is a word (0..1)?"""
        if self.words[at].start in self.owners:
            return float(SETTINGS["passages"]["name_rarity"])
        return _rarity(self.words[at].form)

    def mood(self, first: int) -> str | None:
        """Under which word is it only wished or supposed? The last before it; one that leaves all open goes first."""
        near = range(max(0, first - _SUPPOSED), min(len(self.words), first + _SUPPOSED))
        moods = [at for at in near if self.clauses[at] == self.clauses[first] and _sets_mood(self, at, first)]
        opening = [at for at in moods if wording.moods()[self.stems[at]]]
        before = [at for at in moods if at < first]
        return next((self.stems[at] for at in (*opening, *before[-1:])), None)

    def term(self, at: int) -> str:
        """A word as it is compared: whom it names, else its stem."""
        owner = self.owners.get(self.words[at].start)
        return owner or self.stems[at]

    @cached_property
    def bag(self) -> dict[str, float]:
        """What the sentence is about, numbers and sides left out, each weighted by how rare it is in news."""
        numbered = {at for number in self.numbers for at in range(number.first, number.last)}
        bag: dict[str, float] = {}
        taken: set[int] = set()
        for claims in self.claims.values():
            for claim in claims:
                if claim.outcome or claim.turned:
                    taken |= set(range(claim.first, claim.last))
                    weight = max(map(self.weight, range(claim.first, claim.last)))
                    bag[claim.about] = max(weight, bag.get(claim.about, 0.0))
        for at in self.telling - numbered - taken:
            bag[self.term(at)] = max(self.weight(at), bag.get(self.term(at), 0.0))
        return bag


def own(column: Column, figures: Sequence[Figure]) -> dict[int, str]:
    """Whom does each word of an article name, by the sign of the figure?"""
    owners: dict[int, str] = {}
    for figure in figures:
        for entity in figure.members[column.index]:
            for mention in entity.mentions:
                owners |= {word.start: sign(figure) for word in column.words_in(mention.start, mention.end)}
    return owners


def sign(figure: Figure) -> str:
    """A figure as a term among words: its name, of a person the last word, behind a sign that no word begins with."""
    name = key(figure.name, figure.kind) or (figure.name.casefold(),)
    return f"={name[-1] if figure.kind == 'person' else ' '.join(name)}"


@lru_cache(maxsize=50_000)
def tells(form: str) -> bool:
    """Is this word more than grammar or a form of address?"""
    plain = form.rstrip(".")
    return plain not in titles() and background.load().idf(plain) > SETTINGS["distinctive"]["least_idf"]


@lru_cache(maxsize=50_000)
def _rarity(form: str) -> float:
    return background.load().idf(form) / background.load().idf("")


def read(column: Column, sentence: int, owners: Mapping[int, str]) -> Reading:
    """What does a sentence claim?"""
    words = column.words_of(sentence)
    stems = [stem(word.form) for word in words]
    numbers = quantities.find(words, column.text)
    counted = {at for number in numbers for at in range(number.first, number.last)}
    negating = list(_negators(column.text, words, stems))
    negates = {at for first, last in negating for at in range(first, last)}
    telling = {at for at, word in enumerate(words) if tells(word.form) and at not in counted | negates}
    telling -= {at for at in telling if words[at].form in numerals.modifiers()}
    clauses = _clauses(column.text, words)
    negations = [Negation(a, b, _reach(a, b, clauses, telling, column.text, words)) for a, b in negating]
    reading = Reading(column, sentence, words, stems, telling, clauses, numbers, negations, {}, owners)
    for claim in _claims(reading):
        reading.claims.setdefault(claim.about, []).append(claim)
    return reading


def read_all(column: Column, figures: Sequence[Figure]) -> list[Reading]:
    """What do the sentences of an article claim? Of very long texts, and of the shortest sentences, nothing is read."""
    owners = own(column, figures)
    return [
        read(column, at, owners)
        for at in range(min(len(column.sentences), SETTINGS["passages"]["most_sentences"]))
        if len(column.words_of(at)) >= SETTINGS["contradictions"]["least_words"]
    ]


def _negators(text: str, words: Sequence[Word], stems: Sequence[str]) -> Iterator[tuple[int, int]]:
    at = 0
    while at < len(stems):
        size = wording.longest(stems, at, wording.negators())
        if (
            size
            and not (stems[at] == "no" and text[words[at].end :][:1] == ",")
            and not wording.covered(stems, at, size, wording.no_negations())
        ):
            yield at, at + size
        at += max(1, size)


def _clauses(text: str, words: Sequence[Word]) -> list[int]:
    """A clause ends at a pause and at words such as "but"."""
    clause, found = 0, []
    for at, word in enumerate(words):
        between = text[words[at - 1].end : word.start] if at else ""
        clause += bool(_PAUSES & set(between)) or " - " in between or word.form in wording.clause_ends()
        found.append(clause)
    return found


def _reach(
    first: int, last: int, clauses: Sequence[int], telling: set[int], text: str, words: Sequence[Word]
) -> tuple[int, ...]:
    """The telling words that a negator reaches; one in commas beside it ("not, it seems, guilty") is passed over."""
    clause = clauses[first]
    if last < len(words) and text[words[last - 1].end : words[last].start].startswith(","):
        clause = clauses[last] + 1
    stems = [stem(word.form) for word in words]
    return tuple(
        at
        for at in range(last, min(len(words), last + _REACH))
        if clauses[at] == clause and (at in telling or wording.may_turn_out(stems, at))
    )


def _claims(reading: Reading) -> Iterator[Claim]:
    stems = reading.stems
    for at, own_stem in enumerate(stems):
        for outcome in wording.outcomes_by_first().get(own_stem, ()):
            size = wording.longest(stems, at, outcome.words)
            if not size or wording.covered(stems, at, size, outcome.ignores):
                continue
            if outcome.after and not outcome.after & set(stems[max(0, at - 3) : at]):
                continue
            side = outcome.words[tuple(stems[at : at + size])]
            yield _claim(reading, f"outcome {outcome.index}", side, at, at + size, outcome=outcome)
        if at in reading.telling and reading.words[at].start not in reading.owners:
            yield _claim(reading, own_stem, 1, at, at + 1)
            for base in wording.turned(reading.words[at].form):
                yield _claim(reading, base, -1, at, at + 1, turned=True)


def _claim(
    reading: Reading, about: str, side: int, first: int, last: int, *, outcome: Outcome | None = None,
    turned: bool = False,
) -> Claim:  # fmt: skip
    by = tuple(at for at, negation in enumerate(reading.negations) if first in negation.reach)
    return Claim(about, side * (-1) ** len(by), first, last, outcome, turned, by, reading.mood(first))


def _sets_mood(reading: Reading, at: int, first: int) -> bool:
    stem_here = reading.stems[at]
    if any(negation.first <= at < negation.last for negation in reading.negations):
        return False
    if stem_here == "to":  # "to resign", not "to the hospital where he"
        return at == first - 1 and not (at and reading.stems[at - 1] in wording.told_with_to())
    if stem_here == "may" and at and reading.column.text[reading.words[at].start] == "M":
        return False  # the month
    negated = stem_here in wording.negated_facts() and any(n.first == at + 1 for n in reading.negations)
    return stem_here in wording.moods() and not negated
