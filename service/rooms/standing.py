"""Who is this in this room? Its owner, one of its members, or nobody: a room is entered by its links alone."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from flask import Response, g, request
from werkzeug.wrappers import Response as WerkzeugResponse

from models import codebook
from models.article import Article
from models.codebook import Codebook
from models.report import Report
from service.problems import Refusal
from service.texts import say
from workers import settings, store
from workers.store import Room, RoomArticle

OWNER = "owner"
MOST_NAMED = 20  # people and bodies that a form proposes
_COOKIE = "parallax-room"
_MARK = 16  # digits of the owner’s hash by which a session of theirs is told


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
    kind, _, secret = request.headers.get("Authorization", "").partition(" ")
    bearer = secret.strip() if kind.lower() == "bearer" else None
    session = None if bearer is not None else request.cookies.get(_cookie_name(identifier))
    is_admin = g.get("key") is not None and g.key.may("admin")
    room, whose = store.look_in(identifier, session) if is_admin or bearer or session else (None, None)
    who = None if room is None else OWNER if is_admin else _identify(room, bearer, whose)
    person = room.people.get(who) if room and who else None
    if room is None or (who != OWNER and (person is None or person.left)):
        raise Refusal(401, "room_closed", say("problem.room_closed.detail"), headers={"WWW-Authenticate": "Bearer"})
    return Standing(room, who, person.name) if person else Standing(room, None, OWNER)


def _identify(room: Room, bearer: str | None, whose: str | None) -> str | None:
    """ "owner", a name that somebody has, or had, in the room, or None. `whose`: what the session says that it is."""
    if bearer is not None:
        return OWNER if store.digest(bearer) == room.owner else None
    place, _, who = (whose or "").rpartition(" ")
    if place != f"room {room.id}":
        return None
    if who.startswith(f"{OWNER}="):
        return OWNER if who == f"{OWNER}={room.owner[:_MARK]}" else None
    return who


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


def begin(answer: Response | WerkzeugResponse, identifier: str, who: str) -> None:
    """Begin a session of the owner, or of a person, in a room: its cookie goes with the answer."""
    hours = settings.current().session_hours
    if who == OWNER and (room := store.room(identifier)):
        who = f"{OWNER}={room.owner[:_MARK]}"  # such a session is over when the link that began it is renewed
    name = store.begin_session(f"room {identifier} {who}", hours * 3600)
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


def find_entry(room: Room, article: str) -> RoomArticle:
    """The article of this name. Raises Refusal."""
    if article not in room.articles:
        raise Refusal(404, "not_found", say("room.no_article"))
    return room.articles[article]


def measure_text(room: Room, article: str) -> tuple[str, int]:
    """The report of an article, and how long its text is, which never changes. Raises Refusal where there is none."""
    report = find_entry(room, article).report
    try:
        return report, _measure(report)
    except Refusal:
        _find(room, article)  # it is gone, rather than not read yet
        raise


@lru_cache(maxsize=2_000)
def _measure(report: str) -> int:
    return len(_load(report).article.text)


def _find(room: Room, article: str) -> str:
    """The report’s id, once it is known to be there still."""
    report = find_entry(room, article).report
    if store.statuses([report])[0] is None:
        raise Refusal(404, "not_found", say("room.no_article"))
    return report


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
    return Text(facts.called, facts.outlet, facts.text, facts.title_end, facts.language, tuple(named)[:MOST_NAMED])


def find_titles(room: Room) -> Mapping[str, tuple[str | None, str | None]]:
    """Headline and status of each article of the room."""
    reports = [entry.report for entry in room.articles.values()]
    found = zip(room.articles, reports, store.titles(reports), store.statuses(reports), strict=True)
    return {at: (title or _sent_title(report, status), status) for at, report, title, status in found}


def _sent_title(report: str, status: str | None) -> str | None:
    """The headline that an article was sent with, until its report is there to tell it."""
    if status in (None, "done"):
        return None
    sent = store.article(report)
    return sent.title if isinstance(sent, Article) else None
