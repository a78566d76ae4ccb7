"""HTTP to hosts that strangers name. Connects only where ssrf.py has looked, and only for so long."""

from __future__ import annotations

import http.client
import logging
import socket
import ssl
import threading
import time
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cache
from ipaddress import ip_address
from urllib.parse import urljoin, urlsplit

import certifi
from pydantic import HttpUrl
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import DecodeError, HTTPError
from urllib3.response import BaseHTTPResponse

from workers import settings
from workers.extraction import ssrf
from workers.extraction.refusal import Refused, refuse

_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_ENCODINGS = frozenset({"", "identity", "gzip", "x-gzip", "deflate"})
_CHUNK = 65_536
_MOST_REDIRECTS = 5
_PATIENCE_SECONDS = 3  # with an address of a host that has others: many have IPv6 in name only

logging.getLogger("urllib3").setLevel(logging.CRITICAL)  # its warnings quote addresses


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back, from where: `url` is the address after all redirects."""

    url: str
    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def type(self) -> str:
        """The media type, without its parameters."""
        return self.headers.get("Content-Type", "").partition(";")[0].strip().lower()


class Clock:
    """The time that is left for everything that belongs to one link."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._end = time.monotonic() + seconds

    def left(self, host: str) -> float:
        """Seconds left. Raises Refused when there are none."""
        if (found := self._end - time.monotonic()) > 0:
            return found
        raise self.over(host)

    def is_over(self) -> bool:
        """Is no time left?"""
        return time.monotonic() >= self._end

    def over(self, host: str) -> Refused:
        """The refusal of a host that took too long."""
        return refuse("link", "too_slow", host=host, seconds=self._seconds)


def request(  # every choice by its name
    url: str,
    *,
    method: str = "GET",
    headers: Mapping[str, str] | None = None,
    body: bytes | None = None,
    types: Collection[str] | None = None,
    most: int | None = None,
    redirects: int | None = None,
    clock: Clock | None = None,
    before: Callable[[str], None] | None = None,
) -> Answer:
    """Ask a host for what stands at an address, following redirects, and give its answer whatever its status.

    `types` are the media types whose body is wanted, `most` the bytes it may have; `before` is called with the
    address of every hop before it is asked. Raises Refused.
    """
    chosen = settings.current()
    clock = clock or Clock(chosen.link_seconds)
    allowed = _MOST_REDIRECTS if redirects is None else redirects
    for hop in range(allowed + 1):
        target = ssrf.examine(url)
        if before:
            before(str(target))
        found = _ask(target, method, headers or {}, body, types, most or chosen.link_bytes, clock)
        where = found.headers.get("Location")
        if found.status not in _REDIRECTS or where is None or (redirects == 0 and hop == 0):
            return found
        url = _follow(str(target), where)
    raise refuse("link", "too_many_redirects", limit=allowed)


def _follow(url: str, where: str) -> str:
    try:
        return urljoin(url, where.encode("latin-1", "replace").decode("utf-8", "replace"))
    except ValueError:  # no address at all, such as http://[
        raise refuse("link", "unknown_host", host=where[:200]) from None


def _ask(
    target: HttpUrl,
    method: str,
    headers: Mapping[str, str],
    body: bytes | None,
    types: Collection[str] | None,
    most: int,
    clock: Clock,
) -> Answer:
    host = str(target.host)
    sent = {
        "Host": urlsplit(str(target)).netloc,
        "User-Agent": settings.current().link_agent,
        "Accept-Encoding": "gzip, deflate",
        **headers,
    }
    where = (target.path or "/") + (f"?{target.query}" if target.query else "")
    try:
        with _connect(target, clock) as connection:
            connection.request(method, where, body=body, headers=sent, preload_content=False)
            answer = connection.getresponse()
            found = dict(answer.headers.items())
            wanted = 200 <= answer.status < 300
            return Answer(
                url=str(target),
                status=answer.status,
                headers=_Headers(found),
                body=_read(answer, host, types, most, clock) if wanted else b"",
            )
    except DecodeError:
        raise refuse("link", "compressed", host=host) from None
    except (HTTPError, http.client.HTTPException, OSError, ValueError):
        # ValueError: the watch has closed the socket under a reader.
        if clock.is_over():
            raise clock.over(host) from None
        raise refuse("link", "broken", host=host) from None


class _Headers(dict[str, str]):
    """Header fields by name, whatever its case."""

    def __init__(self, fields: Mapping[str, str]) -> None:
        super().__init__({name.title(): value for name, value in fields.items()})


def _read(answer: BaseHTTPResponse, host: str, types: Collection[str] | None, most: int, clock: Clock) -> bytes:
    """The body, decompressed piece by piece: neither a bomb nor an endless one gets beyond `most` bytes."""
    kind = answer.headers.get("Content-Type", "").partition(";")[0].strip().lower()
    if types is not None and kind not in types:
        raise refuse("link", "wrong_type", host=host, type=kind[:100] or "something without a type")
    if answer.headers.get("Content-Encoding", "").strip().lower() not in _ENCODINGS:
        raise refuse("link", "compressed", host=host)
    if answer.headers.get("Content-Length", "0").isdecimal() and int(answer.headers.get("Content-Length", "0")) > most:
        raise refuse("link", "too_large", host=host, limit=most)
    body = bytearray()
    while piece := answer.read(_CHUNK, decode_content=True):
        body += piece
        clock.left(host)
        if len(body) > most:
            raise refuse("link", "too_large", host=host, limit=most)
    return bytes(body)


@contextmanager
def _connect(target: HttpUrl, clock: Clock) -> Iterator[HTTPConnection]:
    """A connection to an address that the guard has looked at: that one, whatever the host's name means later."""
    host, port = str(target.host), target.port or 80
    addresses = ssrf.resolve(host, port, clock.left(host))
    for address in addresses:
        last = address == addresses[-1]
        patience = clock.left(host) if last else min(clock.left(host), _PATIENCE_SECONDS)
        connection = _prepare(target.scheme, str(address), host, port, patience)
        reached: list[socket.socket] = []
        watch = threading.Timer(clock.left(host), _cut, (connection, reached))
        watch.daemon = True
        watch.start()
        try:
            try:
                connection.connect()
            except ssl.SSLError as error:
                raise refuse("link", "tls", host=host, reason=_name_reason(error)) from None
            except (HTTPError, OSError) as error:
                if isinstance(error.__cause__, ssl.SSLError) or isinstance(error.__context__, ssl.SSLError):
                    raise refuse("link", "tls", host=host, reason=_name_reason(error)) from None
                if not last and not clock.is_over():
                    continue
                raise clock.over(host) if clock.is_over() else refuse("link", "unreachable", host=host) from None
            reached.append(connection.sock)  # the connection lets go of it once the answer has begun
            connection.sock.settimeout(clock.left(host))
            _refuse_ourselves(connection.sock, host)
            yield connection
            return
        finally:
            watch.cancel()
            connection.close()


def _prepare(scheme: str, address: str, host: str, port: int, seconds: float) -> HTTPConnection:
    if scheme == "http":
        return HTTPConnection(address, port, timeout=seconds)
    # The name, not the address, is what the certificate must be for.
    return HTTPSConnection(
        address, port, timeout=seconds, ssl_context=trust(), server_hostname=host.strip("[]").rstrip(".")
    )


@cache
def trust() -> ssl.SSLContext:
    """Whose certificates count: the system's authorities (or SSL_CERT_FILE), and those that come with certifi."""
    context = ssl.create_default_context()
    context.load_verify_locations(certifi.where())
    return context


def _refuse_ourselves(sock: socket.socket, host: str) -> None:
    """This machine may have a public address too: whoever is reached there sees a neighbour, not a stranger."""
    here, there = (ip_address(name[0].partition("%")[0]) for name in (sock.getsockname(), sock.getpeername()))
    if here == there and not ssrf.is_allowed(there):
        raise refuse("link", "private_address", host=host)


def _cut(connection: HTTPConnection, reached: list[socket.socket]) -> None:
    """End whatever goes on over this connection: a host that sends a byte now and then never times out by itself."""
    for sock in (connection.sock, *reached):
        if sock is not None:
            with suppress(OSError):
                sock.shutdown(socket.SHUT_RDWR)


def _name_reason(error: BaseException) -> str:
    for found in (error, error.__cause__, error.__context__):
        if isinstance(found, ssl.SSLCertVerificationError):
            return str(found.verify_message)
        if isinstance(found, ssl.SSLError) and found.reason:
            return str(found.reason).lower().replace("_", " ")
    return "no secure connection"
