"""What comes of a room: its codebook, agreement and what is settled, files, sheets, a class."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from models import codebook
from models.classifiers import devices
from service.texts import TEXTS
from tests.rooms import ARTICLES, OWN, RoomOfTests, code, mark, open_room
from tests.service.html import look as take
from tests.service.html import read
from workers import store
from workers.settings import HOUSE

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


# Codebooks


def test_a_codebook_goes_out_and_in_until_somebody_has_coded(app: Flask) -> None:
    room = open_room(app, codebook=SMALL)
    room.send(ARTICLES[0])
    where = f"/rooms/{room.id}/codebook"
    assert room.owner.get(f"{where}.yaml").text == SMALL
    assert "Small, version 1" in read(room.owner.get(where).text, "//main")
    changed = SMALL.replace("version: 1", "version: 2")
    sent = room.owner.post(where, data={"codebook": changed}, headers=OWN)
    assert "This is the room’s codebook now" in room.owner.get(sent.headers["Location"]).text
    assert "This is the room’s codebook now" not in room.owner.get(where).text
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


def test_the_page_names_the_devices_that_parallax_codes(coded: RoomOfTests) -> None:
    page = read(coded.owner.get(f"/rooms/{coded.id}/agreement").text, "//p[contains(., 'Of the devices')]")
    shown = devices.shown_kinds()
    assert f"it codes {len(shown)} kinds alone" in page
    assert all(f"“{TEXTS['device'][kind]['name']}”" in page for kind in shown)


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
    ids = take(page, "//*[@class='dispute']/@id")
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
    words = read(page, "//main")
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
    terms = report.vocabulary.shown
    assert terms
    assert answers.count('<u class="tool"') >= len(terms)
    assert all(f"“{term.text}”" in answers for term in terms)
    notes = [item.text_content() for item in take(answers, "//ol/li")]
    told = {note.partition("”")[0].partition("“")[2]: "paragraph 1" in note for note in notes}
    assert not told["slams"]  # in the headline
    assert told["regime"]
