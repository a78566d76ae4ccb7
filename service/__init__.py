"""The web: pages for people, JSON for programs. Shows what `workers` keeps; analyses nothing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Flask

from models.limits import LIMITS
from service import (
    access,
    api,
    assets,
    audits,
    batches,
    bidi,
    bookmarklet,
    clauses,
    comparisons,
    feeds,
    figures,
    findings,
    health,
    intake,
    judgements,
    marks,
    outlets,
    pages,
    problems,
    rate_limits,
    request_ids,
    rooms,
    search,
    security,
    sessions,
    stories,
    versions,
)
from service.texts import TEXTS, say
from workers import settings

# The longest article in its longest spelling (a character as \ud83d\ude00, or %F0%9F%98%80), and some room for keys.
_BYTES_A_CHARACTER = 12
_ARTICLE_BYTES = (
    _BYTES_A_CHARACTER * (LIMITS.text_characters + 6 * LIMITS.field_characters) + 64 * LIMITS.targets + 65_536
)
# The source of a page is nearly all ASCII, of which a form spells a part in three bytes each.
_BODY_BYTES = max(_ARTICLE_BYTES, 2 * LIMITS.html_characters + 65_536)


def create_app(config: Mapping[str, Any] | None = None) -> Flask:
    """Build the web application. Raises SystemExit where strangers could reach it and nobody said that they may."""
    settings.refuse_openness(settings.current())
    app = Flask(__name__)
    app.config.update(MAX_CONTENT_LENGTH=_BODY_BYTES, MAX_FORM_MEMORY_SIZE=_BODY_BYTES, MAX_FORM_PARTS=50)
    app.config.update(config or {})
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.globals.update(TEXTS=TEXTS, say=say, LIMITS=LIMITS)
    app.jinja_env.globals.update(
        name_place=marks.name_place, cut=clauses.cut, grade=findings.grade, reason=findings.reason
    )
    assets.register(app)
    bidi.register(app)
    figures.register(app)
    problems.register(app)
    request_ids.register(app)
    health.register(app)
    access.register(app)
    rate_limits.register(app)
    security.register(app)
    sessions.register(app)
    access.refuse_strangers(app)
    app.register_blueprint(pages.pages)
    app.register_blueprint(api.api)
    app.register_blueprint(batches.batches)
    app.register_blueprint(intake.intake)
    app.register_blueprint(feeds.feeds)
    app.register_blueprint(judgements.judgements)
    app.register_blueprint(comparisons.comparisons)
    app.register_blueprint(stories.stories)
    app.register_blueprint(outlets.outlets)
    app.register_blueprint(audits.audits)
    app.register_blueprint(search.searches)
    app.register_blueprint(versions.versions)
    app.register_blueprint(bookmarklet.bookmarklet)
    for blueprint in rooms.BLUEPRINTS:
        app.register_blueprint(blueprint)
    return app
