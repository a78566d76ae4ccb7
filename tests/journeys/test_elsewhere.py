"""Parallax on somebody else's page: the bookmark and the extension, in a real Chromium, on pages of our own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, expect
from playwright.sync_api import TimeoutError as TooLate

from doors.__main__ import main as build
from tests.browser import ARGUMENTS, find_browser
from tests.conftest import PATIENCE, Service
from tests.site import Reply, Site
from workers.settings import HOUSE

PAGES = Path(__file__).parents[1] / "pages"
HTML = "text/html; charset=utf-8"
# As strict as a page can be: no script, style, frame or connection but its own.
STRICT = (
    "default-src 'none'; script-src 'nonce-quay'; style-src 'nonce-quay'; require-trusted-types-for 'script'; "
    "trusted-types 'none'; base-uri 'none'; form-action 'none'"
)
MARKED = """() => Object.fromEntries([...CSS.highlights].filter(([name]) => name.startsWith("parallax-")).map(
  ([name, highlight]) => [name.slice(9), [...highlight].map((range) => range.toString().replace(/\\s+/g, " "))]))"""
LAYOUT = """() => JSON.stringify([document.body.outerHTML, document.documentElement.scrollHeight,
  [...document.body.querySelectorAll("*")].map((one) => one.getBoundingClientRect())])"""


@pytest.fixture
def pages(site: Site) -> Site:
    for name in ("plain", "scripted", "walled"):
        policy = {"Content-Security-Policy": STRICT} if name == "scripted" else {}
        site.pages[f"/{name}"] = Reply(
            (PAGES / f"{name}.html").read_text("utf-8"), headers={"Content-Type": HTML} | policy
        )
    return site


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


def marked(page: Page) -> dict[str, list[str]]:
    try:
        page.wait_for_function("() => [...CSS.highlights.keys()].some((name) => name.startsWith('parallax-'))")
    except TooLate as late:
        said = page.get_by_role("region", name="Parallax").all_inner_texts()
        raise AssertionError(f"nothing is marked; the corner says {said}") from late
    found: dict[str, list[str]] = page.evaluate(MARKED)
    return found


def click_word(page: Page, name: str, word: str) -> None:
    """A click in the middle of a mark."""
    x, y = page.evaluate(
        """([name, word]) => {
          const range = [...CSS.highlights.get(`parallax-${name}`)].find((one) => one.toString() === word);
          range.startContainer.parentElement.scrollIntoView({ block: "center" });
          const box = range.getClientRects()[0];
          return [box.x + box.width / 2, box.y + box.height / 2];
        }""",
        [name, word],
    )
    page.mouse.click(x, y)


PLAIN = {"term-negative-outlet": ["regime", "tyrant", "ruthless"], "term-negative-quoted": ["disgraceful betrayal"]}


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
