"""A small web site that tests fetch from: real sockets, real HTTP, answers made by hand."""

from __future__ import annotations

import ssl
import threading
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import IO, Any, Self

ARTICLE = """<!doctype html><html lang="en"><head><title>Council closes bridge | The Harrow Post</title>
<link rel="canonical" href="https://harrow.example/bridge">
<meta property="og:site_name" content="The Harrow Post">
<script type="application/ld+json">{"@context": "https://schema.org", "@type": "NewsArticle",
 "headline": "Council closes bridge", "datePublished": "2026-03-14T09:30:00+00:00",
 "author": [{"@type": "Person", "name": "Ann Lee"}, {"@type": "Person", "name": "Bo Ray"}],
 "publisher": {"@type": "Organization", "name": "The Harrow Post"}}</script></head>
<body><nav><a href="/">Home</a> <a href="/sport">Sport</a></nav>
<article><h1>Council closes bridge</h1>
<p>The council of Harrow closed the old bridge on Monday, and the ferry will carry people over the river instead.</p>
<p>“This is a disgraceful betrayal,” said Ana Moore, who sells bread on the far bank. She claimed that nobody had
asked her.</p>
<p>The regime in city hall wants the land, critics say. A vote is planned for the autumn.</p></article>
<footer>Copyright The Harrow Post</footer></body></html>"""

BODY = """The council of Harrow closed the old bridge on Monday, and the ferry will carry people over the river instead.

“This is a disgraceful betrayal,” said Ana Moore, who sells bread on the far bank. She claimed that nobody had asked \
her.

The regime in city hall wants the land, critics say. A vote is planned for the autumn."""


@dataclass
class Reply:
    """What the site answers: `write`, where given, writes the body by itself."""

    body: bytes | str = b""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=lambda: {"Content-Type": "text/html; charset=utf-8"})
    write: Callable[[IO[bytes]], object] | None = None


class Site:
    """A server on a loopback address, and what it was asked."""

    def __init__(self, address: str = "127.0.0.1", tls: ssl.SSLContext | None = None) -> None:
        self.pages: dict[str, Reply] = {}
        self.asked: list[str] = []
        self.met = 0  # connections, whatever was said over them
        self.headers: list[dict[str, str]] = []
        self.posted: list[tuple[str, dict[str, str], bytes]] = []
        site = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                site.asked.append(self.path)
                site.headers.append(dict(self.headers.items()))
                self.reply(site.find(self.path, site.headers[-1]))

            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers.get("Content-Length", "0")))
                site.posted.append((self.path, dict(self.headers.items()), body))
                self.reply(site.find(self.path, site.posted[-1][1]))

            def reply(self, reply: Reply) -> None:
                body = reply.body.encode() if isinstance(reply.body, str) else reply.body
                self.send_response(reply.status)
                for name, value in reply.headers.items():
                    self.send_header(name, value)
                if reply.write is None:
                    self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                with suppress(OSError):
                    self.wfile.write(body)
                    if reply.write:
                        reply.write(self.wfile)

            def log_message(self, *_: Any) -> None:
                pass

        class Server(ThreadingHTTPServer):
            def verify_request(self, *_: Any) -> bool:
                site.met += 1
                return True

            def handle_error(self, *_: Any) -> None:  # a client that goes away is no fault
                pass

        self._server = Server((address, 0), Handler)
        self._server.daemon_threads = True
        if tls:
            self._server.socket = tls.wrap_socket(self._server.socket, server_side=True)
        self._scheme = "https" if tls else "http"
        self.address, self.port = address, int(self._server.server_address[1])

    def find(self, path: str, headers: Mapping[str, str]) -> Reply:
        """What the site answers at this path."""
        return self.pages.get(path, Reply("Nothing here.", 404))

    def url(self, path: str = "/article", host: str | None = None) -> str:
        """Where a page stands."""
        return f"{self._scheme}://{host or self.address}:{self.port}{path}"

    def __enter__(self) -> Self:
        threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()
