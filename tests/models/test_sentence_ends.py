"""Sentence ends: what follows an abbreviation, an initial or a marked name says whether a sentence ends there."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.article import Article
from models.document import read
from models.document.sentence_ends import load

LINES = (Path(__file__).parent / "sentence_ends.txt").read_text(encoding="utf-8").splitlines()


def sentences(text: str) -> list[str]:
    document = read(Article(title="A line", text=text))
    return [words for s in document.sentences if (words := document.text[s.start : s.end]) != "A line"]


@pytest.mark.parametrize("line", [*LINES, *(example for entry in load() for example in entry.examples)])
def test_sentences_end_where_a_reader_ends_them(line: str) -> None:
    parts = line.split(" | ")
    assert sentences(" ".join(parts)) == parts


PIECES = [
    "p.m.",
    "No.",
    "U.S.",
    "St.",
    "la",
    "al.",
    "Jr.",
    "!",
    "?",
    "The",
    "a",
    "“",
    "”",
    "D-N.Y.",
    "(",
    "-",
    "Inc.",
    "Yahoo!",
    "...",
    "B.",
]


@given(st.lists(st.sampled_from(PIECES), max_size=14))
def test_every_word_stands_in_one_sentence(words: list[str]) -> None:
    text = "A " + " ".join(words)
    document = read(Article(text=text))
    assert "".join("".join(document.text[s.start : s.end].split()) for s in document.sentences) == "".join(text.split())
