"""How soon can a report be read, and used? In a real Chromium, on the whole service: `python -m tests.bench_page`.

Prints, over ROUNDS fresh tabs, the median and the slowest: milliseconds until the page's structure is there, until a
key opens a card; and the bytes on the way.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, expect, sync_playwright

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


def measure(service: Service, browser: Browser, rounds: int) -> list[list[float]]:
    """One row a round: structure, first step (ms), bytes."""
    page = browser.new_page()
    page.goto(service.url)
    page.locator("#text").fill("\n\n".join(one.text for one in (*examples.ARTICLES, *examples.ARTICLES[:2])))
    page.get_by_role("button", name="Read it", exact=True).click()
    expect(page.get_by_role("heading", name="At a glance")).to_be_visible(timeout=60_000)
    address = page.url
    page.close()
    rows = []
    for _ in range(rounds):
        context = browser.new_context(viewport={"width": 1280, "height": 900})
        context.add_init_script(WATCH)
        page = context.new_page()
        page.goto(address)
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
            rows = measure(service, browser, rounds)
        finally:
            browser.close()
            service.stop()
    for name, values in zip(("structure, ms", "first step, ms", "bytes"), zip(*rows, strict=True), strict=True):
        print(f"report of 1,000 words, {name}: median {statistics.median(values):,.0f}, slowest {max(values):,.0f}")


if __name__ == "__main__":
    main()
