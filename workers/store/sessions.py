"""What signs the sessions of browsers: one secret for all web processes, made once and kept."""

from __future__ import annotations

import secrets
from typing import cast

from workers.store.connection import key, reach


def session_secret() -> bytes:
    """Give the secret, the same in every process on this store."""
    with reach() as client:
        client.set(key("session-secret"), secrets.token_bytes(32), nx=True)
        return cast(bytes, client.get(key("session-secret")))
