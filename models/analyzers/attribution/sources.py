"""Sources: who is it that speaks, and what kind of source is that?"""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal, get_args

from pydantic import BaseModel, ConfigDict

from models.analyzers.attribution.cues import fold
from models.analyzers.attribution.grammar import Lines, Words
from models.document import name_lists, tokens
from models.document.parts import Document, Entity, Mention
from models.report import SourceType

PATH = Path(__file__).parents[2] / "lexicons" / "sources.toml"
Listed = Literal["state_media", "media", "document", "official", "unnamed", "vague"]

SUBJECTS = frozenset(("he", "she", "him", "her", "his", "they", "them", "their"))
RELATIVES = frozenset(("who", "which", "that", "whom", "whose"))
FIRST_PERSON = frozenset(("i", "we", "my", "our", "me", "us"))
_BELONGING = frozenset(("of", "from", "at", "with"))
_GAP = 3  # words between a person and the body that they belong to: "of the American"
_AUTHORED = frozenset(("in", "by", "of", "from"))
_NOBODY = frozenset(("it", "you", "one", "this", "there", "nobody", "no"))
_BASE_ENDS = ("IN", "WP", "WDT", "TO", ",", ":", "(", "VB")
_BEFORE_PARTICIPLE = ("DT", "RB", "JJ", "PRP$", "POS")
_LONGEST_NAME = 80  # characters
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
            names.setdefault(tuple(name[a:b] for a, b in tokens.split(name, 0, len(name))), kind)
            known = name_lists.lists().known.get(fold(name))
            if known:  # "FBI" stands for the name in full
                names.setdefault(tuple(known.name[a:b] for a, b in tokens.split(known.name, 0, len(known.name))), kind)
        for head in listed.heads:
            heads.setdefault(head, kind)
    return SourceLists(kinds, names, heads, tuple((p, kind) for kind, listed in kinds.items() for p in listed.phrases))


class Mentions:
    """Every entity's mentions in text order, to be found by place."""

    def __init__(self, document: Document) -> None:
        found = sorted(((m.start, m.end, m, e) for e in document.entities for m in e.mentions), key=lambda row: row[:2])
        self._rows = found
        self._text = document.text
        self._starts = [row[0] for row in found]

    def inside(self, start: int, end: int) -> list[tuple[Mention, Entity]]:
        """Mentions that begin within [start, end)."""
        at = bisect_right(self._starts, start - 1)
        found = []
        while at < len(self._rows) and self._starts[at] < end:
            found.append((self._rows[at][2], self._rows[at][3]))
            at += 1
        return found

    def person_of(self, offset: int, within: int) -> Entity | None:
        """The person whom a body named last before `offset` belongs to: "Ann Lee of the Harbour Institute, |"."""
        at = bisect_right(self._starts, offset - 1) - 1
        if at < 1 or self._rows[at][3].kind == "person" or offset - self._rows[at][1] > within:
            return None
        _, end, mention, entity = self._rows[at - 1]
        gap = self._text[end : self._rows[at][0]].split()
        belongs = entity.kind == "person" and mention.form == "name" and len(gap) <= _GAP and gap[:1]
        return entity if belongs and gap[0] in _BELONGING else None

    def ending_before(self, offset: int, within: int) -> Entity | None:
        """The entity named last before `offset`, at most `within` characters away."""
        at = bisect_right(self._starts, offset - 1) - 1
        while at >= 0 and self._starts[at] > offset - within - _LONGEST_NAME:
            _, end, mention, entity = self._rows[at]
            if offset - within <= end <= offset and mention.form != "pronoun":
                return entity
            at -= 1
        return None


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
    return tag.startswith(_BASE_ENDS) and not inside


def name_source(lines: Lines, mentions: Mentions, source: Words) -> Entity | None:
    """Which entity is the head of this source: "Mora" in "Mora, the mayor of Lomas", nobody in "an aide to Mora"?"""
    first, last = head(lines, source)
    limit = lines.tokens[source[1] - 1].end
    while found := _longest(mentions, lines.tokens[first].start, lines.tokens[last - 1].end, limit):
        mention, entity = found
        further = _go_on(lines, last, source[1], mention.end)
        if further == last:
            return _first_of(lines, mentions, (first, last)) or entity
        last = further
    person = _titled(lines, mentions, source) or _apposed(lines, mentions, last, source[1])
    if person:
        return person
    kind = load().heads.get(lines.words[last - 1])
    if kind in ("document", "media", "state_media") and last + 1 < source[1] and lines.words[last] in _AUTHORED:
        author = name_source(lines, mentions, (last + 1, source[1]))  # an article in the Daily Post: the paper speaks
        if author and (author.kind == "organization" or lines.words[last] in ("by", "from")):
            return author
    return None


def _longest(mentions: Mentions, begin: int, end: int, limit: int) -> tuple[Mention, Entity] | None:
    """The longest mention of those in [begin, limit) that a head's end stands in or behind."""
    fitting = [row for row in mentions.inside(begin, limit) if row[0].start < end and row[0].end >= end - 1]
    return max(fitting, key=lambda row: row[0].end - row[0].start, default=None)


def _go_on(lines: Lines, last: int, stop: int, reach: int) -> int:
    """House | of Representatives Speaker Ann Lee: the head ends behind a name that it would cut, and its nouns."""
    at = last
    while at < stop and lines.tokens[at].start < reach:
        at += 1
    if at == last:
        return last
    while at < stop and lines.tokens[at].tag.startswith("NN"):
        at += 1
    return at


def _titled(lines: Lines, mentions: Mentions, source: Words) -> Entity | None:
    """Secretary of State [Ann Lee]: the person behind a title that holds a preposition."""
    titles = name_lists.lists().titles
    of = next((at for at in range(*source) if lines.words[at] == "of"), source[1])
    for mention, entity in mentions.inside(lines.tokens[source[0]].start, lines.tokens[source[1] - 1].end)[:2]:
        at = next((k for k in range(*source) if lines.tokens[k].start == mention.start), source[0])
        titled = any(" ".join(lines.words[k:at]) in titles for k in range(source[0], min(of, at)))
        if titled and of < at and entity.kind == "person" and mention.form == "name":
            return entity if not any(lines.tokens[k].tag == "IN" for k in range(source[0], of)) else None
    return None


def _apposed(lines: Lines, mentions: Mentions, last: int, stop: int) -> Entity | None:
    """The spokesman, [Ann Lee],: the person whom an apposition names."""
    last = next((at for at in range(last, stop) if lines.words[at] == ","), stop)  # "a spokesman for the port, Ann Lee"
    if last + 1 >= stop:
        return None
    end = next((at for at in range(last + 1, stop) if lines.words[at] == ","), stop)
    inside = lines.tokens[last + 1 : end]
    if not inside or any(token.is_word and not token.text[0].isupper() for token in inside):
        return None
    for mention, entity in mentions.inside(inside[0].start, inside[-1].end):
        if entity.kind == "person" and mention.form == "name" and mention.end >= inside[-1].end - 1:
            return entity
    return None


def _first_of(lines: Lines, mentions: Mentions, head_words: Words) -> Entity | None:
    """The first of several people who speak together: "Moore" in "Moore and Tanner"."""
    first, last = head_words
    joins = [lines.tokens[at].start for at in range(first, last) if lines.words[at] in ("and", "&")]
    if not joins:
        return None
    named = [row for row in mentions.inside(lines.tokens[first].start, joins[0]) if row[0].form != "pronoun"]
    if len(named) == 1 and named[0][1].kind == "person" and named[0][0].end >= joins[0] - 1:
        return named[0][1]
    return None


def classify(lines: Lines, source: Words | None, entity: Entity | None) -> SourceType:
    """What kind of source is it? Names decide before heads, and what is nobody in particular is vague."""
    if source is None:
        return "vague"
    lists = load()
    first, last = source
    written = " ".join(lines.words[first : min(last, first + 40)])
    listed = next((kind for phrase, kind in lists.phrases if phrase in written), None)
    if listed == "state_media" or _named_kind(lines, first, last) == "state_media":
        return "state_media"
    begin, end = head(lines, source)
    named = _named_kind(lines, max(begin, end - _NAME_REACH), end, at_end=True)
    if entity is not None:
        if entity.kind == "person":
            return "named"
        if fold(entity.name) in name_lists.lists().peoples:
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
    if word in FIRST_PERSON:
        return "named"
    if word in SUBJECTS or word in RELATIVES:
        return "unnamed"
    if word in _NOBODY:
        return "vague"
    if kind := lists.heads.get(word):
        return kind
    if word in name_lists.lists().demonyms:
        return "unnamed"
    opens = end < 2 or lines.tokens[end - 2].sentence != lines.tokens[end - 1].sentence
    if lines.tokens[end - 1].tag.startswith("NNP") or (lines.tokens[end - 1].text[0].isupper() and not opens):
        return "named"
    return "vague" if lines.tokens[end - 1].tag in ("NNS", "DT", "JJ", "CD") else "unnamed"


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


def possible(entity: Entity, pronoun: str) -> bool:
    """May this pronoun stand for this entity?"""
    if pronoun in ("she", "her"):
        return entity.kind == "person" and entity.gender != "male"
    if pronoun in ("he", "him", "his"):
        return entity.kind == "person" and entity.gender != "female"
    return True


def last_named(chain: Sequence[Entity], pronoun: str) -> Entity | None:
    """The last of those who spoke that the pronoun may stand for."""
    return next((entity for entity in reversed(chain) if possible(entity, pronoun)), None)
