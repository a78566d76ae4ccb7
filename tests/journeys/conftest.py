"""What journeys share: a tab of a real Chromium, and pages that are somebody else's."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.site import Reply, Site

PAGES = Path(__file__).parents[1] / "pages"
HTML = "text/html; charset=utf-8"
# As strict as a page can be: no script, style, frame or connection but its own.
STRICT = (
    "default-src 'none'; script-src 'nonce-quay'; style-src 'nonce-quay'; require-trusted-types-for 'script'; "
    "trusted-types 'none'; base-uri 'none'; form-action 'none'"
)


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A fresh tab that fails the test on any fault in a script or refusal by the content policy."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, reduced_motion="reduce")
    opened = context.new_page()
    faults: list[str] = []
    opened.on("pageerror", lambda error: faults.append(str(error)))
    opened.on("console", lambda said: faults.append(said.text) if "Content Security Policy" in said.text else None)
    yield opened
    context.close()
    assert faults == []


@pytest.fixture
def pages(site: Site) -> Site:
    for name in ("plain", "scripted", "walled"):
        policy = {"Content-Security-Policy": STRICT} if name == "scripted" else {}
        site.pages[f"/{name}"] = Reply(
            (PAGES / f"{name}.html").read_text("utf-8"), headers={"Content-Type": HTML} | policy
        )
    return site
