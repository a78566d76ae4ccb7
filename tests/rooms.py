"""A room for tests: made, filled and coded through the web, its articles read as a worker would."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import cache

from flask import Flask
from flask.testing import FlaskClient

from models import pipeline
from models.article import Article
from models.report import Report
from tests.service.html import look
from workers import store

OWN = {"Sec-Fetch-Site": "same-origin"}
ARTICLES = (
    Article(
        title="Council slams harbour plan",
        text="The reckless mayor, Ilse Marden, rammed the plan through the council on Monday. “It is a disgrace,” said "
        "Conrad Vail. The regime gave no details.\n\nVail claimed that traders would leave. Critics say it is dead.",
    ),
    Article(
        title="Ferry fares rise",
        text="Fares rise by two crowns in May, the company said. The greedy board gloated over the news.\n\nPassengers "
        "were told on Friday. “We are sorry,” Jon Amsel said.",
    ),
    Article(title="Museum opens", text="The museum opened its doors on Sunday. Many came, the keeper said."),
)

TOWNS = {
    "Rents in Tarn have doubled, and the bakery can no longer pay its bills.": "cost",
    "Smoke from the kiln made six pupils ill, and two men were hurt.": "danger",
    "Taxes in Ostwick must rise by a tenth to pay for the market.": "cost",
}


@cache
def analyze(title: str | None, text: str) -> Report:
    """The report on an article, made once."""
    return pipeline.analyze(Article(title=title, text=text))


def read_articles(room: str) -> None:
    """Make the reports that wait in a room, as a worker would."""
    found = store.room(room)
    for entry in found.articles.values() if found else ():
        article = store.article(entry.report)
        if isinstance(article, Article) and store.begin(entry.report, "test") == "begun":
            assert store.save(analyze(article.title, article.text).model_copy(update={"id": entry.report}))


def send_batch(app: Flask, lines: list[dict[str, str]], read: bool = True) -> str:
    """Send a batch and unpack it, and have its articles read; gives its id."""
    from workers.tasks.batches import tend_batches, unpack_batch  # only now: Celery keeps the address that it finds

    content = "".join(json.dumps(line) + "\n" for line in lines)
    sent = app.test_client().post("/api/v1/batches", data=content, content_type="application/jsonl", headers=OWN)
    identifier = str(sent.json["id"])
    unpack_batch.run(identifier)
    tend_batches.run()
    for article in store.open_articles(identifier).values() if read else ():
        held = store.article(article)
        if isinstance(held, Article) and store.begin(article, "test") == "begun":
            store.save(analyze(held.title, held.text).model_copy(update={"id": article}))
    tend_batches.run()
    return identifier


@dataclass
class RoomOfTests:
    """A room and the browser of its owner."""

    app: Flask
    id: str
    owner: FlaskClient
    owner_link: str
    member_link: str

    def path(self, link: str) -> str:
        """The path of a link."""
        return re.sub(r"^https?://[^/]+", "", link)

    def join(self, name: str) -> FlaskClient:
        """A browser of somebody who came in under a name."""
        browser = self.app.test_client()
        entered = browser.post(self.path(self.member_link), data={"name": name}, headers=OWN)
        assert entered.status_code == 200, entered.text
        return browser

    def send(self, *articles: Article) -> None:
        """Send articles into the room, and have them read."""
        for article in articles:
            data = {"title": article.title, "text": article.text}
            assert self.owner.post(f"/rooms/{self.id}/articles", data=data, headers=OWN).status_code == 303
        read_articles(self.id)


def open_room(app: Flask, name: str = "Harbour vote", codebook: str = "") -> RoomOfTests:
    """Make a room by the page."""
    owner = app.test_client()
    made = owner.post("/rooms", data={"name": name, "codebook": codebook}, headers=OWN)
    assert made.status_code == 201, made.text
    ours, theirs = look(made.text, "//*[@class='secret']/a/@href")
    identifier = re.search(r"/rooms/([0-9a-f]+)/", ours)
    assert identifier
    return RoomOfTests(app, identifier[1], owner, ours, theirs)


def code(browser: FlaskClient, room: RoomOfTests, article: str, *said: dict[str, str], done: bool = True) -> None:
    """Code an article by the page’s forms."""
    for one in [*said, *([{"act": "done"}] if done else [])]:
        sent = browser.post(f"/rooms/{room.id}/articles/{article}", data=one, headers=OWN)
        assert sent.status_code == 303, sent.text


def mark(words: str, what: str, **more: str) -> dict[str, str]:
    """Fields of the form that marks these words."""
    return {"act": "mark", "words": words, "what": what, **more}
