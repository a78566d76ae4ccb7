"""Static files: kept for ever, packed on the way, and the same either way."""

from __future__ import annotations

import gzip

from flask.testing import FlaskClient

from service.assets import FOLDER
from tests.service.html import look

SHEET = "/static/report.css"


def test_packed_for_whoever_takes_it(client: FlaskClient) -> None:
    plain = client.get(SHEET)
    packed = client.get(SHEET, headers={"Accept-Encoding": "gzip"})
    assert "Content-Encoding" not in plain.headers
    assert packed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.data) == plain.data == (FOLDER / "report.css").read_bytes()
    assert len(packed.data) < len(plain.data) / 2
    assert "Accept-Encoding" in plain.headers["Vary"]
    assert "Accept-Encoding" in packed.headers["Vary"]


def test_a_kept_copy_is_good_as_long_as_the_file(client: FlaskClient) -> None:
    for encoding in ("gzip", "identity"):
        first = client.get(SHEET, headers={"Accept-Encoding": encoding})
        again = client.get(SHEET, headers={"Accept-Encoding": encoding, "If-None-Match": first.headers["ETag"]})
        assert (again.status_code, again.data) == (304, b"")


def test_an_address_with_a_hash_never_changes(client: FlaskClient) -> None:
    (address,) = look(client.get("/").text, "//link/@href[starts-with(., '/static/base.css?v=')]")
    assert "immutable" in client.get(address).headers["Cache-Control"]
    assert "immutable" not in client.get(SHEET).headers["Cache-Control"]


def test_pages_are_not_packed(client: FlaskClient) -> None:
    assert "Content-Encoding" not in client.get("/", headers={"Accept-Encoding": "gzip"}).headers
