"""Against forged requests: which hosts may be asked, and at which of their addresses? Nothing private, ever.

Light, for the web refuses with it what can be seen without asking anybody.
"""

from __future__ import annotations

import socket
import threading
from contextlib import suppress
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from queue import Empty, SimpleQueue

from pydantic import HttpUrl, ValidationError

from workers import settings
from workers.extraction.refusal import refuse

Address = IPv4Address | IPv6Address

# Not private by `ipaddress`, and yet not the public page of anybody.
_CLOSED = tuple(
    map(
        ip_network,
        (
            "168.63.129.16/32",  # a cloud's metadata, at a public address (Azure)
            "192.0.0.0/24",  # protocol assignments (RFC 6890), one cloud's metadata among them
            "192.88.99.0/24",  # the way to 6to4 relays (RFC 7526)
            "::ffff:0:0/96",  # IPv4 in IPv6: mapped (RFC 4291), translated (RFC 6052, 8215), tunnelled
            "::ffff:0:0:0/96",
            "64:ff9b::/96",
            "64:ff9b:1::/48",
            "2001::/32",
            "2002::/16",
        ),
    )
)


def is_public(address: Address) -> bool:
    """May anybody be asked at this address? Loopback, private, link-local, multicast and the like may not."""
    special = (
        address.is_private
        or address.is_loopback
        or address.is_link_local
        or address.is_multicast
        or address.is_reserved
        or address.is_unspecified
        or (isinstance(address, IPv6Address) and address.is_site_local)
    )
    return address.is_global and not special and not any(address in network for network in _CLOSED)


def is_allowed(address: Address) -> bool:
    """Did the operator open this address (PARALLAX_LINK_ALLOWED)?"""
    return any(address in ip_network(name) for name in settings.current().link_allowed)


def examine(url: str) -> HttpUrl:
    """The address as every browser reads it (WHATWG): 0x7f.1 is 127.0.0.1. Raises Refused when it is none for us."""
    chosen = settings.current()
    if not chosen.links:
        raise refuse("link", "off")
    scheme, _, rest = url.partition(":")
    if scheme.lower() not in ("http", "https"):
        raise refuse("link", "scheme", scheme=scheme[:20])
    try:
        found = HttpUrl(url)
    except ValidationError:
        raise refuse("link", "unknown_host", host=rest.strip("/").rpartition("@")[2][:200]) from None
    if found.username is not None or found.password is not None:
        raise refuse("link", "userinfo")
    bare = _bare(str(found.host))
    if chosen.link_hosts and not any(bare == name or bare.endswith(f".{name}") for name in chosen.link_hosts):
        raise refuse("link", "host_not_allowed", host=bare)
    with suppress(ValueError):
        _check([ip_address(bare)], bare)
    return found


def _bare(host: str) -> str:
    return host.strip("[]").rstrip(".").lower()


def _check(addresses: list[Address], host: str) -> None:
    if not all(is_public(address) or is_allowed(address) for address in addresses):
        raise refuse("link", "private_address", host=host)


def resolve(host: str, port: int, seconds: float) -> list[Address]:
    """The addresses of a host, each of them fit to connect to. Raises Refused when one of them is not."""
    found = _look_up(_bare(host), port, seconds)
    _check(found, host)
    return found


def _look_up(host: str, port: int, seconds: float) -> list[Address]:
    """Ask the resolver in a thread of its own: it has no time limit, and we have."""
    answers: SimpleQueue[list[Address] | OSError | UnicodeError] = SimpleQueue()

    def ask() -> None:
        try:
            rows = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
            answers.put([ip_address(str(row[4][0]).partition("%")[0]) for row in rows])
        except (OSError, UnicodeError) as error:
            answers.put(error)

    threading.Thread(target=ask, name="resolver", daemon=True).start()
    try:
        answer = answers.get(timeout=max(seconds, 0.01))
    except Empty:
        raise refuse("link", "too_slow", host=host, seconds=settings.current().link_seconds) from None
    if isinstance(answer, Exception) or not answer:
        raise refuse("link", "unknown_host", host=host)
    return list(dict.fromkeys(answer))
