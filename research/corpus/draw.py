"""Which articles are coded: a draw by lot within strata, and how it is split."""

from __future__ import annotations

import hashlib
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from research.corpora import is_for_lessons

Row = Mapping[str, Any]

# Kept whole for measuring: an outlet and a topic.
HELD_OUT_OUTLET = "The Hill"
HELD_OUT_TOPIC = "coronavirus"

_WORDS = (250, 900)
_READ = 2000  # articles of the lessons' half, the first ones, whose lines were read for the lexicon
_OUTLET, _TOPIC = 0.05, 0.08  # of the sample, at most
_LEANINGS = ("left", "center", "right")
_NEWS = {  # outlets, or sections, that are mostly news; the others are mixed with opinion
    "ABC News", "Al Jazeera", "Associated Press", "BBC News", "Bloomberg", "Breitbart News", "CBN", "CBS News",
    "CNN (Web News)", "Christian Science Monitor", "Daily Mail", "Fox News", "Fox Online News", "NPR Online News",
    "New York Post", "New York Times - News", "Newsmax", "Newsmax - News", "Politico", "Reuters", "The Daily Caller",
    "The Guardian", "The Hill", "TheBlaze.com", "USA TODAY", "Wall Street Journal - News", "Washington Post",
    "Washington Times",
}  # fmt: skip


def draw(rows: Iterable[Row], count: int, without: frozenset[str] = frozenset()) -> list[dict[str, Any]]:
    """`count` articles of 250 to 900 words by lot: a third from each leaning, within it by years and kind of outlet.

    None whose text another begins alike, none of `without`, no outlet above 5 %, no topic above 8 %. The lot is a hash
    of the id: the same for the same rows.
    """
    strata: dict[tuple[str, str, str], list[Row]] = defaultdict(list)
    for row in sorted(_choose(rows, without), key=lambda row: _lot(row["id"], "corpus-1")):
        strata[row["leaning"], find_years(row), find_kind(row)].append(row)
    by_outlet, by_topic = Counter[str](), Counter[str]()
    drawn: list[dict[str, Any]] = []
    for at, leaning in enumerate(_LEANINGS):
        wanted = count // len(_LEANINGS) + (at < count % len(_LEANINGS))
        turns = [key for key in sorted(strata) if key[0] == leaning for _ in range(2 if key[2] == "news" else 1)]
        left = [wanted]
        for key in _by_turns(turns, strata, left):
            row = strata[key].pop(0)
            if by_outlet[row["outlet"]] < int(count * _OUTLET) and by_topic[row["topic"]] < int(count * _TOPIC):
                by_outlet[row["outlet"]] += 1
                by_topic[row["topic"]] += 1
                left[0] -= 1
                drawn.append(dict(row) | {"stratum": "/".join(key), "part": find_part(row)})
    return sorted(drawn, key=lambda row: _lot(row["id"], "order-1"))


def _by_turns(turns: Sequence[Any], strata: Mapping[Any, list[Row]], left: list[int]) -> Iterator[Any]:
    """The strata one after another, again for one whose article was not taken, until enough are drawn."""
    while left[0] and any(strata[key] for key in turns):
        for key in turns:
            before = left[0]
            while strata[key] and left[0] == before and left[0]:
                yield key


def find_years(row: Row) -> str:
    """early (to 2014), middle (to 2017), late, or undated."""
    year = (row["date"] or "")[:4]
    if not re.fullmatch(r"20\d\d", year):
        return "undated"
    return "early" if year < "2015" else "middle" if year < "2018" else "late"


def find_kind(row: Row) -> str:
    """news, or mixed with opinion, by its outlet."""
    return "news" if row["outlet"] in _NEWS else "mixed"


def find_part(row: Row) -> str:
    """train, tune or measure: by lot, an outlet and a topic all measured."""
    if row["outlet"] == HELD_OUT_OUTLET or row["topic"] == HELD_OUT_TOPIC:
        return "measure"
    at = int(_lot(row["id"], "part-1"), 16) % 100
    return "train" if at < 63 else "tune" if at < 84 else "measure"


def find_part_of_own(name: str) -> str:
    """The same for an article written for the corpus, three of five to train."""
    at = int(_lot(name, "own-1"), 16) % 5
    return "train" if at < 3 else "tune" if at < 4 else "measure"


def _choose(rows: Iterable[Row], without: frozenset[str]) -> Iterator[Row]:
    half = [row for row in rows if is_for_lessons(row["id"])]
    read = {row["id"] for row in half[:_READ]} | without
    seen = set[str]()
    for row in half:
        begins = re.sub(r"\W+", "", row["text"].lower())[:200]
        if row["id"] not in read and _WORDS[0] <= len(row["text"].split()) <= _WORDS[1] and begins not in seen:
            seen.add(begins)
            yield row


def _lot(name: str, salt: str) -> str:
    return hashlib.blake2b(f"{salt}\n{name}".encode(), digest_size=8).hexdigest()
