"""How often somebody may ask: counted in the store by key, without one by address (PARALLAX_RATE_LIMIT)."""

from __future__ import annotations

import time
from collections.abc import Sequence

from flask import Flask, g, request
from limits import RateLimitItem, parse_many
from limits.errors import StorageError
from limits.storage import MemoryStorage, storage_from_string
from limits.strategies import MovingWindowRateLimiter

from service.problems import Refusal
from service.texts import say
from workers import settings, store

_UNCOUNTED = frozenset({"static", "healthz", "readyz"})
_AWAY_SECONDS = 5  # that a store which did not answer is not asked again


def register(app: Flask) -> None:
    """Count requests after it is known who asks, and before anything is refused, be it an address that is none."""
    limit = settings.current().rate_limit
    if limit is None:
        return
    pace = Pace(parse_many(limit), store.url())

    @app.before_request
    def _count() -> None:
        if request.endpoint in _UNCOUNTED:
            return
        over = pace.count(f"key:{g.key.name}" if g.get("key") else f"address:{request.remote_addr or 'none'}")
        if over is not None:
            exceeded, seconds = over
            detail = say("problem.too_many_requests.detail", limit=str(exceeded), seconds=seconds)
            raise Refusal(429, "too_many_requests", detail, headers={"Retry-After": str(seconds)})


class Pace:
    """Counts callers in the store, all processes together; while the store is away, each process for itself."""

    def __init__(self, limits: Sequence[RateLimitItem], url: str) -> None:
        self._limits = limits
        shared = storage_from_string(
            url.replace("unix://", "redis+unix://", 1), wrap_exceptions=True, key_prefix=f"{store.PREFIX}pace"
        )
        self._shared = MovingWindowRateLimiter(shared)
        self._own = MovingWindowRateLimiter(MemoryStorage())
        self._away_until = 0.0

    def count(self, caller: str) -> tuple[RateLimitItem, int] | None:
        """Count one request; gives the limit that it is over, and the seconds until another one may come."""
        if time.monotonic() >= self._away_until:
            try:
                return self._hit(self._shared, caller)
            except StorageError:
                self._away_until = time.monotonic() + _AWAY_SECONDS
        return self._hit(self._own, caller)

    def _hit(self, counter: MovingWindowRateLimiter, caller: str) -> tuple[RateLimitItem, int] | None:
        for limit in self._limits:
            if not counter.hit(limit, caller):
                return limit, max(1, round(counter.get_window_stats(limit, caller).reset_time - time.time()))
        return None
