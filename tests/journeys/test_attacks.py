"""Scripts in every field, in a real browser: shown, never run."""

from __future__ import annotations

import json
import re
from contextlib import suppress
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, Error, expect

from tests.conftest import Service, wait_until
from tests.workers.test_inside import say

ATTACKS = (
    "<script>window.ran=1</script>",
    "\"'><img src=x onerror=window.ran=1>",
    "</textarea></title></script><svg onload=window.ran=1>",
    "{{7*7}}${window.ran=1}",
    "javascript:window.ran=1",
    "&lt;script&gt;window.ran=1&lt;/script&gt;",
)
ATTACK = " ".join(ATTACKS)
TEXT = f"The ruthless tyrant {ATTACK} spoke. “{ATTACK} is a disgrace,” Ana {ATTACK} Moore said on Monday. " * 4


@pytest.fixture(scope="module")
def attacked(service: Service) -> tuple[str, str]:
    """Two reports of articles with a script in every field."""
    made = []
    for number in (1, 2):
        body = {"text": TEXT + str(number), "title": ATTACK, "outlet": ATTACK, "author": ATTACK, "id": ATTACK}
        body["url"] = f"https://x.example/?{ATTACK}"
        status, accepted = say("POST", f"{service.url}/api/v1/articles", json.dumps(body).encode())
        assert status in (200, 202), accepted
        made.append(json.loads(accepted)["id"])
    for identifier in made:
        wait_until(lambda name=identifier: say("GET", f"{service.url}/api/v1/reports/{name}")[0] == 200)
    return made[0], made[1]


def test_nothing_that_was_sent_runs(service: Service, browser: Browser, attacked: tuple[str, str]) -> None:
    one, two = attacked
    addresses = [
        f"/reports/{one}", f"/compare?report={one}&report={two}", "/", "/compare", f"/compare?q={quote(ATTACK)}",
        f"/reports/{quote(ATTACK, safe='')}", f"/{quote(ATTACK, safe='')}", "/stories", "/outlets",
        f"/outlets/{quote(ATTACK, safe='')}", f"/reports/{one}?at={quote(ATTACK)}", "/batches", "/feeds",
        f"/api/v1/reports/{one}", f"/api/v1/reports/{one}/findings.csv", f"/sign-in?next={quote(ATTACK)}",
    ]  # fmt: skip
    context = browser.new_context(accept_downloads=False)
    page = context.new_page()
    tried: list[str] = []
    page.on("dialog", lambda dialog: (tried.append(dialog.message), dialog.dismiss()))
    page.on("console", lambda said: tried.append(said.text) if "Content Security Policy" in said.text else None)
    page.on("request", lambda asked: tried.append(asked.url) if not asked.url.startswith(service.url) else None)
    for address in addresses:
        with suppress(Error):  # a download is no page: the one before stays
            page.goto(service.url + address)
        assert page.evaluate("window.ran") is None, address
        assert page.evaluate(
            "[...document.querySelectorAll('a[href]')].every(a => /^(https?|mailto):$/.test(a.protocol))"
        )
        assert page.locator("img[src=x], svg[onload]").count() == 0, address
    assert tried == []
    context.close()


def test_a_form_with_an_attack_in_every_field_shows_it(service: Service, browser: Browser) -> None:
    page = browser.new_page()
    page.goto(service.url)
    page.get_by_text("Where it comes from").click()
    for label in ("Headline", "Text", "Outlet", "Author", "Address", "Published"):
        page.get_by_label(label, exact=label != "Text").first.fill(ATTACK)
    page.get_by_role("button", name="Read it", exact=True).click()
    expect(page.get_by_text("Not sent yet.")).to_be_visible()
    assert page.get_by_label("Headline").input_value() == ATTACK
    assert page.evaluate("window.ran") is None
    page.close()


def test_a_file_with_an_attack_in_its_name_shows_it(service: Service) -> None:
    name = re.sub(r"[\"\\]", "", ATTACK) + ".exe"
    edge = "edge"
    body = (
        f'--{edge}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n'
        f"Content-Type: application/octet-stream\r\n\r\nMZ\x00\r\n--{edge}--\r\n"
    ).encode()
    for address in ("/files", "/", "/batches"):
        status, page = say("POST", service.url + address, body, f"multipart/form-data; boundary={edge}")
        assert 400 <= status < 500, address
        assert "<script>window" not in page
        assert "<img src=x" not in page
