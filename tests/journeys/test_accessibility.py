"""axe finds nothing on any page, in light and dark, wide and narrow."""

from __future__ import annotations

import re
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.conftest import House


def open_page(name: str, house: House, page: Page) -> None:
    """Go where the test wants to look."""
    addresses = {"start": "/", "chooser": "/compare", "method": "/method", "docs": "/api/docs", "error": "/nothing"}
    page.goto(house.url + addresses.get(name, "/"))
    if name == "form with errors":
        page.get_by_text("Where it comes from").click()
        page.get_by_label("Published").fill("soon")
        page.get_by_role("button", name="Read it").click()
        expect(page.get_by_text("Not sent yet.")).to_be_visible()
    elif name.startswith("report"):
        page.get_by_role("button", name="Read an example").click()
        expect(page.get_by_role("heading", name="What stands out")).to_be_visible(timeout=60_000)
        page.keyboard.press("?" if name == "report, keys" else "n")
    elif name == "comparison":
        page.get_by_role("button", name="Compare all three").click()
        expect(page.get_by_role("heading", name=re.compile("side by side"))).to_be_visible(timeout=60_000)


SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
PAGES = [
    "start", "form with errors", "chooser", "method", "docs", "error", "report", "report, keys", "comparison",
]  # fmt: skip


@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing(house: House, browser: Browser, name: str) -> None:
    context = browser.new_context(viewport={"width": 1280, "height": 800}, reduced_motion="reduce")
    page = context.new_page()
    open_page(name, house, page)
    for width in (1280, 360):
        page.set_viewport_size({"width": width, "height": 800})
        for scheme in SCHEMES:
            page.emulate_media(color_scheme=scheme)
            found = Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
            told = [(fault["id"], [node["html"][:160] for node in fault["nodes"][:3]]) for fault in found]
            assert told == [], (width, scheme)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    context.close()
