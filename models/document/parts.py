"""The parts of a read document: plain, frozen, every one with exact offsets into `Document.text`."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from copy import copy
from dataclasses import dataclass, field
from typing import Literal, Protocol

import numpy as np
from numpy.typing import NDArray

from ..report import EntityKind, Form, Part, Voice
from .syntax import ROOT, Syntax

Probabilities = NDArray[np.float32]
Doubles = NDArray[np.float64]
Place = tuple[int, int]

UNREAD = (1 / 3, 1 / 3, 1 / 3)  # what is felt, negative, neutral, positive, of words that nobody read

_SIGNS = str.maketrans({"’": "'", "‘": "'", "ʼ": "'", "‐": "-", "‑": "-"})


def fold(text: str) -> str:
    """Give the form in which words are compared: lower case, straight apostrophes, plain hyphens."""
    lowered = text.lower()
    return lowered if lowered.isascii() else lowered.translate(_SIGNS)


@dataclass(frozen=True, slots=True)
class Token:
    """A word or one other sign. Clitics stand alone: `Kim` `’s`, `do` `n't`."""

    start: int
    end: int
    text: str
    tag: str  # Penn Treebank tag by TextBlob's pattern tagger
    sentence: int  # index into Document.sentences

    @property
    def is_word(self) -> bool:
        """Does it begin with a letter or a digit?"""
        return self.text[0].isalnum()

    @property
    def is_tagged(self) -> bool:
        """A word or a clitic, not a sign."""
        return self.text[0].isalnum() or (len(self.text) > 1 and self.text[0] in "'’")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence with its tokens: `document.tokens[first:last]`."""

    start: int
    end: int
    part: Part
    paragraph: int  # index into Document.paragraphs
    first: int
    last: int
    polarity: float  # TextBlob, -1..1
    subjectivity: float  # TextBlob, 0..1


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A run of text: `document.sentences[first:last]`. Lines wrapped at some width are one (`flow.py`)."""

    start: int
    end: int
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Quotation:
    """Somebody else's words, as quotation marks or the layout say; `start` and `end` include the marks.

    A quotation over several paragraphs is several `Quotation`s with one `chain` number.
    `depth` 0 is the outermost. `scare` marks one to three words set off without being speech:
    in quoted voice for the words inside, and itself a finding.
    `kind`: "name" for a quoted title or nickname (“Order of Merit”), which is nobody's speech.
    """

    start: int
    end: int
    depth: int
    chain: int
    kind: Literal["speech", "scare", "name"]
    closed: bool
    form: Form = "marks"
    signer: Place | None = None  # words that name who speaks, where the layout gives them: a label, a signature
    label: Place | None = None  # of a turn: the label with its colon
    lead: Place | None = None  # words before a colon that lead in: In a letter she wrote:


@dataclass(frozen=True, slots=True)
class Mention:
    """One place where an entity is named or referred to."""

    start: int
    end: int
    form: Literal["name", "role", "pronoun"]  # "Assad", "the president", "he"


@dataclass(frozen=True, slots=True)
class Entity:
    """A person, organization or place, with every mention in text order."""

    id: str  # "e1", "e2", … in order of first mention
    name: str  # the fullest form the article uses
    kind: EntityKind
    mentions: tuple[Mention, ...]
    gender: Literal["female", "male", "unknown"] = "unknown"


class Contexts(Protocol):
    """The reader's vectors of any stretch of the text."""

    def mean(self, start: int, end: int) -> NDArray[np.float32] | None:
        """The mean vector over characters [start, end); None where the reader saw nothing of it."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What the reader thinks, aligned with the document's tokens and sentences. All values calibrated, 0..1.

    Token arrays have one value a token; `bias` one a sentence (NaN where not judged).
    `shares[i]` holds (token index, share of the logit) for sentence i; shares and `intercept` add up to the logit.
    `polarities` gives (negative, neutral, positive) for every name mention and asked-for target, `feelings` the same
    for the author's feeling in the paragraph around a name, `pairs` (none, p for q, q for p, p against q, q against p)
    for those asked for and for neighbours.
    `syntax`: the trees.
    `opinion` and `subjective` have one value a sentence, `vectors` one row a sentence; NaN where not judged.
    """

    loaded: Probabilities
    source: Probabilities
    cue: Probabilities
    content: Probabilities
    person: Probabilities
    organization: Probabilities
    place: Probabilities
    bias: Probabilities
    shares: Sequence[Sequence[tuple[int, float]]]
    intercept: float
    polarities: Mapping[tuple[int, int], tuple[float, float, float]]
    opinion: Doubles
    subjective: Doubles
    vectors: Doubles
    syntax: Syntax
    answers: Mapping[str, Doubles] = field(default_factory=dict)  # logits of the sentence heads, by name
    coded: Mapping[str, Probabilities] = field(default_factory=dict)  # by our codebook: one value a token
    devices: Mapping[str, Probabilities] = field(default_factory=dict)  # by kind, one value a token
    feelings: Mapping[tuple[int, int], tuple[float, float, float]] = field(default_factory=dict)
    pairs: Mapping[tuple[tuple[int, int], tuple[int, int]], tuple[float, ...]] = field(default_factory=dict)
    masked: frozenset[int] = frozenset()  # indices of tokens of names that the reader did not see (reader/masks.py)
    contexts: Contexts | None = None

    def mean(self, start: int, end: int) -> NDArray[np.float32]:
        """The reader's mean vector over characters [start, end); zeros where it saw nothing of it."""
        found = self.contexts.mean(start, end) if self.contexts else None
        return np.zeros(self.vectors.shape[1], np.float32) if found is None else found

    @classmethod
    def blank(cls, document: Document) -> Reading:
        """What the reader thinks of a text that it can't read: nothing is anything, and no sentence is judged."""
        zeros = np.zeros(len(document.tokens), np.float32)
        unjudged = np.full(len(document.sentences), np.nan)
        return cls(
            *(zeros,) * 7,
            bias=unjudged.astype(np.float32),
            shares=[()] * len(document.sentences),
            intercept=0.0,
            polarities={},
            opinion=unjudged,
            subjective=unjudged,
            vectors=unjudged[:, None],
            syntax=Syntax(("X",) * len(document.tokens), (ROOT,) * len(document.tokens), ("",) * len(document.tokens)),
        )


@dataclass(frozen=True, slots=True)
class Document:
    """One article, read once; every analyzer reads this same reading."""

    text: str
    title_end: int
    language: str
    paragraphs: tuple[Paragraph, ...]
    sentences: tuple[Sentence, ...]
    tokens: tuple[Token, ...]
    quotations: tuple[Quotation, ...]
    entities: tuple[Entity, ...]
    targets: tuple[tuple[int, int], ...] = ()
    pairs: tuple[tuple[tuple[int, int], tuple[int, int]], ...] = ()
    unbalanced: tuple[int, ...] = ()  # offsets of quotation marks that never close
    own_labels: tuple[Place, ...] = ()  # labels of turns that are the outlet's own: Q:
    _reading: Reading | None = None
    folded: tuple[str, ...] = field(init=False, repr=False)  # each token in the form in which words are compared
    words: int = field(init=False, repr=False)  # outside boilerplate: the base of every rate
    _token_starts: tuple[int, ...] = field(init=False, repr=False)
    _sentence_starts: tuple[int, ...] = field(init=False, repr=False)
    _quoted: tuple[tuple[int, ...], tuple[int, ...]] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "folded", tuple(fold(t.text) for t in self.tokens))
        counted = [s for s in self.sentences if s.part != "boilerplate"]
        words = sum(token.is_word for s in counted for token in self.tokens[s.first : s.last])
        object.__setattr__(self, "words", words)
        object.__setattr__(self, "_token_starts", tuple(t.start for t in self.tokens))
        object.__setattr__(self, "_sentence_starts", tuple(s.start for s in self.sentences))
        spoken = self.spoken()
        object.__setattr__(self, "_quoted", (tuple(q.start for q in spoken), tuple(q.end for q in spoken)))

    def spoken(self) -> list[Quotation]:
        """The outermost quotations, in text order: what stands in one is in quoted voice. Titles are nobody's."""
        return [q for q in self.quotations if q.depth == 0 and q.kind != "name"]

    def voice_at(self, offset: int) -> Voice:
        """Who speaks at this character: the outlet, or somebody quoted?"""
        starts, ends = self._quoted
        at = bisect_right(starts, offset) - 1
        return "quoted" if at >= 0 and offset < ends[at] else "outlet"

    def token_at(self, offset: int) -> int:
        """Index of the first token that ends after `offset`; len(tokens) past the last."""
        at = bisect_right(self._token_starts, offset) - 1
        if at >= 0 and offset < self.tokens[at].end:
            return at
        return at + 1

    def tokens_in(self, start: int, end: int) -> range:
        """Indices of the tokens that touch [start, end)."""
        first = last = self.token_at(start)
        while last < len(self.tokens) and self.tokens[last].start < end:
            last += 1
        return range(first, last)

    def sentence_at(self, offset: int) -> int:
        """Index of the sentence that holds `offset`, or the last one before it; 0 at least."""
        return max(0, bisect_right(self._sentence_starts, offset) - 1)

    def is_boilerplate(self, offset: int) -> bool:
        """Does this offset, in code points, stand in a sentence that is no part of the article?"""
        return bool(self.sentences) and self.sentences[self.sentence_at(offset)].part == "boilerplate"

    @property
    def reading(self) -> Reading:
        """What the reader thinks of it; raises LookupError before it has gone over it (`reader.read`)."""
        if self._reading is None:
            raise LookupError("The reader has not read this document yet.")
        return self._reading

    def with_reading(self, reading: Reading, tokens: tuple[Token, ...] | None = None) -> Document:
        """The document as read; `tokens`: the same ones with the parts of speech that the reader sees."""
        read = copy(self)  # not anew: what is worked out from the text stays as it is
        object.__setattr__(read, "_reading", reading)
        object.__setattr__(read, "tokens", tokens or self.tokens)
        return read
