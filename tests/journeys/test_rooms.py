"""A researcher, two coders and a phone: each in a browser of their own, in one room."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.request import Request, urlopen

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.conftest import Service
from tests.journeys.test_accessibility import look
from tests.rooms import ARTICLES

TITLE = str(ARTICLES[0].title)


@contextmanager
def tab(browser: Browser, width: int = 1280, **more: bool) -> Iterator[Page]:
    """A browser of somebody’s own, in which no script fails."""
    context = browser.new_context(viewport={"width": width, "height": 800}, reduced_motion="reduce", **more)  # type: ignore[arg-type]  # booleans alone
    page = context.new_page()
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    yield page
    context.close()
    assert faults == []


@pytest.fixture
def links(service: Service) -> tuple[str, str, str]:
    """A room with one article that is read: the owner’s link, the members’, and where the room is."""
    made = ask(f"{service.url}/api/v1/rooms", {"name": "Harbour vote"})
    where, secret = f"{service.url}/api/v1/rooms/{made['id']}", made["secret"]
    ask(f"{where}/articles", {"title": TITLE, "text": ARTICLES[0].text}, secret)
    return made["owner"], made["member"], f"{service.url}/rooms/{made['id']}"


def ask(url: str, body: dict[str, str], secret: str = "") -> dict[str, str]:
    headers = {"Content-Type": "application/json"} | ({"Authorization": f"Bearer {secret}"} if secret else {})
    with urlopen(Request(url, json.dumps(body).encode(), headers)) as answer:
        found: dict[str, str] = json.load(answer)
    return found


def come_in(page: Page, link: str, name: str) -> None:
    page.goto(link)
    page.get_by_label("Your name here").fill(name)
    page.get_by_role("button", name="Come in").click()
    expect(page.locator(".code")).to_have_text(re.compile("[A-Z2-9]{4}(-[A-Z2-9]{4}){2}"))
    page.get_by_role("link", name="Begin").click()
    while not page.get_by_role("link", name=TITLE).count():  # until it is read
        page.wait_for_timeout(200)
        page.reload()
    page.get_by_role("link", name=TITLE).click()


def choose(page: Page, steps: int, more: int = 0) -> None:
    """Choose words in the text with the keyboard alone."""
    page.locator("#story").focus()
    for _ in range(steps):
        page.keyboard.press("ArrowRight")
    for _ in range(more):
        page.keyboard.press("Shift+ArrowRight")
    page.keyboard.press("Enter")
    expect(page.get_by_label("They are")).to_be_focused()


def test_two_code_and_the_owner_sees_how_far_they_agree(browser: Browser, links: tuple[str, str, str]) -> None:
    owners, members, room = links
    with tab(browser) as ann, tab(browser, width=390) as bo, tab(browser) as owner:
        come_in(ann, members, "Ann")
        look(ann)
        choose(ann, steps=6)
        expect(ann.get_by_label("Words", exact=True)).to_have_value("reckless")
        ann.get_by_label("They are").select_option(label="Contempt")
        ann.get_by_label("Why").fill("it judges her")
        ann.keyboard.press("Enter")
        expect(ann.get_by_role("status")).to_have_text("Marked: “reckless”")
        expect(ann.locator("#story u")).to_have_text("reckless")
        expect(ann.locator(".marks")).to_contain_text("Contempt – it judges her")
        ann.get_by_label("Genre").select_option("news")
        ann.get_by_role("button", name="Keep these answers").click()
        expect(ann.get_by_label("Genre")).to_have_value("news")
        ann.get_by_role("button", name="I have coded this article").click()
        expect(ann.get_by_role("heading", name="You have coded this article")).to_be_visible()

        come_in(bo, members, "Bo")
        expect(bo.locator("#story u")).to_have_count(0)  # blind to Ann
        bo.locator("#story p").first.get_by_text("reckless").dblclick()  # a word is selected, as a finger would
        bo.evaluate("""() => {
            const node = document.querySelector('#story p').firstChild;
            getSelection().setBaseAndExtent(node, node.data.indexOf('eckless'), node, node.data.indexOf('mayor') + 2);
        }""")
        expect(bo.get_by_label("Words", exact=True)).to_have_value("reckless mayor")  # whole words
        bo.get_by_label("They are").select_option(label="Contempt")
        bo.get_by_role("button", name="Mark", exact=True).click()
        expect(bo.locator("#story u")).to_have_text("reckless mayor")
        bo.get_by_role("button", name="I have coded this article").click()
        expect(bo.get_by_role("heading", name="You have coded this article")).to_be_visible()
        look(bo)

        owner.goto(owners)
        look(owner)
        for name in ("Codebook", "Agreement"):
            owner.goto(room)
            owner.get_by_role("link", name=name, exact=True).click()
            look(owner)
        expect(owner.get_by_role("row", name=re.compile("^Loaded words 2 1.00"))).to_be_visible()
        owner.get_by_role("link", name=TITLE).click()  # they differ in the genre, which Bo left open
        look(owner)
        owner.get_by_role("radio", name=re.compile("^news")).check()
        owner.get_by_label("Why").fill("the codebook asks for it")
        owner.get_by_role("button", name="Settle it").click()
        expect(owner.get_by_text("0 to settle")).to_be_visible()


def test_what_a_broken_connection_left_is_sent_again(browser: Browser, links: tuple[str, str, str]) -> None:
    with tab(browser) as page:
        come_in(page, links[1], "Cy")
        page.context.set_offline(True)
        choose(page, steps=6, more=1)
        page.get_by_label("They are").select_option(label="Contempt")
        page.get_by_role("button", name="Mark", exact=True).click()
        expect(page.get_by_role("status")).to_contain_text("Not sent yet: 1.")
        page.context.set_offline(False)
        expect(page.locator("#story u")).to_have_text("reckless mayor")
        page.reload()
        expect(page.locator(".marks li")).to_have_count(1)


def test_all_of_it_works_without_scripts(browser: Browser, links: tuple[str, str, str]) -> None:
    with tab(browser, width=390, java_script_enabled=False) as page:
        come_in(page, links[1], "Dee")
        page.get_by_label("Words", exact=True).fill("the")
        page.get_by_label("They are").select_option(label="Doubt")
        page.get_by_role("button", name="Mark", exact=True).click()
        expect(page.get_by_text("say which one")).to_be_visible()
        page.get_by_label("Which one").fill("2")
        page.get_by_role("button", name="Mark", exact=True).click()
        expect(page.locator("#story u")).to_have_text("the")
        page.get_by_role("button", name="Remove: the").click()
        expect(page.locator("#story u")).to_have_count(0)


def test_the_pages_before_and_after(browser: Browser, service: Service, links: tuple[str, str, str]) -> None:
    with tab(browser) as page:
        page.goto(f"{service.url}/rooms")
        page.get_by_label("Name").fill("Another room")
        page.get_by_role("button", name="Make the room").click()
        expect(page.get_by_role("heading", name="Your link, as its owner")).to_be_visible()
        look(page)
        member = page.locator(".secret a").nth(1).get_attribute("href")
        page.get_by_role("link", name="Go into the room").click()
        page.get_by_text("Make codes for people").click()
        page.get_by_label("Names").fill("Eve")
        page.get_by_role("button", name="Make codes").click()
        expect(page.get_by_role("row", name=re.compile("^Eve "))).to_be_visible()
        look(page)
        page.get_by_role("link", name="Back to the room").click()
        page.get_by_role("button", name="Delete it").click()
        look(page)
        page.get_by_role("button", name="Delete it").click()
        expect(page.get_by_role("heading", name="The room is gone")).to_be_visible()
        page.goto(str(member))
        expect(page.get_by_text("This link leads into no room.")).to_be_visible()
        page.goto(links[1])
        look(page)


def test_an_editor_revises_a_draft_at_the_desk(browser: Browser, links: tuple[str, str, str]) -> None:
    owners, _, room = links
    with tab(browser, width=390) as page:
        page.goto(owners)
        page.goto(room)
        page.get_by_role("link", name="Desk: drafts and house list").click()
        look(page)
        while page.get_by_text("being read").count():  # by a worker of its own
            page.wait_for_timeout(200)
            page.reload()
        page.get_by_role("link", name=TITLE).click()
        look(page)
        found = page.get_by_role("heading", name=re.compile("^[0-9]+ findings?$"))
        before = int((found.text_content() or "0").split()[0])
        assert before >= 2
        page.get_by_text("It may stand", exact=True).first.click()
        page.get_by_label("Why").first.fill("the court used the word")
        page.get_by_label("Who says so").first.fill("Ann")
        page.get_by_role("button", name="Let it stand").first.click()
        expect(found).to_have_text(re.compile(f"^{before - 1} finding"))
        page.get_by_label("Text").fill(
            "The mayor, Ilse Marden, put the plan to the council on Monday. Two traders object."
        )
        page.get_by_role("button", name="Read it again").click()
        expect(page.get_by_role("heading", name="0 findings")).to_be_visible()
        expect(page.get_by_text("Since the version before: gone")).to_be_visible()
        look(page)
        page.get_by_label("Text").fill("The reckless mayor put it to the council on Monday. Two traders object.")
        page.get_by_role("button", name="Read it again").click()
        page.get_by_role("link", name="Side by side").click()  # as soon as it is read
        expect(page.get_by_role("heading", name="Version 2")).to_be_visible()
        expect(page.locator(".beside u.came")).to_have_text("reckless")
        page.get_by_label("One version").select_option(label=f"version 1: {before - 1} findings")
        page.get_by_role("button", name="Show these two").click()
        expect(page.get_by_role("heading", name="Version 1")).to_be_visible()
        expect(page.locator(".beside del").first).to_be_visible()
        expect(page.locator(".beside .same").first).to_be_visible()
        expect(page.locator(".beside .again").first).to_be_hidden()  # on a phone a paragraph that stays stands once
        look(page)
        left, right = (page.locator(css).first.bounding_box() for css in (".beside del", ".beside ins"))
        assert left
        assert right
        assert left["y"] < right["y"]  # on a phone one below the other
    with tab(browser) as page:
        page.goto(owners)
        page.goto(f"{room}/desk/a3/beside?one=a1&other=a3")
        before_it, after_it = (page.locator(f".beside > :nth-child({at})").bounding_box() for at in (3, 4))
        assert before_it
        assert after_it
        assert before_it["y"] == after_it["y"]  # beside each other, paragraph by paragraph
        assert before_it["x"] + before_it["width"] < after_it["x"]
        look(page)


def test_too_few_codes_for_a_category_say_so(browser: Browser, links: tuple[str, str, str]) -> None:
    owners, _, room = links
    with tab(browser) as page:
        page.goto(owners)
        page.goto(room)
        page.get_by_role("link", name="Own categories").click()
        look(page)
        page.get_by_role("button", name="Learn Loaded words").click()
        expect(page.get_by_text("0 are coded; 50 are needed")).to_be_visible()  # a worker has tried
        look(page)
        page.goto(room)
        page.get_by_role("link", name="In other tools").click()
        look(page)
        with page.expect_download() as begun:
            page.get_by_role("link", name="INCEpTION").click()
        assert begun.value.suggested_filename.endswith("cas.zip")
