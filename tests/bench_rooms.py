"""How long does a mark take while thirty people mark at once? `python -m tests.bench_rooms [--people N] [--pause S]`

The service runs as `make run` starts it. Each person has a session of their own and marks one word after the other,
as the API takes it, after a pause of half to one and a half times `--pause` seconds (0: as fast as it is answered);
milliseconds from the request to its answer.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from http.cookiejar import CookieJar
from pathlib import Path
from statistics import quantiles
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, OpenerDirector, Request, build_opener

from tests.conftest import start_service, wait_until
from tests.rooms import ARTICLES

OWN = {"Sec-Fetch-Site": "same-origin"}


def send(browser: OpenerDirector, method: str, url: str, body: bytes | None, **headers: str) -> str:
    """Ask; gives the answer’s text. Fails on a refusal."""
    with browser.open(Request(url, body, OWN | headers, method=method), timeout=30) as answer:
        return str(answer.read().decode())


def come_in(url: str, name: str) -> OpenerDirector:
    browser = build_opener(HTTPCookieProcessor(CookieJar()))
    send(browser, "POST", url, urlencode({"name": name}).encode())
    return browser


def mark(browser: OpenerDirector, where: str, marks: int, pause: float) -> list[float]:
    """Mark so many words; seconds of each."""
    spent = []
    for number in range(marks):
        name = f"m{number}"
        body = {"id": name, "kind": "mark", "start": number, "end": number + 4, "layer": "loaded", "category": "label"}
        time.sleep(pause * random.uniform(0.5, 1.5))
        begun = time.perf_counter()
        send(browser, "PUT", f"{where}/{name}", json.dumps(body).encode(), **{"Content-Type": "application/json"})
        spent.append(time.perf_counter() - begun)
    return spent


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=30)
    parser.add_argument("--marks", type=int, default=20)
    parser.add_argument("--pause", type=float, default=1.0)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        service = start_service(Path(folder))
        try:
            plain = build_opener()
            kind = {"Content-Type": "application/json"}
            made = json.loads(send(plain, "POST", f"{service.url}/api/v1/rooms", b'{"name": "Class"}', **kind))
            where = f"{service.url}/api/v1/rooms/{made['id']}"
            owner = {"Authorization": f"Bearer {made['secret']}"}
            article = json.dumps({"title": ARTICLES[0].title, "text": ARTICLES[0].text}).encode()
            send(plain, "POST", f"{where}/articles", article, **kind, **owner)
            wait_until(lambda: re.search('"status":"done"', send(plain, "GET", where, None, **owner)), 120)
            people = [come_in(made["member"], f"Pupil {number}") for number in range(options.people)]
            begun = time.perf_counter()
            with ThreadPoolExecutor(options.people) as pool:
                entries = f"{where}/articles/a1/entries"
                spent = [
                    one
                    for some in pool.map(lambda it: mark(it, entries, options.marks, options.pause), people)
                    for one in some
                ]
            seconds = time.perf_counter() - begun
        finally:
            service.stop()
    parts = quantiles([1000 * one for one in spent], n=100)
    print(f"{options.people} people, {len(spent)} marks in {seconds:.1f} s")
    print(f"a mark: median {parts[49]:.1f} ms, p95 {parts[94]:.1f} ms, p99 {parts[98]:.1f} ms")


if __name__ == "__main__":
    main()
