"""What was read lately, newest first, and how every long list is read: page by page, by a cursor."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar, cast

import redis
from pydantic import BaseModel, ConfigDict, Field

from models.outlets.records import name_key
from models.report import Genre, Report
from workers import settings
from workers.store.connection import DAY, key, reach, run, unpack

PAGE = 20  # items that a list shows at once
_Item = TypeVar("_Item")
_SCANNED = 2_000  # records that one filtered list looks at before it answers with a cursor


class Summary(BaseModel):
    """What a list says of one report."""

    model_config = ConfigDict(frozen=True)

    id: str = Field(description="Id of the report.")
    title: str | None = Field(description="The headline as submitted; null without one.")
    opening: str | None = Field(default=None, description="The first words of an article without a headline.")
    outlet: str | None = Field(description="Who published it; null when not given.")
    author: str | None = Field(description="Who wrote it; null when not given.")
    url: str | None = Field(description="Where it stands; null when not given.")
    published: str | None = Field(description="When it was published, ISO 8601; null when not given.")
    language: str = Field(description="ISO 639-1 code of the language found; 'und' when unclear.")
    words: int = Field(ge=0, description="Words outside boilerplate.")
    genre: Genre | None = Field(default=None, description="What kind of text it is; null where not judged.")
    analyzed_at: str = Field(description="When it was analysed, UTC, ISO 8601.")

    @property
    def called(self) -> str:
        """What do lists call it: its headline, else its first words?"""
        return self.title or self.opening or "Untitled"


@dataclass(frozen=True, slots=True)
class ListPage(Generic[_Item]):
    """Some items, newest first, and the cursor that gives the next ones (None at the end)."""

    items: list[_Item]
    next: str | None


class BadCursor(ValueError):
    """No list gave this cursor."""


def read_names(client: redis.Redis, place: str, cursor: str | None, limit: int) -> list[tuple[str, int]]:
    """Names of a sorted set with their scores, the highest first, below those that the cursor came with.

    One more than `limit`, where there are more. Raises BadCursor.
    """
    try:
        below = f"({int(cursor)}" if cursor else "+inf"
    except ValueError:
        raise BadCursor from None
    found = client.zrevrangebyscore(place, below, "-inf", start=0, num=limit + 1, withscores=True)
    return [(name.decode(), int(score)) for name, score in cast(list[tuple[bytes, float]], found)]


def read_page(client: redis.Redis, place: str, cursor: str | None, limit: int | None) -> ListPage[str]:
    """The names of one page of a sorted set. Raises BadCursor."""
    limit = limit or PAGE
    found = read_names(client, place, cursor, limit)
    names = [name for name, _ in found[:limit]]
    return ListPage(names, str(found[limit - 1][1]) if len(found) > limit else None)


def read_summaries(client: redis.Redis, names: Sequence[str]) -> list[Summary | None]:
    """What lists say of these reports; None where one is gone or can't be read."""
    pipe = client.pipeline(transaction=False)
    for name in names:
        pipe.hget(key("article", name), "summary")
    return [unpack(Summary, packed, name) for packed, name in zip(pipe.execute(), names, strict=True)]


def summarize(report: Report) -> Summary:
    """Give what a list says of this report."""
    facts = report.article
    return Summary(
        id=report.id,
        title=facts.title,
        opening=None if facts.title else facts.called,
        outlet=facts.outlet,
        author=facts.author,
        url=facts.url,
        published=facts.published,
        language=facts.language,
        words=facts.words,
        genre=facts.genre,
        analyzed_at=report.provenance.analyzed_at,
    )


def recent(
    cursor: str | None = None, limit: int | None = None, outlet: str | None = None, q: str | None = None
) -> ListPage[Summary]:
    """List reports, newest first: of one outlet (whatever its case), with `q` in the title or the outlet.

    Raises BadCursor for a cursor that this function did not give.
    """
    limit = limit or PAGE
    items: list[Summary] = []
    expired: list[str] = []
    seen = 0
    with reach() as client:
        while True:
            found = read_names(client, key("reports"), cursor, limit)
            pipe = client.pipeline(transaction=False)
            for name, _ in found:
                pipe.hget(key("article", name), "summary")
            for (name, score), packed in zip(found, pipe.execute(), strict=True):
                if len(items) == limit or seen == _SCANNED:
                    _forget(client, expired)
                    return ListPage(items, cursor)
                cursor = str(score)
                seen += 1
                if packed is None:
                    expired.append(name)
                elif (summary := unpack(Summary, packed, name)) and _suits(summary, outlet, q):
                    items.append(summary)
            if len(found) <= limit:
                _forget(client, expired)
                return ListPage(items, None)


def find_repeated(identifier: str, text: str, outlet: str | None) -> set[str] | None:
    """Listed reports of this very text that another one stands for: of each outlet all but the newest.

    White space makes no difference. Of one without an outlet the newest stands where no report names an outlet. This
    report may be among them. None where it is in no list (any more).
    """
    digest = hashlib.sha256(" ".join(text.split()).encode()).hexdigest()[:32]
    own, seconds = name_key(outlet or ""), settings.current().retention_days * DAY
    names = [key("article", identifier), key("reports"), key("text", digest)]
    with reach() as client:
        flat = [part.decode() for part in run(client, "same_text", names, identifier, digest, own, seconds)]
    if not flat:
        return None
    by_outlet: dict[str, list[tuple[float, str]]] = {}
    for name, of, place in zip(flat[::3], flat[1::3], flat[2::3], strict=True):
        by_outlet.setdefault(of, []).append((float(place), name))
    unnamed = by_outlet.pop("", [])
    groups = [sorted(group)[:-1] for group in by_outlet.values()]
    groups.append(unnamed if by_outlet else sorted(unnamed)[:-1])
    return {name for group in groups for _, name in group}


def titles(identifiers: Sequence[str]) -> list[str | None]:
    """What each report is called: by its headline, else by its first words; None where there is no report (yet)."""
    with reach() as client:
        return [summary.called if summary else None for summary in read_summaries(client, identifiers)]


def _suits(summary: Summary, outlet: str | None, q: str | None) -> bool:
    if outlet and name_key(summary.outlet or "") != name_key(outlet):
        return False
    return not q or q.casefold() in f"{summary.title or ''}\n{summary.outlet or ''}".casefold()


def _forget(client: redis.Redis, expired: list[str]) -> None:
    if expired:
        client.zrem(key("reports"), *expired)
