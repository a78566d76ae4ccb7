"""A document laid out in tokens, the drafts made of them, and phrases: by the tree, or by part of speech nearby."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from ...document.parts import Document, Quotation, Token
from ...document.syntax import Syntax
from ...document.word_classes import CLASSES

Words = tuple[int, int]  # tokens [first, last)

MARKS = frozenset("\"'“”„‟«»‘’‚‹›")
_STOPS = frozenset((".", ",", ";", ":", "—", "–", "--", "-", "!", "?", "…", "...", '"', "“", "”"))
LOOSE = frozenset(("acl:relcl", "advcl", "parataxis", "discourse", "dep"))  # hangs from a noun and is no part of it
AUXILIARIES, TIMES, BETWEEN = (CLASSES[name] for name in ("auxiliaries", "times", "between"))
BARE, QUANTIFIERS, NOBODY = (CLASSES[name] for name in ("bare", "quantifiers", "nobody"))
DONE_TO, SEEMING, BELIEVED = (CLASSES[name] for name in ("done_to", "seeming", "believed"))


@dataclass(frozen=True, slots=True)
class Lines:
    """A document's tokens with their folded words and quotation state beside them."""

    tokens: Sequence[Token]
    words: Sequence[str]
    quoted: Sequence[int]  # number of the outermost speech that a token stands in, marks included; -1 for none
    spans: Sequence[Words]  # tokens of each such quotation
    quotations: Sequence[Quotation]  # and what the document knows of it
    syntax: Syntax


@dataclass(frozen=True, slots=True)
class Draft:
    """One attribution in tokens, before it is named and typed. Every part is tokens [first, last)."""

    cue: Words | None
    source: tuple[Words, ...]
    content: tuple[Words, ...]


def lay_out(document: Document) -> Lines:
    """Which word is each token, and in which quotation does it stand?"""
    tokens = document.tokens
    quoted = [-1] * len(tokens)
    spans: list[Words] = []
    spoken: list[Quotation] = []
    at = 0
    for quotation in document.quotations:
        if quotation.depth or quotation.kind != "speech":
            continue
        while at < len(tokens) and tokens[at].end <= quotation.start:
            at += 1
        first = at
        while at < len(tokens) and tokens[at].start < quotation.end:
            quoted[at] = len(spans)
            at += 1
        if at > first:
            spans.append((first, at))
            spoken.append(quotation)
    return Lines(tokens, document.folded, quoted, spans, spoken, document.reading.syntax)


def verb_group(lines: Lines, first: int, start: int) -> int:
    """Where does the verb group begin that words[first] stands in? Auxiliaries, negation and adverbs go with it."""
    at = first
    while at > max(start, first - 6):
        before = lines.tokens[at - 1]
        adverb = before.tag.startswith("RB") and before.is_word
        if not ((lines.words[at - 1] in AUXILIARIES and before.tag != "POS") or (adverb and at - 1 > start)):
            break
        at -= 1
    while at < first and lines.tokens[at].tag.startswith("RB") and lines.words[at] not in ("also", "never", "n't"):
        if lines.words[at - 1 : at] and lines.tokens[at - 1].tag.startswith(("NN", "PRP")):
            break
        at += 1
    return at


def phrase(lines: Lines, head: int, without: frozenset[str] = LOOSE) -> Words:
    """The noun phrase around this head, signs at its ends apart; `without`: relations of branches left out."""
    first, last = lines.syntax.span(head, without)
    while first < head and not lines.tokens[first].is_word and lines.words[first] not in "($@":
        first += 1
    while last - 1 > head and not lines.tokens[last - 1].is_word and lines.words[last - 1] not in ")%":
        last -= 1
    return first, last


def subject(lines: Lines, verb: int) -> Words | None:
    """The noun phrase that is this verb's subject, or its first conjunct's or governor's."""
    head = lines.syntax.subject(verb)
    return None if head is None else phrase(lines, head)


def trim(lines: Lines, first: int, last: int) -> Words:
    """Leave signs off both ends, a quotation's marks and what stands inside them excepted."""
    words = lines.words
    while first < last and lines.quoted[first] < 0 and not lines.tokens[first].is_word and words[first] not in "$£€#@(":
        first += 1
    while last > first and lines.quoted[last - 1] < 0 and words[last - 1] in _STOPS:
        last -= 1
    return first, last


_OPEN_ENDED = ("DT", "IN", "TO", "PRP$", "POS", "CC", "JJ", "MD", "WDT")  # no phrase ends with these; an adjective may
_LEADING = ("DT", "PRP$", "JJ", "CD", "NNP", "POS", "$", "PDT")


def complete(lines: Lines, span: Words, start: int, end: int, taken: Collection[int] = ()) -> Words:
    """Widen a span of words[start:end] to whole noun phrases: no name, and no noun with its article, is cut in two.

    Tokens `taken` by others are left alone.
    """
    tokens = lines.tokens
    first, last = span
    while first > start and first - 1 not in taken and tokens[first].tag.startswith(("NN", "JJ", "CD", "POS", "VBG")):
        before = tokens[first - 1]
        if not before.tag.startswith(_LEADING) or not before.is_word:
            break
        if before.tag.startswith("NNP") and not tokens[first].tag.startswith(("NN", "POS")):
            break
        first -= 1
    limit = min(end, last + 8)
    while last < limit and last not in taken and tokens[last].is_word:
        ending, following = tokens[last - 1].tag, tokens[last].tag
        name = ending.startswith("NNP") and following in ("NNP", "NNPS", "POS")
        noun = ending.startswith(("JJ", "NN", "CD", "POS", "VBG")) and following in ("NN", "NNS", "NNP", "POS")
        if not (name or noun or (ending.startswith(_OPEN_ENDED) and not ending.startswith("JJ"))):
            break
        last += 1
    return first, last


_BEFORE_SOURCE = ("CC", "IN", "TO")
_AFTER_SOURCE = ("CC", "IN", "TO", "MD", "RB", "VBZ", "VBD", "VBP", "PRP$")
_BEFORE_CUE = ("CC", "WP", "WDT", "DT", "PRP")
_AFTER_CUE = ("CC", "DT", "PRP", "PRP$", "POS")


def strip_source(lines: Lines, span: Words) -> Words:
    """A source without what no noun phrase begins or ends with; the comma that closes an apposition may stay.

    Of "the hawks who" the pronoun speaks.
    """
    first, last = _strip(lines, span, _BEFORE_SOURCE, _AFTER_SOURCE)
    if lines.tokens[last - 1].tag in ("WP", "WDT"):
        return last - 1, last
    if last < span[1] and lines.words[last] == "," and "," in lines.words[first:last]:
        last += 1
    return first, last


def strip_cue(lines: Lines, span: Words) -> Words:
    """A cue without the words around it that belong to its subject, its hearer or its content."""
    first, last = span
    while first < last - 1 and lines.words[first] in TIMES:
        first += 1
    if last - 1 > first and lines.tokens[last - 1].tag == "VBG" and lines.syntax.relations[last - 1] == "csubj":
        last -= 1  # said | buying it was no goal
    return _strip(lines, (first, last), _BEFORE_CUE, _AFTER_CUE)


def _strip(lines: Lines, span: Words, before: tuple[str, ...], after: tuple[str, ...]) -> Words:
    tokens = lines.tokens
    first, last = span
    while first < last and (tokens[first].tag in before or _is_loose(lines, first)):
        first += 1
    while last > first and (tokens[last - 1].tag in after or _is_loose(lines, last - 1)):
        last -= 1
    return (first, last) if first < last else span


def _is_loose(lines: Lines, at: int) -> bool:
    return not lines.tokens[at].is_word and lines.words[at] not in (":", ")", "$")
