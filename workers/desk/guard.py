"""The guard: which hosts may be asked, and at which of their addresses. Nothing private is ever connected to."""

from __future__ import annotations

import socket
import threading
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from queue import Empty, SimpleQueue

from workers import settings
from workers.desk.refusal import refuse

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


def resolve(host: str, port: int, seconds: float) -> list[Address]:
    """The addresses of a host, each of them fit to connect to. Raises Refused when one of them is not."""
    only = settings.current().link_hosts
    bare = host.strip("[]").rstrip(".").lower()
    if only and not any(bare == name or bare.endswith(f".{name}") for name in only):
        raise refuse("link", "host_not_allowed", host=host)
    found = _look_up(bare, port, seconds)
    if not all(is_public(address) or is_allowed(address) for address in found):
        raise refuse("link", "private_address", host=host)
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
