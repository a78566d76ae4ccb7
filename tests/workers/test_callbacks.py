"""Callbacks: signed, delivered once the article or the batch has ended, tried again, given up, guarded like links."""

from __future__ import annotations

import hashlib
import hmac
import json
import time
from collections.abc import Iterator

import pytest

from models.article import Article
from tests.conftest import SECRET, wait_until
from tests.site import Reply, Site
from tests.workers.parts import Worker
from workers import queue, settings, store
from workers.extraction.refusal import Refused
from workers.queue import batches, callbacks

TEXT = "The harbour board met on Tuesday. Its chair, Ines Calder, said the boat would sail by June. " * 3


@pytest.fixture
def site(clock: object) -> Iterator[Site]:
    with Site() as opened:
        opened.pages["/hook"] = Reply("", 204)
        yield opened


def submit(title: str, url: str) -> str:
    return queue.submit(Article(title=title, text=TEXT, callback_url=url)).id


def check(headers: dict[str, str], body: bytes) -> bool:
    """What a receiver does: is this from Parallax, and fresh?"""
    moment, proof = (part.partition("=")[2] for part in headers["Parallax-Signature"].split(","))
    expected = hmac.new(SECRET.encode(), f"{moment}.".encode() + body, hashlib.sha256).hexdigest()
    return hmac.compare_digest(proof, expected) and abs(time.time() - int(moment)) < 300


@pytest.mark.parametrize(("title", "event"), [("Called back", "report.done"), ("error: called", "report.failed")])
def test_article_that_ended_is_told_once_and_signed(site: Site, title: str, event: str) -> None:
    identifier = submit(title, site.url("/hook"))
    wait_until(lambda: site.posted)
    [(_, headers, body)] = site.posted
    told = json.loads(body)
    assert check(headers, body)
    assert not check(headers, body + b" ")
    assert (told["event"], told["id"], told["attempt"]) == (event, identifier, 1)
    assert told["report"] == f"/api/v1/reports/{identifier}"
    assert b"harbour" not in body
    wait_until(lambda: store.callback(told["delivery"]) is None)
    assert len(site.posted) == 1


def test_callback_is_no_part_of_the_article(site: Site) -> None:
    plain, called = Article(text=TEXT), Article(text=TEXT, callback_url=site.url("/hook"))
    assert plain.digest("engine") == called.digest("engine")
    assert "callback" not in called.model_dump_json()


def test_failed_delivery_is_tried_again_with_the_same_name_and_given_up(site: Site) -> None:
    site.pages["/hook"] = Reply("", 500)
    submit("Called in vain", site.url("/hook"))
    wait_until(lambda: len(site.posted) == 3 and store.callback(json.loads(site.posted[2][2])["delivery"]) is None)
    told = [json.loads(body) for _, _, body in site.posted]
    assert [one["attempt"] for one in told] == [1, 2, 3]
    assert len({one["delivery"] for one in told}) == 1


@pytest.mark.soak  # as in a batch and at a feed, whose tests run always
def test_killed_worker_loses_no_callback(site: Site, worker: Worker) -> None:
    identifier = submit("slow: called after a kill", site.url("/hook"))
    wait_until(lambda: worker.starts("called after a kill") == 1)
    worker.kill()
    worker.start()
    wait_until(lambda: site.posted)
    assert [json.loads(body)["id"] for _, _, body in site.posted] == [identifier]


def test_deleted_article_is_told_to_nobody(site: Site) -> None:
    identifier = submit("slow: unwanted call", site.url("/hook"))
    assert store.delete(identifier)
    later = submit("slow: called after the unwanted", site.url("/hook"))
    wait_until(lambda: site.posted)
    assert [json.loads(body)["id"] for _, _, body in site.posted] == [later]


def test_batch_that_ended_is_told_with_its_counts(site: Site) -> None:
    upload = store.Upload()
    upload.add(json.dumps({"text": TEXT, "title": "In a batch that calls"}).encode() + b'\n{"text": ""}')
    identifier = batches.accept(upload, "jsonl", callback=site.url("/hook"))
    wait_until(lambda: site.posted)
    told = json.loads(site.posted[0][2])
    assert (told["event"], told["batch"]) == ("batch.done", f"/api/v1/batches/{identifier}")
    assert told["counts"] == {"lines": 2, "done": 1, "failed": 0, "refused": 1, "cancelled": 0, "deleted": 0}


def test_redirect_is_not_followed_with_what_was_signed(site: Site) -> None:
    site.pages["/hook"] = Reply("", 302, {"Location": site.url("/elsewhere")})
    submit("Called and sent on", site.url("/hook"))
    wait_until(lambda: len(site.posted) == 3)  # each time as if it had failed
    assert {path for path, _, _ in site.posted} == {"/hook"}
    assert site.asked == []


def test_without_a_secret_or_to_a_private_address_nothing_is_called(monkeypatch: pytest.MonkeyPatch) -> None:
    none = settings.current().model_copy(update={"callback_secret": None, "link_allowed": ()})
    monkeypatch.setattr(settings, "current", lambda: none)
    with pytest.raises(callbacks.NoSecret):
        callbacks.examine("https://press.example/hook")
    some = none.model_copy(update={"callback_secret": SECRET})
    monkeypatch.setattr(settings, "current", lambda: some)
    callbacks.examine("https://press.example/hook")
    with pytest.raises(Refused):
        callbacks.examine("http://169.254.169.254/latest")
