"""Normalization: the text as its writer meant it, and the way back to the stored text.

A soft hyphen or a zero-width sign inside a word hides it from every list, a letter with its accent apart is another
letter to a computer, and a run of links inside a sentence tears it in two. Everything is found in the normalized text;
what a report says stands in the stored one.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from ..article import Article
from ..report import Report
from . import link_runs

# Unicode's Default_Ignorable_Code_Point: drawn as nothing. A soft hyphen at the end of a line goes with the break.
_UNSEEN = re.compile(
    "\u00ad[ \t]*\r?\n[ \t]*(?=[^\\W\\d_A-Z])"
    "|[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164"
    "\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)
_MARKS = "\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f"
# A letter with its accents apart, and letters cast as one: José in five signs, the ﬁ of oﬃce.
_COMPOSED = re.compile(f"[^\\W\\d_{_MARKS}][{_MARKS}]+|[\ufb00-\ufb06]")


@dataclass(frozen=True, slots=True)
class Normalized:
    """An article as it is read: `article` holds the normalized text, `starts` and `ends` where each of its characters
    stands in the stored one. Without them, both texts are the same."""

    article: Article
    stored: Article
    starts: tuple[int, ...] = ()
    ends: tuple[int, ...] = ()
    links: tuple[tuple[int, int], ...] = ()  # runs of links left out, in the stored text

    def place(self, start: int, end: int) -> tuple[int, int]:
        """Where do these characters stand in the stored text? Signs that nobody sees stay outside at both ends."""
        if not self.starts:
            return start, end
        begin = self.starts[start] if start < len(self.starts) else len(self.stored.full_text)
        return begin, max(begin, self.ends[end - 1]) if end > start else begin

    def restore(self, report: Report) -> Report:
        """The report on the stored text: every offset, and the words that stand there."""
        if not self.starts:
            return report
        rows = self._move(report.model_dump())
        for target, (start, end) in zip(rows["sentiment"]["targets"], self.stored.targets, strict=False):
            target.update(self._as_asked(start, end))
        for pair, (p, q) in zip(rows["sentiment"]["pairs"], self.stored.pairs, strict=False):
            pair.update(p=self._as_asked(*p), q=self._as_asked(*q))
        return Report.model_validate(rows)

    def _as_asked(self, start: int, end: int) -> dict[str, Any]:
        return {"start": start, "end": end, "text": self.stored.full_text[start:end]}

    def _move(self, value: Any) -> Any:
        if isinstance(value, list):
            return [self._move(one) for one in value]
        if not isinstance(value, dict):
            return value
        moved = {name: self._move(one) for name, one in value.items()}
        if "start" in moved and "end" in moved:
            start, end = self.place(moved["start"], moved["end"])
            moved |= {"start": start, "end": end}
            if "text" in moved:
                moved["text"] = self.stored.full_text[start:end]
        if "first" in moved:  # where a source is first heard
            moved["first"] = self.place(moved["first"], moved["first"])[0]
        return moved


def normalize(article: Article) -> Normalized:
    """Give the article as it was meant: accents on their letters, nothing between letters that is not seen, and no
    runs of links inside its sentences."""
    body = len(article.full_text) - len(article.text)
    links = list(link_runs.find(article.text))
    if not links and not _is_altered(article.full_text):
        return Normalized(article, article)
    title, starts, ends = _read(article.title or "", 0, [])
    text, further_starts, further_ends = _read(article.text, body, links)
    between = range(article.title_end, body)  # the blank line
    starts += [*between, *further_starts]
    ends += [*(at + 1 for at in between), *further_ends]
    targets = [_find(starts, ends, *target) for target in article.targets]
    pairs = [(_find(starts, ends, *p), _find(starts, ends, *q)) for p, q in article.pairs]
    seen = article.model_copy(update={"title": title or None, "text": text, "targets": targets, "pairs": pairs})
    left_out = tuple((body + start, body + end) for start, end in links)
    return Normalized(seen, article, tuple(starts), tuple(ends), left_out)


def _is_altered(text: str) -> bool:
    return not text.isascii() and bool(_UNSEEN.search(text) or _COMPOSED.search(text))


def _read(text: str, at: int, links: Sequence[tuple[int, int]]) -> tuple[str, list[int], list[int]]:
    """What is read of a text that begins `at`, and where each character of it starts and ends."""
    places = list(range(at, at + len(text)))
    kept: list[str] = []
    starts: list[int] = []
    done = 0
    for start, end in sorted([*links, *(match.span() for match in _UNSEEN.finditer(text))]):
        if start >= done:  # a sign inside of a run went with it
            kept.append(text[done:start])
            starts += places[done:start]
            done = end
    seen = "".join(kept) + text[done:]
    starts += places[done:]
    if not seen:  # nothing that anybody could see: as it is
        return text, places, [place + 1 for place in places]
    return _compose(seen, starts)


def _compose(text: str, places: list[int]) -> tuple[str, list[int], list[int]]:
    pieces: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    done = 0

    def keep(until: int) -> None:
        pieces.append(text[done:until])
        starts.extend(places[done:until])
        ends.extend(place + 1 for place in places[done:until])

    for match in _COMPOSED.finditer(text):
        keep(match.start())
        one = unicodedata.normalize("NFC" if len(match.group()) > 1 else "NFKC", match.group())
        pieces.append(one)  # each of its characters stands for the whole
        starts += [places[match.start()]] * len(one)
        ends += [places[match.end() - 1] + 1] * len(one)
        done = match.end()
    keep(len(text))
    return "".join(pieces), starts, ends


def _find(starts: list[int], ends: list[int], start: int, end: int) -> tuple[int, int]:
    """Where a stretch of the stored text stands in the normalized one."""
    first = bisect_right(ends, start)
    return first, max(first, bisect_left(starts, end))
