"""README's examples, as they stand there, against the running service."""

from __future__ import annotations

import csv
import io
import json
import re
import shlex
import subprocess
import sys
import time
import urllib.request
from pathlib import Path
from typing import Any

from tests.conftest import House

ROOT = Path(__file__).parent.parent
EXAMPLES = re.findall(r"^```bash\n(.*?)^```", (ROOT / "README.md").read_text("utf-8"), re.DOTALL | re.MULTILINE)


def send(example: str, house: House, **variables: str) -> tuple[int, Any]:
    """Send what a curl command of the README would, without needing curl."""
    for name, value in variables.items():
        example = example.replace(f"${name}", value)
    words = [word for word in shlex.split(example.replace("\\\n", " ")) if word not in ("curl", "--silent")]
    options = {words[at]: words[at + 1] for at in range(len(words)) if words[at].startswith("--")}
    [url] = [word for word in words if word.startswith("http")]
    body = options["--data"].encode() if "--data" in options else None
    headers = dict([options["--header"].split(": ", 1)]) if "--header" in options else {}
    request = urllib.request.Request(url.replace("http://127.0.0.1:8000", house.url), body, headers)
    with urllib.request.urlopen(request) as answer:
        body = answer.read().decode()
        return answer.status, json.loads(body) if answer.headers.get_content_type() == "application/json" else body


def wait(example: str, house: House, identifier: str) -> Any:
    for _ in range(600):
        status, answer = send(example, house, ID=identifier)
        if status == 200:
            return answer
        assert (status, answer["id"]) == (202, identifier)
        time.sleep(0.1)
    raise AssertionError("no report within a minute")


def test_the_api_in_four_examples(house: House) -> None:
    submit, ask, compare, export, _ = EXAMPLES
    status, accepted = send(submit, house)
    assert status in (200, 202)
    report = wait(ask, house, accepted["id"])
    assert "regime" in [term["text"] for term in report["vocabulary"]["terms"]]
    assert "Ana Moore" in [entity["name"] for entity in report["entities"]]
    _, other = send(submit.replace("The Harrow Post", "The Lind Herald"), house)
    wait(ask, house, other["id"])
    status, comparison = send(compare, house, ID=accepted["id"], OTHER=other["id"])
    assert status == 200
    assert [article["id"] for article in comparison["articles"]] == [accepted["id"], other["id"]]
    status, table = send(export, house, ID=accepted["id"])
    assert status == 200
    assert "regime" in [row["text"] for row in csv.DictReader(io.StringIO(table))]


def test_the_command_line_example() -> None:
    command = EXAMPLES[-1].replace("python -m", f"{shlex.quote(sys.executable)} -m")
    done = subprocess.run(["/bin/sh", "-c", command], cwd=ROOT, capture_output=True, text=True, check=True)
    report = json.loads(done.stdout)
    assert report["article"]["id"] == "1"
    assert [term["text"] for term in report["vocabulary"]["terms"]] == ["tyrant"]
    assert [item["cue"]["stance"] for item in report["attribution"]["items"]] == ["doubting"]


def test_every_file_a_document_names_is_there() -> None:
    for document in (ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))):
        for link in re.findall(r"\]\(([^)#:]+)\)", document.read_text("utf-8")):
            assert (document.parent / link).exists(), f"{document.name} names {link}"
