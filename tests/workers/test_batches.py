"""A batch's way through a real store, worker and clock."""

from __future__ import annotations

import json

import pytest

from models.article import Article
from tests.conftest import has_ended, wait_until
from tests.workers.parts import Worker
from tests.workers.test_importers import lzma_packed, named
from workers import queue, store
from workers.queue import batches

pytestmark = pytest.mark.usefixtures("clock")

TEXT = (
    "The harbour board met on Tuesday to talk about the new ferry. Its chair, Ines Calder, said the boat would sail "
    "by June. Two members disagreed, and one left the room. "
)


def send(*rows: object, form: store.Form = "jsonl") -> str:
    """Send rows as JSON Lines; a text is sent as it is."""
    lines = [row if isinstance(row, str) else json.dumps(row) for row in rows]
    return send_file("\n".join(lines).encode(), form)


def send_file(content: bytes, form: store.Form) -> str:
    upload = store.Upload()
    upload.add(content)
    return batches.accept(upload, form)


def row(title: str) -> dict[str, str]:
    return {"title": title, "text": TEXT}


def look(identifier: str) -> store.Batch:
    found = store.batch(identifier)
    assert found is not None
    return found


def finish(identifier: str) -> store.Batch:
    wait_until(lambda: look(identifier).status not in {"received", "reading"})
    return look(identifier)


def test_every_line_ends_once(worker: Worker) -> None:
    identifier = send(row("batch one"), "{", row("error: batch two"), {"text": ""}, row("batch one"))
    ended = finish(identifier)
    assert (ended.status, ended.lines, ended.done, ended.failed, ended.refused) == ("done", 5, 2, 1, 2)
    rows = list(store.batch_rows(identifier))
    assert [(line.number, bool(line.article)) for line in rows] == [
        (1, True),
        (2, False),
        (3, True),
        (4, False),
        (5, True),
    ]
    assert rows[0].article == rows[4].article
    assert [(error.line, error.field, error.code) for error in store.batch_errors(identifier, 10)] == [
        (2, "", "invalid_json"),
        (3, "", "analysis_failed"),
        (4, "text", "empty"),
    ]


def test_batch_sent_again_does_nothing_twice(worker: Worker) -> None:
    rows = [row(f"slow: again {number}") for number in range(2)]
    first = send(*rows)
    assert send(*rows) == first
    finish(first)
    assert send(*rows) == first
    assert look(first).status == "done"
    assert [worker.starts(f"again {number}") for number in range(2)] == [1, 1]


def test_killed_worker_in_a_batch_loses_no_line_and_reads_none_twice(worker: Worker) -> None:
    identifier = send(*(row(f"slow: bag {number}") for number in range(8)))
    wait_until(lambda: look(identifier).done >= 2)
    worker.kill()
    worker.start()
    ended = finish(identifier)
    assert (ended.done, ended.failed) == (8, 0)
    assert sum(worker.starts(f"bag {number}") for number in range(8)) <= 10  # two were in hand when it was killed


def test_cancelled_batch_is_read_no_further(worker: Worker) -> None:
    """But what others want too is: here the last but one article, in the queue at the moment of the cancelling."""
    identifier = send(*(row(f"slow: stop {number}") for number in range(205)))
    wait_until(lambda: look(identifier).done and [*store.batch_rows(identifier)][150].article)
    wanted = queue.submit(Article(**row("slow: stop 150"))).id
    assert batches.cancel(identifier)
    assert not batches.cancel(identifier)
    wait_until(lambda: look(identifier).open == 0 and has_ended(wanted))
    stopped = look(identifier)
    assert (stopped.status, stopped.waiting, stopped.done + stopped.cancelled) == ("cancelled", 0, 205)
    assert stopped.cancelled > 100
    assert sum(worker.starts(f"stop {number}") for number in range(205)) == stopped.done


def test_deleted_article_leaves_nothing_in_its_batch() -> None:
    identifier = send(row("unwanted in a batch"), row("wanted in a batch"))
    finish(identifier)
    unwanted, wanted = [line.article for line in store.batch_rows(identifier)]
    assert unwanted
    assert store.delete(unwanted)
    assert [line.article for line in store.batch_rows(identifier)] == [wanted]


def test_batch_without_articles_is_refused_with_its_reason() -> None:
    ended = finish(send("title,shares", "A,1", form="csv"))
    assert ended.status == "refused"
    assert "names no column with the text" in (ended.reason or "")


def test_a_zip_with_odd_entries_is_read_but_for_them() -> None:
    """Names and packing that stopped the reading of the whole file once."""
    ended = finish(send_file(named("t\x07o.txt"), "zip"))
    assert (ended.status, ended.done, ended.refused) == ("done", 2, 1)
    ended = finish(send_file(named(b"caf\xe9.txt", flags=0x800), "zip"))
    assert (ended.status, ended.done, ended.refused) == ("done", 2, 1)
    heavy = send_file(lzma_packed(0xFFFF_FFFF), "zip")
    assert (finish(heavy).status, look(heavy).done, look(heavy).refused) == ("done", 2, 1)
    [error] = store.batch_errors(heavy, 9)
    assert (error.line, error.file, error.code) == (2, "two.txt", "too_heavy")
