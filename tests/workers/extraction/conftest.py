"""What tests of the desk share: the settings of a desk that may fetch from the tests' own sites."""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import pytest

from tests.conftest import LOOPBACK
from tests.site import Reply
from workers import settings
from workers.extraction import link
from workers.extraction.refusal import Refused

Set = Callable[..., None]


@pytest.fixture
def choose(monkeypatch: pytest.MonkeyPatch) -> Iterator[Set]:
    """Choose settings of this process: `choose(PARALLAX_LINK_SECONDS="1")`."""

    def set_all(**values: str) -> None:
        for name, value in values.items():
            monkeypatch.setenv(name, value)
        settings.current.cache_clear()

    link.forget_robots()
    set_all(PARALLAX_LINK_ALLOWED=LOOPBACK)
    yield set_all
    link.forget_robots()
    settings.current.cache_clear()


@pytest.fixture
def name_hosts(monkeypatch: pytest.MonkeyPatch) -> Callable[[Mapping[str, Sequence[Sequence[str]]]], None]:
    """Give names to addresses: `name_hosts({"harrow.example": [["127.0.0.1"], ["127.0.0.2"]]})`.

    Each look-up gives the next answer, the last one for ever; every other name stays what it is.
    """
    real = socket.getaddrinfo

    def name(answers: Mapping[str, Sequence[Sequence[str]]]) -> None:
        left = {host: list(given) for host, given in answers.items()}

        def look_up(host: Any, port: Any, *args: Any, **more: Any) -> list[Any]:
            if host not in left:
                return real(host, port, *args, **more)
            given = left[host].pop(0) if len(left[host]) > 1 else left[host][0]
            return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port)) for address in given]

        monkeypatch.setattr(socket, "getaddrinfo", look_up)

    return name


def refused(url: str) -> str:
    """The code of the refusal of a link."""
    with pytest.raises(Refused) as found:
        link.fetch(url)
    assert found.value.reason.endswith(".")
    return found.value.code


def move(where: str, status: int = 302) -> Reply:
    """An answer that leads on."""
    return Reply(status=status, headers={"Location": where})
