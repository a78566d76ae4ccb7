"""Rooms on the web: who comes in, what each may do, and what is said where something can't be."""

from __future__ import annotations

import csv
import io
import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from models import codebook
from models.report import Report
from service.rooms import doors
from tests.rooms import ARTICLES, OWN, RoomOfTests, code, mark, open_room
from tests.service.html import look, read
from workers import keys, settings, store


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
    secret = read(entered.text, "//*[@class='code']")
    assert re.fullmatch("[A-Z2-9]{4}-[A-Z2-9]{4}-[A-Z2-9]{4}", secret)
    assert "HttpOnly" in entered.headers["Set-Cookie"]
    assert "You are <b><bdi>Ann</bdi></b>" in browser.get(f"/rooms/{room.id}").text
    again = app.test_client()
    typed = secret.replace("-", " ").lower()
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
    "GET /rooms/R/desk/a1/beside": (403, 200),
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
    "POST /api/v1/rooms/R/reports": (403, 409), "POST /api/v1/rooms/R/draw": (403, 409),
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
        (new,) = look(page.text, "//*[@class='secret']/a/@href")
        assert app.test_client().get(room.path(old)).status_code == 404
        assert app.test_client().get(room.path(new)).status_code in (200, 303)
    assert ann.get(f"/rooms/{room.id}").status_code == 200  # who is in stays in
    assert elsewhere.get(f"/rooms/{room.id}").status_code == 401  # who came by the old owner’s link does not
    assert room.owner.get(f"/rooms/{room.id}").status_code == 200


def test_a_dismissed_member_is_out(room: RoomOfTests) -> None:
    ann = room.join("Ann")
    room.owner.post(f"/rooms/{room.id}/people/p1/dismiss", headers=OWN)
    assert ann.get(f"/rooms/{room.id}").status_code == 401
    room.join("Ann")


def test_with_keys_a_room_needs_one_to_be_made_and_none_to_be_entered(
    app: Flask, stored: Report, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = {name: keys.make(name, [name]) for name in ("read", "submit", "admin")}
    monkeypatch.setitem(app.config, "KEYS", tuple(key for _, key in made.values()))
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
