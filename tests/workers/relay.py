"""A way to the store that can be cut, as the network between two hosts: a TCP relay on an address of its own."""

from __future__ import annotations

import socket
import ssl
import threading
from contextlib import suppress


class Relay:
    """Passes bytes between whoever connects and the store; with a TLS context, ends TLS as a store behind TLS would."""

    def __init__(self, port: int, host: str = "127.0.0.1", tls: ssl.SSLContext | None = None) -> None:
        self._target = port
        self._tls = tls
        self._whole = threading.Event()
        self._whole.set()
        self.served = 0
        self._listener = socket.create_server((host, 0))
        self.host, self.port = self._listener.getsockname()[:2]
        threading.Thread(target=self._serve, daemon=True).start()

    def cut(self) -> None:
        """Let nothing through any more and tell nobody: the sockets stay open, as when a cable is pulled."""
        self._whole.clear()

    def mend(self) -> None:
        """Let everything through again."""
        self._whole.set()

    def close(self) -> None:
        """Take no more connections."""
        self._listener.close()

    def _serve(self) -> None:
        with suppress(OSError):
            while True:
                caller, _ = self._listener.accept()
                threading.Thread(target=self._connect, args=(caller,), daemon=True).start()

    def _connect(self, caller: socket.socket) -> None:
        with suppress(OSError):
            self._whole.wait()
            if self._tls:
                caller = self._tls.wrap_socket(caller, server_side=True)
            store = socket.create_connection(("127.0.0.1", self._target))
            self.served += 1
            for one, other in ((caller, store), (store, caller)):
                threading.Thread(target=self._pass, args=(one, other), daemon=True).start()

    def _pass(self, one: socket.socket, other: socket.socket) -> None:
        with suppress(OSError):
            while data := one.recv(65_536):
                self._whole.wait()
                other.sendall(data)
        for end in (one, other):
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
