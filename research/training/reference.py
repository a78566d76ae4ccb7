"""Measuring the reference: how articles are worded and framed, by genre, as counts in classifiers/reference.json."""

from __future__ import annotations

import math
import random
from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime
from itertools import takewhile
from multiprocessing import get_context
from pathlib import Path
from time import monotonic
from typing import Any, get_args

from pydantic import BaseModel, ConfigDict, ValidationError

from models import lexicography
from models.article import Article
from models.classifiers import reference
from models.comparison import columns
from models.outlets.counting import count as count_report
from models.outlets.records import Counts
from models.pipeline import analyze
from models.report import CastRole, DeviceKind, Genre, Voice
from research.corpora import read_lines

_FEWEST_OF_A_GENRE = 200  # below, a genre is no reference: a percentile would jump

_SEED = 1  # of the lot

_VOICES: tuple[Voice, ...] = get_args(Voice)


class Counted(BaseModel):
    """One article."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    rates: dict[Voice, float]
    counts: Counts


def measure(data: Path, minutes: float = math.inf, jobs: int | None = None) -> reference.Reference | None:
    """Analyze the articles of `news/` in an order drawn by lot and write the counts; None without that folder.

    `minutes`: after so many it is enough, and the counts say that they are of a sample. `jobs`: processes to use, by
    default one a core.
    """
    path = data / "news" / "articles.jsonl.gz"
    if not path.exists():
        return None
    rows = list(read_lines(path))
    random.Random(_SEED).shuffle(rows)
    until = monotonic() + 60 * minutes
    with get_context("spawn").Pool(jobs) as pool:
        read = list(takewhile(lambda _: monotonic() < until, pool.imap(count, rows, chunksize=8)))
    result = gather([one for one in read if one is not None], len(read), len(rows))
    reference.FILE.write_text(result.model_dump_json() + "\n", encoding="utf-8")
    reference.load.cache_clear()
    return result


def count(row: dict[str, Any]) -> Counted | None:
    """What one article adds; None for what would get no rates."""
    try:
        report = analyze(Article(title=row["title"] or None, text=row["text"]))
    except ValidationError:
        return None
    counts, rates = count_report(columns.read(0, report)), report.vocabulary.rates
    if counts is None or rates is None:
        return None
    return Counted(rates={"outlet": rates.outlet.per_1000, "quoted": rates.quoted.per_1000}, counts=counts)


def gather(counted: Sequence[Counted], read: int, population: int) -> reference.Reference:
    """Add the counts up of those articles that have any, of so many `read` among the `population`."""
    drawn = f"{read:,} drawn by lot from " if read < population else ""
    by_genre = {genre: [one for one in counted if one.counts.genre == genre] for genre in get_args(Genre)}
    return reference.Reference(
        about=f"{len(counted):,} English articles of 80 words and more among {drawn}the {population:,} of Baly et al. "
        "2020 (US outlets, politics, 2012 to 2020)",
        basis=lexicography.reference_basis(),
        counted=datetime.now(UTC).date(),
        whole=_add(counted),
        genres={genre: _add(ones) for genre, ones in by_genre.items() if len(ones) >= _FEWEST_OF_A_GENRE},
    )


def _add(ones: Sequence[Counted]) -> reference.Group:
    framed = [one.counts.frames for one in ones if one.counts.frames is not None]
    roles: Counter[CastRole] = Counter()
    for source in (source for one in ones for source in one.counts.voiced or ()):
        if source.role:
            roles[source.role] += source.words
    devices: Counter[DeviceKind] = sum((Counter(one.counts.devices or {}) for one in ones), Counter())
    categories = sorted({name for one in ones for name in one.counts.terms})
    none: dict[Voice, int] = dict.fromkeys(_VOICES, 0)
    return reference.Group(
        articles=len(ones),
        words={voice: sum(one.counts.words.get(voice, 0) for one in ones) for voice in _VOICES},
        terms={
            name: {voice: sum(one.counts.terms.get(name, none)[voice] for one in ones) for voice in _VOICES}
            for name in categories
        },
        rates={voice: _rank(ones, voice) for voice in _VOICES},
        framed=len(framed),
        frames=dict(Counter(name for names in framed for name in names).most_common()),
        devices=dict(devices.most_common()),
        given=sum(source.words for one in ones for source in one.counts.voiced or ()),
        roles=dict(roles.most_common()),
    )


def _rank(ones: Sequence[Counted], voice: Voice) -> dict[str, int]:
    """How many articles have which rate, of those that have words in this voice."""
    rates = Counter(round(one.rates[voice], 1) for one in ones if one.counts.words.get(voice))
    return {str(rate): number for rate, number in sorted(rates.items())}
