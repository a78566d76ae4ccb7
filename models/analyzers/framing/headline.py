"""Headline: which sentences of the body take up what it says?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np

from ...classifiers import background
from ...document import Document, Sentence
from ...report import Headline, Span

_MOST = 3
_COVERED = 0.35  # of the headline's words, each as telling as it is rare
_LIKE = 0.3  # what likeness of vectors adds at most
_STEM = 5  # letters by which forms of a word are one
_TELLING = 1.0  # idf below which a word tells nothing
_PERSON = 3.0  # what a person counts, beside words by their idf


def analyze(document: Document) -> Headline | None:
    """What of the headline does the body take up? None without a headline that was read.

    The sentences that share most of its telling words and persons, at most three, in the order of the text; none below
    a third of them. Whether the body carries the headline is not judged: `verdict` is null.
    """
    heads = [at for at, sentence in enumerate(document.sentences) if sentence.part == "headline"]
    if not heads:
        return None
    said = dict(_telling_terms(document, document.sentences[heads[0]], document.sentences[heads[-1]]))
    named = _name_sentences(document)
    total = sum(said.values())
    found = []
    for at, sentence in enumerate(document.sentences):
        if sentence.part in ("lead", "body") and total:
            words = document.folded[sentence.first : sentence.last]
            told = {word[:_STEM] for word in words} | named.get(at, set())
            covered = sum(weight for term, weight in said.items() if term in told) / total
            if covered >= _COVERED:
                found.append((covered + _LIKE * _likeness(document, heads[0], at), at))
    best = sorted(sorted(found, key=lambda one: (-one[0], one[1]))[:_MOST], key=lambda one: one[1])
    return Headline(takes_up=[_span(document, document.sentences[at]) for _, at in best])


def _telling_terms(document: Document, first: Sentence, last: Sentence) -> Iterator[tuple[str, float]]:
    """Persons and words of a headline with how telling each is."""
    known = background.load()
    taken: set[int] = set()
    for entity in document.entities:
        for mention in entity.mentions:
            if mention.start >= last.end:
                break
            if mention.start >= first.start:
                taken |= set(document.tokens_in(mention.start, mention.end))
                yield entity.id, _PERSON
    for at in range(first.first, last.last):
        word = document.folded[at]
        if at not in taken and word[0].isalnum() and (weight := known.idf(word)) >= _TELLING:
            yield word[:_STEM], weight


def _name_sentences(document: Document) -> Mapping[int, set[str]]:
    """By sentence: who is mentioned in it."""
    found: dict[int, set[str]] = {}
    for entity in document.entities:
        for mention in entity.mentions:
            found.setdefault(document.sentence_at(mention.start), set()).add(entity.id)
    return found


def _likeness(document: Document, one: int, other: int) -> float:
    """Cosine of two sentences' vectors; 0 where one was not read."""
    a, b = document.reading.vectors[one], document.reading.vectors[other]
    norm = float(np.linalg.norm(a) * np.linalg.norm(b))
    return float(a @ b) / norm if norm and not np.isnan(norm) else 0.0


def _span(document: Document, sentence: Sentence) -> Span:
    return Span(start=sentence.start, end=sentence.end, text=document.text[sentence.start : sentence.end])
