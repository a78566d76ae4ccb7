"""Seeing inside: one id from a request to its task, figures over all processes, what was put aside; and no word of it.

No word of an article is in a log line, an error or a metric: all are searched for one that stands nowhere else.
"""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from typing import Any

import pytest

from tests.conftest import wait_until
from tests.workers.stack import STORY, Stack, read_address
from workers.settings import HOUSE

WORD = "zebrafinch"
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


@pytest.fixture(scope="module")
def stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    """A house of two web processes that writes its log as JSON, every line of it."""
    chatty = {"PARALLAX_LOG_FORMAT": "json", "PARALLAX_LOG_LEVEL": "DEBUG", "PARALLAX_HUNG_SECONDS": "60"}
    started = Stack(tmp_path_factory.mktemp("stack"), chatty)
    yield started
    started.service.stop(signal.SIGTERM)


def post(stack: Stack, request: str, **fields: str) -> str:
    """Send an article in, as the request with this id; gives the article's id."""
    headers = {"Content-Type": "application/json", "X-Request-ID": request}
    body = json.dumps({"text": f"The {WORD} sang. {STORY}"} | fields).encode()
    asked = urllib.request.Request(f"{stack.service.url}/api/v1/articles", body, headers)
    with urllib.request.urlopen(asked) as answer:
        assert answer.headers["X-Request-ID"] == request
        return str(json.load(answer)["id"])


def read_log(stack: Stack) -> list[dict[str, Any]]:
    """Every line of the log that is JSON."""
    lines = (stack.data / "log").read_text().splitlines()
    return [json.loads(line) for line in lines if line.startswith("{")]


def read_metrics(stack: Stack) -> dict[str, float]:
    """Every sample of /metrics, by name and labels."""
    with urllib.request.urlopen(f"{stack.service.url}/metrics") as answer:
        text = answer.read().decode()
    assert WORD not in text
    return {name: float(value) for name, value in re.findall(r"^([a-z]\S*(?:\{.*\})?) (\S+)$", text, re.MULTILINE)}


def command(stack: Stack, *words: str) -> subprocess.CompletedProcess[str]:
    """Run `python -m workers …` beside the house."""
    environment = os.environ | {"REDIS_URL": read_address(stack.data)}
    return subprocess.run(
        [sys.executable, "-m", "workers", *words],
        cwd=HOUSE,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


def test_one_id_leads_from_request_to_report_and_no_line_holds_a_word(stack: Stack) -> None:
    identifier = post(stack, "request-0815", title="plain: logged")
    wait_until(lambda: stack.end_of(identifier) == "done")
    failing = post(stack, "request-4711", title="error: logged")
    wait_until(lambda: stack.end_of(failing))
    followed = [(line["event"], line.get("id")) for line in read_log(stack) if line.get("request") == "request-0815"]
    assert [line for line in followed if line[0] in {"accepted", "answered", "report"}] == [
        ("accepted", identifier),
        ("answered", None),
        ("report", identifier),
    ]
    failed = [line for line in read_log(stack) if line.get("request") == "request-4711" and line["level"] == "error"]
    assert [(line["event"], line["error"]) for line in failed] == [("analysis failed", "ValueError")]
    log = (stack.data / "log").read_text()
    assert WORD not in log
    assert "Calder" not in log


def test_metrics_add_up_over_web_processes_and_workers(stack: Stack) -> None:
    before = read_metrics(stack)
    route = 'parallax_requests_total{method="GET",route="/healthz",status="200"}'
    for _ in range(30):
        urllib.request.urlopen(f"{stack.service.url}/healthz").close()
    wait_until(lambda: read_metrics(stack).get(route, 0) >= before.get(route, 0) + 30)
    for _ in range(10):  # whichever process answers
        assert read_metrics(stack)[route] >= before.get(route, 0) + 30
    identifier = post(stack, "request-1234", title="plain: counted")
    wait_until(lambda: stack.end_of(identifier) == "done")
    after = read_metrics(stack)
    done = 'parallax_analyses_total{outcome="done"}'
    assert after[done] == before[done] + 1
    assert after["parallax_workers"] == 1
    assert after["parallax_queue_length"] == 0
    for stage in ("waiting", "document", "reader", "vocabulary", "attribution", "analysis"):
        counted = f'parallax_stage_seconds_count{{stage="{stage}"}}'
        assert after[counted] == after[done]
        assert after[f'parallax_stage_seconds_sum{{stage="{stage}"}}'] > 0


def test_what_was_put_aside_is_listed_tried_again_and_dropped(stack: Stack) -> None:
    failed = [post(stack, "request-aside", title=f"error: aside {number}") for number in range(2)]
    wait_until(lambda: all(map(stack.end_of, failed)))
    listed = command(stack, "status")
    assert listed.returncode == 0
    assert all(name in listed.stdout for name in failed)
    assert "internal error (ValueError)" in listed.stdout
    assert WORD not in listed.stdout
    assert command(stack, "requeue", failed[0]).returncode == 0
    wait_until(lambda: stack.starts("aside 0") == 2 and stack.end_of(failed[0]))
    assert command(stack, "drop", *failed).returncode == 0
    assert [stack.client().exists(f"parallax:article:{name}") for name in failed] == [0, 0]
    missing = command(stack, "requeue", failed[0])
    assert (missing.returncode, failed[0] in missing.stderr) == (1, True)
    assert command(stack, "drop", "--all").returncode == 0
    assert stack.client().zcard("parallax:aside") == 0


def say(method: str, address: str, body: bytes | None = None, kind: str = "application/json") -> tuple[int, str]:
    """Ask for something; the status and the body of the answer."""
    request = urllib.request.Request(address, body, {"Content-Type": kind}, method=method)
    try:
        with urllib.request.urlopen(request) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as refused:
        return refused.code, refused.read().decode()


def test_nothing_that_the_house_says_holds_a_word_of_it(stack: Stack) -> None:
    """An article is read and deleted, others are refused, pages are shown."""
    url = stack.service.url
    articles = f"{url}/api/v1/articles"
    _, accepted = say("POST", articles, json.dumps({"text": TEXT, "title": WORD, "outlet": WORD}).encode())
    identifier = json.loads(accepted)["id"]
    where = f"{url}/api/v1/reports/{identifier}"
    wait_until(lambda: say("GET", where)[0] == 200)
    for address in (f"/reports/{identifier}", f"/compare?q={WORD}", f"/{WORD}", f"/reports/{WORD}"):
        say("GET", url + address)
    refused = [say("POST", articles, json.dumps(body).encode()) for body in REFUSED]
    refused.append(say("POST", articles, f'{{"text": "{WORD}'.encode()))
    refused.append(say("POST", articles, WORD.encode(), "text/plain"))
    assert {status for status, _ in refused} <= {400, 413, 415, 422}
    assert say("DELETE", where)[0] == 204
    assert any(name.startswith("parallax_requests") for name in read_metrics(stack))  # which looks for it too
    logs = "\n".join(path.read_text(errors="replace") for path in stack.data.rglob("*.log"))
    said = (stack.data / "log").read_text()
    assert said
    refusals = "\n".join(told for _, told in refused)
    for name, told in {"refusal": refusals, "output": said, "log": logs}.items():
        assert WORD not in told.lower(), name
