"""Feeds through the web: added, paused, resumed, removed, by page and by JSON."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

URL = "https://press.example/feed.xml"


def test_a_feeds_life_in_json(client: FlaskClient) -> None:
    sent = client.post("/api/v1/feeds", json={"url": URL, "outlet": "The Quay"})
    feed = sent.get_json()
    assert (sent.status_code, feed["status"], feed["outlet"], feed["interval"]) == (201, "active", "The Quay", 900)
    where = sent.headers["Location"]
    assert client.post("/api/v1/feeds", json={"url": URL}).status_code == 200
    assert [one["url"] for one in client.get("/api/v1/feeds").get_json()["feeds"]] == [URL]
    assert client.post(f"{where}/pause").get_json()["status"] == "paused"
    assert client.get(where).get_json()["next"] is None
    assert client.post(f"{where}/resume").get_json()["status"] == "active"
    assert client.delete(where).status_code == 204
    assert [client.get(where).status_code, client.post(f"{where}/pause").status_code] == [404, 404]


def test_what_is_refused_names_field_and_limit(client: FlaskClient) -> None:
    refused = client.post("/api/v1/feeds", json={"url": URL, "interval": 5}).get_json()
    assert [(e["field"], e["code"]) for e in refused["errors"]] == [("interval", "too_often")]
    assert "at least 300 seconds" in refused["detail"]
    refused = client.post("/api/v1/feeds", json={"url": "feed:x"}).get_json()
    assert [(e["field"], e["code"]) for e in refused["errors"]] == [("url", "url")]


@pytest.mark.parametrize(
    ("outlet", "code"),
    [
        ("The\x07 Quay", "control_character"),
        ("Quay\x7f", "control_character"),
        ("\x00", "control_character"),
        ("%PDF-1.4", "looks_like_pdf"),
        ("Q" * 2_001, "too_long"),
    ],
)
def test_an_outlet_that_no_article_may_have_is_refused_at_once(client: FlaskClient, outlet: str, code: str) -> None:
    refused = client.post("/api/v1/feeds", json={"url": URL, "outlet": outlet})
    errors = refused.get_json()["errors"]
    assert (refused.status_code, [(e["field"], e["code"]) for e in errors]) == (422, [("outlet", code)])
    assert client.post("/feeds", data={"url": URL, "outlet": outlet}).status_code == 422 or outlet == "\x00"
    assert client.get("/api/v1/feeds").get_json()["feeds"] == []


def test_a_feeds_life_on_its_page(client: FlaskClient) -> None:
    assert "No feed is watched yet." in client.get("/feeds").text
    wrong = client.post("/feeds", data={"url": "press", "outlet": "The <Quay>"})
    assert (wrong.status_code, 'value="The &lt;Quay&gt;"' in wrong.text) == (422, True)
    assert "must be a full http:// or https:// address" in wrong.text
    added = client.post("/feeds", data={"url": URL, "outlet": ""})
    assert added.status_code == 303
    page = client.get(added.headers["Location"]).text
    assert "about to be looked at for the first time" in page
    paused = client.post(f"{added.headers['Location']}/pause", follow_redirects=True).text
    assert "<b>Paused.</b>" in paused
    assert "Resume" in paused
    gone = client.post(f"{added.headers['Location']}/remove", follow_redirects=True).text
    assert "No feed is watched yet." in gone
