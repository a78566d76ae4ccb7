"""axe finds nothing on any page, in light and dark, wide and narrow; text has a contrast of 7:1."""

from __future__ import annotations

import json
import re
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any, Literal
from urllib.parse import urljoin, urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect
from werkzeug.exceptions import HTTPException

from service import create_app
from tests.conftest import Service

Scheme = Literal["light", "dark"]

RULES = create_app().url_map
VIEWS: tuple[tuple[int, Scheme], ...] = ((1280, "light"), (320, "dark"))  # 320: the first at 400 %
OPTIONS: dict[str, Any] = {
    "resultTypes": ["violations"],
    "rules": {"color-contrast-enhanced": {"enabled": True}, "target-size": {"enabled": True}},
}
# Bars beside the lines that they are about, which may be the same ones; the words lead to the same card.
NARROW = 'class="ref '
# GET routes that are no pages, or that no link leads to: why.
APART = {"static": "files", "healthz": "for machines", "readyz": "for machines", "metrics": "for machines"}
APART["pages.show_draft"] = "a piece of the report's page, for its script"
# Behind a room's link: test_rooms.py comes in by it, and looks at each.
APART |= {route: "in a room" for route in (rule.endpoint for rule in RULES.iter_rules()) if route.startswith("room_")}
del APART["room_doors.show_rooms"]
# Sections drawn dozens of times: contrast, which takes minutes, is looked at in some of them, all else in each.
ALIKE = {"api.show_docs": ("section.operation", "section details")}
FEW = "(which) => [...document.querySelectorAll(which)].slice(6).forEach((one) => one.remove())"
UNCOLOURED = {rule: {"enabled": False} for rule in ("color-contrast", "color-contrast-enhanced")}
BY_KEYBOARD = ("pages.show_start", "stories.show_story", "outlets.show_outlet")  # test_reading.py: the report
MOST_LOOKED_AT = 80
LINK = re.compile(r'(?:href|action)="([^"#]+)')

PAGES = {
    rule.endpoint
    for rule in RULES.iter_rules()
    if "GET" in (rule.methods or set()) and (not rule.rule.startswith("/api/") or rule.rule == "/api/docs")
}


def name_route(address: str) -> str | None:
    """Which route answers at this address?"""
    try:
        endpoint, _ = RULES.bind("localhost").match(urlsplit(address).path, method="GET")
    except HTTPException:
        return None
    return str(endpoint)


def walk(start: str, *more: str) -> Iterator[str]:
    """Every page that links lead to, a few of each route."""
    waiting, seen, often = [start, *more], {start, *more}, dict[str, int]()
    while waiting and len(seen) < 50 * MOST_LOOKED_AT:
        address = waiting.pop(0)
        route = name_route(address)
        if route is None or often.get(route, 0) == 3 or sum(often.values()) == MOST_LOOKED_AT:
            continue
        often[route] = often.get(route, 0) + 1
        try:
            answer = urllib.request.urlopen(address)
        except urllib.error.HTTPError:
            continue
        if "text/html" not in answer.headers["Content-Type"]:
            continue
        yield address
        for link in LINK.findall(answer.read().decode()):
            found = urljoin(address, link.replace("&amp;", "&"))
            if found.startswith(start) and found not in seen:
                seen.add(found)
                waiting.append(found)


def send(address: str, body: bytes, kind: str) -> str:
    """Send something over the API; gives its id."""
    with urllib.request.urlopen(urllib.request.Request(address, body, {"Content-Type": kind})) as answer:
        return str(json.load(answer)["id"])


@pytest.fixture(scope="module")
def pages(service: Service, browser: Browser) -> dict[str, str]:
    """An address for every route that a link leads to, or that takes nothing."""
    page = browser.new_page()
    page.goto(service.url)
    page.get_by_role("button", name="Compare all three").click()
    expect(page.get_by_role("heading", name=re.compile("articles, side by side"))).to_be_visible()
    compared = page.url
    page.close()
    batch = send(f"{service.url}/api/v1/batches", b'{"text": "A bell rang over the harbour."}\n{', "application/jsonl")
    feed = send(f"{service.url}/api/v1/feeds", b'{"url": "http://127.0.0.1:9/feed"}', "application/json")
    known = (compared, f"{service.url}/batches/{batch}", f"{service.url}/feeds/{feed}")  # the first two are in no list
    found: dict[str, str] = {}
    for address in walk(f"{service.url}/", *known):
        found.setdefault(name_route(address) or "", address)
    plain = [rule for rule in RULES.iter_rules() if not rule.arguments]
    return {rule.endpoint: service.url + rule.rule for rule in plain} | found


def _may(fault: str, html: str) -> bool:
    return fault == "target-size" and NARROW in html and " gutter" in html


def find_faults(
    page: Page, rules: Mapping[str, Any] = MappingProxyType({}), part: str | None = None
) -> list[tuple[str, list[str]]]:
    """What axe says against what is shown, or a part of it: each rule, and where."""
    found = Axe().run(page, part, OPTIONS | {"rules": OPTIONS["rules"] | rules}).response["violations"]
    return [
        (fault["id"], wrong[:3])
        for fault in found
        if (wrong := [node["html"][:160] for node in fault["nodes"] if not _may(fault["id"], node["html"])])
    ]


def look(page: Page, part: str | None = None) -> None:
    """Nothing is wrong with what is shown, or with a part of it, in any view."""
    for width, scheme in VIEWS:
        page.set_viewport_size({"width": width, "height": 800})
        page.emulate_media(color_scheme=scheme)
        assert find_faults(page, part=part) == [], (page.url, width, scheme)
    for width in (640, VIEWS[-1][0]):  # 200 and 400 %
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth") <= width, (page.url, width)


# All that the Tab key must come to: what is not hidden, of a group of radio buttons the chosen one.
REACHED = """() => [...document.querySelectorAll(
    "a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex='0']")]
  .filter((one) => one.checkVisibility({visibilityProperty: true}) && !(one.type === "radio" && !one.checked))
  .map((one, at) => (one.dataset.stop = at))"""
FOCUSED = """() => {
  const one = document.activeElement, drawn = getComputedStyle(one);
  return [one.dataset.stop, drawn.outlineStyle !== "none" && drawn.outlineWidth !== "0px"];
}"""


def tab_through(page: Page) -> None:
    """The Tab key comes to everything in the order of the page, and one sees where it is."""
    stops = page.evaluate(REACHED)
    assert len(stops) > 9
    page.evaluate("document.activeElement.blur()")
    found = []
    for _ in stops:
        page.keyboard.press("Tab")
        found.append(page.evaluate(FOCUSED))
    assert found == [[str(stop), True] for stop in stops], page.url


@pytest.mark.parametrize("route", sorted(PAGES - APART.keys()))
def test_every_page(pages: dict[str, str], page: Page, route: str) -> None:
    assert route in pages, f"No link leads to {route}. Link it from a page, or say in APART why it needs none."
    page.goto(pages[route])
    if route in BY_KEYBOARD:
        tab_through(page)
    if route in ALIKE:
        assert find_faults(page, UNCOLOURED) == []
        for section in ALIKE[route]:
            page.evaluate(FEW, section)
    look(page)


# Each with what opens in it, where all else stays as it was.
STATES = {
    "form with errors": None,
    "error": None,
    "waiting": None,
    "what is less sure": None,
    "all notes": None,
    "card open": "aside.card",
    "judging": "form.judge",
    "keys": "#keys",
}


@pytest.mark.parametrize("state", STATES)
def test_every_state(service: Service, pages: dict[str, str], page: Page, state: str) -> None:
    if state == "form with errors":
        page.goto(service.url)
        page.get_by_text("Where it comes from").click()
        page.get_by_label("Published").fill("soon")
        page.get_by_role("button", name="Read it").click()
        expect(page.get_by_text("Not sent yet.")).to_be_visible()
    elif state == "error":
        page.goto(f"{service.url}/nothing")
    elif state == "waiting":
        page.route("**/wait.js*", lambda route: route.abort())  # it would turn into the report
        page.goto(service.url)
        page.get_by_label("Text", exact=False).first.fill("The reckless council met again on Monday. " * 1500)
        page.get_by_role("button", name="Read it").click()
        expect(page.get_by_role("heading", name="Your article is being read")).to_be_visible()
    else:
        page.goto(pages["pages.show_report"])
        expect(page.get_by_role("button", name="All notes as a list")).to_be_visible()
        if state == "what is less sure":
            page.get_by_label("Show what is less sure").check()
        if state == "all notes":
            page.get_by_role("button", name="All notes as a list").click()
        if state in ("card open", "judging"):
            page.keyboard.press("n")
        if state == "judging":
            page.locator(".judging a:visible").first.click()
            expect(page.get_by_label("Disagree")).to_be_visible()
        if state == "keys":
            page.keyboard.press("?")
    look(page, STATES[state])


# How much lighter or darker than the page each line is that tells something without words.
LINES = """() => {
  const light = (color) => {
    const parts = color.match(/[\\d.]+/g).slice(0, 3).map((part) => part / 255);
    const [r, g, b] = parts.map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const paper = light(getComputedStyle(document.documentElement).backgroundColor);
  const contrast = (color) => {
    const [low, high] = [light(color), paper].sort((a, b) => a - b);
    return (high + 0.05) / (low + 0.05);
  };
  const drawn = {
    "u.term:not(.unsure), .told u": "textDecorationColor", ".story .bar:not(.unsure)": "backgroundColor",
    ".ref.gutter:not(.unsure)": "borderLeftColor", ".placed .note:not(.folded, .unsure)": "borderLeftColor",
    ".whisker rect, svg.bar .voices, .interval .point": "fill",
  };
  return Object.entries(drawn).flatMap(([which, how]) =>
    [...document.querySelectorAll(which)].filter((one) => one.checkVisibility())
      .map((one) => [which, contrast(getComputedStyle(one)[how])]));
}"""


@pytest.mark.parametrize("route", ["pages.show_report", "comparisons.show_comparison"])
def test_lines_are_seen_in_forced_colours(pages: dict[str, str], page: Page, route: str) -> None:
    page.emulate_media(forced_colors="active")
    page.goto(pages[route])
    found = page.evaluate(LINES)
    assert len({which for which, _ in found}) >= 2
    assert [one for one in found if one[1] < 3] == []
