"""No word of an article is in a log line, an error or a metric: all searched for a word that stands nowhere else."""

from __future__ import annotations

import json
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Service, start_service, wait_until

WORD = "quodlibetarium"
TEXT = f"The {WORD} of Harrow was closed on Monday. “The {WORD} is a disgrace,” Ana {WORD.title()} said. " * 3
REFUSED: list[Any] = [
    {"text": TEXT, "url": f"javascript:{WORD}"},
    {"text": TEXT, "published": WORD},
    {"text": f"{WORD}\x00"},
    {"text": f"%PDF-1.7 {WORD}"},
    {"text": f"<html>{WORD}</html>"},
    {"text": [WORD]},
    {"text": TEXT, "targets": [[0, 10**6]]},
    {"text": TEXT * 3_000},
]


def ask(method: str, address: str, body: bytes | None = None, kind: str = "application/json") -> tuple[int, str]:
    """The status and the body of an answer."""
    request = urllib.request.Request(address, body, {"Content-Type": kind}, method=method)
    try:
        with urllib.request.urlopen(request) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as refused:
        return refused.code, refused.read().decode()


def test_nothing_that_the_house_says_holds_a_word_of_it(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    service = start_service(tmp_path / "data", PARALLAX_LOG_LEVEL="DEBUG")
    try:
        refusals, metrics = use(service)
    finally:
        service.stop()
    said = capfd.readouterr()
    logs = "\n".join(path.read_text(errors="replace") for path in (tmp_path / "data").rglob("*.log"))
    assert "parallax_requests" in metrics
    assert said.err
    for name, told in {"refusal": refusals, "metric": metrics, "output": said.out + said.err, "log": logs}.items():
        assert WORD not in told.lower(), name


def use(service: Service) -> tuple[str, str]:
    """Have an article read and compared, others refused, pages shown; gives the refusals and the metrics."""
    articles = f"{service.url}/api/v1/articles"
    _, accepted = ask("POST", articles, json.dumps({"text": TEXT, "title": WORD, "outlet": WORD}).encode())
    identifier = json.loads(accepted)["id"]
    where = f"{service.url}/api/v1/reports/{identifier}"
    wait_until(lambda: ask("GET", where)[0] == 200)
    for address in (f"/reports/{identifier}", f"/compare?q={WORD}", f"/{WORD}", f"/reports/{WORD}"):
        ask("GET", service.url + address)
    refused = [ask("POST", articles, json.dumps(body).encode()) for body in REFUSED]
    refused.append(ask("POST", articles, f'{{"text": "{WORD}'.encode()))
    refused.append(ask("POST", articles, WORD.encode(), "text/plain"))
    assert {status for status, _ in refused} <= {400, 413, 415, 422}
    assert ask("DELETE", where)[0] == 204
    return "\n".join(told for _, told in refused), ask("GET", f"{service.url}/metrics")[1]
