"""What the teacher hands on: paragraphs of unlabelled news with what it makes of every piece, sentence and name."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from random import Random

import numpy as np
import torch
from tokenizers import Tokenizer
from torch import Tensor

from models.article import Article
from models.document import Document, Paragraph
from models.document import read as read_document
from models.reader.masks import find_names, put_on
from research.corpora import Judged, Sample, Target, is_for_lessons, read_lines
from research.corpus.records import read_articles
from research.training.batches import Passage, Polarity, pack, tokenize
from research.training.learning import pad
from research.training.masking import by_chance, carry
from research.training.network import Heads
from research.training.recipe import TOKEN_HEADS, Recipe

_LEAST = 8  # word pieces of a paragraph worth a lesson
_NAMED = {"person", "organization"}

Said = tuple[Tensor, list[float], list[Polarity]]  # by piece and head, by sentence, by target


def read_news(data: Path, recipe: Recipe) -> Iterator[Article]:
    """As many articles as the recipe says, the same number from left, center and right; none to measure on."""
    by_leaning: dict[str, list[dict[str, str]]] = {}
    kept = {name for name, facts in read_articles().items() if facts["part"] != "train"}
    for row in read_lines(data / "news" / "articles.jsonl.gz"):
        if is_for_lessons(row["id"]) and row["id"] not in kept:
            by_leaning.setdefault(row["leaning"], []).append(row)
    random = Random(recipe.seed)
    for leaning in sorted(by_leaning):
        rows = by_leaning[leaning]
        for row in random.sample(rows, min(len(rows), recipe.lesson_articles // len(by_leaning))):
            yield Article(title=row["title"] or None, text=row["text"])


def cut_lessons(articles: Iterator[Article], recipe: Recipe) -> Iterator[Sample]:
    """Some paragraphs of each article, masks on their names, nothing said of them yet."""
    random = Random(recipe.seed)
    for article in articles:
        document = read_document(article)
        names = find_names(document)
        paragraphs = [p for p in document.paragraphs if document.sentences[p.first].part != "boilerplate"]
        for paragraph in random.sample(paragraphs, min(len(paragraphs), recipe.lesson_paragraphs)):
            inside = [name for name in names if paragraph.start <= name.start and name.end <= paragraph.end]
            text = document.text[paragraph.start : paragraph.end]
            masked = put_on(text, inside, paragraph.start, by_chance(random))
            yield carry(_frame(document, paragraph), masked)


def _frame(document: Document, paragraph: Paragraph) -> Sample:
    """A paragraph with its sentences to be judged and its names to be asked about."""
    at = paragraph.start
    sentences = document.sentences[paragraph.first : paragraph.last]
    mentions = [m for entity in document.entities if entity.kind in _NAMED for m in entity.mentions]
    return Sample(
        corpus="news",
        group="",
        text=document.text[at : paragraph.end],
        judged=tuple(Judged(s.start - at, s.end - at, bias=False) for s in sentences),
        targets=tuple(
            Target(m.start - at, m.end - at, 0)
            for s in sentences
            for m in mentions
            if s.start <= m.start and m.end <= s.end
        ),
    )


def judge(teacher: Heads, batch: Sequence[Passage]) -> Iterator[Said]:
    """What the teacher makes of each passage, in probabilities."""
    vectors = teacher.encode(*pad(batch)).float()
    tokens = teacher.tokens(vectors).sigmoid()
    for row, p in enumerate(batch):
        x = vectors[row]
        bias = [float(teacher.bias(x[a:b].mean(0)).sigmoid()) for a, b, *_ in p.judged]
        polarity: list[Polarity] = []
        for a, b, c, d, _ in p.targets:
            logits = teacher.judge_targets(x[a:b].mean(0)[None], x[c:d].mean(0)[None])[0]
            negative, neutral, positive = logits.softmax(-1).tolist()
            polarity.append((negative, neutral, positive))
        yield tokens[row, : len(p.ids)].half(), bias, polarity


def teach(
    lessons: Sequence[Sample],
    own: Tokenizer,
    teacher: Heads,
    teachers: Tokenizer,
    recipe: Recipe,
    known: Sequence[float] | None = None,
) -> list[Passage]:
    """The lessons as passages, with the teacher's probabilities for labels; `known`: which token heads it knows."""
    teacher.eval()
    asked = [tokenize(lesson, teachers.encode(lesson.text), recipe.window) for lesson in lessons]
    lesson_of = {id(passage): lesson for passage, lesson in zip(asked, lessons, strict=True)}
    whole = [passage for passage in asked if _LEAST <= len(passage.ids) < recipe.window]
    taught = []
    for batch in pack(whole, Random(recipe.seed), recipe.batch_tokens, recipe.batch_passages):
        with torch.no_grad(), torch.autocast("cpu", torch.bfloat16, enabled=recipe.bfloat16):
            said = list(judge(teacher, batch))
        for passage, (tokens, bias, polarity) in zip(batch, said, strict=True):
            lesson = lesson_of[id(passage)]
            mine = tokenize(lesson, own.encode(lesson.text), recipe.window)
            taught.append(
                replace(
                    mine,
                    labels=tokens.numpy(),
                    known=np.array(known or [1.0] * len(TOKEN_HEADS), np.float32),
                    judged=tuple((a, b, p, o) for (a, b, _, o), p in zip(mine.judged, bias, strict=True)),
                    targets=tuple((*t[:4], p) for t, p in zip(mine.targets, polarity, strict=True)),
                )
            )
    return taught
