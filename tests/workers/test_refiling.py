"""What was stored before search, or is filed by another version's keys, is found once the chore has come to it."""

from __future__ import annotations

import subprocess
import time
from collections.abc import Callable
from importlib import import_module

import pytest
import redis

from models import pipeline, search
from models.article import Article
from models.comparison import columns
from models.report import ArticleFacts, EntityFinding, Report
from models.search import VERSION, Wanted
from service import examples
from tests.conftest import wait_until
from workers import queue, store

index = import_module("workers.store.search")  # the package has a function of that name


@pytest.fixture(scope="module")
def report() -> Report:
    """One of our own articles, read."""
    return pipeline.analyze(examples.ARTICLES[0])


@pytest.fixture
def refile() -> Callable[[], None]:
    """The chore, once."""
    from workers.tasks.refiling import file_again  # only now: Celery keeps the address it finds when it is loaded

    return file_again.run


@pytest.fixture
def slow(monkeypatch: pytest.MonkeyPatch) -> None:
    """One report a call."""
    monkeypatch.setattr("workers.tasks.refiling._SLICE_SECONDS", 1e-9)


def keep(report: Report, outlet: str, *, listed: bool = True) -> str:
    """Store this report as another outlet's, as it was done before there was an index."""
    text = f"{report.article.text} {outlet}"
    identifier = queue.submit(Article(text=text, private=not listed)).id
    store.begin(identifier, "test")
    facts = report.article.model_copy(update={"text": text, "outlet": outlet})
    assert store.save(report.model_copy(update={"id": identifier, "article": facts}))
    return identifier


def file_as_today(identifier: str) -> bool:
    """File a report as grouping does."""
    found = store.report(identifier)
    assert found
    return store.file(identifier, search.file_under(found, (word.form for word in columns.read(0, found).words)))


def look(**wanted: str) -> list[str]:
    """Ids of what is found."""
    return [hit.summary.id for hit in store.search(Wanted(**wanted)).items]


def read_index(client: redis.Redis) -> dict[bytes, dict[bytes, bytes]]:
    """All of it, but for when its blocks were opened."""
    blocks = {name: client.hgetall(name) for name in client.scan_iter("parallax:search:*")}
    return {name: {at: held for at, held in block.items() if at != b"opened"} for name, block in blocks.items()}


def test_what_was_stored_before_search_is_found_and_a_second_time_changes_nothing(
    client: redis.Redis, report: Report, refile: Callable[[], None]
) -> None:
    names = [keep(report, outlet) for outlet in ("The Quay", "The Ledger")]
    keep(report, "The Attic", listed=False)
    assert (look(outlet="The Quay"), store.count_unfiled()) == ([], 2)
    refile()
    wait_until(lambda: refile() or not store.count_unfiled())
    assert [look(outlet=outlet) for outlet in ("The Quay", "The Ledger", "The Attic")] == [names[:1], names[1:], []]
    before = read_index(client)
    client.delete("parallax:refiling")
    wait_until(lambda: refile() or not store.count_unfiled())
    assert read_index(client) == before
    assert not file_as_today(names[0])


def test_it_goes_on_where_it_was_stopped_oldest_first(
    client: redis.Redis, report: Report, refile: Callable[[], None], slow: None
) -> None:
    names = [keep(report, f"Outlet {at}") for at in range(3)]
    left = []
    for _ in range(4):
        refile()
        left.append(store.count_unfiled())
    assert left == [2, 1, 0, 0]
    assert client.hgetall("parallax:refiling") == {b"version": str(VERSION).encode()}
    assert look(outlet="Outlet 2") == names[2:]


def test_keys_of_another_version_give_way_to_those_of_this_one(
    client: redis.Redis, report: Report, refile: Callable[[], None]
) -> None:
    one, other = keep(report, "The Quay"), keep(report, "The Ledger")
    assert store.file(one, b"oldkeys!")
    assert file_as_today(other)
    client.hset("parallax:refiling", "version", VERSION - 1)
    assert store.count_unfiled() == 2
    wait_until(lambda: refile() or not store.count_unfiled())
    assert look(outlet="The Quay") == [one]
    assert not any(key in block for block in read_index(client).values() for key in (b"oldk", b"eys!"))
    assert sum(int(block[b"count"]) for block in read_index(client).values()) == 2


def test_old_reports_find_a_place_beside_new_ones_and_pages_keep_their_order(
    client: redis.Redis, report: Report, refile: Callable[[], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ten old reports, then many others that are gone, then ten new ones, filed before the old ones are."""
    monkeypatch.setattr(index, "BLOCK", 4)
    monkeypatch.setattr(index, "_READ_AT_ONCE", 2)
    old = [keep(report, f"Outlet {at}") for at in range(10)]
    client.set("parallax:sequence", 80_000)
    new = [keep(report, f"Outlet {at}") for at in range(10, 20)]
    assert all(file_as_today(name) for name in new)
    wait_until(lambda: refile() or not store.count_unfiled())
    person = next(entity.name for entity in report.entities if entity.kind == "person" and " " in entity.name)
    found, cursor = [], None
    while True:
        page = store.search(Wanted(person=person), cursor, limit=3)
        found += [hit.summary.id for hit in page.items]
        cursor = page.next
        if cursor is None:
            break
    assert found == (old + new)[::-1]


def test_a_block_goes_with_the_last_of_its_reports(client: redis.Redis, report: Report) -> None:
    one = keep(report, "The Quay")
    client.expire(f"parallax:article:{one}", 600)
    assert file_as_today(one)
    (block,) = client.scan_iter("parallax:search:*")
    assert client.ttl(block) <= 600
    other = keep(report, "The Ledger")
    assert file_as_today(other)
    assert client.ttl(block) == pytest.approx(client.ttl(f"parallax:article:{other}"), abs=5)


@pytest.mark.parametrize("gone", ["deleted", "broken", "stops its process", "fails"])
def test_one_that_cannot_be_filed_keeps_nobody_else_from_it(
    client: redis.Redis, report: Report, refile: Callable[[], None], gone: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    bad, good = keep(report, "The Quay"), keep(report, "The Ledger")
    if gone == "deleted":
        client.delete(f"parallax:article:{bad}")
    elif gone == "broken":
        client.hset(f"parallax:article:{bad}", "report", b"no report")
    else:
        how = KeyboardInterrupt if gone == "stops its process" else ValueError
        real = columns.read

        def read(at: int, found: Report) -> columns.Column:
            if found.id == bad:
                raise how
            return real(at, found)

        monkeypatch.setattr(columns, "read", read)

    def call() -> bool:
        try:
            refile()
        except KeyboardInterrupt:
            client.delete("parallax:lease:refiling")  # whose time is over by then
        return not store.count_unfiled()

    wait_until(call)
    assert look(outlet="The Ledger") == [good]
    assert look(outlet="The Quay") == []


def test_two_at_once_and_a_full_store_do_nothing(
    client: redis.Redis, report: Report, refile: Callable[[], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    keep(report, "The Quay")
    with store.hold("refiling", 30) as ours:
        assert ours
        refile()
        assert store.count_unfiled() == 1
    with monkeypatch.context() as patch:
        patch.setattr(store, "is_nearly_full", lambda: True)
        refile()
    assert store.count_unfiled() == 1
    refile()
    assert store.count_unfiled() == 0


def test_the_clock_calls_for_it(clock: subprocess.Popen[bytes], report: Report) -> None:
    """A real clock and worker, on a store that another version filled."""
    identifier = queue.submit(Article(text=f"{report.article.text} {time.time()}", outlet="The Old Quay")).id
    wait_until(lambda: look(outlet="The Old Quay") == [identifier])
    with store.connection.reach() as client:
        client.hdel(f"parallax:article:{identifier}", "block", "keys")
        client.delete(*client.scan_iter("parallax:search*"), "parallax:refiling")
    wait_until(lambda: look(outlet="The Old Quay") == [identifier])
    wait_until(lambda: store.count_unfiled() == 0)


def test_the_version_says_under_which_keys_a_report_is_filed() -> None:
    """Whoever changes these keys raises VERSION, so that stored reports are filed anew, and writes both here."""
    facts = ArticleFacts(
        outlet="The Quay", published="2026-05-12", text="", sha256="", title_end=0, language="en", words=4
    )
    person = EntityFinding.model_construct(name="Ilse Vail", kind="person")
    filed = Report.model_construct(id="0" * 32, article=facts, entities=[person])
    keys = search.file_under(filed, ["The", "ferries", "were", "Zoë's"])
    assert (VERSION, keys.hex()) == (1, "010f353c2bcf7fd734ff3fbb492320f14a93c213924f12479e1eb753a3f7fd6e")
