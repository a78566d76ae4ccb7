"""A reader agrees or disagrees with a finding: kept with the report, exported, and gone with it."""

from __future__ import annotations

import csv
import io

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from models.report import Report
from tests.conftest import wait_until
from tests.service.html import look, read
from workers import store

REASON = "A “tyrant” is what his own court calls him."


def judge(client: FlaskClient, report: Report, **fields: str) -> TestResponse:
    return client.post(f"/reports/{report.id}/judge", data={"finding": "term-3", **fields})


def send(client: FlaskClient, report: Report, **fields: object) -> TestResponse:
    return client.post(f"/api/v1/reports/{report.id}/judgements", json={"finding": "term-3", **fields})


def test_by_form_it_stands_at_its_note(client: FlaskClient, stored: Report) -> None:
    form = client.get(f"/reports/{stored.id}/judge?finding=term-3").text
    assert "“tyrant” as label, negative." in form
    answer = judge(client, stored, verdict="disagree", reason=REASON)
    assert answer.status_code == 303
    address, number = answer.headers["Location"].split("#n")
    page = client.get(address).text
    note = f"//li[@id='n{number}']"
    assert {"tyrant", "Disagreed"} <= set(look(page, f"{note}//b/text()"))
    assert REASON in read(page, note)
    assert page.count(REASON) == 1
    assert look(page, f"//a[@href='/api/v1/reports/{stored.id}/judgements.csv']")
    (taken,) = look(page, f"{note}//button[@name='judgement']/@value")
    client.post(f"/reports/{stored.id}/judge/withdraw", data={"judgement": taken, "note": number})
    assert REASON not in client.get(address).text


def test_a_form_with_errors_keeps_what_was_typed(client: FlaskClient, stored: Report) -> None:
    answer = judge(client, stored, reason="Why <b>not</b>")
    assert answer.status_code == 422
    assert "choose agree or disagree" in answer.text
    assert read(answer.text, "//textarea[@name='reason']") == "Why <b>not</b>"
    long = judge(client, stored, verdict="agree", reason="x" * 1001)
    assert long.status_code == 422
    assert "1,001 characters long; at most 1,000" in long.text
    assert look(long.text, "//input[@name='verdict'][@checked]/@value") == ["agree"]
    assert store.find_judgements(stored.id) == []


def test_as_json_with_the_words_it_is_about(client: FlaskClient, stored: Report) -> None:
    made = send(client, stored, verdict="disagree", reason=REASON)
    assert made.status_code == 201
    assert send(client, stored, finding="entity-e1", verdict="agree").status_code == 201
    listed = client.get(f"/api/v1/reports/{stored.id}/judgements").json
    assert listed["report"] == stored.id
    first, second = listed["judgements"]
    assert first == made.json
    term = stored.vocabulary.terms[3]
    assert {"kind": "term", "start": term.start, "end": term.end, "text": "tyrant", "rule": term.rule,
            "verdict": "disagree", "reason": REASON}.items() <= first.items()  # fmt: skip
    assert (second["kind"], second["text"], second["reason"]) == ("entity", "Oren Tal", "")


def test_as_a_table_that_runs_no_formula(client: FlaskClient, stored: Report) -> None:
    send(client, stored, verdict="agree", reason="=1+1")
    answer = client.get(f"/api/v1/reports/{stored.id}/judgements.csv")
    assert answer.mimetype == "text/csv"
    [row] = csv.DictReader(io.StringIO(answer.text))
    assert (row["report"], row["finding"], row["verdict"], row["reason"]) == (stored.id, "term-3", "agree", "'=1+1")


@pytest.mark.parametrize(
    ("fields", "status", "field"),
    [
        ({"verdict": "perhaps"}, 422, "verdict"),
        ({"verdict": "agree", "reason": "x" * 1001}, 422, "reason"),
        ({"verdict": "agree", "finding": "term-99"}, 422, "finding"),
        ({"verdict": "agree", "stars": 5}, 422, "stars"),
        ({}, 422, "verdict"),
    ],
)
def test_what_is_wrong_is_named(
    client: FlaskClient, stored: Report, fields: dict[str, object], status: int, field: str
) -> None:
    answer = send(client, stored, **fields)
    assert answer.status_code == status
    assert answer.mimetype == "application/problem+json"
    assert [error["field"] for error in answer.json["errors"]] == [field]
    assert client.get(f"/reports/{stored.id}/judge?finding=term-99").status_code == 404
    assert send(client, stored.model_copy(update={"id": "gone"}), verdict="agree").status_code == 404


def test_it_changes_no_figure_and_goes_with_the_report(client: FlaskClient, stored: Report) -> None:
    before = client.get(f"/api/v1/reports/{stored.id}").data
    made = send(client, stored, verdict="disagree")
    assert client.get(f"/api/v1/reports/{stored.id}").data == before
    address = f"/api/v1/reports/{stored.id}/judgements/{made.json['id']}"
    assert client.delete(address).status_code == 204
    assert client.delete(address).status_code == 404
    send(client, stored, verdict="disagree")
    store.delete(stored.id)
    assert store.find_judgements(stored.id) == []
    assert client.get(f"/api/v1/reports/{stored.id}/judgements").status_code == 404


def test_there_is_an_end_to_them(client: FlaskClient, stored: Report, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("workers.store.judgements.MOST_JUDGEMENTS", 2)
    answers = [send(client, stored, verdict="agree").status_code for _ in range(3)]
    assert answers == [201, 201, 422]


def take_back(client: FlaskClient, report: Report, name: str) -> str:
    """Take a judgement back by its form; the page that follows."""
    answer = client.post(f"/reports/{report.id}/judge/withdraw", data={"judgement": name, "note": "4"})
    return client.get(answer.headers["Location"]).text


def test_what_was_taken_back_can_be_had_again_as_it_was(client: FlaskClient, stored: Report) -> None:
    send(client, stored, verdict="agree")
    named = send(client, stored, verdict="disagree", reason=REASON).json["id"]
    before = store.find_judgements(stored.id)
    page = take_back(client, stored, named)
    assert read(page, "//form[@class='undo']/p[@role='status']") == "Your judgement is taken back."
    (address,) = look(page, "//form[@class='undo']/@action")
    (given,) = look(page, "//form[@class='undo']//button/@value")
    back = client.post(address, data={"judgement": given, "note": "4"})
    assert back.headers["Location"].endswith("#n4")
    assert store.find_judgements(stored.id) == before
    again = client.post(address, data={"judgement": given, "note": "4"})
    assert (again.status_code, store.find_judgements(stored.id)) == (404, before)


def test_what_was_just_kept_can_be_undone(client: FlaskClient, stored: Report) -> None:
    page = client.get(judge(client, stored, verdict="agree").headers["Location"]).text
    assert read(page, "//form[@class='undo']/p") == "Your judgement is kept."
    (address,) = look(page, "//form[@class='undo']/@action")
    (given,) = look(page, "//form[@class='undo']//button/@value")
    client.post(address, data={"judgement": given, "note": "4"})
    assert store.find_judgements(stored.id) == []


def test_the_time_to_undo_ends_and_nothing_stays(
    client: FlaskClient, stored: Report, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("workers.store.judgements.UNDO_SECONDS", -1)  # so that its record lives for one
    named = send(client, stored, verdict="agree").json["id"]
    store.withdraw(stored.id, named)
    wait_until(lambda: store.find_taken_back(stored.id, named) is None, 10)
    late = client.post(f"/reports/{stored.id}/judge/restore", data={"judgement": named})
    assert late.status_code == 404
    assert "Taken back for good" in late.text
    assert 'class="undo"' not in client.get(f"/reports/{stored.id}?taken_back={named}&note=4").text
    old = store.Judgement(id="a" * 16, finding="term-3", verdict="agree", judged_at="2026-01-01T00:00:00Z")
    store.judge(stored.id, old)
    assert 'class="undo"' not in client.get(f"/reports/{stored.id}?kept={old.id}&note=4").text
