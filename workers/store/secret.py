"""The secret of this store: made once, known to all its processes, told to nobody."""

from __future__ import annotations

import secrets
from typing import cast

from workers.store.connection import key, reach


def secret() -> bytes:
    """Give it: 256 random bits."""
    with reach() as client:
        client.set(key("secret"), secrets.token_bytes(32), nx=True)
        return cast(bytes, client.get(key("secret")))
