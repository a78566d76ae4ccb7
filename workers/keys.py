"""Keys: who may use the service, and what for. Only hashes are kept.

A key is 256 random bits, so one SHA-256 of it is as good as a slow hash would be: there is nothing to guess.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, get_args

Scope = Literal["read", "submit", "delete", "admin"]
SCOPES: tuple[Scope, ...] = get_args(Scope)
SCOPES_OF_A_PERSON: tuple[Scope, ...] = ("read", "submit", "delete")

_PREFIX = "plx_"  # so that scanners for lost secrets can tell what they found
_LINE = re.compile(r"([A-Za-z0-9][A-Za-z0-9._-]{0,39}):([a-z+]+):([0-9a-f]{64})")


@dataclass(frozen=True, slots=True)
class Key:
    """One key: its name, what it is good for, and the hash that tells it."""

    name: str
    scopes: tuple[Scope, ...]
    digest: str
    """SHA-256 of the secret, 64 hexadecimal digits."""

    def may(self, scope: Scope) -> bool:
        """Is it good for this? `admin` is good for everything."""
        return scope in self.scopes or "admin" in self.scopes

    def __str__(self) -> str:
        return f"{self.name}:{'+'.join(self.scopes)}:{self.digest}"


def make(name: str, scopes: Iterable[Scope]) -> tuple[str, Key]:
    """Make a key: the secret, shown once, and what is kept of it. Raises ValueError for a name that can't be."""
    secret = _PREFIX + secrets.token_urlsafe(32)
    wanted = "+".join(scope for scope in SCOPES if scope in set(scopes))
    return secret, read_line(f"{name}:{wanted}:{_hash(secret)}")


def read(lines: str) -> tuple[Key, ...]:
    """Read keys as PARALLAX_API_KEYS holds them, separated by white space or commas. Raises ValueError."""
    found = tuple(read_line(line) for line in re.split(r"[\s,]+", lines) if line)
    if len({key.name for key in found}) < len(found):
        raise ValueError("two keys have the same name; each needs its own")
    return found


def read_line(line: str) -> Key:
    """Read one key. Raises ValueError, without the line: it may be a secret in the wrong place."""
    parts = _LINE.fullmatch(line)
    if not parts:
        raise ValueError("each key must be NAME:SCOPE+SCOPE:HASH, as `python -m workers key NAME` prints it")
    name, scopes, digest = parts.groups()
    wanted = tuple(scope for scope in SCOPES if scope in scopes.split("+"))
    if set(wanted) != set(scopes.split("+")):
        raise ValueError(f"the scopes of {name} must be among {', '.join(SCOPES)}")
    return Key(name, wanted, digest)


def find(secret: str, keys: Iterable[Key]) -> Key | None:
    """Which key is this? Looks at every one, in constant time, so that the answer's time tells nothing."""
    digest, found = _hash(secret), None
    for key in keys:
        if hmac.compare_digest(digest, key.digest):
            found = key
    return found


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode("utf-8", "surrogateescape")).hexdigest()
