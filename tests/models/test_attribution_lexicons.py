"""Every entry of the attribution's lexicons keeps its own promises."""

from __future__ import annotations

import re

import pytest

from models.analyzers.attribution import cues, grammar, rules, sources, vague
from models.article import Article
from models.document import Document, read

CUES = cues.load().entries
MARKERS = vague.load().entries
KINDS = sources.load().kinds


def cues_in(text: str) -> list[tuple[int, int, str]]:
    document = read(Article(text=text))
    lines = grammar.lay_out(document)
    return [
        (document.tokens[first].start, document.tokens[last - 1].end, cues.judge(lines.words, first, last)[0])
        for draft in rules.propose(document, lines)
        if draft.cue
        for first, last in [draft.cue]
    ]


def markers_in(document: Document) -> list[tuple[int, int, str]]:
    return [(m.start, m.end, m.kind) for m in vague.find(document, grammar.lay_out(document))]


def unmark(example: str) -> tuple[str, list[tuple[int, int]]]:
    """The plain sentence and where its [hits] stand in it."""
    hits = [(m.start() - 2 * n, m.end() - 2 * n - 2) for n, m in enumerate(re.finditer(r"\[[^\]]+\]", example))]
    return example.replace("[", "").replace("]", ""), hits


@pytest.mark.parametrize("entry", CUES, ids=lambda e: e.lemma)
def test_a_cue_fires_where_its_examples_mark_it_and_nowhere_else(entry: cues.CueEntry) -> None:
    for example in entry.matches:
        text, hits = unmark(example)
        assert hits, example
        assert [(start, end) for start, end, lemma in cues_in(text) if lemma == entry.lemma] == hits, example
    for example in entry.ignores:
        assert entry.lemma not in {lemma for _, _, lemma in cues_in(example)}, example


def test_the_cue_lexicon_is_large_and_uses_every_stance() -> None:
    assert len(CUES) >= 250
    assert {entry.stance for entry in CUES} == {"neutral", "endorsing", "doubting", "emotive"}


@pytest.mark.parametrize("entry", MARKERS, ids=lambda e: e.patterns[0])
def test_a_vague_marker_fires_where_its_examples_mark_it_and_nowhere_else(entry: vague.MarkerEntry) -> None:
    for example in entry.matches:
        text, hits = unmark(example)
        assert [(start, end, entry.kind) for start, end in hits] == markers_in(read(Article(text=text))), example
    for example in entry.ignores:
        assert not markers_in(read(Article(text=example))), example


@pytest.mark.parametrize(
    ("kind", "example"), [(kind, example) for kind, listed in KINDS.items() for example in listed.examples]
)
def test_a_source_gets_the_type_of_the_list_it_stands_in(kind: str, example: str) -> None:
    document = read(Article(text=f"According to {example}, the bridge is closed."))
    lines = grammar.lay_out(document)
    draft = next(rules.propose(document, lines))
    assert document.text[13 : 13 + len(example)] == example
    assert sources.classify(lines, draft.source[0], None) == kind
