"""Three articles of one event become a story, which is compared on one click; the outlets stand in their list."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from service import examples
from tests.conftest import Service, start_service


def send(service: Service, page: Page, title: str, outlet: str, text: str, published: str) -> None:
    """Read an article through the form, and wait for its report."""
    page.goto(service.url)
    page.get_by_label("Headline").fill(title)
    page.get_by_label("Text", exact=True).fill(text)
    if not page.get_by_label("Outlet").is_visible():
        page.get_by_text("Where it comes from").click()
    page.get_by_label("Outlet").fill(outlet)
    page.get_by_label("Published").fill(published)
    page.get_by_role("button", name="Read it").click()
    expect(page.get_by_role("heading", name="At a glance")).to_be_visible()


@pytest.fixture
def empty_service(tmp_path: Path) -> Iterator[Service]:
    """A house of its own: other journeys tell the same event again and again."""
    service = start_service(tmp_path)
    yield service
    service.stop()


def test_three_articles_become_a_story_and_are_compared_on_one_click(empty_service: Service, browser: Browser) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    for article in examples.ARTICLES:
        outlet = f"{article.outlet} (late edition)"
        send(empty_service, page, article.title or "", outlet, f"{article.text}\n\nLate.", article.published or "")
    expect(page.get_by_role("link", name="One story, 3 reports")).to_be_visible()
    page.get_by_role("link", name="Stories").click()
    story = page.get_by_role("article").filter(has_text="The Harbour Ledger (late edition)")
    expect(story).to_contain_text(examples.ARTICLES[0].title or "")
    story.get_by_role("heading").get_by_role("link").click()
    expect(page.get_by_text("One event, told by 3 reports")).to_be_visible()
    page.get_by_role("link", name=re.compile("Compare all")).click()
    expect(page.get_by_role("heading", name=re.compile("articles, side by side"))).to_be_visible()
    page.get_by_role("link", name="Outlets").click()
    page.get_by_role("link", name="Tidewater Voice (late edition)").click()
    expect(page.get_by_text("Too little to say: 1 of 10 articles")).to_be_visible()
    expect(page.get_by_role("link", name=examples.ARTICLES[2].title or "", exact=True)).to_be_visible()
    context.close()
