"""One event in three outlets, from the form to a shared link: on a wide screen, on a phone, and without scripts."""

from __future__ import annotations

import io
import re
import unicodedata
from collections.abc import Callable, Iterator
from typing import Any

import pypdf
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from models.article import Article
from service import examples
from tests.conftest import Service

VIEWS: dict[str, dict[str, Any]] = {
    "wide": {"viewport": {"width": 1280, "height": 900}},
    "phone": {"viewport": {"width": 360, "height": 780}, "has_touch": True, "is_mobile": True},
    "no scripts": {"viewport": {"width": 1280, "height": 900}, "java_script_enabled": False},
}
PAGE_WEIGHT = 300_000  # bytes on the way for the report of an article of 1,000 words, everything in


@pytest.fixture(params=VIEWS)
def view(request: pytest.FixtureRequest) -> str:
    """How the reader looks at it."""
    return str(request.param)


@pytest.fixture
def context(browser: Browser, view: str) -> Iterator[BrowserContext]:
    """A reader's browser; fails the test on a fault of a script or a refusal by the content policy."""
    faults: list[str] = []
    opened = browser.new_context(reduced_motion="reduce", **VIEWS[view])

    def watch(page: Page) -> None:
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("console", lambda said: faults.append(said.text) if "Content Security Policy" in said.text else None)

    opened.on("page", watch)
    yield opened
    opened.close()
    assert faults == []


def send(page: Page, service: Service, article: Article) -> str:
    """Fill in the form and wait for the report; gives its address."""
    page.goto(service.url)
    page.locator("#title").fill(article.title or "")
    page.locator("#text").fill(article.text)
    page.get_by_text("Where it comes from").click()
    page.locator("#outlet").fill(article.outlet or "")
    page.locator("#published").fill(article.published or "")
    page.get_by_role("button", name="Read it", exact=True).click()
    expect(page.get_by_role("heading", name="At a glance")).to_be_visible()
    page.wait_for_load_state()  # its scripts listen by now
    return page.url


def read_pdf(page: Page) -> str:
    """What the printed pages say; a font may have one sign for two letters (“ﬁ”)."""
    printed = pypdf.PdfReader(io.BytesIO(page.pdf(format="A4")))
    return unicodedata.normalize("NFKC", "\n".join(sheet.extract_text() for sheet in printed.pages))


def test_three_articles_of_one_event(service: Service, context: BrowserContext, browser: Browser, view: str) -> None:
    page = context.new_page()
    articles = [article.model_copy(update={"outlet": f"{article.outlet}, {view}"}) for article in examples.ARTICLES]
    addresses = [send(page, service, article) for article in articles]
    assert len(set(addresses)) == 3
    fits(page)

    page.goto(addresses[1])
    switch_layers(page)
    STEPS[view](page)
    printed = read_pdf(page)
    assert "Notes" in printed
    assert "These are marks of wording, not a verdict." in printed
    assert "why:" in printed  # a footnote says why
    assert "violence.ram-through" not in printed  # and no rule's name is a reason
    assert "Hand over" not in printed
    assert "agree / disagree" not in printed

    page.goto(addresses[1])
    page.get_by_role("main").get_by_role("link", name="Compare", exact=True).click()
    for article in (articles[0], articles[2]):
        page.get_by_label(article.outlet or "").check()
    page.get_by_role("button", name="Compare", exact=True).click()
    heading = page.get_by_role("heading", name="3 articles, side by side")
    expect(heading).to_be_visible()
    fits(page)
    compared = read_pdf(page)
    assert "Nobody asked us how a fishmonger gets his ice" in re.sub(r"\s+", " ", compared)

    other = browser.new_page()  # somebody else, elsewhere, with the link only
    other.goto(page.url)
    expect(other.get_by_role("heading", name="3 articles, side by side")).to_be_visible()
    expect(other.get_by_text(articles[0].outlet or "").locator("visible=true").first).to_be_visible()
    other.goto(f"{addresses[1]}#n3")
    expect(other.locator("aside.card .note .more").first).to_be_visible()
    expect(other.locator(".notes .more:visible")).to_have_count(0)  # once, not at the margin too
    other.close()


def fits(page: Page) -> None:
    """Nothing hangs over the edge."""
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"), page.url


def switch_layers(page: Page) -> None:
    """Each layer goes and comes back, and "text only" takes all of them."""
    for layer, name in (("loaded", "Loaded words"), ("voices", "Who speaks"), ("sentences", "Sentences")):
        refs, box = page.locator(f"a.ref.{layer}:not(.unsure)"), page.get_by_role("checkbox", name=name)
        expect(refs.first).to_be_visible()
        box.uncheck()
        expect(page.locator(f"a.ref.{layer}:visible")).to_have_count(0)
        box.check()
        expect(refs.first).to_be_visible()
    page.get_by_label("Text only").check()
    expect(page.locator("a.ref:visible, .tone:visible")).to_have_count(0)
    page.get_by_label("Text only").uncheck()


def step_by_key(page: Page) -> None:
    """`n` steps, Enter goes to the card, Esc comes back."""
    refs = page.locator("main a.ref:not(.unsure)")
    for at in range(3):
        page.keyboard.press("n")
        expect(refs.nth(at)).to_be_focused()
    card = page.locator("aside.card")
    expect(card).to_be_visible()
    page.keyboard.press("Enter")
    expect(card).to_be_focused()
    page.keyboard.press("Escape")
    expect(card).to_have_count(0)
    page.locator("#story u.term:not(.unsure)").first.click()
    expect(card).to_contain_text("of 100)")
    page.keyboard.press("Escape")
    expect(card).to_have_count(0)


def step_by_finger(page: Page) -> None:
    """A tap opens a card under the paragraph; keys do the same there."""
    page.locator("u.term:not(.unsure)").first.tap()
    card = page.locator("aside.card")
    expect(card).to_contain_text("of 100)")
    fits(page)
    card.get_by_role("button", name="Close").tap()
    expect(card).to_have_count(0)
    page.keyboard.press("n")
    expect(card).to_be_visible()
    page.keyboard.press("Escape")
    expect(card).to_have_count(0)


def step_by_link(page: Page) -> None:
    """Every mark is a link to its note, every note a link back, and a judgement a page of its own."""
    ref = page.locator("a.ref.loaded:not(.unsure)").first
    n = ref.get_attribute("data-n")
    ref.focus()
    page.keyboard.press("Enter")
    expect(page.locator(f"#n{n}")).to_be_in_viewport()
    page.locator(f"#n{n} .judging a").click()
    page.get_by_label("Disagree").check()
    page.get_by_label("Because").fill("The council did vote.")
    page.get_by_role("button", name="Keep it").click()
    expect(page.locator(f"#n{n}")).to_contain_text("The council did vote.")
    page.locator(f"#n{n} a.back").click()
    expect(page.locator(f"#m{n}")).to_be_in_viewport()
    page.locator(f"#n{n}").get_by_role("button", name="Take back").click()
    expect(page.locator(f"#n{n}")).not_to_contain_text("The council did vote.")


STEPS: dict[str, Callable[[Page], None]] = {
    "wide": step_by_key,
    "phone": step_by_finger,
    "no scripts": step_by_link,
}


def test_a_judgement_in_place(service: Service, browser: Browser) -> None:
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    send(page, service, examples.ARTICLES[1].model_copy(update={"outlet": "The Judged Ledger"}))
    page.locator("u.term:not(.unsure)").first.click()
    note = page.locator("aside.card .note").first
    note.get_by_role("link", name="agree / disagree").click()
    note.get_by_label("Disagree").check()
    note.get_by_label("Because").fill("It was a plain vote.")
    page.keyboard.press("n")  # a letter of the reason, no shortcut
    note.get_by_role("button", name="Keep it").click()
    expect(page.locator("aside.card")).to_contain_text("It was a plain vote.n")
    page.close()


def test_a_report_is_light(service: Service, browser: Browser) -> None:
    """Everything that a report of 1,000 words loads, in bytes on the way."""
    page = browser.new_page()
    text = "\n\n".join(article.text for article in (*examples.ARTICLES, *examples.ARTICLES[:2]))
    assert 900 < len(text.split()) < 1_100
    send(page, service, Article(title="A light page", text=text))
    loaded = page.evaluate(
        "['navigation', 'resource'].flatMap((kind) => performance.getEntriesByType(kind))"
        ".map((entry) => [new URL(entry.name).pathname, entry.transferSize || entry.encodedBodySize])"
    )
    assert all(size for _, size in loaded)
    assert sum(size for _, size in loaded) < PAGE_WEIGHT, loaded
    page.close()
