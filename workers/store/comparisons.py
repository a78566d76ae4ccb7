"""Comparisons: one hash each, `parallax:comparison:<id>` (reports, content); gone with the first of its reports."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import cast

from models.comparison_report import Comparison
from workers.store.connection import key, pack, reach, run, unpack

_FAILURE_SECONDS = 30


def ask_comparison(identifier: str, reports: Sequence[str]) -> bool:
    """Note which reports a comparison is of, for as long as all of them are kept. False when one is not there."""
    names = [key("comparison", identifier)]
    for name in reports:
        names += [key("article", name), key("compared", name)]
    with reach() as client:
        return bool(run(client, "ask", names, identifier, json.dumps(list(reports))))


def claim_comparison(identifier: str, seconds: int) -> bool:
    """Is it on us to have this comparison made? True once in so many seconds."""
    with reach() as client:
        return bool(client.set(key("comparing", identifier), 1, nx=True, ex=seconds))


def save_comparison(comparison: Comparison) -> bool:
    """Keep a comparison that was asked for. False when one of its reports is not there any more.

    Raises ValueError for one without an id.
    """
    if comparison.id is None:
        raise ValueError("only a comparison with an id can be kept")
    content = pack(comparison.model_dump_json())
    with reach() as client:
        return bool(run(client, "keep", [key("comparison", comparison.id)], content))


def fail_comparison(identifier: str, reason: str) -> None:
    """Tell who waits for this comparison that it could not be made."""
    with reach() as client:
        client.set(key("comparison-failure", identifier), reason, ex=_FAILURE_SECONDS)


def comparison(identifier: str) -> Comparison | str | list[str] | None:
    """Give the comparison, else why it could not be made (kept for 30 s), else its reports, else None: not asked for.

    A comparison that this version can't read counts as one to be made.
    """
    with reach() as client:
        pipe = client.pipeline(transaction=False)
        pipe.hmget(key("comparison", identifier), ["content", "reports"])
        pipe.get(key("comparison-failure", identifier))
        (packed, reports), reason = cast(tuple[list[bytes | None], bytes | None], tuple(pipe.execute()))
    if reports is None:
        return None
    if found := unpack(Comparison, packed, identifier):
        return found
    return reason.decode() if reason else cast(list[str], json.loads(reports))
