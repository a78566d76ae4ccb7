"""Stories: events that two or more reports tell, as pages and JSON."""

from __future__ import annotations

from flask import Blueprint, render_template, request
from pydantic import BaseModel, Field

from service import access, submission
from service.openapi import PAGED, operation
from service.problems import Refusal
from workers import store
from workers.store import Story

stories = Blueprint("stories", __name__)

COMPARED = 6  # reports that fit side by side; of more a reader chooses


class Stories(BaseModel):
    """Stories that two or more reports tell, the one with the newest report first."""

    stories: list[Story] = Field(description="Each with its reports.")
    next: str | None = Field(description="Send it as cursor for the next ones; null at the end.")


@stories.get("/stories")
@access.needs("read")
def show_stories() -> str:
    """Stories that several reports tell, the one with the newest first; `?cursor=` leads on."""
    page = store.recent_stories(cursor=request.args.get("cursor"))
    return render_template("stories.html", page=page, most=COMPARED, begun="cursor" in request.args)


@stories.get("/stories/<identifier>")
@access.needs("read")
def show_story(identifier: str) -> str:
    """One story, with its reports."""
    return render_template("story.html", story=_find(identifier), most=COMPARED)


_KNOWS = "Parallax knows only what it was given: an outlet that is missing may well have covered the event."


@operation(
    stories, "GET", "/api/v1/stories", "read", "List the stories that two or more reports tell",
    {200: ("Stories.", Stories)}, query=PAGED, refuses=("bad_request",),
    more=f"Reports of one event are grouped as they come, the story with the newest first. {_KNOWS}",
)  # fmt: skip
def list_stories() -> Stories:
    page = store.recent_stories(cursor=request.args.get("cursor"), limit=submission.read_limit(request))
    return Stories(stories=page.items, next=page.next)


@operation(
    stories, "GET", "/api/v1/stories/<identifier>", "read", "Get a story with its reports",
    {200: ("The story.", Story)},
    names={"id": "Id of the story, as the list of stories gives it."}, more=_KNOWS,
    when={"not_found": "no such story: its reports have expired or were deleted"},
)  # fmt: skip
def get_story(identifier: str) -> Story:
    return _find(identifier)


def _find(identifier: str) -> Story:
    found = store.story(identifier)
    if found is None:
        raise Refusal(404, "not_found", "There is no such story: its reports have expired or were deleted.")
    return found
