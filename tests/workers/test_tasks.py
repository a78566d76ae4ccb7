"""An article's way through a real store and a real worker, and what happens when a part of it fails."""

from __future__ import annotations

import base64
import json
import os
import signal

import pytest
import redis

from models.article import Article
from models.report import Report
from tests.conftest import finish, has_ended, wait_until
from tests.workers.parts import Worker
from workers import queue, store
from workers.queue import comparisons
from workers.store.server import Server

pytestmark = pytest.mark.usefixtures("worker")

TEXT = (
    "The harbour board met on Tuesday to talk about the new ferry. Its chair, Ines Calder, said the boat would sail "
    "by June. Two members disagreed, and one left the room. Fishermen who had come to listen claimed that nobody had "
    "asked them. The board will meet again in a month, and a vote is planned for the autumn. "
) * 2


def article(title: str, outlet: str | None = None) -> Article:
    return Article(title=title, text=TEXT, outlet=outlet)


def find_place(identifier: str) -> int | None:
    """The article's place in the queue, 1 is next; None when it doesn't wait."""
    known = store.state(identifier)
    return known.position if known else None


def test_submitted_article_becomes_a_report() -> None:
    one = article("A ferry for the harbour", outlet="The Quay")
    state = finish(one)
    identifier = queue.submit(one).id
    report = store.report(identifier)
    assert state.status == "done"
    assert isinstance(report, Report)
    assert (report.id, report.article.text, report.article.outlet) == (identifier, one.full_text, "The Quay")


def test_same_article_twice_is_one_job(worker: Worker) -> None:
    one = article("slow: twin")
    submissions = [queue.submit(one) for _ in range(5)]
    assert len({submission.id for submission in submissions}) == 1
    finish(one)
    assert queue.submit(one).status == "done"
    assert worker.starts("twin") == 1


def test_waiting_articles_know_their_place() -> None:
    names = [queue.submit(article(f"slow: place {number}")).id for number in range(5)]
    wait_until(lambda: find_place(names[2]) == 1)
    states = [store.state(name) for name in names]
    assert [state and (state.status, state.position) for state in states] == [
        ("running", None),
        ("running", None),
        ("queued", 1),
        ("queued", 2),
        ("queued", 3),
    ]
    wait_until(lambda: all(map(has_ended, names)))


POISON = {
    "kill once": ("done", 2, None),
    "kill": ("failed", 2, "ended in the middle, twice"),
    "hang once": ("done", 2, None),
    "hang": ("failed", 2, "longer than the time it may take, twice"),
    "stuck": ("failed", 2, "longer than the time it may take, twice"),  # deaf to all but `kill -9`
    "error": ("failed", 1, "internal error (ValueError)"),
    "runaway": ("failed", 1, "internal error (MemoryError)"),
}


def test_poison_is_tried_twice_and_put_aside_and_the_others_are_done_meanwhile(worker: Worker) -> None:
    poison = {fault: queue.submit(article(f"{fault}: poison {fault}")).id for fault in POISON}
    others = [queue.submit(article(f"Behind the poison {number}")).id for number in range(8)]
    wait_until(lambda: all(map(has_ended, others)))
    assert not has_ended(poison["stuck"])
    assert {state.status for name in others if (state := store.state(name))} == {"done"}
    wait_until(lambda: all(map(has_ended, poison.values())))
    for fault, (status, starts, reason) in POISON.items():
        state = store.state(poison[fault])
        assert state is not None
        assert (fault, state.status, worker.starts(f"poison {fault}")) == (fault, status, starts)
        assert (reason or "") in (state.reason or "")
        assert "harbour" not in (state.reason or "")


def test_process_that_grew_too_large_is_replaced_and_its_article_is_done(worker: Worker) -> None:
    assert finish(article("fat: eats")).status == "done"
    [large] = (worker.faults / "eats").read_text().split()
    names = [queue.submit(article(f"plain: after {number}")).id for number in range(6)]
    wait_until(lambda: all(map(has_ended, names)))
    readers = {pid for number in range(6) for pid in (worker.faults / f"after {number}").read_text().split()}
    assert large not in readers


def test_foreign_messages_are_put_aside_and_stop_nobody(worker: Worker, server: Server) -> None:
    client = redis.Redis.from_url(server.url)
    queue.submit(article("slow: in front of foreigners"))
    before = store.figures().foreign
    body = base64.b64encode(json.dumps([["a", "b"], {}, {}]).encode()).decode()
    info = {"exchange": "", "routing_key": "articles"}
    properties = {"body_encoding": "base64", "delivery_tag": "t", "delivery_info": info}
    foreign = [
        b"\xff\xfe\x00",
        b"",
        b"The harbour board",
        b"[1, 2]",
        b"{}",
        json.dumps({"body": body, "headers": {}, "properties": {}}).encode(),
        json.dumps(
            {"body": body, "headers": {"task": "os.system", "id": "1", "subject": "a"}, "properties": properties}
        ),
        json.dumps({"body": "?", "headers": {"task": "analyze_article", "id": "1", "subject": "a"}, "properties": {}}),
    ]
    client.lpush("parallax:celery:articles", *foreign)
    client.hset("parallax:celery:unacked", "broken", b"not a message")
    client.zadd("parallax:celery:unacked_index", {"broken": 1, "without an entry": 1})
    assert worker.process is not None
    pid = worker.process.pid
    assert finish(article("After the foreigners")).status == "done"
    wait_until(lambda: store.figures().foreign == before + len(foreign) + 1)
    assert worker.process.poll() is None
    assert worker.process.pid == pid
    wait_until(lambda: client.zscore("parallax:celery:unacked_index", "without an entry") is None)
    assert store.drop_foreign() == before + len(foreign) + 1
    assert store.figures().foreign == 0


def test_broken_record_of_a_waiting_article_ends_as_failed(server: Server) -> None:
    client = redis.Redis.from_url(server.url)
    hang = [queue.submit(article(f"slow: keeps them busy {number}")).id for number in range(4)]
    identifier = queue.submit(article("Broken while it waits")).id
    client.hset(f"parallax:article:{identifier}", "article", b"not an article")
    wait_until(lambda: all(map(has_ended, [*hang, identifier])))
    state = store.state(identifier)
    assert state is not None
    assert (state.status, state.reason) == ("failed", "The stored article could not be read.")


def test_article_whose_task_was_never_sent_is_sent_later(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise store.StoreUnavailable

    monkeypatch.setattr(queue, "send", refuse)
    assert finish(article("Accepted while the queue was away")).status == "done"


def test_article_whose_task_was_lost_is_sent_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queue, "send", lambda *_, **__: None)
    assert finish(article("Sent, and lost on the way")).status == "done"


def test_article_deleted_while_it_runs_is_dropped(worker: Worker) -> None:
    one = article("slow: unwanted")
    identifier = queue.submit(one).id
    wait_until(lambda: worker.starts("unwanted") == 1)
    assert store.delete(identifier)
    finish(article("slow: after the unwanted"))
    assert store.state(identifier) is None
    assert store.report(identifier) is None


def test_comparison_is_made_once_and_goes_with_its_reports() -> None:
    both = [article("The ferry, seen from the quay", "The Quay"), article("The ferry, seen from the lane", "The Lane")]
    for one in both:
        finish(one)
    names = [queue.submit(one).id for one in both]
    identifier = comparisons.ask(names)
    wait_until(lambda: comparisons.find(identifier))
    made = comparisons.find(identifier)
    assert made is not None
    assert [column.id for column in made.articles] == names
    assert comparisons.ask(names) == identifier
    assert comparisons.find(identifier) == made
    assert store.delete(names[0])
    assert store.comparison(identifier) is None
    with pytest.raises(comparisons.ReportsUnknown):
        comparisons.ask(names)


def test_warm_shutdown_ends_what_runs_and_keeps_what_waits(worker: Worker) -> None:
    names = [queue.submit(article(f"slow: shutdown {number}")).id for number in range(4)]
    wait_until(lambda: sum(worker.starts(f"shutdown {number}") for number in range(4)) >= 2)
    assert worker.process is not None
    os.kill(worker.process.pid, signal.SIGTERM)
    worker.process.wait()
    statuses = [state.status for name in names if (state := store.state(name))]
    assert sorted(statuses) == ["done", "done", "queued", "queued"]
    worker.start()
    wait_until(lambda: all(map(has_ended, names)))
    assert all(worker.starts(f"shutdown {number}") == 1 for number in range(4))


def test_single_article_goes_before_a_batch(worker: Worker) -> None:
    """Two processes: two of the batch run, then the single one, then the rest of the batch; a wanted one moves up."""
    batch = [article(f"slow: batch {number}") for number in range(6)]
    names = [queue.submit(one, lane="bulk").id for one in batch]
    wait_until(lambda: sum(worker.starts(f"batch {number}") for number in range(6)) == 2)
    single = queue.submit(article("slow: single")).id
    assert queue.submit(batch[5]).status == "queued"
    assert [find_place(name) for name in (single, names[5], names[2])] == [1, 2, 3]
    wait_until(lambda: worker.starts("single") and worker.starts("batch 5"))
    assert sum(worker.starts(f"batch {number}") for number in range(5)) == 2
    wait_until(lambda: all(map(has_ended, [*names, single])))
    assert [worker.starts(f"batch {number}") for number in range(6)] == [1] * 6
