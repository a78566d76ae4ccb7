"""Exchange names for others of their kind, every offset moved along."""

from __future__ import annotations

import re
import tomllib
from dataclasses import replace
from functools import cache
from pathlib import Path
from random import Random
from typing import TypeVar

from models.training.corpora import Judged, Sample, Span, Target

Item = TypeVar("Item", Judged, Target)


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
    moves: list[tuple[int, int, int]] = []  # start, end, new length
    pieces, at = [], 0
    for hit in pattern.finditer(sample.text):
        name = hit.group()
        new = chosen.setdefault(name, random.choice(group_of[name]))
        moves.append((hit.start(), hit.end(), len(new)))
        pieces += [sample.text[at : hit.start()], new]
        at = hit.end()
    if not moves:
        return sample
    text = "".join([*pieces, sample.text[at:]])

    def move(offset: int, *, is_end: bool) -> int:
        shift = 0
        for start, end, length in moves:
            if offset >= end:
                shift += length - (end - start)
            elif offset > start:  # inside a name: its edge
                return start + shift + (length if is_end else 0)
            else:
                break
        return offset + shift

    def move_span(start: int, end: int) -> tuple[int, int]:
        return move(start, is_end=False), move(end, is_end=True)

    return replace(
        sample,
        text=text,
        spans={label: tuple(move_span(s, e) for s, e in spans) for label, spans in sample.spans.items()},
        judged=tuple(_put(j, move_span(j.start, j.end)) for j in sample.judged),
        targets=tuple(_put(t, move_span(t.start, t.end)) for t in sample.targets),
    )


def _put(item: Item, span: Span) -> Item:
    return replace(item, start=span[0], end=span[1])
