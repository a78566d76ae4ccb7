"""For a class: what all marked, how many of them, and Parallax beside them; and sheets to print."""

from __future__ import annotations

from bisect import bisect_right

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as WerkzeugResponse

from models.coding import passages, tool
from models.coding.passages import Passage
from service import access, findings, marks
from service.problems import Refusal
from service.rooms import results, standing
from service.texts import say
from workers import store

room_reveal = Blueprint("room_reveal", __name__)

LINES = 14  # of a worksheet's table
_CHOICES = {"counts": "counts", "names": "names", "hide": ""}


@room_reveal.post("/rooms/<room>/reveal")
@access.needs("room")
def reveal(room: str) -> WerkzeugResponse:
    """Show members what all marked, without or with names, or hide it again."""
    standing.enter_as_owner(room)
    if (chosen := _CHOICES.get(request.form.get("what", ""))) is not None:
        store.change_room(room, {"revealed": chosen})
    return redirect(url_for("room_owner.show_room", room=room, _anchor="room"), 303)


@room_reveal.get("/rooms/<room>/articles/<article>/reveal")
@access.needs("room")
def show_passages(room: str, article: str) -> str:
    here = standing.enter(room)
    if not here.is_owner and not here.room.revealed:
        raise Refusal(403, "room_owners_only", say("room.not_revealed"))
    report = standing.find_report(here.room, article)
    said = {person: one for person, one in results.read_all(here)[article].codings.items() if one.done or one.marks}
    found = passages.find(said, tool.code(report, here.codebook), here.codebook)
    share = passages.agree(said, here.codebook)
    shown = [marks.Mark(one.start, one.end, at, "line", one.side) for at, one in enumerate(found, 1)]
    return render_template(
        "rooms/passages.html",
        here=here,
        article=article,
        facts=report.article,
        blocks=marks.split(report.article.text, shown),
        passages=found,
        sides={side: [one for one in found if one.side == side] for side in ("both", "class", "tool")},
        agreed=say("room.agree", tenths=round(10 * share)) if share is not None else "",
        people=len(said),
        mine=_mine(found, here.person),
        with_names=here.is_owner or here.room.revealed == "names",
    )


def _mine(found: list[Passage], person: str | None) -> set[int]:
    """Which passages, by number, did whoever looks mark?"""
    return {at for at, one in enumerate(found, 1) if person in one.coders}


@room_reveal.get("/rooms/<room>/articles/<article>/worksheet")
@access.needs("room")
def show_worksheet(room: str, article: str) -> str:
    here = standing.enter_as_owner(room)
    facts = standing.find_text(here.room, article)
    return render_template(
        "rooms/worksheet.html", here=here, facts=facts, blocks=marks.split(facts.text, ()), lines=LINES
    )


@room_reveal.get("/rooms/<room>/articles/<article>/answers")
@access.needs("room")
def show_answers(room: str, article: str) -> str:
    """The answer sheet: the loaded words that a report shows, each with its note."""
    here = standing.enter_as_owner(room)
    report = standing.find_report(here.room, article)
    notes = [note for note in findings.find(report).shown if note.kind == "term" and note.sure]
    shown = [mark._replace(note=at, style="tool") for at, note in enumerate(notes, 1) for mark in note.marks]
    facts = report.article
    blocks = marks.split(facts.text, shown)
    body = [block.start for block in blocks if block.start >= facts.title_end]
    return render_template(
        "rooms/answers.html",
        here=here,
        facts=facts,
        blocks=blocks,
        terms=[note.subject for note in notes],
        places=[bisect_right(body, note.marks[0].start) for note in notes],  # 0: the headline
    )
