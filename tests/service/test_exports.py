"""A report for other tools: the same words at the same places, whatever the format and however it counts."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace

import jsonschema
import pytest
from flask.testing import FlaskClient

from models import pipeline, rows
from models.article import Article
from models.report import Report
from service import exports
from tests.service.conftest import TEXT


@pytest.fixture(scope="module")
def counted() -> Report:
    """A report on text in which code points, UTF-16 units and bytes differ."""
    title = "\U0001f30a Flood in Vallé"
    text = (
        "\U0001f30a\U0001f30a “Nous e\u0301tions seuls,” Zoë Brandt said. The ruthless tyrant Oren Tal left the café. "
        * 6
    )
    return pipeline.analyze(Article(title=title, text=text))


def test_csv_has_a_row_for_every_finding_with_its_exact_words(client: FlaskClient, stored: Report) -> None:
    answer = client.get(f"/api/v1/reports/{stored.id}/findings.csv")
    assert answer.content_type == "text/csv; charset=utf-8"
    found = list(csv.DictReader(io.StringIO(answer.text)))
    assert tuple(found[0]) == rows.COLUMNS
    assert len(found) == len(list(rows.list_findings(stored)))
    for row in found:
        assert TEXT[int(row["start"]) : int(row["end"])] == row["text"].removeprefix("'")
    (tyrant,) = (row for row in found if row["kind"] == "term" and row["text"] == "tyrant")
    assert (tyrant["category"], tyrant["voice"], tyrant["target"]) == ("label", "outlet", "Oren Tal")


@pytest.mark.parametrize("title", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1+1", "＠A1"])
def test_a_cell_that_a_spreadsheet_would_run_is_defused(stored: Report, title: str) -> None:
    article = stored.article.model_copy(update={"id": None, "title": title, "outlet": title})
    (first, *_) = csv.DictReader(io.StringIO(exports.write_csv(stored.model_copy(update={"article": article}))))
    assert first["article"] == first["outlet"] == f"'{title}"


def test_web_annotations_quote_the_words_with_their_context(client: FlaskClient, stored: Report) -> None:
    answer = client.get(f"/api/v1/reports/{stored.id}/annotations.jsonld")
    page = json.loads(answer.data)
    assert page["type"] == "AnnotationPage"
    assert len({item["id"] for item in page["items"]}) == len(page["items"])
    for item in page["items"]:
        quote, position = item["target"]["selector"]
        assert f"{quote['prefix']}{quote['exact']}{quote['suffix']}" in TEXT
        assert TEXT[position["start"] : position["end"]] == quote["exact"]


def test_brat_points_into_its_text_and_joins_who_to_what(client: FlaskClient, stored: Report) -> None:
    text = client.get(f"/api/v1/reports/{stored.id}/brat.txt").text
    lines = client.get(f"/api/v1/reports/{stored.id}/brat.ann").text.splitlines()
    assert text == TEXT
    names = set()
    for line in lines:
        name, what, *words = line.split("\t")
        names.add(name)
        if name.startswith("T"):
            pieces = [tuple(map(int, piece.split())) for piece in what.split(" ", 1)[1].split(";")]
            assert " ".join(" ".join(text[start:end].split()) for start, end in pieces) == words[0]
            assert all("\n" not in text[start:end] for start, end in pieces)
        else:
            assert {part.split(":")[1] for part in what.split()[1:]} <= names
    assert any("SourceOf" in line for line in lines)


def test_spacy_takes_sentences_entities_and_spans(client: FlaskClient, stored: Report) -> None:
    body = client.get(f"/api/v1/reports/{stored.id}/spacy.json").json
    assert set(body) == {"text", "sents", "ents", "spans"}
    words = [body["text"][span["start"] : span["end"]] for span in body["spans"]["terms"]]
    assert "tyrant" in words
    assert {"PERSON"} <= {entity["label"] for entity in body["ents"]}


def cut(text: str, start: int, end: int, offsets: str) -> str:
    if offsets == "utf16":
        return text.encode("utf-16-le")[2 * start : 2 * end].decode("utf-16-le")
    return text.encode()[start:end].decode()


@pytest.mark.parametrize("offsets", ["utf16", "bytes"])
def test_offsets_as_other_languages_count(counted: Report, offsets: exports.Offsets) -> None:
    body = exports.count_in(counted, offsets)
    text = counted.article.text
    assert cut(text, 0, body["article"]["title_end"], offsets) == counted.article.title
    spans = [*body["vocabulary"]["terms"], *(item["content"] for item in body["attribution"]["items"])]
    spans += [mention for entity in body["entities"] for mention in entity["mentions"]]
    assert len(spans) > 10
    for span in spans:
        assert cut(text, span["start"], span["end"], offsets) == span["text"]
    for source in body["attribution"]["sources"]:
        first = body["attribution"]["items"][source["items"][0]]["content"]
        assert source["first"] == first["start"]


def test_an_unknown_way_of_counting_is_refused(client: FlaskClient, stored: Report) -> None:
    answer = client.get(f"/api/v1/reports/{stored.id}?offsets=words")
    assert answer.status_code == 400
    assert "codepoints, utf16, bytes" in answer.json["detail"]


def test_an_unknown_export_names_those_there_are(client: FlaskClient, stored: Report) -> None:
    answer = client.get(f"/api/v1/reports/{stored.id}/findings.xlsx")
    assert answer.status_code == 404
    assert "findings.csv" in answer.json["detail"]


def test_a_report_fits_the_schema_that_is_handed_out(client: FlaskClient, stored: Report) -> None:
    schema = json.loads(client.get("/api/report.schema.json").data)
    jsonschema.validate(client.get(f"/api/v1/reports/{stored.id}").json, schema)


def test_every_export_is_described_and_answers(client: FlaskClient, stored: Report) -> None:
    path = client.get("/api/openapi.json").json["paths"]["/api/v1/reports/{id}/{name}"]
    names = path["parameters"][1]["schema"]["enum"]
    assert names == list(exports.EXPORTS)
    for name in names:
        answer = client.get(f"/api/v1/reports/{stored.id}/{name}")
        assert (answer.status_code, name in answer.headers["Content-Disposition"]) == (200, True)


def test_a_name_over_two_lines_stands_in_two_pieces() -> None:
    row = rows.Row("r", "a", "o", "content", "0", "first\n second", 10, 23)
    assert exports._cut_lines(replace(row).text, row.start) == [(10, 15), (17, 23)]
