"""Mentioned words: what the teller says that somebody else called somebody; the word is his who used it."""

from __future__ import annotations

from ...document import Document
from .places import CLASSES

_MENTIONING, _ACCUSING, _NAMING, _LIKENING, _WORDS, _BE = (
    CLASSES[name] for name in ("mentioning", "accusing", "calling", "likening", "words", "be")
)
_OUR_OWN = frozenset(("i", "we"))
_ARTICLES = ("a", "an", "the")
_MARKS = frozenset("\"'“”„‟«»‘’‚‹›")
_MODIFIERS = ("JJ", "RB", "VBN", "VBG", "CC", "CD")
_BEFORE = 6  # words of a label before its loaded one: as a senile and dangerous [fool]
_NEAR = 4  # words between "what" and "called"
_ROW = frozenset((",", "and", "or"))  # between labels in a row
_NOMINAL = ("NN", "JJ", "DT", "VBG", "VBN")
_RELATIVE = frozenset(("what", "whom", "which"))
_REACH = 18  # tokens between the verb and the label: called the new mayor of the town a [fool]
_WHOM = ("NN", "PRP", "DT", "JJ", "POS", "CD", "IN", "TO", "CC", "RB", "VBN", "VBG", ",")
_AFTER_NAMING = ("IN", "TO", "RP", "CC", ",")  # called on the tyrant: nobody is named


def is_mentioned(document: Document, first: int) -> bool:
    """Does somebody else than the teller call somebody so: they called him a [moron], the word [regime]?"""
    words, tokens = document.folded, document.tokens
    begin = document.sentences[tokens[first].sentence].first
    label = _begin_label(document, first, begin)
    if (before := _listed_before(document, label, begin)) is not None:
        return before > begin and is_mentioned(document, before)
    if label > begin and words[label - 1] in _WORDS:
        return True
    if _is_complement(document, first) and not _is_our_own(document, document.reading.syntax.heads[first], begin):
        return True
    for verb in range(label - 1, max(begin - 1, label - 1 - _REACH), -1):
        if words[verb] in _MENTIONING:
            return _says_so(document, verb, label) and not _is_our_own(document, verb, begin)
        if tokens[verb].is_word and not tokens[verb].tag.startswith(_WHOM):
            return False
    return False


def _begin_label(document: Document, first: int, begin: int) -> int:
    """Where the phrase of a label begins: with its article, or its first adjective."""
    tokens, at = document.tokens, first
    while at > begin and first - at < _BEFORE:
        word = document.folded[at - 1]
        compound = tokens[at - 1].tag == "NN" and tokens[at].tag.startswith("NN")
        known = word in _MENTIONING or word in _WORDS
        if word in _ARTICLES:
            return at - 1
        if known or not (compound or word in _MARKS or tokens[at - 1].tag.startswith(_MODIFIERS)):
            return at
        at -= 1
    return at


def _listed_before(document: Document, label: int, begin: int) -> int | None:
    """depicted as a moron, [idiot] and clown: the label before this one in a row; none before "the", a new subject.

    `begin` where another clause begins at "and".
    """
    own = label + (document.folded[label] in _ROW)
    at = own - 1
    while at > begin and document.folded[at] in _ROW:
        at -= 1
    rowed = begin < at < own - 1 and document.folded[own] != "the"
    if not rowed or not all(document.tokens[k].tag.startswith(_NOMINAL) for k in (at, own)):
        return None
    governor = max(begin, _begin_label(document, at, begin) - 1)
    elsewhere = document.tokens[governor].tag == "IN" and document.folded[governor] not in ("as", "of")
    if elsewhere:  # called a liar in court, and a vicious dog bit him
        return begin if document.folded[own - 1] != "," else None
    return at


def _says_so(document: Document, verb: int, label: int) -> bool:
    """Called [him] a moron, was called a moron, hailed as a hero, accused of being one, of fear-mongering; not:
    praised the hero, accused the hero of theft."""
    between = document.folded[verb + 1 : label]
    while len(between) > 1 and document.tokens[verb + len(between)].tag == "RB":
        between = between[:-1]  # sees them as essentially a [fool]
    if between[-1:] == ("as",) or (between[-1:] == ("being",) and not {"of", "for"}.isdisjoint(between)):
        return True
    deed = label + (document.tokens[label].tag == "RB")
    if between[-1:] == ("for",) and document.tokens[deed].tag == "VBG":
        return True  # scolded the mayor for [dragging his feet]
    if document.folded[verb] in _ACCUSING:
        return between[-1:] == ("of",)
    if document.folded[verb] in _LIKENING:
        return between[-1:] == ("to",)
    if document.folded[verb] not in _NAMING:
        return False
    if not between and not _RELATIVE.isdisjoint(document.folded[max(0, verb - _NEAR) : verb]):
        return True  # what critics called a [sham]
    if not between:  # who thinks so of somebody that is considered a fool is not told
        return document.folded[verb] != "considered" and not _BE.isdisjoint(document.folded[max(0, verb - 3) : verb])
    return not document.tokens[verb + 1].tag.startswith(_AFTER_NAMING)


def _is_complement(document: Document, at: int) -> bool:
    """called the wall [immoral]: what the object of a verb of calling is said to be"""
    syntax = document.reading.syntax
    verb = syntax.heads[at]
    return (
        syntax.relations[at] == "xcomp" and document.folded[verb] in _NAMING and syntax.child(verb, "obj") is not None
    )


def _is_our_own(document: Document, verb: int, begin: int) -> bool:
    """I call him a moron: the teller does."""
    return not _OUR_OWN.isdisjoint(document.folded[max(begin, verb - 3) : verb])
