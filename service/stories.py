"""Stories: events that two or more reports tell, as pages and JSON."""

from __future__ import annotations

from flask import Blueprint, Response, current_app, render_template, request
from pydantic import BaseModel, Field

from service import access, submission
from service.problems import Refusal
from workers import store
from workers.store import Story, StoryPage

stories = Blueprint("stories", __name__)

COMPARED = 6  # reports that fit side by side; of more a reader chooses


class Stories(BaseModel):
    """Stories that two or more reports tell, the one with the newest report first."""

    stories: list[Story] = Field(description="Each with its reports.")
    next: str | None = Field(description="Send it as cursor for the next ones; null at the end.")


@stories.get("/stories")
@access.needs("read")
def show_stories() -> str:
    page = _list(None)
    return render_template("stories.html", page=page, most=COMPARED, begun="cursor" in request.args)


@stories.get("/stories/<identifier>")
@access.needs("read")
def show_story(identifier: str) -> str:
    return render_template("story.html", story=_find(identifier), most=COMPARED)


@stories.get("/api/v1/stories")
@access.needs("read")
def list_stories() -> Response:
    page = _list(submission.read_limit(request))
    return _json(Stories(stories=page.items, next=page.next))


@stories.get("/api/v1/stories/<identifier>")
@access.needs("read")
def get_story(identifier: str) -> Response:
    return _json(_find(identifier))


def _list(limit: int | None) -> StoryPage:
    try:
        return store.recent_stories(cursor=request.args.get("cursor") or None, limit=limit)
    except ValueError:
        raise submission.bad_cursor() from None


def _find(identifier: str) -> Story:
    found = store.story(identifier)
    if found is None:
        raise Refusal(404, "not_found", "There is no such story: its reports have expired or were deleted.")
    return found


def _json(body: BaseModel) -> Response:
    return current_app.response_class(body.model_dump_json(), content_type="application/json")
