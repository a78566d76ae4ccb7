"""The comparison in a real Chromium: columns, folds, the link that stays, paper."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from service import examples
from tests.conftest import Service


@pytest.fixture(scope="module")
def address(service: Service, browser: Browser) -> str:
    """The permanent address of our own example, compared."""
    page = browser.new_page()
    page.goto(f"{service.url}/compare")
    page.get_by_role("button", name="Compare the example").click()
    expect(page.get_by_role("heading", name="3 articles, side by side")).to_be_visible()
    found = page.locator("#permanent").get_attribute("href") or ""
    page.close()
    assert re.fullmatch(rf"{service.url}/comparisons/[0-9a-f]{{32}}", found)
    return found


@pytest.fixture(params=[True, False], ids=["scripts", "no scripts"])
def phone(request: pytest.FixtureRequest, browser: Browser, address: str) -> Iterator[Page]:
    """The comparison on a narrow screen, with and without scripts."""
    context = browser.new_context(viewport={"width": 360, "height": 740}, java_script_enabled=request.param)
    page = context.new_page()
    page.goto(address)
    yield page
    context.close()


def test_two_outlets_at_a_time_on_a_phone(phone: Page) -> None:
    head = phone.locator("#naming thead").first.get_by_role("columnheader")
    expect(head).to_have_count(3)
    phone.get_by_role("checkbox", name="The Harbour Ledger").uncheck()
    expect(head).to_have_count(2)
    expect(head.nth(1)).to_contain_text("Tidewater Voice")
    head.nth(1).scroll_into_view_if_needed()
    expect(head.nth(1)).to_be_in_viewport(ratio=0.95)
    box = phone.locator("body").bounding_box()
    assert box is not None
    assert box["width"] <= 360


def test_rows_fold(phone: Page) -> None:
    table = phone.locator("#heard table").first
    expect(table).to_be_visible()
    phone.locator("#heard > summary").click()
    expect(table).to_be_hidden()


def test_what_stands_out_leads_to_its_words_and_its_rows(phone: Page) -> None:
    told = phone.locator(".contrasts a:not(.rows)").first
    words = (told.text_content() or "").strip("“”")
    place = phone.locator(f"[id='{(told.get_attribute('href') or '').removeprefix('#')}']")
    told.click()
    expect(place).to_be_in_viewport()
    expect(place).to_contain_text(words.split(" …")[0][:20])
    rows = phone.locator(".contrasts a.rows").first
    section = (rows.get_attribute("href") or "").removeprefix("#")
    rows.click()
    expect(phone.locator(f"[id={section}]")).to_be_in_viewport()


@pytest.fixture(params=[(1280, 900), (360, 740)], ids=["wide", "narrow"])
def screen(request: pytest.FixtureRequest, browser: Browser, address: str) -> Iterator[Page]:
    """The comparison on a screen of one width or another."""
    page = browser.new_page(viewport={"width": request.param[0], "height": request.param[1]})
    page.goto(address)
    yield page
    page.close()


IN_VIEW = """[...document.querySelectorAll('.side thead th')].some((head) => {
  const box = head.getBoundingClientRect();
  return head.textContent.includes('Halden Bay Courier') && box.height && box.top >= 0 && box.bottom <= innerHeight
    && head.contains(document.elementFromPoint(box.left + 4, box.top + box.height / 2));
})"""


def test_names_of_outlets_stay_in_view_while_rows_pass(screen: Page) -> None:
    rows = screen.locator("#loaded tbody tr, #facts tbody tr")
    for at in (2, rows.count() - 2):
        rows.nth(at).scroll_into_view_if_needed()
        expect(rows.nth(at)).to_be_in_viewport()
        screen.wait_for_function(IN_VIEW)


def _top(page: Page, selector: str) -> float:
    box = page.locator(selector).bounding_box()
    assert box is not None
    return box["y"]


def test_a_click_on_a_passage_moves_the_others_level(browser: Browser, address: str) -> None:
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.goto(address)
    number = page.evaluate(
        "[...document.querySelectorAll('#t2-p1, [id^=t2-p]')].map((one) => one.dataset.p)"
        ".findLast((n) => document.getElementById(`t0-p${n}`))"
    )
    first, last = (f"#t{column}-p{number}" for column in (0, 2))
    page.locator(first).scroll_into_view_if_needed()
    assert abs(_top(page, first) - _top(page, last)) > 5
    page.locator(first).click(position={"x": 4, "y": 6})
    page.wait_for_function(
        "([a, b]) => Math.abs(document.querySelector(a).getBoundingClientRect().top"
        " - document.querySelector(b).getBoundingClientRect().top) < 3",
        arg=[first, last],
    )
    expect(page.locator(f"[data-p='{number}'].level")).to_have_count(2)
    page.close()


def test_a_number_leads_to_the_next_text_with_and_without_scripts(phone: Page) -> None:
    twin = phone.locator(".told .twin").first
    where = (twin.get_attribute("href") or "").removeprefix("#")
    twin.click()
    expect(phone.locator(f"[id='{where}']").first).to_be_in_viewport()


def test_a_shared_link_shows_the_same_to_somebody_else(address: str, browser: Browser) -> None:
    own, theirs = browser.new_context(), browser.new_context()
    pages = [context.new_page() for context in (own, theirs)]
    for page in pages:
        page.goto(address)
    assert pages[0].locator("main").inner_text() == pages[1].locator("main").inner_text()
    pages[1].get_by_role("link", name="Add or change articles").click()
    expect(pages[1].get_by_role("checkbox", checked=True)).to_have_count(3)
    own.close()
    theirs.close()


def test_paper_holds_every_row(address: str, browser: Browser) -> None:
    page = browser.new_page()
    page.goto(address)
    folded = page.locator("details:not([open])")
    assert folded.count()
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    expect(folded).to_have_count(0)
    page.emulate_media(media="print")
    expect(page.get_by_role("group", name="Columns")).to_be_hidden()
    assert page.pdf(format="A4")[:5] == b"%PDF-"
    page.close()


def test_three_outlets_side_by_side(service: Service, page: Page) -> None:
    page.goto(f"{service.url}/compare")
    page.get_by_role("button", name="Compare the example").click()
    expect(page.get_by_role("heading", name="3 articles, side by side")).to_be_visible()
    for article in examples.ARTICLES:
        expect(page.get_by_role("link", name=article.outlet or "").first).to_be_visible()
    page.locator("#facts").scroll_into_view_if_needed()
    link = page.locator("td.said a").first
    told = link.inner_text()
    link.click()
    page.wait_for_url(re.compile(r"/reports/.*at="))
    expect(page.locator("#here")).to_be_in_viewport()
    assert page.locator("#here").inner_text()[:8] in told


def test_choose_from_the_list_and_compare(service: Service, page: Page) -> None:
    page.goto(f"{service.url}/compare")
    page.get_by_role("button", name="Compare the example").click()
    expect(page.get_by_role("heading", name="3 articles, side by side")).to_be_visible()
    page.goto(f"{service.url}/compare")
    choices = page.get_by_role("group", name="Which reports?").get_by_role("checkbox")
    choices.nth(0).check()
    choices.nth(1).check()
    expect(page.locator("#chosen")).to_have_text("2 chosen.")
    page.get_by_role("searchbox").fill("xyzzy")
    page.get_by_role("button", name="Find").click()
    expect(page.get_by_role("searchbox")).to_have_value("xyzzy")
    expect(page.locator("#chooser :checked")).to_have_count(2)  # kept, though neither has these words
    page.get_by_role("button", name="Compare", exact=True).click()
    expect(page.get_by_role("heading", name="2 articles, side by side")).to_be_visible()
