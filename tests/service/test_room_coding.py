"""A room at work: its articles and people, and what coders say of the words."""

from __future__ import annotations

import json

import pytest
from flask import Flask

from models.report import Report
from tests.rooms import ARTICLES, OWN, RoomOfTests, code, mark, open_room
from tests.service.html import look
from workers import store
from workers.queue import rooms as carrier

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


def test_a_waiting_article_shows_its_headline(app: Flask) -> None:
    room = open_room(app)
    data = {"title": "Ferry fares rise", "text": "Fares rise by two crowns."}
    assert room.owner.post(f"/rooms/{room.id}/articles", data=data, headers=OWN).status_code == 303
    for browser in (room.owner, room.join("Ann")):
        page = browser.get(f"/rooms/{room.id}").text
        assert "Ferry fares rise" in page
        assert "is waiting to be read" in page


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
    given = {row.findtext("th/bdi"): row.findtext("td") for row in look(page.text, "//tr[td/@class='code']")}
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
    assert len(look(page, "//u[@class='mine']")) == 3
    assert "“plan”" in page
    shown = look(page, "//article[.//h1]//*[self::h1 or self::p]//text()[not(ancestor::a[@class='ref'])]")
    assert "".join("".join(shown).split()) == "".join(text.split())


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
