"""Outlets month by month, source audits, search and versions: pages, JSON and CSV on a real store."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

import pytest
from flask.testing import FlaskClient

from models.article import Article
from models.outlets.records import Counts, Voiced
from models.report import Origin, Report
from models.search import Wanted
from tests.service.html import look
from workers import queue, store
from workers.store import Feed, Item
from workers.tasks import grouping

NAME = "The Month / Post"
ADDRESS = "https://gazette.example/pact"


def counts(at: int, month: str) -> Counts:
    """What one article of the outlet counts."""
    source = Voiced(
        name="=Ines Calder", source_type="named", person=True, role="official", side="Harbour Party", gender="woman",
        statements=2, words=40, quoted=10, first=0.1,
    )  # fmt: skip
    return Counts(
        published=f"{month}-{at + 1:02}", text=f"{month} {at}", frames=["conflict"] if at % 2 else [],
        devices={"vague_source": 1}, voiced=[source], words={"outlet": 400, "quoted": 80},
        terms={"label": {"outlet": 3, "quoted": 0}}, verbs={}, sources={}, speakers={},
    )  # fmt: skip


def put(report: Report, name: str, **changes: object) -> str:
    """A report in the store, not grouped."""
    identifier = queue.submit(Article(text=f"Of {name}.")).id
    store.begin(identifier, "test")
    assert store.save(report.model_copy(update={"id": identifier} | changes))
    return identifier


@pytest.fixture
def months(client: FlaskClient, report: Report) -> Iterator[list[str]]:
    """Twelve articles in March and three in May."""
    names = []
    for month, number in (("2026-03", 12), ("2026-05", 3)):
        for at in range(number):
            identifier = put(report, f"{month} {at}")
            assert store.count(identifier, NAME, counts(at, month))
            names.append(identifier)
    yield names
    for name in names:
        store.delete(name)


def read_csv(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def test_an_outlet_month_by_month(client: FlaskClient, months: list[str]) -> None:
    found = client.get(f"/api/v1/outlets/{NAME}/months").json
    assert [(one["month"], one["articles"], one["figures"] is None) for one in found["months"]] == [
        ("2026-03", 12, False),
        ("2026-05", 3, True),
    ]
    assert found["months"][0]["figures"]["frames"]["conflict"]["value"] == 0.5
    page = client.get(f"/outlets/{NAME}").text
    assert "March 2026 to May 2026" in page
    rows = look(page, "//details[.//span[contains(., 'Frames by month')]]//tbody/tr")
    assert [[" ".join(cell.text_content().split()) for cell in row] for row in rows] == [
        ["March 2026", "12", "50 % [25 %, 75 %]"],
        ["April 2026", "0", "no article"],
        ["May 2026", "3", "too little to say"],
    ]
    assert len(look(page, "//*[@class='months']//*[@class='few']")) == len(look(page, "//*[@class='months']"))
    table = read_csv(client.get(f"/api/v1/outlets/{NAME}/months.csv").text)
    assert [row["value"] for row in table if (row["measure"], row["kind"]) == ("frames", "conflict")] == ["0.5"]
    assert [(row["month"], row["articles"], row["value"]) for row in table if not row["measure"]] == [
        ("2026-05", "3", "")
    ]
    store.delete(months[-1])  # what is kept of the sums goes with any of its reports
    assert client.get(f"/api/v1/outlets/{NAME}/months").json["months"][1]["articles"] == 2


def test_who_is_heard_in_an_outlet_over_a_span_of_days(client: FlaskClient, months: list[str]) -> None:
    found = client.get(f"/api/v1/outlets/{NAME}/sources?since=2026-03-01&until=2026-03-10").json
    assert (found["articles"], found["words"], found["quoted"]) == (10, 400, 100)
    assert found["by_gender"]["woman"]["value"] == 1
    page = client.get(f"/outlets/{NAME}/sources?since=2026-03-01&until=2026-03-10").text
    assert "10 articles since 1 March 2026 until 10 March 2026" in " ".join(
        look(page, "//h1/..")[0].text_content().split()
    )
    assert look(page, "//input[@name='since']/@value") == ["2026-03-01"]
    (link,) = look(page, "//a[@download]/@href")
    (row,) = read_csv(client.get(link).text)
    assert (row["source"], row["side"], row["gender"], row["words"]) == (
        "'=Ines Calder",
        "Harbour Party",
        "woman",
        "400",
    )
    few = client.get(f"/outlets/{NAME}/sources?since=2026-05-01").text
    assert "Too little to say of shares: 3 of 10 articles" in few
    assert "No article was published on these days" in client.get(f"/outlets/{NAME}/sources?since=2027-01-01").text


@pytest.mark.parametrize(
    ("query", "said"),
    [("since=May", "since must be a day"), ("since=2026-05-02&until=2026-05-01", "until must not be before since")],
)
def test_days_that_are_none_are_refused_by_name(client: FlaskClient, months: list[str], query: str, said: str) -> None:
    for address in (f"/api/v1/outlets/{NAME}/sources", "/api/v1/search"):
        answer = client.get(f"{address}?{query}")
        assert (answer.status_code, answer.json["code"]) == (400, "bad_request")
        assert said in answer.json["detail"]


def test_who_is_heard_in_the_articles_of_a_feed(client: FlaskClient, months: list[str]) -> None:
    feed = Feed(
        id=store.name_feed("https://month.example/feed"), url="https://month.example/feed", interval=900, added=0
    )
    store.add_feed(feed, 10)
    for at, name in enumerate(months[:11]):
        store.take_item(feed.id, Item(key=str(at), link=None, article=name, taken=at), 900)
    found = client.get(f"/api/v1/feeds/{feed.id}/sources").json
    assert (found["articles"], found["by_role"]["official"]["value"]) == (11, 1.0)
    assert "Who is heard in" in client.get(f"/feeds/{feed.id}/sources").text
    assert len(read_csv(client.get(f"/api/v1/feeds/{feed.id}/sources.csv").text)) == 1
    store.delete(months[0])  # no byte of it is left with the feed
    assert len(store.feed_counts(feed.id)) == 10
    store.remove_feed(feed.id)
    assert client.get(f"/api/v1/feeds/{feed.id}/sources").status_code == 404


def test_search_answers_with_the_words_in_their_place(client: FlaskClient, report: Report) -> None:
    identifier = put(report, "search")
    made = store.report(identifier)
    assert made is not None
    grouping.group(made)
    page = client.get("/search?q=Tyrants&person=tal")
    assert look(page.text, "//ol//h3/a/@href") == [f"/reports/{identifier}"]
    (found,) = client.get("/api/v1/search?q=pacts&outlet=plain gazette").json["reports"]
    assert found["id"] == identifier
    assert {piece["text"] for piece in found["excerpt"] if piece["hit"]} == {"pact"}
    assert "".join(piece["text"] for piece in found["excerpt"]).strip("… ") in report.article.text
    assert client.get("/api/v1/search?q=the of").json == {"reports": [], "left_out": ["the", "of"], "next": None}
    assert "Ask for a word" in client.get("/search").text
    assert "Nothing is found by such words" in client.get("/search?q=the").text
    assert "No report suits all of it" in client.get("/search?q=zymurgy").text
    assert client.get(f"/search?q={'a' * 201}").status_code == 400
    assert client.get("/api/v1/search?cursor=x&q=pact").status_code == 400
    store.delete(identifier)
    assert client.get("/api/v1/search?q=pact").json["reports"] == []


def fetched(report: Report, day: str, old: str = "", new: str = "") -> str:
    """A report as its page was fetched on that day, with other words."""
    article = report.article
    text = article.text.replace(old, new) if old else article.text
    shift = len(new) - len(old)
    sentences = []
    for sentence in report.sentences:
        at = article.text.find(old) if old else -1
        start = sentence.start + shift * (0 <= at < sentence.start)
        end = sentence.end + shift * (0 <= at < sentence.end)
        sentences.append(sentence.model_copy(update={"start": start, "end": end}))
    origin = Origin(kind="link", name=ADDRESS, fetched=ADDRESS, tool="a tool", extracted_at=f"{day}T08:00:00+00:00")
    identifier = put(
        report,
        f"{day} {new}",
        article=article.model_copy(update={"text": text}),
        sentences=sentences,
        provenance=report.provenance.model_copy(update={"origin": origin}),
    )
    made = store.report(identifier)
    assert made is not None
    grouping.group(made)
    return identifier


def test_an_address_fetched_again_is_a_version_where_it_changed(client: FlaskClient, report: Report) -> None:
    first = fetched(report, "2026-03-14")
    same = fetched(report, "2026-03-15")
    third = fetched(report, "2026-03-16", "His regime gave no details.", "His government gave no details.")
    told = client.get(f"/api/v1/reports/{first}/versions").json["versions"]
    assert [(one["reports"], one["seen"][:10], one["last_seen"][:10]) for one in told] == [
        ([first, same], "2026-03-14", "2026-03-15"),
        ([third], "2026-03-16", "2026-03-16"),
    ]
    assert told[0]["changed"] is None
    (altered,) = told[1]["changed"]["altered"]
    assert [run["text"] for run in altered["removed"]] == ["regime"]
    assert [run["text"] for run in altered["inserted"]] == ["government"]
    page = client.get(f"/reports/{third}").text
    assert [one.text_content() for one in look(page, "//*[@class='reworded']//del")] == ["regime"]
    assert [one.text_content() for one in look(page, "//*[@class='reworded']//ins")] == ["government"]
    assert "in 2 wordings" in page
    # None of them counts twice: the newest stands for it.
    outlet = store.outlet("Plain Gazette")
    assert outlet
    assert (outlet.reports, outlet.articles) == (1, 1)
    story = store.story(store.find_story(third) or "")
    assert story
    assert [one.id for one in story.reports] == [third]
    assert [hit.summary.id for hit in store.search(Wanted(outlet="Plain Gazette")).items] == [third]
    assert client.get(f"/reports/{first}").status_code == 200
    # Nothing that quotes a deleted one stays.
    fourth = fetched(report, "2026-03-17", "His regime gave no details.", "His office gave no details.")
    assert store.versions(fourth)[-1].changed
    assert store.delete(third)
    assert [one.changed for one in store.versions(fourth)] == [None, None]
    assert "was deleted, and what changed" in client.get(f"/reports/{fourth}").text
    assert store.delete(same)
    for name in (first, fourth):
        store.delete(name)


def test_what_was_not_fetched_has_no_versions_and_is_not_fetched_again(client: FlaskClient, stored: Report) -> None:
    assert client.get(f"/api/v1/reports/{stored.id}/versions").json == {"versions": []}
    answer = client.post(f"/api/v1/reports/{stored.id}/versions")
    assert (answer.status_code, answer.json["code"]) == (422, "invalid_request")
    assert client.get(f"/api/v1/reports/{'0' * 32}/versions").status_code == 404
    assert "Fetch it again" not in client.get(f"/reports/{stored.id}").text


def test_fetching_again_takes_the_address_in_once_a_minute(client: FlaskClient, report: Report) -> None:
    first = fetched(report, "2026-03-14")
    answer = client.post(f"/api/v1/reports/{first}/versions")
    assert answer.status_code == 202
    assert answer.json["id"] != first
    assert answer.headers["Location"].endswith(answer.json["id"])
    page = client.post(f"/reports/{first}/again")
    assert page.status_code == 303
    for name in (first, answer.json["id"], page.headers["Location"].rpartition("/")[2]):
        store.delete(name)
