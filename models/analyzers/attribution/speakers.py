"""Speakers: which entity of the document is it that a source names?"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from ...document import name_lists
from ...document.parts import Document, Entity, Mention
from . import sources
from .grammar import Lines, Words

_BELONGING = frozenset(("of", "from", "at", "with"))
_THEIRS = frozenset(("his", "her", "their"))
_ENDINGS = frozenset(("com", "net", "org"))
_GAP = 3  # words between a person and the body that they belong to: "of the American"
_AUTHORED = frozenset(("in", "by", "of", "from"))
_BEHIND = 3  # mentions into which a title may reach
_LONGEST_NAME = 80  # characters


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


def name_source(lines: Lines, mentions: Mentions, source: Words) -> Entity | None:
    """Which entity is the head of this source: "Mora" in "Mora, the mayor of Lomas", nobody in "an aide to Mora"?

    Some Republicans are not their party. A person's or a body's statement, letter or poll is theirs.
    """
    found = _name(lines, mentions, source)
    if found is not None:
        last = lines.words[sources.head(lines, source)[1] - 1]
        member = f"{last[:-3]}y" if last.endswith("ies") else last.removesuffix("s")
        members = last != member and member in name_lists.lists().party_adjectives
        return None if members and found.kind == "organization" else found
    return _owner(lines, mentions, source)


def _owner(lines: Lines, mentions: Mentions, source: Words) -> Entity | None:
    """Whose document or page speaks: [the bank]'s statement, the [FBI] website."""
    first, last = sources.head(lines, source)
    word = lines.words[last - 1]
    if sources.load().heads.get(word) != "document" and word not in sources.PAGES:
        return None
    owned = next((at for at in range(last - 1, first, -1) if lines.tokens[at].tag == "POS"), 0)
    if not owned and word in sources.PAGES and last - 2 >= first and lines.tokens[last - 2].tag.startswith("NNP"):
        owned = last - 1
    if not owned:
        return None
    owner = _name(lines, mentions, (first, owned))
    return owner if owner and owner.kind in ("person", "organization") else None


def _name(lines: Lines, mentions: Mentions, source: Words) -> Entity | None:
    first, last = sources.head(lines, source)
    if last - 3 > first and lines.words[last - 1] in _ENDINGS and lines.words[last - 2] == ".":
        last -= 2  # the group Harbour | .org
    limit = lines.tokens[source[1] - 1].end
    while found := _longest(mentions, lines.tokens[first].start, lines.tokens[last - 1].end, limit):
        mention, entity = found
        further = _go_on(lines, last, source[1], mention.end)
        if further == last:
            # the president, Ann Lee; Ohio, Judge Ann Lee
            person = _apposed(lines, mentions, source) if mention.form == "role" or entity.kind == "place" else None
            ahead = _first_of(lines, mentions, (first, last))
            other = ahead is not None and ahead.kind != "person" and entity.kind == "person"  # Ohio and Utah Gov. Lee
            return person or (None if other else ahead) or entity
        last = further
    person = _titled(lines, mentions, source) or _apposed(lines, mentions, source)
    theirs = [at for at in range(first, last - 1) if lines.words[at] == "and" and lines.words[at + 1] in _THEIRS]
    if person or theirs:  # Ann Lee and her supporters
        return person or _first_of(lines, mentions, (first, last))
    kind = sources.load().heads.get(lines.words[last - 1])
    if kind in ("document", "media", "state_media") and last + 1 < source[1] and lines.words[last] in _AUTHORED:
        author = _name(lines, mentions, (last + 1, source[1]))  # an article in the Daily Post: the paper speaks
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
    """Secretary of State [Ann Lee], envoy to the Arab League [Ann Lee]: who stands behind a title of several words."""
    titles = name_lists.lists().titles
    of = next((at for at in range(*source) if lines.tokens[at].tag in ("IN", "TO")), source[1])
    before = 0  # where the mention before ends
    for mention, entity in mentions.inside(lines.tokens[source[0]].start, lines.tokens[source[1] - 1].end)[:_BEHIND]:
        at = next((k for k in range(*source) if lines.tokens[k].start == mention.start), source[0])
        if of < at and entity.kind == "person" and mention.form == "name":
            titled = any(" ".join(lines.words[k:at]) in titles for k in range(source[0], of))
            borne = any(" ".join(lines.words[k:of]) in titles for k in range(source[0], of))
            close = mention.start - before == 1 or _is_ranked(lines, of, at)
            return entity if titled or (borne and close) else None
        before = mention.end
    return None


def _is_ranked(lines: Lines, of: int, at: int) -> bool:
    """Chairman of the Joint Chiefs of Staff Gen. | Ann Lee: does a title of his own part the name from the body's?"""
    known = name_lists.lists()
    title = lines.words[at - 1].rstrip(".")
    between = [word for word in lines.words[of + 1 : at - 1] if word not in known.small]
    return lines.words[of] == "of" and len(between) > 1 and title in known.titles and title not in known.honorifics


def _apposed(lines: Lines, mentions: Mentions, source: Words) -> Entity | None:
    """The spokesman, [Ann Lee],: the person whom an apposition names, behind a phrase that names nobody."""
    first, stop = source
    comma = next((at for at in range(first, stop) if lines.words[at] == ","), stop)
    end = next((at for at in range(comma + 1, stop) if lines.words[at] == ","), stop)
    inside = lines.tokens[comma + 1 : end]
    if not inside or any(token.is_word and not token.text[0].isupper() for token in inside):
        return None
    before = mentions.inside(lines.tokens[first].start, lines.tokens[comma].start)
    if any(
        entity.kind == "person" and mention.form == "name" and mention.end >= lines.tokens[comma].start
        for mention, entity in before
    ):
        return None  # a list: by Ann Lee, Tom Reik
    for mention, entity in mentions.inside(inside[0].start, inside[-1].end):
        if entity.kind == "person" and mention.form == "name" and mention.end >= inside[-1].end - 1:
            return entity
    return None


def _first_of(lines: Lines, mentions: Mentions, head_words: Words) -> Entity | None:
    """The first of two who speak together: "Moore" in "Moore and Tanner", Peru in "Peru and Chile", the editor Ann Lee
    in "the writer and editor Ann Lee and the dancer Bo Ray"."""
    first, last = head_words
    start = lines.tokens[first].start
    for joint in (lines.tokens[at].start for at in range(first, last) if lines.words[at] in ("and", "&")):
        named = [row for row in mentions.inside(start, joint) if row[0].form != "pronoun"]
        speak = [entity for _, entity in named if entity.kind == "person"] or [entity for _, entity in named]
        close = bool(named) and joint - 1 <= named[-1][0].end <= joint
        if len(speak) == 1 and close and named[-1][1] is speak[0]:
            return speak[0]
    return None


def _may_be(entity: Entity, pronoun: str) -> bool:
    """May this pronoun stand for this entity?"""
    if pronoun in ("she", "her"):
        return entity.kind == "person" and entity.gender != "male"
    if pronoun in ("he", "him", "his"):
        return entity.kind == "person" and entity.gender != "female"
    return True


def last_named(chain: Sequence[Entity], pronoun: str) -> Entity | None:
    """The last of those who spoke that the pronoun may stand for."""
    return next((entity for entity in reversed(chain) if _may_be(entity, pronoun)), None)
