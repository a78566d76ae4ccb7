"""Pictures of the gallery's pages, to be looked at: `python -m tests.pictures FOLDER [PAGE …]`.

Wide, on a phone, in the dark, with forced colours, and as they print (PDF). `--readme` takes docs/report.png anew.
"""

from __future__ import annotations

import argparse
import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread
from typing import Any

from playwright.sync_api import Browser, StorageState, sync_playwright
from werkzeug.serving import make_server

from service import create_app
from tests import gallery
from tests.browser import ARGUMENTS, find_browser
from tests.conftest import LOOPBACK, serve_alone
from workers.settings import HOUSE

README = HOUSE / "docs" / "report.png"
VIEWS: dict[str, dict[str, Any]] = {
    "wide": {"viewport": {"width": 1280, "height": 900}},
    "phone": {"viewport": {"width": 390, "height": 844}},
    "dark": {"viewport": {"width": 1280, "height": 900}, "color_scheme": "dark"},
    "forced": {"viewport": {"width": 1280, "height": 900}, "forced_colors": "active"},
    "print": {},
}
FILE = re.compile(r"\.[a-z]+$")
OUTSIDE = ("room, closed", "room, its door")  # seen by whoever has no session


@contextmanager
def serve_gallery() -> Iterator[dict[str, str]]:
    """The gallery on a port of its own: what is shown → its whole address."""
    with tempfile.TemporaryDirectory() as folder, serve_alone(Path(folder)):
        pages = gallery.fill()
        server = make_server(LOOPBACK, 0, create_app(), threaded=True)
        Thread(target=server.serve_forever, daemon=True).start()
        yield {name: f"http://{LOOPBACK}:{server.port}{address}" for name, (address, _) in pages.items()}
        server.shutdown()


def come_in(browser: Browser, pages: dict[str, str]) -> StorageState:
    """What a browser keeps that followed the owner's link: the gallery's room is open to it."""
    context = browser.new_context()
    context.new_page().goto(pages["room, come in as its owner"])
    kept = context.storage_state()
    context.close()
    return kept


def take(browser: Browser, address: str, view: str, file: Path, session: StorageState | None) -> None:
    """One page in one view, whole."""
    context = browser.new_context(reduced_motion="reduce", storage_state=session, **VIEWS[view])
    page = context.new_page()
    page.goto(address)
    if view == "print":
        page.pdf(path=file.with_suffix(".pdf"), prefer_css_page_size=True, print_background=True)
    else:
        page.screenshot(path=file.with_suffix(".png"), full_page=True)
    context.close()


def take_readme(browser: Browser, address: str) -> None:
    """The first screen of a report, with what is said of one of its words."""
    page = browser.new_page(viewport={"width": 1240, "height": 860}, reduced_motion="reduce")
    page.goto(address)
    page.locator("#story u.term:not(.unsure)").first.click()
    page.locator("aside.card").wait_for()
    page.evaluate("scrollTo(0, 0)")
    page.screenshot(path=README)


def main() -> None:
    """Fill a gallery and photograph it."""
    parser = argparse.ArgumentParser(prog="python -m tests.pictures", description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path, help="where pictures go")
    parser.add_argument("pages", nargs="*", help="as the gallery names them; every page where none is named")
    parser.add_argument("--readme", action="store_true", help="take docs/report.png anew, and nothing else")
    chosen = parser.parse_args()
    if not chosen.readme and chosen.folder is None:
        parser.error("name a folder, or --readme")
    with serve_gallery() as pages, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_browser(playwright), args=ARGUMENTS)
        if chosen.readme:
            take_readme(browser, pages["report"])
            return
        chosen.folder.mkdir(parents=True, exist_ok=True)
        owner = come_in(browser, pages)
        for name in chosen.pages or [name for name, address in pages.items() if not FILE.search(address)]:
            for view in VIEWS:
                file = chosen.folder / f"{re.sub(r'[^a-z]+', '-', name.lower())}-{view}"
                take(browser, pages[name], view, file, None if name in OUTSIDE else owner)


if __name__ == "__main__":
    main()
