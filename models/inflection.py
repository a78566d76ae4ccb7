"""Inflection: the words of a term, and the regular forms in which English bends them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal

from .document.parts import fold
from .document.tokens import split

PartOfSpeech = Literal["noun", "verb", "adjective", "adverb", "phrase"]


def find_head(words: Sequence[str]) -> int:
    """Index of a noun phrase's head: the word before any "of", "to" or "in", else the last."""
    return next((at - 1 for at, word in enumerate(words) if word in ("of", "to", "in") and at), len(words) - 1)


def split_words(term: str) -> tuple[str, ...]:
    """A term's words, folded as the words of a document are."""
    if term.isascii() and term.isalpha():  # most are one word, and a start compiles all of them
        return (term.lower(),)
    return tuple(fold(term[start:end]) for start, end in split(term, 0, len(term)))


def bend(word: str, pos: PartOfSpeech) -> Sequence[str]:
    """The regular further forms of a word: a noun's plural, a verb's -s, -ed and -ing, an adjective's -er and -est."""
    if not word.isascii() or not word[-1].isalpha():
        return ()
    vowels = len(re.findall(r"[aeiouy]+", word.removesuffix("e")))
    consonant_y = re.search(r"[^aeiou]y$", word) is not None
    plural = word[:-1] + "ies" if consonant_y else word + ("es" if re.search(r"(s|x|z|ch|sh)$", word) else "s")
    if pos == "noun":
        return (plural,)
    doubled = word + word[-1] if vowels == 1 and re.search(r"[^aeiou][aeiou][^aeiouwxy]$", word) else word
    stem = word[:-1] if word.endswith("e") else doubled
    past = word[:-1] + "i" if consonant_y else stem
    if pos == "verb":
        gerund = word if word.endswith(("ee", "oe", "ye")) else stem
        return (plural, past + "ed", gerund + "ing")
    if pos == "adjective" and (vowels == 1 or (consonant_y and vowels == 2)):
        return (past + "er", past + "est")
    return ()
