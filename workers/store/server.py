"""The embedded store server: a real Valkey (or Redis) process of our own, with its data in PARALLAX_DATA_DIR.

It listens on a free port of the loopback address, behind a password that only this user can read: unlike a Unix
socket's, that address works in a folder of any depth, and every Redis client knows it.

`appendfsync always`: a write is on the disk before it is answered, so what Parallax has accepted survives `kill -9`
and a power cut alike.
"""

from __future__ import annotations

import fcntl
import json
import os
import secrets
import socket
import subprocess
import time
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import IO, Self, cast

import redis
from redis.exceptions import BusyLoadingError, RedisError

from workers import settings
from workers.store.binary import OLDEST, ServerFailed, find_binary

_LOOKS_MISSED = 2  # in a row: it writes its files anew now and then


def _address_file(data: Path) -> Path:
    return data / "store.json"


def find_url() -> str | None:
    """Where the embedded server of this data folder listens, if one was started and its files are there."""
    file = _address_file(settings.current().data_dir)
    try:
        return _read_url(file, file.stat().st_mtime_ns)
    except (OSError, ValueError, KeyError):
        return None


@lru_cache(maxsize=1)
def _read_url(file: Path, changed: int) -> str:  # noqa: ARG001 - read again when it was written again
    return str(json.loads(file.read_text(encoding="utf-8"))["url"])


class Lock:
    """One start a data folder: held by the kernel for this process, so that a killed one leaves nothing stale."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file: IO[str] | None = None

    def __enter__(self) -> Self:
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            self._file = self._path.open("a+", encoding="utf-8")
        except OSError as error:
            raise ServerFailed(
                f"Parallax can't write into {self._path.parent} ({error.strerror}). "
                "Choose another folder: PARALLAX_DATA_DIR=/a/folder make run"
            ) from None
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            self._file.seek(0)
            holder = self._file.read().strip() or "unknown"
            self._file.close()
            raise ServerFailed(f"Parallax runs in {self._path.parent} already (process {holder}).") from None
        self._file.truncate(0)
        self._file.write(str(os.getpid()))
        self._file.flush()
        return self

    def __exit__(self, *_: object) -> None:
        if self._file:
            self._file.close()


class Server:
    """The embedded server, as a child of this process."""

    def __init__(self, data: Path, *, before_exec: Callable[[], None] | None = None) -> None:
        self._binary = find_binary()
        self._data = data
        self._folder = data / self._binary.folder
        self._before_exec = before_exec
        self._password = secrets.token_urlsafe(24)
        self._port = 0
        self._missed = 0
        self.process: subprocess.Popen[str] | None = None

    @property
    def url(self) -> str:
        """Address and password, as REDIS_URL holds them."""
        return f"redis://:{self._password}@127.0.0.1:{self._port}/0"

    def start(self, seconds: float = 60, until: Callable[[], bool] = lambda: False) -> None:
        """Start it, or start it again at the same address; returns when it answers (its data is read by then).

        Waits for as long as it reads its data, or until somebody wants to stop; else `seconds`. Raises ServerFailed.
        """
        self._folder.mkdir(parents=True, exist_ok=True)
        self._folder.chmod(0o700)
        again = self._port
        for _ in range(5):
            self._port = again or _find_port()
            if self._try_start(seconds, until):
                file = _address_file(self._data)
                file.touch(mode=0o600)
                file.write_text(json.dumps({"url": self.url, "server": self._binary.folder}), encoding="utf-8")
                return
            if until():
                return
        last = "\n".join(self._log.read_text(encoding="utf-8", errors="replace").splitlines()[-5:])
        raise ServerFailed(f"The store server does not start. Its last lines ({self._log}):\n{last}")

    @property
    def _log(self) -> Path:
        return self._folder / "server.log"

    def _try_start(self, seconds: float, until: Callable[[], bool]) -> bool:
        lines = {
            "bind": "127.0.0.1",
            "port": str(self._port),
            "requirepass": self._password,
            "daemonize": "no",
            "dir": ".",
            "logfile": "server.log",
            "loglevel": "notice",
            "appendonly": "yes",
            "appendfsync": "always",
            "aof-load-truncated": "yes",
            "save": '""',
            "maxmemory-policy": "noeviction",
            "tcp-keepalive": "60",
        }
        # By its standard input, so that no list of processes shows the password.
        self.process = subprocess.Popen(
            [self._binary.path, "-"],
            cwd=self._folder,
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
            preexec_fn=self._before_exec,  # noqa: PLW1509 - the launcher has one thread
        )
        try:
            with cast(IO[str], self.process.stdin) as configuration:
                configuration.write("".join(f"{name} {value}\n" for name, value in lines.items()))
        except BrokenPipeError:
            return False
        client = redis.Redis.from_url(self.url, socket_connect_timeout=1, socket_timeout=1)
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline and self.process.poll() is None and not until():
            try:
                if client.ping():
                    return True
            except BusyLoadingError:
                deadline = time.monotonic() + seconds
                time.sleep(0.1)
            except RedisError:
                time.sleep(0.02)
        self.kill()
        return False

    def is_running(self) -> bool:
        """Is the process alive?"""
        return self.process is not None and self.process.poll() is None

    def answers(self) -> bool:
        """Does it answer, if only that it reads its data?"""
        try:
            with redis.Redis.from_url(self.url, socket_connect_timeout=2, socket_timeout=5) as client:
                return bool(client.ping())
        except BusyLoadingError:
            return True
        except RedisError:
            return False

    def withdraw(self) -> bool:
        """Let nobody reach it whose files are gone, for what it takes in would be gone with it. Found out just now?

        All parts ask for its address each time, so that from now on everybody is told that the store is away.
        """
        self._missed = 0 if self._is_whole() else self._missed + 1
        if self._missed == _LOOKS_MISSED:
            _address_file(self._data).unlink(missing_ok=True)
        return self._missed == _LOOKS_MISSED

    def _is_whole(self) -> bool:
        """Are its files where it writes them?"""
        if self._binary.kind == "redis" and self._binary.version < (7, 0):
            return (self._folder / "appendonly.aof").exists()
        listed = self._folder / "appendonlydir" / "appendonly.aof.manifest"
        try:
            names = [line.split()[1] for line in listed.read_text(encoding="utf-8").splitlines() if "type i" in line]
            return all((listed.parent / name).exists() for name in names)
        except (OSError, IndexError):
            return False

    @property
    def number(self) -> int | None:
        """The number of its process, while it has one."""
        return self.process.pid if self.process else None

    def stop(self, seconds: float = 3) -> None:
        """Stop it; its data is on the disk already."""
        if self.process and self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(seconds)
            except subprocess.TimeoutExpired:
                self.kill()
        _address_file(self._data).unlink(missing_ok=True)

    def kill(self) -> None:
        """End it at once, as a fault would."""
        if self.process:
            self.process.kill()
            self.process.wait()


def _find_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def check_version(address: str) -> None:
    """Refuse a server that is too old or doesn't answer. Raises ServerFailed that says so, without its password."""
    try:
        with redis.Redis.from_url(address, socket_connect_timeout=3, socket_timeout=5) as client:
            told = client.info("server")
    except (RedisError, OSError, ValueError) as error:
        raise ServerFailed(f"The server in REDIS_URL does not answer ({type(error).__name__}).") from None
    version = str(told["redis_version"])
    if tuple(int(part) for part in version.split(".")[:2]) < OLDEST:
        raise ServerFailed(f"The server in REDIS_URL is version {version}; Parallax needs 6.2 or later.")
