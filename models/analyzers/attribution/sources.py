"""Sources: who is it that speaks, and what kind of source is that?"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal, get_args

from pydantic import BaseModel, ConfigDict

from ...document import name_lists, tokens
from ...document.parts import Entity, fold
from ...document.word_classes import CLASSES
from ...report import SourceType
from .grammar import QUANTIFIERS, Lines, Words

PATH = Path(__file__).parents[2] / "lexicons" / "sources.toml"
Listed = Literal["named", "state_media", "media", "document", "official", "unnamed", "vague"]

SUBJECTS = frozenset(("he", "she", "him", "her", "his", "they", "them", "their"))
RELATIVES = frozenset(("who", "which", "that", "whom", "whose"))
FIRST_PERSON = frozenset(("i", "we", "my", "our", "me", "us"))
PAGES = CLASSES["pages"]
_UNTOLD = QUANTIFIERS | CLASSES["unplaced"]  # before reports of which nothing more is said
_NOBODY = frozenset(("it", "you", "one", "this", "there", "nobody", "no"))
_COUNTED = frozenset(("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "both", "each"))
_CALLED = frozenset(("called", "named", "dubbed"))
_NAMING = frozenset(("including", "identified"))
_SOCIAL = frozenset(("social", "tech"))  # networks that are companies
_BASE_ENDS = ("IN", "WP", "WDT", "TO", ",", ":", "(", "VB")
_BEFORE_PARTICIPLE = ("DT", "RB", "JJ", "PRP$", "POS")
_NAME_REACH = 6  # tokens of the longest listed name


class SourceKind(BaseModel):
    """The words that make a source one of a kind."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    names: tuple[str, ...]
    heads: tuple[str, ...]
    phrases: tuple[str, ...]
    examples: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SourceLists:
    """What tells the kind of a source: names, heads of phrases and phrases of each kind, folded."""

    kinds: dict[Listed, SourceKind]
    names: dict[tuple[str, ...], Listed]
    heads: dict[str, Listed]
    phrases: tuple[tuple[str, Listed], ...]


@cache
def load() -> SourceLists:
    """Read and validate the lists; once a process. The first list that has a head keeps it."""
    tables = tomllib.loads(PATH.read_text(encoding="utf-8"))
    kinds: dict[Listed, SourceKind] = {kind: SourceKind.model_validate(tables[kind]) for kind in get_args(Listed)}
    names: dict[tuple[str, ...], Listed] = {}
    heads: dict[str, Listed] = {}
    for kind, listed in kinds.items():
        for name in listed.names:
            known = name_lists.lists().known.get(name_lists.fold_name(name))
            for form in (name, name_lists.dot(name), known and known.name):  # "FBI" stands for the name in full
                if form:
                    names.setdefault(tuple(form[a:b] for a, b in tokens.split(form, 0, len(form))), kind)
        for head in listed.heads if kind != "named" else ():
            heads.setdefault(head, kind)
    return SourceLists(kinds, names, heads, tuple((p, kind) for kind, listed in kinds.items() for p in listed.phrases))


def head(lines: Lines, source: Words) -> tuple[int, int]:
    """The base noun phrase of a source, up to its head: "the aide | to the mayor". Tokens [first, last)."""
    first, last = source
    at = first
    while at < last and lines.tokens[at].tag.startswith(("IN", ",", "SYM")) and at + 1 < last:
        at += 1
    begin = at
    while at < last and (at == begin or not _ends_base(lines, at)):
        at += 1
    return begin, max(at, begin + 1)


def _ends_base(lines: Lines, at: int) -> bool:
    """Does the base of a noun phrase end before this token? A participle may stand in it: a recently released poll."""
    tag = lines.tokens[at].tag
    inside = tag in ("VBN", "VBG") and lines.tokens[at - 1].tag.startswith(_BEFORE_PARTICIPLE)
    inside |= tag in ("VB", "VBP") and lines.tokens[at - 1].tag.startswith(("DT", "JJ"))  # a think tank
    inside |= tag.startswith("VB") and lines.tokens[at].text[0].isupper() and lines.tokens[at - 1].text[0].isupper()
    told = tag == "PRP" and lines.tokens[at - 1].tag.startswith("NN")  # a report | we published
    return told or (tag.startswith(_BASE_ENDS) and not inside)  # the tagger takes "Judge" and "Chuck" for verbs


def classify(lines: Lines, source: Words | None, entity: Entity | None) -> SourceType:
    """What kind of source is it? Names decide before heads, and what is nobody in particular is vague."""
    if source is None:
        return "named" if entity is not None and entity.kind == "person" else "vague"
    lists = load()
    first, last = source
    if entity is not None and entity.kind == "person":
        return "named"
    told = next((at for at in range(first + 1, last) if lines.words[at] in RELATIVES), last)
    written = " ".join(lines.words[first : min(told, first + 40)])
    listed = next((kind for phrase, kind in lists.phrases if phrase in written), None)
    if listed == "state_media" or _named_kind(lines, first, told) == "state_media":
        return "state_media"
    begin, end = head(lines, source)
    named = _named_kind(lines, max(begin, end - _NAME_REACH), end, at_end=True)
    if entity is not None:
        if name_lists.fold_name(entity.name) in name_lists.lists().peoples:
            return "vague"
        words = tuple(entity.name[a:b] for a, b in tokens.split(entity.name, 0, len(entity.name)))
        return named or lists.names.get(words) or ("official" if entity.kind == "place" else _by_head(entity.name))
    if listed == "unnamed":
        return "unnamed"
    word = lines.words[end - 1]
    if named:
        return named
    if listed:
        return listed
    if lines.tokens[end - 1].tag == "POS" and end - 1 > begin:
        word = lines.words[end - 2]
    if is_first_person(lines, (end - 1, end)):
        return "named"
    if word in SUBJECTS or word in RELATIVES:
        return "unnamed"
    if word in _COUNTED and last > end and lines.words[end] == "of":
        return "unnamed"  # one of her advisers, three of the nine members
    if word in _NOBODY:
        return "vague"
    if any(_is_called(lines, at, last) for at in range(end, last - 1)) or _is_named_behind(lines, end, last):
        return "named"
    if word in lists.kinds["named"].heads and _is_of_a_name(lines, begin, end):
        return "named"
    if word == "reports" and _UNTOLD.issuperset(lines.words[begin : end - 1]):
        return "vague"  # some reports
    if kind := lists.heads.get(word):
        return kind if lines.words[end - 2] not in _SOCIAL or kind != "media" else "unnamed"
    if word in name_lists.lists().demonyms:
        return "unnamed"
    opens = end < 2 or lines.tokens[end - 2].sentence != lines.tokens[end - 1].sentence
    if lines.tokens[end - 1].tag.startswith("NNP") or (lines.tokens[end - 1].text[0].isupper() and not opens):
        return "named"
    if lines.tokens[end - 1].tag == "NNS":  # the firms, bakers: a trade or a side, and no hint at somebody unsaid
        return "unnamed"
    placed = any(lines.tokens[at].tag.startswith("NN") for at in range(begin, end - 1))  # the inspector general
    return "vague" if lines.tokens[end - 1].tag in ("DT", "JJ", "CD") and not placed else "unnamed"


def _is_called(lines: Lines, at: int, last: int) -> bool:
    """A group [called] "Harbour Friends": does a name follow?"""
    name = next((k for k in range(at + 1, last) if lines.tokens[k].is_word), last)
    return lines.words[at] in _CALLED and name < last and lines.tokens[name].text[0].isupper()


def _is_named_behind(lines: Lines, end: int, last: int) -> bool:
    """Both bakers, [Ann Lee and Bo Ray]; others, including the mayor [Ann Lee]; a man identified as [Bo Ray]"""
    if end >= last - 1:
        return False
    named = [
        at for at in range(end, last) if lines.tokens[at].tag.startswith("NNP") and lines.tokens[at].text[0].isupper()
    ]
    told = any(lines.words[at] in _NAMING for at in range(end, last))
    return bool(named) and (told or (lines.words[end] == "," and named[0] == end + 1))


def _is_of_a_name(lines: Lines, begin: int, end: int) -> bool:
    """Ann Lee's campaign, the Lee campaign, her campaign: whose it is stands right before."""
    at = end - 2
    if at >= begin and lines.words[at] in ("his", "her"):
        return True
    if at > begin and lines.tokens[at].tag == "POS":
        at -= 1
    return at >= begin and lines.tokens[at].tag.startswith("NNP") and lines.tokens[at].text[0].isupper()


def _by_head(name: str) -> SourceType:
    """What the word that heads a name says: "Ministry" in "Ministry of Health", "Senate" in "State Senate"."""
    head_words = re.split(r" (?:of|for) ", name, maxsplit=1)[0].split()
    kind = load().heads.get(fold(head_words[-1])) if head_words else None
    return kind if kind in ("official", "media", "state_media") else "named"


def _named_kind(lines: Lines, first: int, last: int, *, at_end: bool = False) -> Listed | None:
    names = load().names
    texts = [lines.tokens[at].text for at in range(first, min(last, first + 40))]
    for begin in range(len(texts)):
        for end in (len(texts),) if at_end else range(min(len(texts), begin + _NAME_REACH), begin, -1):
            found = names.get(tuple(texts[begin:end]))
            if found and (at_end or found == "state_media"):
                return found
    return None


def is_first_person(lines: Lines, source: Words) -> bool:
    """Is it "I" or "we in Congress", and neither "my brother" nor "US officials"?"""
    first, last = source
    told = lines.words[first] in FIRST_PERSON and lines.tokens[first].text != "US"
    return told and (last - first == 1 or lines.tokens[first].tag == "PRP")
