"""Rooms on the web: who comes in, what each may do, and what is said where something can't be."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from models import codebook
from models.report import Report
from service import create_app
from service.rooms import doors
from tests.rooms import ARTICLES, OWN, RoomOfTests, open_room
from tests.service.contract import CheckedClient
from workers import keys, settings, store
from workers.queue import rooms as carrier
from workers.settings import HOUSE
from workers.store.server import Server

SMALL = """\
name: Small
version: 1
layers:
  - id: frames
    name: Frames
    categories: [{id: blame, name: Blame}, {id: hope, name: Hope}]
levels:
  - {id: side, name: Side, values: [left, right]}
"""


@pytest.fixture
def app(server: Server) -> Flask:
    made = create_app({"TESTING": False})
    made.test_client_class = CheckedClient
    return made


@pytest.fixture
def room(app: Flask) -> Iterator[RoomOfTests]:
    made = open_room(app)
    made.send(*ARTICLES)
    yield made
    carrier.remove(made.id)


def code(browser: FlaskClient, room: RoomOfTests, article: str, *said: dict[str, str], done: bool = True) -> None:
    """Code an article by the page’s forms."""
    for one in [*said, *([{"act": "done"}] if done else [])]:
        sent = browser.post(f"/rooms/{room.id}/articles/{article}", data=one, headers=OWN)
        assert sent.status_code == 303, sent.text


def mark(words: str, what: str, **more: str) -> dict[str, str]:
    return {"act": "mark", "words": words, "what": what, **more}


# Coming in


def test_a_room_is_made_in_one_step(app: Flask) -> None:
    room = open_room(app, name="  Harbour   vote ")
    page = room.owner.get(f"/rooms/{room.id}")
    assert "Harbour vote" in page.text
    assert "You are the owner" in page.text
    assert page.headers["Cache-Control"] == "no-store"  # nothing is left behind in the browser of a classroom
    for link in (room.owner_link, room.member_link):
        assert len(link.rsplit("/", 1)[1]) > 40
    kept = store.room(room.id)
    assert kept
    assert kept.codebook == codebook.default_text()


@pytest.mark.parametrize(
    ("typed", "says"),
    [({"name": " "}, "Give the room a name"), ({"name": "x" * 61}, "at most 60"),
     ({"name": "A", "codebook": "name: A\nversion: x"}, "Line 2: version: must be a whole number."),
     ({"name": "A", "codebook": "name: [\n"}, "The codebook can’t be read. Line")],
)  # fmt: skip
def test_what_makes_no_room_says_why_and_keeps_what_was_typed(app: Flask, typed: dict[str, str], says: str) -> None:
    page = app.test_client().post("/rooms", data=typed, headers=OWN)
    assert page.status_code == 422
    assert says in page.text
    assert 'aria-invalid="true"' in page.text
    assert typed.get("codebook", "") in page.text


def test_a_member_comes_in_by_name_and_back_by_code(app: Flask, room: RoomOfTests) -> None:
    browser = app.test_client()
    door = room.path(room.member_link)
    assert "Come into “<bdi>Harbour vote</bdi>”" in browser.get(door).text
    entered = browser.post(door, data={"name": "Ann"}, headers=OWN)
    found = re.search(r'class="code">([A-Z2-9]{4}-[A-Z2-9]{4}-[A-Z2-9]{4})<', entered.text)
    assert found
    assert "HttpOnly" in entered.headers["Set-Cookie"]
    assert "You are <b><bdi>Ann</bdi></b>" in browser.get(f"/rooms/{room.id}").text
    again = app.test_client()
    typed = found[1].replace("-", " ").lower()
    assert again.post(door, data={"code": typed}, headers=OWN).status_code == 303
    assert "You are <b><bdi>Ann</bdi></b>" in again.get(f"/rooms/{room.id}").text
    again.post(f"/rooms/{room.id}/leave", headers=OWN)
    assert again.get(f"/rooms/{room.id}").status_code == 401


def test_what_opens_no_door_says_so(app: Flask, room: RoomOfTests, monkeypatch: pytest.MonkeyPatch) -> None:
    room.join("Ann")
    door, browser = room.path(room.member_link), app.test_client()
    taken = browser.post(door, data={"name": " ann "}, headers=OWN)
    assert taken.status_code == 422
    assert "called so already" in taken.text
    for typed, says in (({"name": ""}, "Give yourself a name"), ({"name": "x" * 61}, "has 61 characters"),
                        ({"code": "AAAA-BBBB-CCCC"}, "nobody’s code")):  # fmt: skip
        page = browser.post(door, data=typed, headers=OWN)
        assert page.status_code == 422
        assert says in page.text
    monkeypatch.setattr(doors, "TRIES", 0)
    page = browser.post(door, data={"code": "AAAA-BBBB-CCCC"}, headers=OWN)
    assert page.status_code == 429
    assert "Wait ten minutes" in page.text
    for wrong in (f"/rooms/{room.id}/enter/plr_none", f"/rooms/{'0' * 16}/enter/plr_none"):
        page = browser.get(wrong)
        assert page.status_code == 404
        assert "ask whoever gave it to you" in page.text
    assert "Set-Cookie" not in browser.get(door).headers


def test_nobody_comes_in_without_a_link(app: Flask, room: RoomOfTests) -> None:
    stranger = app.test_client()
    for path in ("", "/articles/a1", "/agreement", "/codebook", "/export.json", "/marks.csv", "/articles/a1/settle"):
        page = stranger.get(f"/rooms/{room.id}{path}")
        assert page.status_code == 401, path
        assert "Come in by the link" in page.text
    other = open_room(app)
    assert other.owner.get(f"/rooms/{room.id}").status_code == 401  # a link opens one room
    stolen = room.join("Ann").get_cookie(next(iter(cookies(room.join("Bo")))))
    assert stolen is not None
    stranger.set_cookie(stolen.key.replace(stolen.key[-4:], "0000"), stolen.value)
    assert stranger.get(f"/rooms/{room.id}").status_code == 401


def cookies(browser: FlaskClient) -> list[str]:
    return [cookie.key for cookie in browser._cookies.values()]


# Every address of a room with an empty form or {}: what a member gets, and what the owner once it has ended. Strangers
# get 401 everywhere. 404: nothing of that name is in this room; 422: let in, but nothing was said.
DOORS = {
    "GET /rooms/R": (200, 200),
    "GET /rooms/R/codebook": (200, 200), "GET /rooms/R/codebook.yaml": (200, 200),
    "GET /rooms/R/articles/a1": (200, 200), "POST /rooms/R/articles/a1": (303, 403),
    "GET /rooms/R/articles/a1/reveal": (403, 200),  # a member, once it is revealed
    "PUT /api/v1/rooms/R/articles/a1/entries/m1": (422, 403),
    "DELETE /api/v1/rooms/R/articles/a1/entries/m1": (204, 403),
    "GET /rooms/R/articles/a1/answers": (403, 200), "GET /rooms/R/articles/a1/worksheet": (403, 200),
    "GET /rooms/R/articles/a1/settle": (403, 200), "POST /rooms/R/articles/a1/settle": (403, 404),
    "POST /rooms/R/articles/a1/drop": (403, 409),
    "POST /rooms/R/articles": (403, 409), "POST /rooms/R/reports": (403, 409), "POST /rooms/R/draw": (403, 409),
    "POST /rooms/R/people": (403, 409), "POST /rooms/R/people/p1/dismiss": (403, 409), "POST /rooms/R/lot": (403, 409),
    "POST /rooms/R/codebook": (403, 409), "POST /rooms/R/reveal": (403, 303), "POST /rooms/R/end": (403, 409),
    "POST /rooms/R/links/owner": (403, 200), "POST /rooms/R/delete": (403, 200),  # asks whether one is sure
    "GET /rooms/R/agreement": (403, 200), "GET /rooms/R/export.json": (403, 200), "GET /rooms/R/marks.csv": (403, 200),
    "GET /rooms/R/desk": (403, 200), "GET /rooms/R/desk/.parallax.toml": (403, 200), "GET /rooms/R/desk/a1": (403, 200),
    "POST /rooms/R/desk/a1": (403, 409), "POST /rooms/R/desk/a1/allow": (403, 409),
    "POST /rooms/R/desk/house": (403, 409),
    "GET /rooms/R/categories": (403, 200), "GET /rooms/R/categories/loaded": (403, 404),
    "POST /rooms/R/categories/loaded": (403, 409), "POST /rooms/R/categories/loaded/apply": (403, 409),
    "GET /rooms/R/categories/loaded.json": (403, 404), "GET /rooms/R/categories/loaded.csv": (403, 404),
    "GET /rooms/R/layers/l1": (403, 404), "GET /rooms/R/layers/l1.json": (403, 404),
    "GET /rooms/R/layers/l1.csv": (403, 404), "GET /rooms/R/layers/l1/articles/r1": (403, 404),
    "POST /rooms/R/layers/l1/cancel": (403, 404), "POST /rooms/R/layers/l1/delete": (403, 404),
    "GET /rooms/R/exchange": (403, 200), "GET /rooms/R/exchange/units.csv": (403, 200),
    "POST /rooms/R/exchange/labelstudio": (403, 409),
    "GET /api/v1/rooms/R": (403, 200), "GET /api/v1/rooms/R/agreement": (403, 200),
    "GET /api/v1/rooms/R/export": (403, 200),
    "POST /api/v1/rooms/R/articles": (403, 409), "POST /api/v1/rooms/R/reports/r1": (403, 409),
}  # fmt: skip
_NAMES = {
    "<room>": "R", "<article>": "a1", "<person>": "p1", "<any(owner, member):whose>": "owner", "<layer>": "loaded",
    "<entry>": "m1", "<report>": "r1", "exchange/<name>": "exchange/units.csv", "<name>": "l1",
}  # fmt: skip


def test_what_every_address_of_a_room_says_to_whom(app: Flask, room: RoomOfTests) -> None:
    member = room.join("Ann")

    def knock(browser: FlaskClient, door: str) -> int:
        method, path = door.replace("/R", f"/{room.id}").split(" ")
        body = {"json": {}} if path.startswith("/api") else {"data": {}}
        return browser.open(path, method=method, headers=OWN, **body).status_code  # type: ignore[arg-type]  # one of both

    elsewhere = open_room(app).join("Eve")
    for stranger in (app.test_client(), elsewhere):
        assert {door: knock(stranger, door) for door in DOORS} == dict.fromkeys(DOORS, 401)
    assert {door: knock(member, door) for door in DOORS} == {door: said for door, (said, _) in DOORS.items()}
    assert len(room.owner.get(f"/api/v1/rooms/{room.id}").json["articles"]) == 3  # nothing came of it
    room.owner.post(f"/rooms/{room.id}/end", headers=OWN)
    assert {door: knock(room.owner, door) for door in DOORS} == {door: said for door, (_, said) in DOORS.items()}
    late = mark("reckless", "loaded:label")
    assert member.post(f"/rooms/{room.id}/articles/a1", data=late, headers=OWN).status_code == 409


def test_every_address_of_a_room_is_in_that_table(app: Flask) -> None:
    found = set()
    for rule in app.url_map.iter_rules():
        path = rule.rule
        for part, one in _NAMES.items():
            path = path.replace(part, one)
        found |= {
            f"{method} {path}" for method in (rule.methods or set()) - {"HEAD", "OPTIONS"} if "<room>" in rule.rule
        }
    doors = {"GET /rooms/R/enter/<secret>", "POST /rooms/R/enter/<secret>", "POST /rooms/R/leave"}  # by a link; out
    assert found == set(DOORS) | doors | {"DELETE /api/v1/rooms/R"}  # tried below


def test_a_renewed_link_makes_the_old_one_useless(app: Flask, room: RoomOfTests) -> None:
    ann = room.join("Ann")
    elsewhere = app.test_client()
    assert elsewhere.get(room.path(room.owner_link)).status_code == 303
    assert elsewhere.get(f"/rooms/{room.id}").status_code == 200
    for whose, old in (("member", room.member_link), ("owner", room.owner_link)):
        page = room.owner.post(f"/rooms/{room.id}/links/{whose}", headers=OWN)
        new = re.search(r'class="secret"><a href="([^"]+)"', page.text)
        assert new
        assert app.test_client().get(room.path(old)).status_code == 404
        assert app.test_client().get(room.path(new[1])).status_code in (200, 303)
    assert ann.get(f"/rooms/{room.id}").status_code == 200  # who is in stays in
    assert elsewhere.get(f"/rooms/{room.id}").status_code == 401  # who came by the old owner’s link does not
    assert room.owner.get(f"/rooms/{room.id}").status_code == 200


def test_a_dismissed_member_is_out(room: RoomOfTests) -> None:
    ann = room.join("Ann")
    room.owner.post(f"/rooms/{room.id}/people/p1/dismiss", headers=OWN)
    assert ann.get(f"/rooms/{room.id}").status_code == 401
    room.join("Ann")


def test_with_keys_a_room_needs_one_to_be_made_and_none_to_be_entered(app: Flask, stored: Report) -> None:
    made = {name: keys.make(name, [name]) for name in ("read", "submit", "admin")}
    app.config["KEYS"] = tuple(key for _, key in made.values())
    bearer = {name: {"Authorization": f"Bearer {secret}"} for name, (secret, _) in made.items()}
    browser = app.test_client()
    assert browser.post("/api/v1/rooms", json={"name": "A"}).status_code == 401
    assert browser.post("/api/v1/rooms", json={"name": "A"}, headers=bearer["read"]).status_code == 403
    answer = browser.post("/api/v1/rooms", json={"name": "A"}, headers=bearer["submit"])
    assert answer.status_code == 201
    room = answer.json["id"]
    owner = {"Authorization": f"Bearer {answer.json['secret']}"}
    where = f"/api/v1/rooms/{room}"
    assert browser.get(where, headers=owner).status_code == 200
    assert browser.get(where, headers=bearer["admin"]).status_code == 200  # whoever runs it can look after it
    for who in (bearer["read"], bearer["submit"], {"Authorization": "Bearer plr_none"}, {}):
        assert browser.get(where, headers=who).status_code == 401
    refused = browser.post(f"{where}/reports/{stored.id}", headers=owner)
    assert (refused.status_code, refused.json["code"]) == (422, "invalid_request")
    assert "does not let you read" in refused.json["detail"]
    assert browser.post(f"{where}/reports/{stored.id}", headers=bearer["admin"]).status_code == 204
    member = re.sub(r"^https?://[^/]+", "", answer.json["member"])
    assert browser.post(member, data={"name": "Ann"}, headers=OWN).status_code == 200
    assert browser.get(f"/rooms/{room}").status_code == 200
    assert browser.get("/").status_code == 401  # and no more than the room


# Articles and people


def test_an_article_that_is_sent_is_in_no_list_and_goes_with_the_room(app: Flask, room: RoomOfTests) -> None:
    owned = room.owner.get(f"/api/v1/rooms/{room.id}").json["articles"]
    assert [part["title"] for part in owned] == [article.title for article in ARTICLES]
    assert {part["status"] for part in owned} == {"done"}
    listed = [summary.id for summary in store.recent(limit=100).items]
    assert not set(listed) & {part["report"] for part in owned}
    assert room.owner.delete(f"/api/v1/rooms/{room.id}", headers=OWN).status_code == 204
    assert [store.report(part["report"]) for part in owned] == [None] * 3
    assert room.owner.get(f"/api/v1/rooms/{room.id}").status_code == 401


def test_a_report_is_added_by_its_address_and_stays(app: Flask, stored: Report) -> None:
    room = open_room(app)
    sent = {"reports": f"http://localhost/reports/{stored.id}\n"}
    assert room.owner.post(f"/rooms/{room.id}/reports", data=sent, headers=OWN).status_code == 303
    page = room.owner.post(f"/rooms/{room.id}/reports", data=sent, headers=OWN)
    assert page.status_code == 422
    assert "in the room already" in page.text
    for wrong in ("nothing", "0" * 32, "<b>"):
        page = room.owner.post(f"/rooms/{room.id}/reports", data={"reports": wrong}, headers=OWN)
        assert page.status_code == 422
        assert "There is no report" in page.text
    carrier.remove(room.id)
    assert store.report(stored.id)


def test_a_text_that_is_none_is_refused_beside_its_field(room: RoomOfTests) -> None:
    page = room.owner.post(f"/rooms/{room.id}/articles", data={"title": "Kept as typed", "text": " "}, headers=OWN)
    assert page.status_code == 422
    assert "Paste the article’s text" in page.text
    assert 'value="Kept as typed"' in page.text


def test_articles_are_drawn_by_lot_and_the_same_again(app: Flask, stored: Report) -> None:
    drawn = []
    for _ in range(2):
        room = open_room(app)
        sent = {"count": "5", "outlet": "plain gazette", "strata": "outlet", "seed": "7"}
        assert room.owner.post(f"/rooms/{room.id}/draw", data=sent, headers=OWN).status_code == 303
        drawn.append([part["report"] for part in room.owner.get(f"/api/v1/rooms/{room.id}").json["articles"]])
        again = room.owner.post(f"/rooms/{room.id}/draw", data=sent, headers=OWN)
        assert "No report here suits that" in again.text
    assert drawn == [[stored.id], [stored.id]]
    page = room.owner.post(f"/rooms/{room.id}/draw", data={"count": "many", "seed": "-1"}, headers=OWN)
    assert page.status_code == 422
    assert "must be a whole number from 1 to 200." in page.text


def test_codes_are_made_for_people(app: Flask, room: RoomOfTests) -> None:
    room.join("Ann")
    page = room.owner.post(f"/rooms/{room.id}/people", data={"names": "Bo\n Ann \n\nCy\nBo"}, headers=OWN)
    given = dict(re.findall(r"<bdi>(\w+)</bdi></th><td class=\"code\">([^<]+)<", page.text))
    assert list(given) == ["Bo", "Cy"]
    assert "Ann: Somebody here is called so already" in page.text
    browser = app.test_client()
    assert browser.post(room.path(room.member_link), data={"code": given["Cy"]}, headers=OWN).status_code == 303
    assert "You are <b><bdi>Cy</bdi></b>" in browser.get(f"/rooms/{room.id}").text


def test_articles_are_given_out_by_lot(room: RoomOfTests) -> None:
    page = room.owner.post(f"/rooms/{room.id}/lot", data={"each": "2"}, headers=OWN)
    assert "Nobody is in this room yet" in page.text
    people = [room.join(name) for name in ("Ann", "Bo", "Cy")]
    code(people[0], room, "a3", mark("Museum", "loaded:label"), done=False)
    page = room.owner.post(f"/rooms/{room.id}/lot", data={"each": "4"}, headers=OWN)
    assert "must be a whole number from 1 to 3." in page.text
    assert room.owner.post(f"/rooms/{room.id}/lot", data={"each": "2", "lot_seed": "1"}, headers=OWN).status_code == 303
    found = store.room(room.id)
    assert found
    assert found.lot
    given = found.lot.given
    assert all(len(set(some)) == 2 for some in given.values())
    assert given["a3"][0] == "p1"  # who has begun it keeps it
    for number, browser in enumerate(people, 1):
        for article, some in given.items():
            page = browser.get(f"/rooms/{room.id}/articles/{article}")
            assert page.status_code == (200 if f"p{number}" in some else 403), (number, article)


# Coding


def test_words_are_marked_where_they_stand(room: RoomOfTests) -> None:
    ann = room.join("Ann")
    code(ann, room, "a1", mark("plan", "devices:metaphor", nth="2", reason="an image"), done=False)
    code(ann, room, "a1", mark("reckless", "loaded:contempt", start="32"), done=False)
    code(ann, room, "a1", mark("reckless", "loaded:verdict", start="999"), done=False)  # a place that is wrong
    text = f"{ARTICLES[0].title}\n\n{ARTICLES[0].text}"
    said = [json.loads(line) for line in store.entries(room.id, ["a1"], "p1")[0]]
    assert [text[one["start"] : one["end"]] for one in said] == ["plan", "reckless", "reckless"]
    assert said[0]["start"] == text.index("plan", text.index("plan") + 1)
    assert said[0]["reason"] == "an image"
    page = ann.get(f"/rooms/{room.id}/articles/a1").text
    assert page.count('<u class="mine"') == 3
    assert "“plan”" in page
    story = page[page.index("<h1 data-") : page.index("</article>")].replace("</h1>", "\n").replace("</p>", "\n")
    shown = re.sub(r"<a class=\"ref\".*?</a>|<[^>]+>", "", story)
    assert shown.split() == text.split()


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        (mark("", "loaded:label"), "Which words?"),
        (mark("nowhere here", "loaded:label"), "“nowhere here” does not stand in the text so."),
        (mark("the", "loaded:label"), "stands there"),
        (mark("the", "loaded:label", nth="99"), "stands there"),
        (mark("reckless", ""), "Choose what they are."),
        (mark("reckless", "loaded:label", reason="x" * 1_001), "has 1001 characters"),
        ({"act": "portrayal", "value": "neither"}, "Whom?"),
        ({"act": "portrayal", "person": "Ilse"}, "Choose how the article shows them."),
    ],
)
def test_what_can_not_be_marked_says_why_and_keeps_what_was_typed(
    room: RoomOfTests, typed: dict[str, str], says: str
) -> None:
    page = room.join("Ann").post(f"/rooms/{room.id}/articles/a1", data=typed, headers=OWN)
    assert page.status_code == 422
    assert says in page.text
    assert 'aria-invalid="true"' in page.text
    for name in ("words", "person"):
        assert not typed.get(name) or f'value="{typed[name]}"' in page.text
    assert store.entries(room.id, ["a1"], "p1") == [[]]


def test_a_form_sent_twice_marks_once(room: RoomOfTests) -> None:
    ann = room.join("Ann")
    for _ in range(2):
        code(ann, room, "a1", mark("reckless", "loaded:label", entry="0f0f"), done=False)
    assert len(store.entries(room.id, ["a1"], "p1")[0]) == 1
    code(ann, room, "a1", {"act": "withdraw", "entry": "0f0f"}, done=False)
    assert store.entries(room.id, ["a1"], "p1") == [[]]


def test_answers_are_kept_together_and_taken_back_by_leaving_them_open(room: RoomOfTests) -> None:
    ann = room.join("Ann")
    code(ann, room, "a1", {"act": "levels", "level-genre": "news", "level-game": "absent"}, done=False)
    code(ann, room, "a1", {"act": "levels", "level-genre": "opinion"})
    said = {one["id"]: one.get("value") for one in map(json.loads, store.entries(room.id, ["a1"], "p1")[0])}
    assert said == {"level-genre": "opinion", "done": None}
    assert "not begun" in room.join("Bo").get(f"/rooms/{room.id}").text
    assert ann.get(f"/rooms/{room.id}").text.count("not begun") == 2
    assert "<option selected>opinion" in ann.get(f"/rooms/{room.id}/articles/a1").text


def test_coders_are_blind_to_each_other_and_to_parallax(room: RoomOfTests) -> None:
    ann, bo = room.join("Ann"), room.join("Bo")
    code(ann, room, "a1", mark("reckless", "loaded:contempt", reason="a secret of Ann’s"))
    page = bo.get(f"/rooms/{room.id}/articles/a1").text
    assert "secret of Ann" not in page
    assert '<u class="mine"' not in page
    found = store.room(room.id)
    assert found
    everything = page + bo.get(f"/rooms/{room.id}").text + bo.get(f"/rooms/{room.id}/codebook").text
    assert found.articles["a1"].report not in everything  # nor where its report is
    assert "Ann" not in everything


def test_programs_say_it_by_put_and_delete(room: RoomOfTests) -> None:
    ann = room.join("Ann")
    where = f"/api/v1/rooms/{room.id}/articles/a1/entries"
    entry = {"id": "m1", "kind": "mark", "start": 32, "end": 40, "layer": "loaded", "category": "contempt"}
    for _ in range(2):
        assert ann.put(f"{where}/m1", json=entry, headers=OWN).status_code == 204
    assert len(store.entries(room.id, ["a1"], "p1")[0]) == 1
    for change, field in (({"end": 10_000}, "end"), ({"layer": "words"}, "layer"), ({"category": "motive"}, "category"),
                          ({"id": "m2"}, "id"), ({"kind": "dance"}, ""), ({"start": "x"}, "mark")):  # fmt: skip
        refused = ann.put(f"{where}/m1", json=entry | change, headers=OWN)
        assert (refused.status_code, refused.json["code"]) == (422, "invalid_request"), change
        assert refused.json["errors"][0]["field"] == field
    assert ann.delete(f"{where}/m1", headers=OWN).status_code == 204
    assert store.entries(room.id, ["a1"], "p1") == [[]]
    assert ann.put(f"/api/v1/rooms/{room.id}/articles/a9/entries/m1", json=entry, headers=OWN).status_code == 404
    assert room.owner.put(f"{where}/m1", json=entry, headers=OWN).status_code == 403


def test_an_ended_room_can_be_read_and_not_changed(room: RoomOfTests) -> None:
    ann = room.join("Ann")
    code(ann, room, "a1", mark("reckless", "loaded:label"))
    room.owner.post(f"/rooms/{room.id}/end", headers=OWN)
    refused = ann.post(f"/rooms/{room.id}/articles/a1", data={"act": "done"}, headers=OWN)
    assert refused.status_code == 409
    assert "This room has ended" in refused.text
    assert "“reckless”" in ann.get(f"/rooms/{room.id}/articles/a1").text
    assert 'id="marking"' not in ann.get(f"/rooms/{room.id}/articles/a1").text
    assert room.owner.post(f"/rooms/{room.id}/articles", data={"text": "x"}, headers=OWN).status_code == 409
    assert room.owner.get(f"/rooms/{room.id}/agreement").status_code == 200
    assert room.owner.post(f"/rooms/{room.id}/delete", data={"sure": "yes"}, headers=OWN).status_code == 200


def test_a_report_that_is_deleted_takes_its_text_out_of_the_room(app: Flask, stored: Report) -> None:
    room = open_room(app)
    room.owner.post(f"/rooms/{room.id}/reports", data={"reports": stored.id}, headers=OWN)
    ann = room.join("Ann")
    assert ann.get(f"/rooms/{room.id}/articles/a1").status_code == 200
    code(ann, room, "a1", mark("ruthless", "loaded:contempt"))
    store.delete(stored.id)
    page = ann.get(f"/rooms/{room.id}/articles/a1")
    assert page.status_code == 404
    assert "ruthless" not in page.text + room.owner.get(f"/rooms/{room.id}/marks.csv").text
    assert room.owner.get(f"/rooms/{room.id}/export.json").json["articles"][0]["article"] is None
    assert room.owner.get(f"/rooms/{room.id}/agreement").status_code == 200


# Codebooks


def test_a_codebook_goes_out_and_in_until_somebody_has_coded(app: Flask) -> None:
    room = open_room(app, codebook=SMALL)
    room.send(ARTICLES[0])
    where = f"/rooms/{room.id}/codebook"
    assert room.owner.get(f"{where}.yaml").text == SMALL
    assert "Small, version 1" in re.sub("<[^>]+>", "", room.owner.get(where).text)
    changed = SMALL.replace("version: 1", "version: 2")
    assert room.owner.post(where, data={"codebook": changed}, headers=OWN).status_code == 303
    assert room.owner.get(f"{where}.yaml").text == changed
    refused = room.owner.post(where, data={"codebook": changed.replace("id: hope", "id: Hope!")}, headers=OWN)
    assert refused.status_code == 422
    assert "Line 6: layers → 1 → categories → 2 → id: must be a short name" in refused.text
    ann = room.join("Ann")
    code(ann, room, "a1", mark("reckless", "frames:blame"), {"act": "levels", "level-side": "left"})
    refused = ann.post(f"/rooms/{room.id}/articles/a1", data=mark("plan.", "loaded:label"), headers=OWN)
    assert refused.status_code == 422
    in_use = room.owner.post(where, data={"codebook": SMALL}, headers=OWN)
    assert in_use.status_code == 409
    assert "Make a new room for the new one" in in_use.text


# Results


@pytest.fixture
def coded(room: RoomOfTests) -> RoomOfTests:
    """Two have coded two articles to the end; a third is at it."""
    ann, bo, cy = (room.join(name) for name in ("Ann", "Bo", "Cy"))
    code(ann, room, "a1", mark("reckless", "loaded:contempt"), mark("rammed", "loaded:violence"),
         {"act": "levels", "level-genre": "news", "level-conflict": "present"},
         {"act": "portrayal", "person": "Ilse Marden", "value": "negative"})  # fmt: skip
    code(bo, room, "a1", mark("reckless mayor", "loaded:contempt", reason="=1+1"), mark("disgrace", "loaded:verdict"),
         {"act": "levels", "level-genre": "news", "level-conflict": "leads the story"},
         {"act": "portrayal", "person": "Ilse Marden", "value": "very negative"})  # fmt: skip
    for browser in (ann, bo):
        code(browser, room, "a2", mark("greedy", "loaded:contempt"), {"act": "levels", "level-genre": "opinion"})
    code(cy, room, "a1", mark("council", "loaded:praise", nth="1"), done=False)
    return room


def test_agreement_counts_what_was_coded_to_the_end(coded: RoomOfTests) -> None:
    found = coded.owner.get(f"/api/v1/rooms/{coded.id}/agreement").json
    loaded = found["layers"][0]
    assert (found["articles"], loaded["marks"]) == (2, 6)
    assert loaded["f1"]["value"] == pytest.approx(4 / 6)
    assert loaded["kappa"] is None  # the marks that overlap are all of one category
    genre = next(row for row in found["levels"] if row["level"] == "genre")
    assert (genre["units"], genre["alpha"]) == (2, 1)
    assert loaded["tool"]["marks"] > 0
    assert 0 <= loaded["tool"]["recall"]["value"] <= 1
    page = coded.owner.get(f"/rooms/{coded.id}/agreement").text
    assert "2 articles have been coded to the end" in page
    assert "0.67" in page
    assert "4 to settle" in page


def test_disagreements_are_settled_with_a_reason_and_opened_again(coded: RoomOfTests) -> None:
    where = f"/rooms/{coded.id}/articles/a1/settle"
    page = coded.owner.get(where).text
    assert "4 to settle" in page
    ids = re.findall(r'class="dispute" id="([^"]+)"', page)
    assert len(ids) == 4
    for identifier in ids:
        sent = {"dispute": identifier, "choice": "0", "reason": "as the codebook says", "by": "Dee"}
        assert coded.owner.post(where, data=sent, headers=OWN).status_code == 303
    page = coded.owner.get(where).text
    assert "0 to settle" in page
    assert page.count("settled by <bdi>Dee</bdi>") == 4
    rows = list(csv.DictReader(io.StringIO(coded.owner.get(f"/rooms/{coded.id}/marks.csv").text.lstrip("\ufeff"))))
    settled = {row["text"] for row in rows if row["article"] == "a1" and row["coder"] == "(settled)" and row["text"]}
    assert settled == {"reckless", "rammed", "disgrace"}
    coded.owner.post(where, data={"dispute": ids[0], "choice": "open"}, headers=OWN)
    assert "1 to settle" in coded.owner.get(where).text
    assert coded.owner.post(where, data={"dispute": "none", "choice": "0"}, headers=OWN).status_code == 404


def test_the_room_is_exported_as_one_file(coded: RoomOfTests) -> None:
    whole = coded.owner.get(f"/rooms/{coded.id}/export.json").json
    assert whole["format"] == "parallax-room-1"
    assert whole["people"] == {"p1": "Ann", "p2": "Bo", "p3": "Cy"}
    assert codebook.Codebook.model_validate(whole["codebook"]) == codebook.default()
    first = whole["articles"][0]
    marked = [
        first["article"]["text"][one["start"] : one["end"]] for one in first["said"]["p1"] if one["kind"] == "mark"
    ]
    assert marked == ["reckless", "rammed"]
    assert coded.owner.get(f"/api/v1/rooms/{coded.id}/export").json == whole


def test_every_mark_is_a_row_that_no_spreadsheet_runs(coded: RoomOfTests) -> None:
    rows = list(csv.DictReader(io.StringIO(coded.owner.get(f"/rooms/{coded.id}/marks.csv").text.lstrip("\ufeff"))))
    assert {row["coder"] for row in rows} == {"Ann", "Bo", "Cy", "(settled)", "(Parallax)"}
    assert [row["reason"] for row in rows if row["text"] == "reckless mayor"] == ["'=1+1"]
    ann = [row for row in rows if row["coder"] == "Ann" and row["article"] == "a1"]
    said = [(row["kind"], row["text"] or row["level"] or row["person"], row["category"] or row["value"]) for row in ann]
    assert said == [
        ("mark", "reckless", "contempt"), ("mark", "rammed", "violence"), ("level", "genre", "news"),
        ("level", "conflict", "present"), ("portrayal", "Ilse Marden", "negative"),
    ]  # fmt: skip


def test_the_table_is_read_as_the_documentation_says(
    coded: RoomOfTests, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "room-marks.csv").write_bytes(coded.owner.get(f"/rooms/{coded.id}/marks.csv").data)
    monkeypatch.chdir(tmp_path)
    block = re.search(r"```python\n(.*?)```", (HOUSE / "docs" / "rooms.md").read_text("utf-8"), re.DOTALL)
    assert block
    *steps, last = block[1].strip().splitlines()
    known: dict[str, Any] = {}
    exec("\n".join(steps), known)
    counted = eval(last, known)
    assert counted.loc[("loaded", "contempt"), "Ann"] == 2
    assert counted.loc[("loaded", "verdict"), "Bo"] == 1


def test_the_codebook_of_the_documentation_is_one() -> None:
    block = re.search(r"```yaml\n(name:.*?)```", (HOUSE / "docs" / "rooms.md").read_text("utf-8"), re.DOTALL)
    assert block
    book = codebook.read(block[1])
    assert book.groups("frames") == {"blame": "responsibility", "credit": "responsibility"}
    assert list(book.layers[0].categories[0].no) == ["a court’s finding"]


# A class


def test_a_class_marks_and_the_teacher_reveals(app: Flask) -> None:
    room = open_room(app)
    chosen = app.test_client().post("/rooms", data={"name": "Class 9b", "book": "class"}, headers=OWN)
    assert chosen.status_code == 201
    room.owner.post(f"/rooms/{room.id}/codebook", data={"codebook": codebook.class_text()}, headers=OWN)
    room.send(ARTICLES[0])
    ann, bo, cy = (room.join(name) for name in ("Ann", "Bo", "Cy"))
    where = f"/rooms/{room.id}/articles/a1"
    code(ann, room, "a1", mark("reckless", "loaded:contempt", reason="a plain word would do"))
    code(bo, room, "a1", mark("reckless mayor", "loaded:contempt"), mark("harbour", "loaded:praise"), done=False)
    hidden = bo.get(f"{where}/reveal")
    assert hidden.status_code == 403
    assert "everybody marks for themselves" in hidden.text
    assert "a plain word would do" in room.owner.get(f"{where}/reveal").text  # the teacher sees it grow

    room.owner.post(f"/rooms/{room.id}/reveal", data={"what": "counts"}, headers=OWN)
    page = bo.get(f"{where}/reveal").text
    words = " ".join(re.sub("<[^>]+>", "", page).split())
    assert "“reckless mayor” (yours) 2 of 2 marked it: Contempt (2)." in words
    assert "“harbour” (yours) 1 of 2 marked it: Praise (1). Parallax does not." in words
    assert "of 10 marks they made, about 7 were marked by both" in words
    assert "a plain word would do" in page
    assert "Ann" not in page
    assert 'id="marking"' not in cy.get(where).text
    refused = cy.post(where, data=mark("plan.", "loaded:label"), headers=OWN)
    assert refused.status_code == 409
    assert "nothing more is marked" in refused.text

    room.owner.post(f"/rooms/{room.id}/reveal", data={"what": "names"}, headers=OWN)
    assert "By <bdi>Ann</bdi>, <bdi>Bo</bdi>." in cy.get(f"{where}/reveal").text
    room.owner.post(f"/rooms/{room.id}/reveal", data={"what": "hide"}, headers=OWN)
    assert cy.get(f"{where}/reveal").status_code == 403
    code(cy, room, "a1", {"act": "done"}, done=False)


def test_sheets_to_print(room: RoomOfTests) -> None:
    where = f"/rooms/{room.id}/articles/a1"
    sheet = room.owner.get(f"{where}/worksheet").text
    assert "<u" not in sheet
    assert sheet.count("<tr>") == 15
    answers = room.owner.get(f"{where}/answers").text
    found = store.room(room.id)
    assert found
    report = store.report(found.articles["a1"].report)
    assert report
    terms = report.vocabulary.terms
    assert terms
    assert answers.count('<u class="tool"') >= len(terms)
    assert all(f"“{term.text}”" in answers for term in terms)


def test_two_of_one_name_are_two_coders(room: RoomOfTests) -> None:
    code(room.join("Ann"), room, "a1", mark("reckless", "loaded:label"))
    room.owner.post(f"/rooms/{room.id}/people/p1/dismiss", headers=OWN)
    code(room.join("Ann"), room, "a1", mark("rammed", "loaded:violence"))
    rows = list(csv.DictReader(io.StringIO(room.owner.get(f"/rooms/{room.id}/marks.csv").text.lstrip("\ufeff"))))
    marked = {row["coder"]: row["text"] for row in rows if row["coder"].startswith("Ann")}
    assert marked == {"Ann (p1)": "reckless", "Ann (p2)": "rammed"}


def test_a_full_room_says_so(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("PARALLAX_ROOM_PEOPLE", "PARALLAX_ROOM_ARTICLES"):
        monkeypatch.setenv(name, "1")
    settings.current.cache_clear()
    try:
        room = open_room(app)
        room.send(ARTICLES[0])
        room.join("Ann")
        page = app.test_client().post(room.path(room.member_link), data={"name": "Bo"}, headers=OWN)
        assert page.status_code == 409
        assert "1 people are in this room, as many as may be." in page.text
        refused = room.owner.post(f"/api/v1/rooms/{room.id}/articles", json={"text": "More."})
        assert (refused.status_code, refused.json["code"]) == (403, "cross_site")  # a cookie, and no page of ours
        refused = room.owner.post(f"/api/v1/rooms/{room.id}/articles", json={"text": "More."}, headers=OWN)
        assert (refused.status_code, refused.json["code"]) == (409, "room_full")
    finally:
        monkeypatch.undo()
        settings.current.cache_clear()
