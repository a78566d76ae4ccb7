"""What is read of an article: where it stands, its report, and all that its page shows in one look.

Each look may wait until the server has written what others send.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import cast, get_args

from models.report import Report
from workers.store.articles import Status
from workers.store.connection import key, reach
from workers.store.judgements import Judgement, read_judgements
from workers.store.packing import unpack_report

_STATE = ("status", "submitted", "reason", "code", "listed", "retain")


@dataclass(frozen=True, slots=True)
class State:
    """Where an article stands."""

    status: Status
    position: int | None = None
    """Place in the queue, 1 is next; None unless queued."""
    submitted: float | None = None
    """Unix time of the submission."""
    reason: str | None = None
    """Why it failed, for a person; None unless failed."""
    code: str | None = None
    """Why it failed, for a program, where more is known than that it did."""
    listed: bool = True
    """Whether lists, stories and figures may name it: it is neither private nor gone once read."""
    retained: bool = True
    """Whether it stays after it was read."""


@dataclass(frozen=True, slots=True)
class Record:
    """An article's record, as its page reads it."""

    state: State
    report: Report | None
    """None while it is not done, and where this release can't read it."""
    judgements: list[Judgement]
    story: str | None


def find_record(identifier: str) -> Record | None:
    """Everything at once; None when the article is unknown, expired or deleted."""
    with reach() as client:
        pipe = client.pipeline(transaction=True)
        pipe.hmget(key("article", identifier), (*_STATE, "report", "judgements", "story"))
        pipe.zrank(key("waiting"), identifier)
        (*fields, packed, judgements, story), rank = pipe.execute()
    state = _read_state(fields, rank)
    if state is None:
        return None
    report = unpack_report(packed, identifier) if state.status == "done" else None
    return Record(state, report, read_judgements(judgements), story.decode() if story else None)


def state(identifier: str) -> State | None:
    """Where the article stands; None when unknown, expired or deleted."""
    with reach() as client:
        pipe = client.pipeline(transaction=True)
        pipe.hmget(key("article", identifier), _STATE)
        pipe.zrank(key("waiting"), identifier)
        return _read_state(*pipe.execute())


def _read_state(fields: Sequence[bytes | None], rank: int | None) -> State | None:
    """What the record says in _STATE, with the article's place among those that wait."""
    status, submitted, reason, code, listed, retain = fields
    if status is None or status.decode() not in get_args(Status):
        return None
    return State(
        status=cast(Status, status.decode()),
        position=rank + 1 if rank is not None else None,
        submitted=float(submitted) if submitted else None,
        reason=reason.decode() if reason else None,
        code=code.decode() if code else None,
        listed=listed != b"0",
        retained=retain != b"0",
    )


def report(identifier: str) -> Report | None:
    """Give the report; None when it is not there (yet), or this release can't read it.

    One that can't be read is left as it is: another release may have made it, and can.
    """
    with reach() as client:
        packed = cast(bytes | None, client.hget(key("article", identifier), "report"))
    return unpack_report(packed, identifier)


def lasting_report(identifier: str) -> Report | None:
    """Give the report, if it stays after that; None for one that is gone once read (`hand_over`), too."""
    with reach() as client:
        packed, retain = cast(list[bytes | None], client.hmget(key("article", identifier), ["report", "retain"]))
    return None if retain == b"0" else unpack_report(packed, identifier)
