"""A report for other tools: the same words at the same places, whatever the format and however it counts."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace

import docx
import jsonschema
import pytest
from flask.testing import FlaskClient
from lxml import etree

from models import rows
from models.comparison import compare
from models.report import Report
from service import citations, exports, findings, summary, word_file
from tests.service.by_hand import TEXT


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
    jsonschema.Draft202012Validator.check_schema(schema)
    report = client.get(f"/api/v1/reports/{stored.id}").json
    jsonschema.validate(report, schema)
    jsonschema.validate(report | {"of_a_later_version": 1}, schema)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(report | {"sentences": None}, schema)


def test_a_comparison_fits_the_schema_that_is_handed_out(client: FlaskClient, counted: Report) -> None:
    schema = json.loads(client.get("/api/comparison.schema.json").data)
    jsonschema.Draft202012Validator.check_schema(schema)
    other = counted.model_copy(update={"id": "other"})
    jsonschema.validate(compare([counted, other]).model_dump(mode="json"), schema)


def test_every_export_is_described_and_answers(client: FlaskClient, stored: Report) -> None:
    path = client.get("/api/openapi.json").json["paths"]["/api/v1/reports/{id}/{name}"]
    names = path["get"]["parameters"][1]["schema"]["enum"]
    assert names == list(exports.EXPORTS)
    for name in names:
        answer = client.get(f"/api/v1/reports/{stored.id}/{name}")
        assert (answer.status_code, name in answer.headers["Content-Disposition"]) == (200, True)


def test_a_name_over_two_lines_stands_in_two_pieces() -> None:
    row = rows.Row("r", "a", "o", "content", "0", "first\n second", 10, 23)
    assert exports._cut_lines(replace(row).text, row.start) == [(10, 15), (17, 23)]


def test_a_citation_names_all_that_made_the_report(client: FlaskClient, stored: Report) -> None:
    page = client.get(f"/reports/{stored.id}/cite")
    made = stored.provenance
    for version in (made.engine, *made.lexicons.values(), *made.models.values(), stored.article.sha256):
        assert version in page.text
    assert f"http://localhost/reports/{stored.id}" in page.text
    assert f'href="/reports/{stored.id}/cite"' in client.get(f"/reports/{stored.id}").text
    (item,) = json.loads(client.get(f"/api/v1/reports/{stored.id}/cite.json").data)
    assert item["URL"] == f"http://localhost/reports/{stored.id}"
    assert item["version"] == made.engine
    assert item["issued"]["date-parts"] == [[int(part) for part in made.analyzed_at[:10].split("-")]]
    assert stored.article.sha256 in item["note"]
    assert client.get(f"/reports/{'0' * 32}/cite").status_code == 404


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Council closes bridge", "Framing report on “Council closes bridge”"),
        ("Profits & losses: 40% of $3", r"Framing report on “Profits \& losses: 40\% of \$3”"),
        ("{The} #1_thing", r"Framing report on “\{The\} \#1\_thing”"),
        ("a\\b ~ c^2", r"Framing report on “a\textbackslash{}b \textasciitilde{} c\textasciicircum{}2”"),
        ("Two\n lines", "Framing report on “Two lines”"),
        (None, "Framing report on “Tyrant of Veldmark signs “miracle” pact …”"),
    ],
)
def test_bibtex_takes_every_title_for_what_it_says(stored: Report, title: str | None, expected: str) -> None:
    article = stored.article.model_copy(update={"title": title, "outlet": None, "published": None})
    entry = citations.write_bibtex(stored.model_copy(update={"article": article}), "http://localhost/reports/1")
    assert f"  title = {{{{{expected}}}}},\n" in entry
    assert entry.startswith(f"@misc{{parallax-{stored.id[:12]},\n")
    bare = entry.replace(r"\{", "").replace(r"\}", "")
    assert bare.count("{") == bare.count("}")


def test_what_schema_2_knows_has_its_rows(framed: Report) -> None:
    found = list(rows.list_findings(framed))
    assert [
        (row.kind, row.category, row.text, row.target, row.speaker, row.rule)
        for row in found
        if row.kind in ("frame", "act", "unheard")
    ] == [
        ("unheard", "affected", "was reportedly not asked", "Northern Union", "", ""),
        ("frame", "economic", "which paid for the talks", "", "", "present"),
        ("frame", "conflict", "His regime gave no details.", "", "", "leads"),
        ("act", "harm", "40,000 people have left the border towns", "40,000 people", "", "no_doer"),
    ]
    assert [(row.category, row.strength, row.shown) for row in found if row.kind == "device"] == [
        ("vague_source", 0.93, "yes"), ("motive", 0.78, "yes"), ("opinion_as_fact", 0.93, "yes"),
        ("bare_number", 0.35, "no"),
    ]  # fmt: skip
    assert [row.text for row in found if row.kind == "term" and row.shown == "no"] == ["applauded"]


def test_a_word_file_holds_the_text_and_a_comment_for_each_finding(client: FlaskClient, stored: Report) -> None:
    answer = client.get(f"/api/v1/reports/{stored.id}/findings.docx")
    assert answer.content_type.endswith("wordprocessingml.document")
    document = docx.Document(io.BytesIO(answer.data))
    assert [one.text for one in document.paragraphs] == [line for line in TEXT.split("\n") if line]
    told = [note for note in findings.find(stored).notes if note.kind != "entity"]
    comments = {comment.comment_id: comment for comment in document.comments}
    assert list(comments) == [note.number for note in told]
    [tyrant] = [note for note in told if note.name == "term-3"]
    assert comments[tyrant.number].text.startswith("tyrant: label, negative · about Oren Tal\n")
    assert comments[tyrant.number].author == "Parallax"
    ranges = document.element.xpath(f"//w:commentRangeStart[@w:id='{tyrant.number}']/following-sibling::w:r[1]/w:t")
    assert [one.text for one in ranges] == ["tyrant"]


def test_a_word_file_takes_any_unicode(counted: Report) -> None:
    strange = counted.article.text[:-3] + "\uffff\x85"
    report = counted.model_copy(update={"article": counted.article.model_copy(update={"text": strange + " "})})
    document = docx.Document(io.BytesIO(word_file.write(report)))
    assert document.paragraphs[-1].text.endswith("\ufffd\x85 ")


def test_a_picture_says_what_the_page_says_at_a_glance(client: FlaskClient, stored: Report) -> None:
    answer = client.get(f"/api/v1/reports/{stored.id}/summary.svg")
    assert answer.mimetype == "image/svg+xml"
    drawn = etree.fromstring(answer.data)
    space = {"s": "http://www.w3.org/2000/svg"}
    [alternative] = drawn.xpath("s:desc/text()", namespaces=space)
    lines = " ".join(drawn.xpath("s:text/text()", namespaces=space))
    for statement in summary.summarise(stored, findings.find(stored)):
        said = "".join(piece if isinstance(piece, str) else f"“{piece.text}”" for piece in statement.pieces)
        assert said in alternative
        assert said in lines
    assert drawn.xpath("s:title/text()", namespaces=space) == [stored.article.title]
    assert float(drawn.get("height")) < 1_000
