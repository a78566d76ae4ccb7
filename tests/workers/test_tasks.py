"""An article's way through a real store and a real worker, and what happens when a part of it fails."""

from __future__ import annotations

import os
import signal

import pytest

from models.article import Article
from models.report import Report
from tests.conftest import Worker, finish, has_ended, wait_until
from workers import comparisons, queue, store
from workers.server import Server

pytestmark = pytest.mark.usefixtures("worker")

TEXT = (
    "The harbour board met on Tuesday to talk about the new ferry. Its chair, Ines Calder, said the boat would sail "
    "by June. Two members disagreed, and one left the room. Fishermen who had come to listen claimed that nobody had "
    "asked them. The board will meet again in a month, and a vote is planned for the autumn. "
) * 2


def article(title: str, outlet: str | None = None) -> Article:
    return Article(title=title, text=TEXT, outlet=outlet)


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
    wait_until(lambda: queue.position(names[2]) == 1, seconds=20)
    states = [store.state(name) for name in names]
    assert [state and (state.status, state.position) for state in states] == [
        ("running", None),
        ("running", None),
        ("queued", 1),
        ("queued", 2),
        ("queued", 3),
    ]
    wait_until(lambda: all(map(has_ended, names)), seconds=30)


@pytest.mark.parametrize(
    ("fault", "status", "starts"),
    [
        ("kill once", "done", 2),
        ("kill", "failed", 2),
        ("hang once", "done", 2),
        ("hang", "failed", 2),
        ("error", "failed", 1),
    ],
)
def test_faulty_article_is_tried_twice_and_ends(worker: Worker, fault: str, status: str, starts: int) -> None:
    state = finish(article(f"{fault}: {fault} {status}"), seconds=90)
    assert (state.status, worker.starts(f"{fault} {status}")) == (status, starts)
    assert bool(state.reason) == (status == "failed")
    assert "harbour" not in (state.reason or "")


def test_articles_behind_a_faulty_one_are_done_in_time() -> None:
    queue.submit(article("hang: before"))
    assert finish(article("Behind it"), seconds=30).status == "done"


def test_killed_worker_loses_nothing(worker: Worker) -> None:
    names = [queue.submit(article(f"slow: survivor {number}")).id for number in range(4)]
    wait_until(lambda: sum(worker.starts(f"survivor {number}") for number in range(4)) == 2, seconds=20)
    worker.kill()
    worker.start()
    wait_until(lambda: all(map(has_ended, names)), seconds=60)
    assert {state.status for name in names if (state := store.state(name))} == {"done"}


def test_killed_store_loses_nothing(server: Server) -> None:
    done = article("Before the fault")
    finish(done)
    names = [queue.submit(article(f"slow: waiting {number}")).id for number in range(4)]
    server.kill()
    with pytest.raises(store.StoreUnavailable):
        queue.submit(article("While it is away"))
    server.start()
    assert store.report(queue.submit(done).id)
    wait_until(lambda: all(map(has_ended, names)), seconds=60)
    assert {state.status for name in names if (state := store.state(name))} == {"done"}
    assert finish(article("After the fault")).status == "done"


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
    wait_until(lambda: worker.starts("unwanted") == 1, seconds=20)
    assert store.delete(identifier)
    finish(article("slow: after the unwanted"))
    assert store.state(identifier) is None
    assert store.report(identifier) is None


def test_comparison_is_made_once_and_goes_with_its_reports() -> None:
    both = [article("The ferry, seen from the quay", "The Quay"), article("The ferry, seen from the lane", "The Lane")]
    for one in both:
        finish(one)
    names = [queue.submit(one).id for one in both]
    made = comparisons.compare(names)
    assert [column.id for column in made.articles] == names
    assert comparisons.compare(names) == made
    assert store.delete(names[0])
    assert store.comparison(comparisons.name(names)) is None
    with pytest.raises(comparisons.ReportsUnknown):
        comparisons.compare(names)


def test_warm_shutdown_ends_what_runs_and_keeps_what_waits(worker: Worker) -> None:
    names = [queue.submit(article(f"slow: shutdown {number}")).id for number in range(4)]
    wait_until(lambda: sum(worker.starts(f"shutdown {number}") for number in range(4)) >= 2, seconds=20)
    assert worker.process is not None
    os.kill(worker.process.pid, signal.SIGTERM)
    worker.process.wait(20)
    statuses = [state.status for name in names if (state := store.state(name))]
    assert sorted(statuses) == ["done", "done", "queued", "queued"]
    worker.start()
    wait_until(lambda: all(map(has_ended, names)), seconds=30)
    assert all(worker.starts(f"shutdown {number}") == 1 for number in range(4))


def test_single_article_goes_before_a_batch(worker: Worker) -> None:
    """Two processes: two of the batch run, then the single one, then the rest of the batch; a wanted one moves up."""
    batch = [article(f"slow: batch {number}") for number in range(6)]
    names = [queue.submit(one, lane="bulk").id for one in batch]
    wait_until(lambda: sum(worker.starts(f"batch {number}") for number in range(6)) == 2, seconds=20)
    single = queue.submit(article("slow: single")).id
    assert queue.submit(batch[5]).status == "queued"
    assert [queue.position(name) for name in (single, names[5], names[2])] == [1, 2, 3]
    wait_until(lambda: worker.starts("single") and worker.starts("batch 5"), seconds=20)
    assert sum(worker.starts(f"batch {number}") for number in range(5)) == 2
    wait_until(lambda: all(map(has_ended, [*names, single])), seconds=40)
    assert [worker.starts(f"batch {number}") for number in range(6)] == [1] * 6
