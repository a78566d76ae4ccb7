"""A category of a room's own is applied to a batch, or to some days of a feed: a layer with a name of its own."""

from __future__ import annotations

import csv
import io
import json
import time
from collections.abc import Iterator
from types import ModuleType

import pytest
from flask import Flask

from models.categories import learning
from service.rooms import layers as pages
from tests.models.test_categories import learned, table  # noqa: F401 - fixtures
from tests.rooms import OWN, TOWNS, RoomOfTests, open_room, send_batch
from workers import settings, store
from workers.queue import rooms as carrier
from workers.store.server import Server

CODEBOOK = """\
name: Towns
version: 1
layers: []
levels:
  - {id: about, name: What it is about, values: [cost, danger]}
"""
Learned = learning.Learned


@pytest.fixture
def tasks(server: Server) -> ModuleType:
    """What workers do with layers."""
    from workers.tasks import layers  # only now: Celery keeps the address it finds when it is loaded

    return layers


@pytest.fixture
def room(app: Flask, learned: Learned) -> Iterator[RoomOfTests]:  # noqa: F811 - the fixture
    """A room in which a category was learnt."""
    made = open_room(app, codebook=CODEBOOK)
    model = learned.model
    known = store.RoomCategory(status="done", asked=1.0, categories=model.categories, figures=model.figures)
    assert store.keep_room_category(made.id, "about", known, model.model_dump_json())
    yield made
    carrier.remove(made.id)


@pytest.fixture
def batch(app: Flask) -> str:
    """A batch with these articles, read to its end."""
    return send_batch(app, [{"text": text, "title": f"Town {at}"} for at, text in enumerate(TOWNS)])


def ask(room: RoomOfTests, **form: str) -> str:
    """Apply the category by the page's form; the address of the layer."""
    form = {"name": "About, in the batch", "source": "batch"} | form
    sent = room.owner.post(f"/rooms/{room.id}/categories/about/apply", data=form, headers=OWN)
    assert sent.status_code == 303, sent.text
    return str(sent.headers["Location"])


def name_of(where: str) -> str:
    return where.rpartition("/")[2]


def work(room: RoomOfTests, where: str) -> None:
    """Do what a worker does, as often as it is asked."""
    from workers.tasks.layers import apply_category  # only now, as above

    while (layer := store.room_layer(room.id, name_of(where))) and layer.status == "queued":
        apply_category.run(f"{room.id} {name_of(where)}")


def read_table(room: RoomOfTests, where: str) -> list[dict[str, str]]:
    text = room.owner.get(f"{where}.csv").text
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))


def test_a_batch_gets_a_layer_of_its_own(room: RoomOfTests, batch: str) -> None:
    where = ask(room, batch=f"http://localhost/batches/{batch}")
    form = room.owner.get(f"/rooms/{room.id}/categories/about").text
    assert 'categories/about/apply" novalidate' in form  # a fragment would stay, and a page with one loads no more
    waiting = room.owner.get(where)
    assert "0 of 3 articles are read" in waiting.text
    assert waiting.headers["Refresh"] == "3"
    work(room, where)

    page = room.owner.get(where)
    assert "3 articles were read" in page.text
    assert "Refresh" not in page.headers
    assert "About, in the batch" in room.owner.get(f"/rooms/{room.id}/categories").text
    rows = read_table(room, where)
    assert [(row["title"], row["category"], row["left_out"]) for row in rows] == [
        (f"Town {at}", category, "") for at, category in enumerate(TOWNS.values())
    ]
    told = json.loads(room.owner.get(f"{where}.json").text)
    assert (told["format"], told["layer"]["name"]) == ("parallax-layer-1", "About, in the batch")
    assert told["layer"]["version"]
    assert [one["findings"][0]["category"] for one in told["articles"]] == list(TOWNS.values())
    assert json.loads(room.owner.get(f"/rooms/{room.id}/export.json").text)["layers"] == [told]

    only = room.owner.get(f"{where}?category=danger").text
    assert "Town 1" in only
    assert "Town 0" not in only
    article = room.owner.get(f"{where}/articles/{rows[1]['report']}").text
    assert "<b>danger</b>" in article
    assert "Smoke from the kiln" in article
    assert room.owner.get(f"{where}/articles/{'0' * 32}").status_code == 404

    assert room.owner.post(f"{where}/delete", headers=OWN).status_code == 303
    assert room.owner.get(where).status_code == 404
    assert store.room_category(room.id, "about")  # it stays


def test_it_goes_on_slice_by_slice_and_can_be_cancelled(
    room: RoomOfTests, batch: str, tasks: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tasks, "_SLICE_SECONDS", 0)  # an article a slice
    where = ask(room, batch=batch)
    subject = f"{room.id} {name_of(where)}"
    tasks.apply_category.run(subject)
    assert "1 of 3 articles are read" in room.owner.get(where).text
    assert room.owner.post(f"{where}/cancel", headers=OWN).status_code == 303
    tasks.apply_category.run(subject)  # its task was on its way
    assert "Cancelled after 1 of 3 articles" in room.owner.get(where).text
    assert [row["category"] for row in read_table(room, where)] == ["cost"]
    other = ask(room, batch=batch, name="Again")
    work(room, other)
    assert [row["category"] for row in read_table(room, other)] == list(TOWNS.values())


def test_a_slice_that_is_begun_twice_counts_once(
    room: RoomOfTests, batch: str, tasks: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    where = ask(room, batch=batch)
    name = name_of(where)
    before = tasks._find

    def find(*given: object) -> object:
        late = store.room_layer(room.id, name)
        assert late
        changed = late.model_copy(update={"turn": late.turn + 1})
        assert store.move_layer(room.id, name, changed)  # somebody else takes it up meanwhile
        return before(*given)  # type: ignore[arg-type]  # as it was called

    monkeypatch.setattr(tasks, "_find", find)
    tasks.apply_category.run(f"{room.id} {name}")
    assert read_table(room, where) == []
    monkeypatch.undo()
    work(room, where)
    assert len(read_table(room, where)) == 3


def test_an_article_that_stops_it_again_and_again_is_left_out(
    room: RoomOfTests, batch: str, tasks: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    from celery.exceptions import SoftTimeLimitExceeded

    where = ask(room, batch=batch)
    before, seen = tasks._find, list[str]()

    def find(report: str, model: object) -> object:
        seen.append(report)
        if seen.index(report) == 1:
            raise SoftTimeLimitExceeded
        return before(report, model)  # type: ignore[arg-type]  # as it was called

    monkeypatch.setattr(tasks, "_find", find)
    work(room, where)
    assert [(row["category"], row["left_out"]) for row in read_table(room, where)] == [
        ("cost", ""), ("", "failed"), ("cost", ""),
    ]  # fmt: skip
    page = room.owner.get(where).text
    assert "2 articles were read; 1 was left out" in page
    assert "left out: could not be read" in page


def test_what_is_gone_meanwhile_or_is_not_english_is_told(app: Flask, room: RoomOfTests) -> None:
    german = "Die Mieten in der Stadt haben sich verdoppelt, und der Bäcker kann nicht mehr zahlen, sagte er am Montag."
    batch = send_batch(app, [{"text": german}, {"text": next(iter(TOWNS)) + " "}])
    where = ask(room, batch=batch)
    gone = [row.article for row in store.batch_rows(batch)][1]
    store.delete(str(gone))
    work(room, where)
    assert [row["left_out"] for row in read_table(room, where)] == ["language", "gone"]


def test_a_task_that_was_lost_is_sent_again(room: RoomOfTests, batch: str, monkeypatch: pytest.MonkeyPatch) -> None:
    where = ask(room, batch=batch)
    sent: list[tuple[str, str]] = []
    monkeypatch.setattr(carrier, "send", lambda task, subject: sent.append((task, subject)))
    carrier.send_again()
    assert (room.id in str(sent)) is False  # it was heard of just now
    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now + 700)
    store.keep_room_category(room.id, "about", store.RoomCategory(status="queued", asked=now))
    monkeypatch.setattr(time, "time", lambda: now + 1_400)
    carrier.send_again()
    carrier.send_again()  # at once: it is asked for again much later
    ours = [one for one in sent if room.id in one[1]]
    assert sorted(ours) == [
        ("apply_category", f"{room.id} {name_of(where)}"), ("learn_category", f"{room.id} about"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("form", "says"),
    [
        ({"name": " "}, "Give the layer a name, of at most 60 characters."),
        ({"batch": ""}, "Which batch?"),
        ({"batch": "http://localhost/batches/0000000000"}, "There is no batch “0000000000”"),
        ({"source": "feed"}, "Choose a feed."),
        ({"source": "feed", "feed": "0" * 32}, "Choose a feed."),
    ],
)
def test_what_can_not_be_applied_says_why_beside_its_field(room: RoomOfTests, form: dict[str, str], says: str) -> None:
    sent = {"name": "Kept as typed", "source": "batch", "batch": "0"} | form
    page = room.owner.post(f"/rooms/{room.id}/categories/about/apply", data=sent, headers=OWN)
    assert page.status_code == 422
    assert says in page.text
    assert form.get("name", "Kept as typed").strip() in page.text
    assert store.room_layers(room.id) == {}


def test_a_batch_that_goes_on_or_is_too_large_waits(
    app: Flask, room: RoomOfTests, batch: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    where = f"/rooms/{room.id}/categories/about/apply"
    going = send_batch(app, [{"text": "Nobody has read this one yet, as it seems."}], read=False)
    form = {"name": "A", "source": "batch", "batch": going}
    assert "1 of its articles is left" in room.owner.post(where, data=form, headers=OWN).text
    monkeypatch.setenv("PARALLAX_ROOM_LAYER_ARTICLES", "2")
    settings.current.cache_clear()
    try:
        page = room.owner.post(where, data=form | {"batch": batch}, headers=OWN)
        assert "It has 3 articles; a category is applied to at most 2" in page.text
    finally:
        monkeypatch.undo()
        settings.current.cache_clear()
    monkeypatch.setattr("workers.store.layers.MOST_LAYERS", 0)
    full = room.owner.post(where, data=form | {"batch": batch}, headers=OWN)
    assert full.status_code == 409
    room.owner.post(f"/rooms/{room.id}/end", headers=OWN)
    assert room.owner.post(where, data=form | {"batch": batch}, headers=OWN).status_code == 409


def test_some_days_of_a_feed(app: Flask, room: RoomOfTests, batch: str) -> None:
    articles = [str(row.article) for row in store.batch_rows(batch)]
    address = f"https://{room.id}.example/feed"
    feed = store.Feed(id=store.name_feed(address), url=address, title="Town news", interval=900, added=time.time())
    assert store.add_feed(feed, 1_000) == "added"
    for at, article in enumerate(articles):  # 1, 2 and 3 May 2026
        item = store.Item(key=f"k{at}", link=None, article=article, taken=1_777_593_600.0 + 86_400 * at)
        store.take_item(feed.id, item, 86_400)
    assert "Town news" in room.owner.get(f"/rooms/{room.id}/categories/about").text
    where = ask(room, source="feed", feed=feed.id, first="2026-05-02", last="2026-05-03")
    work(room, where)
    assert {row["report"] for row in read_table(room, where)} == set(articles[1:])
    assert "2026-05-02 to 2026-05-03" in room.owner.get(where).text
    for source, wanted in (
        (f"http://localhost/feeds/{feed.id} 2026-05-02 2026-05-03", articles[1:]),
        (f"/feeds/{feed.id} 2026-06-01", []),
        (f"/feeds/{feed.id}\n/batches/{batch}", articles),
        (f"/batches/{'0' * 32}", []),
        (f"/stories/{'0' * 32}", []),
        ("/search?q=", []),
    ):
        other = open_room(app)
        sent = other.owner.post(f"/rooms/{other.id}/reports", data={"reports": source}, headers=OWN)
        assert sent.status_code == (303 if wanted else 422), source
        found = store.room(other.id)
        assert found
        assert {entry.report for entry in found.articles.values()} == set(wanted), source
        carrier.remove(other.id)
    form = {"name": "A", "source": "feed", "feed": feed.id}
    for days, says in (
        ({"first": "2026-05-03", "last": "2026-05-02"}, "must not be before"),
        ({"first": "yesterday"}, "Write a day as 2026-11-30."),
        ({"first": "2026-06-01"}, "No report in it can be read here"),
    ):
        page = room.owner.post(f"/rooms/{room.id}/categories/about/apply", data=form | days, headers=OWN)
        assert says in page.text
    store.remove_feed(feed.id)


def test_a_category_of_another_reader_stops_and_says_so(
    room: RoomOfTests,
    batch: str,
    learned: Learned,  # noqa: F811 - the fixture
) -> None:
    old = learned.model.model_copy(update={"reader": "0" * 64})
    known = store.RoomCategory(status="done", asked=1.0, categories=old.categories, figures=old.figures)
    store.keep_room_category(room.id, "about", known, old.model_dump_json())
    where = ask(room, batch=batch)
    work(room, where)
    page = room.owner.get(where).text
    assert "It stopped after 0 of 3 articles" in page
    assert "learn it again" in page


def test_long_lists_are_cut_into_pages(room: RoomOfTests, batch: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pages, "SHOWN", 2)
    where = ask(room, batch=batch)
    work(room, where)
    assert "page 1 of 2" in room.owner.get(where).text
    for number in ("2", "9", "x"):
        page = room.owner.get(f"{where}?page={number}").text
        assert ("Town 2" in page) is (number != "x")
