"""Reported judgements: a clause that somebody else is told to say or to think, whose verdict is his: critics say that
the plan is [shoddy]."""

from __future__ import annotations

from ...document import Document
from ...document.syntax import ROOT
from .places import CLASSES

_SAYING, _TELLING, _CLAIMS, _OURS, _WHETHER = (
    CLASSES[name] for name in ("saying", "telling", "claims", "ours", "whether")
)
_MODIFYING = frozenset(("amod", "compound", "advmod"))
_CLAUSES = frozenset(("ccomp", "acl"))
_MARKS = frozenset('"“”„«»')
_OWN = frozenset(("i", "me", "myself", "we", "us", "ourselves"))
_RELATIVE = frozenset(("who", "that"))
_STEPS = 3  # conjuncts between a word and its clause: is costly, slow and [shoddy]


def is_reported(document: Document, first: int, last: int) -> bool:
    """Is this the verdict of a clause that somebody else is told to say or think? Not: she said that the shoddy plan
    failed, whose word is the teller's."""
    syntax = document.reading.syntax
    clause = _clause(document, first, last)
    if clause is None:
        return False
    if not _WHETHER.isdisjoint(document.folded[mark] for mark in syntax.children(clause, ("mark",))):
        return False
    relation, governor = syntax.relations[clause], syntax.heads[clause]
    whole = relation in _CLAUSES or (relation == "xcomp" and syntax.child(clause, "nsubj") is not None)
    if whole and not _MARKS.isdisjoint(document.folded[clause:governor]):
        return False  # her [shoddy] claim: “It was late”, she said
    if whole and governor != ROOT:
        return _tells(document, governor)
    asides = syntax.children(clause, ("parataxis",))  # the plan is [shoddy], critics say
    return any(_is_source(document, aside) for aside in asides)


def _clause(document: Document, first: int, last: int) -> int | None:
    """The predicate that the words are or that they judge: is [shoddy], is a [shoddy] plan, is [stonewalling]."""
    syntax = document.reading.syntax
    at = syntax.head_of(first, last)
    if syntax.relations[at] in _MODIFYING and syntax.heads[at] != ROOT:
        at = syntax.heads[at]
        if syntax.child(at, "cop") is None or syntax.child(at, "case") is not None:
            return None
    for _ in range(_STEPS):
        if syntax.relations[at] != "conj" or syntax.heads[at] == ROOT or syntax.child(at, "nsubj", "nsubj:pass"):
            break
        at = syntax.heads[at]
    judges = syntax.child(at, "cop", "nsubj", "nsubj:pass") is not None
    return at if judges else None


def _is_source(document: Document, aside: int) -> bool:
    """The plan is [shoddy], critics say; not: some might say."""
    syntax = document.reading.syntax
    own = syntax.child(aside, "nsubj") is not None and syntax.child(aside, "aux", "mark") is None
    return own and _tells(document, aside)


def _tells(document: Document, governor: int) -> bool:
    """Is this a verb of saying whose subject is somebody else, or a noun such as "claims"?"""
    syntax, words = document.reading.syntax, document.folded
    if words[governor] in _CLAIMS:
        return syntax.upos[governor] == "NOUN"
    if words[governor] not in _SAYING or syntax.child(governor, "aux:pass") is not None:
        return False
    subject = syntax.subject(governor)
    if subject is None:
        return words[governor] in _TELLING  # dismissed the plan, saying that it was [shoddy]
    if words[subject] in _RELATIVE and words[subject - 1] in _OWN:  # people like | me who say
        return False
    return words[subject] not in _OURS
