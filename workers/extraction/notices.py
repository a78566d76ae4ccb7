"""The notices: what a page asks of its reader, consent or a subscription, told from the article beside it."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Literal, cast

from lxml.etree import iterwalk
from lxml.html import HtmlElement

Kind = Literal["consent", "offer", "check"]

_INLINE = frozenset({
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "br", "cite", "code", "del", "dfn", "em", "font", "i", "ins",
    "kbd", "mark", "q", "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "time", "tt", "u", "var", "wbr",
})  # fmt: skip
_NO_TEXT = frozenset({"script", "style", "template", "head", "svg", "select", "textarea"})
_HOMES = frozenset({"html", "body", "main", "article", "h1"})
_SENTENCE_END = re.compile(r"(?<=[.!?]) ")
_QUOTED = re.compile('[“”"«»„‟]')
_READER = re.compile(r"\b(?:you|your|yourself)\b")
_SHORT = 400  # characters
_QUOTATION = re.compile('[“"«„][^“”"«»„‟]*[”"»‟]?')
_ADDRESS = re.compile(r"\b(?:we|us|our|you|your|yourself)\b|^(?:please|thank|then|only|or|want|read|test)\b")
_LEAST_WORDS = 2  # different ones
_SIGNS = str.maketrans({"’": "'", "‘": "'", "ʼ": "'", "\u00a0": " "})
_MOST_LOOKED_AT = 400  # characters of a sentence
_PROSE_WORDS = 8
_LINES = frozenset({"p", "li", "blockquote", "h1", "h2", "h3", "h4", "h5", "h6", "td", "dd", "dt", "figcaption"})
_SHORTEST = 15  # characters: a line of its own, not a word that buttons bear
_LEAST = 0.5  # of a notice's characters ask;
_LEAST_BARE = 0.2  # of one with no prose beside it; and
_LEAST_MARKED = 0.1  # of one that a consent manager has marked
_REPEATED = 3  # times on one page: what stands there so often is no part of an article
_REPEATED_WORDS = 5


@dataclass(frozen=True, slots=True)
class Notice:
    """What a sentence asks for, and whether the article is shut until it is given."""

    kind: Kind
    gate: bool = False


@dataclass(slots=True)
class Tally:
    """What stands in an element, in characters: all, what asks surely, and what asks at least by its words."""

    characters: int = 0
    surely: int = 0
    asking: Counter[Kind] = field(default_factory=Counter)
    asks: int = 0
    """Sentences that ask surely, and lines that do by their words."""
    gates: int = 0
    home: bool = False
    """Does a part of the page that notices do not have stand in it?"""
    prose: bool = False
    prose_first: bool = False
    """Did prose that asks for nothing come before what asks?"""

    def add(self, other: Tally) -> None:
        """Count in what follows."""
        self.prose_first |= not self.asks and (other.prose_first or (other.prose and not other.asks))
        self.characters += other.characters
        self.surely += other.surely
        self.asking += other.asking
        self.asks, self.gates = self.asks + other.asks, self.gates + other.gates
        self.home, self.prose = self.home or other.home, self.prose or other.prose

    def is_notice(self, element: HtmlElement) -> bool:
        """Does enough of this element ask something of the reader, and is it no article's place?"""
        if not self.surely:
            return False
        if _is_marked(element):
            return not self.home and self.asking.total() >= _LEAST_MARKED * self.characters
        if element.tag in _LINES:
            return self.characters >= _SHORTEST and self.surely >= _LEAST * self.characters
        if self.asks < 2 and not self.gates:
            return False
        if not self.prose:
            return self.asking.total() >= _LEAST_BARE * self.characters
        return not self.home and not self.prose_first and self.asking.total() >= _LEAST * self.characters


def take_out(tree: HtmlElement) -> set[Notice]:
    """Take the notices out of a page; what kinds there were."""
    repeated = _find_repeated(tree)
    tallies: dict[HtmlElement, Tally] = {}
    found: set[Notice] = set()
    notices: list[HtmlElement] = []
    for element, text in _walk(tree):
        tally = tallies.setdefault(element, Tally())
        if text is not None:
            tally.add(_count(text, text in repeated, heading=element.tag == "h1"))
            continue
        tally.home |= element.tag in _HOMES - {"h1"}
        if tally.is_notice(element):
            notices.append(element)
            found |= {Notice(kind) for kind in tally.asking}
            found |= {Notice("offer", gate=True)} if tally.gates else set()
        if (parent := element.getparent()) is not None:
            tallies.setdefault(parent, Tally()).add(tally)
        del tallies[element]
    for element in notices:
        if element.getparent() is None or element.tag == "body":
            element[:], element.text = [], None
        else:
            element.drop_tree()
    return found


def find(text: str) -> set[Notice]:
    """What does this text ask for? Nothing, where it reports anything: in prose that speaks to nobody."""
    found: set[Notice] = set()
    for line in filter(None, map(_plain, text.split("\n"))):
        tally = _count(line, repeated=False, heading=False)
        if tally.prose and _reports(line):
            return set()
        if tally.surely:
            found |= {Notice(kind) for kind in tally.asking}
    return found


def is_short_of_news(text: str) -> bool:
    """Is it so short, and all of it spoken to its reader, that it is no article's beginning?"""
    lines = filter(is_prose, map(_plain, text.split("\n")))
    return len(text) < _SHORT and all(map(_READER.search, lines))


def _reports(line: str) -> bool:
    """Does a line speak to nobody, what stands in quotation marks left aside?"""
    bare = _QUOTATION.sub(" ", line)
    return bool(bare.strip(" .,")) and not _ADDRESS.search(bare)


def is_prose(line: str) -> bool:
    """Is this a line of some sentences, not a heading, a button or a caption's end?"""
    return line.count(" ") + 1 >= _PROSE_WORDS and bool(re.search(r"[.!?…:;][\"”’')\]]*$", line.rstrip()))


def _find_repeated(tree: HtmlElement) -> set[str]:
    """The lines that stand in the page again and again, unless that is most of it: three copies of one article."""
    often = Counter(text for _, text in read_lines(tree))
    repeated = {text for text, count in often.items() if count >= _REPEATED and text.count(" ") + 1 >= _REPEATED_WORDS}
    prose = Counter({text: len(text) * count for text, count in often.items() if is_prose(text)})
    return repeated if 2 * sum(prose[text] for text in repeated) < prose.total() else set()


def _count(line: str, repeated: bool, heading: bool) -> Tally:
    tally = Tally(characters=len(line))
    for sentence in _SENTENCE_END.split(line):
        if notice := Notice("offer") if repeated else _ask(sentence):
            tally.asking[notice.kind] += len(sentence) + 1
            tally.asks, tally.gates = tally.asks + 1 + repeated, tally.gates + notice.gate
    tally.surely = tally.asking.total()
    if 2 * tally.surely < tally.characters:
        by_words = _ask_by_words(line)
        if by_words is None and not tally.gates:  # an article may say such a thing in passing
            tally = Tally(characters=len(line))
        elif by_words:
            tally.asking = Counter({by_words: len(line)})
            tally.asks += 1
    tally.prose = is_prose(line) and not tally.asks
    tally.home = heading and not tally.asks
    return tally


@dataclass(frozen=True, slots=True)
class _Patterns:
    asks: re.Pattern[str]
    gates: re.Pattern[str]
    words: re.Pattern[str]


@cache
def _read() -> dict[str, dict[str, list[str]]]:
    return tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))


@cache
def _patterns() -> dict[Kind, _Patterns]:
    def join(patterns: list[str]) -> str:
        return "|".join(f"(?:{pattern})" for pattern in patterns or ["(?!)"])  # without any: what never fits

    return {
        cast(Kind, kind): _Patterns(
            asks=re.compile(join(said["asks"])),
            gates=re.compile(join(said.get("gates", []))),
            words=re.compile(rf"(?<!\w)(?:{join(said.get('words', []))})(?!\w)"),
        )
        for kind, said in _read().items()
    }


@cache
def _marks() -> re.Pattern[str]:
    return re.compile("|".join(re.escape(mark) for said in _read().values() for mark in said.get("marks", ())))


def _ask(sentence: str) -> Notice | None:
    if _QUOTED.search(sentence):
        return None
    looked_at = sentence[:_MOST_LOOKED_AT].rstrip(" .!?…:›»→")
    for kind, patterns in _patterns().items():
        if patterns.gates.search(looked_at):
            return Notice(kind, gate=True)
        if patterns.asks.search(looked_at):
            return Notice(kind)
    return None


def _ask_by_words(line: str) -> Kind | None:
    if not _ADDRESS.search(line):
        return None
    counts = {
        kind: len(set(patterns.words.findall(line[: 2 * _MOST_LOOKED_AT]))) for kind, patterns in _patterns().items()
    }
    best = max(counts, key=lambda kind: counts[kind])
    return best if counts[best] >= _LEAST_WORDS else None


def _is_marked(element: HtmlElement) -> bool:
    called = f"{element.get('id', '')} {element.get('class', '')}".lower()
    return bool(called.strip()) and bool(_marks().search(called))


def _plain(text: str) -> str:
    return " ".join(text.translate(_SIGNS).lower().split())


def read_lines(tree: HtmlElement) -> Iterator[tuple[HtmlElement, str]]:
    """Every line of the page, lower case, with the element that it stands in."""
    return ((element, line) for element, line in _walk(tree) if line is not None)


def _walk(tree: HtmlElement) -> Iterator[tuple[HtmlElement, str | None]]:
    """Every line of the page with the element it stands in, and None where an element ends."""
    holders: list[HtmlElement] = []
    pieces: list[str] = []
    silent = 0

    def flush() -> Iterator[tuple[HtmlElement, str]]:
        line = _plain("".join(pieces))
        pieces.clear()
        if line and holders:
            yield holders[-1], line

    for event, element in iterwalk(tree, events=("start", "end")):
        if not isinstance(element.tag, str):
            if event == "end" and not silent:
                pieces.append(element.tail or "")
            continue
        block = element.tag not in _INLINE
        if event == "start":
            if block:
                yield from flush()
                holders.append(element)
            silent += element.tag in _NO_TEXT
            pieces.append("" if silent else " " if element.tag == "br" else element.text or "")
        else:
            if block:
                yield from flush()
                yield element, None
                holders.pop()
            silent -= element.tag in _NO_TEXT
            pieces.append("" if silent else element.tail or "")
