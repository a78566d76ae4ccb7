"""Rooms: two hashes each, `room:<id>` with what it is, `room-said:<id>` with what was said in it.

`rooms` names all by the time when they go. Which field holds what stands in docs/rooms.md.
"""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, cast

from workers import settings
from workers.store.connection import DAY, key, reach, run
from workers.store.room_records import Added, Drawn, Lot, RoomArticle, RoomPerson
from workers.store.sessions import name_session, read_session

MOST_ENTRIES = 2_000
"""Of one person on one article."""
_LOT = "lot"

Kind = Literal["article", "person"]
Taken = Literal["gone", "ended", "full", "known"]
Said = Literal["kept", "gone", "ended", "full"]


@dataclass(frozen=True, slots=True)
class Room:
    """A room as it is now, without what was said in it."""

    id: str
    name: str
    made: float
    ended: float | None
    coded: bool
    """Whether anybody has said anything."""
    owner: str
    """The hash of the secret in the owner's link."""
    codebook: str
    """YAML."""
    articles: Mapping[str, RoomArticle]
    people: Mapping[str, RoomPerson]
    lot: Lot | None
    revealed: Literal["counts", "names"] | None
    """Whether members see what all marked: how many did, or who."""
    drawn: Drawn | None
    """The last draw of articles."""
    added: list[Added]
    """What became of the addresses that were added last."""
    house: str
    """The desk's house list, as JSON; empty without one."""


def digest(secret: str) -> str:
    """What the store keeps of a link's secret, or of a person's code."""
    return hashlib.sha256(secret.encode("utf-8", "surrogateescape")).hexdigest()


def make_room(identifier: str, name: str, owner: str, member: str, codebook: str) -> bool:
    """Make a room with the secrets of its two links. False where there are as many rooms as may be."""
    fields = ("name", name, "made", str(time.time()), "owner", digest(owner), "member", digest(member))
    with reach() as client:
        most = settings.current().rooms
        made = run(client, "room_make", _keys(identifier), identifier, find_end(), most, *fields, "codebook", codebook)
    return bool(made)


def room(identifier: str) -> Room | None:
    """The room with this id."""
    return look_in(identifier, None)[0]


def look_in(identifier: str, session: str | None) -> tuple[Room | None, str | None]:
    """The room with this id, and whose this session is: one way to the server and back, for each mark takes it."""
    with reach() as client:
        pipe = client.pipeline(transaction=False)
        pipe.hgetall(key("room", identifier))
        if session:
            pipe.get(name_session(session))
        found, *held = pipe.execute()
    return _read_room(identifier, found), read_session(held[0]) if held else None


def _read_room(identifier: str, found: Mapping[bytes, bytes]) -> Room | None:
    if not found:
        return None
    fields = {name.decode(): value.decode() for name, value in found.items()}
    return Room(
        id=identifier,
        name=fields["name"],
        made=float(fields["made"]),
        ended=float(fields["ended"]) if "ended" in fields else None,
        coded="coded" in fields,
        owner=fields["owner"],
        codebook=fields["codebook"],
        articles={name: RoomArticle.model_validate_json(value) for name, value in _of(fields, "article")},
        people={name: RoomPerson.model_validate_json(value) for name, value in _of(fields, "person")},
        lot=Lot.model_validate_json(fields[_LOT]) if _LOT in fields else None,
        revealed=cast(Literal["counts", "names"] | None, fields.get("revealed")),
        drawn=Drawn.model_validate_json(fields["drawn"]) if "drawn" in fields else None,
        added=[Added.model_validate(one) for one in json.loads(fields.get("added", "[]"))],
        house=fields.get("house", ""),
    )


def _of(fields: Mapping[str, str], kind: str) -> list[tuple[str, str]]:
    """The records of one kind, in the order in which they came."""
    found = [(name.partition(":")[2], value) for name, value in fields.items() if name.startswith(f"{kind}:")]
    return sorted(found, key=lambda each: int(each[0][1:]))


def room_link(identifier: str, secret: str) -> Literal["owner", "member"] | None:
    """Whose link is this?"""
    with reach() as client:
        owner, member = cast(list[bytes | None], client.hmget(key("room", identifier), ["owner", "member"]))
    given = digest(secret).encode()
    return "owner" if owner == given else "member" if member == given else None


def add_room_article(identifier: str, article: RoomArticle) -> str:
    """Take an article in: its name in the room, or why not (Taken)."""
    most = settings.current().room_articles
    return _take(identifier, "article", article.model_dump_json(), most, f"report:{article.report}", "")


def add_room_person(identifier: str, name: str, code: str) -> str:
    """Take a person in, who comes back by `code`: their name in the room, or why not (Taken: known, a name taken)."""
    most = settings.current().room_people
    record = RoomPerson(name=name).model_dump_json()
    unique = f"name:{' '.join(name.split()).casefold()}"
    return _take(identifier, "person", record, most, unique, f"code:{digest(code)}")


def _take(identifier: str, kind: Kind, record: str, most: int, unique: str, lead: str) -> str:
    with reach() as client:
        return str(
            run(client, "room_take", _keys(identifier), identifier, kind, record, most, find_end(), unique, lead)
        )


def find_by_code(identifier: str, code: str) -> str | None:
    """Who comes back by this code?"""
    with reach() as client:
        found = cast(bytes | None, client.hget(key("room", identifier), f"code:{digest(code)}"))
    return found.decode() if found else None


def may_try_code(identifier: str, most: int, seconds: int) -> bool:
    """Count one more try to guess a code of this room: were there at most `most` within so many seconds?"""
    with reach() as client:
        pipe = client.pipeline(transaction=True)
        pipe.set(key("room-tries", identifier), 0, nx=True, ex=seconds)
        pipe.incr(key("room-tries", identifier))
        return int(pipe.execute()[1]) <= most


def forgive_try(identifier: str) -> None:
    """Whoever had a right code guessed nothing."""
    with reach() as client:
        client.decr(key("room-tries", identifier))


def dismiss_person(identifier: str, person: str, record: RoomPerson) -> bool:
    """Let somebody in no more; what they said stays, and their name is free."""
    name = f"name:{' '.join(record.name.split()).casefold()}"
    gone = record.model_copy(update={"left": True}).model_dump_json()
    with reach() as client:
        fields = cast(dict[bytes, bytes], client.hgetall(key("room", identifier)))
        codes = [field.decode() for field, value in fields.items()
                 if field.startswith(b"code:") and value == person.encode()]  # fmt: skip
    return change_room(identifier, {f"person:{person}": gone, name: "", **dict.fromkeys(codes, "")}, fewer="person")


def drop_room_article(identifier: str, article: str, record: RoomArticle) -> bool:
    """Take an article out of the room, with all that was said of it."""
    fields = dict.fromkeys([f"article:{article}", f"report:{record.report}"], "")
    return change_room(identifier, fields, fewer="article", without=article)


def change_room(identifier: str, fields: Mapping[str, str], fewer: Kind | Literal[""] = "", without: str = "") -> bool:
    """Change fields of a room, an empty value drops one. False where there is no such room.

    `fewer`: of what there is one less; `without`: the article of which nothing that was said stays.
    """
    pairs = [part for pair in fields.items() for part in pair]
    with reach() as client:
        names = [*_keys(identifier), key("room-said", identifier), key("erase")]
        return bool(run(client, "room_change", names, identifier, find_end(), time.time(), fewer, without, *pairs))


def say(identifier: str, article: str, person: str | None, entry: str, line: str, report: str = "") -> Said:
    """Keep an entry of a person on an article in the place of the one with its id; an empty line takes that one back.

    `person` None: the owner, who settles. `line` is one line of JSON that begins with {"id":"<entry>". `report`: the
    article's, which must be there still.
    """
    field = f"said:{article}:{person}" if person else f"settled:{article}"
    begins = f'{{"id":{json.dumps(entry)},'
    who = f"person:{person}" if person else ""
    with reach() as client:
        most = settings.current().room_bytes
        values = (identifier, find_end(), field, begins, line, MOST_ENTRIES, f"article:{article}", who, most)
        names = [*_keys(identifier), key("room-said", identifier), *([key("article", report)] if report else [])]
        return cast(Said, run(client, "room_say", names, *values))


def entries(identifier: str, articles: Sequence[str], person: str | None) -> list[list[str]]:
    """What a person (None: the owner, who settles) said of each article: a line of JSON an entry."""
    fields = [f"said:{article}:{person}" if person else f"settled:{article}" for article in articles]
    with reach() as client:
        found = cast(list[bytes | None], client.hmget(key("room-said", identifier), fields)) if fields else []
    return [(lines or b"").decode().split("\n") if lines else [] for lines in found]


def all_entries(identifier: str) -> dict[tuple[str, str], list[str]]:
    """What everybody said of every article: by article and person ("" is the owner, who settles)."""
    with reach() as client:
        found = cast(dict[bytes, bytes], client.hgetall(key("room-said", identifier)))
    said = {}
    for name, lines in found.items():
        _, article, person = f"{name.decode()}:".split(":")[:3]
        said[article, person] = lines.decode().split("\n") if lines else []
    return said


def remove_room(identifier: str) -> bool:
    """Leave nothing of a room. Its own reports are deleted before (`workers.queue.rooms`)."""
    with reach() as client:
        more = [
            key("room-said", identifier),
            key("erase"),
            key("room-tries", identifier),
            key("room-learned", identifier),
            key("room-work"),
        ]
        return bool(run(client, "room_delete", [*_keys(identifier), *more], identifier, time.time()))


def rooms_over() -> list[str]:
    """Name the rooms in which nobody did anything for so long that they go."""
    with reach() as client:
        return [name.decode() for name in cast(list[bytes], client.zrangebyscore(key("rooms"), "-inf", time.time()))]


def _keys(identifier: str) -> list[str]:
    return [key("room", identifier), key("rooms")]


def find_end() -> float:
    """When does a room go in which something is done now?"""
    return time.time() + settings.current().room_days * DAY
