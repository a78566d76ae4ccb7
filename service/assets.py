"""Static files: addresses that can be kept for ever, and a fraction of the bytes on the way."""

from __future__ import annotations

import gzip
import hashlib
from functools import cache
from pathlib import Path

from flask import Flask, Response, request, url_for

FOLDER = Path(__file__).parent / "static"
_SMALLEST = 1_000  # bytes from which packing pays


def register(app: Flask) -> None:
    """Give templates `asset(name)`, and pack static text for whoever takes it.

    Pages are left as they are: one that shows what somebody sent beside something secret must not be packed (BREACH).
    """
    app.jinja_env.globals.update(asset=address)

    @app.after_request
    def _pack(response: Response) -> Response:
        name = (request.view_args or {}).get("filename", "")
        if request.endpoint != "static" or response.status_code != 200 or not name.endswith((".js", ".css", ".svg")):
            return response
        response.vary.add("Accept-Encoding")
        packed = _read_packed(name)
        if packed and request.accept_encodings["gzip"] and "Range" not in request.headers:
            tag, _ = response.get_etag()
            response.close()
            response.direct_passthrough = False
            response.data = packed
            response.content_encoding = "gzip"
            response.set_etag(tag or "", weak=True)  # as good for either spelling
        return response


def address(name: str) -> str:
    """The address of a static file, with a hash of its content."""
    return url_for("static", filename=name, v=_hash(name))


def forget() -> None:
    """Read all of them anew: somebody is changing them."""
    _hash.cache_clear()
    _read_packed.cache_clear()


@cache
def _hash(name: str) -> str:
    return hashlib.sha256((FOLDER / name).read_bytes()).hexdigest()[:12]


@cache
def _read_packed(name: str) -> bytes:
    content = (FOLDER / name).read_bytes()
    return gzip.compress(content, 9, mtime=0) if len(content) >= _SMALLEST else b""
