"""The panel of the WordPress plugin in a real Chromium, without WordPress: what it sends, how it waits, what it marks.

React and the editor's stores are played by a few lines; the real ones are in test_wordpress.py.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Route, expect

import models
from service import page_marks
from workers.settings import HOUSE

CONTENT = """<!-- wp:paragraph --><p>The <strong>regime</strong> in city hall shut
the old bridge on Monday.</p><!-- /wp:paragraph --><!-- wp:quote --><blockquote class="wp-block-quote">
<p>A disgraceful betrayal.</p><cite>Ana Moore</cite></blockquote><!-- /wp:quote -->
<!-- wp:list --><ul><li>The bus<ul><li>The ferry</li></ul></li></ul><!-- /wp:list -->
<!-- wp:heading --><h2>What next</h2><!-- /wp:heading --><!-- wp:paragraph --><p> </p><!-- /wp:paragraph -->"""
TEXT = (
    "The regime in city hall shut the old bridge on Monday.\n\n> A disgraceful betrayal.\n\n> Ana Moore\n\n"
    "The bus\n\nThe ferry\n\nWhat next"
)
REPORT = "0123456789abcdef" * 2
EDITOR = (HOUSE / "tests" / "pages" / "editor.html").read_text("utf-8").replace("CONTENT_SHOWN", CONTENT)
FILES = {
    "/marks.js": HOUSE / "service" / "static" / "marks.js",
    "/panel.js": HOUSE / "doors" / "wordpress" / "parallax" / "panel.js",
}


class Newsroom:
    """An editor's page, and what its server was sent; `refusal`, where set, is what it answers."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.sent: list[dict[str, Any]] = []
        self.asked = 0
        self.refusal: dict[str, Any] | None = None
        report = models.analyze(TEXT, title="Tyrant closes bridge")
        self.marks = page_marks.write(report, f"http://parallax.example/api/v1/reports/{REPORT}")
        page.route("http://news.example/**", self.answer)
        page.goto("http://news.example/editor")

    def answer(self, route: Route) -> None:
        path = route.request.url.removeprefix("http://news.example")
        if path in FILES:
            route.fulfill(path=FILES[path])
        elif path == "/editor":
            route.fulfill(body=EDITOR, content_type="text/html")
        elif self.refusal:
            route.fulfill(status=502, json=self.refusal)
        elif path == "/wp-json/parallax/v1/read":
            self.sent.append(json.loads(route.request.post_data or ""))
            route.fulfill(json={"id": REPORT, "page": f"http://parallax.example/reports/{REPORT}"})
        else:
            assert path == f"/wp-json/parallax/v1/marks/{REPORT}"
            self.asked += 1
            route.fulfill(
                status=202 if self.asked == 1 else 200, json={"status": "queued"} if self.asked == 1 else self.marks
            )


@pytest.fixture
def newsroom(browser: Browser) -> Iterator[Newsroom]:
    page = browser.new_page()
    yield Newsroom(page)
    page.close()


def marked(page: Page) -> list[list[str]]:
    found: list[list[str]] = page.evaluate(
        "() => [...CSS.highlights].flatMap(([name, marks]) => [...marks].map((range) => [name, range.toString()]))"
    )
    return found


def test_the_draft_is_sent_as_text_waited_for_and_marked_in_the_editor_alone(newsroom: Newsroom) -> None:
    page = newsroom.page
    before = page.locator(".editor-styles-wrapper").inner_html()
    page.get_by_role("button", name="Read the draft").click()
    expect(page.get_by_role("link", name="Open the report")).to_have_attribute(
        "href", f"http://parallax.example/reports/{REPORT}"
    )
    assert newsroom.sent == [{"post": 7, "title": "Tyrant closes bridge", "text": TEXT}]
    assert newsroom.asked == 2
    expect(page.locator(".parallax-findings")).to_contain_text("regime: label, negative")
    found = marked(page)
    assert ["parallax-term-negative-outlet", "Tyrant"] in found
    assert [text for _, text in found].count("regime") == 1  # not that of the menus
    assert ["parallax-term-negative-quoted", "disgraceful betrayal"] in found
    assert page.locator(".editor-styles-wrapper").inner_html() == before
    page.get_by_role("button", name="regime: label, negative").click()
    page.get_by_role("button", name="Read it again").click()
    page.wait_for_function("() => [...CSS.highlights.values()].some((marks) => marks.size)")
    assert sorted(marked(page)) == sorted(found)


def test_what_was_refused_is_said(newsroom: Newsroom) -> None:
    newsroom.refusal = {"code": "parallax_away", "message": "The Parallax at http://127.0.0.1:8000 does not answer."}
    newsroom.page.get_by_role("button", name="Read the draft").click()
    expect(newsroom.page.get_by_role("alert")).to_have_text(newsroom.refusal["message"])
    assert marked(newsroom.page) == []
