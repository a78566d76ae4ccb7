"""What tests of the web share: the web on a real store, reports made by hand, and a room."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient

from models import pipeline
from models.article import Article
from models.report import (
    Report,
)
from service import create_app, examples
from tests.rooms import ARTICLES, RoomOfTests, open_room
from tests.service.by_hand import BODY, TITLE, build_framed, build_report
from tests.service.contract import CheckedClient
from workers import store
from workers.queue import rooms
from workers.store.server import Server


@pytest.fixture
def framed() -> Report:
    """The same article with all that schema 2 knows."""
    return build_framed()


@pytest.fixture
def report() -> Report:
    """One article about an invented pact, read by hand."""
    return build_report()


@pytest.fixture(scope="session")
def counted() -> Report:
    """A report on text in which code points, UTF-16 units and bytes differ."""
    title = "\U0001f30a Flood in Vallé"
    flags, family = "\U0001f1f3\U0001f1f4\U0001f1eb\U0001f1ee", "\U0001f469\u200d\U0001f469\u200d\U0001f466"
    text = (
        "\U0001f30a\U0001f30a “Nous e\u0301tions seuls,” Zoë Brandt said. The ruthless tyrant Oren Tal left the café. "
        f"{flags} Critics\u00a0 say the regime of Oren\u0301 Tal {family} crushed the “free\n press”. "
    ) * 4
    return pipeline.analyze(Article(title=title, text=text))


@pytest.fixture(scope="session")
def app(server: Server) -> Flask:
    """The web on a real store, without a worker: what is submitted waits, and answers are held to the description.

    One for all tests, which leave its settings as they are: to make it costs more than most of them.
    """
    made = create_app({"TESTING": False})
    made.test_client_class = CheckedClient
    return made


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """Somebody's browser there."""
    return app.test_client()


@pytest.fixture
def room(app: Flask) -> Iterator[RoomOfTests]:
    """A room with three articles that were read."""
    made = open_room(app)
    made.send(*ARTICLES)
    yield made
    rooms.remove(made.id)


@pytest.fixture
def stored(server: Server, report: Report) -> Iterator[Report]:
    """The report by hand, as a worker would have left it in the store."""
    store.claim(report.id, Article(title=TITLE, text=BODY))
    assert store.save(report)
    yield report
    store.delete(report.id)


@pytest.fixture
def three(server: Server) -> Iterator[list[str]]:
    """Our own event in three outlets."""
    from tests.service.kept import keep  # only now: it loads the analysis

    names = [keep(article) for article in examples.ARTICLES]
    yield names
    for name in names:
        store.delete(name)
