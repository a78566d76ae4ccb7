"""Parallax on somebody else's page by its bookmark, in a real Chromium, on pages of our own."""

from __future__ import annotations

import re
from urllib.parse import unquote

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.conftest import Service
from tests.journeys.conftest import HTML
from tests.journeys.marking import LAYOUT, MARKED, PLAIN, click_word, marked
from tests.site import Reply, Site
from workers.settings import HOUSE


@pytest.fixture(scope="module")
def bookmark(service: Service, browser: Browser) -> str:
    """The code of the bookmark, as the page of Parallax hands it out."""
    page = browser.new_page()
    page.goto(f"{service.url}/bookmarklet")
    address = page.get_by_role("link", name="Read with Parallax").get_attribute("href") or ""
    page.close()
    assert address.startswith("javascript:")
    return unquote(address.removeprefix("javascript:"))


def click_bookmark(page: Page, code: str) -> Page:
    """Run the bookmark on a page; gives the window that it opens. As bookmarks do, it passes by the page's policy."""
    session = page.context.new_cdp_session(page)
    with page.expect_popup() as opened:
        session.send("Runtime.evaluate", {"expression": code, "userGesture": True, "allowUnsafeEvalBlockedByCSP": True})
    return opened.value


def test_the_bookmark_marks_the_page_and_touches_nothing_of_it(pages: Site, page: Page, bookmark: str) -> None:
    page.goto(pages.url("/plain"))
    before = page.evaluate(LAYOUT)
    window = click_bookmark(page, bookmark)
    expect(window.locator("#asked")).to_contain_text("Council closes bridge | The Harrow Post")
    expect(window.locator("#origin")).to_have_text(pages.url("").rstrip("/"))
    assert page.evaluate(MARKED) == {}  # nothing is read before somebody says so
    window.get_by_role("button", name="Read it").click()
    found = marked(page)
    assert {name: found[name] for name in PLAIN} == PLAIN
    assert "critics say" in found["vague"]
    assert {"Ana Moore, who sells bread on the far bank", "She"} <= {text.rstrip(",") for text in found["source"]}
    assert page.evaluate(LAYOUT) == before


def test_a_click_on_a_mark_says_why_and_layers_can_be_switched_off(pages: Site, page: Page, bookmark: str) -> None:
    page.goto(pages.url("/plain"))
    click_bookmark(page, bookmark).get_by_role("button", name="Read it").click()
    marked(page)
    panel = page.get_by_role("region", name="Parallax")
    expect(panel).to_contain_text("findings are marked here")
    click_word(page, "term-negative-outlet", "tyrant")
    expect(panel).to_contain_text("tyrant: label, negative")
    expect(panel).to_contain_text("the outlet’s own voice", ignore_case=True)
    click_word(page, "vague", "critics say")
    expect(panel).to_contain_text("critics say: a source that is nobody in particular")
    expect(panel).not_to_contain_text("tyrant: label")  # the glance may quote the word


def test_layers_and_marks_can_be_taken_away(pages: Site, page: Page, bookmark: str) -> None:
    page.goto(pages.url("/plain"))
    click_bookmark(page, bookmark).get_by_role("button", name="Read it").click()
    marked(page)
    panel = page.get_by_role("region", name="Parallax")
    panel.get_by_label(re.compile("Loaded words")).uncheck()
    assert not [name for name in marked(page) if name.startswith("term")]
    panel.get_by_label(re.compile("Loaded words")).check()
    assert "term-negative-outlet" in marked(page)
    report = panel.get_by_role("link", name="Open the report").get_attribute("href") or ""
    assert "/reports/" in report
    panel.get_by_role("button", name="Take the marks away").click()
    assert page.evaluate(MARKED) == {}
    expect(panel).to_have_count(0)


def test_a_page_that_scripts_wrote_under_the_strictest_policy(pages: Site, page: Page, bookmark: str) -> None:
    page.goto(pages.url("/scripted"))
    click_bookmark(page, bookmark).get_by_role("button", name="Read it").click()
    found = marked(page)
    assert "reckless" in found["term-negative-outlet"]
    assert "thug" in found["term-negative-outlet"]
    assert "shameful" in found["term-negative-quoted"]
    style = page.evaluate(
        "() => getComputedStyle(document.querySelector('p'), '::highlight(parallax-cue)').textDecorationColor"
    )
    assert style == "rgb(95, 180, 234)"  # the page is dark


def test_what_the_reader_sees_is_read_and_nothing_else(
    pages: Site, page: Page, bookmark: str, service: Service
) -> None:
    page.goto(pages.url("/walled"))
    click_bookmark(page, bookmark).get_by_role("button", name="Read it").click()
    found = marked(page)
    assert "bloated" in found["term-negative-outlet"]
    assert "cowardly" in found["term-negative-quoted"]  # a block quote's words are whose they are
    report = page.get_by_role("region", name="Parallax").get_by_role("link").get_attribute("href") or ""
    page.goto(report)
    expect(page.locator("#story")).not_to_contain_text("Subscribe")
    expect(page.locator("#story")).to_contain_text("pull the chimney down")


def test_the_page_is_private_unless_somebody_says_otherwise(
    pages: Site, page: Page, bookmark: str, service: Service
) -> None:
    page.goto(pages.url("/walled"))
    click_bookmark(page, bookmark).get_by_role("button", name="Read it").click()
    marked(page)
    page.goto(f"{service.url}/compare?choose=1&q=The+mill+is+sold")
    expect(page.get_by_role("main")).not_to_contain_text("The mill is sold")


def test_another_window_s_words_are_not_taken_for_the_page(pages: Site, page: Page, service: Service) -> None:
    """The window reads what its opener hands it, and nobody else's."""
    page.goto(f"{service.url}/bookmarklet")
    page.evaluate("() => postMessage({ html: '<p>x</p>', title: 'Forged', url: '' }, '*')")
    expect(page.locator("#asked")).to_be_hidden()
    expect(page.get_by_role("link", name="Read with Parallax")).to_be_visible()


def test_what_is_refused_is_said_in_the_window(pages: Site, page: Page, bookmark: str) -> None:
    pages.pages["/huge"] = Reply(
        f"<title>Huge</title><body><p>{'word ' * 410_000}</p></body>", headers={"Content-Type": HTML}
    )
    page.goto(pages.url("/huge"))
    window = click_bookmark(page, bookmark)
    window.get_by_role("button", name="Read it").click()
    expect(window.locator("#said")).to_contain_text("2,000,000")


AROUND = ("The council met and the ", " left before the vote was")


@pytest.mark.parametrize(
    ("html", "exact", "around", "expected"),
    [
        ("<p>The council met and the regime left before the vote was", "regime", AROUND, "regime"),
        ("<p>The council met and the <i>re</i><b>gime</b> left before the vote was", "regime", AROUND, "regime"),
        ("<p>The council met and the re\u00adgime left before the vote was", "regime", AROUND, "re\u00adgime"),
        ("<p>The council\nmet and\u00a0the   regime left before the vote was", "regime", AROUND, "regime"),
        ("<p>The council met and the</p><p>regime left before the vote was", "regime", AROUND, "regime"),
        (
            "<nav>The regime, a list</nav><p>The council met and the regime left before the vote was",
            "regime",
            AROUND,
            1,
        ),
        ("<p>A regime fell. The council met and the regime left before the vote was", "regime", AROUND, 1),
        ("<p>A regimented town. The council met and the regime left before the vote was", "regime", AROUND, 0),
        ("<p>The council met and the café left before the vote was", "cafe\u0301", AROUND, "café"),
        ("<p>The council met and the \U0001f30a flood left before the vote was", "\U0001f30a flood", AROUND, "flood"),
        ("<p>The council met and the “reform” left before the vote was", "“reform”", AROUND, "reform"),
        ("<h1>The tyrant</h1><p>By Ann Lee</p><p>Rain fell on", "tyrant", ("The ", " Rain fell on"), "tyrant"),
        ("<p>The regimented council met and left before the vote was", "regime", AROUND, None),
        ("<p>One regime here, and another regime there", "regime", AROUND, None),
        ("<p hidden>The council met and the regime left before the vote was", "regime", AROUND, None),
        ("<p style='display: none'>The council met and the regime left", "regime", AROUND, None),
        ("<script>/* The council met and the regime left */</script><p>Rain", "regime", AROUND, None),
        ("<p>The council met", "…", AROUND, None),
    ],
)
def test_words_are_found_again_by_the_words_around_them(
    page: Page, html: str, exact: str, around: tuple[str, str], expected: str | int | None
) -> None:
    """`expected`: the words that are marked, or which of several places of the same word; None: nothing is."""
    page.set_content(f"<!doctype html><body>{html}")
    page.add_script_tag(path=HOUSE / "service" / "static" / "marks.js")
    selector = {"exact": exact, "prefix": around[0], "suffix": around[1]}
    target = {"styleClass": "loaded term negative outlet", "selector": [selector]}
    item = {"id": "1", "body": [{"value": "Why."}], "target": [target]}
    page.evaluate("(item) => parallax.mark(document, { items: [item] }, 'http://127.0.0.1/')", item)
    found = page.evaluate(
        """(word) => [...CSS.highlights].flatMap(([name, marks]) => [...marks]).map((range) => {
          const before = document.createRange();
          before.setStart(document.body, 0);
          before.setEnd(range.startContainer, range.startOffset);
          return [range.toString(), before.toString().split(new RegExp(`\\\\b${word}\\\\b`)).length - 1];
        })""",
        exact,
    )
    if expected is None:
        assert found == []
    elif isinstance(expected, int):
        assert found == [[exact, expected]]
    else:
        assert [text for text, _ in found] == [expected]
