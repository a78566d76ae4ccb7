"""Rooms in the formats of other tools: read back by a kept library or checked against the published schema."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path
from xml.etree import ElementTree as ET

import cassis
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from models import codebook
from models.coding.entries import Coding, Done, Level, Mark
from models.coding.formats import cas, labelstudio, refi, webannotation
from models.coding.formats.project import Document, Project, Units

SCHEMA = Path(__file__).parent / "schemas" / "refi-qda-project.xsd"
BOOK = codebook.read(
    """\
name: Towns
version: 1
layers:
  - id: frames
    name: Frames
    categories: [{id: blame, name: Blame, test: "says whose fault it is"}, {id: hope, name: Hope}]
levels:
  - {id: side, name: Side, values: [left, right]}
"""
)
TEXT = "Harbour 🚢 shut\n\nThe board let the quay rot, “again”. 🦑 Traders hope for spring & rain."
QDA = "{urn:QDA-XML:project:1.0}"


def mark(words: str, category: str, reason: str = "") -> Mark:
    start = TEXT.index(words)
    name = f"m{start}"
    return Mark(id=name, start=start, end=start + len(words), layer="frames", category=category, reason=reason)


ADA = Coding(
    (mark("let the quay rot", "blame", "it names the board"), mark("hope", "hope")), {"side": "left"}, {}, True
)
BEN = Coding((mark("🦑 Traders", "hope"),), {"side": "right"}, {}, True)
TOOL = Coding((mark("rot", "blame"),), {}, {}, True)
SENTENCES = [(0, 14), (16, 52), (53, len(TEXT))]
PROJECT = Project(
    "r1",
    "Harbour vote",
    "2026-11-29T10:00:00+00:00",
    BOOK,
    [
        Document("a1", "Harbour 🚢 shut", TEXT, {"Ada": ADA, "Ben": BEN}, TOOL, SENTENCES),
        Document("a2", "", "Quiet.\x0b", {}),
    ],
)


def test_refi_qda_fits_the_published_schema_and_holds_every_mark() -> None:
    with zipfile.ZipFile(io.BytesIO(refi.write_project(PROJECT))) as archive:
        content = archive.read("project.qde")
        etree.XMLSchema(file=str(SCHEMA)).assertValid(etree.fromstring(content))
        root = ET.fromstring(content)
        users = {one.get("guid"): one.get("name") for one in root.iter(f"{QDA}User")}
        codes = {one.get("guid"): one.get("name") for one in root.iter(f"{QDA}Code")}
        first, second = root.iter(f"{QDA}TextSource")
        text = archive.read(f"sources/{first.get('guid')}.txt").decode()
        told = []
        for one in first.iter(f"{QDA}PlainTextSelection"):
            ref = one.find(f"{QDA}Coding/{QDA}CodeRef")
            assert ref is not None
            words = text[int(one.get("startPosition", "")) : int(one.get("endPosition", ""))]
            told.append((users[one.get("creatingUser")], words, codes[ref.get("targetGUID")]))
        assert told == [
            ("Ada", "let the quay rot", "Blame"),
            ("Ada", "hope", "Hope"),
            ("Ben", "🦑 Traders", "Hope"),
            ("Parallax", "rot", "Blame"),
        ]
        answers = [
            (users[one.get("creatingUser")], codes[ref.get("targetGUID")])
            for one in first.findall(f"{QDA}Coding")
            for ref in one
        ]
        assert answers == [("Ada", "left"), ("Ben", "right")]
        assert [note.text for note in root.iter(f"{QDA}PlainTextContent")] == ["it names the board"]
        assert archive.read(f"sources/{second.get('guid')}.txt").decode() == "Quiet.\ufffd"  # XML has no such sign


def test_the_same_room_gives_the_same_bytes() -> None:
    assert refi.write_project(PROJECT) == refi.write_project(PROJECT)


def test_a_codebook_alone() -> None:
    root = ET.fromstring(refi.write_codebook(PROJECT))
    space = "{urn:QDA-XML:codebook:1.0}"
    assert root.tag == f"{space}CodeBook"
    assert [(one.get("name"), one.get("isCodable")) for one in root.iter(f"{space}Code")] == [
        ("Frames", "false"), ("Blame", "true"), ("Hope", "true"),
        ("Side", "false"), ("left", "true"), ("right", "true"),
    ]  # fmt: skip


def test_inception_finds_the_words_that_were_meant() -> None:
    with zipfile.ZipFile(io.BytesIO(cas.write(PROJECT))) as archive:
        assert sorted(archive.namelist()) == ["TypeSystem.xml", "a1/Ada.xmi", "a1/Ben.xmi", "a1/Parallax.xmi"]
        types = cassis.load_typesystem(io.BytesIO(archive.read("TypeSystem.xml")))
        read = {
            name: cassis.load_cas_from_xmi(io.BytesIO(archive.read(name)), typesystem=types)
            for name in archive.namelist()
            if name.endswith(".xmi")
        }
    told = {
        name: [(one.get_covered_text(), one.category) for one in held.select("webanno.custom.Frames")]
        for name, held in read.items()
    }
    assert told == {
        "a1/Ada.xmi": [("let the quay rot", "blame"), ("hope", "hope")],
        "a1/Ben.xmi": [("🦑 Traders", "hope")],
        "a1/Parallax.xmi": [("rot", "blame")],
    }
    (answer,) = read["a1/Ada.xmi"].select("webanno.custom.Answer")
    assert (answer.question, answer.value, answer.get_covered_text()) == ("side", "left", TEXT)
    assert read["a1/Ada.xmi"].sofa_string == TEXT


def test_web_annotations_find_their_words_by_both_selectors() -> None:
    collection = json.loads(webannotation.write(PROJECT))
    items = collection["first"]["items"]
    assert collection["total"] == len(items) == 6
    by_words = [one for one in items if one["motivation"] == "tagging"]
    assert [(one["creator"]["name"], one["body"]["value"]) for one in by_words] == [
        ("Ada", "frames: blame"), ("Ada", "frames: hope"), ("Ben", "frames: hope"), ("Parallax", "frames: blame"),
    ]  # fmt: skip
    for one in by_words:
        position, quote = one["target"]["selector"]
        assert TEXT[position["start"] : position["end"]] == quote["exact"]
        assert f"{quote['prefix']}{quote['exact']}{quote['suffix']}" in TEXT
    assert by_words[3]["creator"]["type"] == "Software"


def test_label_studio_and_back() -> None:
    tasks = json.loads(labelstudio.write_tasks(PROJECT))
    (ada, ben), (parallax,) = tasks[0]["annotations"], tasks[0]["predictions"]
    assert [one["value"].get("text") for one in ada["result"]] == ["let the quay rot", "hope", None]
    assert parallax["result"][0]["value"]["labels"] == ["blame"]
    wide = TEXT.encode("utf-16-le")
    for one in (*ada["result"][:2], ben["result"][0]):  # as its editor, which runs on UTF-16, cuts them out
        value = one["value"]
        assert wide[2 * value["start"] : 2 * value["end"]].decode("utf-16-le") == value["text"]
    texts = {one.id: one.text for one in PROJECT.documents}
    back = labelstudio.read_tasks(json.dumps(tasks), BOOK, texts)
    assert {(one.start, one.end, one.category) for one in back["a1"]["Ada"] if isinstance(one, Mark)} == {
        (one.start, one.end, one.category) for one in ADA.marks
    }
    assert back["a1"]["Ben"][1:] == [Level(id="level-side", level="side", value="right"), Done(id="done")]


def test_its_interface_has_a_label_a_category() -> None:
    view = ET.fromstring(labelstudio.write_interface(BOOK))
    assert [one.get("value") for one in view.iter("Label")] == ["blame", "hope"]
    assert [one.get("value") for one in view.iter("Choice")] == ["left", "right"]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda tasks: "no json", "this is no JSON"),
        (lambda tasks: json.dumps({"tasks": tasks}), "this is no list of tasks"),
        (lambda tasks: json.dumps([{"data": {"parallax": "a9"}}]), "task 1 is none of this room's articles"),
        (lambda tasks: json.dumps(tasks).replace("quay", "pier"), "its text is another one"),
        (lambda tasks: json.dumps(tasks).replace('["blame"]', '["shame"]'), "“shame” at 26 is none of the codebook's"),
        (lambda tasks: json.dumps(tasks).replace('["left"]', '["up"]'), "“up” is no answer to side"),
    ],
)
def test_what_does_not_fit_is_refused(change: object, said: str) -> None:
    content = change(json.loads(labelstudio.write_tasks(PROJECT)))  # type: ignore[operator]  # one of the above
    with pytest.raises(labelstudio.TasksRefused, match=said):
        labelstudio.read_tasks(content, BOOK, {one.id: one.text for one in PROJECT.documents})


@given(st.text(), st.data())
def test_places_in_utf_16_come_back(text: str, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(text)))
    units = Units(text)
    assert units.to(place) == len(text[:place].encode("utf-16-le", "surrogatepass")) // 2
    assert units.back(units.to(place)) == place
