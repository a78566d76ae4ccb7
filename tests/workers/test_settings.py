"""Settings: read once, refused with a message, and documented to the last row."""

from __future__ import annotations

import re

import pytest

from workers.settings import HOUSE, Settings, describe, read


def test_every_setting_is_documented_as_it_is() -> None:
    documented = (HOUSE / "docs/settings.md").read_text(encoding="utf-8")
    assert describe() in documented


def test_code_reads_no_setting_that_the_table_misses() -> None:
    sources = [path for room in ("models", "workers", "service") for path in (HOUSE / room).rglob("*.py")]
    named = {name for path in sources for name in re.findall(r"\bPARALLAX_[A-Z_]+\b", path.read_text(encoding="utf-8"))}
    named |= set(re.findall(r"\$\{([A-Z_]+)", (HOUSE / "Procfile").read_text(encoding="utf-8")))
    assert named <= set(re.findall(r"\| `([A-Z_]+)` \|", describe()))


def test_empty_value_counts_as_unset() -> None:
    assert read({"PORT": "", "REDIS_URL": ""}) == read({})


def test_time_limits_lie_below_the_visibility_timeout() -> None:
    chosen = read({"PARALLAX_TIME_LIMIT": "300"})
    assert chosen.time_limit < chosen.hard_time_limit < chosen.visibility_timeout


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PORT", "eighty"),
        ("PORT", "70000"),
        ("WEB_CONCURRENCY", "0"),
        ("REDIS_URL", "http://nobody:secret@example.org"),
    ],
)
def test_wrong_value_is_refused_by_name(name: str, value: str) -> None:
    with pytest.raises(SystemExit, match=name) as refused:
        read({name: value})
    assert "secret" not in str(refused.value)


def test_data_folder_starts_at_the_house() -> None:
    assert Settings.model_validate({"PARALLAX_DATA_DIR": "data"}).data_dir == HOUSE / "data"
