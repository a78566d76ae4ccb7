"""Who is this in this room? Its owner, one of its members, or nobody: a room is entered by its links alone."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from flask import Response, g, request
from werkzeug.wrappers import Response as WerkzeugResponse

from models import codebook
from models.codebook import Codebook
from models.report import Report
from service.problems import Refusal
from service.texts import say
from workers import settings, store
from workers.store import Room

OWNER = "owner"
MOST_NAMED = 20  # people and bodies that a form proposes
_COOKIE = "parallax-room"


@dataclass(frozen=True, slots=True)
class Standing:
    """Somebody in a room; `person` None: its owner."""

    room: Room
    person: str | None
    name: str

    @property
    def is_owner(self) -> bool:
        """May they do all that can be done in the room?"""
        return self.person is None

    @property
    def codebook(self) -> Codebook:
        """The room's codebook."""
        return read_codebook(self.room.codebook)

    def may_code(self, article: str) -> bool:
        """Is the article theirs to code? Each is everybody's until a lot was drawn."""
        lot = self.room.lot
        return self.person is not None and (lot is None or self.person in lot.given.get(article, ()))

    @property
    def tasks(self) -> list[str]:
        """The articles that are theirs to code, in an order of their own: nobody is tired at the same one."""
        mine = [article for article in self.room.articles if self.may_code(article)]
        return sorted(mine, key=lambda article: hashlib.sha256(f"{self.person} {article}".encode()).digest())


def enter(identifier: str) -> Standing:
    """Let somebody into a room who came by one of its links. Raises Refusal."""
    g.fleeting = True  # a classroom’s browser keeps no page of it
    who = _identify(identifier)
    room = store.room(identifier) if who else None
    if room is None or who is None:
        raise Refusal(401, "room_closed", say("problem.room_closed.detail"), headers={"WWW-Authenticate": "Bearer"})
    if who == OWNER:
        return Standing(room, None, OWNER)
    return Standing(room, who, room.people[who].name)


def enter_as_owner(identifier: str) -> Standing:
    """Let the owner in, and nobody else. Raises Refusal."""
    standing = enter(identifier)
    if not standing.is_owner:
        raise Refusal(403, "room_owners_only", say("problem.room_owners_only.detail"))
    return standing


def enter_to_change(identifier: str) -> Standing:
    """Let the owner in to change something, unless the room has ended. Raises Refusal."""
    here = enter_as_owner(identifier)
    if here.room.ended:
        raise Refusal(409, "room_ended", say("problem.room_ended.detail"))
    return here


def refuse_revealed(room: Room) -> None:
    """Refuse to mark where all marks are shown: who has seen them would not mark for themselves."""
    if room.revealed:
        raise Refusal(409, "room_ended", say("room.revealed"))


def _identify(identifier: str) -> str | None:
    """ "owner", a person's name in the room, or None."""
    if g.get("key") is not None and g.key.may("admin"):
        return OWNER
    kind, _, secret = request.headers.get("Authorization", "").partition(" ")
    if kind.lower() == "bearer":
        return OWNER if store.room_link(identifier, secret.strip()) == OWNER else None
    session = request.cookies.get(_cookie_name(identifier))
    found = store.find_session(session) if session else None
    place, _, who = (found or "").rpartition(" ")
    if place != f"room {identifier}" or not who:
        return None
    if who.startswith(f"{OWNER}="):
        return OWNER if who == _owner_mark(identifier) else None
    return who if store.room_person(identifier, who) else None


def _owner_mark(identifier: str) -> str:
    """How a session of the owner is told: over when the link that began it is renewed."""
    return f"{OWNER}={store.owner_mark(identifier)}"


def begin(answer: Response | WerkzeugResponse, identifier: str, who: str) -> None:
    """Begin a session of the owner, or of a person, in a room: its cookie goes with the answer."""
    hours = settings.current().session_hours
    name = store.begin_session(f"room {identifier} {_owner_mark(identifier) if who == OWNER else who}", hours * 3600)
    answer.set_cookie(
        _cookie_name(identifier), name, max_age=hours * 3600, secure=request.is_secure, httponly=True, samesite="Lax"
    )


def leave(answer: WerkzeugResponse, identifier: str) -> None:
    """End the session that came with this request."""
    if session := request.cookies.get(_cookie_name(identifier)):
        store.end_session(session)
    answer.delete_cookie(_cookie_name(identifier), secure=request.is_secure, httponly=True, samesite="Lax")


def _cookie_name(identifier: str) -> str:
    name = f"{_COOKIE}-{hashlib.sha256(identifier.encode('utf-8', 'surrogateescape')).hexdigest()[:16]}"
    return f"__Host-{name}" if request.is_secure else name


@lru_cache(maxsize=64)
def read_codebook(text: str) -> Codebook:
    """A codebook that was read once before it was kept."""
    return codebook.read(text)


@dataclass(frozen=True, slots=True)
class Text:
    """What a coder sees of an article: nothing of what Parallax found in it but whom it names."""

    title: str | None
    outlet: str | None
    text: str
    title_end: int
    language: str
    people: tuple[str, ...]


def find_report(room: Room, article: str) -> Report:
    """The report of an article of the room. Raises Refusal where there is none (yet)."""
    return _load(_find(room, article))


def find_text(room: Room, article: str) -> Text:
    """The text of an article of the room, which never changes. Raises Refusal where there is none (yet)."""
    return _read_text(_find(room, article))


def _find(room: Room, article: str) -> str:
    """The report’s id, once it is known to be there still."""
    entry = room.articles.get(article)
    if entry is None or store.statuses([entry.report])[0] is None:
        raise Refusal(404, "not_found", say("room.no_article"))
    return entry.report


def _load(identifier: str) -> Report:
    report = store.lasting_report(identifier)
    if report is None:
        raise Refusal(409, "not_ready", say("room.not_read"), headers={"Retry-After": "2"})
    return report


@lru_cache(maxsize=32)
def _read_text(identifier: str) -> Text:
    report = _load(identifier)
    facts = report.article
    named = dict.fromkeys(entity.name for entity in report.entities if entity.kind in ("person", "organization"))
    return Text(facts.title, facts.outlet, facts.text, facts.title_end, facts.language, tuple(named)[:MOST_NAMED])


def find_titles(room: Room) -> Mapping[str, tuple[str | None, str | None]]:
    """Headline and status of each article of the room."""
    reports = [entry.report for entry in room.articles.values()]
    found = zip(store.titles(reports), store.statuses(reports), strict=True)
    return dict(zip(room.articles, found, strict=True))
