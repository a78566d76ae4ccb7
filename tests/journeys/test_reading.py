"""What a person does, in a real Chromium against the whole service."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from service import examples
from tests.conftest import Service

LEDGER = examples.ARTICLES[1]
SHOWN = re.compile(r"/reports/[0-9a-f]{32}")


@pytest.fixture(scope="session")
def ledger(service: Service, browser: Browser) -> str:
    """Address of the example report."""
    page = browser.new_page()
    page.goto(service.url)
    page.get_by_role("button", name="Read an example").click()
    expect(page.get_by_role("heading", name="What stands out")).to_be_visible(timeout=60_000)
    address = page.url
    page.close()
    return address


def test_from_the_form_to_the_report(service: Service, page: Page) -> None:
    page.goto(service.url)
    page.get_by_label("Headline").fill("A bridge of one’s own")
    page.get_by_label("Text").fill("The reckless regime of Marrow Hill closed the bridge. " * 12)
    page.get_by_text("Where it comes from").click()
    page.get_by_label("Outlet").fill("The Plain Gazette")
    page.get_by_role("button", name="Read it").click()
    page.wait_for_url(SHOWN)
    expect(page.get_by_role("heading", name="What stands out")).to_be_visible(timeout=60_000)
    expect(page.get_by_role("heading", level=1)).to_contain_text("A bridge of one’s own")
    expect(page.locator("u.term").first).to_be_visible()


def test_an_error_keeps_the_text_and_takes_the_focus(service: Service, page: Page) -> None:
    page.goto(service.url)
    page.get_by_label("Text").fill("A fine text.")
    page.get_by_text("Where it comes from").click()
    page.get_by_label("Published").fill("last week")
    page.get_by_role("button", name="Read it").click()
    expect(page.get_by_label("Published")).to_be_focused()
    expect(page.get_by_label("Text")).to_have_value("A fine text.")
    expect(page.locator("#published-error")).to_contain_text("ISO 8601")


def test_a_mark_opens_its_note_and_escape_closes_it(ledger: str, page: Page) -> None:
    page.goto(ledger)
    word = page.locator("#story u.term:not(:has(*))").first  # of marks in each other, the innermost answers
    n = word.get_attribute("data-n")
    note = page.locator(f"#n{n}")
    expect(note.locator(".more")).to_be_hidden()
    word.click()
    expect(note.locator(".more")).to_be_visible()
    level = abs(note.bounding_box()["y"] - word.bounding_box()["y"])  # type: ignore[index]
    line = page.locator("#n1").bounding_box()["height"]  # type: ignore[index]
    assert level < line * int(n or 0)  # as level as the notes before it, the headline's among them, let it be
    note.hover()
    expect(note.locator(".more")).to_be_visible()
    page.keyboard.press("Escape")
    expect(note.locator(".more")).to_be_hidden()


def test_everything_by_keyboard(ledger: str, page: Page) -> None:
    page.goto(ledger)
    refs = page.locator("main a.ref")
    page.keyboard.press("n")
    expect(refs.nth(0)).to_be_focused()
    page.keyboard.press("n")
    expect(refs.nth(1)).to_be_focused()
    second = page.locator(f"#n{refs.nth(1).get_attribute('data-n')}")
    expect(second.locator(".more")).to_be_visible()
    page.keyboard.press("Enter")
    expect(second).to_be_focused()
    page.keyboard.press("Escape")
    expect(second.locator(".more")).to_be_hidden()
    expect(refs.nth(1)).to_be_focused()
    page.keyboard.press("p")
    expect(refs.nth(0)).to_be_focused()
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_be_visible()
    page.get_by_label("next mark").uncheck()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_be_hidden()
    page.keyboard.press("n")
    expect(refs.nth(1)).not_to_be_focused()
    page.reload()
    page.keyboard.press("n")
    page.keyboard.press("p")  # the others stay on
    expect(refs.last).to_be_focused()


@pytest.mark.parametrize("scripts", [True, False])
def test_the_legend_switches_a_layer(ledger: str, browser: Browser, scripts: bool) -> None:
    context = browser.new_context(java_script_enabled=scripts)
    page = context.new_page()
    page.goto(ledger)
    loaded = page.locator("a.ref.loaded")
    expect(loaded.first).to_be_visible()
    page.get_by_role("checkbox", name="Loaded words").uncheck()
    expect(loaded.first).to_be_hidden()
    expect(page.locator("a.ref.voices").first).to_be_visible()
    context.close()


def test_the_words_stay_as_they_were_published(ledger: str, page: Page) -> None:
    page.goto(ledger)
    before = page.locator("#story").inner_text()
    assert page.get_by_label("Plain words").count() == 0
    page.goto(f"{ledger}?words=plain")
    assert page.locator("#story").inner_text() == before


def test_what_stands_out_leads_to_its_evidence(ledger: str, page: Page) -> None:
    page.goto(ledger)
    link = page.locator(".standout a").first
    n = (link.get_attribute("href") or "").removeprefix("#m")
    link.click()
    expect(page.locator(f"#m{n}")).to_be_in_viewport()
    expect(page.locator(f"#n{n} .more")).to_be_visible()


def test_three_outlets_side_by_side(service: Service, page: Page) -> None:
    page.goto(f"{service.url}/compare")
    page.get_by_role("button", name="Compare the example").click()
    expect(page.get_by_role("heading", name="3 articles, side by side")).to_be_visible(timeout=60_000)
    for article in examples.ARTICLES:
        expect(page.get_by_role("link", name=article.outlet or "").first).to_be_visible()
    page.locator("#facts").scroll_into_view_if_needed()
    link = page.locator("td.said a").first
    told = link.inner_text()
    link.click()
    page.wait_for_url(re.compile(r"/reports/.*at="))
    expect(page.locator("#here")).to_be_in_viewport()
    assert page.locator("#here").inner_text()[:8] in told


def test_choose_from_the_list_and_compare(service: Service, ledger: str, page: Page) -> None:
    page.goto(f"{service.url}/compare")
    page.get_by_role("button", name="Compare the example").click()
    expect(page.get_by_role("heading", name="3 articles, side by side")).to_be_visible(timeout=60_000)
    page.goto(f"{service.url}/compare")
    choices = page.get_by_role("group", name="Which reports?").get_by_role("checkbox")
    choices.nth(0).check()
    choices.nth(1).check()
    expect(page.locator("#chosen")).to_have_text("2 chosen.")
    page.get_by_role("button", name="Compare", exact=True).click()
    expect(page.get_by_role("heading", name="2 articles, side by side")).to_be_visible(timeout=30_000)


def test_delete_after_asking(service: Service, page: Page) -> None:
    page.goto(service.url)
    page.get_by_label("Text").fill("To be forgotten. " * 30)
    page.get_by_role("button", name="Read it").click()
    expect(page.get_by_role("heading", name="What made this report")).to_be_visible(timeout=60_000)
    address = page.url
    page.get_by_role("button", name="Delete this report…").click()
    page.get_by_role("button", name="Delete it").click()
    expect(page.get_by_role("heading", name="Deleted")).to_be_visible()
    answer = page.goto(address)
    assert answer is not None
    assert answer.status == 404


def test_the_api_can_be_tried_on_its_page(service: Service, page: Page) -> None:
    page.goto(f"{service.url}/api/docs")
    page.locator("form[data-path='/api/v1/articles'] button").click()
    result = page.locator("form[data-path='/api/v1/articles'] .result")
    expect(result).to_contain_text(re.compile(r"20[02] .*Location: /api/v1/reports/", re.DOTALL))
    files = page.locator("form[data-path='/api/v1/files']")
    files.get_by_role("button").click()
    expect(files.locator(".result")).to_contain_text(re.compile(r"20[02] .*\"name\": \"file-1.txt\"", re.DOTALL))
