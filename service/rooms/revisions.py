"""Two versions of a draft side by side: the words that were rewritten, and the findings that went and came."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from flask import Blueprint, render_template, request

from models.lint import Finding
from models.lint.revision import Rewriting, Stretch, Turnover
from service import access
from service.marks import Block, Mark, split
from service.problems import Refusal
from service.rooms import desk, standing
from service.texts import say

room_revisions = Blueprint("room_revisions", __name__)


@dataclass(frozen=True, slots=True)
class Row:
    """A paragraph of both versions; `same`: no word of it differs, and no finding."""

    before: Block | None
    after: Block | None
    same: bool


@room_revisions.get("/rooms/<room>/desk/<article>/beside")
@access.needs("room")
def show_revision(room: str, article: str) -> str:
    """Any two versions of the draft up to this one; without a choice, this one and the one before it."""
    here = standing.enter_as_owner(room)
    if article not in here.room.articles:
        raise Refusal(404, "not_found", say("room.no_article"))
    versions = desk.read_versions(here, desk.read_house(here), article)
    names = [one.article for one in versions]
    one, other = (_choose(names, name, -at) for at, name in ((2, "one"), (1, "other")))
    first, last = sorted((one, other))
    compared = desk.compare(versions[first], versions[last])
    rows = list(_set(versions[first].text, versions[last].text, *compared)) if compared else []
    return render_template(
        "rooms/revision.html",
        here=here,
        article=article,
        versions=versions,
        first=first,
        last=last,
        rows=rows,
        turned=compared[1] if compared else None,
        title=standing.find_titles(here.room)[article],
    )


def _choose(names: Sequence[str], field: str, otherwise: int) -> int:
    """The place of the version that the address asks for."""
    wanted = request.args.get(field, "")
    return names.index(wanted) if wanted in names else max(0, len(names) + otherwise)


def _set(before: str, after: str, made: Rewriting, turned: Turnover) -> Iterator[Row]:
    ours = _blocks(before, made.removed, {"went": turned.went, "stayed": turned.remained})
    theirs = _blocks(after, made.inserted, {"came": turned.came, "stayed": turned.stayed})
    for one, other in made.rows:
        left, right = one and ours[one[0]], other and theirs[other[0]]
        yield Row(left, right, bool(left and right and not (_differs(left) or _differs(right))))


def _blocks(text: str, rewritten: Iterable[Stretch], found: dict[str, list[Finding]]) -> dict[int, Block]:
    """The paragraphs, by where their first word begins."""
    marks = [Mark(start, end, 0, "bar") for start, end in rewritten]
    marks += [Mark(one.start, one.end, 0, "line", style) for style, each in found.items() for one in each]
    return {block.start + _indent(text[block.start : block.end]): block for block in split(text, dict.fromkeys(marks))}


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())


def _differs(block: Block) -> bool:
    return any(run.bars or any(mark.style != "stayed" for piece in run.segments for mark in piece.marks)
               for run in block.runs)  # fmt: skip
