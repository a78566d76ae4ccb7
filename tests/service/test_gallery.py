"""The gallery holds every page, each in the state that it names."""

from __future__ import annotations

from pathlib import Path

import pytest

from service import create_app
from tests import gallery
from tests.conftest import serve_alone

# For machines; and the page to sign in on, which is there only where keys are.
NOT_SHOWN = {"static", "healthz", "readyz", "metrics", "sessions.show_sign_in"}


@pytest.mark.timeout(180)
def test_every_page_is_there_in_the_state_that_it_names(tmp_path: Path) -> None:
    with serve_alone(tmp_path):
        pages = gallery.fill()
        app = create_app()
        gallery.add_index(app, pages)
        client = app.test_client()
        found = {name: client.get(address).status_code for name, (address, _) in pages.items()}
        index = client.get("/gallery").text
    assert found == {name: status for name, (_, status) in pages.items()}
    assert all(f'href="{address}"' in index for address, _ in pages.values())
    shown = {app.url_map.bind("127.0.0.1").match(address.partition("?")[0])[0] for address, _ in pages.values()}
    asked = {
        rule.endpoint
        for rule in app.url_map.iter_rules()
        if "GET" in (rule.methods or ()) and not rule.rule.startswith("/api/") and rule.endpoint != "gallery"
    }
    assert asked - shown == NOT_SHOWN
