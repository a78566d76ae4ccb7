"""Measuring the reference: how often news articles use loaded words, as counts in classifiers/reference.json."""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from multiprocessing import get_context
from pathlib import Path
from typing import Any, Literal

from pydantic import ValidationError

from models import lexicography, reader
from models.analyzers import vocabulary
from models.article import Article
from models.classifiers import reference
from models.document import read
from research.corpora import read_lines

ARTICLES = 1_000
_SEED = 20_261_123
_FEWEST_WORDS = 80  # below, an article has no rates (models.pipeline)
_FEWEST_ARTICLES = 10  # below, an outlet has no figure

Voice = Literal["outlet", "quoted"]
_VOICES: tuple[Voice, ...] = ("outlet", "quoted")


def measure(data: Path, articles: int = ARTICLES, jobs: int | None = None) -> reference.Reference | None:
    """Count loaded words in a random sample of `news/` (fixed seed) and write the counts; None without that folder.

    `jobs`: processes to use, by default one a core.
    """
    path = data / "news" / "articles.jsonl.gz"
    if not path.exists():
        return None
    rows = list(read_lines(path))
    sample = random.Random(_SEED).sample(rows, min(articles, len(rows)))  # a sample, not a secret
    with get_context("spawn").Pool(jobs) as pool:
        counted = [one for one in pool.imap(count, sample, chunksize=8) if one is not None]
    result = gather(counted, len(rows))
    reference.FILE.write_text(result.model_dump_json(indent=1) + "\n", encoding="utf-8")
    reference.load.cache_clear()
    return result


def count(row: dict[str, Any]) -> dict[str, Any] | None:
    """One article's words and terms by voice; None for what would get no rates."""
    try:
        article = Article(title=row["title"] or None, text=row["text"])
    except ValidationError:
        return None
    document = read(article)
    if document.language != "en" or document.words < _FEWEST_WORDS:
        return None
    found = vocabulary.analyze(reader.read(document))
    assert found.rates is not None  # noqa: S101  # only the pipeline blanks them
    words = vocabulary.count_words(document)
    head = [token for token in document.tokens if token.is_word and token.start < document.title_end]
    return {
        "outlet": row["outlet"],
        "words": dict(words),
        "terms": Counter((term.category, term.voice) for term in found.shown),
        "rates": {"outlet": found.rates.outlet.per_1000, "quoted": found.rates.quoted.per_1000},
        "headline": (len(head), sum(term.start < document.title_end for term in found.shown)),
    }


def gather(counted: list[dict[str, Any]], population: int) -> reference.Reference:
    """Add the articles' counts up."""
    terms: dict[str, dict[Voice, int]] = defaultdict(lambda: {"outlet": 0, "quoted": 0})
    outlets: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for one in counted:
        outlets[one["outlet"]].append(one)
        for (category, voice), number in one["terms"].items():
            terms[category][voice] += number
    return reference.Reference(
        about=f"{len(counted)} English articles, a random sample of the {population} of Baly et al. 2020 "
        "(US outlets, politics, 2012 to 2020)",
        basis=lexicography.reference_basis(),
        articles=len(counted),
        words={voice: sum(one["words"].get(voice, 0) for one in counted) for voice in _VOICES},
        terms=dict(sorted(terms.items())),
        headlines={
            "words": sum(one["headline"][0] for one in counted),
            "terms": sum(one["headline"][1] for one in counted),
        },
        outlets={
            name: reference.OutletCounts(
                articles=len(ones),
                words=sum(one["words"].get("outlet", 0) for one in ones),
                terms=sum(n for one in ones for (_, voice), n in one["terms"].items() if voice == "outlet"),
            )
            for name, ones in sorted(outlets.items())
            if len(ones) >= _FEWEST_ARTICLES
        },
        rates={
            voice: {
                str(rate): number
                for rate, number in sorted(
                    Counter(round(one["rates"][voice], 1) for one in counted if one["words"].get(voice)).items()
                )
            }
            for voice in _VOICES
        },
    )
