"""How often somebody may ask: counted in the store by key, without one by address (PARALLAX_RATE_LIMIT)."""

from __future__ import annotations

import time

from flask import Flask, Response, g, request
from flask_limiter import Limiter
from flask_limiter.errors import RateLimitExceeded
from flask_limiter.util import get_remote_address

from service import problems
from service.problems import Refusal
from service.texts import say
from workers import settings, store

_UNCOUNTED = frozenset({"static", "healthz", "readyz"})


def register(app: Flask) -> None:
    """Count requests after it is known who asks, and before strangers are refused: guessing keys is counted too."""
    limit = settings.current().rate_limit
    if limit is None:
        return
    limiter = Limiter(
        _name_caller,
        app=app,
        application_limits=[limit],
        application_limits_exempt_when=lambda: request.endpoint in _UNCOUNTED,
        storage_uri=store.url().replace("unix://", "redis+unix://", 1),
        storage_options={"key_prefix": f"{store.PREFIX}pace"},
        # While the store is away every process counts for itself.
        in_memory_fallback_enabled=True,
        headers_enabled=True,
        strategy="moving-window",
    )

    @app.errorhandler(RateLimitExceeded)
    def _refuse(error: RateLimitExceeded) -> Response:
        current = limiter.current_limit
        seconds = max(1, round(current.reset_at - time.time())) if current else 1
        detail = say("problem.too_many_requests.detail", limit=str(error.limit and error.limit.limit), seconds=seconds)
        return problems.answer(Refusal(429, "too_many_requests", detail, headers={"Retry-After": str(seconds)}))


def _name_caller() -> str:
    return f"key:{g.key.name}" if g.get("key") else f"address:{get_remote_address()}"
