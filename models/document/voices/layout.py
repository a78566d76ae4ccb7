"""A text as it is set on the page: its paragraphs, by number, with the words that tell whose they are."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from ..boilerplate import recognise
from ..name_lists import lists

Place = tuple[int, int]

PATH = Path(__file__).parents[2] / "lexicons" / "voices.toml"
_SHORT = "[A-Z]|Mr|Mrs|Ms|Dr|St|Jr|Sr|Sen|Rep|Gov|Gen|Rev|Prof|Lt|Col|Capt|Sgt"  # a stop behind these ends no name
_WORD = rf"(?:(?:{_SHORT})\.|[A-Z](?:[\w’'&-]|\.(?=\w))*)"
NAME = rf"{_WORD}(?:\s+(?:{_WORD}|of|the|de|da|van|von|der|al|bin|for|and)){{0,6}}"

_FIRST_PERSON = re.compile(r"\b(?:I|I['’]\w+|[Mm]y|[Mm]e|[Mm]ine|[Mm]yself)\b")
_WE = re.compile(r"\b(?:[Ww]e|[Ww]e['’]\w+|[Oo]ur|[Uu]s|[Oo]urs)\b")
_CLOSED = re.compile(r"[.!?…][\"'”’»)\]*_]*$")
_QUOTED = re.compile(r"(?:“[^“”]*”|\"[^\"]*\"|«[^«»]*»|‘[^‘’]{4,}’)")
_HEADING_WORDS = 10


@cache
def words(kind: str) -> frozenset[str]:
    """The words of one list in voices.toml."""
    return frozenset(_tables()[kind])


@cache
def _tables() -> dict[str, list[str]]:
    return tomllib.loads(PATH.read_text(encoding="utf-8"))


@cache
def any_of(*kinds: str) -> re.Pattern[str]:
    """A pattern that finds any word of these lists, whole, in either case."""
    found = sorted({word for kind in kinds for word in words(kind)}, key=len, reverse=True)
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, found))})\b", re.IGNORECASE)


def fold(name: str) -> str:
    """The form in which labels are compared: no case, one space, no article, no final stop."""
    return " ".join(name.casefold().replace("’", "'").rstrip(".").split()).removeprefix("the ")


@dataclass(frozen=True, slots=True)
class Layout:
    """The paragraphs below the title."""

    text: str
    paragraphs: Sequence[Place]
    first: int  # number of the first paragraph below the title
    own: tuple[str, ...]  # names of the outlet and of who wrote the article
    whole: Mapping[int, int]  # paragraphs that are a quotation in marks and nothing else, with the number of its chain
    ending: Mapping[int, int]  # where quotations in marks end, and where each begins
    beginning: Mapping[int, int]  # and the other way round

    def __getitem__(self, at: int) -> str:
        return self.text[slice(*self.paragraphs[at])]

    def numbers(self) -> range:
        """The paragraphs below the title, by number."""
        return range(self.first, len(self.paragraphs))

    def is_heading(self, at: int) -> bool:
        """A few words without a stop."""
        return len(self[at].split()) <= _HEADING_WORDS and not ends_sentence(self[at]) and not self[at].endswith(":")

    def is_boilerplate(self, at: int) -> bool:
        """Is the whole paragraph a link, a credit or the like?"""
        return recognise(self.text, self.paragraphs[at], is_last=at >= len(self.paragraphs) - 2) is not None

    def is_own(self, name: str) -> bool:
        """Does this label name the outlet, or who wrote the article?"""
        parts = set(fold(name).split())
        return bool(parts) and any(parts <= set(fold(own).split()) for own in self.own)

    def names_somebody(self, name: str) -> bool:
        """Is this a person's name, or the last word of one that stands in full elsewhere?"""
        listed, parts = lists(), fold(name).split()
        if not parts:
            return False
        if len(parts) > 1:
            titled = parts[0] in listed.titles or parts[0] in listed.honorifics
            return titled or parts[0] in listed.first or parts[-1] in listed.last
        if name.isupper() and parts[0] in listed.last and parts[0] not in words("papers"):
            return True
        whole = rf"\b[A-Z][\w.’'-]+\s+(?=[A-Z])(?i:{re.escape(parts[0])})\b(?!\s*:)"
        return re.search(whole, self.text) is not None


def ends_sentence(paragraph: str) -> bool:
    """Does it end with a stop, marks aside?"""
    return bool(_CLOSED.search(paragraph[-8:]))


def speaks_of_itself(paragraph: str, *, we: bool = True) -> bool:
    """Is it told in the first person, outside of quotation marks?"""
    plain = _QUOTED.sub("", paragraph)
    return bool(_FIRST_PERSON.search(plain) or (we and _WE.search(plain)))
