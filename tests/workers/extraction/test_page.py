"""Pages: the text, and what a page says of its article."""

from __future__ import annotations

from pathlib import Path

import pytest

from models import pipeline
from models.article import Article
from tests.site import ARTICLE, BODY
from workers.extraction import articles, page
from workers.extraction.encoding import Decoded, decode
from workers.extraction.extract import Extract
from workers.extraction.refusal import Refused
from workers.extraction.source import Page as Source

URL = "https://harrow.example/news/bridge?from=home"
PARAGRAPH = "<p>The council of Harrow closed the old bridge on Monday, and the ferry will carry people instead.</p>"


def read(head: str = "", body: str = f"<article>{PARAGRAPH * 3}</article>", url: str | None = URL) -> Extract:
    source = f"<!doctype html><html><head>{head}</head><body>{body}</body></html>"
    return page.extract(Decoded(source, "utf-8", "declared"), url)


def say(content: str) -> str:
    return f'<script type="application/ld+json">{content}</script>'


def test_the_whole_of_a_page() -> None:
    found = page.extract(Decoded(ARTICLE, "utf-8", "declared"), URL)
    assert found.model_copy(update={"tool": ""}) == Extract(
        text=BODY,
        title="Council closes bridge",
        outlet="The Harrow Post",
        author="Ann Lee, Bo Ray",
        url="https://harrow.example/bridge",
        published="2026-03-14T09:30:00+00:00",
        tool="",
        encoding="utf-8",
    )


def test_what_stands_around_an_article_stays_out() -> None:
    """Cookies, menus, buttons, captions, links to other stories, a newsletter's form, comments and the imprint."""
    source = Path(__file__).with_name("lantern.html").read_text("utf-8")
    found = page.extract(Decoded(source, "utf-8", "declared"), "https://lantern.example/flood")
    assert (found.title, found.outlet) == ("Flood wall breaks at Stonebridge", "The Daily Lantern")
    assert (found.author, found.published) == ("Mira Holt", "2026-02-03")
    assert found.text.split("\n\n") == [
        "Hundreds leave their homes as the river rises for a third night.",
        "The flood wall at Stonebridge broke on Tuesday night, and hundreds of people left their homes in the dark.",
        "“We had ten minutes,” said Petra Vance, a teacher. “Nobody warned us.”",
        "The water board said the wall had been inspected in the autumn. Critics claim that the report was ignored.",
        "What happens next",
        "Engineers will look at the wall on Thursday. The minister, Olaf Renn, refused to say who would pay.",
        "This article was amended on 4 February to correct the height of the wall.",
    ]


def test_every_paragraph_is_one() -> None:
    body = (
        "<article><h1>Council closes bridge</h1><p>The council closed the old bridge<br>on Monday, and the\n ferry "
        "will <b>carry</b> people over <a href='/r'>the river</a> instead.</p><h2>What next</h2><ul><li>A vote in "
        "autumn, "
        "the mayor said</li><li>A ferry in June, the harbour master said</li></ul><blockquote><p>“Nobody asked us,” "
        "said Ana Moore on the far bank.</p></blockquote></article>"
    )
    found = read(body=body)
    assert found.title == "Council closes bridge"  # and not in the text once more
    assert found.text == (
        "The council closed the old bridge\non Monday, and the ferry will carry people over the "
        "river instead.\n\nWhat next\n\nA vote in autumn, the mayor said\n\nA ferry in June, the harbour master said"
        "\n\n> “Nobody asked us,” said Ana Moore on the far bank."
    )


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        (
            "<blockquote><p>It is a shameful plan.</p><p>Nor will the town have it.</p>"
            "<footer>— <cite>Rosa Werner, chairwoman</cite></footer></blockquote>",
            "> It is a shameful plan.\n\n> Nor will the town have it.\n\n> — Rosa Werner, chairwoman",
        ),
        (
            '<blockquote class="twitter-tweet"><p>This is a corrupt regime.</p>&mdash; Tomas Reik (@treik) '
            '<a href="https://x.example/1">March 14, 2026</a></blockquote>',
            "> This is a corrupt regime.\n\n> — Tomas Reik (@treik) March 14, 2026",
        ),
        (
            "<figure><blockquote>We were <em>never</em> asked.<br>Nobody was.</blockquote>"
            "<figcaption>Ann Lee</figcaption></figure>",
            "> We were never asked.\n> Nobody was.\n\n> — Ann Lee",
        ),
        ("<blockquote>We were never asked. <cite>Ann Lee</cite></blockquote>", "> We were never asked.\n\n> — Ann Lee"),
        ("<blockquote><blockquote>We were never asked.</blockquote></blockquote>", "> We were never asked."),
    ],
)
def test_block_quotes_and_posts_keep_their_sign_and_their_name(markup: str, expected: str) -> None:
    before = (
        "The council closed the old bridge on Monday, and the ferry will carry people over the river instead of it."
    )
    after = "The engineer in charge said that the repair would take until autumn, if the weather held for so long."
    found = read(body=f"<article><h1>Council closes bridge</h1><p>{before}</p>{markup}<p>{after}</p></article>")
    assert found.text == f"{before}\n\n{expected}\n\n{after}"


def test_an_article_set_in_one_block_quote_quotes_nobody() -> None:
    told = "The council closed the old bridge on Monday, and the ferry will carry people over the river instead of it."
    found = read(
        body=f"<article><h1>Council closes bridge</h1><blockquote><p>{told}</p><p>{told}</p></blockquote></article>"
    )
    assert ">" not in found.text


@pytest.mark.parametrize(
    ("head", "field", "value"),
    [
        ("<title>Bridge shut</title>", "title", "Bridge shut"),
        ('<title>x</title><meta property="og:title" content="Bridge closed">', "title", "Bridge closed"),
        (say('{"@type": "NewsArticle", "headline": " Bridge\\n gone "}'), "title", "Bridge gone"),
        (say('{"@type": ["Article", "NewsArticle"], "headline": "Listed"}'), "title", "Listed"),
        (say('[{"@type": "WebPage"}, {"@type": "OpinionNewsArticle", "headline": "Second"}]'), "title", "Second"),
        (say('{"@graph": [{"@type": "Person"}, {"@type": "Article", "headline": "Graphed"}]}'), "title", "Graphed"),
        (say('{"@type": "NewsArticle", "author": "Ann Lee"}'), "author", "Ann Lee"),
        (say('{"@type": "NewsArticle", "author": [{"name": "Ann"}, {"name": "Bo"}]}'), "author", "Ann, Bo"),
        ('<meta name="author" content="Cy Dee">', "author", "Cy Dee"),
        (say('{"@type": "NewsArticle", "publisher": {"name": "The Quay"}}'), "outlet", "The Quay"),
        ('<meta property="og:site_name" content="The Quay">', "outlet", "The Quay"),
        ('<link rel="canonical" href="/bridge">', "url", "https://harrow.example/bridge"),
        ('<meta property="og:url" content="https://harrow.example/b">', "url", "https://harrow.example/b"),
        ("", "url", URL),
        ('<meta property="article:published_time" content="2026-03-14T08:00Z">', "published", "2026-03-14T08:00Z"),
        (say('{"@type": "NewsArticle", "datePublished": "2026-03-14"}'), "published", "2026-03-14"),
    ],
)  # fmt: skip
def test_what_a_page_says_of_its_article(head: str, field: str, value: str) -> None:
    assert getattr(read(head), field) == value


IDENTIFIED = '{"@id": "https://harrow.example/#org"}'
ORGANIZATION = '{"@type": "NewsMediaOrganization", "@id": "https://harrow.example/#org", "name": "The Quay"}'
SITE = f'{{"@type": "WebSite", "@id": "https://harrow.example/#site", "publisher": {ORGANIZATION}}}'


def told(publisher: str) -> str:
    return f'{{"@type": "NewsArticle", "publisher": {publisher}}}'


@pytest.mark.parametrize(
    "head",
    [
        say(f'{{"@graph": [{told(IDENTIFIED)}, {ORGANIZATION}]}}'),
        say(f'{{"@graph": [{ORGANIZATION}, {told(IDENTIFIED)}]}}'),
        say(told(IDENTIFIED)) + say(ORGANIZATION),
        say(told(IDENTIFIED)) + say(f"[{SITE}]"),
        say(told('[{"@id": "/#org"}]')) + say(ORGANIZATION),
        say(told('{"@type": "Organization", "@id": "/#org"}')) + say(ORGANIZATION),
        say(told(IDENTIFIED)) + say(ORGANIZATION.replace("https://harrow.example", "")),
        say(told(IDENTIFIED)) + say(f'{{"@type": "WebPage", "about": {{"copyrightHolder": {ORGANIZATION}}}}}'),
        say(told(IDENTIFIED)) + say(IDENTIFIED) + say(ORGANIZATION),
    ],
    ids=str,
)
def test_a_publisher_named_by_its_id_is_found_wherever_the_page_tells_of_it(head: str) -> None:
    assert read(f'<meta property="og:site_name" content="Another">{head}').outlet == "The Quay"


@pytest.mark.parametrize(
    "head",
    [
        say(told('{"@id": "https://harrow.example/#nobody"}')) + say(ORGANIZATION),
        say(told('{"@id": 7}')) + say(ORGANIZATION),
        say(told('{"@id": "http://["}')) + say(ORGANIZATION),
        say(told("null")) + say(ORGANIZATION),
        say(told(IDENTIFIED)) + say(IDENTIFIED),
        say(told('{"@id": "https://harrow.example/#org", "name": "Another"}')) + say(ORGANIZATION),
    ],
    ids=str,
)
def test_an_id_that_names_nobody_leaves_the_outlet_to_the_rest_of_the_page(head: str) -> None:
    assert read(f'<meta property="og:site_name" content="Another">{head}').outlet == "Another"


def test_authors_named_by_their_ids_are_found_too() -> None:
    people = '[{"@type": "Person", "@id": "#a", "name": "Ann Lee"}, {"@type": "Person", "@id": "#b", "name": "Bo Ray"}]'
    article = '{"@type": "NewsArticle", "author": [{"@id": "#a"}, {"@id": "#b"}]}'
    assert read(say(article) + say(people)).author == "Ann Lee, Bo Ray"


@pytest.mark.parametrize(
    "said",
    [
        "{",
        "[" * 100_000,
        '"text"',
        "null",
        '{"@type": 7}',
        '{"@type": "NewsArticle", "headline": 7, "author": {"a": 1}}',
    ],
)
def test_a_page_that_says_nonsense_of_itself_is_read_all_the_same(said: str) -> None:
    assert read(say(said)).text.startswith("The council of Harrow")


def test_what_is_not_acceptable_is_left_out() -> None:
    """A page may say anything of itself; an article holds only what its own rules allow."""
    head = (
        f'<link rel="canonical" href="javascript:alert(1)"><title>{"x" * 3_000}</title>'
        '<meta property="og:site_name" content="The&#7; Quay"><meta name="author" content=" ">'
    )
    source = f"<html><head>{head}</head><body><article>{PARAGRAPH * 3}</article></body></html>"
    article = articles.prepare(Source(html=source)).article
    assert (article.title, article.url, article.author) == (None, None, None)
    assert article.outlet == "The Quay"


def test_a_page_in_another_encoding() -> None:
    source = (
        f'<html><head><meta charset="windows-1252"></head><body><p>The café’s owner left.</p>{PARAGRAPH}</body></html>'
    )
    decoded = decode(source.encode("cp1252"), markup=True)
    assert (decoded.encoding, decoded.how) == ("windows-1252", "declared")
    assert page.extract(decoded).text.startswith("The café’s owner left.")
    assert decode(source.encode("utf-8"), "iso-8859-1").text != source  # whoever sent it said so
    assert decode(source.encode("utf-16"), "iso-8859-1", markup=True).text == source  # its first bytes leave no doubt
    assert decode("naïve".encode("cp1252"), "utf-8").text == "naïve"  # what was said is not so
    assert decode(b"x", "no-such-encoding").encoding == "utf-8"


@pytest.mark.parametrize("source", ["<html></html>", "<p> </p>", "<script>go()</script>", "<!-- -->", "x <"])
def test_a_page_without_a_text(source: str) -> None:
    with pytest.raises(Refused) as found:
        page.extract(Decoded(source, "utf-8", "declared"))
    assert found.value.code == "page_no_text"


def test_a_page_nested_without_end_ends_in_a_refusal() -> None:
    source = "<div>" * 80_000 + PARAGRAPH + "</div>" * 80_000
    with pytest.raises(Refused) as found:
        articles.prepare(Source(html=source))
    assert found.value.code in {"page_broken", "page_no_text"}


def test_the_words_of_an_embedded_post_are_whose_they_are() -> None:
    post = (
        '<blockquote class="twitter-tweet"><p>This corrupt regime has betrayed us.</p>&mdash; Tomas Reik (@treik) '
        '<a href="https://x.example/1">March 14, 2026</a></blockquote>'
    )
    told = "The council closed the old bridge on Monday, and the ferry will carry people over the river instead of it."
    found = read(body=f"<article><h1>Council closes bridge</h1><p>{told}</p>{post}<p>{told}</p></article>")
    report = pipeline.analyze(Article(title=found.title, text=found.text))
    (quotation,) = report.quotations or []
    assert report.article.text[quotation.start : quotation.end] == "This corrupt regime has betrayed us."
    assert [entity.name for entity in report.entities if entity.id == quotation.speaker] == ["Tomas Reik"]
    assert ("corrupt regime", "quoted") in {(term.text, term.voice) for term in report.vocabulary.terms}
    assert "outlet" not in {term.voice for term in report.vocabulary.terms if term.start >= quotation.start}
