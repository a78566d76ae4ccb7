"""A table of articles through the page, with its progress bar, and back as one table: in a real Chromium."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.conftest import Service
from tests.feed_server import headline, paragraphs
from tests.journeys.test_accessibility import look

ARTICLES = 12


def write_table(path: Path) -> None:
    """So many articles, and one line that is none."""
    with path.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(["Headline", "Body", "Source", "Shares"])
        for number in range(1, ARTICLES + 1):
            rows.writerow([headline(number), "\n\n".join(paragraphs(number)), "The Quay", number])
        rows.writerow(["Nothing below", "", "The Quay", 0])


def test_a_table_through_the_page_and_back(service: Service, page: Page, tmp_path: Path) -> None:
    write_table(tmp_path / "week.csv")
    page.goto(service.url)
    page.get_by_role("link", name="Send many articles as one file").click()
    page.get_by_role("button", name="Read them").press("Enter")  # nothing chosen: the browser says so
    expect(page.get_by_role("heading", name="Many articles at once")).to_be_visible()
    page.get_by_label("File").set_input_files(tmp_path / "week.csv")
    page.get_by_role("button", name="Read them").click()
    page.wait_for_url(re.compile(r"/batches/[0-9a-f]{32}"))
    expect(page.get_by_text("week.csv")).to_be_visible()
    expect(page.locator("progress")).to_be_visible()
    expect(page.get_by_role("heading", name="Your articles have been read")).to_be_visible()
    expect(page.get_by_role("button", name="Cancel the rest")).to_have_count(0)
    expect(page.locator("p", has_text="Columns left out")).to_contain_text("Shares")
    expect(page.locator("li", has_text="Body")).to_contain_text("is empty")
    look(page)
    with page.expect_download() as download:
        page.get_by_role("link", name="One CSV, a row an article").click()
    found = list(csv.DictReader(io.StringIO(download.value.path().read_text("utf-8"))))
    assert [row["title"] for row in found[:-1]] == [headline(number) for number in range(1, ARTICLES + 1)]
    assert [row["status"] for row in found] == ["done"] * ARTICLES + ["refused"]


def test_the_rest_can_be_cancelled(service: Service, page: Page, tmp_path: Path) -> None:
    lines = [f'{{"text": "{" ".join(paragraphs(number))}"}}' for number in range(1000, 2500)]
    (tmp_path / "many.jsonl").write_text("\n".join(lines), encoding="utf-8")
    page.goto(f"{service.url}/batches")
    page.get_by_label("File").set_input_files(tmp_path / "many.jsonl")
    page.get_by_role("button", name="Read them").click()
    expect(page.get_by_role("status")).to_contain_text("of 1,500 lines")  # by now they are counted
    page.get_by_role("button", name="Cancel the rest").click()
    expect(page.get_by_role("heading", name="Cancelled")).to_be_visible()
    expect(page.get_by_text("not read, cancelled")).to_be_visible()
