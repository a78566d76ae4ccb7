"""Links, pasted pages and files, in a real Chromium against the whole service and a real site."""

from __future__ import annotations

import re
from base64 import b64encode
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.conftest import Service
from tests.papers import lock_pdf, make_docx, make_pdf
from tests.site import ARTICLE, Reply, Site

SHOWN = re.compile(r"/reports/[0-9a-f]{32}")


def see_report(page: Page, title: str) -> None:
    page.wait_for_url(SHOWN)
    expect(page.get_by_role("heading", name="At a glance")).to_be_visible()
    expect(page.get_by_role("heading", level=1)).to_contain_text(title)


def check_shape(page: Page) -> None:
    """axe finds nothing, and nothing is wider than a small phone."""
    assert Axe().run(page).response["violations"] == []
    page.set_viewport_size({"width": 360, "height": 740})
    page.wait_for_function("document.documentElement.scrollWidth <= 360")
    page.set_viewport_size({"width": 1280, "height": 900})


def test_an_address_alone_becomes_a_report_that_can_be_corrected(service: Service, page: Page, site: Site) -> None:
    site.pages["/article"] = Reply(ARTICLE)
    page.goto(service.url)
    page.get_by_label("Address").fill(site.url())
    page.get_by_role("button", name="Read it").click()
    see_report(page, "Council closes bridge")
    expect(page.get_by_text(f"The text was extracted from the page at 127.0.0.1:{site.port}.")).to_be_visible()
    check_shape(page)
    page.get_by_role("link", name="Correct it").first.click()
    expect(page.get_by_label("Outlet")).to_have_value("The Harrow Post")
    expect(page.get_by_label("Author")).to_have_value("Ann Lee, Bo Ray")
    expect(page.get_by_label("Text")).to_have_value(re.compile("^The council of Harrow closed"))
    check_shape(page)
    page.get_by_label("Headline").fill("Council shuts the old bridge")
    page.get_by_role("button", name="Read it").click()
    see_report(page, "Council shuts the old bridge")
    expect(page.get_by_text("The text was extracted")).to_have_count(0)


def test_a_pasted_source_is_read_at_a_second_click(service: Service, page: Page) -> None:
    page.goto(service.url)
    page.get_by_label("Text").fill(ARTICLE)
    page.get_by_role("button", name="Read it").click()
    expect(page.locator("#text-error")).to_contain_text("is the source of a web page")
    page.get_by_role("button", name="Find the article in this source").click()
    see_report(page, "Council closes bridge")


def test_chosen_files_are_listed_with_their_reasons(service: Service, page: Page, tmp_path: Path) -> None:
    locked = lock_pdf(make_pdf([["One line."]]), "secret")
    for name, content in (("bridge.docx", make_docx()), ("locked.pdf", locked), ("old.doc", b"x")):
        (tmp_path / name).write_bytes(content)
    page.goto(service.url)
    names = ("bridge.docx", "locked.pdf", "old.doc")
    page.get_by_label("Or files").set_input_files([tmp_path / name for name in names])
    expect(page.locator("#chosen")).to_have_text("bridge.docx, locked.pdf, old.doc")
    page.get_by_role("button", name="Read the files").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("2 of 3 files are being read")
    expect(page.get_by_role("listitem").filter(has_text="bridge.docx")).to_contain_text(": read")
    expect(page.get_by_role("listitem").filter(has_text="locked.pdf")).to_contain_text(
        "The file is locked with a password."
    )
    expect(page.get_by_text(".doc files can’t be read.")).to_be_visible()
    check_shape(page)
    page.get_by_role("link", name="bridge.docx").click()
    see_report(page, "Council closes bridge")


def test_a_file_can_be_dropped(service: Service, page: Page) -> None:
    page.goto(service.url)
    packed = b64encode(make_docx(title="A dropped bridge")).decode()
    carried = page.evaluate_handle(
        """packed => { const carried = new DataTransfer();
        const bytes = Uint8Array.from(atob(packed), sign => sign.charCodeAt(0));
        carried.items.add(new File([bytes], "dropped.docx")); return carried; }""",
        packed,
    )
    page.dispatch_event("#files", "dragover", {"dataTransfer": carried})
    page.dispatch_event("#files", "drop", {"dataTransfer": carried})
    expect(page.locator("#chosen")).to_have_text("dropped.docx")
    page.get_by_role("button", name="Read the files").click()
    see_report(page, "A dropped bridge")


def test_without_scripts_files_and_links_work_too(
    service: Service, browser: Browser, site: Site, tmp_path: Path
) -> None:
    site.pages["/article"] = Reply(ARTICLE)
    (tmp_path / "plain.txt").write_bytes(b"The ferry sails on Monday, without scripts.")
    context = browser.new_context(java_script_enabled=False)
    plain = context.new_page()
    plain.goto(service.url)
    plain.get_by_label("Or files").set_input_files(tmp_path / "plain.txt")
    plain.get_by_role("button", name="Read the files").click()
    plain.wait_for_url(SHOWN)
    plain.goto(service.url)
    plain.get_by_label("Address").fill(site.url())
    plain.get_by_role("button", name="Read it").click()
    plain.wait_for_url(SHOWN)
    context.close()
