"""A room goes to other tools by its page, and what Label Studio says of it comes back."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.rooms import ARTICLES, OWN, RoomOfTests, open_room
from workers import store
from workers.queue import rooms as carrier

CODEBOOK = """\
name: Small
version: 1
layers:
  - {id: frames, name: Frames, categories: [{id: blame, name: Blame}, {id: hope, name: Hope}]}
levels:
  - {id: side, name: Side, values: [left, right]}
"""


@pytest.fixture
def room(app: Flask) -> Iterator[RoomOfTests]:
    made = open_room(app, codebook=CODEBOOK)
    made.send(*ARTICLES[:2])
    yield made
    carrier.remove(made.id)


def take(room: RoomOfTests, name: str) -> bytes:
    answer = room.owner.get(f"/rooms/{room.id}/exchange/{name}")
    assert answer.status_code == 200, answer.text
    assert f"room-{room.id}-{name}" in answer.headers["Content-Disposition"]
    return bytes(answer.data)


def give(browser: FlaskClient, room: RoomOfTests, content: str) -> tuple[int, str]:
    data = {"tasks": (io.BytesIO(content.encode()), "export.json")}
    sent = browser.post(f"/rooms/{room.id}/exchange/labelstudio", data=data, headers=OWN)
    return sent.status_code, sent.text


def test_what_was_coded_elsewhere_comes_back(room: RoomOfTests) -> None:
    with zipfile.ZipFile(io.BytesIO(take(room, "labelstudio.zip"))) as archive:
        tasks = json.loads(archive.read("tasks.json"))
    assert [task["data"]["title"] for task in tasks] == [article.title for article in ARTICLES[:2]]
    place = tasks[0]["data"]["text"].index("reckless mayor")
    value = {"start": place, "end": place + 14, "text": "reckless mayor", "labels": ["blame"]}
    result = {"id": "x", "from_name": "frames", "to_name": "text", "type": "labels", "value": value}
    tasks[0]["annotations"] = [{"completed_by": {"first_name": "Ada"}, "result": [result]}]
    assert give(room.owner, room, json.dumps(tasks))[0] == 303
    assert give(room.owner, room, json.dumps(tasks))[0] == 303  # twice is once
    found = store.room(room.id)
    assert found
    assert [person.name for person in found.people.values()] == ["Ada"]
    table = room.owner.get(f"/rooms/{room.id}/marks.csv").text
    assert table.count("\na1,") == 1
    assert "Ada,mark,frames,blame" in table
    with zipfile.ZipFile(io.BytesIO(take(room, "labelstudio.zip"))) as archive:
        again = json.loads(archive.read("tasks.json"))
    assert again[0]["annotations"][0]["result"][0]["value"] == value


def test_what_can_not_be_taken_in_says_why(room: RoomOfTests) -> None:
    status, page = give(room.owner, room, "[]x")
    assert status == 422
    assert "Nothing was taken in: this is no JSON" in page
    status, page = give(room.owner, room, "")
    assert "choose a file of at most 20 MB" in page
    assert store.all_entries(room.id) == {}


def test_every_format_has_its_file(room: RoomOfTests) -> None:
    page = room.owner.get(f"/rooms/{room.id}/exchange").text
    for name in ("labelstudio.zip", "project.qdpx", "codebook.qdc", "cas.zip", "annotations.jsonld", "units.csv"):
        assert f"/rooms/{room.id}/exchange/{name}" in page
        assert take(room, name)
    assert room.owner.get(f"/rooms/{room.id}/exchange/room.xls").status_code == 404
    member = room.join("Ben")
    assert member.get(f"/rooms/{room.id}/exchange/project.qdpx").status_code == 403
    assert give(member, room, "[]")[0] == 403
