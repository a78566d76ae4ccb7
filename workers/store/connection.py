"""The way to the server: address, keys, scripts, and how a record is packed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

import redis
import zstandard
from pydantic import BaseModel
from redis.backoff import ExponentialBackoff
from redis.exceptions import RedisError
from redis.retry import Retry

from workers import logbook, settings
from workers.store import server

PREFIX = "parallax:"
DAY = 86_400

_log = logbook.logger(__name__)
_Model = TypeVar("_Model", bound=BaseModel)


class StoreUnavailable(Exception):
    """The store can't be reached or refuses to write. Trying again later may help."""

    retry_after = 10


def url() -> str:
    """Where the store is: REDIS_URL, else the embedded server that runs now. Raises StoreUnavailable without either."""
    if found := settings.current().redis_url or server.find_url():
        return found
    raise StoreUnavailable("No store is running, or its files are gone: start it with `make run`, or set REDIS_URL.")


@cache
def connect(address: str) -> redis.Redis:
    """Give the client of this process; it connects when it is used."""
    return redis.Redis.from_url(
        address,
        socket_timeout=5,
        socket_connect_timeout=2,
        health_check_interval=30,
        # Asked again where the connection broke; not where a server hangs, for then every caller would wait for long.
        retry=Retry(ExponentialBackoff(cap=0.5, base=0.05), 3, supported_errors=(redis.exceptions.ConnectionError,)),
        retry_on_error=[redis.exceptions.BusyLoadingError],
    )


@contextmanager
def reach() -> Iterator[redis.Redis]:
    """Give the client; whatever keeps it from answering becomes StoreUnavailable."""
    try:
        yield connect(url())
    except (RedisError, OSError) as error:
        # The message of a Redis error may name the server's address; its kind says enough.
        raise StoreUnavailable(f"The store does not answer ({type(error).__name__}).") from error


def key(kind: str, name: str = "") -> str:
    """Name a key of ours."""
    return f"{PREFIX}{kind}:{name}" if name else f"{PREFIX}{kind}"


@cache
def read_script(name: str) -> str:
    """Give the text of a Lua script, behind that of the one that its first line names (`-- after: NAME`)."""
    text = (Path(__file__).parent / "scripts" / f"{name}.lua").read_text(encoding="utf-8")
    first = text.partition("\n")[0].partition("-- after: ")[2]
    return read_script(first) + text if first else text


def run(client: redis.Redis, script: str, keys: Sequence[str], *values: str | bytes | float) -> Any:
    """Run a script: all of it happens, or nothing."""
    answer = client.eval(read_script(script), len(keys), *keys, *values)
    return answer.decode() if isinstance(answer, bytes) else answer


def pack(content: str | bytes) -> bytes:
    """Compress a record."""
    return zstandard.ZstdCompressor(level=6).compress(content.encode() if isinstance(content, str) else content)


def unpack(
    model: type[_Model], packed: bytes | None, key: str, read: Callable[[bytes], bytes] = bytes
) -> _Model | None:
    """Give the record back, or None when it is missing or broken (which is logged, without its content).

    `read` makes its JSON out of what was packed, or raises ValueError.
    """
    if packed is None:
        return None
    try:
        return model.model_validate_json(read(zstandard.ZstdDecompressor().decompress(packed)))
    except (zstandard.ZstdError, ValueError) as error:
        _log.warning("broken record, taken as missing", id=key, error=type(error).__name__)
        return None


def ping() -> bool:
    """Does the store answer? Raises StoreUnavailable when not."""
    with reach() as client:
        return bool(client.ping())
