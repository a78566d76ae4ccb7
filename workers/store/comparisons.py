"""Comparisons: made once by a worker, kept as long as the reports they quote."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

from models.comparison_report import Comparison
from workers import settings
from workers.store.connection import DAY, key, pack, reach, run, unpack


def claim_comparison(identifier: str, seconds: int) -> bool:
    """Is it on us to have this comparison made? True once in so many seconds."""
    with reach() as client:
        return bool(client.set(key("comparing", identifier), 1, nx=True, ex=seconds))


def save_comparison(identifier: str, comparison: Comparison, reports: Sequence[str]) -> bool:
    """Keep a comparison as long as its reports. False when one of them is not there any more."""
    names = [key("comparison", identifier)]
    for name in reports:
        names += [key("article", name), key("compared", name)]
    seconds = settings.current().retention_days * DAY
    with reach() as client:
        return bool(run(client, "keep", names, identifier, pack(comparison.model_dump_json()), seconds))


def fail_comparison(identifier: str, reason: str) -> None:
    """Tell who waits for this comparison that it could not be made."""
    with reach() as client:
        client.set(key("comparison-failure", identifier), reason, ex=30)


def comparison(identifier: str) -> Comparison | str | None:
    """Give the comparison, the reason why it could not be made (kept for 30 s), or None while neither is there."""
    with reach() as client:
        packed, reason = cast(
            list[bytes | None],
            client.mget(key("comparison", identifier), key("comparison-failure", identifier)),
        )
    return unpack(Comparison, packed, identifier) or (reason.decode() if reason else None)
