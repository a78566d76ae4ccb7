"""A link goes in, its report comes out: a real site, a real store, a real worker."""

from __future__ import annotations

from html import escape

import pytest

from tests.conftest import has_ended, wait_until
from tests.papers import lock_pdf, make_docx, make_pdf
from tests.site import ARTICLE, BODY, Reply, Site
from tests.workers.extraction.test_notices import CONSENT, OFFERS, STORY, P
from workers import queue, store
from workers.extraction.source import File, Page

pytestmark = pytest.mark.usefixtures("worker")


def end(identifier: str) -> store.State:
    """Wait until this submission has ended."""
    wait_until(lambda: has_ended(identifier))
    state = store.state(identifier)
    assert state is not None
    return state


def test_a_link_becomes_a_report(site: Site) -> None:
    site.pages["/article"] = Reply(ARTICLE)
    submitted = queue.submit_link(site.url(), outlet="The Post of Harrow")
    assert submitted.status == "queued"
    assert end(submitted.id).status == "done"
    report = store.report(submitted.id)
    assert report is not None
    found = report.article
    assert (report.id, found.title, found.text) == (
        submitted.id,
        "Council closes bridge",
        f"Council closes bridge\n\n{BODY}",
    )
    assert (found.author, found.published) == ("Ann Lee, Bo Ray", "2026-03-14T09:30:00+00:00")
    assert found.outlet == "The Post of Harrow"  # what the sender says goes before what the page says
    assert found.url == "https://harrow.example/bridge"
    origin = report.provenance.origin
    assert origin is not None
    assert (origin.kind, origin.name, origin.fetched) == ("link", site.url(), site.url())
    assert origin.encoding == "utf-8"
    assert report.notes[0].code == "extracted"
    assert "regime" in {term.text for term in report.vocabulary.terms}


def test_the_same_link_twice_is_fetched_once(site: Site) -> None:
    site.pages["/article"] = Reply(ARTICLE)
    first, second = (queue.submit_link(site.url(), id="once") for _ in range(2))
    assert first.id == second.id
    assert end(first.id).status == "done"
    assert queue.submit_link(site.url(), id="once").status == "done"
    assert site.asked == ["/robots.txt", "/article"]


def test_a_refused_link_says_why_and_can_be_sent_again(site: Site) -> None:
    submitted = queue.submit_link(site.url("/later"))
    state = end(submitted.id)
    assert (state.status, state.code) == ("failed", "link_gone")
    assert state.reason == (
        f"127.0.0.1:{site.port} has nothing at this address (it answered 404). Check the address for a slip."
    )
    site.pages["/later"] = Reply(ARTICLE)
    assert queue.submit_link(site.url("/later")).status == "queued"
    assert end(submitted.id).status == "done"


def test_a_page_and_a_file_become_reports() -> None:
    page = queue.submit(Page(html=ARTICLE, url="https://harrow.example/a"))
    file = queue.submit(File(name="bridge.docx", content=make_docx()), lane="bulk")
    assert (end(page.id).status, end(file.id).status) == ("done", "done")
    of_page, of_file = store.report(page.id), store.report(file.id)
    assert of_page is not None
    assert of_file is not None
    assert of_page.article.text == of_file.article.text == f"Council closes bridge\n\n{BODY}"
    assert of_page.article.url == "https://harrow.example/a"  # the sender's word goes before the page's
    assert of_file.provenance.origin is not None
    assert of_file.provenance.origin.name == "bridge.docx"
    for report in (of_page, of_file):
        for term in report.vocabulary.terms:
            assert report.article.text[term.start : term.end] == term.text


def test_a_file_that_can_not_be_read_fails_with_its_code() -> None:
    state = end(queue.submit(File(name="a.pdf", content=lock_pdf(make_pdf([["x"]]), "secret"))).id)
    assert (state.status, state.code) == ("failed", "file_encrypted")
    assert state.reason == "The file is locked with a password. Save it without one, or paste the article’s text."


def test_what_a_page_asks_of_its_reader_is_no_article(site: Site) -> None:
    """A consent notice alone, an offer alone, a teaser before an offer, an article in an aside behind a notice."""
    head, notice, offer = "<h1>Council closes bridge</h1>", CONSENT["partners"], OFFERS["overlay"]
    site.pages["/consent"] = Reply(f"<html><body>{notice}</body></html>")
    site.pages["/offer"] = Reply(f"<html><body><main>{head}{offer}</main></body></html>")
    site.pages["/teaser"] = Reply(f"<html><body><article>{head}<p>{STORY[0]}</p></article>{offer}</body></html>")
    site.pages["/aside"] = Reply(f"<html><body>{notice}<aside>{head}{P}</aside></body></html>")
    sent = {path: queue.submit_link(site.url(path)).id for path in site.pages}
    ends = {path: end(identifier) for path, identifier in sent.items()}
    assert {path: state.code for path, state in ends.items()} == {
        "/consent": "page_consent", "/offer": "page_offer", "/teaser": None, "/aside": None,
    }  # fmt: skip
    teaser, aside = store.report(sent["/teaser"]), store.report(sent["/aside"])
    assert teaser is not None
    assert aside is not None
    assert "shut" in {note.code for note in teaser.notes}
    assert aside.article.text.endswith("\n\n".join(STORY))


def test_a_page_saved_as_plain_text_is_read_as_a_page() -> None:
    saved = queue.submit(File(name="page.txt", content=ARTICLE.encode()))
    escaped = queue.submit(Page(html=f"<article>{escape(ARTICLE)}</article>"))
    for identifier in (saved.id, escaped.id):
        assert end(identifier).status == "done"
        report = store.report(identifier)
        assert report is not None
        assert report.article.text == f"Council closes bridge\n\n{BODY}"
