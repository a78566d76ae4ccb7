"""A room is filled with what is here: a story, a search, a batch, by their addresses; or by lot, within strata."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

import pytest
from flask import Flask

from models.article import Article
from models.report import Report
from service.rooms import filling, sources
from tests.rooms import OWN, TOWNS, RoomOfTests, open_room, send_batch
from workers import queue, settings, store
from workers.queue import rooms as carrier
from workers.store import stories


@pytest.fixture
def room(app: Flask) -> Iterator[RoomOfTests]:
    """A room in which nothing is yet."""
    made = open_room(app)
    yield made
    carrier.remove(made.id)


def add(room: RoomOfTests, *addresses: str) -> Any:
    """Add what is here as a program does; what became of each address."""
    secret = room.owner_link.rsplit("/", 1)[1]
    headers = {"Authorization": f"Bearer {secret}"}
    body = {"addresses": list(addresses)}
    return room.app.test_client().post(f"/api/v1/rooms/{room.id}/reports", json=body, headers=headers)


def reports(room: RoomOfTests) -> list[str]:
    found = store.room(room.id)
    return [entry.report for entry in found.articles.values()] if found else []


def test_a_story_is_added_with_all_who_tell_it(room: RoomOfTests, three: list[str]) -> None:
    address = f"http://localhost/stories/{store.find_story(three[0])}"
    sent = room.owner.post(f"/rooms/{room.id}/reports", data={"reports": address}, headers=OWN)
    assert sent.status_code == 303
    assert sorted(reports(room)) == sorted(three)
    assert f"{address}: 3 taken in.</li>" in room.owner.get(f"/rooms/{room.id}").text


def test_a_story_of_more_than_are_named_says_so(
    room: RoomOfTests,
    three: list[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(stories, "_SHOWN", 2)
    (told,) = add(room, f"/stories/{store.find_story(three[0])}").json["added"]
    assert (told["taken"], told["only"]) == (2, 2)
    assert "Only the first 2 of it were looked at" in room.owner.get(f"/rooms/{room.id}").text


def test_a_search_is_added_with_its_question(
    room: RoomOfTests,
    three: list[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    outlet = (store.report(three[0]) or pytest.fail("gone")).article.outlet
    (told,) = add(room, f"/search?q=tram&outlet={str(outlet).replace(' ', '+')}").json["added"]
    assert reports(room) == [three[0]]
    assert (told["taken"], told["only"]) == (1, None)
    (told,) = add(room, "/search?q=tram").json["added"]
    assert sorted(reports(room)) == sorted(three)
    assert (told["taken"], told["known"]) == (2, 1)

    other = open_room(room.app)
    monkeypatch.setattr(sources, "MOST", 2)
    (told,) = add(other, "/search?q=tram").json["added"]
    assert (told["taken"], told["only"]) == (2, 2)
    assert len(reports(other)) == 2
    assert "it has more" in other.owner.get(f"/rooms/{other.id}").text
    assert other.owner.get(f"/api/v1/rooms/{other.id}").json["added"] == [told]
    carrier.remove(other.id)


def test_a_batch_that_is_being_read_says_how_much_is_left(app: Flask, room: RoomOfTests) -> None:
    lines = [{"text": f"{text} So it is said.", "title": f"Town {at}"} for at, text in enumerate(TOWNS)]
    batch = send_batch(app, [*lines, {"text": " "}], read=False)
    page = room.owner.post(f"/rooms/{room.id}/reports", data={"reports": f"/batches/{batch}"}, headers=OWN)
    assert page.status_code == 422
    assert "0 taken in, 3 still being read and not taken (add the address again later), 1 that could not" in page.text
    first = next(iter(store.open_articles(batch).values()))
    store.begin(first, "test")
    whole = send_batch(app, [{"text": f"{text} So it was said.", "title": "Town"} for text in TOWNS])
    told = add(room, f"/batches/{batch}", f"/batches/{whole}").json["added"]
    assert [(one["taken"], one["waiting"], one["lost"]) for one in told] == [(0, 3, 1), (3, 0, 0)]


def test_a_room_without_place_says_how_many_are_left_out(
    app: Flask,
    room: RoomOfTests,
    three: list[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("PARALLAX_ROOM_ARTICLES", "2")
    settings.current.cache_clear()
    try:
        (told,) = add(room, "/search?q=tram").json["added"]
        assert (told["taken"], told["full"]) == (2, 1)
        refused = room.owner.post(f"/rooms/{room.id}/draw", data={"count": "1"}, headers=OWN)
        assert "has no place for this" in refused.text
    finally:
        monkeypatch.undo()
        settings.current.cache_clear()


@pytest.fixture
def listed(app: Flask, stored: Report) -> Iterator[list[str]]:
    """Nine reports of two outlets, in three genres and two months."""
    names = []
    facts = [("The Quay", genre, month) for genre in ("news", "news", "news", "opinion") for month in ("05", "06")]
    for at, (outlet, genre, month) in enumerate([*facts, ("the quay ", "analysis", "")]):
        identifier = queue.submit(Article(text=f"Of the quay, {at}", outlet=outlet)).id
        own = {"outlet": outlet, "genre": genre, "published": f"2026-{month}-0{at + 1}" if month else None}
        article = stored.article.model_copy(update=own | {"title": f"Quay {at}"})
        store.save(stored.model_copy(update={"id": identifier, "article": article}))
        names.append(identifier)
    yield names
    for name in names:
        store.delete(name)


@pytest.mark.parametrize(
    ("strata", "count", "each"),
    [
        (["genre"], 3, {"analysis": 1, "news": 1, "opinion": 1}),
        (["genre"], 6, {"analysis": 1, "news": 3, "opinion": 2}),
        (["month"], 3, {"2026-05": 1, "2026-06": 1, "no date": 1}),
        (["outlet"], 2, {"The Quay": 2}),
        (["genre", "month"], 5, {"analysis · no date": 1, "news · 2026-05": 1, "news · 2026-06": 1,
                                 "opinion · 2026-05": 1, "opinion · 2026-06": 1}),
        ([], 4, {}),
    ],
)  # fmt: skip
def test_as_many_are_drawn_of_each_stratum(
    room: RoomOfTests, listed: Sequence[str], strata: list[str], count: int, each: dict[str, int]
) -> None:
    asked = {"count": str(count), "q": "quay", "strata": strata, "seed": "7"}
    assert room.owner.post(f"/rooms/{room.id}/draw", data=asked, headers=OWN).status_code == 303
    told = room.owner.get(f"/api/v1/rooms/{room.id}").json["drawn"]
    assert (told["seed"], told["count"], told["among"], told["only"]) == (7, count, len(listed), None)
    assert told["each"] == each
    page = room.owner.get(f"/rooms/{room.id}").text
    assert f"Last drawn by lot: {count} of {len(listed)} that suited, with the seed 7" in page
    assert all(f"<bdi>{name}</bdi> {n}" in page for name, n in each.items())


def test_a_program_draws_and_the_same_seed_draws_the_same(app: Flask, listed: Sequence[str]) -> None:
    drawn = []
    for _ in range(2):
        room = open_room(app)
        headers = {"Authorization": f"Bearer {room.owner_link.rsplit('/', 1)[1]}"}
        where = f"/api/v1/rooms/{room.id}/draw"
        body = {"count": 4, "q": "quay", "strata": ["genre"], "seed": 3}
        answer = app.test_client().post(where, json=body, headers=headers)
        assert answer.json["each"]["analysis"] == 1
        drawn.append(reports(room))
        refused = app.test_client().post(where, json=body | {"strata": ["author"]}, headers=headers)
        assert (refused.status_code, refused.json["errors"][0]["field"]) == (422, "strata")
        nothing = app.test_client().post(where, json={"count": 1, "q": "lighthouse"}, headers=headers)
        assert "No report here suits that" in nothing.json["detail"]
        carrier.remove(room.id)
    assert drawn[0] == drawn[1]
    assert len(drawn[0]) == 4


def test_a_lot_among_the_newest_alone_says_so(
    room: RoomOfTests, listed: Sequence[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(filling, "LOOKED_AT", 4)
    room.owner.post(f"/rooms/{room.id}/draw", data={"count": "9", "q": "quay"}, headers=OWN)
    assert sorted(reports(room)) == sorted(listed[-4:])
    assert "Only the newest 4 reports were looked at." in room.owner.get(f"/rooms/{room.id}").text


def test_genres_of_a_room_are_those_of_its_reports(room: RoomOfTests, three: list[str]) -> None:
    told = Counter((store.report(name) or pytest.fail("gone")).article.genre for name in three)
    listed = Counter(one["genre"] for one in room.owner.get("/api/v1/reports").json["reports"] if one["id"] in three)
    assert listed == told
