"""What is known of words that may be a device of framing: a row of named features a candidate.

Logits of probabilities, logarithms of lengths, or flags; `devices.py` decides by them.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from ..document import Document
from ..document.parts import Sentence

HEADS = (
    "motive", "opinion_as_fact", "hidden_agent", "blame", "presupposition", "speculation", "vague_source",
    "rhetorical_question", "snippet_quote", "metaphor",
)  # fmt: skip
BEINGS = ("person", "body", "group", "one", "self", "none")
_OWN = {"credit": "blame"}  # kinds whose head has another's name
_RELATIONS = ("root", "conj", "advcl", "acl", "acl:relcl", "ccomp", "xcomp", "parataxis", "obl", "nmod")
_TAGS = ("NN", "VB", "JJ", "RB", "IN", "MD")
_ASKING = ("why", "who", "what", "how", "when", "where")
_OPENING = frozenset(("and", "but", "so", "then", "or", "after"))
_NOT = frozenset(("not", "n't", "never", "no"))
_NAMING = frozenset(
    ("called", "call", "calls", "calling", "dubbed", "as", "so-called", "named", "termed", "word", "term", "phrase")
)
_DETERMINERS = frozenset(("the", "a", "an", "their", "his", "her", "its", "this", "of"))
_MARKS = frozenset("“”\"'‘’")
_EDGE = 6.0

SHARED = (
    "own_mean",  # the kind's head over the words marked; below over those that a pattern found, and the sentence
    "own_cue",
    "own_sentence",
    *(f"head_{head}" for head in HEADS),  # the highest over the words marked
    "coded",  # the head for loaded words by our codebook, highest and mean
    "coded_mean",
    "content",
    "bias",  # of the sentence
    "opinion",
    "subjective",
    "marked",  # is there anything to mark in it? and in its neighbours
    "marked_beside",
    "article_subjective",  # means over the article's own sentences
    "article_opinion",
    "article_bias",
    "article_marked",
    "article_told",  # share of its words that somebody named is said to say
    "article_quoted",
    "quoted",
    "headline",
    "told",
    "length",
    "sentence_length",
    "place",
    "opening",
    "seen_too",  # pattern and reader found it both
    "unlisted",  # the reader alone did
    "named",  # it is about an entity
    *(f"about_{being}" for being in BEINGS),
    *(f"as_{relation}" for relation in _RELATIONS),
    *(f"tag_{tag}" for tag in _TAGS),
    "if",
    "not",
    "modal",
    "past",
    "rule",  # how often coders accepted what the entry finds, and what begins with these words: log odds, shrunk
    "words",
)
_QUESTION = (
    *(f"asks_{word}" for word in _ASKING), "asks_verb", "asks_you", "asks_not", "question_before", "question_after",
    "alone", "ends_paragraph", "turns", "told_after",
)  # fmt: skip
_SNIPPET = (
    "speech", "one", "two", "capital", "again", "determined", "named_so", "before_noun", "after_verb", "quotations",
)  # fmt: skip
FEATURES: Mapping[str, tuple[str, ...]] = {
    "rhetorical_question": (*SHARED, *_QUESTION),
    "snippet_quote": (*SHARED, *_SNIPPET),
}


@dataclass(frozen=True, slots=True)
class Known:
    """A candidate before it is weighed: tokens [first, last), those that found it [cue, end)."""

    kind: str
    rule: str
    first: int
    last: int
    cue: int
    end: int
    being: str  # what it is about: one of BEINGS
    named: bool
    told: bool
    seen: bool = False  # the reader found it, too

    def words(self, document: Document) -> str:
        """Which words found it: the entry and the first two of them."""
        return f"{self.rule} {' '.join(document.folded[self.cue : min(self.end, self.cue + 2)])}"


def features(kind: str) -> tuple[str, ...]:
    """What a kind's decision looks at."""
    return FEATURES.get(kind, SHARED)


class Described:
    """A document whose candidates are described: what is known of it, and of each sentence, is worked out once."""

    def __init__(self, document: Document, told: Sequence[bool]) -> None:
        self._document = document
        reading = document.reading
        self._heads = {head: _logits(reading.devices[head]) for head in HEADS if head in reading.devices}
        self._coded = _logits(reading.coded.get("loaded", reading.loaded))
        self._content = _logits(reading.content)
        self._bias = _logits(np.nan_to_num(reading.bias, nan=0.5))
        self._opinion = _logits(np.nan_to_num(reading.opinion, nan=0.3))
        self._subjective = _logits(np.nan_to_num(reading.subjective, nan=0.3))
        marked = reading.answers.get("marked")
        self._marked = [0.0] * len(document.sentences) if marked is None else np.nan_to_num(marked[:, 0]).tolist()
        self._told = told
        self._sentences: dict[int, list[float]] = {}

    @cached_property
    def _article(self) -> list[float]:
        document = self._document
        told = [at for at, sentence in enumerate(document.sentences) if sentence.part != "boilerplate"]
        own = [at for at in told if document.voice_at(document.sentences[at].start) == "outlet"] or told
        quoted = sum(end - start for start, end in ((q.start, q.end) for q in document.spoken()))
        return [
            *(_mean([one[at] for at in own]) for one in (self._subjective, self._opinion, self._bias, self._marked)),
            _mean(self._told),
            quoted / max(1, len(document.text)),
        ]

    def describe(
        self, known: Known, rules: Mapping[str, float], words: Mapping[str, float], unmet: float
    ) -> list[float]:
        """A row of features, in the order of `features(known.kind)`."""
        document = self._document
        first, last, cue, end = known.first, known.last, known.cue, known.end
        at = document.tokens[cue].sentence
        sentence = document.sentences[at]
        own = self._heads.get(_OWN.get(known.kind, known.kind))
        inside = own[first:last] if own else [-_EDGE]
        syntax = document.reading.syntax
        relation, tag = syntax.relations[syntax.head_of(cue, end)], document.tokens[cue].tag
        folded, coded = document.folded, self._coded[first:last]
        row = [
            sum(inside) / len(inside),
            max(own[cue:end]) if own else -_EDGE,
            max(own[sentence.first : sentence.last]) if own else -_EDGE,
            *(max(self._heads[head][first:last]) if head in self._heads else -_EDGE for head in HEADS),
            max(coded),
            sum(coded) / len(coded),
            _mean(self._content[first:last]),
            self._bias[at],
            self._opinion[at],
            self._subjective[at],
            self._marked[at],
            max(self._marked[max(0, at - 1)], self._marked[min(len(self._marked) - 1, at + 1)]),
            *self._article,
            float(document.voice_at(document.tokens[cue].start) == "quoted"),
            float(sentence.part == "headline"),
            float(known.told),
            math.log(last - first),
            math.log(sentence.last - sentence.first),
            at / len(document.sentences),
            float(first == sentence.first),
            float(known.seen and not known.rule.endswith(".reader")),
            float(known.rule.endswith(".reader")),
            float(known.named),
            *(float(known.being == being) for being in BEINGS),
            *(float(relation == one) for one in _RELATIONS),
            *(float(tag.startswith(one)) for one in _TAGS),
            float("if" in folded[sentence.first : sentence.last]),
            float(not _NOT.isdisjoint(folded[max(sentence.first, cue - 4) : end])),
            float(any(t.tag == "MD" for t in document.tokens[max(sentence.first, cue - 3) : end])),
            float(any(t.tag == "VBD" for t in document.tokens[cue:end])),
            rules.get(known.rule, unmet),
            words.get(known.words(document), unmet),
        ]
        if known.kind == "rhetorical_question":
            row += self._question(known, sentence, at)
        elif known.kind == "snippet_quote":
            row += self._snippet(known)
        return row

    def _question(self, known: Known, sentence: Sentence, at: int) -> list[float]:
        document, folded = self._document, self._document.folded
        first, last = known.first, known.last
        opening = first + 1 if folded[first] in _OPENING and first + 1 < last else first
        paragraph = document.paragraphs[sentence.paragraph]
        words = folded[first:last]
        return [
            *(float(folded[opening] == word) for word in _ASKING),
            float(document.tokens[opening].tag[:2] in ("VB", "MD")),
            float("you" in words or "your" in words),
            float(not _NOT.isdisjoint(words)),
            float(self._asks(at - 1)),
            float(self._asks(at + 1)),
            float(paragraph.last - paragraph.first == 1),
            float(at == paragraph.last - 1),
            float(sum(quotation.form == "turn" for quotation in document.quotations) > 3),
            float(max(self._document.reading.cue[last : sentence.last].tolist(), default=0.0) >= 0.5),
        ]

    def _asks(self, at: int) -> bool:
        sentences = self._document.sentences
        return 0 <= at < len(sentences) and "?" in self._document.folded[sentences[at].first : sentences[at].last]

    def _snippet(self, known: Known) -> list[float]:
        document, folded = self._document, self._document.folded
        first, last = known.first, known.last
        text = document.text[document.tokens[first].start : document.tokens[last - 1].end]
        before = folded[first - 2] if first >= 2 else ""
        after = next((t.tag for t in document.tokens[last : last + 3] if t.text not in _MARKS), "")
        return [
            float(known.rule == "snippet_quote.speech"),
            float(last - first == 1),
            float(last - first == 2),
            float(text[:1].isupper()),
            float(document.text.count(text) > 1),
            float(before in _DETERMINERS),
            float(before in _NAMING),
            float(after.startswith("NN")),
            float(first >= 2 and document.tokens[first - 2].tag.startswith("VB")),
            math.log1p(len(document.quotations)),
        ]


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values) if values else 0.0


def _logits(probabilities: NDArray[np.floating]) -> list[float]:
    p = np.clip(probabilities.astype(np.float64), 1e-9, 1 - 1e-9)
    logits: list[float] = np.clip(np.log(p / (1 - p)), -_EDGE, _EDGE).tolist()
    return logits
