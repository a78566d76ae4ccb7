"""Keys: made once, kept as a hash, good for what they say."""

from __future__ import annotations

import subprocess
import sys

import pytest

from workers import keys, settings

HASH = "0" * 64


def test_a_key_is_kept_as_a_hash_and_found_again() -> None:
    secret, key = keys.make("newsroom", ["submit", "read"])
    other = keys.make("other", ["admin"])[1]
    assert secret not in str(key)
    assert str(key).startswith("newsroom:read+submit:")
    assert keys.read(f"{other}\n {key},") == (other, key)
    assert keys.find(secret, [other, key]) == key
    assert keys.find(secret[:-1], [other, key]) is None
    assert keys.find("", [other, key]) is None


def test_scopes() -> None:
    reader, admin = keys.make("a", ["read"])[1], keys.make("b", ["admin"])[1]
    assert [scope for scope in keys.SCOPES if reader.may(scope)] == ["read"]
    assert all(admin.may(scope) for scope in keys.SCOPES)


@pytest.mark.parametrize(
    "lines",
    ["plx_secret", f"a:read:{HASH[1:]}", f"a:write:{HASH}", f"a::{HASH}", f"a b:read:{HASH}", f":read:{HASH}",
     f"a:read:{HASH} a:submit:{HASH}"],
)  # fmt: skip
def test_lines_that_are_no_keys(lines: str) -> None:
    with pytest.raises(SystemExit, match="PARALLAX_API_KEYS") as refused:
        settings.read({"PARALLAX_API_KEYS": lines})
    assert "secret" not in str(refused.value)


def test_the_command_prints_a_key_and_its_line() -> None:
    ran = subprocess.run(
        [sys.executable, "-m", "workers", "key", "press", "--scopes", "read,admin"],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    secret, line = (word for word in ran.stdout.split() if word.startswith(("plx_", "press:")))
    (key,) = settings.read({"PARALLAX_API_KEYS": line}).keys
    assert (key.name, key.scopes) == ("press", ("read", "admin"))
    assert keys.find(secret, [key]) == key


@pytest.mark.parametrize("arguments", [["a b"], ["a", "--scopes", "write"], []])
def test_the_command_says_what_it_takes(arguments: list[str]) -> None:
    ran = subprocess.run(
        [sys.executable, "-m", "workers", "key", *arguments], capture_output=True, text=True, check=False
    )
    assert ran.returncode == 2
    assert "Traceback" not in ran.stderr
