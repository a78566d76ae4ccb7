"""Plain sentences with links: clauses of [glance] in texts.toml, filled in and put after one another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from models.report import Span
from service.marks import name_place
from service.texts import say

EVIDENCE = 3  # links of one clause
WORDS = 9  # of the words of a sentence that a link quotes
_INNER = str.maketrans("“”", "‘’")


@dataclass(frozen=True, slots=True)
class SummaryLink:
    """Some words of the article and the anchor that leads to them."""

    text: str
    anchor: str


Piece = str | SummaryLink


def link(span: Span, note: int) -> SummaryLink:
    """The words of a finding, leading to its note."""
    return SummaryLink(cut(span.text), f"m{note}")


def place(span: Span) -> SummaryLink:
    """Words that have no note, leading to where they stand."""
    return SummaryLink(cut(span.text), name_place(span))


def cut(text: str) -> str:
    """The first words of a stretch, in one line, as they stand inside quotation marks."""
    words = text.translate(_INNER).split()
    return " ".join(words) if len(words) <= WORDS + 2 else " ".join(words[:WORDS]) + " …"


def tell(key: str, evidence: Sequence[SummaryLink], **facts: object) -> list[Piece]:
    """Fill in a text of [glance] and put links where its evidence goes."""
    before, _, after = say(f"glance.{key}", evidence="\0", **facts).partition("\0")
    return [piece for piece in (before, *listed([[one] for one in evidence[:EVIDENCE]]), after) if piece]


def listed(clauses: Sequence[Sequence[Piece]], last: str = " and ") -> list[Piece]:
    """Clauses after one another, with commas and `last` before the last one."""
    pieces: list[Piece] = []
    for at, clause in enumerate(clauses):
        between = "" if not at else last if at == len(clauses) - 1 else ", "
        pieces += [between, *clause] if between else clause
    return pieces


def end(clauses: Sequence[Sequence[Piece]]) -> tuple[Piece, ...]:
    """Clauses as one sentence: a capital first, a full stop last, plain text in one piece."""
    pieces: list[Piece] = []
    for at, clause in enumerate(clauses):
        for piece in ["; ", *clause] if at else clause:
            if isinstance(piece, str) and pieces and isinstance(pieces[-1], str):
                pieces[-1] += piece
            else:
                pieces.append(piece)
    if pieces and isinstance(pieces[0], str):
        pieces[0] = pieces[0][:1].upper() + pieces[0][1:]
    if pieces and isinstance(pieces[-1], str):
        pieces[-1] += "."
        return tuple(pieces)
    return (*pieces, ".")
