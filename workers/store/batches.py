"""Batches: what came in as one file, line by line, and what became of each line.

`batch:<id>` is the record. Beside it stand the file while it is unpacked (`batch-body`), the articles that wait for
room in the queue (`batch-lines`, by number), the articles that were queued (`batch-articles`, number to id), those of
them that have not ended (`batch-open`), and what was wrong with a line (`batch-errors`). `batches` names the batches
that are not over. A number is a line of the file, or the place of a file in a zip.
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Annotated, Any, Literal, cast

from pydantic import BeforeValidator, ConfigDict, Field

from models.refusals import FieldError
from workers import settings
from workers.store.articles import Submitted, read_submitted
from workers.store.connection import DAY, key, reach, run

Form = Literal["jsonl", "csv", "zip"]
BatchStatus = Literal["received", "reading", "done", "cancelled", "refused"]
Outcome = Literal["done", "failed", "deleted"]

PARTS = ("batch-body", "batch-lines", "batch-articles", "batch-open", "batch-errors")
_RATE_SECONDS = 60
_SAMPLE_SECONDS = 3


def _shorten(most: int) -> BeforeValidator:
    """Strangers' words in an error are kept up to so many characters, and without what is no character."""

    def shorten(value: Any) -> Any:
        if not isinstance(value, str):
            return value
        clean = value[: most + 1].encode("utf-8", "replace").decode()
        return clean if len(clean) <= most else f"{clean[: most - 1]}…"

    return BeforeValidator(shorten)


class LineError(FieldError):
    """What is wrong with one line of a batch."""

    model_config = ConfigDict(frozen=True)

    line: int = Field(ge=1, description="Line of the file, 1 is the first; in a zip, the place of the file.")
    file: Annotated[str | None, _shorten(200)] = Field(default=None, description="Name of the file inside a zip.")
    field: Annotated[str, _shorten(100)] = Field(description="Name of the field; empty where the whole line is meant.")
    message: Annotated[str, _shorten(1_000)] = Field(
        description="What is wrong, what is allowed and what to do, for people."
    )


@dataclass(frozen=True, slots=True)
class Batch:
    """Where a batch stands."""

    id: str
    status: BatchStatus
    form: Form
    name: str | None
    bytes: int
    submitted: float
    """Unix time."""
    ended: float | None
    unpacked: bool
    lines: int
    """Lines with an article or an error, read so far."""
    waiting: int
    """Articles that wait for room in the queue."""
    open: int
    """Articles in the queue or being read."""
    done: int
    failed: int
    refused: int
    deleted: int
    cancelled: int
    columns: dict[str, str]
    """The file's columns that were understood: their name, the field."""
    unknown: list[str]
    """The file's columns that were not."""
    reason: str | None
    """Why the whole batch was refused."""
    per_second: float | None
    """Articles ended a second, over the last minute; None before there is anything to say."""


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a batch and what became of it."""

    number: int
    article: str | None
    """Id of its article; None while it waits, and for one that was refused."""
    errors: tuple[LineError, ...]
    waits: bool


def batch(identifier: str) -> Batch | None:
    """Where the batch stands; None when unknown, expired or deleted."""
    with reach() as client:
        pipe = client.pipeline(transaction=True)
        pipe.hgetall(key("batch", identifier))
        pipe.hlen(key("batch-lines", identifier))
        pipe.zcard(key("batch-open", identifier))
        record, waiting, unended = pipe.execute()
    if b"status" not in record:
        return None
    facts = {name.decode(): value.decode() for name, value in record.items()}
    counts = {name: int(facts.get(name, 0)) for name in ("done", "failed", "refused", "deleted", "cancelled")}
    return Batch(
        id=identifier,
        status=cast(BatchStatus, facts["status"]),
        form=cast(Form, facts["form"]),
        name=facts.get("name"),
        bytes=int(facts["bytes"]),
        submitted=float(facts["submitted"]),
        ended=float(facts["ended"]) if "ended" in facts else None,
        unpacked="unpacked" in facts,
        lines=int(facts.get("lines", 0)),
        waiting=waiting,
        open=unended,
        columns=json.loads(facts.get("columns", "{}")),
        unknown=json.loads(facts.get("unknown", "[]")),
        reason=facts.get("reason"),
        per_second=_rate(json.loads(facts.get("samples", "[]"))),
        **counts,
    )


def _rate(samples: list[tuple[float, int]]) -> float | None:
    """Articles a second between the first and the last look of the last minute."""
    if len(samples) < 2 or samples[-1][1] == samples[0][1] or samples[-1][0] <= samples[0][0]:
        return None
    return (samples[-1][1] - samples[0][1]) / (samples[-1][0] - samples[0][0])


def unfinished_batches() -> list[str]:
    """Name the batches that are not over, the oldest first."""
    with reach() as client:
        return [name.decode() for name in cast(list[bytes], client.zrange(key("batches"), 0, -1))]


def waiting_lines(identifier: str, most: int) -> list[int]:
    """The first numbers that wait for room in the queue."""
    with reach() as client:
        names = cast(list[bytes], client.hkeys(key("batch-lines", identifier)))
    return sorted(map(int, names))[:most]


def waiting_article(identifier: str, number: int) -> Submitted | None:
    """The article that waits at this number."""
    with reach() as client:
        packed = cast(bytes | None, client.hget(key("batch-lines", identifier), str(number)))
    return read_submitted(packed, f"{identifier}:{number}")


def assign(identifier: str, number: int, article: str, by_chance: bool = False) -> tuple[str, bool]:
    """Note which article a line is about to become, before it is queued. Gives its id, and whether that is new.

    An id that was made `by_chance` holds only where none was noted before: one line becomes one article.
    """
    articles = key("batch-articles", identifier)
    with reach() as client:
        seconds = settings.current().retention_days * DAY
        values = (str(number), article, f"{articles} {number}", seconds, int(by_chance), key("listed") + ":")
        name, new = cast(tuple[bytes, int], run(client, "assign", [articles], *values))
    return name.decode(), bool(new)


def confirm_queued(identifier: str, number: int) -> None:
    """Note that the line's article is in the queue: the line itself is dropped."""
    with reach() as client:
        run(client, "queued", [key(part, identifier) for part in ("batch-lines", "batch-open")], str(number))


def open_articles(identifier: str) -> dict[int, str]:
    """The articles of the batch that had not ended at the last look, by number."""
    with reach() as client:
        numbers = cast(list[bytes], client.zrange(key("batch-open", identifier), 0, -1))
        names = cast(list[bytes | None], client.hmget(key("batch-articles", identifier), numbers)) if numbers else []
    return {int(number): name.decode() if name else "" for number, name in zip(numbers, names, strict=True)}


def statuses(articles: Sequence[str]) -> list[str | None]:
    """How each article stands: queued, running, done, failed, or None when it is not there."""
    with reach() as client:
        pipe = client.pipeline(transaction=False)
        for name in articles:
            pipe.hget(key("article", name), "status")
        return [status.decode() if status else None for status in pipe.execute()]


def tally(identifier: str, ended: dict[int, Outcome], errors: Iterable[LineError] = ()) -> None:
    """Count the articles that ended, each once, and take a sample of the speed."""
    names = [key(part, identifier) for part in ("batch", "batch-open", "batch-errors")]
    told = [part for error in errors for part in (error.line, error.model_dump_json())]
    with reach() as client:
        outcomes = [part for pair in ended.items() for part in pair]
        run(client, "tally", names, len(ended), *outcomes, *told)
        record = client.hmget(names[0], ["samples", "done", "failed", "status"])
        found, done, failed, status = cast(list[bytes | None], record)
        if status is None:
            return
        now = time.time()
        samples = [sample for sample in json.loads(found or b"[]") if now - _RATE_SECONDS < sample[0] <= now]
        if not samples or now - samples[-1][0] >= _SAMPLE_SECONDS:
            samples.append([now, int(done or 0) + int(failed or 0)])
            client.hset(names[0], "samples", json.dumps(samples))


def end_batch(identifier: str, status: BatchStatus, reason: str | None = None) -> bool:
    """End a batch once, as "done", "cancelled" or "refused". What waits for room is dropped. False when it is over."""
    names = [key("batch", identifier), key("batches"), *(key(part, identifier) for part in PARTS)]
    seconds = settings.current().retention_days * DAY
    with reach() as client:
        return bool(run(client, "end_batch", names, identifier, status, time.time(), seconds, reason or ""))


def recall(identifier: str, article: str) -> bool:
    """Take an article out of the queue again. False when a worker has it, or somebody else wants it too."""
    names = [key("article", article), key("waiting"), key("unsent"), key("listed", article)]
    names += [key(part, identifier) for part in ("batch-articles", "batch-open", "batch")]
    with reach() as client:
        return bool(run(client, "recall", names, article))


def forget_batch(identifier: str) -> bool:
    """Leave nothing of a batch but the reports that were made. False when it was not there."""
    with reach() as client:
        pipe = client.pipeline(transaction=True)
        pipe.delete(key("batch", identifier))
        pipe.zrem(key("batches"), identifier)
        pipe.delete(*(key(part, identifier) for part in PARTS))
        pipe.zadd(key("erase"), {f"batch {identifier}": time.time()})  # its texts leave the server's file too
        return bool(pipe.execute()[0])


def batch_errors(identifier: str, most: int) -> list[LineError]:
    """What was wrong with lines, the first ones."""
    with reach() as client:
        found = cast(list[bytes], client.zrange(key("batch-errors", identifier), 0, most - 1))
    return [LineError.model_validate_json(error) for error in found]


def batch_rows(identifier: str, at_once: int = 200) -> Iterator[Row]:
    """Every line of the batch in order, a few at a time."""
    with reach() as client:
        last = max(0, *(last_of for last_of in _last_numbers(client, identifier)))
    for first in range(1, last + 1, at_once):
        numbers = range(first, min(first + at_once, last + 1))
        with reach() as client:
            pipe = client.pipeline(transaction=True)
            pipe.hmget(key("batch-articles", identifier), list(map(str, numbers)))
            pipe.zrangebyscore(key("batch-errors", identifier), numbers[0], numbers[-1])
            for number in numbers:
                pipe.hexists(key("batch-lines", identifier), str(number))
            articles, found, *waits = pipe.execute()
        errors: dict[int, list[LineError]] = {}
        for error in map(LineError.model_validate_json, found):
            errors.setdefault(error.line, []).append(error)
        for number, article, waiting in zip(numbers, articles, waits, strict=True):
            if article or waiting or number in errors:
                told = tuple(errors.get(number, ()))
                yield Row(number, article.decode() if article else None, told, bool(waiting))


def _last_numbers(client: Any, identifier: str) -> Iterator[int]:
    yield int(client.hget(key("batch", identifier), "read") or 0)
    for _, score in client.zrange(key("batch-errors", identifier), -1, -1, withscores=True):
        yield int(score)
