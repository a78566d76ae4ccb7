"""Marks that turn text around are shown, never obeyed; in a form's fields they stay as they were typed."""

from __future__ import annotations

import html

from flask.testing import FlaskClient

from models.article import Article
from models.report import Report
from workers import store

TURNED = "Mayor \u202eevil\u202c \u2066speaks\u2069"


def test_a_page_shows_the_marks_as_signs(client: FlaskClient, stored: Report) -> None:
    text = stored.article.text.replace("A", "\u202e")
    article = stored.article.model_copy(update={"title": TURNED, "outlet": TURNED, "text": text})
    store.delete(stored.id)
    store.claim(stored.id, Article(title=TURNED, text="A bridge was closed. " * 5))
    assert store.save(stored.model_copy(update={"article": article}))
    for address in (f"/reports/{stored.id}", "/", f"/compare?report={stored.id}"):
        page = client.get(address).text
        assert "Mayor \ufffdevil\ufffd \ufffdspeaks\ufffd" in page
        assert not any(mark in page for mark in "\u202e\u202c\u2066\u2069")
    assert client.get(f"/api/v1/reports/{stored.id}").json["article"]["title"] == TURNED


def test_a_form_gives_back_what_was_typed(client: FlaskClient) -> None:
    page = client.post("/", data={"title": TURNED, "text": ""}).text
    assert "\u202e" not in page
    assert f'value="{TURNED}"' in html.unescape(page)
