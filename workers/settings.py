"""Every setting of the service: one row each, read from the environment."""

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
from typing import Any, Literal, Self

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    RedisDsn,
    TypeAdapter,
    ValidationError,
    field_validator,
    model_validator,
)

from models.limits import LIMITS
from workers import keys

Names = tuple[str, ...]

LEAST_WORKER_MEMORY = 600
MOST_ARRIVING = 1_000_000_000  # bytes of unfinished bodies that a web process holds at once, on disk where large
"""Megabytes. An analysing process has some 380 of them once its models are loaded, and 560 after the longest text."""
_HOST_NAME = re.compile(r"(?=.{1,253}$)(?:[a-z0-9_-]{1,63}\.)*[a-z0-9_-]{1,63}|[0-9a-f:.]*:[0-9a-f:.]*")

HOUSE = Path(__file__).resolve().parent.parent


def _count_cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


class Settings(BaseModel):
    """What an operator may choose. Each field's alias is its environment variable."""

    model_config = ConfigDict(frozen=True, allow_inf_nan=False)

    host: str = Field(default="127.0.0.1", alias="HOST", description="Address the web process listens on.")
    port: int = Field(default=8000, alias="PORT", ge=1, le=65535, description="Port the web process listens on.")
    redis_url: str | None = Field(
        default=None,
        alias="REDIS_URL",
        description="Redis or Valkey server, 6.2 or later: redis://, rediss:// (TLS) or unix://. "
        "Unset: `make run` starts an embedded Valkey server.",
    )
    data_dir: Path = Field(
        default=Path(".parallax"),
        alias="PARALLAX_DATA_DIR",
        description="Folder of the embedded server's data; a relative one starts at the repository.",
    )
    api_keys: str | None = Field(
        default=None,
        alias="PARALLAX_API_KEYS",
        description="Keys, hashed, separated by spaces; with any, everything but health needs one. "
        "`python -m workers key NAME` makes them. See [security.md](security.md).",
    )
    open: bool = Field(
        default=False,
        alias="PARALLAX_OPEN",
        description="`true`: listen on an address other than loopback without keys, so that everybody who reaches it "
        "may read, submit and delete.",
    )
    hosts: Names = Field(
        default=(),
        alias="PARALLAX_HOSTS",
        description="Host names that requests may be for, separated by commas; empty: any with keys or "
        "`PARALLAX_OPEN`, else only the loopback's, so that no web page reaches in under a name of its own.",
    )
    trusted_proxies: int = Field(
        default=0,
        alias="PARALLAX_TRUSTED_PROXIES",
        ge=0,
        le=10,
        description="Proxies in front whose X-Forwarded-For, -Proto and -Host are believed.",
    )
    session_hours: int = Field(
        default=12,
        alias="PARALLAX_SESSION_HOURS",
        ge=1,
        le=720,
        description="Hours until a browser must sign in again.",
    )
    rate_limit: str | None = Field(
        default=None,
        alias="PARALLAX_RATE_LIMIT",
        description="Requests a key (without one, an address) may make, such as `120 per minute` or "
        "`20/second; 5000/day`; more are answered 429. Empty: none.",
    )
    web_concurrency: int = Field(default=1, alias="WEB_CONCURRENCY", ge=1, le=64, description="Web processes.")
    web_threads: int = Field(
        default=8, alias="PARALLAX_WEB_THREADS", ge=1, le=100, description="Threads of a web process."
    )
    patience: float = Field(
        default=30,
        alias="PARALLAX_PATIENCE",
        ge=1,
        le=3600,
        description="Seconds a request may take to arrive (and one more for each 50,000 bytes of a body), an answer "
        "may wait to be taken (and one more for each 10,000 bytes of it), and a connection may be idle.",
    )
    worker_concurrency: int = Field(
        default_factory=_count_cores,
        alias="WORKER_CONCURRENCY",
        ge=1,
        le=256,
        description="Analysing processes of a worker; unset: one a core.",
    )
    worker_memory: int = Field(
        default=1000,
        alias="PARALLAX_WORKER_MEMORY",
        ge=LEAST_WORKER_MEMORY,
        description="Megabytes after which an analysing process is replaced, once its article is done; "
        "at three times as many the analysis fails.",
    )
    time_limit: int = Field(
        default=120,
        alias="PARALLAX_TIME_LIMIT",
        ge=5,
        le=86_400,
        description="Seconds an analysis may take; tried twice, then the article is put aside as failed.",
    )
    hung_seconds: int = Field(
        default=60,
        alias="PARALLAX_HUNG_SECONDS",
        ge=5,
        le=86_400,
        description="Seconds after which `make run` ends a part that lives but does not answer, and starts it again.",
    )
    max_queue: int = Field(
        default=10_000,
        alias="PARALLAX_MAX_QUEUE",
        ge=1,
        description="Waiting articles above which a new one is answered 503.",
    )
    store_bytes: int = Field(
        default=4_000_000_000,
        alias="PARALLAX_STORE_BYTES",
        ge=1,
        description="Bytes of the store's memory above which pages' sources, files and batches are answered 503.",
    )
    retention_days: int = Field(
        default=365,
        alias="PARALLAX_RETENTION_DAYS",
        ge=1,
        le=36_500,
        description="Days after which a report, or the record of a failure, is dropped.",
    )
    private: bool = Field(
        default=False,
        alias="PARALLAX_PRIVATE",
        description="`true`: the pages' forms propose that a text stays private, in no list; whoever sends it may "
        "choose otherwise, and a browser remembers that.",
    )
    unread_minutes: int = Field(
        default=60,
        alias="PARALLAX_UNREAD_MINUTES",
        ge=1,
        le=1440,
        description="Minutes after which a report with `retain: false` is gone, read or not.",
    )
    batch_bytes: int = Field(
        default=200_000_000,
        alias="PARALLAX_MAX_BATCH_BYTES",
        ge=1,
        description="Largest file of a batch, in bytes; a larger one is answered 413.",
    )
    batch_articles: int = Field(
        default=10_000, alias="PARALLAX_MAX_BATCH", ge=1, description="Most articles of a batch."
    )
    batch_unpacked_bytes: int = Field(
        default=500_000_000,
        alias="PARALLAX_MAX_BATCH_UNPACKED",
        ge=1,
        description="Bytes that the files of a zip may have together when they are unpacked.",
    )
    callback_secret: str | None = Field(
        default=None,
        alias="PARALLAX_CALLBACK_SECRET",
        min_length=16,
        description="Secret that signs callbacks (HMAC-SHA256), 16 characters or more; unset: callback_url is refused.",
    )
    callback_attempts: int = Field(
        default=8,
        alias="PARALLAX_CALLBACK_ATTEMPTS",
        ge=1,
        le=20,
        description="Attempts to deliver a callback before it is given up.",
    )
    feeds: int = Field(default=200, alias="PARALLAX_FEEDS", ge=1, description="Feeds that may be watched.")
    feed_interval: int = Field(
        default=900, alias="PARALLAX_FEED_INTERVAL", ge=1, description="Seconds between two looks at a feed."
    )
    feed_interval_least: int = Field(
        default=300,
        alias="PARALLAX_FEED_INTERVAL_LEAST",
        ge=1,
        description="Seconds below which nobody may choose that.",
    )
    rooms: int = Field(default=200, alias="PARALLAX_ROOMS", ge=1, description="Rooms that may be there at once.")
    room_articles: int = Field(
        default=200, alias="PARALLAX_ROOM_ARTICLES", ge=1, le=10_000, description="Articles that a room may hold."
    )
    room_layer_articles: int = Field(
        default=5_000,
        alias="PARALLAX_ROOM_LAYER_ARTICLES",
        ge=1,
        le=100_000,
        description="Articles of a batch or feed that a category of a room’s own may be applied to at once.",
    )
    room_people: int = Field(
        default=60, alias="PARALLAX_ROOM_PEOPLE", ge=1, le=1_000, description="People who may be in a room."
    )
    room_bytes: int = Field(
        default=20_000_000,
        alias="PARALLAX_ROOM_BYTES",
        ge=100_000,
        le=500_000_000,
        description="Bytes that all marks of a room may take.",
    )
    room_days: int = Field(
        default=90,
        alias="PARALLAX_ROOM_DAYS",
        ge=1,
        le=3_650,
        description="Days without a mark or a change after which a room goes, with all that is in it.",
    )
    log_format: Literal["text", "json"] = Field(
        default="text",
        alias="PARALLAX_LOG_FORMAT",
        description="How log lines look: text for a person, json for a machine.",
    )
    log_level: str = Field(
        default="WARNING",
        alias="PARALLAX_LOG_LEVEL",
        pattern="^(DEBUG|INFO|WARNING|ERROR|CRITICAL)$",
        description="Least serious log lines to show: DEBUG, INFO, WARNING, ERROR or CRITICAL.",
    )

    links: bool = Field(default=True, alias="PARALLAX_LINKS", description="Whether links are fetched: true or false.")
    link_hosts: Names = Field(
        default=(),
        alias="PARALLAX_LINK_HOSTS",
        description="The only hosts whose links are fetched, their subdomains included, separated by commas; "
        "empty: every public one.",
    )
    link_allowed: Names = Field(
        default=(),
        alias="PARALLAX_LINK_ALLOWED",
        description="Addresses and networks that may be connected to although they are not public, separated by "
        "commas, such as 10.1.0.0/16,fd00::5.",
    )
    link_seconds: float = Field(
        default=10, alias="PARALLAX_LINK_SECONDS", ge=1, le=60, description="Seconds a link may take, all in all."
    )
    link_bytes: int = Field(
        default=5_000_000,
        alias="PARALLAX_LINK_BYTES",
        ge=10_000,
        description="Bytes a page may have, once decompressed.",
    )
    link_agent: str = Field(
        default="Parallax/1.0 (reads the one article that a reader asked for)",
        alias="PARALLAX_LINK_AGENT",
        pattern=r"^[\x21-\x7e][\x20-\x7e]*$",
        description="What links are fetched as (User-Agent); robots.txt may name its first word.",
    )

    files: int = Field(default=20, alias="PARALLAX_FILES", ge=1, le=1000, description="Files that may be sent at once.")
    files_bytes: int = Field(
        default=50_000_000,
        alias="PARALLAX_FILES_BYTES",
        ge=1,
        description="Bytes that files sent at once may have together.",
    )
    file_bytes: int = Field(default=10_000_000, alias="PARALLAX_FILE_BYTES", ge=1, description="Bytes a file may have.")
    file_pages: int = Field(default=300, alias="PARALLAX_FILE_PAGES", ge=1, description="Pages a PDF may have.")
    parse_seconds: float = Field(
        default=20,
        alias="PARALLAX_PARSE_SECONDS",
        ge=0.1,
        le=600,
        description="Seconds that finding the text in a page or a file may take.",
    )
    parse_memory: int = Field(
        default=400,
        alias="PARALLAX_PARSE_MEMORY",
        ge=50,
        description="Megabytes of memory that finding the text in a page or a file may take (Linux).",
    )

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
