"""Judgements: whether readers agree with a finding. They live in the article's own record and go with it."""

from __future__ import annotations

from typing import Literal, cast

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from workers.store.connection import key, reach, run

Verdict = Literal["agree", "disagree"]
Kept = Literal["kept", "full", "gone"]
Withdrawn = Literal["withdrawn", "unknown", "not yours"]

MOST_JUDGEMENTS = 1_000
"""Kept with one report."""
UNDO_SECONDS = 10
"""How long a judgement that was taken back can be had again."""


class Judgement(BaseModel):
    """What one reader thinks of one finding. Counted nowhere: a vote makes nothing true."""

    model_config = ConfigDict(frozen=True)

    # These two first: withdraw.lua looks at how the line begins.
    id: str = Field(description="Name of the judgement; it begins the stored line.")
    by: str = Field(default="", description="Name of the key that it was given with; empty where none was needed.")
    finding: str = Field(description="Which finding: term-3 is vocabulary.terms[3]; attribution-, vague-, sentence- "
                         "likewise; entity-e1 is the entity with that id.")  # fmt: skip
    verdict: Verdict = Field(description="Whether the reader finds the finding right.")
    reason: str = Field(default="", description="Why, in the reader's words.")
    judged_at: str = Field(description="When, UTC, ISO 8601.")


def judge(identifier: str, judgement: Judgement) -> Kept:
    """Keep a judgement with its report: "kept"; "full" above MOST_JUDGEMENTS; "gone" when there is no such report."""
    line = judgement.model_dump_json()
    with reach() as client:
        return cast(Kept, run(client, "judge", [key("article", identifier)], line, MOST_JUDGEMENTS))


def find_judgements(identifier: str) -> list[Judgement]:
    """What was thought of the report's findings, oldest first."""
    with reach() as client:
        return read_judgements(cast(bytes | None, client.hget(key("article", identifier), "judgements")))


def read_judgements(lines: bytes | None) -> list[Judgement]:
    """The judgements of a record, a line each, oldest first."""
    read = map(_read, (lines or b"").splitlines())
    return sorted((one for one in read if one), key=lambda one: one.judged_at)


def _read(line: bytes) -> Judgement | None:
    try:
        return Judgement.model_validate_json(line)
    except ValidationError:  # of another version
        return None


def withdraw(identifier: str, judgement: str, by: str | None = None) -> Withdrawn:
    """Take a judgement back: "withdrawn"; "unknown" when it was not there; "not yours" where another key gave it.

    Without `by` it is anybody’s to take back. `restore` undoes it for UNDO_SECONDS.
    """
    begins = f'{{"id":"{judgement}",'
    theirs = f'{begins}"by":"{by}",' if by is not None else begins
    names = [key("article", identifier), key("taken-back", identifier)]
    # The clock starts when the page that offers it is on its way.
    values = (begins, theirs, judgement, UNDO_SECONDS + 2)
    with reach() as client:
        return cast(Withdrawn, run(client, "withdraw", names, *values))


def find_taken_back(identifier: str, judgement: str) -> Judgement | None:
    """The judgement that was taken back so lately that it can be had again; None when its time is over."""
    with reach() as client:
        line = cast(bytes | None, client.hget(key("taken-back", identifier), judgement))
    return _read(line) if line else None


def restore(identifier: str, judgement: Judgement) -> Kept:
    """Have again what was taken back, as it was. Answers as `judge` does."""
    kept = judge(identifier, judgement)
    with reach() as client:
        client.hdel(key("taken-back", identifier), judgement.id)
    return kept
