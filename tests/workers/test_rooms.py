"""Rooms in the store: bounded, each change whole, nothing said twice, and nothing left behind."""

from __future__ import annotations

import secrets
import time
from pathlib import Path

import pytest
import redis

from models import codebook
from models.article import Article
from tests.conftest import serve_alone
from tests.rooms import read_articles
from tests.workers.test_erasure import TEXT, WORD, data, erase_until_gone, read_bytes  # noqa: F401 - `data` is a fixture
from workers import settings, store
from workers.queue import rooms
from workers.store.server import Server


def client() -> redis.Redis:
    return redis.Redis.from_url(store.url())


def make(name: str = "A room") -> str:
    identifier = secrets.token_hex(8)
    assert store.make_room(identifier, name, "plr_owner", "plr_member", codebook.default_text())
    return identifier


LAYER = store.OwnLayer(
    name=WORD, category="loaded", unit="sentence", categories=[WORD], source="batch", place=WORD, called=WORD, asked=0,
    total=2,
)  # fmt: skip


def apply(room: str) -> str:
    """Have a category applied; nobody works on it."""
    return store.add_layer(room, LAYER, [WORD, "other"], f"a classifier that knows {WORD}")


def line(name: str, words: str = "") -> str:
    return f'{{"id":"{name}","kind":"mark","reason":"{words}"}}'


@pytest.fixture
def room(server: Server) -> str:
    identifier = make()
    assert store.add_room_article(identifier, store.RoomArticle(report="r1", own=False)) == "a1"
    assert store.add_room_person(identifier, "Ann", "AAAA") == "p1"
    return identifier


def test_its_links_and_codes_are_kept_as_hashes(room: str) -> None:
    assert store.room_link(room, "plr_owner") == "owner"
    assert store.room_link(room, "plr_member") == "member"
    assert store.room_link(room, "plr_other") is None
    assert store.room_link("0" * 16, "plr_owner") is None
    assert store.find_by_code(room, "AAAA") == "p1"
    assert store.find_by_code(room, "BBBB") is None
    kept = b"".join(client().hgetall(f"parallax:room:{room}").values())
    assert not any(secret in kept for secret in (b"plr_", b"AAAA"))


def test_what_is_said_twice_is_kept_once_and_taken_back(room: str) -> None:
    for words in ("first", "again"):
        assert store.say(room, "a1", "p1", "m1", line("m1", words)) == "kept"
    assert store.say(room, "a1", "p1", "m10", line("m10")) == "kept"
    assert store.entries(room, ["a1"], "p1") == [[line("m1", "again"), line("m10")]]
    assert store.say(room, "a1", "p1", "m1", "") == "kept"
    assert store.say(room, "a1", "p1", "none", "") == "kept"
    assert store.entries(room, ["a1", "a2"], "p1") == [[line("m10")], []]
    assert store.say(room, "a1", None, "loaded-3", line("loaded-3")) == "kept"
    assert store.all_entries(room) == {("a1", "p1"): [line("m10")], ("a1", ""): [line("loaded-3")]}


@pytest.mark.parametrize(("article", "person"), [("a9", "p1"), ("a1", "p9"), ("a9", None)])
def test_nothing_is_said_of_what_is_not_there(room: str, article: str, person: str | None) -> None:
    assert store.say(room, article, person, "m1", line("m1")) == "gone"
    assert store.say("0" * 16, "a1", "p1", "m1", line("m1")) == "gone"


def test_one_person_s_entries_and_a_room_s_bytes_are_bounded(room: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store.rooms, "MOST_ENTRIES", 2)
    assert [store.say(room, "a1", "p1", name, line(name)) for name in ("m1", "m2", "m3", "m2")] == [
        "kept", "kept", "full", "kept",
    ]  # fmt: skip
    monkeypatch.undo()
    monkeypatch.setenv("PARALLAX_ROOM_BYTES", "100000")
    settings.current.cache_clear()
    long = "x" * 40_000
    assert [store.say(room, "a1", "p1", name, line(name, long)) for name in ("m3", "m4", "m5")] == [
        "kept", "kept", "full",
    ]  # fmt: skip
    assert store.say(room, "a1", "p1", "m3", "") == "kept"
    assert store.say(room, "a1", "p1", "m5", line("m5", long)) == "kept"
    monkeypatch.undo()
    settings.current.cache_clear()


def test_articles_people_and_rooms_are_bounded(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    room = make()
    for name in ("PARALLAX_ROOM_ARTICLES", "PARALLAX_ROOM_PEOPLE"):
        monkeypatch.setenv(name, "1")
    monkeypatch.setenv("PARALLAX_ROOMS", str(client().zcard("parallax:rooms")))
    settings.current.cache_clear()
    article, other = (store.RoomArticle(report=name, own=False) for name in ("r1", "r2"))
    assert [store.add_room_article(room, one) for one in (article, other)] == ["a1", "full"]
    assert [store.add_room_person(room, name, name) for name in ("Ann", "Bo")] == ["p1", "full"]
    assert not store.make_room("0" * 16, "One more", "o", "m", "")
    assert store.drop_room_article(room, "a1", article)
    assert store.add_room_article(room, other) == "a2"  # a name is never given twice
    store.dismiss_person(room, "p1", store.RoomPerson(name="Ann"))
    assert store.add_room_person(room, "Ann", "other") == "p2"
    monkeypatch.undo()
    settings.current.cache_clear()


def test_nothing_comes_in_twice(room: str) -> None:
    assert store.add_room_article(room, store.RoomArticle(report="r1", own=True)) == "known"
    assert store.add_room_person(room, " ANN ", "CCCC") == "known"
    assert store.find_by_code(room, "CCCC") is None


def test_whoever_is_dismissed_is_let_in_no_more_and_what_they_said_stays(room: str) -> None:
    store.say(room, "a1", "p1", "m1", line("m1"))
    store.dismiss_person(room, "p1", store.RoomPerson(name="Ann"))
    found = store.room(room)
    assert found
    assert found.people["p1"].left
    assert store.find_by_code(room, "AAAA") is None
    assert store.all_entries(room) == {("a1", "p1"): [line("m1")]}


def test_an_article_that_is_taken_out_takes_with_it_what_was_said_of_it(room: str) -> None:
    store.add_room_article(room, store.RoomArticle(report="r2", own=False))
    for article in ("a1", "a2"):
        store.say(room, article, "p1", "m1", line("m1"))
        store.say(room, article, None, "s", line("s"))
    store.drop_room_article(room, "a1", store.RoomArticle(report="r1", own=False))
    assert set(store.all_entries(room)) == {("a2", "p1"), ("a2", "")}
    assert store.say(room, "a1", "p1", "m2", line("m2")) == "gone"
    left = int(client().hget(f"parallax:room:{room}", "bytes"))
    assert left == len(line("m1")) + len(line("s"))


def test_an_ended_room_takes_nothing_more(room: str) -> None:
    store.change_room(room, {"ended": str(time.time())})
    assert store.say(room, "a1", "p1", "m1", line("m1")) == "ended"
    assert store.add_room_article(room, store.RoomArticle(report="r2", own=False)) == "ended"
    assert store.add_room_person(room, "Bo", "BBBB") == "ended"


def test_a_room_that_is_gone_is_not_made_again_by_a_late_change(room: str) -> None:
    assert rooms.remove(room)
    assert not rooms.remove(room)
    assert not store.change_room(room, {"codebook": "x"})
    assert store.add_room_person(room, "Bo", "BBBB") == "gone"
    assert store.room(room) is None
    assert list(client().scan_iter(f"*{room}*")) == []


def test_codes_can_not_be_tried_for_ever(room: str) -> None:
    assert [store.may_try_code(room, most=2, seconds=60) for _ in range(3)] == [True, True, False]
    assert 0 < client().ttl(f"parallax:room-tries:{room}") <= 60
    for _ in range(2):
        store.forgive_try(room)
    assert store.may_try_code(room, most=2, seconds=60)


def test_deletion_leaves_nothing_on_the_disk(data: Path) -> None:  # noqa: F811 - the fixture
    room = make(f"Room of the {WORD}")
    kept = store.add_room_article(room, store.RoomArticle(report="0" * 32, own=False))
    assert rooms.add(room, Article(title=WORD, text=TEXT)) == "a2"
    read_articles(room)
    store.add_room_person(room, WORD, "AAAA")
    for article in (kept, "a2"):
        store.say(room, article, "p1", "m1", line("m1", WORD))
    store.change_room(room, {"house": WORD, "codebook": WORD})
    category = store.RoomCategory(status="done", asked=0, why=WORD)
    store.keep_room_category(room, "loaded", category, f"a classifier that knows {WORD}")
    rooms.cancel(room, apply(room))
    found_there = [store.FoundArticle(report=WORD)]
    assert store.move_layer(room, apply(room), LAYER.model_copy(update={"turn": 1, "done": 1}), found_there)
    found = store.room(room)
    assert found
    own = found.articles["a2"].report
    assert store.report(own)
    assert store.recent().items == []  # it is in no list
    assert WORD.encode() in read_bytes(data)
    assert rooms.remove(room)
    assert store.report(own) is None
    erase_until_gone(data)
    left = {name.decode() for name in client().scan_iter()}
    assert left <= {f"parallax:{name}" for name in ("sequence", "counts", "marks", "stages", "erase", "erasing")}


def test_a_layer_that_is_dropped_is_gone_from_the_disk(data: Path) -> None:  # noqa: F811 - the fixture
    room = make()
    name = apply(room)
    assert store.move_layer(
        room, name, LAYER.model_copy(update={"turn": 1, "done": 1}), [store.FoundArticle(report=WORD)]
    )
    assert WORD.encode() in read_bytes(data)
    assert store.drop_layer(room, name)
    assert not store.move_layer(room, name, LAYER.model_copy(update={"turn": 2}))  # a worker that comes too late
    erase_until_gone(data)
    assert store.room_layers(room) == {}


def test_what_is_taken_out_is_gone_from_the_disk_too(data: Path) -> None:  # noqa: F811 - the fixture
    room = make()
    rooms.add(room, Article(title=WORD, text=TEXT))
    store.add_room_person(room, "Ann", "AAAA")
    store.say(room, "a1", "p1", "m1", line("m1", WORD))
    found = store.room(room)
    assert found
    assert rooms.drop(room, "a1", found.articles["a1"])
    erase_until_gone(data)
    assert store.room(room)


def test_a_room_in_which_nobody_does_anything_goes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from workers.tasks.rooms import tend_rooms  # only now: Celery keeps the address it finds when it is loaded

    with serve_alone(tmp_path):
        old, used = make(), make()
        store.add_room_person(used, "Ann", "AAAA")
        rooms.add(old, Article(text=TEXT))
        found = store.room(old)
        assert found
        now = time.time()
        with monkeypatch.context() as patch:
            patch.setattr(time, "time", lambda: now + 50 * 86_400)
            rooms.add(used, Article(text=TEXT))
            tend_rooms.run()
        assert store.room(old)
        with monkeypatch.context() as patch:
            patch.setattr(time, "time", lambda: now + 91 * 86_400)
            tend_rooms.run()
        assert store.room(old) is None
        assert store.state(found.articles["a1"].report) is None
        assert store.room(used)
