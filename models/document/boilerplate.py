"""Boilerplate: bylines, captions, credits, “Follow … on Twitter”, a writer's life. Marked, counted in nothing."""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict

Place = tuple[int, int]

PATH = Path(__file__).parent.parent / "lexicons" / "boilerplate.toml"
_BREAKS = str.maketrans("\r\n", "  ")
_LONGEST = 700  # characters looked at; boilerplate shows itself early
_TAIL = 160  # characters at a paragraph's end in which a credit stands
_ENDING = 2  # paragraphs that count as the article's last ones, boilerplate aside
_LINK_WORDS = 18  # of a link in a list of them
_CAPTION_WORDS, _HEADLINE_WORDS = 45, 14  # of a caption on top, and of the page's headline behind it
_MENTION_WORDS = 5  # a line of so many words that holds a name is a byline or a credit, no part of the story
_REPEATED = 8  # words of a line that nobody writes twice
_PULLED = 2  # pull quotes; a text that repeats more of its lines is made of updates
_LONG_WORD = re.compile(r"[^\W\d_]{4,}")
_LINE, _NAME_WORD = re.compile(r"[^\n]+"), re.compile(r"[A-Z][\w-]+")
_WELL_KNOWN = 40  # paragraphs with a name: more are not looked at
_SIGNS = "*•⦁>|-–—[( \u00a0\t"  # before the first word
_AROUND = "\"'“”‘’«» \u00a0\t\r\n"
_POST = re.compile(r"\(@\w{1,20}\) [A-Z]\w+ \d{1,2}, \d{4}\s*$")  # somebody's, whatever it opens with
_CLOSED = re.compile(r"[.:,;!?…][\"'”’»)\]*_]*\s*$")


class BoilerplateEntry(BaseModel):
    """One kind of boilerplate: a pattern for the start of a sentence, with examples that a test enforces.

    `whole`: for the start of a paragraph instead; every sentence that the match covers by half is boilerplate.
    `tail`: searched for at a paragraph's end; all of it is boilerplate, of a paragraph too long what the match covers.
    `place`: only where the article begins, at its end, at these edges, or behind all of it. `stranger`: only where the
    last word of the pattern's group `name` stands nowhere else in the story. `leads`: links that may follow.
    `needs`: the pattern is tried only where one of these stands, in lower case.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str
    pattern: str
    case: bool = False
    whole: bool = False
    tail: bool = False
    place: Literal["any", "start", "end", "edge", "behind"] = "any"
    stranger: bool = False
    leads: int = 0
    needs: tuple[str, ...] = ()
    words: int = 60
    matches: list[str]
    ignores: list[str]

    def compile(self, shared: Mapping[str, str]) -> re.Pattern[str]:
        """The pattern, with each `<name>` replaced by what entries share. Raises re.error where it is none."""
        pattern = self.pattern
        for name, part in shared.items():
            pattern = pattern.replace(f"<{name}>", part)
        return re.compile(pattern, 0 if self.case else re.IGNORECASE)


Row = tuple[BoilerplateEntry, re.Pattern[str]]


@cache
def entries() -> tuple[Row, ...]:
    """Every entry with its pattern, in the order of the file. Raises ValidationError where one has another shape."""
    data = tomllib.loads(PATH.read_text(encoding="utf-8"))
    rows = map(BoilerplateEntry.model_validate, data["entry"])
    return tuple((entry, entry.compile(data["shared"])) for entry in rows)


def recognise(text: str, place: Place | None = None, *, is_last: bool) -> str | None:
    """Which boilerplate entry is this paragraph of the text, taken as one sentence, if any? Without `place` all of it.

    `is_last`: it is one of the article's last two.
    """
    place = place or (0, len(text))
    (found,) = _Page(text).judge(place, [place], begins=False, behind=1 if is_last else _ENDING)
    return found.id if found else None


def fits(row: Row, line: str) -> bool:
    """Is this line what the entry means, where it stands in its place?"""
    page, place, rows = _Page(line), (0, len(line)), [row]
    return (page.match_end(place, rows) if row[0].tail else page.match(place, rows)) is not None


def find(text: str, paragraphs: Sequence[tuple[Place, Sequence[Place]]]) -> list[list[bool]]:
    """Which sentences of these paragraphs are boilerplate? A paragraph is its place and its sentences' places."""
    page = _Page(text, paragraphs[0][0][0] if paragraphs else 0)
    found: list[list[BoilerplateEntry | None]] = []
    for place, sentences in paragraphs:
        judged = page.judge(place, sentences, begins=True, behind=_ENDING)
        if not all(judged) and not _is_headline_again(text, sentences):
            break
        found.append(judged)
    top = len(found)  # the first paragraph of the article
    below: list[list[BoilerplateEntry | None]] = []
    behind = 0  # paragraphs of the article that follow
    for at in range(len(paragraphs) - 1, top - 1, -1):
        judged = page.judge(*paragraphs[at], begins=at == top, behind=behind)
        behind += not all(judged)
        below.append(judged)
    found += reversed(below)
    marked = [[at < top or entry is not None for entry in inside] for at, inside in enumerate(found)]
    if behind > _ENDING and _is_caption(text, paragraphs[top][1]):
        marked[top] = [True] * len(marked[top])
    for at in _pulled(text, paragraphs):
        marked[at] = [True]
    links = 0  # that may follow
    for at, (paragraph, _) in enumerate(paragraphs):
        line = text[slice(*paragraph)]
        is_link = len(line.split()) <= _LINK_WORDS and (line.startswith(("--", "•")) or not _CLOSED.search(line))
        if leads := max((entry.leads for entry in found[at] if entry), default=0):
            links = leads
        elif links and is_link:
            marked[at], links = [True] * len(marked[at]), links - 1
        else:
            links = 0
    return marked


def _pulled(text: str, paragraphs: Sequence[tuple[Place, Sequence[Place]]]) -> list[int]:
    """Which paragraphs are pull quotes: one sentence, word for word of another paragraph?"""
    stands: dict[str, list[tuple[bool, int]]] = defaultdict(list)
    for at, (_, sentences) in enumerate(paragraphs):
        for place in sentences:
            line = text[slice(*place)].strip(_AROUND)
            if len(line.split()) >= _REPEATED:
                stands[line].append((len(sentences) == 1, at))
    pulled = [at for found in stands.values() for alone, at in sorted(found)[1:] if alone]
    return pulled if len(pulled) <= _PULLED else []


def _is_caption(text: str, sentences: Sequence[Place]) -> bool:
    """Is this first paragraph a caption and the page's headline: sentences, and behind them one without a stop that
    shares a word with what stands above?"""
    words = [len(text[slice(*sentence)].split()) for sentence in sentences]
    headline = text[slice(*sentences[-1])]
    return (
        len(words) > 1
        and sum(words[:-1]) <= _CAPTION_WORDS
        and 2 < words[-1] <= _HEADLINE_WORDS
        and not _POST.search(headline)
        and not _CLOSED.search(headline)
        and not _long_words(text[: sentences[0][0]]).isdisjoint(_long_words(headline))
    )


def _is_headline_again(text: str, sentences: Sequence[Place]) -> bool:
    """Is this first paragraph a headline like the one above it: a few words without a stop, most of them shared?"""
    line = text[slice(*sentences[0])]
    words, above = _long_words(line), _long_words(text[: sentences[0][0]])
    return (
        len(sentences) == 1
        and 2 < len(line.split()) <= _HEADLINE_WORDS
        and not _CLOSED.search(line)
        and not _POST.search(line)
        and 2 * len(words & above) > len(words)
    )


def _long_words(text: str) -> set[str]:
    return set(_LONG_WORD.findall(text.casefold()))


class _Page:
    """An article's text, for one look at each of its paragraphs."""

    def __init__(self, text: str, top: int = 0) -> None:
        self.text = text
        self.top = top  # where the headline ends: who writes a column may stand in it
        self._rows: dict[tuple[bool, int], tuple[list[Row], list[Row], list[Row]]] = {}
        self._named: dict[str, list[Place]] | None = None

    def judge(
        self, paragraph: Place, sentences: Sequence[Place], *, begins: bool, behind: int
    ) -> list[BoilerplateEntry | None]:
        """The entry that each sentence is, or None. `behind`: paragraphs of the article that follow."""
        if _POST.search(self.text, *paragraph):
            return [None] * len(sentences)
        wholes, tails, parts = self._fitting(begins, min(behind, _ENDING))
        whole = self.match(paragraph, wholes) or self.match_end(paragraph, tails)
        judged: list[BoilerplateEntry | None] = []
        for start, end in sentences:
            covered = whole is not None and whole[1] <= (start + end) / 2 <= whole[2]
            single = whole if covered else self.match((start, end), parts)
            judged.append(single[0] if single else None)
        return judged

    def match(self, place: Place, rows: Sequence[Row]) -> tuple[BoilerplateEntry, int, int] | None:
        """The first entry whose pattern fits here, and where its match stands."""
        line = self.text[place[0] : min(place[1], place[0] + _LONGEST)].translate(_BREAKS)
        shown = line.lstrip(_SIGNS) or line
        shift = place[0] + len(line) - len(shown)
        words = self._count(place)
        lower = shown.lower()
        for entry, pattern in rows:
            if words > entry.words or (entry.needs and not any(word in lower for word in entry.needs)):
                continue
            match = pattern.match(shown)
            if match and not (entry.stranger and self._knows(match["name"], place)):
                return entry, place[0], shift + match.end()
        return None

    def match_end(self, place: Place, rows: Sequence[Row]) -> tuple[BoilerplateEntry, int, int] | None:
        """The first entry whose pattern fits the end of a paragraph, and what of it is boilerplate."""
        start = max(place[0], place[1] - _TAIL)
        line = self.text[start : place[1]].translate(_BREAKS)
        for entry, pattern in rows:
            if match := pattern.search(line):
                whole = self._count(place) <= entry.words
                return entry, place[0] if whole else start + match.start(), place[1]
        return None

    def _fitting(self, begins: bool, behind: int) -> tuple[list[Row], list[Row], list[Row]]:
        """What is tried at this place of an article: on whole paragraphs, on their ends, on sentences."""
        if (begins, behind) not in self._rows:
            places = {"any", *(["start", "edge"] if begins else []), *(["end", "edge"] if behind < _ENDING else [])}
            rows = [row for row in entries() if row[0].place in places or (row[0].place == "behind" and not behind)]
            wholes, tails = [row for row in rows if row[0].whole], [row for row in rows if row[0].tail]
            parts = [row for row in rows if not row[0].whole and not row[0].tail]
            self._rows[begins, behind] = wholes, tails, parts
        return self._rows[begins, behind]

    def _count(self, place: Place) -> int:
        return len(self.text[place[0] : min(place[1], place[0] + 2 * _LONGEST)].split())

    def _knows(self, name: str, place: Place) -> bool:
        """Does the story name this person outside of this paragraph? Bylines and other lives are no story."""
        if self._named is None:
            self._named = defaultdict(list)
            for line in _LINE.finditer(self.text, self.top):
                shown = line.group()
                if len(shown.split()) > _MENTION_WORDS and _CLOSED.search(shown) and not shown.startswith("By "):
                    for word in set(_NAME_WORD.findall(shown)):
                        self._named[word].append(line.span())
        words = _NAME_WORD.findall(name)
        lines = [line for line in self._named.get(words[-1] if words else "", ()) if not place[0] <= line[0] < place[1]]
        return len(lines) > _WELL_KNOWN or not all(_is_life(self.text[start:end]) for start, end in lines)


def _is_life(line: str) -> bool:
    """Does this line tell who wrote the article?"""
    shown = line[:_LONGEST].lstrip(_SIGNS)
    return any(entry.stranger and pattern.match(shown) for entry, pattern in entries())
