"""A category of a room's own: learnt from what was coded in it, told on its page, and taken away as a file."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from models.article import Article
from models.categories.figures import Performance
from models.categories.model import load
from tests.models.test_categories import CODED
from tests.rooms import OWN, RoomOfTests, open_room
from tests.service.html import read
from workers import store
from workers.queue import rooms as carrier

CODEBOOK = """\
name: Towns
version: 1
layers:
  - {id: frames, name: Frames, categories: [{id: danger, name: Danger}]}
levels:
  - {id: about, name: What it is about, values: [cost, danger]}
"""
NEW = ("Rents in Tarn have doubled, and the bakery can no longer pay.", "Smoke from the kiln made six pupils ill.")


@pytest.fixture
def room(app: Flask) -> Iterator[RoomOfTests]:
    made = open_room(app, codebook=CODEBOOK)
    yield made
    carrier.remove(made.id)


def learn(room: RoomOfTests, layer: str) -> None:
    """Ask for it by the page, and do what a worker does then."""
    from workers.tasks.rooms import learn_category

    sent = room.owner.post(f"/rooms/{room.id}/categories/{layer}", headers=OWN)
    assert sent.status_code == 303, sent.text
    waiting = room.owner.get(f"/rooms/{room.id}/categories/{layer}")
    assert "being learnt" in waiting.text
    assert waiting.headers["Refresh"] == "3"
    learn_category(f"{room.id} {layer}")


def code(room: RoomOfTests, person: str, article: str, value: str) -> None:
    for entry, line in (
        ("level-about", {"id": "level-about", "kind": "level", "level": "about", "value": value}),
        ("done", {"id": "done", "kind": "done"}),
    ):
        assert store.say(room.id, article, person, entry, json.dumps(line, separators=(",", ":"))) == "kept"


def test_from_fifty_codes_to_a_classifier(room: RoomOfTests, tmp_path: Path) -> None:
    room.send(*(Article(title=f"Town {at}", text=text) for at, (text, _) in enumerate(CODED)), *map(_untitled, NEW))
    room.join("Ada")
    found = store.room(room.id)
    assert found
    (person,) = found.people
    names = list(found.articles)
    for name, (_, value) in zip(names, CODED, strict=False):
        code(room, person, name, value)
    learn(room, "about")

    page = room.owner.get(f"/rooms/{room.id}/categories/about").text
    assert "Macro-F1 is" in page
    assert "learnt from 60 articles of 60 articles" in page
    assert "Once 200 articles more are coded you may expect" in page
    assert "Few codes" not in page
    kept = store.room_category(room.id, "about")
    assert kept
    assert kept.figures
    assert kept.figures.macro_f1 > 0.9
    assert [place.category for name in names[60:] for place in kept.found[name]] == ["cost", "danger"]
    assert set(kept.next) == set(names[60:])  # what was coded needs no coding

    table = room.owner.get(f"/rooms/{room.id}/categories/about.csv")
    rows = list(csv.DictReader(io.StringIO(table.text.removeprefix("\ufeff"))))
    assert [row["category"] for row in rows if row["coded"] == "False"] == ["cost", "danger"]

    path = tmp_path / "about.json"
    path.write_bytes(room.owner.get(f"/rooms/{room.id}/categories/about.json").data)
    assert load(path).categories == ["cost", "danger"]

    carrier.remove(room.id)
    assert store.room_category(room.id, "about") is None


def test_too_few_codes_say_so(room: RoomOfTests) -> None:
    room.send(_untitled(NEW[0]))
    learn(room, "about")
    page = room.owner.get(f"/rooms/{room.id}/categories/about").text
    assert "Not learnt: 0 are coded; 50 are needed." in page
    assert "0 are coded; 50 are needed" in room.owner.get(f"/rooms/{room.id}/categories").text
    assert room.owner.get(f"/rooms/{room.id}/categories/about.json").status_code == 404


def test_a_category_in_few_sentences_says_so(room: RoomOfTests) -> None:
    figures = Performance.model_validate(
        {"units": 864, "articles": 30, "macro_f1": 0.3, "low": 0.2, "high": 0.4, "guess": 0.0, "expected": 0.3}
        | {"by_category": {"cost": 0.5, "danger": 0.1}, "counts": {"cost": 50, "danger": 27}, "curve": []}
    )
    known = store.RoomCategory(status="done", asked=1, unit="sentence", categories=["cost", "danger"], figures=figures)
    store.keep_room_category(room.id, "about", known, "a classifier")
    page = read(room.owner.get(f"/rooms/{room.id}/categories/about").text, "//p[@class='notice']")
    assert page.startswith("Few codes: danger 27. Code 50 sentences of each")


def test_what_is_in_no_codebook_and_whose_room_it_is_not(room: RoomOfTests) -> None:
    assert room.owner.post(f"/rooms/{room.id}/categories/tone", headers=OWN).status_code == 404
    assert room.owner.get(f"/rooms/{room.id}/categories/about").status_code == 404  # never asked for
    member = room.join("Ben")
    assert member.get(f"/rooms/{room.id}/categories").status_code == 403
    assert member.post(f"/rooms/{room.id}/categories/about", headers=OWN).status_code == 403
    assert room.app.test_client().get(f"/rooms/{room.id}/categories").status_code == 401


def test_a_room_that_goes_while_it_is_learnt_leaves_nothing(room: RoomOfTests) -> None:
    carrier.remove(room.id)
    assert not store.keep_room_category(room.id, "about", store.RoomCategory(status="done", asked=0))
    assert store.room_category(room.id, "about") is None


def _untitled(text: str) -> Article:
    return Article(text=text)
