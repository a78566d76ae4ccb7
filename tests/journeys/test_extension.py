"""Parallax on somebody else's page by its extension, in a real Chromium, on pages of our own."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import BrowserContext, Page, Playwright, expect

from doors.__main__ import main as build
from tests.browser import ARGUMENTS, find_browser
from tests.conftest import PATIENCE, Service
from tests.journeys.marking import LAYOUT, PLAIN, click_word, marked
from tests.site import Site


@pytest.fixture(scope="module")
def extended(
    playwright: Playwright, service: Service, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[BrowserContext]:
    """A Chromium with the extension as it is built, told where our Parallax is on its own page of options."""
    folder = tmp_path_factory.mktemp("doors")
    build([str(folder / "built")])
    extension = folder / "built" / "extension"
    context = playwright.chromium.launch_persistent_context(
        folder / "profile",
        executable_path=find_browser(playwright),
        args=[*ARGUMENTS, f"--load-extension={extension}", f"--disable-extensions-except={extension}",
              "--enable-unsafe-extension-debugging"],
        ignore_default_args=["--disable-extensions"],
    )  # fmt: skip
    context.set_default_timeout(PATIENCE * 1000)
    options = find_options(context)  # which it opens by itself, once it is installed
    expect(options.get_by_label("Address")).to_have_value("http://127.0.0.1:8000")
    options.get_by_label("Address").fill(service.url)
    options.get_by_role("button", name="Save").click()
    expect(options.get_by_role("status")).to_have_text("Saved.")
    options.close()
    yield context
    context.close()


def find_options(context: BrowserContext) -> Page:
    address = f"chrome-extension://{find_id(context)}/options.html"
    for _ in range(round(10 * PATIENCE)):
        if found := [page for page in context.pages if page.url == address]:
            return found[0]
        context.pages[0].wait_for_timeout(100)
    raise AssertionError("the extension opened no page of options")


def find_id(context: BrowserContext) -> str:
    workers = context.service_workers or [context.wait_for_event("serviceworker")]
    return workers[0].url.split("/")[2]


def click_button(context: BrowserContext, page: Page) -> None:
    """Click the extension's button in the bar of the tab that shows this page, as a person does."""
    page.bring_to_front()
    assert context.browser
    session = context.browser.new_browser_cdp_session()
    tabs = session.send("Target.getTargets", {"filter": [{"type": "tab"}]})["targetInfos"]
    (tab,) = (tab["targetId"] for tab in tabs if tab["url"] == page.url)
    session.send("Extensions.triggerAction", {"id": find_id(context), "targetId": tab})


def test_the_extension_marks_the_page_it_is_clicked_on(pages: Site, extended: BrowserContext) -> None:
    page = extended.new_page()
    page.goto(pages.url("/plain", host="localhost"))  # an address that only the click opens to the extension
    before = page.evaluate(LAYOUT)
    click_button(extended, page)
    found = marked(page)
    assert {name: found[name] for name in PLAIN} == PLAIN
    assert page.evaluate(LAYOUT) == before
    click_word(page, "term-negative-outlet", "tyrant")
    expect(page.get_by_role("region", name="Parallax")).to_contain_text("tyrant: label, negative")
    with extended.expect_page() as opened:
        page.get_by_role("link", name="Open the report").click()
    expect(opened.value.get_by_role("heading", level=1)).to_contain_text("Council closes bridge")
    page.close()


def test_the_extension_on_a_page_under_the_strictest_policy(pages: Site, extended: BrowserContext) -> None:
    page = extended.new_page()
    page.goto(pages.url("/scripted", host="localhost"))
    click_button(extended, page)
    assert "reckless" in marked(page)["term-negative-outlet"]
    page.close()


def test_the_extension_reaches_no_page_without_a_click(pages: Site, extended: BrowserContext) -> None:
    page = extended.new_page()
    page.goto(pages.url("/walled", host="localhost"))
    refused = extended.service_workers[0].evaluate(
        """async () => {
          const tabs = await chrome.tabs.query({ active: true, lastFocusedWindow: true });
          const target = { tabId: tabs[0].id };
          return chrome.scripting.executeScript({ target, func: () => document.title }).catch(String);
        }"""
    )
    assert "annot access contents" in refused
    page.close()


def test_a_parallax_that_does_not_answer_is_said_on_the_page(pages: Site, extended: BrowserContext) -> None:
    worker = extended.service_workers[0]
    kept = worker.evaluate("() => chrome.storage.local.get()")
    worker.evaluate("() => chrome.storage.local.set({ address: 'http://127.0.0.1:9' })")
    page = extended.new_page()
    page.goto(pages.url("/plain", host="localhost"))
    click_button(extended, page)
    expect(page.get_by_role("alert")).to_contain_text("http://127.0.0.1:9 does not answer")
    page.get_by_role("button", name="Close").click()
    expect(page.get_by_role("alert")).to_have_count(0)
    worker.evaluate("(kept) => chrome.storage.local.set(kept)", kept)
    page.close()
