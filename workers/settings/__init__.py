"""The settings of this process, read from the environment; `rows.py` is their table."""

from __future__ import annotations

import os
import re
import socket
from collections.abc import Mapping
from dataclasses import fields
from functools import cache
from ipaddress import ip_address, ip_network
from operator import attrgetter
from pathlib import Path
from typing import Any, Self

from pydantic import RedisDsn, TypeAdapter, ValidationError, field_validator, model_validator

from models.limits import LIMITS
from workers import keys
from workers.settings.rows import Names, Rows

MOST_ARRIVING = 1_000_000_000  # bytes of unfinished bodies that a web process holds at once, on disk where large
_HOST_NAME = re.compile(r"(?=.{1,253}$)(?:[a-z0-9_-]{1,63}\.)*[a-z0-9_-]{1,63}|[0-9a-f:.]*:[0-9a-f:.]*")

HOUSE = Path(__file__).resolve().parents[2]


class Settings(Rows):
    """What the operator of this process chose, checked, and what follows from it."""

    @field_validator("hosts", "link_hosts", "link_allowed", mode="before")
    @classmethod
    def _split_names(cls, value: Any) -> Any:
        if isinstance(value, str):
            return tuple(name.strip().lower() for name in value.split(",") if name.strip())
        return value

    @field_validator("hosts", "link_hosts")
    @classmethod
    def _are_host_names(cls, value: Names) -> Names:
        for name in value:
            if not _HOST_NAME.fullmatch(name):
                raise ValueError(f"{name!r} is no name of a host; give names alone, without scheme, port, path or *")
        return value

    @field_validator("link_allowed")
    @classmethod
    def _are_networks(cls, value: Names) -> Names:
        for name in value:
            ip_network(name)
        return value

    @field_validator("redis_url")
    @classmethod
    def _is_redis(cls, value: str | None) -> str | None:
        if value is not None and not value.startswith("unix://"):
            TypeAdapter(RedisDsn).validate_python(value)
        return value

    @field_validator("api_keys")
    @classmethod
    def _are_keys(cls, value: str | None) -> str | None:
        keys.read(value or "")
        return value

    @field_validator("rate_limit")
    @classmethod
    def _is_rate(cls, value: str | None) -> str | None:
        from limits import parse_many  # only now: most have no limit, and every process reads the settings

        if value is not None and any(limit.amount < 1 for limit in parse_many(value)):
            raise ValueError("a limit of 0 would let nobody in; leave it empty for none")
        return value

    @field_validator("host")
    @classmethod
    def _is_bare(cls, value: str) -> str:
        return value.strip("[]")

    @field_validator("data_dir")
    @classmethod
    def _starts_at_house(cls, value: Path) -> Path:
        return HOUSE / value.expanduser()

    @model_validator(mode="after")
    def _let_bodies_arrive(self) -> Self:
        for name in ("batch_bytes", "files_bytes"):
            if getattr(self, name) > MOST_ARRIVING:
                alias = type(self).model_fields[name].alias
                raise ValueError(f"{alias}={getattr(self, name)}: a body may have {MOST_ARRIVING} bytes; lower it")
        return self

    @property
    def keys(self) -> tuple[keys.Key, ...]:
        """The keys; none: everybody who reaches the service may use it."""
        return keys.read(self.api_keys or "")

    @property
    def is_loopback(self) -> bool:
        """Does the web process listen where only this machine reaches it?"""
        return is_loopback(self.host)

    @property
    def near_host(self) -> str:
        """The address under which this machine reaches the web process."""
        return {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(self.host, self.host)  # noqa: S104 - named, not bound

    @property
    def origin(self) -> str:
        """Where a browser on this machine finds the pages."""
        return f"http://{f'[{self.near_host}]' if ':' in self.near_host else self.near_host}:{self.port}"

    @property
    def hard_time_limit(self) -> int:
        """Seconds after which a process that ignores its time limit is killed."""
        return self.time_limit + 15

    @property
    def visibility_timeout(self) -> int:
        """Seconds after which the broker hands an unacknowledged task out again: always above the time limits."""
        return self.hard_time_limit + 60


def is_loopback(host: str) -> bool:
    """Does only this machine reach this address, or a server that listens on it?"""
    try:
        return ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host == "localhost"


def find_address(chosen: Settings) -> tuple[socket.AddressFamily, Any]:
    """Give the family and the address to listen on. Raises SystemExit where HOST is none of this machine's names."""
    try:
        found = socket.getaddrinfo(chosen.host, chosen.port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
    except (OSError, UnicodeError):
        raise SystemExit(
            f"HOST={chosen.host} is no address of this machine. Give one, such as 127.0.0.1, ::1 or localhost."
        ) from None
    family, _, _, _, address = found[0]
    return family, address


def refuse_openness(chosen: Settings, host: str | None = None) -> None:
    """Raise SystemExit where strangers could reach a service without keys, and nobody said that they may."""
    host = host or chosen.host
    if not is_loopback(host) and not chosen.keys and not chosen.open:
        raise SystemExit(
            f"Parallax won't listen on {host} without keys: everybody who reaches it could read and delete everything. "
            "Make a key (python -m workers key NAME) and set PARALLAX_API_KEYS, or set PARALLAX_OPEN=true if that is "
            "what you want."
        )


def read(environment: Mapping[str, str]) -> Settings:
    """Read the settings; an empty value counts as unset. Raises SystemExit that names what is wrong."""
    given: dict[str, Any] = {}
    for field in Settings.model_fields.values():
        name = str(field.alias)
        if value := environment.get(name, ""):
            given[name] = value
    try:
        return Settings.model_validate(given)
    except ValidationError as error:
        # The value of REDIS_URL may hold a password: say what is wrong, not what was given.
        problems = "\n".join(
            ": ".join([*map(str, fault["loc"][:1]), fault["msg"].removeprefix("Value error, ")])
            for fault in error.errors()
        )
        raise SystemExit(f"A setting can't be used. Change it in the environment:\n{problems}") from None


def describe() -> str:
    """Give the settings as a Markdown table, the one that docs/settings.md holds."""
    rows = ["| setting | default | what it does |", "|---|---|---|"]
    for field in Settings.model_fields.values():
        unset = field.default in (None, ()) or field.default_factory
        default = (
            "" if unset else f"`{str(field.default).lower() if isinstance(field.default, bool) else field.default}`"
        )
        rows.append(f"| `{field.alias}` | {default} | {field.description} |")
    for limit in map(attrgetter("metadata"), fields(LIMITS)):
        rows.append(f"| `{limit['setting']}` | `{limit['default']}` | {limit['description']} |")
    return "\n".join(rows)


@cache
def current() -> Settings:
    """Give the settings of this process."""
    return read(os.environ)
