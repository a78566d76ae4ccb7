"""Boilerplate: bylines, captions, credits, “Follow … on Twitter”, a writer's life. Marked, counted in nothing."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict

Place = tuple[int, int]

PATH = Path(__file__).parent.parent / "lexicons" / "boilerplate.toml"
_BREAKS = str.maketrans("\r\n", "  ")
_LONGEST = 700  # characters looked at; boilerplate shows itself early
_ENDING = 2  # paragraphs that count as the article's last ones, boilerplate aside
_LINK_WORDS = 18  # of a link in a list of them
_CLOSED = re.compile(r"[.:,;!?…][\"'”’»)\]*_]*\s*$")


class BoilerplateEntry(BaseModel):
    """One kind of boilerplate: a pattern for the start of a sentence, with examples that a test enforces.

    `whole`: for the start of a paragraph instead; every sentence that the match covers by half is boilerplate.
    `place`: only at the article's end, or at its edges (its first or last paragraphs). `stranger`: only where the last
    word of the pattern's group `name` stands nowhere else in the article. `leads`: links may follow, one a paragraph.
    `needs`: the pattern is tried only where one of these stands, in lower case.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str
    pattern: str
    case: bool = False
    whole: bool = False
    place: Literal["any", "end", "edge"] = "any"
    stranger: bool = False
    leads: bool = False
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
    (found,) = _Page(text).judge(place, [place], ends=is_last, begins=False)
    return found.id if found else None


def find(text: str, paragraphs: Sequence[tuple[Place, Sequence[Place]]]) -> list[list[bool]]:
    """Which sentences of these paragraphs are boilerplate? A paragraph is its place and its sentences' places."""
    page = _Page(text)
    found: list[list[BoilerplateEntry | None]] = [[]] * len(paragraphs)
    behind = 0  # paragraphs of the article that follow
    for at in range(len(paragraphs) - 1, -1, -1):
        paragraph, sentences = paragraphs[at]
        found[at] = page.judge(paragraph, sentences, ends=behind < _ENDING, begins=at == 0)
        behind += not all(found[at])
    marked = [[entry is not None for entry in inside] for inside in found]
    linked = False
    for at, (paragraph, _) in enumerate(paragraphs):
        line = text[slice(*paragraph)]
        if all(marked[at]):
            linked = any(entry.leads for entry in found[at] if entry)
        elif linked := linked and len(line.split()) <= _LINK_WORDS and not _CLOSED.search(line):
            marked[at] = [True] * len(marked[at])
    return marked


class _Page:
    """An article's text, for one look at each of its paragraphs."""

    def __init__(self, text: str) -> None:
        self.text = text

    def judge(
        self, paragraph: Place, sentences: Sequence[Place], *, ends: bool, begins: bool
    ) -> list[BoilerplateEntry | None]:
        """The entry that each sentence is, or None."""
        fitting = [row for row in entries() if row[0].place == "any" or ends or (begins and row[0].place == "edge")]
        whole = self._match(paragraph, [row for row in fitting if row[0].whole])
        parts = [row for row in fitting if not row[0].whole]
        judged: list[BoilerplateEntry | None] = []
        for start, end in sentences:
            covered = whole is not None and whole[1] >= (start + end) / 2
            single = whole if covered else self._match((start, end), parts)
            judged.append(single[0] if single else None)
        return judged

    def _match(self, place: Place, rows: Sequence[Row]) -> tuple[BoilerplateEntry, int] | None:
        """The first entry whose pattern fits here, and where its match ends."""
        line = self.text[place[0] : min(place[1], place[0] + _LONGEST)].translate(_BREAKS)
        shown = line.lstrip("*•>|-–—[( \u00a0\t")
        shift = place[0] + len(line) - len(shown)
        words = len(self.text[place[0] : min(place[1], place[0] + 2 * _LONGEST)].split())
        lower = shown.lower()
        for entry, pattern in rows:
            if words > entry.words or (entry.needs and not any(word in lower for word in entry.needs)):
                continue
            match = pattern.match(shown)
            if match and not (entry.stranger and self._knows(match["name"], place)):
                return entry, shift + match.end()
        return None

    def _knows(self, name: str, place: Place) -> bool:
        """Does the article name this person outside of this paragraph?"""
        last = name.rsplit(maxsplit=1)[-1]
        return last in self.text[: place[0]] or last in self.text[place[1] :]
