"""Leases: one process at a time is at a thing, and a killed one holds nobody up."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextlib import contextmanager

from workers.store.connection import key, reach, run


@contextmanager
def hold(subject: str, seconds: int) -> Iterator[bool]:
    """Hold the lease of a subject for as long as this goes on, `seconds` at most; False when somebody else has it."""
    token = secrets.token_hex(8)
    with reach() as client:
        ours = bool(client.set(key("lease", subject), token, nx=True, ex=seconds))
    try:
        yield ours
    finally:
        if ours:
            with reach() as client:
                run(client, "let_go", [key("lease", subject)], token)
