"""Seeing inside: one id from a request to its task, figures over all processes, and what was put aside."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from typing import Any

import pytest

from tests.conftest import wait_until
from tests.workers.stack import STORY, Stack, read_address
from workers.settings import HOUSE

WORD = "zebrafinch"


@pytest.fixture(scope="module")
def stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    """A house of two web processes that writes its log as JSON, every line of it."""
    chatty = {"PARALLAX_LOG_FORMAT": "json", "PARALLAX_LOG_LEVEL": "INFO", "PARALLAX_HUNG_SECONDS": "60"}
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
