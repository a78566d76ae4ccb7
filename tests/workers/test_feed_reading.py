"""Feeds as they come: malformed, escaped once too often, with names that name nothing, and hostile ones."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from contextlib import suppress
from html import escape
from typing import Any

import pytest
from hypothesis import given
from hypothesis import settings as rules
from hypothesis import strategies as st

from tests.workers.extraction.conftest import choose  # noqa: F401 - a fixture
from workers.extraction.refusal import Refused
from workers.importers import feeds
from workers.importers.feeds import Entry, read

URL = "https://press.example/news/feed.xml"
PARAGRAPHS = (
    "<p>The council of Harrow closed the old bridge over the Tarn on Monday, after engineers had found cracks.</p>" * 7
)


def rss(*items: str, title: str = "Loopback") -> bytes:
    shown = "".join(f"<item>{item}</item>" for item in items)
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>{title}</title>{shown}</channel></rss>'.encode()


def item(title: str = "A", link: str = "", guid: str = "", body: str = "") -> str:
    parts = {"title": title, "link": link, "guid": guid, "description": body}
    return "".join(f"<{name}>{value}</{name}>" for name, value in parts.items() if value)


def names(body: bytes) -> list[str]:
    return [entry.guid for entry in read(body, URL, {}).entries]


@pytest.mark.parametrize(
    ("guids", "told"),
    [
        (("N/A", "N/A"), ("/1", "/2")),
        (("urn:1", "urn:2"), ("urn:1", "urn:2")),
        (("https://press.example/", "https://press.example/"), ("/1", "/2")),
        (("0", "0"), ("/1", "/2")),
        (("N/A", "n/a"), ("/1", "/2")),
        (("none", "urn:2"), ("/1", "urn:2")),
        (("-", "NULL"), ("/1", "/2")),
    ],
)
def test_items_are_told_apart_by_their_link_where_the_guid_tells_nothing(
    guids: tuple[str, str], told: tuple[str, str]
) -> None:
    items = [item(f"T{at}", f"https://press.example/{at}", f"{guid}") for at, guid in enumerate(guids, 1)]
    expected = [f"https://press.example{name}" if name.startswith("/") else name for name in told]
    assert names(rss(*(i.replace("<guid>", '<guid isPermaLink="false">') for i in items))) == expected


def test_one_item_shown_twice_is_one() -> None:
    twice = item("T", "https://press.example/1", "urn:1")
    assert {entry.key for entry in read(rss(twice, twice), URL, {}).entries} == {Entry(
        guid="urn:1", link=None, title=None, author=None, published=None, content=None).key}  # fmt: skip


def test_items_without_link_that_share_a_guid_are_told_apart_by_their_title() -> None:
    assert names(rss(item("One", guid="urn:x"), item("Two", guid="urn:x"))) == ["urn:x\nOne", "urn:x\nTwo"]


def test_one_with_neither_name_nor_link_is_left_out() -> None:
    assert names(rss(item("One", guid="N/A"), item("Two"))) == []


@pytest.mark.parametrize("times", [0, 1, 2, 3])
def test_titles_are_unescaped_however_often_they_were_escaped(times: int) -> None:
    title = "Bread &amp; butter: baker&#8217;s &ldquo;last loaf&rdquo;"
    for _ in range(times):
        title = escape(title, quote=False)
    if times == 0:
        title = title.replace("&ldquo;", "“").replace("&rdquo;", "”")
    found = read(rss(item(title, "/1"), title=title), URL, {})
    assert found.title == found.entries[0].title == "Bread & butter: baker’s “last loaf”"


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("&lt;b&gt;Ferry&lt;/b&gt; starts", "Ferry starts"),
        ("<![CDATA[<em>Ferry</em> starts]]>", "Ferry starts"),
        ("Profits &lt; losses at AT&amp;T", "Profits < losses at AT&T"),
        ("  Ferry\n starts ", "Ferry starts"),
        ("Ferry &amp;amp;nbsp; starts", "Ferry starts"),
    ],
)
def test_titles_read_as_a_person_reads_them(title: str, expected: str) -> None:
    assert read(rss(item(title, "/1")), URL, {}).entries[0].title == expected


@pytest.mark.parametrize("times", [0, 1, 2])
@pytest.mark.parametrize("around", ["{}", "<div>{}</div>"])
def test_a_body_escaped_too_often_is_markup_again(times: int, around: str) -> None:
    body = PARAGRAPHS
    for _ in range(times):
        body = escape(body)
    shown = escape(around.format(body))
    [entry] = read(rss(item("A", "/1", body=shown)), URL, {}).entries
    assert (entry.content or "").count("<p>") == 7
    assert "&lt;" not in (entry.content or "")
    [same] = read(
        json.dumps(
            {"version": "https://jsonfeed.org/version/1.1", "items": [{"id": "1", "content_html": around.format(body)}]}
        ).encode(),
        URL,
        {},
    ).entries
    assert (same.content or "").count("<p>") == 7


@pytest.mark.parametrize(
    ("link", "expected"),
    [
        ("/bridge.html", "https://press.example/bridge.html"),
        ("ferry.html?a=1&amp;b=2", "https://press.example/news/ferry.html?a=1&b=2"),
        ("//other.example/x", "https://other.example/x"),
        ("http://[", None),
        ("mailto:a@b.example", None),
    ],
)
def test_links_are_made_whole(link: str, expected: str | None) -> None:
    [entry] = read(rss(item("A", link, "urn:1")), URL, {}).entries
    assert entry.link == expected


@pytest.mark.parametrize(
    "entry",
    [
        {"id": "\ud800", "url": "/1", "title": "\udfff T"},
        {"id": 7, "url": "/1", "title": ["no text"]},
        {"id": {"a": 1}, "url": "/1", "title": None, "authors": "Ann"},
        {"url": "/1", "title": 3.5, "content_html": 7, "date_published": 12, "authors": 7},
        {"id": None, "external_url": "/1", "content_text": {"a": 1}},
        {"id": "\x00", "url": "/1", "title": "\x07"},
    ],
)
def test_a_strange_item_does_not_spoil_the_others(entry: dict[str, Any]) -> None:
    feed = {"version": "https://jsonfeed.org/version/1.1", "items": ["no item", entry, {"id": "good", "url": "/2"}]}
    entries = read(json.dumps(feed).encode(), URL, {}).entries
    assert [found.link for found in entries] == ["https://press.example/1", "https://press.example/2"]


BEGUN = b"<rss version='2.0'><channel><title>x & y</title><item><link>/1</link><description>"
HOSTILE = {
    "comments": BEGUN + b"<![CDATA[" + b"<!--" * 900_000 + b"]]></description></item></channel></rss>",
    "escaped comments": BEGUN + b"&lt;!--" * 600_000 + b"</description></item></channel></rss>",
    "attributes": BEGUN + b"<![CDATA[<a " + b"a=b " * 900_000 + b">]]></description></item></channel></rss>",
    "attributes of the feed's own": b"<rss version='2.0'><channel><item><title " + b"a=b " * 1_000_000,
    "brackets": BEGUN + b"<" * 3_000_000,
    "openings": BEGUN + b"<a " * 1_000_000,
    "declarations": BEGUN + b"<!" * 1_500_000,
    "sections": BEGUN + b"<![CDATA[" * 400_000,
    "elements": b"<rss version='2.0'><channel><item>" + b"<a>" * 1_300_000,
    "entities": b"<rss version='2.0'><channel><title>" + b"&#x26;" * 660_000 + b"</title></channel></rss>",
    "its declaration": b"<?xml " + b"version='1.0' " * 280_000,
    "a deep list": b'{"version": "jsonfeed.org", "items": ' + b"[" * 4_000_000,
}


@pytest.mark.parametrize("body", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_feed_takes_no_longer_than_it_may(choose: Any, body: bytes) -> None:  # noqa: F811
    choose(PARALLAX_PARSE_SECONDS="1")
    began = time.process_time()
    with suppress(Refused):
        assert isinstance(read(body, URL, {}), feeds.Found)
    assert time.process_time() - began < 1  # of this process's own: whatever it took, the sandbox took it


def test_one_that_takes_too_long_or_too_much_says_so(choose: Any, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: F811
    choose(PARALLAX_PARSE_SECONDS="0.5")

    def fail(parse: Callable[..., Any]) -> str:
        monkeypatch.setattr(feeds, "parse", parse)
        with pytest.raises(Refused) as found:
            read(b"", URL, {})
        return found.value.code

    assert fail(lambda *_: time.sleep(60)) == "feed_too_slow"
    choose(PARALLAX_PARSE_SECONDS="20")
    assert fail(lambda *_: [bytearray(50_000_000) for _ in range(40)]) == "feed_too_heavy"
    assert fail(lambda *_: 1 // 0) == "feed_broken"


SHAPES = st.binary(max_size=300) | st.text(max_size=200).map(lambda text: rss(item(escape(text), escape(text), text)))


@given(body=SHAPES)
@rules(max_examples=100, deadline=None)
def test_whatever_it_is_it_is_read_or_refused(body: bytes) -> None:
    with suppress(Refused):
        assert all(entry.guid for entry in feeds.parse(body, URL, {}).entries)
