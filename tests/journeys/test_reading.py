"""What a person does, in a real Chromium against the whole service."""

from __future__ import annotations

import re
import struct
import zlib
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from service import examples, picture
from tests.conftest import Service

SHOWN = re.compile(r"/reports/[0-9a-f]{32}")


@pytest.fixture(scope="session")
def ledger(service: Service, browser: Browser) -> str:
    """Address of the example report."""
    page = browser.new_page()
    page.goto(service.url)
    page.get_by_role("button", name="Read an example").click()
    expect(page.get_by_role("heading", name="At a glance")).to_be_visible()
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
    expect(page.get_by_role("heading", name="At a glance")).to_be_visible()
    expect(page.get_by_role("heading", level=1)).to_contain_text("A bridge of one’s own")
    expect(page.locator("u.term:not(.unsure)").first).to_be_visible()


def test_an_error_keeps_the_text_and_takes_the_focus(service: Service, page: Page) -> None:
    page.goto(service.url)
    page.get_by_label("Text").fill("A fine text.")
    page.get_by_text("Where it comes from").click()
    page.get_by_label("Published").fill("last week")
    page.get_by_role("button", name="Read it").click()
    expect(page.get_by_label("Published")).to_be_focused()
    expect(page.get_by_label("Text")).to_have_value("A fine text.")
    expect(page.locator("#published-error")).to_contain_text("a date such as 2026-03-14")


def test_a_word_opens_one_card_with_all_that_is_said_of_it(ledger: str, page: Page) -> None:
    page.goto(ledger)
    word = page.locator("#story .content u.term:not(.unsure)").first  # a loaded word in what somebody says
    n = word.get_attribute("data-n")
    card = page.locator("aside.card")
    word.click()
    expect(card).to_have_count(1)
    expect(card.locator(".note")).not_to_have_count(1)
    expect(card.locator(".note").first).to_have_attribute("data-n", n or "")
    expect(card.locator(".note.voices")).not_to_have_count(0)
    level = card.bounding_box()["y"] - word.bounding_box()["y"]  # type: ignore[index]
    assert abs(level) < 24
    word.click()
    expect(card).to_have_count(0)
    word.click()
    page.keyboard.press("Escape")
    expect(card).to_have_count(0)


def test_a_word_and_its_line_at_the_margin_light_up_together(ledger: str, page: Page) -> None:
    page.goto(ledger)
    word = page.locator("#story u.term:not(.unsure, :has(*))").first
    n = word.get_attribute("data-n")
    expect(page.locator("aside.card")).to_have_count(0)
    word.hover()
    expect(word).to_have_class(re.compile(r"\blit\b"))
    expect(page.locator(f"#n{n}")).to_have_class(re.compile(r"\bnear\b"))
    page.locator("h1").hover()
    expect(word).not_to_have_class(re.compile(r"\blit\b"))
    later = page.locator("#notes .folded.attribution:not(.unsure)").first  # no line of its own within a turn of speech
    expect(later).to_be_hidden()
    page.locator(f"#story u.cue[data-n='{later.get_attribute('data-n')}']").first.hover()
    expect(later).to_be_visible()
    page.locator("h1").hover()
    expect(later).to_be_hidden()


def test_no_number_stands_in_the_text_until_the_notes_are_listed(ledger: str, page: Page) -> None:
    page.goto(ledger)
    number = page.locator("#story a.ref.loaded:not(.unsure)").first
    assert number.bounding_box()["width"] <= 1  # type: ignore[index]
    page.get_by_role("button", name="All notes as a list").click()
    assert number.bounding_box()["width"] > 5  # type: ignore[index]
    expect(page.locator("#notes .more").first).to_be_visible()


def test_what_is_less_sure_is_a_switch(ledger: str, browser: Browser) -> None:
    for scripts in (True, False):
        context = browser.new_context(java_script_enabled=scripts, viewport={"width": 1280, "height": 900})
        page = context.new_page()
        page.goto(ledger)
        ref = page.locator("a.ref.unsure").first
        expect(ref).to_be_hidden()
        page.get_by_label("Show what is less sure").check()
        expect(ref).to_be_visible()
        context.close()


def test_a_report_on_a_phone(service: Service, browser: Browser) -> None:
    """What stands around 600 words is under three screens in any font; the bar at the bottom reaches what is folded."""
    page = browser.new_page(viewport={"width": 390, "height": 844})
    words = "\n\n".join(article.text for article in examples.ARTICLES)
    assert 560 < len(words.split()) < 680
    page.goto(service.url)
    page.locator("#text").fill(words)
    page.get_by_role("button", name="Read it", exact=True).click()
    expect(page.get_by_role("heading", name="At a glance")).to_be_visible()
    expect(page.locator("#heard-table")).to_be_hidden()
    expect(page.locator(".note:visible")).to_have_count(0)
    whole, story = (
        page.evaluate(f"document.querySelector('{part}').getBoundingClientRect().height") for part in ("html", "#story")
    )
    assert whole - story < 3 * 844
    page.get_by_role("navigation", name="On this page").get_by_role("link", name="Heard").click()
    expect(page.locator("#heard-table")).to_be_visible()
    expect(page.get_by_role("heading", name="Who is heard")).to_be_in_viewport()
    page.get_by_role("button", name="All notes as a list").click()
    expect(page.locator(".note:visible").first).to_be_visible()
    page.close()


def test_an_edit_says_what_went_and_what_came_while_it_is_typed(ledger: str, page: Page) -> None:
    page.goto(ledger)
    page.get_by_role("link", name="Edit and read again").click()
    text = page.get_by_label("Text", exact=True)
    expect(text).to_be_focused()
    before = text.input_value()
    word = page.locator("#story u.term:not(.unsure, :has(*))").first.inner_text()
    assert before.count(word) == 1
    text.fill(before.replace(word, "moved"))
    changes = page.get_by_role("status").filter(has_text="stayed")
    expect(changes).to_contain_text(f"“{word}”")
    expect(page.locator("#story u.term.went").first).to_have_text(word)
    text.fill(before)
    expect(page.get_by_role("status").filter(has_text="0 went, 0 came")).to_be_visible()
    expect(page.locator("#story .went")).to_have_count(0)
    text.fill(before.replace(word, "moved"))
    page.get_by_role("button", name="Read it again").click()
    expect(page.get_by_role("heading", name="Against the text before")).to_be_visible()


def test_text_only_holds_no_answers(ledger: str, page: Page) -> None:
    page.goto(ledger)
    page.get_by_label("Text only").check()
    for part in (".glance", ".margin", ".figures"):
        expect(page.locator(part)).to_be_hidden()
    page.emulate_media(media="print")
    expect(page.locator("#legend")).to_be_hidden()
    expect(page.locator("#story")).to_be_visible()
    page.get_by_label("Text only").evaluate("(box) => box.click()")
    expect(page.locator(".glance")).to_be_visible()


def test_the_glance_as_a_png_carries_its_words(ledger: str, page: Page, tmp_path: Path) -> None:
    page.goto(ledger)
    told = page.locator(".glance dd").first.inner_text()
    page.get_by_text("Hand over").click()
    with page.expect_download() as saved:
        page.get_by_role("link", name="The glance as a picture (PNG)").click()
    saved.value.save_as(tmp_path / "glance.png")
    content = (tmp_path / "glance.png").read_bytes()
    width, height = struct.unpack(">II", content[16:24])
    assert width == 2 * picture.WIDTH
    assert 0 < height < width
    chunks, at = dict[bytes, bytes](), 8
    while at < len(content):
        (size,) = struct.unpack(">I", content[at : at + 4])
        kind, held = content[at + 4 : at + 8], content[at + 8 : at + 8 + size]
        assert zlib.crc32(kind + held) == int.from_bytes(content[at + 8 + size : at + 12 + size], "big")
        chunks[kind], at = held, at + 12 + size
    assert list(chunks)[-1] == b"IEND"
    assert chunks[b"iTXt"].startswith(b"Description\0\0\0en\0\0" + told.encode())


def test_the_legend_is_on_paper_with_the_footnotes(ledger: str, page: Page) -> None:
    page.goto(ledger)
    page.emulate_media(media="print")
    expect(page.locator("#legend")).to_be_visible()
    expect(page.locator("#legend input:visible")).to_have_count(0)
    expect(page.locator("#notes .more").first).to_be_visible()
    assert page.locator("#story a.ref.loaded:not(.unsure)").first.bounding_box()["width"] > 3  # type: ignore[index]


def test_everything_by_keyboard(ledger: str, page: Page) -> None:
    page.goto(ledger)
    refs = page.locator("main a.ref:not(.unsure)")
    card = page.locator("aside.card")
    page.keyboard.press("n")
    expect(refs.nth(0)).to_be_focused()
    page.keyboard.press("n")
    expect(refs.nth(1)).to_be_focused()
    expect(card).to_be_visible()
    page.keyboard.press("Enter")
    expect(card).to_be_focused()
    page.keyboard.press("Escape")
    expect(card).to_have_count(0)
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
    loaded = page.locator("a.ref.loaded:not(.unsure)")
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


def test_a_glance_leads_to_its_words(ledger: str, page: Page) -> None:
    page.goto(ledger)
    link = page.locator(".glance a[href^='#m']").first
    n = (link.get_attribute("href") or "").removeprefix("#m")
    link.click()
    expect(page.locator(f"main u[data-n='{n}']").first).to_be_in_viewport()
    expect(page.locator(f"aside.card .note[data-n='{n}'] .more")).to_be_visible()


def test_delete_after_asking(service: Service, page: Page) -> None:
    page.goto(service.url)
    page.get_by_label("Text").fill("To be forgotten. " * 30)
    page.get_by_role("button", name="Read it").click()
    expect(page.get_by_role("heading", name="What made this report")).to_be_visible()
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
