"""Carried: does one sentence of the body say, of the same people, what the headline says they do?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from ...classifiers import background
from ...document import Document, Sentence
from ...stems import stem
from . import deeds
from .parties import Parties

_COVERED = 0.7  # of the headline's words, each as telling as it is rare
_TELLING = 1.0  # idf below which a word tells nothing
_NAME = 3.0  # what a person, body or place counts, beside words by their idf
_NUMBER = "#"  # before a number
_STEM = 5  # letters by which a verb and its noun are one
_LEAST = 3  # words and names without which a headline says too little
_NOT = frozenset(("not", "n't", "n’t", "never", "no", "cannot"))
_LESS = frozenset(("some", "almost", "nearly", "partly", "mostly", "virtually"))
_HELPERS = ("aux", "aux:pass", "advmod", "neg", "det", "mark")


@dataclass(frozen=True, slots=True)
class _Claim:
    """A verb with who does it and to whom, by entity or stem; and what says that it is not, or may not be, so."""

    doer: str | None
    undergoer: str | None
    mood: frozenset[str]

    def agrees(self, told: _Claim) -> bool:
        """Is it as much so there, and not told of the two the other way round?"""
        swapped = (told.doer and told.doer == self.undergoer) or (told.undergoer and told.undergoer == self.doer)
        return self.mood == told.mood and not swapped


def find(document: Document) -> int | None:
    """Index of the sentence; None where the headline asks, names a matter only, or no sentence is sure to say it.

    Sure is one that has the headline's main verb; tells each of its verbs as so, as not so or as supposed just as the
    headline does, and of nobody the other way round; names all whom the headline names, and its numbers; and has most
    of its telling words.
    """
    heads = [one for one in document.sentences if one.part == "headline" and one.end <= document.title_end]
    if len(heads) != 1 or "?" in document.text[heads[0].start : heads[0].end]:
        return None
    (head,) = heads
    if document.tokens[head.first].tag.startswith("W"):  # why, how, what
        return None
    parties, syntax = Parties.of(document), document.reading.syntax
    verb = syntax.head_of(head.first, head.last)
    said, terms = _claim(parties, verb), _terms(parties, head)
    if syntax.upos[verb] != "VERB" or not (said.doer or said.undergoer) or len(terms) < _LEAST:
        return None
    best = max(((_cover(parties, head, verb, one), -at) for at, one in enumerate(document.sentences)), default=(0.0, 0))
    return -best[1] if best[0] >= _COVERED else None


def _cover(parties: Parties, head: Sentence, main: int, sentence: Sentence) -> float:
    """How much of the headline does a sentence say (0..1)? 0 where it is not sure to tell the same."""
    document, syntax = parties.document, parties.syntax
    title, words = (document.folded[one.first : one.last] for one in (head, sentence))
    if sentence.part not in ("lead", "body") or len(words) <= len(title) or " ".join(title) in " ".join(words):
        return 0.0  # the headline again
    terms, there = _terms(parties, head), _terms(parties, sentence)
    named = {term for term, weight in terms.items() if weight == _NAME or term[0] == _NUMBER}
    if not named <= there.keys() or (_LESS & {*words}) - {*title}:
        return 0.0
    for verb in (at for at in range(head.first, head.last) if at == main or syntax.upos[at] == "VERB"):
        root, said = stem(document.folded[verb]), _claim(parties, verb)
        same = [at for at in range(sentence.first, sentence.last) if stem(document.folded[at]) == root]
        if not any(said.agrees(_claim(parties, at)) for at in same) and (same or verb == main):
            return 0.0
    return sum(weight for term, weight in terms.items() if term in there) / sum(terms.values())


def _terms(parties: Parties, sentence: Sentence) -> Mapping[str, float]:
    """Whom it names, by id; its numbers; and its other words by their first letters, each with how telling it is."""
    known, document = background.load(), parties.document
    found: dict[str, float] = {}
    for at in range(sentence.first, sentence.last):
        word = document.folded[at]
        if at in parties.entities:
            found[parties.entities[at].id] = _NAME
        elif document.tokens[at].tag == "CD" or word[0].isdigit():
            found[f"{_NUMBER}{word}"] = known.idf(word)
        elif word[0].isalpha() and (weight := known.idf(word)) >= _TELLING:
            found[word[:_STEM]] = weight
    return found


def _claim(parties: Parties, verb: int) -> _Claim:
    syntax, document = parties.syntax, parties.document
    subject = syntax.subject(verb)
    passive = subject is not None and syntax.relations[subject] == "nsubj:pass"
    other = syntax.child(verb, "obl:agent") if passive else syntax.child(verb, "obj", "iobj")
    doer, undergoer = (other, subject) if passive else (subject, other)
    return _Claim(
        None if doer is None else _name(parties, doer),
        None if undergoer is None else _name(parties, undergoer),
        frozenset(_mood(document, verb)),
    )


def _name(parties: Parties, at: int) -> str:
    """Who it is: the entity's id, else how the word begins."""
    entity = parties.entity(at)
    return entity.id if entity else parties.document.folded[at][:_STEM]


def _mood(document: Document, verb: int) -> Iterator[str]:
    """What says that it is not so, or only supposed: at the verb, or at what stands above it."""
    syntax, words = document.reading.syntax, deeds.load().words
    for at in (verb, *syntax.ancestors(verb)):
        for beside in syntax.children(at, _HELPERS):
            word = document.folded[beside]
            if word in _NOT:
                yield "not"
            elif word in words["modals"] or word in words["unreal_adverbs"] or word in words["supposing"]:
                yield stem(word)
        if at != verb and (document.folded[at] in words["unreal"] or document.folded[at] in words["unreal_nouns"]):
            yield stem(document.folded[at])
