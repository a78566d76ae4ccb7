"""Search over the reports that are here: by words, person, outlet and days, as a page and JSON."""

from __future__ import annotations

from collections.abc import Iterator

from flask import Blueprint, render_template, request
from pydantic import BaseModel, Field

from models.search import Wanted, find_places
from service import access, submission
from service.openapi import PAGED, SPAN, ask, operation
from service.problems import Refusal
from workers import store
from workers.store import Hit, Summary

searches = Blueprint("search", __name__)

_AROUND = 90  # characters before and behind the first word that is found
_MOST = 200  # characters of a field


class Piece(BaseModel):
    """Some words of an excerpt."""

    text: str = Field(description="The words.")
    hit: bool = Field(description="Whether it is one of those that were looked for.")


class Found(Summary):
    """A report that was found."""

    excerpt: list[Piece] = Field(description="The text around the first word that was looked for; else how it begins.")


class SearchAnswer(BaseModel):
    """Reports that suit all that was asked for."""

    reports: list[Found] = Field(description="The newest first.")
    left_out: list[str] = Field(description="Words that stand in most articles: nothing is found by them.")
    next: str | None = Field(description="Cursor of the next ones; null at the end.")


@operation(
    searches, "GET", "/api/v1/search", "read", "Search the reports that are here",
    {200: ("Those that suit all of it.", SearchAnswer)},
    more="Words are found in any of their forms, in headline and text, without boilerplate. Private reports are never "
    "found. Without any of these nothing is found.",
    query=(
        ask("q", "Words that must all be in it."),
        ask("person", "Somebody who must be named in it: the whole name, or a part."),
        ask("outlet", "Only this outlet, whatever its case."),
        *SPAN,
        *PAGED,
    ),
    refuses=("bad_request",),
)  # fmt: skip
def search_reports() -> SearchAnswer:
    wanted = _read_question()
    page = store.search(wanted, request.args.get("cursor") or None, submission.read_limit(request))
    hits = [Found(**hit.summary.model_dump(), excerpt=list(cut_out(hit, wanted))) for hit in page.items]
    return SearchAnswer(reports=hits, left_out=wanted.too_common, next=page.next)


@searches.get("/search")
@access.needs("read")
def show_search() -> str:
    """Reports by words, person, outlet and days; `?cursor=` leads on."""
    wanted = _read_question()
    page = store.search(wanted, request.args.get("cursor") or None)
    return render_template(
        "search.html",
        wanted=wanted,
        asked=any(request.args.get(name, "").strip() for name in ("q", "person", "outlet", "since", "until")),
        hits=[(hit.summary, list(cut_out(hit, wanted))) for hit in page.items],
        kin=store.find_kin([hit.summary.id for hit in page.items]),
        begun="cursor" in request.args,
        next=page.next,
    )


def _read_question() -> Wanted:
    fields = {name: " ".join(request.args.get(name, "").split()) for name in ("q", "person", "outlet")}
    if long := [name for name, typed in fields.items() if len(typed) > _MOST]:
        raise Refusal(400, "bad_request", f"{long[0]} may have {_MOST} characters at most. Ask for fewer words.")
    since, until = submission.read_span(request)
    return Wanted(fields["q"], fields["person"], fields["outlet"], since, until)


def cut_out(hit: Hit, wanted: Wanted) -> Iterator[Piece]:
    """The text around the first of the words that are looked for, each of them marked; else how the text begins."""
    text, title = hit.text, len(hit.summary.title or "")
    places = list(find_places(text, wanted.stems)) if wanted.stems else []
    body = [place for place in places if place[0] >= title]
    first = body[0][0] if body else title
    start = _snap(text, max(title, first - _AROUND), title)
    end = _snap(text, min(len(text), first + 2 * _AROUND), len(text))
    at = start
    if start > title:
        yield Piece(text="… ", hit=False)
    for left, right in body:
        if right <= end:
            yield Piece(text=text[at:left], hit=False)
            yield Piece(text=text[left:right], hit=True)
            at = right
    yield Piece(text=text[at:end] + (" …" if end < len(text) else ""), hit=False)


def _snap(text: str, at: int, bound: int) -> int:
    """The end of a word near this place, so that none is cut; `bound` where the text begins or ends first."""
    if at == bound:
        return at
    space = text.find(" ", at, at + 30)
    return space if space >= 0 else at
