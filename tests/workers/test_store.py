"""The store, on a real server without a worker: what is kept, listed and forgotten."""

from __future__ import annotations

import json
import logging
from pathlib import Path

import pytest
import redis

from models import pipeline
from models.article import Article
from service import create_app
from workers import queue, settings, store
from workers.queue import comparisons
from workers.store.connection import pack

TEXT = "The mayor spoke about the zebrafinch on Monday. " * 8


def keep(title: str, outlet: str | None = None) -> str:
    """Submit an article and save its report, as a worker would."""
    one = Article(title=title, outlet=outlet, text=TEXT)
    identifier = queue.submit(one).id
    assert store.begin(identifier, "test") == "begun"
    assert store.save(pipeline.analyze(one).model_copy(update={"id": identifier}))
    return identifier


def read_all(client: redis.Redis) -> bytes:
    """Every key and value that the server holds."""
    parts = [key + b"\n" + bytes(client.dump(key) or b"") for key in client.scan_iter()]
    return b"\n".join(parts)


def test_deletion_leaves_nothing(client: redis.Redis) -> None:
    identifier = keep("Zebrafinch day")
    assert identifier.encode() in read_all(client)
    assert store.delete(identifier)
    # `erase` holds the id alone, until the server's file is written anew (test_erasure.py).
    kept = {"sequence", "counts", "marks", "erase"}
    assert set(client.scan_iter()) == {f"parallax:{name}".encode() for name in kept}
    assert not store.delete(identifier)
    assert store.state(identifier) is None


def test_report_is_much_smaller_than_its_json(client: redis.Redis) -> None:
    identifier = keep("Small")
    report = store.report(identifier)
    assert report is not None
    assert (client.hstrlen(f"parallax:article:{identifier}", "report")) < len(report.model_dump_json()) / 3
    assert client.hget(f"parallax:article:{identifier}", "article") is None


@pytest.mark.parametrize("broken", [b"", b"not zstandard", pack("{}"), pack("[1]")])
def test_broken_report_counts_as_missing(client: redis.Redis, caplog: pytest.LogCaptureFixture, broken: bytes) -> None:
    identifier = keep("Broken")
    client.hset(f"parallax:article:{identifier}", "report", broken)
    before = client.hgetall(f"parallax:article:{identifier}")
    with caplog.at_level(logging.WARNING):
        assert store.report(identifier) is None
        assert store.hand_over(identifier) is None
    assert identifier in caplog.text
    assert client.hgetall(f"parallax:article:{identifier}") == before  # another release may read it
    assert store.find_failures() == []
    assert store.delete(identifier)
    assert keep("Broken") == identifier
    assert store.report(identifier) is not None


def test_report_of_a_later_release_is_left_as_it_is_and_said_to_be_unreadable(client: redis.Redis) -> None:
    """It has a category that this release has not heard of; for the later one it must be there as before."""
    identifier = keep("Later")
    report = store.report(identifier)
    assert report is not None
    later = report.model_dump(mode="json")
    later["notes"] = [{"code": "a code of tomorrow", "message": "It rains.", "weather": {"kind": "rain"}}]
    later["vocabulary"]["terms"] = [{"category": "a category of tomorrow"}]
    client.hset(f"parallax:article:{identifier}", "report", pack(json.dumps(later)))
    before = client.hgetall(f"parallax:article:{identifier}"), client.zscore("parallax:reports", identifier)
    web = create_app().test_client()
    for path in (f"/api/v1/reports/{identifier}", f"/api/v1/reports/{identifier}/findings.csv"):
        answer = web.get(path)
        assert (answer.status_code, answer.json["code"]) == (503, "report_unreadable")
        assert int(answer.headers["Retry-After"]) > 0
    page = web.get(f"/reports/{identifier}")
    assert (page.status_code, "made by another release" in page.text) == (503, True)
    web.get("/"), web.get("/api/v1/reports"), web.head(f"/reports/{identifier}")
    assert (client.hgetall(f"parallax:article:{identifier}"), client.zscore("parallax:reports", identifier)) == before


def test_list_is_newest_first_in_pages(client: redis.Redis) -> None:
    names = [keep(f"Number {number}") for number in range(5)]
    first = store.recent(limit=2)
    second = store.recent(limit=2, cursor=first.next)
    third = store.recent(limit=2, cursor=second.next)
    listed = [summary.id for page in (first, second, third) for summary in page.items]
    assert listed == names[::-1]
    assert third.next is None


def test_list_filters_by_outlet_and_words_and_skips_what_expired(client: redis.Redis) -> None:
    wanted = keep("A Bridge opens", "The Quay")
    other = keep("A road closes", "The Lane")
    expired = keep("A bridge falls", "The Quay")
    client.delete(f"parallax:article:{expired}")
    assert [summary.id for summary in store.recent(outlet=" the  quay").items] == [wanted]
    assert [summary.id for summary in store.recent(q="ROAD").items] == [other]
    assert store.recent(q="nothing of the kind").items == []
    assert client.zcard("parallax:reports") == 2


def test_cursor_of_somebody_else_is_refused(client: redis.Redis) -> None:
    with pytest.raises(store.BadCursor):
        store.recent(cursor="zebra")


def test_article_ends_once(client: redis.Redis) -> None:
    identifier = keep("Once")
    assert store.begin(identifier, "another") == "settled"
    assert not store.fail(identifier, "too late")
    assert store.state(identifier) == store.State(
        "done", None, (store.state(identifier) or store.State("done")).submitted
    )


def test_article_is_leased_to_one_at_a_time_and_twice_at_most(client: redis.Redis) -> None:
    identifier = queue.submit(Article(text=TEXT)).id
    assert store.begin(identifier, "one") == "begun"
    assert store.begin(identifier, "two") == "held"
    assert store.blame(identifier, "time_limit") == 1
    assert store.begin(identifier, "two") == "begun"
    assert store.begin(identifier, "two") == "begun"
    assert store.blame(identifier, "time_limit") == 2
    assert store.begin(identifier, "three") == "exhausted"
    assert store.attempts(identifier) == (2, "time_limit")


def test_failed_article_may_be_sent_again(client: redis.Redis) -> None:
    one = Article(text=TEXT)
    identifier = queue.submit(one).id
    assert store.fail(identifier, "for a reason")
    state = store.state(identifier)
    assert state is not None
    assert (state.status, state.reason) == ("failed", "for a reason")
    assert queue.submit(one) == queue.Submission(identifier, "queued")


def test_full_queue_takes_nothing_more(client: redis.Redis, monkeypatch: pytest.MonkeyPatch) -> None:
    full = settings.current().model_copy(update={"max_queue": 1})
    monkeypatch.setattr(settings, "current", lambda: full)
    queue.submit(Article(text="One. " + TEXT))
    with pytest.raises(queue.QueueFull):
        queue.submit(Article(text="Two. " + TEXT))
    assert store.figures().queued == 1


def test_comparison_names_what_it_lacks(client: redis.Redis) -> None:
    ready, waiting = keep("Ready"), queue.submit(Article(text=TEXT)).id
    with pytest.raises(comparisons.ReportsUnknown) as unknown:
        comparisons.ask([ready, "0" * 32])
    assert unknown.value.ids == ("0" * 32,)
    with pytest.raises(comparisons.ReportsNotReady) as unready:
        comparisons.ask([ready, waiting])
    assert unready.value.ids == (waiting,)


def test_comparison_lasts_as_long_as_the_first_of_its_reports_to_go(client: redis.Redis) -> None:
    reports = [keep("Here today"), keep("Gone tomorrow")]
    client.expire(f"parallax:article:{reports[1]}", 1000)
    identifier = comparisons.ask(reports)
    assert store.comparison(identifier) == reports
    assert 900 < client.ttl(f"parallax:comparison:{identifier}") <= 1000
    assert client.ttl(f"parallax:compared:{reports[0]}") > 1000
    assert store.delete(reports[0])
    assert store.comparison(identifier) is None
    with pytest.raises(comparisons.ComparisonUnknown):
        comparisons.find(identifier)


def test_comparison_that_failed_says_why_and_is_tried_again_later(client: redis.Redis) -> None:
    identifier = comparisons.ask([keep("First"), keep("Second")])
    assert comparisons.find(identifier) is None
    store.fail_comparison(identifier, "It stopped.")
    with pytest.raises(comparisons.ComparisonFailed, match="It stopped"):
        comparisons.find(identifier)
    client.delete(f"parallax:comparison-failure:{identifier}")
    assert comparisons.find(identifier) is None


def test_full_store_takes_nothing_and_loses_nothing(client: redis.Redis) -> None:
    """Valkey's own limit of memory: no article is half taken in, no report half kept, what waits stays."""
    one = Article(title="Before", text=TEXT)
    identifier = queue.submit(one).id
    assert store.begin(identifier, "test") == "begun"
    failed = Article(title="Failed before", text=TEXT)
    assert store.fail(queue.submit(failed).id, "for a reason")
    everything = read_all(client)
    client.config_set("maxmemory", 1)
    try:
        for refused in (Article(title="While it is full", text=TEXT), failed):
            with pytest.raises(store.StoreUnavailable):
                queue.submit(refused)
        with pytest.raises(store.StoreUnavailable):
            store.save(pipeline.analyze(one).model_copy(update={"id": identifier}))
        with pytest.raises(store.StoreUnavailable):
            store.fail(identifier, "for a reason")
        assert read_all(client) == everything
        assert store.article(identifier) == one
    finally:
        client.config_set("maxmemory", 0)
    assert store.save(pipeline.analyze(one).model_copy(update={"id": identifier}))


def test_begin_asked_twice_by_one_process_is_one_start(client: redis.Redis) -> None:
    """The answer to the first question may be lost on the way; the second must not wait for itself."""
    identifier = queue.submit(Article(text=TEXT)).id
    assert [store.begin(identifier, "one"), store.begin(identifier, "one")] == ["begun", "begun"]
    assert store.attempts(identifier) == (0, None)


def test_workers_that_die_count_against_no_article_but_not_for_ever(client: redis.Redis) -> None:
    identifier = queue.submit(Article(text=TEXT)).id
    starts = []
    for number in range(11):
        starts.append(store.begin(identifier, f"worker {number}"))
        client.delete(f"parallax:lease:{identifier}")
    assert starts == ["begun"] * 10 + ["exhausted"]


def test_article_that_the_queue_passed_over_is_found(client: redis.Redis) -> None:
    lost, next_one, last = (queue.submit(Article(title=title, text=TEXT)).id for title in ("Lost", "Next", "Last"))
    bulk = queue.submit(Article(title="Bulk", text=TEXT), lane="bulk").id
    assert store.find_pending(idle=False) == set()
    assert store.begin(next_one, "test") == "begun"
    assert store.find_pending(idle=False) == {lost}
    assert store.find_pending(idle=True) == {lost, last, bulk}
    assert [store.may_send_again(lost), store.may_send_again(lost)] == [True, False]


def test_new_engine_reads_anew_and_what_the_old_one_left_stays(
    client: redis.Redis, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A release comes while a report and a waiting task of the one before are there."""
    read, waits = Article(title="Read", text=TEXT), Article(title="Waits", text=TEXT)
    monkeypatch.setattr(queue, "engine", lambda: "0.9")
    old, promised = queue.submit(read).id, queue.submit(waits).id
    report = pipeline.analyze(read)
    aged = report.model_copy(update={"id": old, "provenance": report.provenance.model_copy(update={"engine": "0.9"})})
    assert store.begin(old, "test") == "begun"
    assert store.save(aged)
    monkeypatch.undo()
    monkeypatch.setattr(queue, "send", lambda *_, **__: None)
    anew = queue.submit(read)
    assert (anew.id != old, anew.status) == (True, "queued")
    assert store.report(old) == aged
    assert store.begin(promised, "the new release") == "begun"
    assert store.save(pipeline.analyze(waits).model_copy(update={"id": promised}))
    assert store.report(promised) is not None


def test_report_of_an_earlier_release_is_shown_as_it_was_made(client: redis.Redis) -> None:
    """`earlier-report.json` was written by an engine of November 2026; whatever reports gain later has a default."""
    made = (Path(__file__).parent / "earlier-report.json").read_text(encoding="utf-8")
    identifier = keep("Earlier")
    client.hset(f"parallax:article:{identifier}", "report", pack(made))
    report = store.report(identifier)
    assert report is not None
    told = json.loads(made)
    assert report.provenance.engine == told["provenance"]["engine"]
    assert [term.text for term in report.vocabulary.terms] == [term["text"] for term in told["vocabulary"]["terms"]]
    shown = create_app().test_client().get(f"/reports/{identifier}")
    assert shown.status_code == 200
    assert told["provenance"]["engine"] in shown.text
