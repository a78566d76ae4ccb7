"""Train the two models of statements on the coded corpus: what belongs to a cue, and what a coder has at all."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from models import reader
from models.analyzers import attribution
from models.analyzers.attribution import acceptance, grammar, items, propose
from models.document import Document
from models.document import read as read_document
from research.corpora import read_lines
from research.corpus.layers import Coded, compare_statements, statement
from research.corpus.measures import to_article
from research.corpus.records import best, find_texts, read_articles, read_marks
from research.training.attribution import Annotated, Example, fit, train

ABOUT = "articles coded by our codebook (research/corpus), the train part"
SHOWN = 0.6  # from here on about 91 of 100 on the tune part are a coder's too, and 78 of a coder's 100 are met
_RARE = 8  # a feature that fewer statements have is none
_REGULARIZED = 0.1


def train_statements(data: Path) -> None:
    """Learn both from the corpus' train part, and write them with their cards."""
    train(partial(_read, data), {"data": ABOUT})
    examples = [example for document, gold in _documents(data) for example in collect(document, gold)]
    write(examples)


def _documents(data: Path) -> Iterator[tuple[Document, Coded]]:
    source = data / "news" / "articles.jsonl.gz"
    facts, marks = read_articles(), read_marks()
    texts = find_texts(read_lines(source) if source.exists() else ())
    for name, about in facts.items():
        if about["part"] == "train" and name in texts:
            yield reader.read(read_document(to_article(texts[name], about))), best(marks[name])


def _read(data: Path) -> Iterator[tuple[Document, Sequence[Annotated]]]:
    for document, gold in _documents(data):
        yield (
            document,
            [
                Annotated([one["source"]] if one["source"] else [], [one["cue"]], one["content"])
                for one in gold["statements"]
                if one["cue"]
            ],
        )


def collect(document: Document, gold: Coded) -> list[Example]:
    """Every statement that is proposed for this document, judged: has the coder it too?"""
    lines, reading = grammar.lay_out(document), propose.coded(document.reading)
    spoken, _ = attribution.find(document, lines, reading)
    names = {entity.id: entity.name for entity in document.entities}
    ours = [statement(items.write(document, lines, one, 1.0, 0.0), names) for one in spoken]
    met = {i for i, _ in compare_statements({"statements": ours}, gold).pairs}
    described = acceptance.describe(document, lines, reading, spoken)
    return [Example(features, at in met) for at, features in enumerate(described)]


def write(examples: Sequence[Example], path: Path = acceptance.PATH) -> None:
    """Fit the decision on these examples and write it with its card."""
    counts = Counter(name for example in examples for name in example.features)
    kept = [
        Example({name: value for name, value in one.features.items() if counts[name] >= _RARE}, one.together)
        for one in examples
    ]
    card: dict[str, Any] = {
        "question": "Would a careful reader have this statement?",
        "about": {"data": ABOUT, "statements": len(kept), "accepted": sum(one.together for one in kept)},
        "shown": SHOWN,
        "weights": fit(kept, _REGULARIZED),
    }
    path.write_text(json.dumps(card, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
