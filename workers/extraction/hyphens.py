"""The hyphens at the ends of lines: which divide a word, and which are its own?"""

from __future__ import annotations

import re
from collections.abc import Container
from functools import cache

from textblob.en import parser

from models.classifiers import background

_WORD_AT_END = re.compile(r"([^\W_]+(?:['’][^\W_]+)*(?:[-‐][^\W_]+)*)[-‐]$")
_WORD_AT_START = re.compile(r"[^\W\d_]+")
_DIVIDED = re.compile(r"[^\W\d_][-‐\u00ad]$")
_HANGING = frozenset({"and", "or", "nor", "to", "but"})  # “pre- and post-war”
_JOINING = frozenset(
    {"anti", "non", "ex", "self", "pro", "co", "mid", "vice", "well", "ill", "all", "half", "quasi", "semi", "ultra",
     "cross", "post", "pre", "multi", "inter", "counter", "re", "one", "two", "three", "much", "so", "far", "then"}
)  # fmt: skip
_ENDINGS = ("s", "es", "ed", "d", "ing", "ly", "er", "ers", "’s", "'s")
_SHORTEST = 3  # letters of a word that stands in a compound


def is_cut(line: str) -> bool:
    """Does a line end in the middle of a word?"""
    return bool(_DIVIDED.search(line))


def join(line: str, following: str, said: Container[str]) -> str:
    """Two lines as one, the first of which ends in a hyphen. `said` are the words of the text, in lower case."""
    if line.endswith("\u00ad"):
        return line[:-1] + following
    ends, begins = _WORD_AT_END.search(line), _WORD_AT_START.match(following)
    if ends is None or begins is None:
        return line + following  # Covid-19, the mid-1990s
    first, second = ends[1], begins[0]
    if second in _HANGING:
        return f"{line} {following}"
    keeps = not second[0].islower() or _keeps(first.lower().replace("‐", "-"), second.lower(), said)
    return line + following if keeps else line[:-1] + following


def _keeps(first: str, second: str, said: Container[str]) -> bool:
    """Is this word written with a hyphen where no line ends?"""
    whole, parted = first + second, f"{first}-{second}"
    if (parted in said) != (whole in said):
        return parted in said
    counts = background.load().counts
    often, seldom = counts.get(parted, (0, 0))[0], counts.get(whole, (0, 0))[0]
    if often != seldom:
        return often > seldom
    for known in (_is_word, _is_form):
        if known(parted) != known(whole):
            return known(parted)
    last = first.rpartition("-")[2]
    return last in _JOINING or (min(len(last), len(second)) >= _SHORTEST and _is_word(last) and _is_word(second))


@cache
def _is_word(word: str) -> bool:
    parser.lexicon.get("the")  # it is loaded at first use
    return word in parser.lexicon


def _is_form(word: str) -> bool:
    """Is it a word with an ending?"""
    return any(word.endswith(ending) and _is_word(word[: -len(ending)]) for ending in _ENDINGS)
