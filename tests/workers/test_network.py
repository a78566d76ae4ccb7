"""What waits for hosts outside holds up nobody: neither articles nor what waits for other hosts."""

from __future__ import annotations

import signal
import socket
import threading
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil
import pytest

from tests.conftest import Service, ask, serve_alone, start_service, wait_until
from tests.site import Reply, Site
from workers import store
from workers.store import Errand
from workers.store.server import Server

TEXT = "The harbour board met on Tuesday. Its chair, Ines Calder, said that the boat would sail by June. " * 4
PAGE = f"<html><head><title>A boat</title></head><body><article><p>{TEXT}</p><p>{TEXT}</p></article></body></html>"
PLACES = 16


@contextmanager
def listen_deaf(host: str) -> Iterator[tuple[int, list[socket.socket]]]:
    """A host that takes every connection and never says a word; gives its port, and the connections."""
    taken: list[socket.socket] = []
    with socket.socket() as deaf:
        deaf.bind((host, 0))
        deaf.listen(100)

        def take() -> None:
            while True:
                try:
                    taken.append(deaf.accept()[0])
                except OSError:
                    return

        threading.Thread(target=take, daemon=True).start()
        yield int(deaf.getsockname()[1]), taken
        deaf.shutdown(socket.SHUT_RDWR)
    for opened in taken:
        opened.close()


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """A house that may ask every address of the loopback, each for fifteen seconds at most."""
    chosen = {"PARALLAX_LINK_ALLOWED": "127.0.0.0/8", "PARALLAX_LINK_SECONDS": "15"}
    started = start_service(tmp_path_factory.mktemp("house"), **chosen)
    yield started
    started.stop(signal.SIGTERM)


def send(service: Service, **fields: str) -> str:
    """Send something in; gives the address of its report."""
    status, answer = ask(f"{service.url}/api/v1/articles", fields)
    assert status == 202, answer
    return f"{service.url}{answer['report']}"


def count_ended(addresses: list[str]) -> int:
    """How many of these have ended, with a report or without one?"""
    return sum(ask(address)[0] != 202 for address in addresses)


def test_links_of_a_host_that_does_not_answer_hold_up_no_article_and_no_other_link(service: Service) -> None:
    with listen_deaf("127.0.0.2") as (port, taken), Site() as site:
        site.pages["/boat"] = Reply(PAGE)
        deaf = [send(service, url=f"http://127.0.0.2:{port}/{number}") for number in range(20)]
        wait_until(lambda: taken)
        article = send(service, text=TEXT, title="Short, behind links")
        link = send(service, url=site.url("/boat"))
        wait_until(lambda: ask(article)[0] == 200 and ask(link)[0] == 200)
        assert count_ended(deaf) < 16
        for address in deaf:
            urllib.request.urlopen(urllib.request.Request(address, method="DELETE"))


def test_callbacks_of_a_host_that_does_not_answer_hold_up_no_article(service: Service) -> None:
    with listen_deaf("127.0.0.3") as (port, taken), Site() as site:
        site.pages["/hook"] = Reply("", 204)
        for number in range(20):
            send(service, text=TEXT, title=f"Called {number}", callback_url=f"http://127.0.0.3:{port}/{number}")
        wait_until(lambda: len(taken) >= 2)
        article = send(service, text=TEXT, title="Short, behind callbacks", callback_url=site.url("/hook"))
        wait_until(lambda: ask(article)[0] == 200 and site.posted)
        assert len(taken) < 16


def test_feeds_of_a_host_that_does_not_answer_hold_up_no_article(service: Service) -> None:
    with listen_deaf("127.0.0.4") as (port, taken):
        for number in range(20):
            assert ask(f"{service.url}/api/v1/feeds", {"url": f"http://127.0.0.4:{port}/{number}"})[0] == 201
        wait_until(lambda: taken)
        article = send(service, text=TEXT, title="Short, behind feeds")
        wait_until(lambda: ask(article)[0] == 200)
        assert len(taken) < 16
    for feed in ask(f"{service.url}/api/v1/feeds")[1]["feeds"]:
        urllib.request.urlopen(urllib.request.Request(f"{service.url}/api/v1/feeds/{feed['id']}", method="DELETE"))


def test_no_more_than_four_are_asked_of_one_host_at_once(service: Service) -> None:
    with listen_deaf("127.0.0.5") as (port, taken):
        deaf = [send(service, url=f"http://127.0.0.5:{port}/{number}") for number in range(8)]
        wait_until(lambda: count_ended(deaf))
        assert len(taken) <= 4 + 1  # the first has ended, and one more was begun
        for address in deaf:
            urllib.request.urlopen(urllib.request.Request(address, method="DELETE"))


def test_killed_in_the_middle_it_loses_no_link(service: Service) -> None:
    with Site() as site:
        going_on = threading.Event()
        site.pages["/slow"] = Reply(write=lambda out: (going_on.wait(), out.write(PAGE.encode())))
        link = send(service, url=site.url("/slow"))
        wait_until(lambda: site.asked)
        for process in psutil.Process(service.process.pid).children(recursive=True):
            if "workers.network" in " ".join(process.cmdline()):
                process.kill()
        going_on.set()
        wait_until(lambda: ask(link)[0] == 200)


def test_link_wanted_sooner_is_fetched_sooner_and_a_deleted_one_not_at_all(own: Server) -> None:
    from workers import queue

    first, second, third = (f"https://press.example/{name}" for name in "abc")
    for url in (first, second, third):
        queue.submit_link(url, lane="bulk")
    assert queue.submit_link(third).status == "queued"
    assert store.delete(queue.submit_link(first, lane="bulk").id)
    taken = [errand for _ in range(3) if (errand := store.take_errand(PLACES, 60))]
    assert taken[0].subject == queue.submit_link(third).id
    assert len(taken) == 3
    assert store.article(taken[1].subject) is None  # whoever takes it finds nobody who wants it


@pytest.fixture
def own(tmp_path: Path) -> Iterator[Server]:
    """A store of one's own."""
    with serve_alone(tmp_path) as started:
        yield started


def take_all() -> list[Errand]:
    """Every errand that may be begun now."""
    return list(iter(lambda: store.take_errand(PLACES, 60), None))


def errands(host: str, count: int) -> list[Errand]:
    """So many callbacks to a host, sent out."""
    made = [Errand("callback", f"{host}-{number}", host) for number in range(count)]
    for one in made:
        store.send_out(one)
    return made


def test_the_first_come_first_and_bulk_last(own: Server) -> None:
    store.send_out(Errand("feed", "1", "a.example"), bulk=True)
    made = errands("b.example", 2)
    assert take_all() == [*made, Errand("feed", "1", "a.example")]


def test_a_host_has_four_places_and_the_others_go_by(own: Server) -> None:
    made, other = errands("a.example", 6), errands("b.example", 1)
    assert take_all() == [*made[:4], *other]
    store.end_errand(made[0], slow=False)
    assert take_all() == [made[4]]


def test_hosts_that_were_slow_come_last_one_at_a_time_and_never_have_more_than_a_quarter(own: Server) -> None:
    slow = [f"slow{number}.example" for number in range(6)]
    for host in slow:
        [one] = errands(host, 1)
        assert store.take_errand(PLACES, 60) == one
        store.end_errand(one, slow=True)
    again = [errands(host, 2) for host in slow]
    quick = errands("quick.example", 2)
    assert take_all() == [*quick, *(pair[0] for pair in again[: PLACES // 4])]
    store.end_errand(again[0][0], slow=False)
    assert take_all() == [again[0][1]]


def test_nothing_is_doubled_and_what_is_given_back_comes_first(own: Server) -> None:
    first, second = errands("a.example", 2)
    store.send_out(first)
    assert store.take_errand(PLACES, 60) == first
    store.send_out(first)
    store.give_back(first)
    assert take_all() == [first, second]


def test_what_a_dead_one_held_waits_again(own: Server) -> None:
    [one] = errands("a.example", 1)
    assert store.take_errand(PLACES, 0) == one
    time.sleep(0.01)  # the errand's own time, not anybody's patience
    assert take_all() == [one]


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("https://Press.example/a", "press.example"),
        ("http://127.0.0.1:8000/", "127.0.0.1"),
        ("http://[::1]/", "::1"),
        ("http://user@press.example/", "press.example"),
        ("http://[", ""),
        ("", ""),
    ],
)
def test_errands_know_their_host(own: Server, url: str, host: str) -> None:
    one = Errand.to("link", "0" * 32, url)
    assert one.host == host
    store.send_out(one)
    assert take_all() == [one]


def test_pages_are_not_fetched_far_ahead_of_their_readers(own: Server) -> None:
    """What was fetched takes room until it is read; a link that came singly need not wait for those of a batch."""
    from workers import queue
    from workers.extraction.source import Fetched

    for number in range(60):
        queue.submit_link(f"https://host{number}.example/", lane="bulk")
    fetched = []
    while errand := store.take_errand(PLACES, 60):
        url = f"https://{errand.host}/"
        page = Fetched(url=url, link=url, address=url, type="text/html", charset=None, body=PAGE.encode())
        assert store.arrive(errand.subject, page) == "bulk"
        store.end_errand(errand, slow=False)
        fetched.append(errand.subject)
    assert len(fetched) == 50
    single = queue.submit_link("https://single.example/").id
    assert [errand.subject for errand in take_all()] == [single]
    for identifier in fetched[:5]:
        store.begin(identifier, "somebody")
    assert len(take_all()) == 10
