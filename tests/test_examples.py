"""What people copy from examples/ works against the running service."""

from __future__ import annotations

import doctest
import os
import runpy
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.conftest import Service
from workers.queue.callbacks import sign

ROOT = Path(__file__).parent.parent
CLIENT = ROOT / "examples" / "parallax.py"


def test_the_client_does_what_its_examples_say(
    service: Service, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    client = runpy.run_path(str(CLIENT))
    examples = client["__doc__"].replace("http://127.0.0.1:8000", service.url)
    test = doctest.DocTestParser().get_doctest(examples, client, CLIENT.name, str(CLIENT), 0)
    told: list[str] = []
    failed, tried = doctest.DocTestRunner().run(test, out=told.append)
    assert tried >= 10
    assert not failed, "".join(told)


def test_the_client_knows_what_the_service_signed() -> None:
    is_genuine = runpy.run_path(str(CLIENT))["is_genuine"]
    body, now = '{"id": "“1”"}'.encode(), int(time.time())
    assert is_genuine("secret", sign("secret", now, body), body)
    assert not is_genuine("other", sign("secret", now, body), body)
    assert not is_genuine("secret", sign("secret", now, body), body + b" ")
    assert not is_genuine("secret", sign("secret", now - 1_000, body), body)
    assert not is_genuine("secret", "", body)


def test_the_client_needs_nothing_installed() -> None:
    program = f"import runpy; runpy.run_path({str(CLIENT)!r})"
    subprocess.run([sys.executable, "-I", "-S", "-c", program], check=True)


def test_the_walk_goes_from_a_table_of_articles_to_a_picture(service: Service, tmp_path: Path) -> None:
    walked = subprocess.run(
        [sys.executable, str(ROOT / "examples" / "walkthrough.py")],
        cwd=tmp_path,
        env=os.environ | {"PARALLAX_URL": service.url, "MPLCONFIGDIR": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert walked.returncode == 0, walked.stderr
    assert (tmp_path / "loaded-words.png").read_bytes().startswith(b"\x89PNG")
    rates = {
        name.strip(): [float(number) for number in numbers]
        for line in walked.stdout.splitlines()
        if (cells := line.rsplit(maxsplit=4))
        and len(cells) == 5
        and (name := cells[0]) in ("Halden Bay Courier", "The Harbour Ledger", "Tidewater Voice")
        and (numbers := cells[1:])
    }
    plain, loaded = rates["Halden Bay Courier"], rates["The Harbour Ledger"]
    for rate, low, high, articles in rates.values():
        assert low <= rate <= high
        assert articles == 4
    assert plain[2] < loaded[1], "the plain paper's interval lies below the loaded one's"
    assert "Hanne Voss: {" in walked.stdout
