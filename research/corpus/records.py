"""The corpus on disk: articles' facts, and one line an article and coder, as standoff. No text is held."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from research.corpora import read_lines

FOLDER = Path(__file__).parent / "data"
MARKS = FOLDER / "marks.jsonl"
ARTICLES = FOLDER / "articles.jsonl"
JUDGED = FOLDER / "judged.jsonl"
OUTLINES = FOLDER / "outlines.jsonl"
ROLES = {
    "M": "main", "C": "consequence", "P": "cause", "K": "context", "H": "history", "A": "anecdote", "E": "evaluation",
    "X": "expectation", "N": "none",
}  # fmt: skip
SETTLED = "settled"  # the coder's name on the lines that a third reader settled

Coded = Mapping[str, Any]


def read_articles() -> dict[str, dict[str, Any]]:
    """Facts by id: part (train | tune | measure), stratum, source (news | own), sha256 of the text."""
    return {row["id"]: row for row in read_lines(ARTICLES)}


def read_marks() -> dict[str, dict[str, Coded]]:
    """Marks by article's id and coder."""
    marks: dict[str, dict[str, Coded]] = defaultdict(dict)
    for row in read_lines(MARKS):
        marks[row["id"]][row["coder"]] = row
    return marks


def best(by_coder: Mapping[str, Coded]) -> Coded:
    """One set of marks for an article: the settled one, else its first coder's."""
    return by_coder.get(SETTLED) or by_coder[min(by_coder)]


def read_judged(layer: str) -> Iterator[dict[str, Any]]:
    """What blind readers judged, of one layer (statements | loaded | words | blind | cast | devices | genre).

    Article's id, spans, and the fault that they found, None where it held as it stood (`right`: what would be right);
    of words and devices put to them one by one a `grade`, too: 0 not there, 1 there for a strict editor, 2 for every
    one. Of words that were put to them without what a report tells (blind): the `kinds` that an editor could sign,
    best first, tone, voice, whether the list's `note` fits (None: there is none), and the place of what names whom it
    is `about`.
    """
    return (row for row in read_lines(JUDGED) if row["layer"] == layer)


def read_outlines() -> Iterator[dict[str, Any]]:
    """What coders said of further articles without marking words: article's id, coder, genre, frames (level and the
    sentence that shows it; absent ones are left out), people (name, portrayal) and sentences (start, end, and whether
    it is fact, opinion, quote or other, with a star where its author takes a stand; of some articles its role in the
    news, too: the letters of `ROLES`)."""
    return read_lines(OUTLINES)


def read_own() -> Iterator[dict[str, Any]]:
    """The articles that were written for the corpus, with their texts: id, title, text."""
    for path in sorted((FOLDER / "own").glob("*.txt")):
        title, text = path.read_text(encoding="utf-8").split("\n\n", 1)
        yield {"id": path.stem, "title": title, "text": text}


def whole(row: Mapping[str, Any]) -> str:
    """The text that offsets count in: the title, a blank line and the body."""
    return f"{row['title']}\n\n{row['text']}"


def digest(text: str) -> str:
    """SHA-256 of a text in UTF-8, hexadecimal: is it the one that was coded?"""
    return hashlib.sha256(text.encode()).hexdigest()


def find_texts(rows: Iterable[Mapping[str, Any]]) -> dict[str, str]:
    """The corpus' texts by id among articles (id, title, text), and our own; one that was altered is left out."""
    facts = read_articles()
    texts = {}
    for row in rows:
        if row["id"] in facts and digest(text := whole(row)) == facts[row["id"]]["sha256"]:
            texts[row["id"]] = text
    return texts | {row["id"]: whole(row) for row in read_own()}
