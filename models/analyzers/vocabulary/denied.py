"""Words that judge nobody where they stand: a judgement that is named to say that it does not hold, a name that people
gave themselves, and an open opinion in a quotation."""

from __future__ import annotations

from ...document import Document
from ...document.syntax import ROOT
from .places import CLASSES

_NOT, _NOT_ONLY, _OUGHT, _OWN, _OPEN = (
    CLASSES[name] for name in ("denying", "not_only", "ought", "own_names", "open_opinions")
)
_NOMINAL = frozenset(("ADJ", "NOUN", "PROPN"))
_DETERMINERS = frozenset(("a", "an", "no", "neither", "any"))


def is_denied(document: Document, first: int, last: int) -> bool:
    """Is this the predicate of a sentence that denies it: she is no [hero], it was not [cynical]? Not: it is not only
    [cynical], it should not be [cynical], it is not the most [cynical] plan."""
    syntax, words = document.reading.syntax, document.folded
    word = syntax.head_of(first, last)
    if syntax.upos[word] not in _NOMINAL:
        return False
    at = word
    if syntax.relations[word] == "amod" and syntax.heads[word] != ROOT:
        at = syntax.heads[word]
        determiner = syntax.child(at, "det")
        if determiner is not None and words[determiner] not in _DETERMINERS:
            return False  # not the worst, not that [cynical] plan
    copula = syntax.child(at, "cop")
    if copula is None or not _OUGHT.isdisjoint(words[aux] for aux in syntax.children(at, ("aux",))):
        return False
    if syntax.upos[at] != "ADJ" and (subject := syntax.subject(at)) is not None and words[subject] == "it":
        return False  # it isn't [demagogues] who …
    below = {words[child] for child in syntax.children(at)}
    if not below.isdisjoint(_NOT_ONLY):
        return False
    before = range(max(document.sentences[document.tokens[at].sentence].first, copula - 2), first)
    return any(words[k] in _NOT and k in (*syntax.children(at), *syntax.children(word)) for k in before)


def is_own_name(document: Document, first: int) -> bool:
    """Do those that bear the label use it of themselves: self-described [anarchists]?"""
    begin = document.sentences[document.tokens[first].sentence].first
    return not _OWN.isdisjoint(document.folded[max(begin, first - 2) : first + 1])


def is_open_opinion(document: Document, first: int, last: int) -> bool:
    """Does somebody quoted say no more than how he finds a thing, as a predicate: "It is very [troubling]"?"""
    syntax = document.reading.syntax
    word = syntax.head_of(first, last)
    if document.folded[word] not in _OPEN or document.voice_at(document.tokens[word].start) != "quoted":
        return False
    stressed = all(syntax.upos[at] == "ADV" for at in range(first, last) if at != word)
    return stressed and syntax.child(word, "cop") is not None
