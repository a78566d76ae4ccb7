"""Vocabulary: which words are loaded, who says them, and about whom."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from models import lexicon
from models.classifiers import reference, terms
from models.document import Document, Token
from models.document.tone import tone
from models.lexicon import Hit, LexiconEntry
from models.report import Category, Term, Vocabulary, VocabularyRates, Voice, VoiceRate

SCARE_QUOTES = "scare_quotes.marks"
FOUND = "reader.loaded"
_SCARE_NOTE = "Quotation marks around a few words that nobody is said to have spoken hold them at arm's length."
_SCARE_STRENGTH = 0.55
_FOUND_NOTE = "No list has it: the reader, a model trained on sentences that experts marked, takes it as loaded here."
# Words that join or open a phrase say nothing at its edge.
_ENOUGH = 0.3  # strength of a list alone, where no reader judges
_BESIDE = 0.5  # reader probability that a word beside a listed one needs
_PLEASANT = 0.2  # TextBlob polarity from which an unlisted phrase counts as praise
_EDGES = ("DT", "IN", "CC", "TO", "PRP", "WP", "WDT", "POS", "MD", "EX", "SYM")

_COPULAS = frozenset(["is", "was", "are", "were", "be", "been", "being", "'s", "'re", "became", "become", "becomes",
                      "remains", "remained", "remain", "as", "like"])  # fmt: skip
_NAMING = frozenset(["call", "called", "calls", "calling", "brand", "branded", "brands", "branding", "label", "labeled",
                     "labelled", "dub", "dubbed", "deem", "deemed", "consider", "considered", "considers",
                     "declare", "declared", "declares", "named", "makes", "made"])  # fmt: skip
_POS = {"NN": "noun", "JJ": "adjective", "VB": "verb"}
_AUXILIARIES = frozenset(["has", "have", "had", "will", "would", "did", "does", "do", "is", "was", "are", "were", "be",
                          "been", "being", "who", "also", "then", "n't", "not", "'s", "to"])  # fmt: skip


@dataclass(frozen=True, slots=True)
class Candidate:
    """Words that may be loaded: tokens [first, last), with the lexicon's hit where a list has them."""

    first: int
    last: int
    hit: Hit | None

    @property
    def facts(self) -> tuple[int, int, float | None]:
        return self.first, self.last, self.hit.entry.strength if self.hit else None


def analyze(document: Document) -> Vocabulary:
    """Which words of this article are loaded, in whose voice, and about whom?"""
    aims = _Aims(document)
    candidates = propose(document, aims)
    found = [*_judge(document, candidates, aims), *_scare_quotes(document)]
    taken: list[Term] = []
    for term in sorted(found, key=lambda t: (t.start, t.category == "scare_quotes")):
        if not taken or term.start >= taken[-1].end:
            taken.append(term)
    return Vocabulary(terms=taken, rates=measure(document, taken))


def propose(document: Document, aims: _Aims | None = None, model: terms.Model | None = None) -> list[Candidate]:
    """Which words may be loaded? The lexicon's hits, and what only the reader finds, in text order."""
    aims = aims or _Aims(document)
    titles = (q for q in document.quotations if q.kind == "name")  # quoted titles and nicknames: nobody's choice
    titled = {at for quotation in titles for at in document.tokens_in(quotation.start, quotation.end)}
    hits = [
        Candidate(hit.first, hit.last, hit)
        for hit in lexicon.load().match(document)
        if not document.is_boilerplate(hit.start) and not aims.names(hit) and hit.first not in titled
    ]
    if document.reading is None:
        return hits
    listed = {at for hit in hits for at in range(hit.first, hit.last)}
    return sorted([*hits, *_unlisted(document, aims, listed, model or terms.load())], key=lambda c: c.first)


def _unlisted(document: Document, aims: _Aims, listed: set[int], model: terms.Model) -> Iterator[Candidate]:
    """Runs of words that the reader takes as loaded and no list has; never a name, never across sentences."""
    assert document.reading is not None  # noqa: S101  # the caller asked
    loaded = document.reading.loaded
    tokens = document.tokens

    def belongs(at: int, sentence: int) -> bool:
        return (
            at < len(tokens)
            and tokens[at].sentence == sentence
            and loaded[at] >= model.reach
            and at not in listed
            and not aims.is_named(at)
        )

    at = 0
    for start in (int(i) for i in np.flatnonzero(loaded >= model.reach)):
        if start < at or not belongs(start, tokens[start].sentence):
            continue
        at = start + 1
        while belongs(at, tokens[start].sentence):
            at += 1
        first, last = start, at
        while last > first and _is_edge(tokens[last - 1]):
            last -= 1
        while first < last and _is_edge(tokens[first]):
            first += 1
        # Beside a listed word the reader's doubt spills over: young in "young tyrant" must stand on its own.
        beside = first - 1 in listed or last in listed
        needed = _BESIDE if beside else model.seed
        if first < last and loaded[first:last].max() >= needed and not document.is_boilerplate(tokens[first].start):
            yield Candidate(first, last, None)


def _is_edge(token: Token) -> bool:
    return not token.is_word or (token.tag.startswith(_EDGES) and token.text.lower() != "no")


def _judge(document: Document, candidates: list[Candidate], aims: _Aims) -> Iterator[Term]:
    if document.reading is None:
        for candidate in candidates:
            assert candidate.hit is not None  # noqa: S101  # without a reading, only lists propose
            if candidate.hit.entry.strength >= _ENOUGH:
                yield _term(document, candidate, candidate.hit.entry.strength, aims)
        return
    described = terms.describe(document, document.reading, [candidate.facts for candidate in candidates])
    for candidate, decision in zip(candidates, terms.decide(described), strict=True):
        if decision.holds:
            yield _term(document, candidate, decision.strength, aims)


def _term(document: Document, candidate: Candidate, strength: float, aims: _Aims) -> Term:
    start, end = document.tokens[candidate.first].start, document.tokens[candidate.last - 1].end
    text = document.text[start:end]
    entry = candidate.hit.entry if candidate.hit else None
    return Term(
        start=start,
        end=end,
        text=text,
        rule=entry.id if entry else FOUND,
        category=entry.category if entry else "other",
        tone=entry.tone if entry else "positive" if tone(text)[0] > _PLEASANT else "negative",
        strength=strength,
        voice=document.voice_at(start),
        target=aims.target(candidate.first, candidate.last, entry),
        alternatives=list(entry.alternatives) if entry else [],
        note=entry.note if entry else _FOUND_NOTE,
    )


def _scare_quotes(document: Document) -> Iterator[Term]:
    for quotation in document.quotations:
        # Headlines set real quotations in such marks too.
        if quotation.kind != "scare" or quotation.depth or quotation.start < document.title_end:
            continue
        if document.is_boilerplate(quotation.start):
            continue
        words = [document.tokens[i] for i in document.tokens_in(quotation.start, quotation.end)]
        words = [word for word in words if word.is_word]
        if words:
            start, end = words[0].start, words[-1].end
            yield Term(
                start=start,
                end=end,
                text=document.text[start:end],
                rule=SCARE_QUOTES,
                category="scare_quotes",
                tone="negative",
                strength=_SCARE_STRENGTH,
                voice="outlet",
                target=None,
                alternatives=[],
                note=_SCARE_NOTE,
            )


@dataclass(init=False, slots=True)
class _Aims:
    """Where the document's names begin and end, by token, so that a loaded word finds the one it is about."""

    document: Document
    words: list[str]
    begins: dict[int, str]
    ends: dict[int, str]
    inside: dict[int, tuple[str, bool]]  # token index: entity, and whether it is named there
    latest: dict[str, str]  # lexicon entry: whom it was last about

    def __init__(self, document: Document) -> None:
        self.document = document
        self.words = [lexicon.fold(token.text) for token in document.tokens]
        self.begins, self.ends, self.inside, self.latest = {}, {}, {}, {}
        for entity in document.entities:
            for mention in entity.mentions:
                covered = document.tokens_in(mention.start, mention.end)
                self.begins[covered.start] = self.ends[covered.stop] = entity.id
                for at in covered:
                    self.inside[at] = (entity.id, mention.form == "name")

    def names(self, hit: Hit) -> bool:
        """Is the hit a capitalised part of somebody's name? A label before a name is none."""
        return hit.entry.category != "label" and self.is_named(hit.first)

    def is_named(self, at: int) -> bool:
        """Is this token a capitalised part of a name?"""
        _, named = self.inside.get(at, ("", False))
        return named and self.document.tokens[at].text[0].isupper()

    def target(self, first: int, last: int, entry: LexiconEntry | None) -> str | None:
        """Whom are tokens [first, last) about? Entity id, or None where no name stands in the right place."""
        pos = entry.pos if entry else _POS.get(self._tag(last - 1)[:2])
        if first in self.inside and not self.inside[first][1]:
            found: str | None = self.inside[first][0]
        elif pos == "noun":
            found = (
                self._follows(last, steps=0)
                or self._owner(first)
                or self.ends.get(first)
                or self._described(first)
                or self._apposed(first, last)
                or self._of(last)
                or (self.latest.get(entry.id) if entry and first and self.words[first - 1] in ("the", "this") else None)
            )
        elif pos == "adjective":
            found = self._follows(last, steps=3) or self._owner(first) or self._described(first) or self._of(last)
        elif pos == "verb":
            found = self._subject(first)
        else:
            found = None
        if found is not None and entry is not None:
            self.latest[entry.id] = found
        return found

    def _tag(self, at: int) -> str:
        return self.document.tokens[at].tag

    def _back(self, at: int, tags: tuple[str, ...], steps: int = 4) -> int:
        """Walk left over words with these tags, never out of the sentence or into a name."""
        first = self.document.sentences[self.document.tokens[at].sentence].first if at < len(self.words) else at
        while at > first and steps and self._tag(at - 1).startswith(tags) and at not in self.ends:
            at, steps = at - 1, steps - 1
        return at

    def _follows(self, at: int, steps: int) -> str | None:
        """dictator [Bashar al-Assad]; a brutal leader like none: nothing."""
        while steps and at not in self.begins and at < len(self.words) and self._tag(at).startswith(("JJ", "NN")):
            at, steps = at + 1, steps - 1
        return self.begins.get(at)

    def _owner(self, first: int) -> str | None:
        """[Assad]'s brutal regime; [his] regime; the [North Korean] regime."""
        at = self._back(first, ("JJ", "RB", "VBN", "VBG", "NN"), 3)
        if at and self.words[at - 1] == "'s":
            return self.ends.get(at - 1)
        owner = self.ends.get(at)
        return owner if owner and self._tag(at - 1) in ("PRP$", "JJ") else None

    def _described(self, first: int) -> str | None:
        """[Kim] is a young tyrant; they called [Kim] a tyrant; [Kim] was branded a tyrant."""
        at = self._back(first, ("JJ", "RB", "VBN", "NN"))
        at = self._back(at, ("DT", "PDT"), 1)
        if at and at in self.ends and self._named_before(at):
            return self.ends[at]
        passive = at and self.words[at - 1] in _NAMING
        if at and (passive or self.words[at - 1] in _COPULAS):
            return self._subject(at - 1)
        return None

    def _named_before(self, at: int) -> bool:
        first = max(0, at - 8)
        return not _NAMING.isdisjoint(self.words[first:at])

    def _apposed(self, first: int, last: int) -> str | None:
        """[Kim], a young tyrant, …; the tyrant, [Kim], …"""
        at = self._back(self._back(first, ("JJ", "RB", "VBN", "NN")), ("DT",), 1)
        if at and self.words[at - 1] == "," and at - 1 in self.ends:
            return self.ends[at - 1]
        if last < len(self.words) and self.words[last] == ",":
            return self.begins.get(last + 1)
        return None

    def _of(self, last: int) -> str | None:
        """the wise leadership of [Kim Jong Un]; the tyrant of [Damascus]."""
        at, steps = last, 6
        while steps and at < len(self.words) and self._tag(at).startswith(("JJ", "NN", "CC")):
            at, steps = at + 1, steps - 1
        if at < len(self.words) and self.words[at] == "of":
            for begin in range(at + 1, at + 4):
                if begin in self.begins:
                    return self.begins[begin]
                token = self.document.tokens[begin] if begin < len(self.words) else None
                if token is None or not (token.tag == "DT" or token.text[0].isupper()):
                    return None
        return None

    def _subject(self, verb: int) -> str | None:
        """[The senator] has never slammed the bill."""
        at, steps = verb, 4
        while at and steps and at not in self.ends:
            if self.words[at - 1] not in _AUXILIARIES and not self._tag(at - 1).startswith(("RB", "MD")):
                return None
            at, steps = at - 1, steps - 1
        return self.ends.get(at)


def measure(document: Document, found: list[Term]) -> VocabularyRates:
    """How often does each voice use loaded words, per 1,000 words, and how many news articles do so less?"""
    words = count_words(document)
    counts = Counter(term.voice for term in found)
    total = max(1, sum(words.values()))
    by_category: dict[Category, dict[Voice, float]] = {}
    for (category, voice), count in Counter((term.category, term.voice) for term in found).items():
        by_category.setdefault(category, {"outlet": 0.0, "quoted": 0.0})[voice] = round(1000 * count / total, 3)
    compared = reference.load()
    return VocabularyRates(
        outlet=_rate("outlet", counts, words),
        quoted=_rate("quoted", counts, words),
        by_category=by_category,
        reference=compared.about if compared else "",
        reference_articles=compared.articles if compared else 0,
    )


def count_words(document: Document) -> Counter[Voice]:
    """How many words does each voice have, boilerplate left out?"""
    return Counter(
        document.voice_at(token.start)
        for token in document.tokens
        if token.is_word and document.sentences[token.sentence].part != "boilerplate"
    )


def _rate(voice: Voice, counts: Counter[Voice], words: Counter[Voice]) -> VoiceRate:
    per_1000 = round(1000 * counts[voice] / max(1, words[voice]), 3)
    compared = reference.load()
    percentile = compared.percentile(voice, per_1000) if compared and words[voice] else None
    return VoiceRate(count=counts[voice], per_1000=per_1000, percentile=percentile)
