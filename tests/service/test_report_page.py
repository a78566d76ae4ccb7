"""The page of a report: every finding in its place, and what is said where there is nothing to say."""

from __future__ import annotations

from flask.testing import FlaskClient

from models.article import Article
from models.report import NoReply, Report
from tests.service.html import look, read
from workers import queue, store


def test_report_page_shows_every_finding_with_links_there_and_back(client: FlaskClient, stored: Report) -> None:
    page = client.get(f"/reports/{stored.id}").text
    assert "These are marks of wording, not a verdict. Zero is not the goal." in page
    there = {(mark.get("id"), mark.get("href")) for mark in look(page, "//a[contains(@class, 'ref')][@id]")}
    back = look(page, "//a[@class='back']/@href")
    numbers = range(1, len(back) + 1)
    assert there == {(f"m{number}", f"#n{number}") for number in numbers}
    assert back == [f"#m{number}" for number in numbers]
    assert len(back) > len(stored.vocabulary.terms) + len(stored.attribution.items)
    for name in ("At a glance", "Who is heard", "People", "Against the reference"):
        assert name in page
    for note in stored.notes:
        assert note.message in page


def test_report_page_holds_the_whole_text(client: FlaskClient, stored: Report) -> None:
    page = client.get(f"/reports/{stored.id}").text
    (story,) = look(page, "//*[@id='story']")
    for added in story.xpath(
        ".//a[starts-with(@class, 'ref')] | .//ins | .//span[starts-with(@class, 'tone')] | .//h2"
    ):
        added.drop_tree()
    assert story.text_content().split() == stored.article.text[stored.article.title_end :].split()


def test_overlapping_findings_all_show(client: FlaskClient, stored: Report) -> None:
    page = client.get(f"/reports/{stored.id}").text
    assert look(page, "//u[contains(@class, 'term')]/u[contains(@class, 'term')]/text()") == ["tyrant"]


def test_too_little_text_gives_no_figures(client: FlaskClient, report: Report) -> None:
    identifier = queue.submit(Article(text="Too short a text.")).id
    short = report.model_copy(
        update={"id": identifier, "vocabulary": report.vocabulary.model_copy(update={"rates": None})}
    )
    store.save(short)
    page = client.get(f"/reports/{identifier}").text
    assert "Too little to say: rates need 80 words" in read(page, "//details[.//h2[@id='reference']]")
    assert "more such words than" not in page
    store.delete(identifier)


def test_who_was_asked_and_gave_no_answer_is_named_with_the_words(client: FlaskClient, report: Report) -> None:
    corvin = next(entity for entity in report.entities if entity.name == "Lena Corvin")
    text = report.article.text
    start = text.index("gave no details")
    refusals = [
        NoReply(start=start, end=start + 15, text=text[start : start + 15], entity=who) for who in (corvin.id, None)
    ]
    identifier = queue.submit(Article(text="Somebody gave no details.")).id
    attribution = report.attribution.model_copy(update={"no_reply": refusals})
    store.save(report.model_copy(update={"id": identifier, "attribution": attribution}))
    page = read(client.get(f"/reports/{identifier}").text, "//main")
    assert (
        "Asked, and gave no answer: Lena Corvin (“gave no details”), somebody whom the text does not name "
        "(“gave no details”)." in page
    )
    store.delete(identifier)


def keep(report: Report, text: str) -> str:
    """A report in the store under a name of its own, to be deleted after."""
    identifier = queue.submit(Article(text=text)).id
    store.save(report.model_copy(update={"id": identifier}))
    return identifier


def test_what_schema_2_knows_stands_on_the_page(client: FlaskClient, framed: Report) -> None:
    identifier = keep(framed, "With frames and deeds.")
    page = client.get(f"/reports/{identifier}").text
    assert read(page, "//*[contains(@class, 'kind')]") == "news · 120 words · 1 min"
    framing = read(page, "//details[.//h2[@id='framing']]")
    assert "Leads as a conflict of sides · sure (98 of 100): “His regime" in framing
    assert "Also as a matter of money · likely (" in framing
    assert "The headline says more than the body carries" in framing
    deed = read(page, "//details[.//h2[@id='framing']]//tbody/tr")
    assert deed == "nobody harms: “40,000 people have left the border towns” 40,000 people it just happens"
    heard = read(page, "//details[.//h2[@id='heard']]")
    assert "a politician" in heard
    assert "an official, Foreign Minister" in heard
    assert "answers 31 words later" in heard
    assert "Not heard: Northern Union, affected" in heard
    note = read(page, "//li[contains(@class, 'device')][1]")
    assert "Nobody in particular" in note
    assert "sure (93 of 100)" in note
    store.delete(identifier)


def test_every_link_inside_the_page_leads_to_something_on_it(client: FlaskClient, framed: Report) -> None:
    identifier = keep(framed, "With links to its words.")
    page = client.get(f"/reports/{identifier}").text
    there = set(look(page, "//@id"))
    assert {link[1:] for link in look(page, "//a/@href[starts-with(., '#')]")} <= there
    assert len(look(page, "//@id")) == len(there)
    store.delete(identifier)


def test_another_language_is_named_and_nothing_else_is_said(client: FlaskClient, report: Report) -> None:
    french = report.article.model_copy(update={"language": "fr"})
    nothing = {"terms": [], "rates": None}
    identifier = keep(
        report.model_copy(
            update={
                "article": french,
                "sentences": [],
                "entities": [],
                "notes": [],
                "vocabulary": report.vocabulary.model_copy(update=nothing),
                "attribution": report.attribution.model_copy(update={"items": [], "sources": [], "vague": []}),
            }
        ),
        "En français.",
    )
    page = client.get(f"/reports/{identifier}").text
    assert "Not analysed: the text reads as French." in read(page, "//section[@aria-labelledby='glance']")
    for heading in ("heard", "people", "reference", "framing"):
        assert look(page, f"//h2[@id='{heading}']") == []
    assert look(page, "//*[@id='legend']") == []
    assert "Marshal Oren Tal" in read(page, "//*[@id='story']")
    store.delete(identifier)


def test_a_text_without_a_finding_says_so(client: FlaskClient, report: Report) -> None:
    plain = report.attribution.model_copy(update={"items": [], "sources": [], "vague": []})
    words = report.vocabulary.model_copy(update={"terms": []})
    identifier = keep(
        report.model_copy(update={"attribution": plain, "vocabulary": words, "sentences": [], "entities": []}), "Plain."
    )
    said = read(client.get(f"/reports/{identifier}").text, "//section[@aria-labelledby='glance']")
    assert "Nothing was marked in this text, which was read to its end." in said
    assert "The outlet uses no loaded word of its own" in said
    assert "Nobody is quoted" in said
    store.delete(identifier)


def test_a_report_of_schema_1_says_what_it_lacks(client: FlaskClient, stored: Report) -> None:
    page = client.get(f"/reports/{stored.id}").text
    assert "made by an older Parallax" in page
    assert look(page, "//h2[@id='framing']") == []


def test_no_reason_is_a_rule_or_speaks_against_its_finding(client: FlaskClient, stored: Report) -> None:
    notes = read(client.get(f"/reports/{stored.id}").text, "//*[@id='notes']")
    assert "What speaks for it: tyrant" in notes
    assert "Monday" not in notes
    assert "label.tyrant" not in notes


def test_a_link_to_a_place_marks_it(client: FlaskClient, stored: Report) -> None:
    at = stored.article.text.index("Aid workers")
    page = client.get(f"/reports/{stored.id}?at={at}-{at + 11}").text
    assert page.count('id="here"') == 1
    for nonsense in ("x", "5", "9-2", "1-999999999", "-1-4"):
        assert client.get(f"/reports/{stored.id}?at={nonsense}").status_code == 200
