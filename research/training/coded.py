"""The coded corpus as documents that were read once: what the training on coders' judgements starts from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from models import reader
from models.document import Document, names, read
from research.corpora import read_lines
from research.corpus.layers import Coded
from research.corpus.measures import to_article
from research.corpus.records import best, find_texts, read_articles, read_marks


@dataclass(frozen=True, slots=True)
class CodedArticle:
    """An article as the analyzers get it, and what its coder marked."""

    name: str
    document: Document
    gold: Coded


def read_coded(data: Path, parts: Iterable[str]) -> Iterator[CodedArticle]:
    """Every coded article of these parts whose text is in `data`."""
    source = data / "news" / "articles.jsonl.gz"
    facts, marks = read_articles(), read_marks()
    texts = find_texts(read_lines(source) if source.exists() else ())
    wanted = set(parts)
    for name, about in facts.items():
        if about["part"] in wanted and name in texts:
            document = reader.read(read(to_article(texts[name], about)))
            yield CodedArticle(name, replace(document, entities=names.refine(document)), best(marks[name]))
