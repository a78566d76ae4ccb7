"""The table of settings: one row each, with its variable in the environment, its default, bounds and description."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

Names = tuple[str, ...]

LEAST_WORKER_MEMORY = 600
"""Megabytes. An analysing process has some 380 of them once its models are loaded, and 560 after the longest text."""


def _count_cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


class Rows(BaseModel):
    """What an operator may choose. Each field's alias is its environment variable; docs/settings.md holds the table."""

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
