"""Search on a real server: what is filed is found, what is private, deleted or gone is not."""

from __future__ import annotations

from importlib import import_module

import pytest
import redis

from models import pipeline, search
from models.article import Article
from models.comparison import columns
from models.report import Report
from models.search import Wanted
from service import examples
from workers import queue, store
from workers.tasks import grouping

index = import_module("workers.store.search")  # the package has a function of that name
LEFT = {"sequence", "counts", "erase", "stages", "marks"}


@pytest.fixture(scope="module")
def report() -> Report:
    """One of our own articles, read."""
    return pipeline.analyze(examples.ARTICLES[0])


def keep(report: Report, *, listed: bool = True, **facts: str) -> str:
    """Store this report under other facts, and group it as a worker would."""
    own = {"text": f"{report.article.text} {facts}"}  # else the newest would stand for all of them
    article = Article(text=own["text"], private=not listed)
    identifier = queue.submit(article).id
    store.begin(identifier, "test")
    made = report.model_copy(update={"id": identifier, "article": report.article.model_copy(update=facts | own)})
    assert store.save(made)
    grouping.group(made)
    return identifier


def look(**wanted: str) -> list[str]:
    """Ids of what is found."""
    return [hit.summary.id for hit in store.search(Wanted(**wanted)).items]


def test_a_report_is_found_by_any_form_of_its_words_by_person_outlet_and_days(
    client: redis.Redis, report: Report
) -> None:
    one = keep(report, outlet="The Quay", published="2026-05-12T10:00:00Z")
    word = next(word.form for word in columns.read(0, report).words if len(word.form) > 8 and word.form.isalpha())
    person = next(entity.name for entity in report.entities if entity.kind == "person" and " " in entity.name)
    first, last = person.split()[0], person.split()[-1]
    for wanted in (
        {"words": word},
        {"words": word.upper()},
        {"person": person},
        {"person": last.lower()},
        {"person": f"{last} {first}"},
        {"outlet": "the  quay"},
        {"since": "2026-05-12", "until": "2026-05-12"},
        {"since": "2020-01-01"},
        {"until": "2026-05-31"},
        {"words": word, "person": person, "outlet": "The Quay", "since": "2026-05-01", "until": "2026-06-01"},
    ):
        assert look(**wanted) == [one], wanted
    for wanted in (
        {"words": f"{word} zymurgy"},
        {"person": f"{first} Nobody"},
        {"outlet": "The Key"},
        {"since": "2026-05-13", "until": "2026-05-31"},
        {"until": "2026-05-11"},
        {"words": word, "outlet": "The Key"},
        {},
        {"words": "the"},
    ):
        assert look(**wanted) == [], wanted


def test_what_is_private_is_never_found_and_leaves_nothing_in_the_index(client: redis.Redis, report: Report) -> None:
    keep(report, listed=False, outlet="The Quay")
    assert look(outlet="The Quay") == []
    assert not list(client.scan_iter("parallax:search*"))


def test_grouping_twice_files_once(client: redis.Redis, report: Report) -> None:
    one = keep(report, outlet="The Quay")
    before = {key: client.hgetall(key) for key in client.scan_iter("parallax:search:*")}
    again = store.report(one)
    assert again is not None
    grouping.group(again)
    assert {key: client.hgetall(key) for key in client.scan_iter("parallax:search:*")} == before


def test_deletion_leaves_no_byte_of_it_in_the_index(client: redis.Redis, report: Report) -> None:
    one, other = keep(report, outlet="The Quay"), keep(report, outlet="The Ledger")
    (block,) = client.scan_iter("parallax:search:*")
    other_alone = report.model_copy(update={"article": report.article.model_copy(update={"outlet": "The Ledger"})})
    alone = search.file_under(other_alone, (word.form for word in columns.read(0, report).words))
    assert store.delete(one)
    held = client.hgetall(block)
    assert held.pop(b"count") == b"1"
    assert held.pop(b"opened").isdigit()
    assert set(held) == {alone[at : at + 4] for at in range(0, len(alone), 4)}
    assert {len(places) for places in held.values()} == {2}
    assert look(outlet="The Ledger") == [other]
    assert look(outlet="The Quay") == []
    assert store.delete(other)
    assert {key.decode().split(":")[1] for key in client.scan_iter()} <= LEFT


def test_pages_lead_on_through_blocks_newest_first(
    client: redis.Redis, report: Report, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(index, "BLOCK", 3)
    monkeypatch.setattr(index, "_READ_AT_ONCE", 2)
    names = [keep(report, outlet="The Quay", title=f"Number {at}") for at in range(10)]
    assert len(list(client.scan_iter("parallax:search:*"))) == 4
    found, cursor = [], None
    for _ in range(4):
        page = store.search(Wanted(outlet="The Quay"), cursor, limit=3)
        found += [hit.summary.id for hit in page.items]
        cursor = page.next
    assert (found, cursor) == (names[::-1], None)
    with pytest.raises(store.BadCursor):
        store.search(Wanted(outlet="The Quay"), "nowhere")


def test_what_has_expired_is_found_no_more_and_its_block_goes(client: redis.Redis, report: Report) -> None:
    one, other = keep(report, outlet="The Quay"), keep(report, outlet="The Quay", title="Another")
    (block,) = client.scan_iter("parallax:search:*")
    assert client.ttl(block) > 0
    client.delete(f"parallax:article:{one}")
    assert look(outlet="The Quay") == [other]
    client.delete(block)
    assert look(outlet="The Quay") == []
    assert client.zcard("parallax:search") == 0


def test_what_was_deleted_meanwhile_is_not_filed(client: redis.Redis) -> None:
    assert not store.file("0" * 32, b"abcd")
    assert not list(client.scan_iter())
