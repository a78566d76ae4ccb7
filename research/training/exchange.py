"""Exchange names for others of their kind, every offset moved along."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path
from random import Random

from models.reader.masks import Masked
from research.corpora import Sample
from research.training.masking import carry


@cache
def _read_groups() -> tuple[dict[str, tuple[str, ...]], re.Pattern[str]]:
    table = tomllib.loads((Path(__file__).parent / "exchanges.toml").read_text(encoding="utf-8"))["groups"]
    group_of = {name: tuple(names) for names in table.values() for name in names}
    names = "|".join(re.escape(name) for name in sorted(group_of, key=len, reverse=True))
    return group_of, re.compile(rf"(?<![\w-])(?:{names})(?![\w-])")


def exchange(sample: Sample, random: Random) -> Sample:
    """The same sample with each listed name replaced by another of its group, the same one throughout."""
    group_of, pattern = _read_groups()
    chosen: dict[str, str] = {}
    places: list[tuple[int, int, int, int]] = []
    pieces, at, length = [], 0, 0
    for hit in pattern.finditer(sample.text):
        new = chosen.setdefault(hit.group(), random.choice(group_of[hit.group()]))
        pieces += [sample.text[at : hit.start()], new]
        length += hit.start() - at
        places.append((length, length + len(new), hit.start(), hit.end()))
        at, length = hit.end(), length + len(new)
    return carry(sample, Masked("".join([*pieces, sample.text[at:]]), tuple(places)))
