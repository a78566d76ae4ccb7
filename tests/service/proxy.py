"""A small proxy as one stands in front of Parallax: it speaks TLS to its clients, as it says, and names them."""

from __future__ import annotations

import http.client
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Self

_HOP = {"connection", "keep-alive", "transfer-encoding", "content-length"}


class Proxy:
    """Hands requests on to a port of the loopback address, with X-Forwarded-For, -Proto and -Host added."""

    def __init__(self, port: int, scheme: str = "https", name: str = "parallax.example") -> None:
        class Handler(BaseHTTPRequestHandler):
            def _hand_on(self) -> None:
                headers = {key: value for key, value in self.headers.items() if key.lower() not in _HOP}
                before = self.headers.get("X-Forwarded-For")
                client = self.client_address[0]
                headers["X-Forwarded-For"] = f"{before}, {client}" if before else client
                headers |= {"X-Forwarded-Proto": scheme, "X-Forwarded-Host": name}
                body = self.rfile.read(int(self.headers.get("Content-Length", 0))) or None
                behind = http.client.HTTPConnection("127.0.0.1", port)
                behind.request(self.command, self.path, body, headers)
                answer = behind.getresponse()
                content = answer.read()
                self.send_response(answer.status)
                for key, value in answer.getheaders():
                    if key.lower() not in _HOP:
                        self.send_header(key, value)
                self.send_header("Content-Length", str(len(content)))
                self.end_headers()
                self.wfile.write(content)
                behind.close()

            do_GET = do_POST = do_DELETE = _hand_on  # noqa: N815 - their names

            def log_message(self, *_: object) -> None:
                """Say nothing."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.port = int(self._server.server_address[1])

    def __enter__(self) -> Self:
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.shutdown()
        self._server.server_close()

    def ask(
        self,
        path: str,
        *,
        client: str = "127.0.0.1",
        body: str | None = None,
        method: str | None = None,
        **headers: str,
    ) -> http.client.HTTPResponse:
        """Ask through it from one of the loopback's addresses; the whole body is read already."""
        opened = http.client.HTTPConnection("127.0.0.1", self.port, source_address=(client, 0))
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        opened.request(method or ("POST" if body is not None else "GET"), path, body, sent)
        answer = opened.getresponse()
        answer.content = answer.read()  # type: ignore[attr-defined]
        opened.close()
        return answer
