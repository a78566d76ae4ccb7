"""Search: under which keys is a report filed, and which keys does a question ask for?

A key is a word's stem, a person's name, an outlet, a month or a year, hashed to four bytes: an index holds no text.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from hashlib import blake2b
from itertools import combinations

from .classifiers import background
from .outlets.records import name_key
from .report import Report
from .stems import stem

VERSION = 1
"""Of the keys: raised when a report is filed under others than before, so that those in the store are filed again."""
BYTES = 4
_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_COMMON = 0.5  # share of articles; a word in more of them finds too many
_LONGEST = 40


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is looked for; all of it must be true of a report."""

    words: str = ""
    person: str = ""
    outlet: str = ""
    since: str | None = None  # ISO days of publication, both included
    until: str | None = None
    keys: tuple[bytes, ...] = field(init=False)
    months: tuple[bytes, ...] = field(init=False)  # or years: one of them, where days are given

    def __post_init__(self) -> None:
        keys = {_hash("word", word) for word in _words(self.words)} | set(_name_keys(self.person, asked=True))
        if self.outlet.strip():
            keys.add(_hash("outlet", name_key(self.outlet)))
        object.__setattr__(self, "keys", tuple(sorted(keys)))
        object.__setattr__(self, "months", tuple(_months(self.since, self.until)))

    @property
    def is_empty(self) -> bool:
        """Is nothing asked for that a report could be found by?"""
        return not (self.keys or self.months)

    @property
    def too_common(self) -> list[str]:
        """Words of the question that stand in most articles and are left out."""
        return [word for word in _split(self.words) if _is_common(word)]

    @property
    def stems(self) -> frozenset[str]:
        """What the words that are looked for have in common with their other forms."""
        return frozenset(_words(self.words))


def file_under(report: Report, words: Iterable[str]) -> bytes:
    """All keys of a report, one after the other: its words (without boilerplate), persons, outlet, month and year."""
    article = report.article
    keys = {_hash("word", word) for word in _words(" ".join(words))}
    for entity in report.entities:
        if entity.kind == "person":
            keys.update(_name_keys(entity.name))
    if article.outlet:
        keys.add(_hash("outlet", name_key(article.outlet)))
    if article.published:
        keys |= {_hash("year", article.published[:4]), _hash("month", article.published[:7])}
    return b"".join(sorted(keys))


def find_places(text: str, stems: frozenset[str]) -> Iterator[tuple[int, int]]:
    """Where does the text have one of these words, in whatever form?"""
    for found in _WORD.finditer(text):
        if _stem(_fold(found[0])) in stems:
            yield found.start(), found.end()


def _words(text: str) -> Iterator[str]:
    return (_stem(word) for word in _split(text) if not _is_common(word))


def _split(text: str) -> Iterator[str]:
    return (_fold(found[0]) for found in _WORD.finditer(text) if len(found[0]) <= _LONGEST)


def _fold(word: str) -> str:
    """Without case, accents and the genitive."""
    plain = unicodedata.normalize("NFKD", word.casefold().replace("’", "'")).removesuffix("'s")
    return "".join(letter for letter in plain if not unicodedata.combining(letter))


def _stem(word: str) -> str:
    return stem(word) if word.isascii() and word.isalpha() else word


def _is_common(word: str) -> bool:
    known = background.load()
    return known.counts.get(word, (0, 0))[1] > _COMMON * known.articles


def _name_keys(name: str, *, asked: bool = False) -> Iterator[bytes]:
    """Each word of a name and each two of them, so that "Ilse Marden" is no Ilse Vail beside a Conrad Marden."""
    words = sorted(set(_split(name)))[:6]
    if not asked or len(words) == 1:
        yield from (_hash("person", word) for word in words)
    yield from (_hash("person", " ".join(pair)) for pair in combinations(words, 2))


def _months(since: str | None, until: str | None) -> Iterator[bytes]:
    """Whole years, and the months of others: some 200 keys at most, whatever the days."""
    if not (since or until):
        return
    first, last = (since or "1900-01")[:7], (until or "2100-12")[:7]
    for year in range(max(1900, int(first[:4])), min(2100, int(last[:4])) + 1):
        months = [name for month in range(1, 13) if first <= (name := f"{year:04}-{month:02}") <= last]
        if len(months) == 12:
            yield _hash("year", f"{year:04}")
        else:
            yield from (_hash("month", name) for name in months)


def _hash(kind: str, key: str) -> bytes:
    return blake2b(f"{kind}:{key}".encode(), digest_size=BYTES).digest()
