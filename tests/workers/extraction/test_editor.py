"""The editor: a text that is itself the source of a page is read as one; what can be no article is refused by name."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from html import escape

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as rules
from hypothesis import strategies as st

from tests.papers import make_docx, make_letter, make_pdf
from tests.site import ARTICLE, BODY
from workers.extraction import articles, sandbox
from workers.extraction.refusal import Refused
from workers.extraction.source import File, Page

LINES = BODY.split("\n\n")
MARKED = "".join(f"<p>{line}</p>" for line in LINES)


def as_file(name: str) -> Callable[[str], Page | File]:
    return lambda text: File(name=name, content=text.encode())


def as_page(times: int, before: str = "") -> Callable[[str], Page | File]:
    def wrap(text: str) -> Page | File:
        for _ in range(times):
            text = escape(text, quote=False)
        return Page(html=f"<html><body><article>{before}{text}</article></body></html>")

    return wrap


WAYS = {
    "saved as .txt": as_file("page.txt"),
    "saved as .md": as_file("page.md"),
    "in a letter that says it is plain": lambda text: File(name="a.eml", content=make_letter(None, text)),
    "pasted into Word": lambda text: File(name="a.docx", content=make_docx([text], title="")),
    "escaped once": as_page(1),
    "escaped twice": as_page(2),
    "escaped three times": as_page(3),
}


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
@pytest.mark.parametrize("source", [MARKED, f"<div>{MARKED}</div>", MARKED.replace("<p>", "<p>\n")])
def test_the_source_of_a_page_is_read_as_one(way: Callable[[str], Page | File], source: str) -> None:
    assert articles.prepare(way(source)).article.text == BODY


def test_what_the_page_says_of_itself_is_known_too() -> None:
    saved = f"HTTP/1.1 200 OK\nContent-Type: text/html\n\n{ARTICLE}"
    article = articles.prepare(File(name="bridge.txt", content=saved.encode(), outlet="Said")).article
    assert (article.title, article.author, article.outlet) == ("Council closes bridge", "Ann Lee, Bo Ray", "Said")
    assert article.text == BODY


def test_an_escaped_rest_after_a_plain_beginning() -> None:
    first = "A plain beginning of a sentence or two, as it was put in by hand."
    article = articles.prepare(as_page(1, f"<p>{first}</p>")(MARKED)).article
    assert article.text == f"{first}\n\n{BODY}"


@pytest.mark.parametrize(
    "text",
    [
        "A link ends with </a>, bold with </b>, and a slanted word with </i>. That is all there is to say of it.",
        "If a < b and b > c, then nothing is said of a and c; the engineers said so on Monday, three times.",
        "The headline read: Fish &amp; chips to cost more. The paper has printed it so since Monday, in red.",
    ],
)
def test_a_text_with_some_signs_in_it_stays_as_it_is(text: str) -> None:
    assert articles.prepare(File(name="a.txt", content=text.encode())).article.text == text


@pytest.mark.parametrize(
    ("source", "code"),
    [
        (Page(html=f"<article><p>%PDF-1.4 is how such a file begins.</p>{MARKED}</article>"), "page_not_text"),
        (File(name="a.pdf", content=make_pdf([["%PDF-1.4 is how such a file begins."]])), "page_not_text"),
        (File(name="a.txt", content=b"<script>a</script><style>b</style><b></b>"), "page_no_text"),
        (File(name="a.txt", content=b"<p></p>" * 9), "page_no_text"),
    ],
)  # fmt: skip
def test_what_can_be_no_article_is_refused_by_name(source: Page | File, code: str) -> None:
    with pytest.raises(Refused) as found:
        articles.prepare(source)
    assert found.value.code == code
    assert found.value.reason.endswith(".")


PIECES = [
    "<p>", "</p>", "&lt;/p&gt;", "&amp;lt;/div&amp;gt;", "<![CDATA[", "%PDF-", "\x00", "\ud800", "\u202e", "</b>",
    "\n\n", "<html>", "<script>", "&#0;", "&nbsp;", "The council closed the bridge.", "<?xml ", "<!--", "]]>",
    "<article>",
]  # fmt: skip


@given(
    pieces=st.lists(st.sampled_from(PIECES) | st.text(max_size=20), min_size=1, max_size=30),
    name=st.sampled_from(["a.txt", "a.md", "a.html", "a.eml", "page"]),
)
@rules(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_it_holds_it_is_read_or_refused(monkeypatch: pytest.MonkeyPatch, pieces: list[str], name: str) -> None:
    monkeypatch.setattr(
        sandbox, "read", lambda _, parse, *values: parse(*values)
    )  # as in the sandbox, without its walls
    content = "x" + "".join(pieces).encode("utf-8", "replace").decode()
    source = Page(html=content) if name == "page" else File(name=name, content=content.encode())
    with suppress(Refused):
        assert articles.prepare(source).article.text.strip()
