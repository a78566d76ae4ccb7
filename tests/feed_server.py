"""A server that prints a feed: real HTTP on the loopback address, an item after the other, each with a page of its own.

Every look at the feed moves the press on, so that an hour passes as fast as somebody looks.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from typing import Literal

from tests.site import Reply, Site

Kind = Literal["rss", "atom", "json"]
SHOWN = 30  # items a feed shows at once, the newest first
TELLINGS = 5  # items in a row that tell one event, each in words of its own
_TYPES = {"rss": "application/rss+xml", "atom": "application/atom+xml", "json": "application/feed+json"}

_HEADS = ("Har", "Lin", "Mar", "Tide", "Cal", "Ost", "Pen", "Wick", "Thorn", "Elm")
_TAILS = ("row", "ley", "stead", "mouth", "ford", "bury", "quay", "holm", "combe", "dale")
_SURNAMES = ("son", "well", "man", "wright", "ward", "ett", "kin", "sen", "ham", "loe")
_OTHERS = ("Bren", "Cor", "Dun", "Fen", "Gal", "Hob", "Kes", "Rad", "Sab", "Vil")
_THINGS = ("bridge", "brewery", "lighthouse", "orchard", "library", "tannery", "ferry", "quarry", "theatre", "canal")
_FATES = ("collapse", "sale", "flood", "strike", "fire", "reopening", "auction", "outbreak", "robbery", "eviction")
_WORDS = ("a disgraceful betrayal", "a fair beginning", "long overdue", "reckless", "a quiet success")
_TITLES = (
    "{fate} at the {thing} of {town}, day {number}",
    "{town} talks of its {thing}: {fate}, day {number}",
    "What {mayor} knew of the {thing} {fate}, day {number}",
    "{thing} {fate}: {baker} speaks, day {number}",
    "{town} after the {fate} of the {thing}, day {number}",
)
_FIRST = (
    "The {fate} at the {town} {thing} kept the council up all night, and {mayor} came to see it.",
    "{mayor}, the mayor of {town}, walked to the {thing} on Tuesday, where the {fate} is all that people speak of.",
    "In {town} nobody slept: the {fate} of the old {thing} had been feared for years.",
    "Three weeks before the vote, the {thing} of {town} is in every mouth because of the {fate}.",
    "{baker} was the first to hear of the {fate} at the {thing}, on the way to the market of {town}.",
)


def event(number: int) -> int:
    """Which event does this item tell?"""
    return (number - 1) // TELLINGS


def _facts(number: int) -> dict[str, str]:
    """What the item is about: no two of a hundred events share a name, or both a thing and its fate."""
    one, ten = event(number) % 10, event(number) // 10 % 10
    return {
        "town": _HEADS[one] + _TAILS[ten],
        "mayor": f"Ines {_HEADS[ten]}{_SURNAMES[one]}",
        "baker": f"Tomas {_OTHERS[one]}{_SURNAMES[ten]}",
        "thing": _THINGS[one],
        "fate": _FATES[(one + ten) % 10],
        "word": _WORDS[number % len(_WORDS)],
        "number": str(number),
    }


def headline(number: int) -> str:
    """Item so many of the press."""
    title = _TITLES[number % TELLINGS].format(**_facts(number))
    return title[0].upper() + title[1:]


def paragraphs(number: int) -> list[str]:
    """The article's text: no two are the same."""
    facts = _facts(number)
    lines = (
        _FIRST[number % TELLINGS],
        "“This is {word},” said {baker}, who sells bread beside the {thing}. “I saw {number} people at the {fate}.”",
        "The regime in city hall wants the land, critics of {mayor} say. {mayor} claimed that the {thing} was safe.",
        "{town} will hear more of the {fate} when the council meets again, {baker} said.",
    )
    return [line.format(**facts) for line in lines]


class FeedServer(Site):
    """A site with `/feed`, which grows by `step` items a look until it has shown `items`, and `/item/<number>`."""

    def __init__(self, items: int, step: int = 10, kind: Kind = "rss", broken: Mapping[int, int] | None = None) -> None:
        super().__init__()
        self.items, self.step, self.kind = items, step, kind
        self.broken = dict(broken or {})
        """Pages that are answered with an error, and its status; the feed then holds their whole text."""
        self.shown = 0

    def find(self, path: str, headers: Mapping[str, str]) -> Reply:
        """The feed, moved on; an item's page; no robots.txt."""
        if path == "/feed":
            if headers.get("If-None-Match") == self._tag() and self.shown == self.items:
                return Reply(status=304)
            self.shown = min(self.items, self.shown + self.step)
            return Reply(self._print(), headers={"Content-Type": _TYPES[self.kind], "ETag": self._tag()})
        number = path.removeprefix("/item/")
        if path.startswith("/item/") and number.isdecimal():
            if int(number) in self.broken:
                return Reply("No.", self.broken[int(number)])
            return Reply(self._page(int(number)))
        return super().find(path, headers)

    def fetches(self) -> Counter[int]:
        """How often each item's page was asked for."""
        return Counter(int(path.removeprefix("/item/")) for path in self.asked if path.startswith("/item/"))

    def _tag(self) -> str:
        return f'"{self.shown}"'

    def _page(self, number: int) -> str:
        text = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs(number))
        title = headline(number)
        return f"""<!doctype html><html lang="en"><head><title>{title}</title>
<meta property="og:site_name" content="The Loopback Press"></head>
<body><article><h1>{title}</h1>{text}</article></body></html>"""

    def _print(self) -> str:
        numbers = range(self.shown, max(0, self.shown - SHOWN), -1)
        return {"rss": self._print_rss, "atom": self._print_atom, "json": self._print_json}[self.kind](numbers)

    def _content(self, number: int) -> str:
        """The whole text where the page is broken, else a teaser."""
        whole = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs(number) * 2)
        return whole if number in self.broken else f"<p>{paragraphs(number)[0][:40]}…</p>"

    def _print_rss(self, numbers: range) -> str:
        items = "".join(
            f"<item><title>{headline(n)}</title><link>{self.url(f'/item/{n}')}</link><guid>tag:press.example,2026:{n}</guid>"
            f"<pubDate>Sat, 14 Mar 2026 09:30:00 GMT</pubDate>"
            f"<description><![CDATA[{self._content(n)}]]></description></item>"
            for n in numbers
        )
        return f'<?xml version="1.0"?><rss version="2.0"><channel><title>Loopback</title>{items}</channel></rss>'

    def _print_atom(self, numbers: range) -> str:
        items = "".join(
            f'<entry><title>{headline(n)}</title><link href="/item/{n}"/><id>tag:press.example,2026:{n}</id>'
            f"<updated>2026-03-14T09:30:00Z</updated><author><name>Ann Lee</name></author>"
            f'<content type="html"><![CDATA[{self._content(n)}]]></content></entry>'
            for n in numbers
        )
        return (
            '<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom">'
            f"<title>Loopback</title><id>press</id><updated>2026-03-14T09:30:00Z</updated>{items}</feed>"
        )

    def _print_json(self, numbers: range) -> str:
        items = [
            {
                "id": f"tag:press.example,2026:{n}", "url": f"/item/{n}", "title": headline(n),
                "content_html": self._content(n), "authors": [{"name": "Ann Lee"}],
                "date_published": "2026-03-14T09:30:00Z",
            }
            for n in numbers
        ]  # fmt: skip
        return json.dumps({"version": "https://jsonfeed.org/version/1.1", "title": "Loopback", "items": items})
