"""How findings are told: a line each, JSON, SARIF 2.1.0, and as GitHub's annotations."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from pathlib import PurePath
from typing import Any
from urllib.parse import quote

from ..version import __version__
from . import Finding

Found = Sequence[tuple[str, Finding]]
"""Findings, each with its file as it was named."""


def say(finding: Finding) -> str:
    """What is to be said of the words, in a line."""
    plain = f" Instead: {', '.join(finding.alternatives)}." if finding.alternatives else ""
    return " ".join(f"“{finding.text}”: {finding.message}{plain}".split())


def as_text(found: Found) -> str:
    """file:line:column: rule: what is to be said."""
    return "\n".join(f"{file}:{one.line}:{one.column}: {one.rule}: {say(one)}" for file, one in found)


def as_json(found: Found) -> str:
    """A list of objects, their fields those of Finding, with the file."""
    return json.dumps([{"file": file, **asdict(one)} for file, one in found], ensure_ascii=False, indent=1)


def as_github(found: Found) -> str:
    """Commands that GitHub's runners turn into annotations of a change."""
    return "\n".join(
        f"::warning file={_property(file)},line={one.line},col={one.column},endLine={one.end_line},"
        f"endColumn={one.end_column},title={_property(one.rule)}::{_data(say(one))}"
        for file, one in found
    )


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def as_sarif(found: Found) -> str:
    """Static Analysis Results Interchange Format, as code hosts and editors read it."""
    rules = list(dict.fromkeys(one.rule for _, one in found))
    driver = {
        "name": "Parallax",
        "version": __version__,
        "rules": [{"id": rule} for rule in rules],
    }
    results = [_result(file, one, rules.index(one.rule)) for file, one in found]
    run = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}
    document = {"$schema": "https://json.schemastore.org/sarif-2.1.0.json", "version": "2.1.0", "runs": [run]}
    return json.dumps(document, ensure_ascii=False, indent=1)


def _result(file: str, one: Finding, rule: int) -> dict[str, Any]:
    region = {
        "startLine": one.line, "startColumn": one.column, "endLine": one.end_line, "endColumn": one.end_column,
    }  # fmt: skip
    place = {"artifactLocation": {"uri": quote(PurePath(file).as_posix())}, "region": region}
    result: dict[str, Any] = {
        "ruleId": one.rule,
        "ruleIndex": rule,
        "level": "warning",
        "message": {"text": say(one)},
        "locations": [{"physicalLocation": place}],
    }
    return result if one.strength is None else result | {"rank": round(100 * one.strength, 1)}


FORMATS: Mapping[str, Callable[[Found], str]] = {
    "text": as_text,
    "json": as_json,
    "sarif": as_sarif,
    "github": as_github,
}
