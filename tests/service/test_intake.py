"""Links, pages' sources and files as people and programs send them: what is taken in, and what is refused at once."""

from __future__ import annotations

import io
from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from models.report import Note, Origin, Report
from tests.papers import make_docx, make_pdf
from tests.service.html import look
from tests.service.test_api import problem
from tests.site import ARTICLE
from workers import queue, settings, store
from workers.extraction.source import File, Link, Page

LINK = "https://harrow.example/bridge"


def post(client: FlaskClient, body: Any) -> TestResponse:
    return client.post("/api/v1/articles", json=body)


def send(client: FlaskClient, *files: tuple[str, bytes], address: str = "/api/v1/files", **fields: str) -> TestResponse:
    parts = {"file": [(io.BytesIO(content), name) for name, content in files], **fields}
    return client.post(address, data=parts, content_type="multipart/form-data")


def test_a_link_alone_is_taken_in_and_waits_for_a_worker(client: FlaskClient) -> None:
    answer = post(client, {"url": LINK, "outlet": "The Harrow Post"})
    assert answer.status_code == 202
    identifier = answer.json["id"]
    assert answer.json == {"id": identifier, "status": "queued", "report": f"/api/v1/reports/{identifier}"}
    assert store.article(identifier) == Link(url=LINK, outlet="The Harrow Post")
    assert queue.submit_link(LINK, outlet="The Harrow Post").id == identifier
    store.delete(identifier)


def test_a_link_with_a_text_is_an_article(client: FlaskClient) -> None:
    identifier = post(client, {"url": LINK, "text": "Read this."}).json["id"]
    found = store.article(identifier)
    assert not isinstance(found, Link)
    store.delete(identifier)


def test_the_source_of_a_page_is_taken_in(client: FlaskClient) -> None:
    identifier = post(client, {"html": ARTICLE, "url": LINK}).json["id"]
    assert store.article(identifier) == Page(html=ARTICLE, url=LINK)
    store.delete(identifier)


@pytest.mark.parametrize(
    ("body", "field", "code", "message"),
    [
        ({"url": "https://ann:pw@harrow.example/"}, "url", "link_userinfo", "before the @"),
        ({"url": "http://2130706433/"}, "url", "link_private_address", "public pages only"),
        ({"url": "http://[::1]/"}, "url", "link_private_address", "public pages only"),
        ({"url": "ftp://harrow.example/"}, "url", "url", "http"),
        ({"url": "harrow.example"}, "url", "url", "must be a full http:// or https:// address"),
        ({"url": LINK, "targets": [[0, 1]]}, "targets", "extra_forbidden", "“targets” is not a field"),
        ({"url": LINK, "published": "soon"}, "published", "published", "such as 2026-03-14"),
        ({"html": ""}, "html", "too_short", "is empty"),
        ({"html": 7}, "html", "string_type", "not a number"),
        ({"html": "x" * 2_000_001}, "html", "too_long", "at most 2,000,000"),
        ({"html": ARTICLE, "text": "Both."}, "html", "extra_forbidden", "not both"),
    ],
)
def test_what_the_web_can_tell_is_refused_at_once(
    client: FlaskClient, body: Any, field: str, code: str, message: str
) -> None:
    found = problem(post(client, body), 422, "invalid_article")
    error = next(error for error in found["errors"] if error["field"] == field)
    assert error["code"] == code
    assert message in error["message"]


def test_links_switched_off(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PARALLAX_LINKS", "false")
    settings.current.cache_clear()
    found = problem(post(client, {"url": LINK}), 422, "invalid_article")
    assert [(error["field"], error["code"]) for error in found["errors"]] == [("url", "link_off")]
    page = client.post("/", data={"url": LINK, "text": ""})
    assert page.status_code == 422
    assert "is not fetched. This Parallax fetches no links." in page.text
    settings.current.cache_clear()


def test_what_a_worker_finds_out_is_told_with_its_own_code(client: FlaskClient) -> None:
    identifier = post(client, {"url": LINK}).json["id"]
    store.fail(identifier, "harrow.example asks programs not to fetch this page.", "link_robots")
    found = problem(client.get(f"/api/v1/reports/{identifier}"), 422, "analysis_failed")
    assert found["detail"] == "harrow.example asks programs not to fetch this page."
    assert [(error["field"], error["code"]) for error in found["errors"]] == [("url", "link_robots")]
    assert "asks programs not to fetch" in client.get(f"/reports/{identifier}").text
    store.delete(identifier)


def test_files_go_their_own_ways(client: FlaskClient) -> None:
    word = make_docx()
    answer = send(
        client,
        ("bridge.docx", word),
        ("bridge.doc", b"old"),
        ("papers/bridge.pdf", make_pdf([["One line."]])),
        outlet="The Harrow Post",
    )
    assert answer.status_code == 202
    docx, doc, pdf = answer.json["files"]
    assert (docx["name"], docx["accepted"]["status"], docx["error"]) == ("bridge.docx", "queued", None)
    assert (doc["name"], doc["accepted"], doc["error"]["code"]) == ("bridge.doc", None, "file_other_format")
    assert doc["error"]["message"] == ".doc files can’t be read. Save it as .docx, or paste the article’s text."
    assert pdf["name"] == "bridge.pdf"
    held = store.article(docx["accepted"]["id"])
    assert isinstance(held, File)
    assert (held.name, held.content, held.outlet) == ("bridge.docx", word, "The Harrow Post")
    for one in (docx, pdf):
        store.delete(one["accepted"]["id"])


def test_files_that_can_all_not_be_read(client: FlaskClient) -> None:
    found = problem(send(client, ("a.xyz", b"x"), ("b.pdf", b"no pdf")), 422, "invalid_article")
    assert [error["code"] for error in found["errors"]] == ["file_unknown_type", "file_not_what_it_says"]
    assert found["errors"][1]["message"].startswith("b.pdf: The file’s content is not what .pdf promises.")


def test_requests_without_files_or_with_too_many(client: FlaskClient) -> None:
    assert problem(send(client), 422, "invalid_request")["errors"][0]["code"] == "missing"
    many = [(f"{at}.txt", b"One line.") for at in range(21)]
    assert problem(send(client, *many), 422, "invalid_request")["errors"][0]["code"] == "file_too_many"
    problem(client.post("/api/v1/files", json={}), 415, "unsupported_media_type")
    wrong = problem(send(client, ("a.txt", b"x"), published="soon"), 422, "invalid_article")
    assert wrong["errors"][0]["field"] == "published"


def test_files_too_large_together(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PARALLAX_FILES_BYTES", "1000")
    settings.current.cache_clear()
    problem(send(client, ("a.txt", b"x" * 1_100_000)), 413, "too_large")
    settings.current.cache_clear()


def test_a_store_that_is_nearly_full_takes_texts_but_no_files(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PARALLAX_STORE_BYTES", "1")
    settings.current.cache_clear()
    problem(send(client, ("a.txt", b"One more line.")), 503, "queue_full")
    problem(post(client, {"html": ARTICLE}), 503, "queue_full")
    identifier = post(client, {"text": "One more text."}).json["id"]
    store.delete(identifier)
    settings.current.cache_clear()


def test_one_file_by_form_leads_to_its_report(client: FlaskClient) -> None:
    answer = send(client, ("bridge.txt", b"One line."), address="/files")
    assert answer.status_code == 303
    identifier = answer.headers["Location"].removeprefix("/reports/")
    assert store.article(identifier) == File(name="bridge.txt", content=b"One line.")
    store.delete(identifier)


def test_files_can_be_kept_to_oneself(client: FlaskClient) -> None:
    answer = send(client, ("bridge.txt", b"One secret."), address="/files", private="yes", retain="no")
    identifier = answer.headers["Location"].removeprefix("/reports/")
    held = store.article(identifier)
    assert isinstance(held, File)
    assert (held.private, held.retain) == (True, False)
    store.delete(identifier)


def test_several_files_by_form_are_listed_with_their_refusals(client: FlaskClient) -> None:
    answer = send(client, ("a.txt", b"One."), ("b.txt", b"Two."), ("<c>.exe", b"MZ"), address="/files")
    assert answer.status_code == 202
    assert "2 of 3 files are being read" in answer.text
    assert "&lt;c&gt;.exe" in answer.text
    assert "Files .exe can’t be read." in answer.text
    assert answer.text.count('href="/reports/') == 2
    assert send(client, ("c.exe", b"MZ"), address="/files").status_code == 422


def test_a_form_with_an_address_alone_sends_a_link(client: FlaskClient) -> None:
    answer = client.post("/", data={"url": LINK, "text": " ", "title": "", "outlet": "The Harrow Post"})
    assert answer.status_code == 303
    identifier = answer.headers["Location"].removeprefix("/reports/")
    assert store.article(identifier) == Link(url=LINK, outlet="The Harrow Post")
    store.delete(identifier)


def test_pasted_source_is_refused_with_an_offer_that_works_without_scripts(client: FlaskClient) -> None:
    refused = client.post("/", data={"text": ARTICLE, "outlet": "The Harrow Post"})
    assert refused.status_code == 422
    assert 'formaction="/?as=html"' in refused.text
    assert "&lt;!doctype html&gt;" in refused.text
    taken = client.post("/?as=html", data={"text": ARTICLE, "outlet": "The Harrow Post"})
    assert taken.status_code == 303
    identifier = taken.headers["Location"].removeprefix("/reports/")
    assert store.article(identifier) == Page(html=ARTICLE, outlet="The Harrow Post")
    store.delete(identifier)
    assert 'id="text-error"' in client.post("/?as=html", data={"text": ""}).text


def test_an_extracted_text_can_be_corrected(client: FlaskClient, stored: Report) -> None:
    origin = Origin(kind="link", name=LINK, fetched=LINK, tool="trafilatura 2", extracted_at="2026-03-14T10:00:00Z")
    identifier = queue.submit_link(LINK, private=True).id
    extracted = stored.model_copy(
        update={
            "id": identifier,
            "provenance": stored.provenance.model_copy(update={"origin": origin}),
            "notes": [Note(code="extracted", message="The text was extracted from the page at harrow.example.")],
        }
    )
    assert store.save(extracted)
    page = client.get(f"/reports/{identifier}").text
    assert "The text was extracted from the page at harrow.example." in page
    assert f'href="/?correct={identifier}"' in page
    form = client.get(f"/?correct={identifier}").text
    article = stored.article
    filled = {field: look(form, f"//input[@id='{field}']/@value") for field in ("outlet", "published")}
    assert filled == {"outlet": [article.outlet], "published": [article.published]}
    assert look(form, "//textarea[@id='text']")[0].text.lstrip() == article.text[article.title_end :].strip()
    assert look(form, f"//a[@href='/reports/{identifier}']")
    assert look(form, "//input[@id='private-yes']/@checked")  # what was private stays so
    # Sent as it is, it is an article of its own, with the same text.
    sent = client.post("/", data={"title": article.title, "text": article.text[article.title_end + 2 :]})
    assert sent.headers["Location"] != f"/reports/{identifier}"
    assert client.get("/?correct=unknown").status_code == 404
    store.delete(identifier)
    store.delete(sent.headers["Location"].removeprefix("/reports/"))
