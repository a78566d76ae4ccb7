"""The pages: each with its status, its words, and everything that was typed escaped and kept."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from models.article import Article
from models.report import Report
from service import examples
from tests.service.html import look, read
from workers import queue, settings, store

ATTACK = "<script>alert('x')</script>\"'><img src=x onerror=alert(1)>"
# What a browser would run, or fetch, if it took the attack for a part of the page.
RUN = "//script[contains(., 'alert(')] | //img[@src='x'] | //@onerror | //@*[starts-with(., 'javascript:')]"


def send(client: FlaskClient, **fields: str) -> TestResponse:
    return client.post("/", data=fields)


def test_start_page_has_form_example_and_what_was_read_lately(client: FlaskClient, stored: Report) -> None:
    page = client.get("/").text
    for field in ("title", "outlet", "author", "url", "published", "text"):
        assert f'name="{field}"' in page
    assert f'href="/reports/{stored.id}"' in page
    assert 'value="three"' in page


def test_a_form_sent_leads_to_its_report(client: FlaskClient) -> None:
    answer = send(client, text="One line.\r\nAnother.", title="Lines", outlet="", published="")
    assert answer.status_code == 303
    identifier = answer.headers["Location"].removeprefix("/reports/")
    # The same article by the API joins the same job: a browser's line ends make no difference.
    assert queue.submit(Article(text="One line.\nAnother.", title="Lines")).id == identifier
    store.delete(identifier)


def test_a_form_with_errors_keeps_what_was_typed(client: FlaskClient) -> None:
    answer = send(client, text="  ", title="Kept & kept", outlet="The “Outlet”", url="nowhere", published="soon")
    assert answer.status_code == 422
    page = answer.text
    kept = {field: look(page, f"//input[@id='{field}']/@value") for field in ("title", "outlet", "url")}
    assert kept == {"title": ["Kept & kept"], "outlet": ["The “Outlet”"], "url": ["nowhere"]}
    assert sorted(look(page, "//*[@aria-invalid='true']/@id")) == ["published", "url"]
    for field in ("url", "published"):
        assert look(page, f"//*[@id='{field}']/@aria-describedby") == [f"{field}-hint {field}-error"]
        assert read(page, f"//*[@id='{field}-error']")
    assert look(page, "//a[@href='#url']")
    assert look(page, "//*[@id='text-error']") == []  # an address without a text is a link
    assert read(send(client, text="  ", title="Kept").text, "//*[@id='text-error']").startswith("Text holds nothing")


@pytest.mark.parametrize(
    ("typed", "taken"),
    [
        ("www.gazette.example/pact", "https://www.gazette.example/pact"),
        ("gazette.example", "https://gazette.example"),
        (" gazette.example:8080/a?b=1#c ", "https://gazette.example:8080/a?b=1#c"),
        ("http://gazette.example", "http://gazette.example"),
        ("nowhere", None),
        ("javascript:alert(1)", None),
        ("two words.example", None),
        ("ftp://gazette.example", None),
    ],
)
def test_an_address_needs_no_scheme(client: FlaskClient, typed: str, taken: str | None) -> None:
    answer = send(client, text="The bridge is open.", url=typed)
    if taken is None:
        assert answer.status_code == 422
        assert read(answer.text, "//*[@id='summary']//a").startswith("Address must be one of the web, such as")
        return
    identifier = answer.headers["Location"].removeprefix("/reports/")
    assert queue.submit(Article(text="The bridge is open.", url=taken)).id == identifier
    store.delete(identifier)


def test_who_finds_a_report_is_chosen_beside_the_button_and_remembered(client: FlaskClient) -> None:
    chosen = "//form[@action='/']//input[@name='private'][@checked]/@value"
    assert look(client.get("/").text, chosen) == ["no"]
    answer = send(client, text="For few eyes alone.", private="yes")
    identifier = answer.headers["Location"].removeprefix("/reports/")
    assert store.state(identifier).listed is False  # type: ignore[union-attr]
    cookie = answer.headers["Set-Cookie"]
    assert {"HttpOnly", "SameSite=Lax", "parallax-private=yes"} <= set(cookie.split("; "))
    assert look(client.get("/").text, chosen) == ["yes"]
    assert look(client.get("/").text, "//input[@name='private'][@checked]/@id") == ["private-yes", "files-private-yes"]
    ours = {"Origin": "http://localhost"}  # as every browser says of a form
    edit = client.post("/", data={"text": "An edit. " * 3}, headers=ours)
    assert (edit.status_code, edit.headers.get("Set-Cookie")) == (303, None)  # nothing was chosen
    client.post("/", data={"text": "For everybody.", "private": "no"}, headers=ours)
    assert look(client.get("/").text, chosen) == ["no"]
    store.delete(identifier)


def test_the_operator_proposes_who_finds_a_report(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PARALLAX_PRIVATE", "true")
    settings.current.cache_clear()
    chosen = look(client.get("/").text, "//form[@action='/']//input[@name='private'][@checked]/@value")
    monkeypatch.undo()
    settings.current.cache_clear()
    assert chosen == ["yes"]


def test_a_form_with_too_much_text_says_how_much(client: FlaskClient) -> None:
    answer = send(client, text="word " * 50_000)
    assert answer.status_code == 422
    assert "250,000 characters long; at most 200,000" in answer.text


def test_broken_forms(client: FlaskClient) -> None:
    assert client.post("/", data=b"text=%ff%fe", content_type="application/x-www-form-urlencoded").status_code == 400
    assert client.post("/", data=b"{}", content_type="application/json").status_code == 415
    many = "&".join(f"f{at}=1" for at in range(99))
    assert client.post("/", data=many, content_type="application/x-www-form-urlencoded").status_code == 400
    assert client.post("/", data={"text": "Sent in parts."}, content_type="multipart/form-data").status_code == 303


def test_a_lost_store_keeps_what_was_typed(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    def lose(*_: object, **__: object) -> None:
        raise store.StoreUnavailable("The store does not answer (TimeoutError).")

    monkeypatch.setattr(store, "recent", lose)
    monkeypatch.setattr(queue, "submit", lose)
    assert client.get("/").status_code == 200
    answer = send(client, text="Hours of typing.", title="Mine")
    assert answer.status_code == 503
    assert "Hours of typing." in answer.text
    assert 'role="alert"' in answer.text
    assert int(answer.headers["Retry-After"]) > 0


def test_waiting_page_says_where_and_looks_again_without_scripts(client: FlaskClient) -> None:
    first = queue.submit(Article(text="First in line.")).id
    second = queue.submit(Article(text="Second in line.")).id
    answer = client.get(f"/reports/{second}")
    assert answer.status_code == 202
    position = store.state(second).position  # type: ignore[union-attr]
    assert f"Number {position} in the queue" in answer.text
    assert '<noscript><meta http-equiv="refresh"' in answer.text
    store.delete(first)
    store.delete(second)


def test_failed_article_says_why(client: FlaskClient) -> None:
    identifier = queue.submit(Article(text="Bound to fail on a page.")).id
    store.fail(identifier, "It took longer than 3 seconds, twice.")
    answer = client.get(f"/reports/{identifier}")
    assert answer.status_code == 422
    assert "It took longer than 3 seconds, twice." in answer.text
    assert 'href="/"' in answer.text
    store.delete(identifier)


def test_everything_submitted_is_escaped(client: FlaskClient, report: Report) -> None:
    assert look(send(client, text=" ", title=ATTACK, outlet=ATTACK, author=ATTACK, url=ATTACK).text, RUN) == []
    identifier = queue.submit(Article(text=ATTACK)).id
    facts = report.article.model_copy(
        update={"title": ATTACK, "outlet": ATTACK, "author": ATTACK, "text": ATTACK, "title_end": 0,
                "url": "javascript:alert(1)", "published": ATTACK}
    )  # fmt: skip
    term = report.vocabulary.terms[0].model_copy(update={"start": 0, "end": 8, "text": ATTACK, "note": ATTACK})
    words = report.vocabulary.model_copy(update={"terms": [term]})
    attacked = {"id": identifier, "article": facts, "vocabulary": words, "sentences": [], "entities": []}
    store.save(report.model_copy(update=attacked))
    for address in (f"/reports/{identifier}", "/", "/compare", f"/compare?report={identifier}", f"/compare?q={ATTACK}"):
        assert look(client.get(address).text, RUN) == [], address
    assert look(client.get(f"/reports/{ATTACK}").text, RUN) == []
    store.delete(identifier)


def test_delete_asks_first(client: FlaskClient, stored: Report) -> None:
    asked = client.post(f"/reports/{stored.id}/delete")
    assert "Delete this report?" in asked.text
    assert store.report(stored.id)
    assert "are gone" in client.post(f"/reports/{stored.id}/delete", data={"sure": "yes"}).text
    assert store.report(stored.id) is None
    assert client.get(f"/reports/{stored.id}").status_code == 404


def test_another_site_can_not_send_our_forms(client: FlaskClient, stored: Report) -> None:
    for headers in (
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
    ):
        answer = client.post(f"/reports/{stored.id}/delete", data={"sure": "yes"}, headers=headers)
        assert answer.status_code == 403
        assert client.delete(f"/api/v1/reports/{stored.id}", headers=headers).status_code == 403
    assert store.report(stored.id)
    for headers in ({"Sec-Fetch-Site": "same-origin"}, {"Origin": "http://localhost"}):
        assert client.post(f"/reports/{stored.id}/delete", headers=headers).status_code == 200


@pytest.mark.parametrize("address", ["/", "/compare", "/method", "/api/docs", "/nothing", "/static/base.css"])
def test_headers_that_keep_a_browser_careful(client: FlaskClient, address: str) -> None:
    answer = client.get(address)
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Referrer-Policy"] == "same-origin"
    if answer.mimetype == "text/html":
        assert look(answer.text, "//@*[starts-with(name(), 'on')] | //@style | //style | //script[not(@src)]") == []
        assert not [at for at in look(answer.text, "//@src | //@href") if at.startswith(("http:", "https:", "//"))]


def test_error_pages_are_pages(client: FlaskClient) -> None:
    for answer, status in ((client.get("/nothing"), 404), (client.get("/reports/none"), 404), (client.put("/"), 405)):
        assert (answer.status_code, answer.mimetype) == (status, "text/html")
        assert 'href="/"' in answer.text


def test_chooser_finds_and_keeps_what_was_chosen(client: FlaskClient, stored: Report) -> None:
    page = client.get(f"/compare?report={stored.id}").text
    assert look(page, "//input[@checked]/@value") == [stored.id]
    assert "One is chosen. Choose one to five more" in page
    assert "One is chosen" not in client.get("/compare").text
    assert "No report has these words" in client.get("/compare?q=xyzzy").text
    assert client.get("/compare?cursor=x").status_code == 400
    assert "At most six" in client.get("/compare?" + "&".join(f"report={at}" for at in range(7))).text
    assert client.get(f"/compare?report={stored.id}&report=gone").status_code == 404


def test_what_has_no_headline_is_called_by_its_first_words(client: FlaskClient, report: Report) -> None:
    facts = report.article.model_copy(update={"title": None, "title_end": 0, "text": "A bell rang. " * 9})
    identifier = queue.submit(Article(text="Without a headline.")).id
    store.save(report.model_copy(update={"id": identifier, "article": facts}))
    called = "A bell rang. A bell rang. …"
    for path in ("/", "/compare", f"/compare?report={identifier}"):
        assert called in client.get(path).text, path
    (listed,) = client.get("/api/v1/reports?limit=1").json["reports"]
    assert (listed["title"], listed["opening"]) == (None, called)
    store.delete(identifier)


def test_comparison_waits_for_its_reports(client: FlaskClient, stored: Report) -> None:
    waiting = queue.submit(Article(text="Compared before it is read.")).id
    answer = client.get(f"/compare?report={stored.id}&report={waiting}")
    assert answer.status_code == 202
    assert "into the comparison by itself" in answer.text
    store.delete(waiting)


def test_examples_are_three_short_articles_of_our_own(client: FlaskClient) -> None:
    assert len({article.outlet for article in examples.ARTICLES}) == 3
    assert all(150 <= len(article.text.split()) <= 250 for article in examples.ARTICLES)
    one = client.post("/examples", data={"which": "one"})
    assert (one.status_code, one.headers["Location"]) == (303, f"/reports/{queue.submit(examples.ARTICLES[1]).id}")
    three = client.post("/examples", data={"which": "three"})
    assert three.headers["Location"].count("report=") == 3
    for article in examples.ARTICLES:
        store.delete(queue.submit(article).id)
