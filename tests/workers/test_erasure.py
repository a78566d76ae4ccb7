"""What is deleted is gone: from the server's memory, and from its file once that is written anew."""

from __future__ import annotations

import contextlib
import json
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import redis
import zstandard

from models import comparison, pipeline
from models.article import Article
from models.report import Report
from tests.conftest import serve_alone, wait_until
from workers import queue, store
from workers.queue import comparisons
from workers.store.connection import DAY
from workers.tasks import batches

WORD = "xylotheque"  # in no dictionary of ours, no log line, no key
TEXT = f"The {WORD} of the town was closed on Monday, its keeper said. “We will be back,” she said. " * 4
MAGIC = b"\x28\xb5\x2f\xfd"


@pytest.fixture
def data(tmp_path: Path) -> Iterator[Path]:
    """The folder of a server of this test's own, without a worker."""
    with serve_alone(tmp_path):
        yield tmp_path


def read_bytes(data: Path) -> bytes:
    """Everything in the server's folder, and everything packed in it, unpacked."""
    found = b"\n".join(path.read_bytes() for path in sorted(data.rglob("*")) if path.is_file())
    unpacked = [found]
    at = found.find(MAGIC)
    while at >= 0:
        with contextlib.suppress(zstandard.ZstdError):
            unpacked.append(zstandard.ZstdDecompressor().decompressobj().decompress(found[at:]))
        at = found.find(MAGIC, at + 1)
    return b"\n".join(unpacked).lower()


def read_one(title: str, **flags: bool) -> str:
    """Submit an article about the word and save its report, as a worker would."""
    article = Article(title=title, outlet=f"The {WORD} Post", text=TEXT, **flags)
    identifier = queue.submit(article).id
    assert store.begin(identifier, "test") == "begun"
    assert store.save(pipeline.analyze(article).model_copy(update={"id": identifier}))
    return identifier


def keep_comparison(reports: list[Report]) -> bool:
    """Have the reports compared, as a worker would."""
    identifier = comparisons.ask([report.id for report in reports])
    return store.save_comparison(comparison.compare(reports).model_copy(update={"id": identifier}))


def client() -> redis.Redis:
    return redis.Redis.from_url(store.url())


def erase_until_gone(data: Path) -> None:
    """Do what workers do every few seconds, until the word is gone."""

    def gone() -> bool:
        store.erase()
        return WORD.encode() not in read_bytes(data)

    wait_until(gone)


def test_deletion_leaves_nothing_on_the_disk(data: Path) -> None:
    one, two = read_one("One"), read_one("Two")
    waiting = queue.submit(Article(text=TEXT, author=WORD)).id
    failed = queue.submit(Article(text=TEXT, url=f"https://{WORD}.example/")).id
    store.fail(failed, "for a reason")
    reports = [found for name in (one, two) if (found := store.report(name))]
    assert keep_comparison(reports)
    assert WORD.encode() in read_bytes(data)
    for identifier in (one, two, waiting, failed):
        assert store.delete(identifier)
    erase_until_gone(data)
    left = {name.decode() for name in client().scan_iter()}
    counters = {"sequence", "counts", "marks", "stages", "erase", "erasing"}
    assert left <= {f"parallax:{name}" for name in counters}


def test_what_must_go_is_noted_until_the_file_is_written(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store.delete(read_one("Gone"))
    assert client().zcard("parallax:erase") == 1
    erase_until_gone(data)
    later = time.time() + 3600
    monkeypatch.setattr(time, "time", lambda: later)
    wait_until(lambda: store.erase() or not client().exists("parallax:erase"))
    assert not client().exists("parallax:erasing")


def test_nothing_is_written_anew_for_nothing(data: Path) -> None:
    read_one("Kept")
    store.erase()
    assert client().info("persistence")["aof_rewrites"] == 0


def test_a_report_not_to_be_retained_goes_out_once(data: Path) -> None:
    identifier = read_one("Once", retain=False)
    found = store.hand_over(identifier)
    assert found is not None
    assert found.article.title == "Once"
    assert store.hand_over(identifier) is None
    assert store.state(identifier) is None
    erase_until_gone(data)


def test_unread_it_goes_after_an_hour(data: Path) -> None:
    kept, fleeting = read_one("Kept"), read_one("Unread", retain=False)
    assert 0 < client().ttl(f"parallax:article:{fleeting}") <= 3600
    assert client().ttl(f"parallax:article:{kept}") > 364 * DAY
    due = client().zscore("parallax:erase", fleeting)
    assert due is not None
    assert due == pytest.approx(time.time() + 3600, abs=60)


def test_a_comparison_lives_no_longer_than_its_reports(data: Path) -> None:
    one, two = read_one("One"), read_one("Two")
    client().expire(f"parallax:article:{two}", 100)
    reports = [found for name in (one, two) if (found := store.report(name))]
    assert keep_comparison(reports)
    assert 0 < client().ttl(f"parallax:comparison:{comparisons.name([one, two])}") <= 100


@pytest.mark.parametrize("flags", [{"private": True}, {"retain": False}])
def test_it_is_in_no_list(data: Path, flags: dict[str, bool]) -> None:
    shown, hidden = read_one("Shown"), read_one("Hidden", **flags)
    assert [summary.id for summary in store.recent().items] == [shown]
    states = {name: store.state(name) for name in (shown, hidden)}
    assert [state.listed for state in states.values() if state] == [True, False]


def test_it_is_in_no_comparison_when_not_retained(data: Path) -> None:
    one, fleeting = read_one("One"), read_one("Two", retain=False)
    with pytest.raises(comparisons.ReportsNotRetained) as refused:
        comparisons.ask([one, fleeting])
    assert refused.value.ids == (fleeting,)


def send_batch(rows: list[dict[str, str]]) -> str:
    """Have a batch's lines queued, as workers would."""
    upload = store.Upload()
    upload.add("\n".join(map(json.dumps, rows)).encode())
    identifier = upload.claim("jsonl", "engine", None)
    batches.unpack_batch(identifier)
    batches.tend_batches()
    return identifier


def test_a_batch_s_articles_deleted_one_by_one_leave_nothing(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(batches, "send", lambda *_, **__: None)
    batch = send_batch([*({"text": TEXT, "title": f"{WORD} {n}"} for n in range(3)), {"text": TEXT, WORD: "no field"}])
    ids = [row.article for row in store.batch_rows(batch) if row.article]
    for identifier in ids[:2]:
        store.fail(identifier, f"for the sake of the {WORD}")
    article = store.article(ids[2])
    assert isinstance(article, Article)
    store.save(pipeline.analyze(article).model_copy(update={"id": ids[2]}))
    batches.tend_batches()
    assert [error.line for error in store.batch_errors(batch, 9)] == [1, 2, 4]
    store.delete(ids[0])
    assert [error.line for error in store.batch_errors(batch, 9)] == [2, 4]  # of the others all is there
    for identifier in ids[1:]:
        store.delete(identifier)
    left = {name.decode() for name in client().scan_iter("parallax:batch*")}
    assert left == {f"parallax:batch:{batch}"}  # how many lines there were, and what became of how many
    erase_until_gone(data)
