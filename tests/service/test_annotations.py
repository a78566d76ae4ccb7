"""A report for annotation tools: as Web Annotations, for brat and for spaCy, each read as its own tool reads it."""

from __future__ import annotations

import json
import re
from itertools import pairwise
from pathlib import Path
from typing import Any, get_args, get_type_hints

import jsonschema
from flask.testing import FlaskClient

from models import rows
from models.report import Report
from service import exports
from tests.service.by_hand import TEXT

# What the Web Annotation Data Model (W3C, 2017) asks of a page of annotations with text selectors.
ADDRESS = {"type": "string", "pattern": "^https?://"}
WEB_ANNOTATION = {
    "type": "object",
    "required": ["@context", "id", "type", "items"],
    "properties": {
        "@context": {"const": "http://www.w3.org/ns/anno.jsonld"},
        "id": ADDRESS,
        "type": {"const": "AnnotationPage"},
        "items": {
            "type": "array",
            "minItems": 1,
            "items": {
                "type": "object",
                "required": ["id", "type", "target"],
                "properties": {
                    "id": ADDRESS,
                    "type": {"const": "Annotation"},
                    "created": {"type": "string", "pattern": r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(Z|\+00:00)$"},
                    "motivation": {"enum": ["assessing", "tagging"]},
                    "body": {
                        "type": "array",
                        "items": {
                            "required": ["type", "value", "purpose"],
                            "properties": {"type": {"const": "TextualBody"}, "purpose": {"const": "tagging"}},
                        },
                    },
                    "target": {
                        "required": ["source", "selector"],
                        "properties": {
                            "source": ADDRESS,
                            "selector": {
                                "type": "array",
                                "minItems": 1,
                                "items": {
                                    "oneOf": [
                                        {
                                            "required": ["exact", "prefix", "suffix"],
                                            "properties": {"type": {"const": "TextQuoteSelector"}},
                                        },
                                        {
                                            "required": ["start", "end"],
                                            "properties": {"type": {"const": "TextPositionSelector"}},
                                        },
                                    ]
                                },
                            },
                        },
                    },
                },
            },
        },
    },
}


def test_web_annotations_quote_the_words_with_their_context(client: FlaskClient, stored: Report) -> None:
    answer = client.get(f"/api/v1/reports/{stored.id}/annotations.jsonld")
    page = json.loads(answer.data)
    jsonschema.validate(page, WEB_ANNOTATION)
    assert page["id"].endswith(f"/api/v1/reports/{stored.id}/annotations.jsonld")
    assert len({item["id"] for item in page["items"]}) == len(page["items"])
    for item in page["items"]:
        assert item["target"]["source"] == "https://gazette.example/pact"
        [quote] = item["target"]["selector"]  # positions in article.text are none on that page
        assert f"{quote['prefix']}{quote['exact']}{quote['suffix']}" in TEXT


def test_web_annotations_without_an_address_point_into_the_text_that_is_handed_out(counted: Report) -> None:
    page = exports.write_annotations(counted, "http://127.0.0.1:8000/api/v1/reports/x")
    jsonschema.validate(page, WEB_ANNOTATION)
    text = counted.article.text
    for item in page["items"]:
        assert item["target"]["source"] == "http://127.0.0.1:8000/api/v1/reports/x/brat.txt"
        quote, position = item["target"]["selector"]
        assert text[position["start"] : position["end"]] == quote["exact"]


def read_brat(text: str, lines: list[str]) -> dict[str, tuple[str, list[tuple[int, int]]]]:
    """The text-bound annotations by name, as brat itself reads them; fails where brat would."""
    found: dict[str, tuple[str, list[tuple[int, int]]]] = {}
    others = []
    for line in lines:
        name, what, *rest = line.split("\t", 2)
        assert name not in found
        if not name.startswith("T"):
            others.append((name, what))
            continue
        kind, where = what.split(" ", 1)
        assert re.fullmatch("[A-Za-z0-9_-]+", kind)
        pieces = [(int(piece.split(" ")[0]), int(piece.split(" ")[1])) for piece in where.split(";")]
        assert all(0 <= start < end <= len(text) for start, end in pieces)
        assert pieces == sorted(pieces)
        assert " ".join(text[start:end] for start, end in pieces) == rest[0]
        assert "\n" not in rest[0]
        found[name] = kind, pieces
    for name, what in others:
        kind, *arguments = what.split(" ")
        if name.startswith("R"):
            assert [argument.split(":")[0] for argument in arguments] == ["Arg1", "Arg2"]
            assert all(argument.split(":")[1] in found for argument in arguments)
        else:
            assert name.startswith("#")
            assert (kind, arguments[0] in found) == ("AnnotatorNotes", True)
    return found


def test_brat_points_into_its_text_and_joins_who_to_what(client: FlaskClient, stored: Report) -> None:
    text = client.get(f"/api/v1/reports/{stored.id}/brat.txt").text
    lines = client.get(f"/api/v1/reports/{stored.id}/brat.ann").text.splitlines()
    assert text == TEXT
    found = read_brat(text, lines)
    assert {"Term", "Source", "Cue", "Content", "Vague", "Mention", "Label"} == {kind for kind, _ in found.values()}
    assert any("SourceOf" in line for line in lines)
    assert any(line.endswith("\tlabel, negative, outlet") for line in lines)


def test_brat_takes_any_unicode(counted: Report) -> None:
    assert len(read_brat(counted.article.text, exports.write_brat(counted).split("\n")[:-1])) > 20


def test_every_kind_of_annotation_is_in_the_configuration_for_brat() -> None:
    configured = (Path(__file__).parents[2] / "docs" / "exports.md").read_text("utf-8")
    for kind in get_args(get_type_hints(rows.Row)["kind"]):
        assert kind == "sentence" or f"\n{kind.capitalize()}\n" in configured


def read_spacy(body: dict[str, Any]) -> list[tuple[int, int]]:
    """The tokens' places, by the rules of spaCy's Doc.from_json (3.8); fails where that would."""
    text, words = body["text"], [body["text"][token["start"] : token["end"]] for token in body["tokens"]]
    rebuilt, at = [], 0
    for word in (word for word in words if not word.isspace()):
        start = text.index(word, at)
        if start > at:
            rebuilt.append(text[at:start])
        rebuilt.append(word)
        at = start + len(word)
        at += text[at : at + 1] == " "
    rebuilt += [text[at:]] if at < len(text) else []
    assert words == rebuilt
    begins, ends = {token["start"] for token in body["tokens"]}, {token["end"] for token in body["tokens"]}
    groups = [body["sents"], body["ents"], *body["spans"].values()]
    for span in (span for group in groups for span in group):
        assert span["start"] in begins
        assert span["end"] in ends
        assert span["start"] < span["end"]
    for group in body["spans"].values():
        assert all(isinstance(span["label"], str) and isinstance(span["kb_id"], str) for span in group)
    for one, other in pairwise(body["ents"]):
        assert one["end"] <= other["start"], "spaCy's entities don't overlap"
    return [(token["start"], token["end"]) for token in body["tokens"]]


def test_spacy_takes_tokens_sentences_entities_and_spans(client: FlaskClient, stored: Report) -> None:
    body = client.get(f"/api/v1/reports/{stored.id}/spacy.json").json
    assert [TEXT[start:end] for start, end in read_spacy(body)][:7] == [
        "Tyrant", "of", "Veldmark", "signs", "“", "miracle", "”",
    ]  # fmt: skip
    words = [TEXT[span["start"] : span["end"]] for span in body["spans"]["terms"]]
    assert "tyrant" in words
    assert {"PERSON"} <= {entity["label"] for entity in body["ents"]}
    assert set(body["spans"]) == {
        "terms", "attribution", "labels", "vague", "mentions", "devices", "frames", "acts",
    }  # fmt: skip


def test_spacy_takes_any_unicode(counted: Report) -> None:
    assert len(read_spacy(exports.write_spacy(counted))) > 100
