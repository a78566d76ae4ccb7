"""Feeds: what their items are, when they are looked at, and that none is read twice. A real press, worker and clock."""

from __future__ import annotations

import time
from collections.abc import Iterator
from html import escape
from urllib.parse import urlsplit

import pytest

from tests import soak_feed
from tests.conftest import Service, wait_until
from tests.feed_server import FeedServer, Kind, headline
from tests.site import ARTICLE, BODY, Reply, Site
from tests.workers.parts import Worker
from workers import store
from workers.extraction.refusal import Refused
from workers.importers.feeds import read
from workers.queue import feeds
from workers.store import Feed, Item


@pytest.mark.parametrize("kind", ["rss", "atom", "json"])
def test_the_three_kinds_say_the_same(kind: Kind) -> None:
    feed_server = FeedServer(items=2, kind=kind, broken={2: 500})
    feed_server.shown = 2
    found = read(feed_server.find("/feed", {}).body.encode(), feed_server.url("/feed"), {})  # type: ignore[union-attr]
    entries = found.entries
    assert found.title == "Loopback"
    assert [(e.guid, e.link, e.title) for e in entries] == [
        ("tag:press.example,2026:2", feed_server.url("/item/2"), headline(2)),
        ("tag:press.example,2026:1", feed_server.url("/item/1"), headline(1)),
    ]
    assert entries[0].published == "2026-03-14T09:30:00+00:00"
    assert (bool(entries[0].content), entries[1].content) == (True, None)  # a teaser is no article


@pytest.mark.parametrize(
    ("body", "code", "said"),
    [
        (b"<!doctype html><html><body>Hello</body></html>", "feed_a_page", "a web page"),
        (b"Hello", "feed_something_else", "something else"),
        (b'{"items": []}', "feed_other_json", "not a JSON Feed"),
        (b'{"version": "https://jsonfeed.org/version/1.1"}', "feed_other_json", "not a JSON Feed"),
    ],
)
def test_what_is_no_feed_is_called_by_its_name(body: bytes, code: str, said: str) -> None:
    with pytest.raises(Refused) as found:
        read(body, "https://press.example/feed", {})
    assert found.value.code == code
    assert said in found.value.reason


def test_items_without_guid_and_link_are_left_out_and_links_of_other_kinds_dropped() -> None:
    rss = b"""<rss version="2.0"><channel><title>T</title><item><title>Nameless</title></item>
    <item><guid isPermaLink="false">g</guid><link>javascript:alert(1)</link></item></channel></rss>"""
    [entry] = read(rss, "https://press.example/feed", {}).entries
    assert (entry.guid, entry.link) == ("g", None)


@pytest.fixture
def feed_server(clock: object) -> Iterator[FeedServer]:
    with FeedServer(items=6, step=3, broken={2: 503, 5: 404}) as opened:
        yield opened
    for watched in store.feeds():  # also those of a test that failed
        store.remove_feed(watched.feed.id)


def watch(url: str, interval: int = 1) -> str:
    """Watch a feed more often than politeness allows."""
    feed = Feed(id=store.name_feed(url), url=url, interval=interval, added=time.time())
    assert store.add_feed(feed, most=100) == "added"
    return feed.id


def look(identifier: str) -> Feed:
    found = store.feed(identifier)
    assert found is not None
    return found.feed


def ended(identifier: str) -> list[Item]:
    """The items once all of them have ended."""
    items = store.feed_items(identifier)
    return items if items and not store.open_items(identifier) else []


def test_a_short_hour_of_a_feed_through_the_whole_service(service: Service) -> None:
    """`make soak-feed` plays a whole one, of 500 items."""
    with FeedServer(items=20, kind="atom") as feed_server:
        assert soak_feed.play(service, feed_server)["reports"] == 20


def test_every_item_is_read_once_and_from_the_feed_where_its_page_is_broken(
    feed_server: FeedServer, worker: Worker
) -> None:
    identifier = watch(feed_server.url("/feed"))
    wait_until(lambda: look(identifier).read == 6)
    wait_until(lambda: len(ended(identifier)) == 6)
    worker.kill()
    worker.start()
    looks = feed_server.asked.count("/feed")
    wait_until(lambda: feed_server.asked.count("/feed") >= looks + 2)
    assert feed_server.fetches() == {1: 1, 2: 1, 3: 1, 4: 1, 5: 1, 6: 1}
    items = ended(identifier)
    assert [(item.error, item.content) for item in items] == [(None, None)] * 6
    reports = [store.report(item.article or "") for item in items]
    assert {report.article.title for report in reports if report} == {headline(n) for n in range(1, 7)}
    assert any("If-None-Match" in headers for headers in feed_server.headers)
    assert look(identifier).etag == '"6"'
    assert store.remove_feed(identifier)


def test_paused_feed_is_not_looked_at_until_it_is_resumed(feed_server: FeedServer) -> None:
    feed_server.pages["/other"] = Reply("<rss version='2.0'><channel><title>Other</title></channel></rss>")
    identifier, other = watch(feed_server.url("/feed")), watch(feed_server.url("/other"))
    wait_until(lambda: look(identifier).looked)
    assert feeds.pause(identifier)

    def wait_for_looks_at_the_other() -> None:
        looks = feed_server.asked.count("/other")
        wait_until(lambda: feed_server.asked.count("/other") >= looks + 2)

    wait_for_looks_at_the_other()  # one at the first may have been on its way
    looks = feed_server.asked.count("/feed")
    wait_for_looks_at_the_other()
    assert feed_server.asked.count("/feed") == looks
    assert store.remove_feed(other)
    assert feeds.resume(identifier)
    wait_until(lambda: feed_server.asked.count("/feed") > looks)
    store.remove_feed(identifier)


def test_trouble_is_told_and_makes_the_looks_rarer(clock: object) -> None:
    with Site() as site:
        site.pages["/feed"] = Reply("no", 503, {"Retry-After": "3600"})
        identifier = watch(site.url("/feed"))
        wait_until(lambda: look(identifier).trouble)
        found = store.feed(identifier)
        assert found is not None
        assert found.feed.trouble == "Its host answered 503."
        assert (found.next or 0) > time.time() + 3000
        store.remove_feed(identifier)


def test_deleted_report_leaves_nothing_in_its_feed(feed_server: FeedServer) -> None:
    feed_server.items = 1
    identifier = watch(feed_server.url("/feed"))
    wait_until(lambda: ended(identifier))
    [item] = ended(identifier)
    assert store.delete(item.article or "")
    assert store.feed_items(identifier) == []
    looks = feed_server.asked.count("/feed")
    wait_until(lambda: feed_server.asked.count("/feed") >= looks + 2)
    assert feed_server.fetches() == {1: 1}
    store.remove_feed(identifier)


def test_feed_is_watched_once_and_no_more_often_than_allowed(server: object) -> None:
    one, new = feeds.watch("https://press.example/feed", interval=1)
    again, still_new = feeds.watch("https://press.example/feed", outlet="Another")
    assert (new, still_new, again) == (True, False, one)
    assert one.interval == 300
    assert store.remove_feed(one.id)
    assert not store.remove_feed(one.id)


GUIDS = """<?xml version="1.0"?><rss version="2.0"><channel><title>Harrow &amp;amp; Corley Post</title>
<item><title>Bread &amp;amp; butter: baker&amp;#8217;s &amp;ldquo;last loaf&amp;rdquo;</title><link>/bridge.html</link>
<guid isPermaLink="false">N/A</guid></item>
<item><title><![CDATA[Ferry starts]]></title><link>ferry.html?a=1&amp;b=2</link>
<guid isPermaLink="false">N/A</guid></item>
<item><title>Podcast: the week</title><link>/pod.mp3</link><guid isPermaLink="false">N/A</guid></item>
<item><title>Bread &amp;amp; butter</title><link>/gone</link><guid isPermaLink="false">N/A</guid>
<description>{}</description></item></channel></rss>"""


def test_a_malformed_feed_is_read_item_by_item(clock: object, site: Site) -> None:
    """Guids that say nothing, links that are no whole addresses, titles and a body escaped twice, a podcast."""
    body = escape(escape("".join(f"<p>{line} {line} {line}</p>" for line in BODY.split("\n\n"))))
    site.pages["/feed"] = Reply(GUIDS.format(body), headers={"Content-Type": "text/xml"})
    site.pages["/pod.mp3"] = Reply(b"ID3", headers={"Content-Type": "audio/mpeg"})
    site.pages["/bridge.html"] = site.pages["/ferry.html?a=1&b=2"] = Reply(ARTICLE)
    identifier = watch(site.url("/feed"), interval=3600)
    wait_until(lambda: len(ended(identifier)) == 4)
    items = {urlsplit(item.link or "").path: item for item in ended(identifier)}
    assert [path for path, item in items.items() if not item.error] == ["/bridge.html", "/ferry.html", "/gone"]
    assert "audio/mpeg, not a page of text" in (items["/pod.mp3"].error or "")
    from_feed = store.report(items["/gone"].article or "")
    assert from_feed is not None
    assert (from_feed.article.title, from_feed.article.outlet) == ("Bread & butter", "Harrow & Corley Post")
    assert "<" not in from_feed.article.text
    assert from_feed.article.text.count("A vote is planned for the autumn.") == 3
    assert look(identifier).title == "Harrow & Corley Post"
    store.remove_feed(identifier)


def test_a_hostile_feed_holds_nobody_up(clock: object, site: Site) -> None:
    """Two minutes of processor before feeds were read in the sandbox."""
    item = (
        b"<item><title>T</title><link>/1</link><description><![CDATA[<a "
        + b"a=b " * 900_000
        + b">]]></description></item>"
    )
    site.pages["/feed"] = Reply(b"<rss version='2.0'><channel><title>x</title>" + item + b"</channel></rss>")
    identifier = watch(site.url("/feed"), interval=3600)
    wait_until(lambda: look(identifier).trouble)
    assert (look(identifier).trouble or "").startswith("Reading the feed took ")
    store.remove_feed(identifier)
