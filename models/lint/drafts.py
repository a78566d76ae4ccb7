"""A draft in a file: plain text, or Markdown without its markup; comments in it may let words pass."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field
from functools import cached_property

from ..article import Article

MARKDOWN = (".md", ".markdown")
# Markup of Markdown that is no word of the article. What the group `keep` holds stays, the rest is blanked.
_MARKUP = (
    re.compile(r"\A---\n.*?\n---(?=\n|\Z)", re.DOTALL),  # front matter
    re.compile(r"^ {0,3}(?P<fence>```+|~~~+)[^\n]*\n.*?(?:^ {0,3}(?P=fence)|\Z)", re.DOTALL | re.MULTILINE),
    re.compile(r"`[^`\n]+`"),
    re.compile(r"!\[[^\]\n]*\]\([^)\n]*\)"),  # pictures
    re.compile(r"(?<=\])(?:\([^)\n]*\)|\[[^\]\n]*\])"),  # where links lead
    re.compile(r"^ {0,3}\[[^\]\n]+\]:[^\n]*$", re.MULTILINE),
    re.compile(r"</?[a-zA-Z][^>\n]{0,500}>"),
    re.compile(r"^ {0,3}(?:#{1,6}|>|[-*+]|\d{1,9}[.)])(?=\s)", re.MULTILINE),
    re.compile(r"(?<!\w)[*_]{1,3}(?=\w)|(?<=\w)[*_]{1,3}(?!\w)|[\[\]]"),
)
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_ALLOW = "parallax: allow "
_BECAUSE = " because "
_TITLE = re.compile(r"\A\s*#[ \t]+(?P<title>[^\n]+)(?:\n|\Z)")


@dataclass(frozen=True, slots=True)
class Pardon:
    """A comment that lets findings of one line pass: `<!-- parallax: allow regime because the court says so -->`."""

    start: int
    end: int
    names: tuple[str, ...]
    """Words, ids of entries, or categories."""
    reason: str
    first: int
    """Where what it covers begins and ends."""
    last: int

    def covers(self, at: int, text: str, rule: str, category: str) -> bool:
        """Does it let pass what was found there?"""
        return self.first <= at < self.last and bool({text.casefold(), rule.casefold(), category} & set(self.names))


@dataclass(frozen=True)
class Draft:
    """The text of a file, as it stands."""

    text: str
    markdown: bool = False
    _starts: list[int] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        starts = [0, *(found.end() for found in re.finditer("\n", self.text))]
        object.__setattr__(self, "_starts", starts)

    @cached_property
    def plain(self) -> str:
        """The text with blanks in the place of comments and markup: every word stands where it stood."""
        plain = _COMMENT.sub(_blank, self.text)
        for pattern in _MARKUP if self.markdown else ():
            plain = pattern.sub(_blank, plain)
        return plain

    @cached_property
    def pardons(self) -> list[Pardon]:
        """The comments that let words pass, each on its line, or, alone on its line, on the next one with words."""
        found = []
        for comment in _COMMENT.finditer(self.text):
            said = " ".join(comment[0].removeprefix("<!--").removesuffix("-->").split())
            if not said.casefold().startswith(_ALLOW):
                continue
            what, _, reason = said[len(_ALLOW) :].partition(_BECAUSE)
            names = tuple(name.strip().casefold() for name in what.split(",") if name.strip())
            first, last = self._line_around(comment.start())
            if not self.plain[first:last].strip():
                words = re.compile(r"\S").search(self.plain, comment.end())
                first, last = self._line_around(words.start()) if words else (comment.end(), comment.end())
            found.append(Pardon(comment.start(), comment.end(), names, reason, first, last))
        return found

    def article(self) -> Article | None:
        """The article; None where there is no word in the file. Raises pydantic's ValidationError for what is none."""
        title, body = self._parts
        text = self.plain[body:]
        if not text.strip():
            return Article(text=self.plain) if self.plain.strip() else None
        return Article(title=self.plain[slice(*title)] if title else None, text=text)

    def locate(self, place: int) -> int:
        """Where a place of the article's text (title, blank line, body) stands in the file."""
        title, body = self._parts
        if title is None or not self.plain[body:].strip():
            return place
        length = title[1] - title[0]
        return title[0] + place if place <= length else body + place - length - 2

    @cached_property
    def _parts(self) -> tuple[tuple[int, int] | None, int]:
        """Where the headline stands (a first `# …` of Markdown), and where the body begins."""
        start = len(self.text) - len(self._without_front())
        found = _TITLE.match(self._without_front()) if self.markdown else None
        if not found or not self.plain[start + found.start("title") : start + found.end("title")].strip():
            return None, 0
        return (start + found.start("title"), start + found.end("title")), start + found.end()

    def _without_front(self) -> str:
        front = _MARKUP[0].match(self.text) if self.markdown else None
        return self.text[front.end() :] if front else self.text

    def position(self, place: int) -> tuple[int, int]:
        """Line and column of a place, from 1."""
        line = bisect_right(self._starts, place)
        return line, place - self._starts[line - 1] + 1

    def _line_around(self, place: int) -> tuple[int, int]:
        line, _ = self.position(place)
        return self._starts[line - 1], self._starts[line] if line < len(self._starts) else len(self.text)


def _blank(found: re.Match[str]) -> str:
    return re.sub(r"[^\n]", " ", found[0])
