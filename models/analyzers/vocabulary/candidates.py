"""Words that may be loaded: what the lexicon has, and whole words and phrases that only the reader finds."""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

import numpy as np
from numpy.typing import NDArray

from ... import lexicon
from ...classifiers import background, categories, terms
from ...document import Document, Token
from ...document.parts import fold
from ...force import is_literal, is_thing
from ...lexicon import Hit
from ...report import Category, Tone, Voice
from . import category_guess
from .denied import is_denied, is_open_opinion, is_own_name
from .targets import Targets

_PLAIN = frozenset(tomllib.loads((lexicon.FOLDER / "plain.toml").read_text(encoding="utf-8"))["words"])
_BESIDE = 0.5  # reader probability that a word beside a listed one needs
_COMMON = 150e-6  # of all words in news: power, really, claimed; loaded only inside a phrase
_TOPIC = 4  # uses of a word in one article, from which on it is what the story is about
_SHORT = 3  # letters; al, of "al Qaeda", is no word
_BORDERS = ("-", "–", "—", '"', "“", "”", "„", "«", "»")  # a phrase ends here, and with it a voice
_STEM = 6  # letters that tell words of one family, roughly
# Words that join or open a phrase say nothing at its edge.
_EDGES = ("DT", "IN", "CC", "TO", "PRP", "WP", "WDT", "POS", "MD", "EX", "SYM", "CD")
_PALE = frozenset(["is", "are", "was", "were", "be", "been", "being", "am", "has", "have", "had", "do", "does", "did",
                   "so", "more", "most", "very", "also", "just", "then", "there", "here", "not", "n't", "one",
                   "such", "first", "second", "third"])  # fmt: skip
_CONTENT = ("NN", "JJ", "VB", "RB")
# What may stand between two loaded words of one phrase.
_JOINTS = ((), (",",), ("and",), ("or",), ("but",), (",", "and"))
_SURE = 0.8  # how sure praise must be of a word whose kin is none
_KEPT = frozenset((("label", "verdict"),))  # as what a list has a word, and what it never becomes
_LINKS = frozenset(("amod", "advmod", "compound", "conj", "nmod"))  # as what one hangs from the other
_THINGS = frozenset(("nsubj", "obj", "obl", "nmod"))  # what a noun is; a bare comma lists things
_MOST_JOINED = 2  # words of a run that no list has, beyond which it joins no phrase
_FELT = 0.15  # reader probability without which a word that a list has joins no phrase
_TONES: dict[Category, Tone] = {
    "praise": "positive", "contempt": "negative", "fear": "negative", "violence": "negative", "doubt": "negative",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class TermCandidate:
    """Words that may be loaded: tokens [first, last), with the lexicon's hit where a list has them."""

    first: int
    last: int
    hit: Hit | None
    category: Category
    tone: Tone
    sure: float = 0.5  # how sure the category is

    @property
    def known(self) -> terms.Known:
        """What the decision may weigh."""
        entry = self.hit.entry if self.hit else None
        return terms.Known(
            self.first,
            self.last,
            self.category,
            entry.id if entry else None,
            entry.strength if entry else None,
            self.sure,
        )

    @property
    def told(self) -> categories.Told:
        """What the choice of its category may weigh."""
        return categories.Told(self.first, self.last, self.category, self.hit.entry.id if self.hit else None)


def propose(
    document: Document, targets: Targets | None = None, model: terms.Model | None = None
) -> list[TermCandidate]:
    """Which words may be loaded? The lexicon's hits, and what only the reader finds, in text order.

    Each has the category that its list or its kin say.
    """
    targets = targets or Targets(document)
    titles = (q for q in document.quotations if q.kind == "name")  # quoted titles and nicknames: nobody's choice
    titled = {at for quotation in titles for at in document.tokens_in(quotation.start, quotation.end)}
    hits = [
        TermCandidate(hit.first, hit.last, hit, hit.entry.category, hit.entry.tone)
        for hit in lexicon.load().match(document)
        if not document.is_boilerplate(hit.start) and not targets.names(hit) and hit.first not in titled
        if not (hit.entry.category == "label" and is_own_name(document, hit.first))
    ]
    listed = {at for hit in hits for at in range(hit.first, hit.last)}
    titled |= {at for first, last, _ in lexicon.load().match_plain(document) for at in range(first, last)}
    found = _find_unlisted(document, targets, listed | titled, model or terms.load())
    joined = _join(document, sorted([*_name_once(document, hits), *found], key=lambda c: c.first))
    return [one for one in joined if one.category == "contested" or not _judges_nobody(document, one)]


def _judges_nobody(document: Document, one: TermCandidate) -> bool:
    return is_denied(document, one.first, one.last) or is_open_opinion(document, one.first, one.last)


def _name_once(document: Document, hits: Sequence[TermCandidate]) -> Iterator[TermCandidate]:
    """A side's own name for a thing counts where it is first used in each voice; of all else every use does."""
    seen: set[tuple[str, Voice]] = set()
    for hit in hits:
        used = (hit.hit.entry.id if hit.hit else "", document.voice_at(document.tokens[hit.first].start))
        if hit.category != "contested" or used not in seen:
            yield hit
        if hit.category == "contested":
            seen.add(used)


def settle(document: Document, proposed: Sequence[TermCandidate]) -> list[TermCandidate]:
    """The candidates with the category that fits them here."""
    kinds = categories.judge(document, [one.told for one in proposed])
    return [turn(one, kind) for one, kind in zip(proposed, kinds, strict=True)]


def turn(candidate: TermCandidate, kind: categories.Kind) -> TermCandidate:
    """The candidate as one of this kind; praise is positive, and what no list has follows its kind.

    Of euphemisms and contested names coders met too few to say where a listed one is none, and a label that becomes a
    verdict was one all the same (5 of 6 in the coded corpus). A bad word must be praise beyond doubt.
    """
    kept = candidate.category == "contested" != kind.category or (candidate.category, kind.category) in _KEPT
    if candidate.hit and (kept or candidate.category == "euphemism"):
        return candidate
    if kind.category == "praise" and candidate.tone == "negative" and kind.probability < _SURE:
        return candidate  # no thief
    tone = _TONES.get(kind.category, candidate.tone)
    if candidate.hit and kind.category != "praise":
        tone = candidate.tone
    return replace(candidate, category=kind.category, tone=tone, sure=kind.probability)


def _join(document: Document, parts: list[TermCandidate]) -> Iterator[TermCandidate]:
    """Loaded words that make up one phrase are one: [nutty demagogues], [bluster and bigotry], [bizarre, inane]."""
    at = 0
    while at < len(parts):
        whole, last = [parts[at]], at + 1
        while last < len(parts) and _is_one_phrase(document, whole[-1], parts[last]):
            whole.append(parts[last])
            last += 1
        yield whole[0] if len(whole) == 1 else _lead(document, whole)
        at = last


def _is_one_phrase(document: Document, before: TermCandidate, after: TermCandidate) -> bool:
    """Does one hang from the other, or both from the same word, with at most a comma or an "and" between them?"""
    tokens, syntax = document.tokens, document.reading.syntax
    between = document.folded[before.last : after.first]
    if tokens[before.first].sentence != tokens[after.first].sentence or between not in _JOINTS:
        return False
    if not (_is_felt(document, before) and _is_felt(document, after)):
        return False
    if any(part.hit is None and part.last - part.first > _MOST_JOINED for part in (before, after)):
        return False  # [thuggish] crew of the boat
    one, other = syntax.head_of(before.first, before.last), syntax.head_of(after.first, after.last)
    if between == (",",) and syntax.relations[one] in _THINGS:
        return False  # items of a list: [posturing], [backsliding] and a death
    if syntax.heads[one] == other:
        return syntax.relations[one] in _LINKS
    if syntax.heads[other] == one:
        return syntax.relations[other] in _LINKS
    return syntax.heads[one] == syntax.heads[other] and {syntax.relations[one], syntax.relations[other]} <= _LINKS


def _is_felt(document: Document, part: TermCandidate) -> bool:
    """Does the reader feel anything in it, where it stands?"""
    return bool(_feel(document)[part.first : part.last].max() >= _FELT)


def _lead(document: Document, whole: list[TermCandidate]) -> TermCandidate:
    """A phrase of several loaded words: the one from which the others hang says what it is."""
    first, last = whole[0].first, whole[-1].last
    head = document.reading.syntax.head_of(first, last)
    lead = next((part for part in whole if part.first <= head < part.last), whole[0])
    told = lead if lead.hit else next((part for part in whole if part.hit), lead)
    return TermCandidate(first, last, told.hit, lead.category, lead.tone)


def _feel(document: Document) -> NDArray[np.floating]:
    """How loaded does the reader take each word: the surer of its two heads."""
    reading = document.reading
    return np.maximum(reading.loaded, reading.coded["loaded"]) if reading.coded else reading.loaded


def _find_unlisted(
    document: Document, targets: Targets, taken: set[int], model: terms.Model
) -> Iterator[TermCandidate]:
    """Runs of words that the reader takes as loaded and no list has; never a name, never across sentences."""
    loaded = _feel(document)
    tokens = document.tokens
    known = lexicon.load().forms
    uses = Counter(_stem(token) for token in tokens if token.is_word)

    def belongs(at: int, sentence: int) -> bool:
        return (
            at < len(tokens)
            and tokens[at].sentence == sentence
            and loaded[at] >= model.reach
            and at not in taken
            and not targets.is_named(at)
            and not tokens[at].text.startswith(_BORDERS)
            and not (at and tokens[at - 1].text == "@")  # somebody's handle
            and fold(tokens[at].text) not in _PLAIN
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
        while first < last and (_is_edge(tokens[first]) or _is_subject(tokens[first:last])):
            first += 1
        while last - first > 1 and tokens[last - 1].tag == "RB" and tokens[last - 2].tag.startswith("NN"):
            last -= 1
        # Beside a listed word the reader's doubt spills over: young in "young tyrant" must stand on its own.
        # And a word whose entry asks for another sense or neighbour is plain here, unless the reader is sure.
        beside = first - 1 in taken or last in taken
        refused = last - first == 1 and (fold(tokens[first].text),) in known
        needed = _BESIDE if beside or refused else model.seed
        if (
            first < last
            and loaded[first:last].max() >= needed
            and not document.is_boilerplate(tokens[first].start)
            and not _is_topic(tokens[first:last], uses)
            and not _is_force(document, first, last)
        ):
            yield TermCandidate(first, last, None, *category_guess.judge(tokens[first:last]))


def _is_edge(token: Token) -> bool:
    word = fold(token.text)
    pale = len(word) < _SHORT or word in _PALE or token.tag.startswith(_EDGES)
    return not token.is_word or (pale and word != "no")


def _is_subject(words: tuple[Token, ...]) -> bool:
    """Does a verb follow the first word, which only says who does it: [mothers] flooded the hotline?"""
    return len(words) > 1 and words[0].tag.startswith("NN") and words[1].tag in ("VBD", "VBZ", "VBP")


def _is_force(document: Document, first: int, last: int) -> bool:
    """Is this only force that things do or suffer: [trampled] the hay, [bloody glove]; or the things themselves?"""
    words = [at for at in range(first, last) if document.tokens[at].tag.startswith(_CONTENT)] or [*range(first, last)]
    plain = all(is_thing(document, at) or document.folded[at] in _violent() for at in words)
    return plain and (is_literal(document, first, last) or any(is_thing(document, at) for at in words))


@cache
def _violent() -> frozenset[str]:
    """How the words and phrases of force begin."""
    entries = (entry for entry in lexicon.load().entries if entry.category == "violence")
    return frozenset(form[0] for entry in entries for form in lexicon.forms(entry))


def _is_topic(words: tuple[Token, ...], uses: Counter[str]) -> bool:
    """Is this only what the story is about (blasphemy, where it tells of a law on it), or a word as common as "new"?"""
    content = [word for word in words if word.tag.startswith(_CONTENT)] or list(words)
    if len(content) == 1 and background.load().share(fold(content[0].text)) > _COMMON:
        return True
    return all(uses[_stem(word)] >= _TOPIC for word in content)


def _stem(token: Token) -> str:
    return fold(token.text)[:_STEM]
