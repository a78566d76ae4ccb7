"""How soon can a report be read, and used? In a real Chromium, on the whole service: `python -m tests.bench_page`.

Prints, over ROUNDS fresh tabs, the median and the slowest: milliseconds until the page's structure is there, until a
key opens a card; and the bytes on the way. Of 1,000 words as they come, and of 2,500 on a slowed phone: a processor of
a quarter of this one's speed, 1.6 Mbit/s down and 150 ms there and back (what Lighthouse calls slow 4G).
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
from dataclasses import dataclass
from itertools import cycle, islice
from pathlib import Path

from playwright.sync_api import Browser, Page, ViewportSize, expect, sync_playwright

from service import examples
from tests.browser import ARGUMENTS, find_browser
from tests.conftest import Service, start_service

ROUNDS = 20
MEASURE = """async () => {
  const [page] = performance.getEntriesByType("navigation");
  const all = [page, ...performance.getEntriesByType("resource")];
  return [page.domInteractive, window.stepped, all.reduce((sum, one) => sum + one.transferSize, 0)];
}"""
# Asks for a step until one happens, from the first moment on, and notes when.
WATCH = """
const until = (done, told) => {
  const ask = () => done() ? (window[told] = performance.now()) : setTimeout(ask, 5);
  ask();
};
until(() => {
  document.body?.dispatchEvent(new KeyboardEvent("keydown", { key: "n", bubbles: true }));
  return document.querySelector("aside.card");
}, "stepped");
"""


@dataclass(frozen=True, slots=True)
class Reader:
    """Who reads how much, on what."""

    words: int
    window: dict[str, int]
    slowed: bool = False


READERS = {
    "report of 1,000 words": Reader(1_000, {"width": 1280, "height": 900}),
    "report of 2,500 words, slowed phone": Reader(2_500, {"width": 390, "height": 844}, slowed=True),
}


def slow_down(page: Page) -> None:
    """A processor of a quarter of the speed, and a slow network."""
    session = page.context.new_cdp_session(page)
    session.send("Emulation.setCPUThrottlingRate", {"rate": 4})
    speed = {"latency": 150, "downloadThroughput": 1_600_000 / 8, "uploadThroughput": 750_000 / 8, "offline": False}
    session.send("Network.emulateNetworkConditions", speed)


def measure(service: Service, browser: Browser, rounds: int, reader: Reader) -> list[list[float]]:
    """One row a round: structure, first step (ms), bytes."""
    texts = cycle(one.text for one in examples.ARTICLES)
    page = browser.new_page()
    page.goto(service.url)
    page.locator("#text").fill("\n\n".join(islice(texts, reader.words // 200)))
    page.get_by_role("button", name="Read it", exact=True).click()
    expect(page.get_by_role("heading", name="At a glance")).to_be_visible(timeout=60_000)
    address = page.url
    page.close()
    rows = []
    for _ in range(rounds):
        context = browser.new_context(viewport=ViewportSize(**reader.window))
        context.add_init_script(WATCH)
        page = context.new_page()
        if reader.slowed:
            slow_down(page)
        page.goto(address, wait_until="commit")
        page.locator("aside.card").wait_for(timeout=60_000)
        page.wait_for_timeout(50)  # the note is taken every 5 ms
        rows.append(page.evaluate(MEASURE))
        context.close()
    return rows


def main() -> None:
    """Start the house, look, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    rounds = parser.parse_args().rounds
    with tempfile.TemporaryDirectory() as data, sync_playwright() as playwright:
        service = start_service(Path(data))
        browser = playwright.chromium.launch(executable_path=find_browser(playwright), args=ARGUMENTS)
        try:
            for name, reader in READERS.items():
                rows = zip(*measure(service, browser, rounds, reader), strict=True)
                for what, values in zip(("structure, ms", "first step, ms", "bytes"), rows, strict=True):
                    print(f"{name}, {what}: median {statistics.median(values):,.0f}, slowest {max(values):,.0f}")
        finally:
            browser.close()
            service.stop()


if __name__ == "__main__":
    main()
