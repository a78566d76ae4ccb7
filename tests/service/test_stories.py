"""Stories and outlets as pages and JSON, on a real store."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask.testing import FlaskClient
from markupsafe import escape

from models.article import Article
from models.comparison import columns
from models.outlets import counting
from models.report import Report
from models.stories import profiles
from service import examples
from tests.service.html import look
from tests.service.kept import keep
from workers import queue, store
from workers.tasks import grouping

NAME = "Quill & Sons / “The Post”"


@pytest.fixture
def ten(client: FlaskClient, report: Report) -> Iterator[list[str]]:
    """Ten reports of one outlet with an awkward name."""
    names = []
    for at in range(10):
        identifier = queue.submit(Article(text=f"Of the Post, {at}", outlet=NAME)).id
        facts = report.article.model_copy(update={"outlet": NAME, "title": f"Post {at}"})
        store.save(report.model_copy(update={"id": identifier, "article": facts}))
        counts = counting.count(columns.read(0, report))
        assert counts is not None
        own = {"text": str(at), "published": f"2026-05-{at + 1:02}"}  # or the same text would count once
        store.count(identifier, NAME, counts.model_copy(update=own))
        names.append(identifier)
    yield names
    for name in names:
        store.delete(name)


def test_a_story_names_its_reports_and_compares_on_one_click(client: FlaskClient, three: list[str]) -> None:
    (told,) = [story for story in client.get("/api/v1/stories").json["stories"] if story["count"] == 3]
    page = client.get("/stories").text
    compare = f"/compare?report={three[0]}&amp;report={three[1]}&amp;report={three[2]}"
    for shown in (page, client.get(f"/stories/{told['id']}").text):
        assert f'href="{compare}"' in shown
        assert "Compare all 3" in shown
        assert "Parallax knows only what it was given" in shown
        for name, article in zip(three, examples.ARTICLES, strict=True):
            assert article.outlet in shown
            assert f'href="/reports/{name}"' in shown
    assert client.get(f"/api/v1/stories/{told['id']}").json == told
    assert f'href="/stories/{told["id"]}"' in client.get(f"/reports/{three[0]}").text


def test_more_reports_than_fit_lead_to_the_chooser(client: FlaskClient, three: list[str]) -> None:
    report = store.report(three[0])
    assert report is not None
    more = []
    for at in range(4):
        identifier = queue.submit(Article(text=f"Once more, {at}")).id
        store.save(report.model_copy(update={"id": identifier}))
        grouping.join_story(identifier, profiles.draw(columns.read(0, report)))
        more.append(identifier)
    story = store.find_story(three[0])
    page = client.get(f"/stories/{story}").text
    assert "One event, told by 7 reports" in page
    assert "Choose which to compare" in page
    chooser = client.get("/compare?" + "&".join(f"report={name}" for name in [*three, *more])).text
    assert chooser.count(" checked") == 7
    for name in more:
        store.delete(name)


def test_empty_pages_offer_one_click(client: FlaskClient) -> None:
    for story in store.recent_stories().items:
        for summary in story.reports:
            store.delete(summary.id)
    for outlet in store.outlets():
        for summary in store.outlet_reports(outlet.name, limit=100).items:
            store.delete(summary.id)
    assert "No event is told by two reports yet" in client.get("/stories").text
    assert "No report names its outlet yet" in client.get("/outlets").text
    for address in ("/stories", "/outlets"):
        assert 'value="three"' in client.get(address).text
    assert client.get("/api/v1/stories").json == {"stories": [], "next": None}
    assert client.get("/api/v1/outlets").json == {"outlets": []}


def test_below_ten_articles_an_outlet_has_no_figure(client: FlaskClient, three: list[str]) -> None:
    outlet = examples.ARTICLES[0].outlet or ""
    page = client.get(f"/outlets/{outlet.upper()}")
    assert page.status_code == 200
    assert "Too little to say: 1 of 10 articles" in page.text
    assert "per 1,000" not in page.text.lower()
    assert "too little to say: 1 of 10 articles" in client.get("/outlets").text
    assert f'href="/stories/{store.find_story(three[0])}"' in page.text
    found = client.get(f"/api/v1/outlets/{outlet.lower()}").json
    assert (found["name"], found["articles"], found["figures"]) == (outlet, 1, None)


def test_from_ten_articles_on_figures_with_intervals(client: FlaskClient, ten: list[str]) -> None:
    found = client.get("/api/v1/outlets/quill & sons / “the post”").json
    rate = found["figures"]["total"]["outlet"]
    assert (found["articles"], rate["count"]) == (10, 70)
    assert rate["low"] <= rate["value"] <= rate["high"]
    page = client.get("/outlets/quill%20&%20sons%20%2F%20“the%20post”").text
    for told in ("95 % interval over its 10 articles", "70 found", "more than the reference", "Oren Tal"):
        assert told in page
    for address in ("/outlets", f"/reports/{ten[0]}"):
        (link,) = look(client.get(address).text, "//a/@href[starts-with(., '/outlets/quill')]")
        followed = client.get(link)
        assert (followed.status_code, f"<bdi>{escape(NAME)}</bdi>" in followed.text) == (200, True)


def test_no_word_of_worth_or_of_left_and_right(client: FlaskClient, ten: list[str], three: list[str]) -> None:
    pages = [client.get(address).text for address in ("/stories", "/outlets", f"/outlets/{NAME}")]
    for page in pages:
        for word in ("nobody covered", "trustworth", "leaning", "reliab", "bias score"):
            assert word not in page.lower()


def test_what_is_not_there(client: FlaskClient) -> None:
    for address in ("/stories/none", "/outlets/none", "/api/v1/stories/none", "/api/v1/outlets/none"):
        assert client.get(address).status_code == 404
    for address in ("/stories?cursor=x", "/api/v1/stories?cursor=x", "/api/v1/stories?limit=0"):
        assert client.get(address).status_code == 400


def test_names_are_escaped(client: FlaskClient, report: Report) -> None:
    attack = "<script>alert(1)</script>"
    identifier = queue.submit(Article(text="Escaped.", outlet=attack)).id
    store.save(report.model_copy(update={"id": identifier}))
    store.count(identifier, attack, counting.count(columns.read(0, report)))
    for address in ("/outlets", f"/outlets/{attack}"):
        page = client.get(address)
        assert page.status_code == 200
        assert "<script>alert" not in page.text
    store.delete(identifier)


def test_a_private_report_leads_to_no_story_and_no_outlet(client: FlaskClient, three: list[str]) -> None:
    private = keep(examples.ARTICLES[0].model_copy(update={"private": True}))
    assert private not in three
    assert store.find_story(private) is None
    page = client.get(f"/reports/{private}")
    assert page.status_code == 200
    assert 'href="/outlets/' not in page.text
    assert 'href="/stories/' not in page.text
    assert [found.reports for found in store.outlets() if found.name == examples.ARTICLES[0].outlet] == [1]
    assert private not in client.get("/stories").text + client.get("/api/v1/stories").text
    store.delete(private)
