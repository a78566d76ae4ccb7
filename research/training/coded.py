"""The coded corpus' articles as the reader sees them, each worked on in a process of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from typing import Any, Generic, TypeVar

from models import reader
from models.article import Article
from models.document import Document, names, read
from models.document.normalization import normalize
from research.corpora import read_lines
from research.corpus import records
from research.corpus.layers import FRAMES
from research.corpus.measures import to_article

Told = TypeVar("Told")
TAUGHT = ("train", "tune")  # the measure part is for `evaluate` alone


@dataclass(frozen=True, slots=True)
class Coded(Generic[Told]):
    """An article of the corpus: its part, what was told of its document, and one coder's marks."""

    name: str
    part: str
    told: Told
    marks: Mapping[str, Any]


def collect(data: Path, tell: Callable[[Document], Told], jobs: int = 2) -> list[Coded[Told]]:
    """What `tell` says of every article to learn from and to choose by; `tell` must be importable by its name."""
    source = data / "news" / "articles.jsonl.gz"
    facts, marks = records.read_articles(), records.read_marks()
    texts = records.find_texts(read_lines(source) if source.exists() else ())
    chosen = sorted(name for name in texts if name in marks and facts[name]["part"] in TAUGHT)
    with get_context("spawn").Pool(jobs) as pool:
        articles = [to_article(texts[name], facts[name]) for name in chosen]
        told = pool.imap(_Teller(tell), articles, chunksize=16)
        return [
            Coded(name, facts[name]["part"], one, records.best(marks[name]))
            for name, one in zip(chosen, told, strict=True)
        ]


def collect_outlines(data: Path, tell: Callable[[Document], Told], jobs: int = 2) -> list[Coded[Told]]:
    """The same of every article that coders told in outline, all of it to learn from."""
    rows = {row["id"]: row for row in records.read_outlines()}
    source = data / "news" / "articles.jsonl.gz"
    found = [row for row in read_lines(source) if row["id"] in rows] if source.exists() else []
    articles = [Article(title=row["title"], text=row["text"], outlet=row["outlet"]) for row in found]
    with get_context("spawn").Pool(jobs) as pool:
        told = pool.imap(_Teller(tell), articles, chunksize=16)
        return [
            Coded(row["id"], "train", one, _complete(rows[row["id"]])) for row, one in zip(found, told, strict=True)
        ]


def _complete(outline: Mapping[str, Any]) -> dict[str, Any]:
    """An outline as a coder's marks have it: every frame with its level."""
    return dict(outline) | {"frames": {name: outline["frames"].get(name, {"level": 0}) for name in FRAMES}}


@dataclass(frozen=True, slots=True)
class CodedArticle:
    """An article as the analyzers get it, and what its coder marked."""

    name: str
    document: Document
    gold: Mapping[str, Any]


def read_coded(data: Path, parts: Iterable[str]) -> Iterator[CodedArticle]:
    """Every article of these parts, one at a time: for what needs the document beside its marks."""
    source = data / "news" / "articles.jsonl.gz"
    facts, marks = records.read_articles(), records.read_marks()
    texts = records.find_texts(read_lines(source) if source.exists() else ())
    wanted = set(parts)
    for name, about in facts.items():
        if about["part"] in wanted and name in texts:
            yield CodedArticle(name, see(texts[name], about), records.best(marks[name]))


def read_judged(data: Path, layer: str) -> Iterator[tuple[str, Document, list[Mapping[str, Any]]]]:
    """The articles of which readers judged something of this layer: id, document, and what they judged."""
    judged: dict[str, list[Mapping[str, Any]]] = {}
    for row in records.read_judged(layer):
        judged.setdefault(row["id"], []).append(row)
    source = data / "news" / "articles.jsonl.gz"
    for row in read_lines(source) if source.exists() else ():
        if row["id"] in judged:
            article = Article(title=row["title"], text=row["text"], outlet=row["outlet"])
            yield row["id"], see_article(article), judged[row["id"]]


def see(text: str, facts: Mapping[str, Any]) -> Document:
    """A coded article's document, read and with its names, as the pipeline has it."""
    return see_article(to_article(text, facts))


def see_article(article: Article) -> Document:
    """Any article's document, read and with its names, as the pipeline has it."""
    return names.settle(reader.read(read(normalize(article).article)))


@dataclass(frozen=True, slots=True)
class _Teller:
    tell: Callable[[Document], Any]

    def __call__(self, article: Article) -> Any:
        return self.tell(see_article(article))
