"""The marks of a report for a page elsewhere: the same notes as on ours, each on its exact words, each with a style."""

from __future__ import annotations

import re

from flask.testing import FlaskClient

from models.report import Report
from service import assets, bookmarklet, findings, summary

SCRIPT = (assets.FOLDER / "marks.js").read_text("utf-8")


def test_every_note_of_the_page_with_its_words_and_what_it_says(client: FlaskClient, stored: Report) -> None:
    answer = client.get(f"/api/v1/reports/{stored.id}/marks.jsonld")
    assert answer.content_type.startswith("application/ld+json")
    page = answer.get_json(force=True)
    items = page["items"]
    notes = findings.find(stored).notes
    assert [item["id"].partition("#")[2] for item in items] == [note.name for note in notes]
    text = stored.article.text
    for note, item in zip(notes, items, strict=True):
        assert len(item["target"]) == len(note.marks)
        for mark, target in zip(note.marks, item["target"], strict=True):
            quote, place = target["selector"]
            assert text[place["start"] : place["end"]] == quote["exact"] == text[mark.start : mark.end]
            assert text[: mark.start].endswith(quote["prefix"])
            assert text[mark.end :].startswith(quote["suffix"])
    told = {item["id"].partition("#")[2]: [body["value"] for body in item["body"]] for item in items}
    tyrant = next(note for note in notes if note.kind == "term" and note.subject.text == "tyrant")  # type: ignore[union-attr]
    assert told[tyrant.name][0] == "tyrant: label, negative · about Oren Tal"
    assert all(lines and all(lines) for lines in told.values())
    assert page["partOf"]["type"] == "AnnotationCollection"
    glance = [one.text for one in summary.summarise(stored, findings.find(stored))]
    assert glance
    assert [line.partition(": ")[2] for line in page["partOf"]["label"]] == glance


def test_every_layer_and_style_of_a_mark_is_drawn_elsewhere_too(stored: Report) -> None:
    layers = set(re.findall(r"(\w+): \"", re.search(r"const LAYERS = \{(.*?)\};", SCRIPT)[1]))  # type: ignore[index]
    named = re.search(r"const STYLES = \{(.*?)\};", SCRIPT, re.DOTALL)[1]  # type: ignore[index]
    styles = {name.strip('"') for name in re.findall(r'("[a-z ]+"|\b[a-z]+): "', named)}
    for note in findings.find(stored).notes:
        assert note.layer in layers
        for mark in note.marks:
            style = re.sub(r" (outlet|quoted)$", "", mark.style)
            assert style in styles | {"", "bias"}  # a first mention and a sentence are told by the list alone


def test_the_colours_are_those_of_our_own_pages() -> None:
    sheet = (assets.FOLDER / "base.css").read_text("utf-8")
    for name, light, dark in re.findall(r'(\w+): \["(#\w+)", "(#\w+)"\]', SCRIPT):
        assert re.findall(rf"--{name}: (#\w+);", sheet)[:2] == [light, dark]


def test_the_bookmark_holds_all_of_its_code_and_the_address_of_this_parallax(client: FlaskClient) -> None:
    page = client.get("/bookmarklet", base_url="http://127.0.0.1:8000")
    assert page.headers["Cross-Origin-Opener-Policy"] == "unsafe-none"
    assert bookmarklet.write("http://127.0.0.1:8000") in page.text
    assert "//%20" not in bookmarklet.write("http://127.0.0.1:8000")  # no comment that would swallow the rest
    assert len(bookmarklet.write("http://127.0.0.1:8000")) < 20_000
    assert client.get("/").headers["Cross-Origin-Opener-Policy"] == "same-origin"
