"""Callbacks: an address that is told, signed, when an article or a batch has ended. This part is all the web needs."""

from __future__ import annotations

import hashlib
import hmac

from workers import settings
from workers.extraction import ssrf

SIGNATURE = "Parallax-Signature"


class NoSecret(Exception):
    """Nothing can be signed: the operator has set no secret."""


def examine(url: str) -> None:
    """May this address be called back? Raises NoSecret, or Refused as for a link."""
    if not settings.current().callback_secret:
        raise NoSecret
    ssrf.examine(url)


def sign(secret: str, moment: int, body: bytes) -> str:
    """The header that proves who sent a body, and when: HMAC-SHA256 over “time.body” (RFC 2104)."""
    proof = hmac.new(secret.encode(), f"{moment}.".encode() + body, hashlib.sha256).hexdigest()
    return f"t={moment},v1={proof}"
