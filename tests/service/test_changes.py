"""An edited text beside what it was: which findings went, came, stayed."""

from __future__ import annotations

from flask.testing import FlaskClient

from models.article import Article
from models.report import Report
from service import changes
from tests.service.by_hand import build_framed
from tests.service.html import look, read
from workers import queue, store


def edit(report: Report, **dropped: int) -> Report:
    """The report without some of its loaded words or statements, as an edit might leave it."""
    words = report.vocabulary.model_copy(update={"terms": report.vocabulary.terms[dropped.get("terms", 0) :]})
    said = report.attribution
    said = said.model_copy(update={"items": said.items[dropped.get("items", 0) :]})
    return report.model_copy(update={"id": "f" * 32, "vocabulary": words, "attribution": said})


def test_what_went_and_what_came(framed: Report) -> None:
    shorter = edit(framed, terms=2, items=1)
    made = changes.compare(framed, shorter)
    assert [note.name for note in made.went] == ["term-0", "term-1", "attribution-0"]
    assert made.came == ()
    back = changes.compare(shorter, framed)
    assert [note.name for note in back.came] == ["term-0", "term-1", "attribution-0"]
    assert back.stayed == made.stayed


def test_nothing_changes_where_nothing_changed(framed: Report) -> None:
    made = changes.compare(framed, build_framed())
    assert (made.went, made.came) == ((), ())
    assert made.stayed > 15


def test_of_a_word_that_stands_twice_one_may_go(report: Report) -> None:
    tyrant = report.vocabulary.terms[3]
    twice = report.vocabulary.model_copy(update={"terms": [tyrant, tyrant]})
    once = report.vocabulary.model_copy(update={"terms": [tyrant]})
    made = changes.compare(
        report.model_copy(update={"vocabulary": twice}), report.model_copy(update={"vocabulary": once})
    )
    assert [note.name for note in made.went] == ["term-1"]


def test_what_is_less_sure_neither_goes_nor_comes(framed: Report) -> None:
    sure = [term for term in framed.vocabulary.terms if term.shown]
    without = framed.model_copy(update={"vocabulary": framed.vocabulary.model_copy(update={"terms": sure})})
    assert changes.compare(framed, without).went == ()


def test_without_scripts_an_edit_is_sent_again_and_says_what_changed(client: FlaskClient, stored: Report) -> None:
    page = client.get(f"/reports/{stored.id}").text
    (form,) = look(page, "//form[@id='edit-form']")
    assert form.get("action") == f"/?before={stored.id}"
    fields = {one.get("name"): one.get("value") or one.text for one in form.xpath(".//input | .//textarea")}
    assert fields["outlet"] == "Plain Gazette"
    assert fields["text"].strip().startswith("Marshal Oren Tal")
    sent = client.post(form.get("action"), data=fields | {"text": "A plain text, edited."})
    assert sent.status_code == 303
    assert sent.headers["Location"].endswith(f"?before={stored.id}")
    identifier = sent.headers["Location"].removeprefix("/reports/").partition("?")[0]
    store.save(edit(stored, terms=2).model_copy(update={"id": identifier}))
    told = read(client.get(sent.headers["Location"]).text, "//section[@aria-labelledby='changed']")
    assert told.startswith("Against the text before 2 went, 0 came, ")
    assert "“Tyrant” label" in told
    assert look(client.get(f"/reports/{identifier}?before=gone").text, "//*[@id='changed']") == []
    store.delete(identifier)


def test_a_draft_is_read_in_the_background_once_and_is_in_no_list(client: FlaskClient, stored: Report) -> None:
    asked = client.post(f"/reports/{stored.id}/draft", data={"title": "A draft", "text": "A draft of a text."})
    assert asked.status_code == 202
    look_at = asked.json["look"]
    assert client.get(look_at).status_code == 202
    draft = look_at.rpartition("/")[2]
    store.begin(draft, "a worker")
    store.save(edit(stored, terms=3).model_copy(update={"id": draft}))
    told = client.get(look_at)
    assert told.status_code == 200
    went = look(told.text, "//*[@class='changes']/@data-went")
    assert went == [" ".join(str(number) for number in sorted(_numbers(stored, 3)))]
    assert client.get(look_at).status_code == 404
    assert draft not in client.get("/").text
    assert client.post(f"/reports/{stored.id}/draft", data={"text": "  "}).status_code == 422
    assert client.post("/reports/gone/draft", data={"text": "A text."}).status_code == 404


def _numbers(report: Report, first: int) -> list[int]:
    return [note.number for note in changes.compare(report, edit(report, terms=first)).went]


def test_an_edit_of_a_private_text_stays_private(client: FlaskClient, report: Report) -> None:
    identifier = queue.submit(Article(text="Private words.", private=True)).id
    store.save(report.model_copy(update={"id": identifier}))
    form = "//form[@id='edit-form']//input[@name='private']/@value"
    assert look(client.get(f"/reports/{identifier}").text, form) == ["yes"]
    store.delete(identifier)
