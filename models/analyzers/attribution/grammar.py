"""Phrases by part of speech: subjects, verb groups and clauses, each search bounded to stay linear in the text."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from ...document.parts import Document, Quotation, Token
from ...document.word_classes import CLASSES
from . import cues

Words = tuple[int, int]  # tokens [first, last)

REACH = 60  # tokens that a search looks at, at most
_NEAR = 14  # tokens between a cue and its "that" or quotation mark

MARKS = frozenset("\"'“”„‟«»‘’‚‹›")
_STOPS = frozenset((".", ",", ";", ":", "—", "–", "--", "-", "!", "?", "…", "...", '"', "“", "”"))
_FINITE = ("VBZ", "VBD", "VBP", "MD")
_NOMINAL = ("NN", "PRP", "CD", "DT", "JJ", "POS", "EX", "WP", "VBG", "$", "PDT", "RBS", "#")
AUXILIARIES, _WH, RELATIVE, _INSIDE, _CUTS, TIMES = (
    CLASSES[name] for name in ("auxiliaries", "wh", "relative", "inside", "cuts", "times")
)
BARE, BETWEEN, QUANTIFIERS, TELLING = (CLASSES[name] for name in ("bare", "between", "quantifiers", "telling"))
BE, HAVE, DONE_TO, REDUCED, EMPTY = (CLASSES[name] for name in ("be", "have", "done_to", "reduced", "empty"))
MONTHS, NEVER_OBJECT, OPENING = (CLASSES[name] for name in ("months", "never_object", "opening"))
NOBODY, SEEMING, BELIEVED = (CLASSES[name] for name in ("nobody", "seeming", "believed"))


@dataclass(frozen=True, slots=True)
class Lines:
    """A document's tokens with their folded words and quotation state beside them."""

    tokens: Sequence[Token]
    words: Sequence[str]
    quoted: Sequence[int]  # number of the outermost speech that a token stands in, marks included; -1 for none
    spans: Sequence[Words]  # tokens of each such quotation
    quotations: Sequence[Quotation]  # and what the document knows of it


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
    return Lines(tokens, document.folded, quoted, spans, spoken)


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


def subject_before(lines: Lines, last: int, start: int) -> Words | None:
    """The noun phrase that ends at words[last - 1], an apposition between commas included."""
    tokens, words = lines.tokens, lines.words
    end = last
    floor = max(start, last - REACH)
    if end - 1 > floor and words[end - 1] == ",":  # Mora, the mayor of Lomas, said / Mora, who left, said
        opened = next((at for at in range(end - 2, floor, -1) if words[at] == ","), -1)
        if opened < 0:
            return None
        head = _phrase_before(lines, opened, floor)
        if head is None:
            return None
        inside = tokens[opened + 1]
        if words[opened + 1] in RELATIVE or inside.tag.startswith(("VB", "IN", "RB", "TO")):
            return head
        return head[0], end
    return _phrase_before(lines, end, floor)


def _phrase_before(lines: Lines, last: int, floor: int) -> Words | None:
    tokens, words = lines.tokens, lines.words
    at = last
    if at > floor and words[at - 1] == ")":
        at = next((k for k in range(at - 2, max(floor, at - 12) - 1, -1) if words[k] == "("), at)
    while at > floor:
        token, word = tokens[at - 1], words[at - 1]
        pronoun = token.tag == "PRP"
        if pronoun or (word in RELATIVE and at == last):
            return (at - 1, last) if at == last else (at, last)
        if word in RELATIVE or word in _CUTS:
            break
        joins = word in _INSIDE and at != last and tokens[at - 2 if at > 1 else 0].tag.startswith(("NN", "CD"))
        names = token.tag.startswith(_NOMINAL) and token.is_word
        participle = token.tag in ("VBN", "VBD") and at != last and tokens[at].tag.startswith(("NN", "JJ"))
        participle = participle and at - 1 > floor and tokens[at - 2].tag.startswith(("DT", "JJ", "PRP$"))
        if not (joins or names or participle or (word[:1].isalpha() and token.text[0].isupper() and at - 1 > floor)):
            break
        at -= 1
    while at < last and (words[at] in _INSIDE or words[at] in TIMES or not tokens[at].is_word):
        at += 1
    if at >= last or not any(tokens[k].tag.startswith(("NN", "PRP", "DT", "CD", "JJ")) for k in range(at, last)):
        return None
    return at, last


def phrase_after(lines: Lines, first: int, end: int) -> Words | None:
    """The noun phrase that begins at words[first], with what hangs on it by a preposition or in brackets."""
    tokens, words = lines.tokens, lines.words
    limit = min(end, first + REACH)
    if first < limit and tokens[first].tag == "PRP":
        return first, first + 1
    at = first
    while at < limit:
        token, word = tokens[at], words[at]
        joins = word in _INSIDE and at > first and at + 1 < limit and tokens[at + 1].tag.startswith((*_NOMINAL, "VBN"))
        participle = token.tag == "VBN" and at > first
        if not ((token.is_word and token.tag.startswith(_NOMINAL)) or joins or participle):
            break
        if word in RELATIVE:
            break
        at += 1
    return (first, at) if at > first else None


def clause_end(lines: Lines, first: int, end: int) -> int:
    """Where does a clause end that begins at words[first]? Before ", while …", a semicolon or a second report."""
    words = lines.words
    for at in range(first + 1, min(end - 1, first + 4 * REACH)):
        if lines.quoted[at] >= 0:
            continue
        if words[at] == ";" or (words[at] == "," and (words[at + 1] in _CUTS or _is_report(lines, at + 1))):
            return at
        if words[at] == "," and words[at + 1 : at + 3] == ["according", "to"]:
            return at
    return trim(lines, first, end)[1]


def _is_report(lines: Lines, at: int) -> bool:
    return lines.tokens[at].tag == "VBG" and cues.load().at(lines.words, at, at + 1) is not None


def object_end(lines: Lines, first: int, end: int) -> int:
    """Where does a noun phrase used as content end? Also before ", that …" and ", who …"."""
    words = lines.words
    for at in range(first + 1, min(end - 1, first + REACH)):
        if words[at] == "," and words[at + 1] in RELATIVE and lines.quoted[at] < 0:
            return at
    return clause_end(lines, first, end)


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


def begins_clause(lines: Lines, first: int, end: int) -> bool:
    """Does a clause of its own, subject and finite verb, begin at words[first]?"""
    tokens = lines.tokens
    if first >= end or not tokens[first].tag.startswith(
        ("NN", "PRP", "DT", "CD", "JJ", "EX", "VBG", "IN", "RB", "PDT")
    ):
        return False
    for at in range(first + 1, min(end, first + 25)):
        if tokens[at].tag.startswith(_FINITE):
            return True
        if lines.words[at] in (";", ":", "—"):
            return False
    return False


def find_that(lines: Lines, first: int, end: int) -> int | None:
    """The "that", wh-word or quotation mark that opens the content after a cue, past time, place and hearers."""
    tokens, words = lines.tokens, lines.words
    for at in range(first, min(end, first + _NEAR)):
        if words[at] == "that" or (words[at] in _WH and (at == first or words[at] in ("whether", "why", "how", "if"))):
            return at
        if lines.quoted[at] >= 0:
            return at
        if tokens[at].tag.startswith((*_FINITE, "VB")) and not tokens[at].tag.startswith(("VBG", "VBN")):
            return None
    return None


def begins_phrase(lines: Lines, first: int, end: int) -> bool:
    """Does a noun phrase begin at words[first]?"""
    return first < end and (
        lines.tokens[first].tag.startswith(("DT", "PRP", "NN", "JJ", "CD", "VBG", "PDT", "WP"))
        or lines.words[first] == "that"
        or lines.quoted[first] >= 0
    )
