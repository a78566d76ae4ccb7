"""Stories: reports of one event, and the index that finds those which may tell the same one.

`parallax:story:<name>` holds a story's reports by their place in the list of reports, `parallax:stories` the stories
that two or more reports tell. `parallax:term:<term>` holds the reports that a rare word or name stands out in, by their
day; a new report looks only at those nearest to its day, so that its cost is bounded whatever is stored.
"""

from __future__ import annotations

import math
import secrets
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import cast

import redis
from pydantic import BaseModel, ConfigDict, Field

from models.outlets.records import name_key
from workers import settings
from workers.store.connection import DAY, key, reach, run, unpack
from workers.store.listing import ListPage, Summary, read_page

_NEAR_DAYS = 30  # further apart, two reports are hardly ever taken for one event
_READ_A_TERM = 30  # entries read before the report's day, as many after it, as many without a day
_CANDIDATES = 24
_SHOWN = 100  # reports that are named of one story

WITHOUT_DAY = 0


class Story(BaseModel):
    """One event as the reports given to Parallax tell it."""

    model_config = ConfigDict(frozen=True)

    id: str = Field(description="Name of the story; stays while the story grows.")
    count: int = Field(ge=1, description="Reports in it.")
    outlets: list[str] = Field(description="Outlets of the reports that are named, each once, by the alphabet.")
    first_published: str | None = Field(description="Earliest date of publication given, ISO 8601.")
    last_published: str | None = Field(description="Latest date of publication given, ISO 8601.")
    reports: list[Summary] = Field(description="Its reports, newest first; 100 at most.")


@dataclass(frozen=True, slots=True)
class StoryCandidate:
    """A report that may tell the same event."""

    id: str
    profile: bytes
    story: str | None


@dataclass(frozen=True, slots=True)
class Search:
    """What was found, and how many entries and records were read for it."""

    candidates: list[StoryCandidate]
    entries: int
    records: int


@dataclass(frozen=True, slots=True)
class Kin:
    """A report's story, and how many reports tell it."""

    story: str
    count: int


def enlist(identifier: str, profile: bytes, terms: Sequence[str], day: int | None) -> bool:
    """Make a report findable under its terms. False when it was deleted meanwhile or is in no list."""
    seconds = settings.current().retention_days * DAY
    with reach() as client:
        names, prefix = [key("article", identifier)], key("term") + ":"
        return bool(run(client, "enlist", names, identifier, prefix, day or WITHOUT_DAY, profile, seconds, *terms))


def find_candidates(identifier: str, terms: Sequence[str], day: int | None) -> Search:
    """Which reports share most of these terms, the rarest counting most, near this day? 24 at most.

    Terms with many entries count less; of each term at most 90 entries are read. What has expired is taken out.
    """
    with reach() as client:
        pipe = client.pipeline(transaction=False)
        for term in terms:
            _ask_term(pipe, key("term", term), day)
        answers = cast(list[list[bytes]], pipe.execute())
        asked = len(answers) // len(terms) if terms else 1
        votes: defaultdict[str, float] = defaultdict(float)
        entries = 0
        for at in range(0, len(answers), asked):
            found = {name.decode() for answer in answers[at : at + asked] for name in answer} - {identifier}
            entries += len(found)
            for name in found:
                votes[name] += 1 / math.log2(2 + len(found))
        # The same votes in the same order, whatever came first.
        best = sorted(votes, key=lambda name: (-votes[name], name))[:_CANDIDATES]
        candidates = list(_read(client, best))
        if gone := set(best) - {found.id for found in candidates}:
            _forget(client, terms, gone)
    return Search(candidates, entries, len(best))


def _ask_term(pipe: redis.client.Pipeline, name: str, day: int | None) -> None:
    pipe.zrange(name, WITHOUT_DAY, WITHOUT_DAY, byscore=True, offset=0, num=_READ_A_TERM)
    if day is None:
        pipe.zrange(name, "+inf", WITHOUT_DAY + 1, byscore=True, desc=True, offset=0, num=2 * _READ_A_TERM)
    else:
        pipe.zrange(name, day, day - _NEAR_DAYS, byscore=True, desc=True, offset=0, num=_READ_A_TERM)
        pipe.zrange(name, day + 1, day + _NEAR_DAYS, byscore=True, offset=0, num=_READ_A_TERM)


def find_members(story: str, most: int) -> list[StoryCandidate]:
    """The newest reports of a story."""
    with reach() as client:
        names = cast(list[bytes], client.zrange(key("story", story), 0, most - 1, desc=True))
        return list(_read(client, [name.decode() for name in names]))


def _read(client: redis.Redis, names: Sequence[str]) -> Iterator[StoryCandidate]:
    pipe = client.pipeline(transaction=False)
    for name in names:
        pipe.hmget(key("article", name), ["profile", "story"])
    for name, (profile, story) in zip(names, pipe.execute(), strict=True):
        if profile is not None:
            yield StoryCandidate(name, profile, story.decode() if story else None)


def _forget(client: redis.Redis, terms: Sequence[str], gone: set[str]) -> None:
    pipe = client.pipeline(transaction=False)
    for term in terms:
        pipe.zrem(key("term", term), *gone)
    pipe.execute()


def place(identifier: str, beside: str | None) -> str | None:
    """Put a report into the story of another one, or into a story of its own; once, whoever asks how often.

    None when the report was deleted meanwhile or is in no list.
    """
    names = [key("article", identifier), key("reports"), key("stories")]
    values = (secrets.token_hex(8), key("article") + ":", key("story") + ":", settings.current().retention_days * DAY)
    with reach() as client:
        return str(run(client, "place", names, identifier, beside or "", *values)) or None


def move(identifier: str, story: str, other: str) -> bool:
    """Move a report that is alone in its story into another one. False when either is no more as it was."""
    names = [key("article", identifier), key("stories"), key("story", story), key("story", other)]
    with reach() as client:
        return bool(run(client, "move", names, identifier, story, other))


def find_story(identifier: str) -> str | None:
    """In which story is this report? None while it is in none."""
    with reach() as client:
        found = cast(bytes | None, client.hget(key("article", identifier), "story"))
    return found.decode() if found else None


def find_kin(identifiers: Sequence[str]) -> dict[str, Kin]:
    """For each of these reports that shares its story with others: which story, and how many reports tell it."""
    with reach() as client:
        pipe = client.pipeline(transaction=False)
        for identifier in identifiers:
            pipe.hget(key("article", identifier), "story")
        found = [(name, story.decode()) for name, story in zip(identifiers, pipe.execute(), strict=True) if story]
        for _, told in found:
            pipe.zcard(key("story", told))
        counts = pipe.execute()
    return {name: Kin(told, count) for (name, told), count in zip(found, counts, strict=True) if count > 1}


def find_kin_in(story: str | None) -> Kin | None:
    """The same of one report whose story is known."""
    if story is None:
        return None
    with reach() as client:
        count = int(client.zcard(key("story", story)))
    return Kin(story, count) if count > 1 else None


def story(name: str) -> Story | None:
    """Give a story; None when it is unknown, or none of its reports is left."""
    with reach() as client:
        return _gather(client, [name])[name]


def recent_stories(cursor: str | None = None, limit: int | None = None) -> ListPage[Story]:
    """List the stories that two or more reports tell, the one with the newest report first.

    Raises BadCursor for a cursor that this function did not give.
    """
    with reach() as client:
        found = read_page(client, key("stories"), cursor, limit)
        stories = _gather(client, found.items)
        if gone := [name for name, told in stories.items() if told is None or told.count < 2]:
            client.zrem(key("stories"), *gone)
    return ListPage([told for told in stories.values() if told and told.count > 1], found.next)


def _gather(client: redis.Redis, names: Sequence[str]) -> Mapping[str, Story | None]:
    """The stories by name; reports that have expired are taken out of them."""
    pipe = client.pipeline(transaction=False)
    for name in names:
        pipe.zrange(key("story", name), 0, _SHOWN - 1, desc=True)
        pipe.zcard(key("story", name))
    answers = pipe.execute()
    members = {name: [m.decode() for m in answers[2 * at]] for at, name in enumerate(names)}
    for story_members in members.values():
        for member in story_members:
            pipe.hget(key("article", member), "summary")
    packed = iter(pipe.execute())
    stories: dict[str, Story | None] = {}
    for at, name in enumerate(names):
        read = {member: unpack(Summary, next(packed), member) for member in members[name]}
        if gone := [member for member, summary in read.items() if summary is None]:
            client.zrem(key("story", name), *gone)
        summaries = [summary for summary in read.values() if summary]
        stories[name] = _tell(name, summaries, answers[2 * at + 1] - len(gone)) if summaries else None
    return stories


def _tell(name: str, summaries: list[Summary], count: int) -> Story:
    dates = sorted(summary.published for summary in summaries if summary.published)
    return Story(
        id=name,
        count=count,
        outlets=_list_outlets(summaries),
        first_published=dates[0] if dates else None,
        last_published=dates[-1] if dates else None,
        reports=summaries,
    )


def _list_outlets(summaries: Sequence[Summary]) -> list[str]:
    by_key = {name_key(summary.outlet): " ".join(summary.outlet.split()) for summary in summaries if summary.outlet}
    return [by_key[name] for name in sorted(by_key)]
