"""The desk: from many findings to few, version by version, with a house list that `parallax lint` reads."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from models.article import Article
from models.lint import Draft, house, lint
from models.lint.house import House
from service.rooms import desk
from tests.rooms import OWN, RoomOfTests, open_room, read_articles
from tests.service.html import look as take
from tests.service.html import read
from workers import store
from workers.queue import rooms as carrier

TITLE = "Mayor slams harbour plan"
FIRST = "The regime in city hall slammed the plan. Its cronies gloated over the vote on Monday. Critics say it is dead."
SECOND = "The city government criticized the plan on Monday. Two councillors say it is dead. The spin doctor left."


@pytest.fixture
def room(app: Flask) -> Iterator[RoomOfTests]:
    made = open_room(app, name="City desk")
    made.send(Article(title=TITLE, text=FIRST))
    yield made
    carrier.remove(made.id)


def look(room: RoomOfTests, article: str) -> str:
    return read(room.owner.get(f"/rooms/{room.id}/desk/{article}").text, "//main")


def test_a_draft_is_revised_and_the_house_list_goes_to_the_command_line(room: RoomOfTests, tmp_path: Path) -> None:
    first = look(room, "a1")
    assert "regime" in first
    found = len(lint(Draft(f"{TITLE}\n\n{FIRST}"), House()))
    assert found >= 4
    assert f"{found} findings" in first

    word = {"terms": "spin doctor, spin-doctor", "note": "Say whom they work for.", "alternatives": "spokesperson"}
    assert room.owner.post(f"/rooms/{room.id}/desk/house", data=word, headers=OWN).status_code == 303
    edited = {"title": "Mayor against harbour plan", "text": SECOND}
    sent = room.owner.post(f"/rooms/{room.id}/desk/a1", data=edited, headers=OWN)
    assert sent.headers["Location"].endswith("/desk/a2")
    waiting = room.owner.get(f"/rooms/{room.id}/desk/a2")
    assert "being read" in waiting.text
    assert waiting.headers["Refresh"] == "2"
    read_articles(room.id)
    second = look(room, "a2")
    assert "1 finding " in second
    assert "Say whom they work for. Instead: spokesperson." in second
    assert "new spin doctor" in second
    assert "regime" in second.partition("gone")[2].partition("; new")[0]
    assert f"{found} → 1" in read(room.owner.get(f"/rooms/{room.id}/desk").text, "//main")

    may = {"word": "house.spin-doctor", "reason": "A quotation of the minutes.", "by": "Ada"}
    assert room.owner.post(f"/rooms/{room.id}/desk/a2/allow", data=may, headers=OWN).status_code == 303
    assert "0 findings" in look(room, "a2")
    taken = room.owner.get(f"/rooms/{room.id}/desk/.parallax.toml")
    assert tomllib.loads(taken.text)["allow"] == [may]
    (tmp_path / house.NAME).write_text(taken.text, encoding="utf-8")
    assert lint(Draft(SECOND), house.read(tmp_path / house.NAME)) == []

    back = {"pass": "house.spin-doctor"}
    assert room.owner.post(f"/rooms/{room.id}/desk/house", data=back, headers=OWN).status_code == 303
    assert "1 finding " in look(room, "a2")


@pytest.mark.parametrize(
    ("before", "after", "shown"),
    [
        ("The mayor is a ", ".", ("The mayor is a ", ".")),  # a whole line has no dots around it
        ("First line.\nThe ", " left.\nLast line.", ("The ", " left.")),
        ("A" * 9 + " word" * 20 + " ", "", ("… " + "word " * 13, "")),
        ("", " word" * 20, ("", " word" * 13 + " …")),
    ],
)
def test_a_finding_stands_in_whole_words_of_its_line(before: str, after: str, shown: tuple[str, str]) -> None:
    text = f"{before}sham{after}"
    marks = House.model_validate({"word": [{"terms": ["sham"], "note": "A word."}]})
    (found,) = lint(Draft(text), marks)
    assert desk.around(text, found) == shown


def test_what_is_not_said_is_asked_for(room: RoomOfTests) -> None:
    page = room.owner.post(f"/rooms/{room.id}/desk/a1/allow", data={"word": "regime", "reason": " "}, headers=OWN)
    assert page.status_code == 422
    assert "Say why it may stand here" in page.text
    page = room.owner.post(f"/rooms/{room.id}/desk/house", data={"terms": "spin", "note": ""}, headers=OWN)
    assert page.status_code == 422
    assert "needs the words themselves" in page.text
    page = room.owner.post(f"/rooms/{room.id}/desk/a1", data={"title": "Kept title", "text": "  "}, headers=OWN)
    assert page.status_code == 422
    assert "Kept title" in page.text  # nothing that was typed is lost
    assert len(getattr(store.room(room.id), "articles", {})) == 1


def test_it_is_the_owners(room: RoomOfTests) -> None:
    member = room.join("Ben")
    for path in ("desk", "desk/a1", "desk/.parallax.toml"):
        assert member.get(f"/rooms/{room.id}/{path}").status_code == 403
    assert room.owner.get(f"/rooms/{room.id}/desk/a9").status_code == 404


def test_a_list_that_is_written_is_the_list_that_is_read(tmp_path: Path) -> None:
    words = 'say "so", she \\ said\t\x7f'
    made = House.model_validate(
        {
            "max": 3,
            "least_strength": 0.25,
            "quoted": True,
            "word": [{"terms": [words, "b"], "note": "why\nnot", "alternatives": ["x"]}],
            "allow": [{"word": "tyrant", "reason": "“so”", "by": "Ada"}, {"word": "label", "reason": "r"}],
        }
    )
    (tmp_path / house.NAME).write_text(house.write(made), encoding="utf-8")
    assert house.read(tmp_path / house.NAME) == made


def told(page: str, path: str) -> list[str]:
    return [found.text_content() for found in take(page, path)]


def test_any_two_versions_stand_side_by_side(room: RoomOfTests) -> None:
    beside = f"/rooms/{room.id}/desk/a1/beside"
    assert "There is one version yet" in room.owner.get(beside).text
    for after, text in (("a1", FIRST.replace("The regime in city hall", "The city government")), ("a2", SECOND)):
        room.owner.post(f"/rooms/{room.id}/desk/{after}", data={"title": TITLE, "text": text}, headers=OWN)
    assert "still being read" in room.owner.get(f"/rooms/{room.id}/desk/a3/beside").text
    read_articles(room.id)

    assert told(room.owner.get(f"/rooms/{room.id}/desk/a2/beside").text, "//h2") == ["Version 1", "Version 2"]
    page = room.owner.get(f"/rooms/{room.id}/desk/a3/beside?one=a3&other=a1").text  # in whatever order they are chosen
    assert told(page, "//h2") == ["Version 1", "Version 3"]
    assert told(page, "//p[@class='same']") == [TITLE]
    assert told(page, "//div//del")[0] == "regime in"
    assert "government criticized" in told(page, "//div//ins")
    assert told(page, "//div//u[@class='went']")[0] == "regime"
    same = room.owner.get(f"/rooms/{room.id}/desk/a3/beside?one=a2&other=a2").text
    assert "Choose two versions that are not the same" in same
    assert room.owner.get(f"/rooms/{room.id}/desk/a9/beside").status_code == 404
