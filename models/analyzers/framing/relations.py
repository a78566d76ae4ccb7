"""Who of two is for or against the other, as the grammar between their names says it plainly."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Literal

from ... import inflection
from ...document import Document, Syntax
from ...document.parts import Place

PATH = Path(__file__).parents[2] / "lexicons" / "stances.toml"
Sign = Literal[-1, 1]
_BEFORE = 5  # words before a verb that may say that it is not so
_NOT_SO = frozenset(
    ("not", "n't", "never", "no", "without", "declined", "refused", "should", "would", "could", "may", "might", "if")
)
_SIDES: tuple[tuple[str, Sign], ...] = (("for", 1), ("against", -1))
_RELATIVE = frozenset(("who", "which", "that"))


def find(document: Document, p: Place, q: Place) -> tuple[Place, Sign] | None:
    """Who of the two is for or against the other: the holder with the sign; None where no verb or noun says it."""
    syntax = document.reading.syntax
    heads = [
        syntax.head_of(inside.start, inside.stop)
        for inside in (document.tokens_in(*p), document.tokens_in(*q))
        if inside
    ]
    if len(heads) < 2 or document.tokens[heads[0]].sentence != document.tokens[heads[1]].sentence:
        return None
    for holder, (mine, theirs) in zip((p, q), (heads, heads[::-1]), strict=True):
        sign = _hold(document, syntax, mine, theirs)
        if sign is not None:
            return holder, sign
    return None


def _hold(document: Document, syntax: Syntax, holder: int, target: int) -> Sign | None:
    """How does this one stand to that one: criticised | Moore, Moore's plan; a critic of | Moore?"""
    signs, nouns = verbs(), _nouns()
    for above, relation in _governors(document, syntax, target):
        word = document.folded[above]
        if word in signs and syntax.upos[above] in ("VERB", "NOUN", "PROPN"):
            passive = syntax.child(above, "aux:pass", "obl:agent") is not None
            suffers = relation == "nsubj:pass" if passive else relation in ("obj", "nmod")
            if (
                suffers
                and not (target < above and document.folded[above - 1] == "to")  # asked Moore | to defend
                and _is_holder(document, syntax, above, holder, passive=passive)
                and not _is_negated(document, above)
            ):
                return signs[word]
        if word in nouns and relation == "nmod" and holder in (syntax.heads[above], syntax.child(above, "nsubj")):
            return nouns[word]
    return None


def _governors(document: Document, syntax: Syntax, target: int) -> Iterator[tuple[int, str]]:
    """What the target hangs from, and as what; what it owns or is joined with stands for it: Moore's | plan."""
    at, relation = target, syntax.relations[target]
    for _ in range(4):
        above = syntax.heads[at]
        if above < 0:
            return
        if relation in ("obj", "nsubj:pass", "nmod", "nsubj"):
            yield above, relation
        if relation == "nmod" and not _is_owned(document, at):
            return
        if relation not in ("nmod", "conj", "flat", "appos"):
            return
        at, relation = above, syntax.relations[above]


def _is_owned(document: Document, at: int) -> bool:
    """Is it what this one owns or does: Moore's plan, the plan of Moore, and not the attack in Harrow?"""
    case = document.reading.syntax.child(at, "case")
    return case is not None and document.folded[case] in ("'s", "'", "of")


def _is_holder(document: Document, syntax: Syntax, verb: int, holder: int, *, passive: bool) -> bool:
    if passive:
        agents = syntax.children(verb, ("obl:agent",))
        return any(_names(syntax, agent, holder) for agent in agents)
    at: int | None = verb
    for _ in range(4):
        if at is None or at < 0:
            return False
        found = syntax.child(at, "nsubj")
        if found is not None:
            if document.folded[found] in _RELATIVE and syntax.relations[at] == "acl":
                return _names(syntax, syntax.heads[at], holder)
            return _names(syntax, found, holder)
        if syntax.relations[at] == "acl":
            return _names(syntax, syntax.heads[at], holder)
        at = syntax.heads[at] if syntax.relations[at] in ("conj", "xcomp", "advcl") else None
    return False


def _names(syntax: Syntax, head: int, name: int) -> bool:
    """Does the phrase of this head name him: itself, in apposition, or joined with it?"""
    at = name
    for _ in range(3):
        if at == head:
            return True
        if syntax.relations[at] not in ("appos", "flat", "conj", "compound"):
            return False
        at = syntax.heads[at]
    return at == head


def _is_negated(document: Document, verb: int) -> bool:
    """Is it not so, or only wished: declined to endorse, should condemn?"""
    first = max(document.sentences[document.tokens[verb].sentence].first, verb - _BEFORE)
    return not _NOT_SO.isdisjoint(document.folded[first:verb])


@cache
def verbs() -> Mapping[str, Sign]:
    """Verbs by which one is for or against another, with their sign, by form."""
    signs = ((verb, sign) for side, sign in _SIDES for verb in _tables()[side]["verbs"])
    return {form: sign for verb, sign in signs for form in (verb, *inflection.bend(verb, "verb"))}


@cache
def _nouns() -> Mapping[str, Sign]:
    return {noun: sign for side, sign in _SIDES for noun in _tables()[side]["nouns"]}


@cache
def _tables() -> Mapping[str, Mapping[str, list[str]]]:
    return tomllib.loads(PATH.read_text(encoding="utf-8"))
