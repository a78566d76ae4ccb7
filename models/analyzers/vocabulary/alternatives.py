"""Which plainer words may stand in a loaded one's place? Bent as it is; none where that can't be done."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Literal

from ...document import Document
from ...inflection import bend, find_head, split_words
from ...lexicon import Hit

FILE = Path(__file__).parents[2] / "lexicons" / "inflection.toml"
_NO_VERBS = frozenset(("also", "not"))  # at the head of a verb's proposal
_VERB = ("third", "past", "participle", "gerund")
_PARTISANS = frozenset(("democrat", "republican", "christian"))  # written with a capital and counted

_Form = Literal["base", "plural", "third", "past", "participle", "gerund"]


def propose(document: Document, hit: Hit) -> Iterator[str]:
    """The entry's plainer words in the form of the word in the text: "zealots" gives "believers"."""
    form = _find_form(document, hit)
    for plain in hit.entry.alternatives if form else ():
        bent = plain if form == "base" else _make_plural(plain) if form == "plural" else _conjugate(plain, str(form))
        if bent:
            yield bent


def _find_form(document: Document, hit: Hit) -> _Form | None:
    """How the word in the text is bent; None where only its entry knows."""
    words, pos = document.folded[hit.first : hit.last], hit.entry.pos
    if tuple(words) in {split_words(term) for term in hit.entry.terms}:
        return "base"
    if pos == "noun":
        return "plural"
    if pos != "verb":
        return None
    verb, tag = words[0], document.tokens[hit.first].tag
    if verb.endswith("ing"):
        return "gerund"
    if tag == "VBN":
        return "participle"
    if tag == "VBD" or verb.endswith("ed"):
        return "past"
    return "third" if verb.endswith("s") else None


def _make_plural(plain: str) -> str | None:
    words = plain.split(" ")
    at = find_head(words)
    head = words[at].casefold()
    if not _listed("no_nouns").isdisjoint(word.casefold() for word in words):
        return None
    if head in _listed("unchanging") or re.search(r"[^siu]s$", head):
        return plain
    if irregular := _irregular("plurals").get(head):
        return " ".join((*words[:at], irregular, *words[at + 1 :]))
    if not (bent := bend(words[at], "noun")) or (words[at] != head and head not in _PARTISANS):
        return None  # the Affordable Care Act has no plural
    return " ".join((*words[:at], bent[0], *words[at + 1 :]))


def _conjugate(plain: str, form: str) -> str | None:
    verb, *rest = plain.split(" ")
    at = _VERB.index(form)
    irregular = _irregular("verbs").get(verb)
    if irregular is not None:
        return " ".join((irregular.split()[at], *rest))
    bent = bend(verb, "verb")
    if not bent or verb.endswith("ed") or verb in _NO_VERBS:
        return None
    third, past, gerund = bent
    return " ".join(((third, past, past, gerund)[at], *rest))


@cache
def _tables() -> Mapping[str, Mapping[str, str]]:
    return tomllib.loads(FILE.read_text(encoding="utf-8"))


def _irregular(kind: str) -> Mapping[str, str]:
    return _tables()[kind]


@cache
def _listed(kind: str) -> frozenset[str]:
    return frozenset(_tables()[kind]["words"].split())
