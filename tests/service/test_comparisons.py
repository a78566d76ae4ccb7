"""A comparison under its permanent name: as a page, as JSON, as tables; kept as long as its reports."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

import pytest
from flask.testing import FlaskClient

from models.article import Article
from models.comparison import compare
from models.comparison_report import Comparison
from models.pipeline import analyze
from models.report import (
    Act,
    Appearance,
    CastMember,
    Device,
    Frame,
    Framing,
    Order,
    Party,
    Report,
    Span,
    StanceFinding,
)
from service.comparison_exports import EXPORTS
from tests.service.by_hand import build_report, place
from tests.service.html import look, read
from workers import store
from workers.queue import comparisons
from workers.settings import HOUSE
from workers.store.server import Server

Pair = tuple[Report, Report]
PLAIN = {"id", "schema_version", "similarity"}  # no section


def _frame(report: Report) -> Report:
    """The report with something of every kind that framing knows."""
    tal, union = Span(**place("Oren Tal")), Span(**place("The Northern Union"))
    holder, target = (next(e.id for e in report.entities if e.name == name) for name in ("Oren Tal", "Lena Corvin"))
    act = Act(
        **place("The enemies of Veldmark have been crushed"), verb=Span(**place("crushed")), lemma="crush",
        family="crush", doer=None, undergoer=Party(span=Span(**place("The enemies of Veldmark"))), form="passive",
        effect="harm", voice="quoted",
    )  # fmt: skip
    device = Device(**place("that many believe"), kind="vague_source", voice="outlet", rule="test", note="Who?")
    framing = Framing(
        frames=[Frame(name="security", level=1, probability=0.8, evidence=[tal])],
        devices=[device],
        acts=[act],
        stances=[
            StanceFinding(holder=holder, target=target, polarity=-1, probability=0.9, evidence=union, voice="outlet")
        ],
        order=Order(people=[Appearance(entity=holder, mentioned=0, speaks=0.3, in_headline=False)]),
    )
    cast = [CastMember(name="Oren Tal", speaker=holder, role="politician", side="Veldmark", words=12, accused=tal)]
    said = report.attribution.model_copy(update={"cast": cast})
    return report.model_copy(update={"framing": framing, "attribution": said})


@pytest.fixture
def pair(server: Server, report: Report) -> Iterator[tuple[Report, Report]]:
    """Two reports of one text in the store, the second of an outlet whose name a spreadsheet would run."""
    stored = _frame(report)
    other = _frame(
        build_report(
            id="f" * 32, article=report.article.model_copy(update={"outlet": "=Ledger()", "published": "2026-03-15"})
        )
    )
    for one in (stored, other):
        store.claim(one.id, Article(title=one.article.outlet, text=one.article.text), "articles")
        assert store.save(one)
    yield stored, other
    for one in (stored, other):
        store.delete(one.id)


@pytest.fixture
def kept(pair: tuple[Report, Report]) -> Comparison:
    """Their comparison, as a worker would have left it in the store."""
    identifier = comparisons.ask([report.id for report in pair])
    made = compare(pair).model_copy(update={"id": identifier})
    assert store.save_comparison(made)
    return made


def test_it_is_asked_for_made_and_stays_at_its_address(client: FlaskClient, pair: tuple[Report, Report]) -> None:
    asked = client.post("/api/v1/comparisons", json={"reports": [report.id for report in pair]})
    where = asked.headers["Location"]
    assert (asked.status_code, asked.json) == (202, {"id": where.rsplit("/", 1)[1], "status": "queued"})
    assert asked.headers["Retry-After"] == "1"
    assert client.get(where).status_code == 202
    waiting = client.get(where.removeprefix("/api/v1"))
    assert waiting.status_code == 202
    assert "stays at this address" in waiting.text
    made = compare(pair).model_copy(update={"id": asked.json["id"]})
    assert store.save_comparison(made)
    assert Comparison.model_validate_json(client.get(where).data) == made
    again = client.post("/api/v1/comparisons", json={"reports": [report.id for report in pair]})
    assert (again.status_code, again.headers["Location"]) == (200, where)


def test_the_page_links_to_itself_and_to_every_table(client: FlaskClient, kept: Comparison) -> None:
    page = client.get(f"/comparisons/{kept.id}")
    assert page.status_code == 200
    assert f'<link rel="canonical" href="http://localhost/comparisons/{kept.id}">' in page.text
    for name in EXPORTS:
        assert f'href="/api/v1/comparisons/{kept.id}/{name}"' in page.text
    by_reports = client.get("/compare", query_string={"report": [article.id for article in kept.articles]})
    assert (by_reports.status_code, by_reports.headers["Location"]) == (303, f"/comparisons/{kept.id}")
    chooser = client.get(
        "/compare", query_string={"report": [kept.articles[0].id, kept.articles[1].id], "choose": "yes"}
    )
    assert chooser.text.count(" checked>") == 2


@pytest.mark.parametrize("name", EXPORTS)
def test_every_table_can_be_read_by_a_spreadsheet(client: FlaskClient, kept: Comparison, name: str) -> None:
    answer = client.get(f"/api/v1/comparisons/{kept.id}/{name}")
    assert answer.headers["Content-Disposition"] == f'attachment; filename="parallax-{kept.id[:8]}-{name}"'
    head, *rows = csv.reader(io.StringIO(answer.text))
    assert head[:2] == ["report", "outlet"]
    assert {len(row) for row in rows} <= {len(head)}
    assert {row[1] for row in rows} <= {"Plain Gazette", "'=Ledger()"}
    # Two texts that are the same have no word of their own and nothing that they contradict each other in.
    assert rows or name in ("words.csv", "contradictions.csv", "versions.csv")


def test_the_docs_tell_every_section_and_table() -> None:
    told = (HOUSE / "docs" / "api.md").read_text("utf-8").partition("## A comparison")[2].partition("\n## ")[0]
    assert [name for name in (*EXPORTS, *set(Comparison.model_fields) - PLAIN) if f"`{name}`" not in told] == []


def test_a_row_points_to_its_words(client: FlaskClient, pair: tuple[Report, Report], kept: Comparison) -> None:
    rows = list(csv.DictReader(io.StringIO(client.get(f"/api/v1/comparisons/{kept.id}/naming.csv").text)))
    tyrant = next(row for row in rows if row["text"] == "Tyrant")
    assert (tyrant["name"], tyrant["form"], tyrant["tone"]) == ("Oren Tal", "label", "negative")
    assert pair[0].article.text[int(tyrant["start"]) : int(tyrant["end"])] == "Tyrant"


def test_what_is_not_there(client: FlaskClient, kept: Comparison) -> None:
    unknown = client.get("/api/v1/comparisons/nothing")
    assert (unknown.status_code, unknown.json["code"]) == (404, "not_found")
    assert "Compare the reports again" in unknown.json["detail"]
    assert client.get("/comparisons/nothing").status_code == 404
    table = client.get(f"/api/v1/comparisons/{kept.id}/everything.csv")
    assert (table.status_code, "naming.csv" in table.json["detail"]) == (404, True)


def test_it_goes_with_its_first_report(client: FlaskClient, kept: Comparison) -> None:
    assert client.delete(f"/api/v1/reports/{kept.articles[1].id}").status_code == 204
    for address in ("/api/v1/comparisons/{}", "/api/v1/comparisons/{}/rates.csv", "/comparisons/{}"):
        assert client.get(address.format(kept.id)).status_code == 404


MORNING = (
    "The fire in the hostel of Redmoor killed 12 people on Tuesday, the fire service said. The hostel had passed an "
    "inspection in March, the council said. Forty guests were asleep on the second floor. Roads around Mill Street "
    "were closed until noon."
)
EVENING = MORNING.replace("12 people", "15 people").replace("had passed", "had failed") + " Police arrested a man."


def _keep(title: str, outlets: tuple[str, str], texts: tuple[str, str]) -> Comparison:
    reports = []
    for at, (outlet, text) in enumerate(zip(outlets, texts, strict=True)):
        article = Article(
            title=f"{title} {at}", outlet=outlet or None, text=text, published=f"2026-03-03T{at + 7:02}:00:00Z"
        )
        report = analyze(article)
        store.claim(report.id, article, "articles")
        assert store.save(report)
        reports.append(report)
    identifier = comparisons.ask([report.id for report in reports])
    made = compare(reports).model_copy(update={"id": identifier})
    assert store.save_comparison(made)
    return made


def test_contradictions_stand_before_all_else(client: FlaskClient, stored: Report) -> None:
    made = _keep("Two outlets", ("The Post", "The Gull"), (MORNING, EVENING))
    page = client.get(f"/comparisons/{made.id}").text
    heads = (
        "The headlines",
        "They contradict each other",
        "The same event?",
        "What stands out",
        "The texts with their",
    )
    order = [page.index(words) for words in heads]
    assert order == sorted(order)
    assert "<mark>12</mark>" in page
    assert "<mark>failed</mark>" in page
    same = read(page, "//div[@id='same']")
    assert "Roads around Mill Street" in same
    assert "killed" not in same
    assert "inspection" not in same
    rows = list(csv.DictReader(io.StringIO(client.get(f"/api/v1/comparisons/{made.id}/contradictions.csv").text)))
    assert [(row["kind"], row["outlet"], row["differing"], row["speaker"]) for row in rows] == [
        ("number", "The Post", "12", "the fire service"),
        ("number", "The Gull", "15", "the fire service"),
        ("outcome", "The Post", "passed", "the council"),
        ("outcome", "The Gull", "failed", "the council"),
    ]


def test_who_is_against_whom_is_a_matrix_by_outlet(client: FlaskClient, kept: Comparison) -> None:
    (told,) = kept.stances
    ledger = told.by_article[1]
    assert ledger
    opposed = told.model_copy(
        update={"opposed": True, "by_article": [told.by_article[0], ledger.model_copy(update={"polarity": 1})]}
    )
    other = told.model_copy(update={"holder": "Lena Corvin", "target": "Oren Tal", "by_article": [None, ledger]})
    assert store.save_comparison(kept.model_copy(update={"stances": [opposed, other]}))
    page = client.get(f"/comparisons/{kept.id}").text
    table = "//table[@class='matrix']"
    assert look(page, f"{table}//th[@scope='col']/bdi/text()") == ["Lena Corvin", "Oren Tal"]
    tal = f"{table}//tr[th/bdi='Oren Tal']"
    cells = ("▾ against Plain Gazette", "▴ for =Ledger()")
    assert tuple(read(page, f"{tal}/td[@class='opposed']//li[{at}]") for at in (1, 2)) == cells
    assert read(page, f"{tal}/td[2]") == ""
    assert read(page, f"{table}//tr[th/bdi='Lena Corvin']/td[2]") == "▾ against =Ledger()"
    assert f"/reports/{kept.articles[1].id}?at=" in look(page, f"{tal}/td[1]//li[2]/a/@href")[0]


def test_the_texts_stand_side_by_side_with_their_marks(client: FlaskClient, pair: Pair, kept: Comparison) -> None:
    page = client.get(f"/comparisons/{kept.id}").text
    panes = [read(page, f"(//div[@class='told'])[{at}]") for at in (1, 2)]
    for report, pane in zip(pair, panes, strict=True):
        assert [sign for sign in pane if sign.isalpha()] == [sign for sign in report.article.text if sign.isalpha()]
    assert look(page, "//u[@class='term negative outlet']")
    assert "that many believe" in look(page, "//u[@class='device outlet']/text()")
    twins = look(page, "//a[@class='twin'][contains(@aria-label, ', in =Ledger()')]/@href")
    assert twins
    for twin in twins:
        assert len(look(page, f"//*[@id='{twin.removeprefix('#')}']")) == 1


def test_columns_without_an_outlet_are_called_and_asked_for(client: FlaskClient, stored: Report) -> None:
    made = _keep("Harbour fire", ("The Post", ""), (MORNING, EVENING))
    assert [article.name for article in made.articles] == ["The Post", "Harbour fire 1"]
    page = client.get(f"/comparisons/{made.id}").text
    assert "No outlet is given for Harbour fire 1" in page


def test_versions_are_named_on_the_page(client: FlaskClient, stored: Report) -> None:
    made = _keep("Two versions", ("The Post", "The Post"), (MORNING, EVENING))
    page = client.get(f"/comparisons/{made.id}").text
    assert "One article at two times" in page
    assert "The Post (1) came first" in page
    assert "changed by the outlet" in page
    rows = list(csv.DictReader(io.StringIO(client.get(f"/api/v1/comparisons/{made.id}/versions.csv").text)))
    assert [row["text"] for row in rows if row["change"] == "added"][-1] == "Police arrested a man."


def test_two_events_are_not_read_as_two_frames(client: FlaskClient, stored: Report) -> None:
    other = (
        "A teenage chess champion from a mountain village beat the grandmaster in eleven moves in Orne on Friday. Her "
        "coach wept as the gallery rose to cheer the youngest finalist. The final begins in two weeks."
    )
    page = client.get(f"/comparisons/{_keep('Two events', ('The Post', 'The Gull'), (MORNING, other)).id}").text
    assert "It does not look like it" in page or "Probably not" in page
    assert "left out there" not in page
    assert "that something stands in one of them alone says nothing of the other" in page
