"""Lessons: paragraphs of unlabelled news with what the teacher makes of every piece, sentence and name in them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from random import Random

import numpy as np
import torch
from tokenizers import Encoding, Tokenizer
from torch import Tensor

from models.article import Article
from models.document import Document
from models.document import read as read_document
from models.training.batches import Passage, Polarity, pack
from models.training.corpora import read_lines
from models.training.network import Heads
from models.training.recipe import TOKEN_HEADS, Recipe

_LEAST = 8  # word pieces of a paragraph worth a lesson
_NAMED = {"person", "organization"}

Lesson = tuple[Passage, Passage]  # a paragraph as the reader tokenizes it, and as the teacher does


def is_for_lessons(name: str) -> bool:
    """Half of the articles: the other half stays unread by every model, for eyes and reference."""
    return hashlib.blake2b(name.encode(), digest_size=1).digest()[0] < 128


def read_news(data: Path, recipe: Recipe) -> Iterator[Article]:
    """As many articles as the recipe says, the same number from left, center and right."""
    by_leaning: dict[str, list[dict[str, str]]] = {}
    for row in read_lines(data / "news" / "articles.jsonl.gz"):
        if is_for_lessons(row["id"]):
            by_leaning.setdefault(row["leaning"], []).append(row)
    random = Random(recipe.seed)
    for leaning in sorted(by_leaning):
        rows = by_leaning[leaning]
        for row in random.sample(rows, min(len(rows), recipe.lesson_articles // len(by_leaning))):
            yield Article(title=row["title"] or None, text=row["text"])


def cut_lessons(articles: Iterator[Article], own: Tokenizer, teachers: Tokenizer, recipe: Recipe) -> list[Lesson]:
    """Some paragraphs of each article, nothing said of them yet."""
    random = Random(recipe.seed)
    lessons = []
    for article in articles:
        document = read_document(article)
        paragraphs = [p for p in document.paragraphs if document.sentences[p.first].part != "boilerplate"]
        for paragraph in random.sample(paragraphs, min(len(paragraphs), recipe.lesson_paragraphs)):
            text = document.text[paragraph.start : paragraph.end]
            encoding = own.encode(text)
            if _LEAST <= len(encoding.ids) <= recipe.window:
                place = (paragraph.first, paragraph.last, paragraph.start)
                lessons.append((_frame(document, *place, encoding), _frame(document, *place, teachers.encode(text))))
    return lessons


def _frame(document: Document, first: int, last: int, at: int, encoding: Encoding) -> Passage:
    """The ranges of sentences and names in a paragraph, nothing said of them yet."""
    starts = np.array([s for s, e in encoding.offsets])
    ends = np.array([e for s, e in encoding.offsets])

    def find(start: int, end: int) -> tuple[int, int]:
        inside = np.flatnonzero((starts < end - at) & (start - at < ends) & (starts < ends))
        return (int(inside[0]), int(inside[-1]) + 1) if len(inside) else (0, 0)

    judged, targets = [], []
    for sentence in document.sentences[first:last]:
        begin, end = find(sentence.start, sentence.end)
        if begin < end:
            judged.append((begin, end, 0.0, -1))
            for entity in document.entities:
                for mention in entity.mentions:
                    if entity.kind in _NAMED and sentence.start <= mention.start and mention.end <= sentence.end:
                        a, b = find(mention.start, mention.end)
                        if a < b:
                            targets.append((a, b, begin, end, (0.0, 0.0, 0.0)))
    nothing = np.zeros((len(encoding.ids), 0), np.float32)
    known = np.ones(len(TOKEN_HEADS), np.float32)
    return Passage("news", np.array(encoding.ids, np.int64), nothing, known, tuple(judged), tuple(targets))


def judge(teacher: Heads, batch: Sequence[Passage]) -> Iterator[tuple[Tensor, list[float], list[Polarity]]]:
    """Probabilities by piece and head, bias by sentence, polarity by target, for each passage."""
    length = max(len(p.ids) for p in batch)
    ids = torch.zeros(len(batch), length, dtype=torch.long)
    mask = torch.zeros(len(batch), length, dtype=torch.bool)
    for row, p in enumerate(batch):
        ids[row, : len(p.ids)] = torch.from_numpy(p.ids)
        mask[row, : len(p.ids)] = True
    vectors = teacher.encode(ids, mask)
    tokens = teacher.tokens(vectors).sigmoid()
    for row, p in enumerate(batch):
        x = vectors[row]
        bias = [float(teacher.bias(x[a:b].mean(0)).sigmoid()) for a, b, *_ in p.judged]
        polarity: list[Polarity] = []
        for a, b, c, d, _ in p.targets:
            logits = teacher.judge_targets(x[a:b].mean(0)[None], x[c:d].mean(0)[None])[0]
            negative, neutral, positive = logits.softmax(-1).tolist()
            polarity.append((negative, neutral, positive))
        yield tokens[row, : len(p.ids)], bias, polarity


def teach(pairs: Sequence[Lesson], teacher: Heads, recipe: Recipe) -> list[Passage]:
    """The lessons, with the teacher's probabilities for labels."""
    own = {id(asked): mine for mine, asked in pairs}
    taught = []
    teacher.eval()
    for batch in pack([asked for _, asked in pairs], Random(recipe.seed), recipe.batch_tokens, recipe.batch_passages):
        with torch.no_grad():
            said = list(judge(teacher, batch))
        for asked, (tokens, bias, polarity) in zip(batch, said, strict=True):
            mine = own[id(asked)]
            judged = tuple((a, b, p, o) for (a, b, _, o), p in zip(mine.judged, bias, strict=True))
            targets = tuple((*t[:4], p) for t, p in zip(mine.targets, polarity, strict=True))
            taught.append(Passage("news", mine.ids, tokens.half().numpy(), mine.known, judged, targets))
    return taught
