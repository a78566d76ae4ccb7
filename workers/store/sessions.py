"""Sessions of browsers: which key began each, until it ends. A cookie holds a name of 256 random bits, nothing else.

A session lives here and nowhere else, so that signing out ends it for every copy of its cookie. The store knows a hash
of the name only: whoever reads the store can't go on with anybody's session.
"""

from __future__ import annotations

import hashlib
import secrets
import time
from typing import cast

from workers.store.connection import key, reach


def begin_session(owner: str, seconds: int) -> str:
    """Begin a session of whoever gave the key with this digest; its secret name, for the cookie."""
    name = secrets.token_urlsafe(32)
    with reach() as client:
        client.set(name_session(name), f"{time.time() + seconds} {owner}", ex=seconds)
    return name


def find_session(name: str) -> str | None:
    """The digest of the key that began this session; None when it has ended, or never was."""
    with reach() as client:
        return read_session(cast(bytes | None, client.get(name_session(name))))


def read_session(found: bytes | None) -> str | None:
    """Whose session this record is; None when it has ended."""
    until, _, owner = (found or b"0 ").decode().partition(" ")
    return owner if float(until) > time.time() else None


def end_session(name: str) -> None:
    """End a session, wherever its cookie was copied to."""
    with reach() as client:
        client.delete(name_session(name))


def name_session(name: str) -> str:
    """The key of a session."""
    return key("session", hashlib.sha256(name.encode("utf-8", "surrogateescape")).hexdigest())
