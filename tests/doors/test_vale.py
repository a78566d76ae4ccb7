"""The style for Vale: rules in Vale's own form, which find what a word alone says and nothing else."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Any, get_args

import pytest
import yaml

from doors import vale
from models import lexicon
from models.report import Category


@cache
def choose() -> frozenset[str]:
    """The entries that the style takes, by id."""
    return frozenset(entry.id for entry in vale.choose())


@pytest.fixture(scope="module")
def rules(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, Any]]:
    folder = tmp_path_factory.mktemp("built")
    vale.build(folder)
    return {path.stem: yaml.safe_load(path.read_text("utf-8")) for path in Path(folder).rglob("*.yml")}


def find(rules: dict[str, dict[str, Any]], text: str) -> list[tuple[str, str]]:
    """What Vale would say of a text: its words, and what would be plainer. A pattern stands between edges of words."""
    found = []
    for rule in rules.values():
        patterns = rule.get("swap") or dict.fromkeys(rule["tokens"], "")
        for pattern, plainer in patterns.items():
            for hit in re.finditer(rf"\b(?:{pattern})\b", text, re.IGNORECASE if rule["ignorecase"] else 0):
                found.append((hit.start(), hit.group(), plainer))
    return [(words, plainer) for _, words, plainer in sorted(found)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The regime slammed shut.", ["regime"]),
        ("The Regimes of two tyrants.", ["Regimes", "tyrants"]),
        ("The new tax regime starts in April.", []),
        ("She kept a strict exercise regimen.", []),
        ("A tyrant’s   disgraceful regime.", ["tyrant", "disgraceful", "regime"]),
        ("The mayor spoke of the bridge on Monday.", []),
    ],
)
def test_words_that_say_enough_alone(rules: dict[str, dict[str, Any]], text: str, expected: list[str]) -> None:
    assert [words for words, _ in find(rules, text)] == expected


def test_what_would_be_plainer_is_said(rules: dict[str, dict[str, Any]]) -> None:
    assert find(rules, "The regime fell.") == [("regime", "government or administration")]


def test_rules_are_vales(rules: dict[str, dict[str, Any]]) -> None:
    assert {name.partition("-")[0] for name in rules} <= set(get_args(Category)) - {"violence"}
    for rule in rules.values():
        holds = "swap" if rule["extends"] == "substitution" else "tokens"
        assert set(rule) == {"extends", "message", "level", "ignorecase", holds}
        assert rule["message"].count("%s") == (2 if holds == "swap" else 1)
        assert rule["level"] == "suggestion"
        for pattern in rule[holds]:
            assert not re.search(r"(?<!\\)\((?!\?)", pattern)  # a group that captures would shift Vale's own


def test_every_entry_that_is_taken_holds_and_none_that_needs_its_sentence_is() -> None:
    entries = lexicon.load().entries
    assert 1_000 < len(choose()) < len(entries)
    for entry in entries:
        needs = entry.only_as or entry.only_near or entry.not_near or entry.category == "violence"
        assert (entry.id in choose()) <= (not needs and vale.holds(entry))


@pytest.mark.parametrize("name", ["label.dictator", "violence.slam", "label.goon"])
def test_entries_that_need_more_than_their_word_are_left_out(name: str) -> None:
    assert name in {entry.id for entry in lexicon.load().entries}
    assert name not in choose()
